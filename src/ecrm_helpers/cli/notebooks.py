"""The verb ``notebooks``: copies in one language to work on, and back."""

import argparse
from pathlib import Path

from ecrm_helpers.cli.shell.options import add_project, root
from ecrm_helpers.printed import EDITIONS, say, shell_language


def add(verb: argparse.ArgumentParser) -> None:
    """Add the options of the verb."""
    verb.description = "help_notebooks_more"
    way = verb.add_mutually_exclusive_group(required=True)
    way.add_argument("--edition", choices=EDITIONS, help="help_edition_copies")
    way.add_argument(
        "--from",
        dest="folder",
        type=Path,
        metavar="FOLDER",
        help="help_from",
    )
    add_project(verb)
    verb.set_defaults(verb=_notebooks)


def _notebooks(options: argparse.Namespace) -> int:
    from ecrm_helpers.compendium.plan.project import Project
    from ecrm_helpers.compendium.run.copies import bring_back, lend

    language, place = shell_language(), root(options)
    books = Project(place, (), {}).notebooks
    if options.folder:
        brought, remarks = bring_back(options.folder, books)
        for cell in brought:
            print(say("copies_brought", language, cell=cell))
        for remark in remarks:
            print(remark.said(language))
        if not brought and not remarks:
            print(say("copies_same", language, folder=options.folder))
        return 0
    folder = Path("work") / options.edition
    for name in lend(books, place / folder, options.edition):
        print(say("copies_kept", language, folder=folder, name=name))
    print(say("copies_made", options.edition, folder=folder, k=len(books)))
    return 0
