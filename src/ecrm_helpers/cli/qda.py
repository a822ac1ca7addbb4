"""The verb ``qda``: a coded interview exchanged with other programs, from a shell."""

import argparse
from pathlib import Path

from ecrm_helpers.cli.shell.options import add_project, root
from ecrm_helpers.files import write_atomically, write_folder
from ecrm_helpers.printed import say, shell_language


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
    for place in ("first", "second"):
        both.add_argument(place, type=Path, help="help_coding")
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
    from ecrm_helpers.interview.coders import compare
    from ecrm_helpers.interview.exchange.formats import opened, together
    from ecrm_helpers.interview.tables import each
    from ecrm_helpers.shown.coded.judgements import agreement_table, disagreements_table

    paths = (options.first, options.second)
    one, two = (opened(path, options.language) for path in paths)
    both, first, second, lost = together(one, two)
    found, language = compare(both, first, second, seed=options.seed), shell_language()
    print(agreement_table(both, found, language).plain)
    if len(found.disagreements):
        listed = disagreements_table(both, found, language)
        print(f"\n{listed.plain}")
    for row in each(lost):
        print(say("qda_unplaced", language, quotation=row.quotation))
    return 0
