"""The verb ``class``: a folder for each student, and what came back from them."""

import argparse
from typing import TYPE_CHECKING

from ecrm_helpers.cli.shell.options import FILE, FOLDER, add_shared, root, tell
from ecrm_helpers.files import STUDY, write_atomically
from ecrm_helpers.printed import Wrong, keyed, language, say

if TYPE_CHECKING:
    from ecrm_helpers.study import Published

#: What came back from a student.
STATE = keyed(
    "class_state_",
    "class_state_yes class_state_nothing class_state_other_answers class_state_damaged",
)


def add(verb: argparse.ArgumentParser) -> None:
    """Add the options of the verb."""
    verb.description = "help_class_more"
    verb.add_argument("collect", nargs="?", choices=("collect",), help="help_collect")
    verb.add_argument("folder", nargs="?", help="help_class_folder", **FOLDER)
    verb.add_argument("--names", help="help_names", **FILE)
    verb.add_argument("--to", help="help_class_to", **FOLDER)
    verb.add_argument("--salt", metavar="VALUE", help="help_salt")
    add_shared(verb, "--lang", "--project")
    verb.set_defaults(verb=_class)


def _class(options: argparse.Namespace) -> int:
    """Make a class or collect it; options of the other are refused."""
    making = options.names, options.to
    collecting = options.folder and not any((*making, options.salt))
    wrong = not (collecting if options.collect else all(making))
    if wrong:
        raise Wrong("class_usage")
    return _collect(options) if options.collect else _make(options)


def _make(options: argparse.Namespace) -> int:
    import secrets

    from ecrm_helpers.workshop.made import make, read_names, students

    salt = options.salt or secrets.token_hex(8)
    who = students(read_names(options.names), salt)
    make(options.to, who, _table(options), salt, language())
    tell("class_made", folder=options.to, k=len(who), salt=salt)
    return 0


def _collect(options: argparse.Namespace) -> int:
    from ecrm_helpers.workshop.made import TEACHER, collected, sheet_of, strangers
    from ecrm_helpers.workshop.questions import QUESTIONS

    found = collected(options.folder, _table(options))
    for row in found:
        state = say(STATE[row["handed_in"]], language())
        counted = {"solved": row["solved"], "of": len(QUESTIONS)}
        tell("class_line", name=row["name"], state=state, **counted)
    for name in strangers(options.folder, found):
        tell("class_stranger", name=name)
    path = options.folder / TEACHER / "collected.csv"
    write_atomically(path, sheet_of(found, language()))
    tell("read_written", file=path)
    return 0


def _table(options: argparse.Namespace) -> "Published":
    from ecrm_helpers.study import read_published, read_study

    place = root(options)
    return read_published(read_study(place / STUDY), place)
