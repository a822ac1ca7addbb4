"""The verb ``new``: a project of an author's own."""

import argparse

from ecrm_helpers.cli.shell.options import FILE, FILES, FOLDER, add_shared, tell
from ecrm_helpers.files import STUDY, require_empty, write_folder
from ecrm_helpers.printed import language


def add(verb: argparse.ArgumentParser) -> None:
    """Add the options of the verb."""
    verb.description = "help_new_more"
    verb.add_argument("folder", help="help_new_project", **FOLDER)
    verb.add_argument("--from", dest="source", help="help_from_study", **FILE)
    verb.add_argument("--interviews", help="help_new_interviews", **FILES)
    verb.add_argument("--published", help="help_new_published", **FILE)
    add_shared(verb, "--lang")
    verb.set_defaults(verb=_new)


def _new(options: argparse.Namespace) -> int:
    from ecrm_helpers.workshop.begun import begun

    require_empty(options.folder)
    given = options.source, options.interviews, options.published
    made = begun(*given, language())
    write_folder(options.folder, made)
    left = made[STUDY].decode().count("# ? ")
    tell("project_begun", folder=options.folder, k=left)
    return 0
