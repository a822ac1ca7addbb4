"""The verb ``slides``: a lecture from pages that are made."""

import argparse

from ecrm_helpers.cli.shell.options import add_shared, editions, root, tell
from ecrm_helpers.files import write_whole


def add(verb: argparse.ArgumentParser) -> None:
    """Add the options of the verb."""
    verb.description = "help_slides_more"
    add_shared(verb, "--edition", "--project")
    verb.set_defaults(verb=_slides)


def _slides(options: argparse.Namespace) -> int:
    from ecrm_helpers.compendium.site.slides import slides

    home = root(options) / "output"
    files = {
        home / edition / name: raw
        for edition in editions(options)
        for name, raw in slides(home / edition, edition).items()
    }
    write_whole(files)
    for path in files:
        tell("read_written", file=path)
    return 0
