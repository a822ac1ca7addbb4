"""The verb ``notebooks``: copies in one language, and back; as git keeps them."""

import argparse
from pathlib import Path

from ecrm_helpers.cli.shell.options import FOLDER, add_shared, root, tell
from ecrm_helpers.files import write_atomically
from ecrm_helpers.printed import EDITIONS, language, say

#: The page that JupyterLab opens first.
START = {"fr": "DEBUT.md", "en": "START.md"}


def add(verb: argparse.ArgumentParser) -> None:
    """Add the options of the verb."""
    verb.description = "help_notebooks_more"
    way = verb.add_mutually_exclusive_group(required=True)
    way.add_argument("--edition", choices=EDITIONS, help="help_edition_copies")
    way.add_argument("--tidy", action="store_true", help="help_tidy")
    way.add_argument("--from", dest="folder", help="help_from", **FOLDER)
    add_shared(verb, "--project")
    verb.set_defaults(verb=_notebooks)


def _notebooks(options: argparse.Namespace) -> int:
    from ecrm_helpers.compendium.run.copies import bring_back, lend
    from ecrm_helpers.compendium.run.tidy import tidy

    place = root(options)
    books = sorted((place / "notebooks").glob("*.ipynb"))
    if options.tidy:
        named = tidy(books)
        for name in named:
            tell("notebook_tidied", name=name)
        if not named:
            tell("notebooks_tidy", k=len(books))
        return 0
    if options.folder:
        brought, remarks = bring_back(options.folder, books)
        for cell in brought:
            tell("copies_brought", cell=cell)
        for remark in remarks:
            print(remark.said(language()))
        if not brought and not remarks:
            tell("copies_same", folder=options.folder)
        return 0
    folder = Path("work") / options.edition
    start = place / "notebooks" / START[options.edition]
    if start.is_file():
        write_atomically(place / folder / start.name, start.read_bytes())
    for name in lend(books, place / folder, options.edition):
        tell("copies_kept", folder=folder, name=name)
    print(say("copies_made", options.edition, folder=folder, k=len(books)))
    return 0
