"""The verb ``notebooks``: copies in one language, and back; as git keeps them."""

import argparse
from pathlib import Path

from ecrm_helpers.cli.shell.options import add_project, root
from ecrm_helpers.files import write_atomically
from ecrm_helpers.printed import EDITIONS, say, shell_language

#: The page that JupyterLab opens first.
START = {"fr": "DEBUT.md", "en": "START.md"}


def add(verb: argparse.ArgumentParser) -> None:
    """Add the options of the verb."""
    verb.description = "help_notebooks_more"
    way = verb.add_mutually_exclusive_group(required=True)
    way.add_argument("--edition", choices=EDITIONS, help="help_edition_copies")
    way.add_argument("--tidy", action="store_true", help="help_tidy")
    way.add_argument(
        "--from", dest="folder", type=Path, metavar="FOLDER", help="help_from"
    )
    add_project(verb)
    verb.set_defaults(verb=_notebooks)


def _notebooks(options: argparse.Namespace) -> int:
    from ecrm_helpers.compendium.plan.project import Project
    from ecrm_helpers.compendium.run.copies import bring_back, lend
    from ecrm_helpers.compendium.run.tidy import tidy

    language, place = shell_language(), root(options)
    books = Project(place, (), {}).notebooks
    if options.tidy:
        every = sorted((place / "notebooks").glob("*.ipynb"))
        named = tidy(every)
        for name in named:
            print(say("notebook_tidied", language, name=name))
        if not named:
            print(say("notebooks_tidy", language, k=len(every)))
        return 0
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
    start = place / "notebooks" / START[options.edition]
    if start.is_file():
        write_atomically(place / folder / start.name, start.read_bytes())
    for name in lend(books, place / folder, options.edition):
        print(say("copies_kept", language, folder=folder, name=name))
    print(say("copies_made", options.edition, folder=folder, k=len(books)))
    return 0
