"""The verb ``data``: build and check ``data/``; export clean answers."""

import argparse
import sys
from pathlib import Path

from ecrm_helpers.cli.shell.options import FILE, add_shared, root, tell
from ecrm_helpers.files import write_atomically, write_whole
from ecrm_helpers.printed import Wrong, language

_FOLDER = "output/export"
#: Options that go with building, and those that go with exporting.
_BUILD = ("checksums", "derived", "synthetic")
_EXPORT = ("survey", "to", "study", "lang", "allow_reconstructed")


def add(data: argparse.ArgumentParser) -> None:
    """Add the options of the verb."""
    data.description = "help_data_more"
    data.add_argument("--checksums", action="store_true", help="help_checksums")
    data.add_argument("--derived", action="store_true", help="help_derived")
    data.add_argument("--synthetic", action="store_true", help="help_synthetic")
    export = data.add_argument_group("help_group_export")
    export.add_argument("--export", choices=("sav", "xlsx", "csv"), help="help_export")
    export.add_argument("--survey", help="help_survey_export", **FILE)
    export.add_argument("--to", type=Path, metavar="PLACE", help="help_to_export")
    export.add_argument("--study", help="help_study", **FILE)
    add_shared(export, "--lang")
    export.add_argument(
        "--allow-reconstructed", action="store_true", help="help_allow_reconstructed"
    )
    add_shared(data, "--accept", "--project")
    data.set_defaults(verb=_data)


def _data(options: argparse.Namespace) -> int:
    """Export or build; options of the other are refused, not passed over."""
    foreign = _BUILD if options.export else _EXPORT
    if any(getattr(options, name) for name in foreign):
        raise Wrong("export_apart")
    return _export(options) if options.export else _build(options)


def _build(options: argparse.Namespace) -> int:
    from ecrm_helpers.answers import dictionary, reconstruct, synthetic
    from ecrm_helpers.compendium.checks.checksums import changed, write

    place = root(options)
    built = [reconstruct.build(place), dictionary.build(place)]
    built += [_derive(place)] if options.derived else []
    built += synthetic.build(place) if options.synthetic else []
    for path in built:
        tell("built", file=path.relative_to(place).as_posix())
    if options.checksums:
        write(place / "data")
    different = changed(place / "data")
    for line in different:
        print(f"data/SHA256SUMS: {line}", file=sys.stderr)
    return 1 if different else 0


def _derive(place: Path) -> Path:
    """Compute anew what is kept because it takes long."""
    from ecrm_helpers.compendium.run.progress import Progress
    from ecrm_helpers.statistics.robustness import derived
    from ecrm_helpers.study import read_study
    from ecrm_helpers.study.published import read_values

    values = read_values(place / "data/published/values.csv")
    path = place / derived.RANKS
    printed = derived.printed_r(values, read_study(place / "study.yml"))
    write_atomically(path, derived.compute(printed, Progress().tell).encode())
    return path


def _export(options: argparse.Namespace) -> int:
    """Write clean answers in one form, all or nothing."""
    from ecrm_helpers.answers import export
    from ecrm_helpers.answers.audit import Refused
    from ecrm_helpers.answers.door import admit
    from ecrm_helpers.study import read_study

    edition = language()
    survey = options.survey or root(options) / "data/reconstructed/survey.csv"
    place = _place(options, survey)
    study = read_study((options.study or root(options) / "study.yml").resolve())
    try:
        frame, audit = admit(survey, study, options.accept)
    except Refused as refused:
        print(refused.said(edition), file=sys.stderr)
        return 2
    if audit.origin == "reconstructed" and not options.allow_reconstructed:
        raise Wrong("export_made_up", file=survey)
    mark = export.stamp(audit.origin, edition)
    write = {"csv": export.to_csv, "xlsx": export.to_xlsx, "sav": export.to_sav}
    made = {place: write[options.export](frame, study, mark, edition)}
    if options.export == "sav":
        beside = place.with_suffix(".sps")
        made[beside] = export.syntax(frame, study, place.name, audit.origin, edition)
    write_whole(made)
    for path in made:
        tell("read_written", file=path)
    return 0


def _place(options: argparse.Namespace, survey: Path) -> Path:
    """Settle where the file goes; by default, a folder of the output."""
    form, to = options.export, options.to
    name = f"{survey.stem}.{form}"
    if to is None:
        return root(options) / _FOLDER / name
    place = to / name if to.is_dir() else to
    if place.suffix != f".{form}" or not place.parent.is_dir():
        raise Wrong("export_no_folder", to=to, form=form)
    if place.resolve() == survey.resolve():
        raise Wrong("export_same_file", to=place)
    return place
