"""The verb ``new``: a project of an author's own."""

import argparse
from pathlib import Path

from ecrm_helpers.cli.shell.options import add_language
from ecrm_helpers.files import STUDY, require_empty, write_folder
from ecrm_helpers.printed import Edition, say, shell_language


def add(verb: argparse.ArgumentParser) -> None:
    """Add the options of the verb."""
    verb.description = "help_new_more"
    verb.add_argument("folder", type=Path, metavar="FOLDER", help="help_new_project")
    verb.add_argument(
        "--from", dest="source", type=Path, metavar="FILE", help="help_from_study"
    )
    verb.add_argument(
        "--interviews",
        type=Path,
        nargs="+",
        default=[],
        metavar="FILE",
        help="help_new_interviews",
    )
    verb.add_argument(
        "--published", type=Path, metavar="FILE", help="help_new_published"
    )
    add_language(verb)
    verb.set_defaults(verb=_new)


def _new(options: argparse.Namespace) -> int:
    from ecrm_helpers.workshop.begun import begun

    edition: Edition = options.lang or shell_language()
    require_empty(options.folder)
    made = begun(options.source, options.interviews, options.published, edition)
    write_folder(options.folder, made)
    left = made[STUDY].decode().count("# ? ")
    print(say("project_begun", edition, folder=options.folder, k=left))
    return 0
