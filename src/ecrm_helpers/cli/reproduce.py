"""The verb ``reproduce``: everything made that is not up to date."""

import argparse
import json
import re
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ecrm_helpers.cli.shell.options import (
    FILE,
    FOLDER,
    add_shared,
    count,
    editions,
    root,
    tell,
    warn,
)
from ecrm_helpers.compendium.plan.project import PRIVATE, Project, stale
from ecrm_helpers.files import STUDY, safe_cell, write_atomically
from ecrm_helpers.printed import (
    EDITIONS,
    Edition,
    Wrong,
    keyed,
    label_of,
    language,
    say,
    speaking,
)

if TYPE_CHECKING:
    from ecrm_helpers.study import Study

#: What respondents wrote freely, and what pages mask of what was said: the author's.
FREE, MASKED = f"{PRIVATE}/free_answers.csv", f"{PRIVATE}/masked.csv"
#: Parameters that have an option of their own.
OWN = {"edition": "--edition", "data": "--survey", "study_file": "--study"}
#: What is said of a parameter that nothing was given for.
LACKING = keyed("lacking_", "lacking_data lacking_interview_data")


def add(verb: argparse.ArgumentParser) -> None:
    """Add the options of the verb."""
    add_shared(verb, "--edition")
    verb.add_argument(
        "--jobs", type=count, default=1, metavar="N", help="help_jobs_notebooks"
    )
    verb.add_argument(
        "-p",
        "--parameter",
        nargs=2,
        action="append",
        default=[],
        metavar=("NAME", "VALUE"),
        help="help_parameter",
    )
    verb.add_argument("--survey", help="help_survey", **FILE)
    verb.add_argument("--interview", help="help_interview_own", **FOLDER)
    verb.add_argument("--study", help="help_study_other", **FILE)
    verb.add_argument("--check", action="store_true", help="help_check")
    verb.add_argument("--plain", action="store_true", help="help_plain")
    add_shared(verb, "--accept", "--project")
    verb.set_defaults(verb=_reproduce)


def _reproduce(options: argparse.Namespace) -> int:
    started = time.monotonic()
    project = _project(options)
    if options.check:
        old = stale(project)
        for name in old:
            tell("not_up_to_date", name=name)
        return 1 if old else 0
    return _made(project, options.jobs, started, plain=options.plain)


def _made(project: Project, jobs: int, started: float, *, plain: bool) -> int:
    """Make what is not up to date, and say what was found."""
    from ecrm_helpers.compendium.run.progress import Progress
    from ecrm_helpers.compendium.run.reproduce import reproduce
    from ecrm_helpers.ledger.summary import read_results, undeclared

    with speaking(None):  # a notebook run in this process chooses its own language
        worked = reproduce(project, jobs, Progress(), plain=plain)
    folder = project.output / "results"
    found = read_results(folder / f"{book.stem}.json" for book in project.notebooks)
    for line in _summary(project, found, worked, time.monotonic() - started):
        print(line)
    # A run with other parameters finds; it does not fail.
    changed = project.parameters.keys() - {*OWN, "interview_data"}
    failed = [] if changed else undeclared(found["ledger"])
    for name in failed:
        warn("undeclared_row", name=name)
    return 1 if failed else 0


def _project(options: argparse.Namespace) -> Project:
    """Say what is to be made; answers are read once before anything runs."""
    given = {name: _literal(value) for name, value in options.parameter}
    for name in given.keys() & OWN:
        raise Wrong("parameter_has_option", name=name, option=OWN[name])
    if "interview_data" in given:
        options.interview = Path(str(given.pop("interview_data")))
    if not (options.survey or options.interview or options.study):
        options.study = _own_study(root(options))
    if options.survey or options.interview or options.study:
        try:
            return _with_own(options, given)
        except Wrong:
            if not options.check:
                _take_away(Project(root(options), editions(options), {}))
            raise
    return Project(root(options), editions(options), given)


def _own_study(place: Path) -> Path | None:
    """Name the study of a project that names its own answers, or holds none in print.

    Only its text is looked at: that nothing is to be done is said in no time.
    """
    text = (place / STUDY).read_bytes().decode(errors="replace")
    keys = set(re.findall(r"(?m)^(answers|published)\b", text))
    return None if keys == {"published"} else place / STUDY


def _take_away(project: Project) -> None:
    """Leave no page of an earlier run to be taken for one of what was refused."""
    from ecrm_helpers.compendium.run.progress import Progress
    from ecrm_helpers.compendium.run.reproduce import forget

    if forget(project, Progress()):
        warn("earlier_removed")


def _with_own(options: argparse.Namespace, given: dict[str, object]) -> Project:
    """Hold what was given to be readable, before anything runs."""
    from ecrm_helpers.study import read_study
    from ecrm_helpers.study.testing import method_of

    place = root(options)
    file = (options.study or place / "study.yml").resolve()
    study = read_study(file)
    for edition in editions(options):
        study.require(edition)
    if options.study and study.answers and not options.survey:
        options.survey = place / study.answers
    talks = options.interview or (options.study and study.interview)
    if not options.survey and not talks:
        raise Wrong("study_needs_survey")
    read: dict[str, list[str]] = {edition: [] for edition in EDITIONS}
    if options.survey:
        read = _answers(options, study, place)
        given["data"] = _from(place, options.survey.resolve())
    if talks:
        there, masked = _interview(place, Path(talks), study, editions(options))
        given["interview_data"] = _from(place, there)
        counts = {"n": masked.total(), "k": len(masked), "file": MASKED}
        for edition in EDITIONS:
            key = "masked_said" if masked else "masked_none"
            read[edition].append(say(key, edition, **(counts if masked else {})))
        if masked and not options.check:
            _keep_apart(place / MASKED, ("text", "times"), masked.most_common())
    if options.study is not None:
        given["study_file"] = _from(place, file)
    tests = {name: method_of(study, name) for name in study.hypotheses}
    return Project(
        place,
        editions(options),
        given,
        study=_from(place, file),
        published=study.published is not None,
        decides=tests,
        lacking=_lacking(options, bool(talks)),
        read={edition: tuple(lines) for edition, lines in read.items()},
    )


def _lacking(options: argparse.Namespace, talks: bool) -> tuple[str, ...]:
    """Name the parameters that nothing is there for."""
    lacks = ["data"] if options.survey is None else []
    if options.study and not talks:  # the project's own study has its interview
        lacks.append("interview_data")
    return tuple(lacks)


def _answers(
    options: argparse.Namespace, study: "Study", place: Path
) -> dict[str, list[str]]:
    from ecrm_helpers.answers.audit import Other
    from ecrm_helpers.answers.door import admit

    _, audit = admit(options.survey, study, options.accept)
    if not options.check:
        _keep_apart(place / FREE, Other._fields, audit.others)
    return {edition: [*audit.head(edition)] for edition in EDITIONS}


def _interview(
    place: Path, folder: Path, study: "Study", asked: Sequence[Edition]
) -> tuple[Path, Counter[str]]:
    """Read an interview; hold the codes that the study names to be its own.

    Give where it lies, and what pages mask of what was said in it.
    """
    from ecrm_helpers.interview.evidence import stated, statements
    from ecrm_helpers.interview.tables import read_interview
    from ecrm_helpers.shown.coded.corpus import without_names

    masked: Counter[str] = Counter()
    there = folder if folder.is_absolute() else place / folder
    if not there.exists() and folder.resolve().exists():
        there = folder.resolve()
    for edition in asked:
        found = read_interview(there, edition)
        if len(found.codings):
            statements(found, stated(study))
        masked |= without_names(found).masked
    return there, masked


def _keep_apart(file: Path, columns: Sequence[str], rows: Sequence[Any]) -> None:
    """Write what respondents said to a file that goes into no page or archive."""
    import pandas as pd

    cells = pd.DataFrame(rows, columns=[*columns]).astype(str)
    text = cells.map(safe_cell).to_csv(index=False, lineterminator="\n")
    write_atomically(file, text.encode())


def _from(place: Path, path: Path) -> str:
    """Name a file from the project's folder where it lies within."""
    return str(path.relative_to(place) if path.is_relative_to(place) else path)


def _literal(text: str) -> object:
    """Read a parameter as a number or a truth value where it is one, else as text."""
    try:
        value: object = json.loads(text)
    except ValueError:
        return text
    return value if isinstance(value, int | float | bool) else text


def _summary(
    project: Project, found: dict[str, Any], worked: bool, seconds: float
) -> list[str]:
    """Say what was compared and decided, where to look, and the time taken."""
    from ecrm_helpers.ledger.summary import answered, counted

    edition = language()
    lines = [] if worked else [say("nothing_to_do", edition)]
    lines += project.read.get(edition, ())
    lines += [say(LACKING[name], edition) for name in project.lacking]
    lines += counted(found["ledger"], edition) if project.published else []
    decisions = found["decisions"]
    for name in project.decides or sorted(decisions):
        said = say("not_tested_here", edition)
        if answer := decisions.get(name):
            worded = say(answer["as_worded"], edition)
            said = f"{answered(answer, edition)}; {worded}"
        lines.append(f"{label_of(name)}: {said}")
    lines += [
        say("sum_look", edition, path=project.output / each / "index.html")
        for each in project.editions
    ]
    return [*lines, say("sum_time", edition, seconds=f"{seconds:.1f}")]
