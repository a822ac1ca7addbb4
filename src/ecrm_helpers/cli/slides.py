"""The verb ``slides``: a lecture from pages that are made."""

import argparse

from ecrm_helpers.cli.shell.options import add_project, root
from ecrm_helpers.files import write_whole
from ecrm_helpers.printed import EDITIONS, say, shell_language


def add(verb: argparse.ArgumentParser) -> None:
    """Add the options of the verb."""
    verb.description = "help_slides_more"
    verb.add_argument(
        "--edition", choices=(*EDITIONS, "all"), default="fr", help="help_edition"
    )
    add_project(verb)
    verb.set_defaults(verb=_slides)


def _slides(options: argparse.Namespace) -> int:
    from ecrm_helpers.compendium.site.slides import slides

    home, editions = root(options) / "output", EDITIONS
    asked = [each for each in editions if options.edition in (each, "all")]
    made = {each: slides(home / each, each) for each in asked}
    files = {home / e / name: raw for e in asked for name, raw in made[e].items()}
    write_whole(files)
    for path in files:
        print(say("read_written", shell_language(), file=path))
    return 0
