"""The verb ``qda``: a coded interview exchanged with other programs, from a shell."""

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from ecrm_helpers.cli.shell.options import add_project, root
from ecrm_helpers.files import write_atomically, write_folder
from ecrm_helpers.printed import say, shell_language

if TYPE_CHECKING:
    from ecrm_helpers.interview.tables import Interview


def add(verb: argparse.ArgumentParser) -> None:
    """Add the verbs of this verb."""
    qda = verb.add_subparsers(required=True, metavar="verb")
    take = qda.add_parser("import", help="help_import")
    take.add_argument("file", type=Path, help="help_file_import")
    take.add_argument(
        "--to", type=Path, required=True, metavar="FOLDER", help="help_new_folder"
    )
    take.add_argument(
        "--text",
        type=Path,
        nargs="+",
        default=[],
        metavar="FILE",
        help="help_text_import",
    )
    take.set_defaults(verb=_import)
    give = qda.add_parser("export", help="help_export_qda")
    give.add_argument("file", type=Path, help="help_file_export")
    give.set_defaults(verb=_export)
    blind = qda.add_parser("kit", help="help_kit")
    blind.add_argument(
        "--to", type=Path, required=True, metavar="FOLDER", help="help_new_folder"
    )
    blind.set_defaults(verb=_kit)
    for verb in (give, blind):
        verb.add_argument("--interview", type=Path, help="help_interview")
        add_project(verb)
    both = qda.add_parser("agreement", help="help_agreement")
    both.add_argument("files", type=Path, nargs="+", help="help_coding")
    both.add_argument("--coders", nargs="+", default=[], help="help_coders")
    both.add_argument("--documents", nargs="+", default=[], help="help_documents")
    both.add_argument(
        "--level", choices=("code", "theme"), default="code", help="help_level"
    )
    both.add_argument("--seed", type=int, default=1, help="help_seed_bootstrap")
    both.set_defaults(verb=_agreement)
    for verb in (give, blind, both):
        verb.add_argument(
            "--language", choices=("fr", "en"), default="fr", help="help_language_texts"
        )


def _import(options: argparse.Namespace) -> int:
    from ecrm_helpers.interview.exchange.formats import folder_of, imported

    found, lost = imported(options.file, options.text)
    write_folder(options.to, folder_of(found, lost))
    counts = {name: len(getattr(found, name)) for name in ("codebook", "segments")}
    print(
        say(
            "qda_imported",
            shell_language(),
            folder=options.to,
            codes=counts["codebook"],
            segments=counts["segments"],
            codings=len(found.codings),
            lost=len(lost),
        )
    )
    return 0


def _export(options: argparse.Namespace) -> int:
    from ecrm_helpers.interview.exchange.formats import exported
    from ecrm_helpers.interview.tables import read_interview

    corpus = read_interview(_tables(options), options.language)
    made = exported(corpus, options.file.suffix.lower(), options.language)
    write_atomically(options.file, made)
    print(say("qda_written", shell_language(), file=options.file))
    return 0


def _kit(options: argparse.Namespace) -> int:
    from ecrm_helpers.interview.exchange.formats import kit
    from ecrm_helpers.interview.tables import read_interview

    corpus = read_interview(_tables(options), options.language)
    write_folder(options.to, kit(corpus, options.language))
    print(say("qda_written", shell_language(), file=options.to))
    return 0


def _tables(options: argparse.Namespace) -> Path:
    """Give the folder of tables: the one named, or the project's."""
    return Path(options.interview or root(options) / "data/interview").resolve()


def _agreement(options: argparse.Namespace) -> int:
    from ecrm_helpers.interview.coders import compare_all
    from ecrm_helpers.interview.exchange.together import together
    from ecrm_helpers.interview.matrices import active
    from ecrm_helpers.interview.tables import InterviewError, each
    from ecrm_helpers.shown.coded.judgements import (
        agreement_table,
        disagreements_table,
    )

    parts, language = _parts(options), shell_language()
    both, lost = together(parts) if len(parts) > 1 else (parts[0], None)
    asked = {"level": options.level, "documents": options.documents}
    who = _coders(options.coders, both.coders["coder_id"])
    found = compare_all(both, who, **asked, seed=options.seed)
    if not found:
        raise InterviewError("coders_two", found=", ".join(active(both)) or "–")
    tables = []
    for pair in found:
        tables.append(agreement_table(both, pair, language))
        if len(pair.disagreements):
            tables.append(disagreements_table(both, pair, language))
    print("\n\n".join(table.plain for table in tables))
    for row in each(lost) if lost is not None else ():
        place = {"document": row.document, "quotation": row.quotation}
        print(say("qda_unplaced", language, **place))
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
