"""The verb ``qda``: a coded interview exchanged with other programs, from a shell."""

import argparse
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ecrm_helpers.cli.shell.options import (
    FILE,
    FILES,
    FOLDER,
    SEVERAL,
    add_shared,
    root,
    tell,
)
from ecrm_helpers.files import STUDY, write_atomically, write_folder, write_whole
from ecrm_helpers.printed import EDITIONS, language

if TYPE_CHECKING:
    import pandas as pd

    from ecrm_helpers.interview.exchange.own.voices import Voices
    from ecrm_helpers.interview.tables import Interview


def add(verb: argparse.ArgumentParser) -> None:
    """Add the verbs of this verb."""
    qda = verb.add_subparsers(required=True, metavar="verb")
    new = qda.add_parser("new", help="help_new")
    new.add_argument("to", help="help_new_folder", **FOLDER)
    new.add_argument("file", type=Path, nargs="+", help="help_transcripts")
    new.set_defaults(verb=_new, text=[])
    take = qda.add_parser("import", help="help_import")
    take.add_argument("file", type=Path, nargs="+", help="help_file_import")
    take.add_argument("--text", help="help_text_import", **FILES)
    take.set_defaults(verb=_import)
    for verb in (new, take):
        verb.add_argument(
            "--interviewer", metavar="NAME", help="help_interviewer", **SEVERAL
        )
        verb.add_argument(
            "--without-interviewer", action="store_true", help="help_without"
        )
    give = qda.add_parser("export", help="help_export_qda")
    give.add_argument("file", type=Path, help="help_file_export")
    give.set_defaults(verb=_export)
    blind = qda.add_parser("kit", help="help_kit")
    blind.set_defaults(verb=_kit)
    join = qda.add_parser("join", help="help_join")
    join.set_defaults(verb=_join)
    for verb in (take, blind, join):
        verb.add_argument("--to", required=True, help="help_new_folder", **FOLDER)
    for verb in (give, blind):
        verb.add_argument("--interview", type=Path, help="help_interview")
        add_shared(verb, "--project")
    both = qda.add_parser("agreement", help="help_agreement")
    both.add_argument("--coders", help="help_coders", **SEVERAL)
    both.add_argument("--documents", help="help_documents", **SEVERAL)
    both.add_argument(
        "--level", choices=("code", "theme"), default="code", help="help_level"
    )
    both.add_argument("--seed", type=int, default=1, help="help_seed_bootstrap")
    both.add_argument("--to", help="help_to_agreement", **FILE)
    both.set_defaults(verb=_agreement)
    for verb in (join, both):
        verb.add_argument("files", type=Path, nargs="+", help="help_coding")
    for verb in (give, blind, join, both):
        verb.add_argument(
            "--language", choices=EDITIONS, default="fr", help="help_language_texts"
        )


def _import(options: argparse.Namespace) -> int:
    found, lost, voices = _taken(options)
    _put(options.to, found, lost)
    _heard(voices)
    return 0


def _new(options: argparse.Namespace) -> int:
    """Begin a folder; what is known of each respondent is to be filled in."""
    import pandas as pd

    found, lost, voices = _taken(options)
    known = [(doc, f"E{n}") for n, doc in enumerate(found.texts, 1)]
    people = pd.DataFrame(known, columns=["doc_id", "respondent"])
    _put(options.to, replace(found, respondents=people), lost)
    _heard(voices)
    tell("qda_new", folder=options.to)
    return 0


def _taken(options: argparse.Namespace) -> "tuple[Interview, pd.DataFrame, Voices]":
    """Read files, recognise who speaks, leave out the interviewer where asked."""
    from ecrm_helpers.interview.exchange.formats import UNNAMED, laid_out, read
    from ecrm_helpers.interview.exchange.own.voices import heard, noted, without

    carried = read(options.file, options.text)
    if [*carried.coders.values()] in UNNAMED:  # called after the folder
        who = (options.to.resolve().name, "")
        carried = replace(carried, coders=dict.fromkeys(carried.coders, who))
    voices = heard(carried, options.interviewer)
    if options.without_interviewer:
        carried = without(carried, voices)
    found, lost = laid_out(carried, options.file[0])
    # What is left out moves every place, so turns are recognised anew.
    said = heard(carried) if options.without_interviewer else voices
    return noted(found, said), lost, voices


def _put(folder: Path, found: "Interview", lost: "pd.DataFrame") -> None:
    from ecrm_helpers.interview.exchange.formats import folder_of

    write_folder(folder, folder_of(found, lost))
    counts = {"codes": len(found.codebook), "segments": len(found.segments)}
    counts |= {"codings": len(found.codings), "lost": len(lost)}
    tell("qda_imported", folder=folder, **counts)


def _heard(voices: "Voices") -> None:
    """Show who was recognised, for a person to confirm."""
    if silent := [doc for doc, of in voices.turns.items() if not of]:
        tell("voices_silent", documents=", ".join(silent))
    if voices.speakers:
        who = ", ".join(f"{name} ({n})" for name, n in voices.speakers.items())
        tell("voices_heard", speakers=who, asking=", ".join(voices.asking) or "–")


def _join(options: argparse.Namespace) -> int:
    from ecrm_helpers.interview.exchange.together import joined
    from ecrm_helpers.interview.tables import InterviewError

    if len(options.files) < 2:
        raise InterviewError("join_two")
    _put(options.to, *joined(_parts(options)))
    return 0


def _export(options: argparse.Namespace) -> int:
    from ecrm_helpers.interview.exchange.formats import exported
    from ecrm_helpers.interview.tables import read_interview

    corpus = read_interview(_tables(options), options.language)
    made = exported(corpus, options.file.suffix.lower(), options.language)
    write_atomically(options.file, made)
    tell("qda_written", file=options.file)
    return 0


def _kit(options: argparse.Namespace) -> int:
    from ecrm_helpers.interview.exchange.formats import kit
    from ecrm_helpers.interview.tables import read_interview

    there = _tables(options)
    named = str(options.interview or there.relative_to(root(options).resolve()))
    corpus = read_interview(there, options.language)
    write_folder(options.to, kit(corpus, options.language, named))
    tell("qda_written", file=options.to)
    return 0


def _tables(options: argparse.Namespace) -> Path:
    """Give the folder of tables: the one named, or the one that the study names."""
    if options.interview:
        return Path(options.interview).resolve()
    from ecrm_helpers.interview.tables import OWN
    from ecrm_helpers.study import read_study

    place = root(options)
    return (place / (read_study(place / STUDY).interview or OWN)).resolve()


def _agreement(options: argparse.Namespace) -> int:
    from ecrm_helpers.interview.coders import compare_all
    from ecrm_helpers.interview.exchange.together import together
    from ecrm_helpers.interview.matrices import active
    from ecrm_helpers.interview.tables import InterviewError, each
    from ecrm_helpers.shown.coded.agreements import agreement_table, disagreements_table

    parts, edition = _parts(options), language()
    both, lost = together(parts) if len(parts) > 1 else (parts[0], None)
    asked = {"level": options.level, "documents": options.documents}
    who = _coders(options.coders, both.coders["coder_id"])
    found = compare_all(both, who, **asked, seed=options.seed)
    if not found:
        raise InterviewError("coders_two", found=", ".join(active(both)) or "–")
    tables = []
    for pair in found:
        tables.append(agreement_table(both, pair, edition))
        if len(pair.disagreements):
            tables.append(disagreements_table(both, pair, edition))
    print("\n\n".join(table.plain for table in tables))
    for row in each(lost) if lost is not None else ():
        place = {"document": row.document, "quotation": row.quotation}
        tell("qda_unplaced", **place, why=row.reason)
    if options.to:
        from ecrm_helpers.compendium.render.agreement_file import written

        made = written(options.to, both, found, tables, edition)
        write_whole(made)
        for path in made:
            tell("qda_written", file=path)
    return 0


def _parts(options: argparse.Namespace) -> "list[Interview]":
    """Read the files to compare; one given twice has nothing to be compared with."""
    from ecrm_helpers.interview.exchange.formats import opened
    from ecrm_helpers.interview.tables import InterviewError

    places = [path.resolve() for path in options.files]
    twice = sorted({str(p) for p in places if places.count(p) > 1})
    if twice:
        raise InterviewError("agreement_twice", files=", ".join(twice))
    return [opened(path, options.language) for path in options.files]


def _coders(asked: list[str], known: Iterable[str]) -> list[str]:
    """Find coders by their names, with or without the letter of their file."""
    bare = {name: [k for k in known if k.partition(": ")[2] == name] for name in asked}
    return [found[0] if len(found) == 1 else name for name, found in bare.items()]
