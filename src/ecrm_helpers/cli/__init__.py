"""The compendium's verbs, from a shell.

Exit status: 0 done; 1 a notebook or a check failed; 2 wrong usage or data;
3 the numbers are as declared, but a renderer is missing (verify only);
130 interrupted. A message says what is wrong; a traceback reaches nobody.

Each verb is the module of its name, or of `MODULES`, loaded when it is called.
"""

import argparse
import os
import sys
import traceback
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from ecrm_helpers.cli.shell.parser import Parser, asked, own_words
from ecrm_helpers.printed import (
    Sayable,
    Told,
    Wrong,
    held,
    language,
    refusal,
    speaking,
    told,
)

#: Each verb, and the phrase that says what it does.
VERBS = {
    "reproduce": "help_reproduce",
    "verify": "help_verify",
    "dist": "help_dist",
    "prove": "help_prove",
    "admissible": "help_admissible",
    "robustness": "help_robustness",
    "ledger": "help_ledger",
    "qda": "help_qda",
    "check-text": "help_check_text",
    "check-table": "help_check_table",
    "read": "help_read",
    "study": "help_study_verb",
    "notebooks": "help_notebooks",
    "data": "help_data",
    "class": "help_class",
    "new": "help_new_verb",
    "slides": "help_slides",
}

#: Verbs that lie in a folder, or that Python lets no module be named after.
MODULES = {
    "read": "answering.read",
    "study": "answering.study",
    "class": "workshop.classroom",
    "new": "workshop.new",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb and give its exit status."""
    arguments = sys.argv[1:] if arguments is None else arguments
    try:
        try:
            with speaking(asked(arguments)):
                return _run(arguments)
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        # Nobody reads on, as with ``| head``: the rest goes nowhere, quietly.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _run(arguments: Sequence[str]) -> int:
    parser = _parser(arguments[0] if arguments else "")
    with own_words():
        options = parser.parse_args(arguments)
    try:
        _files(options)
        return int(options.verb(options))
    except KeyboardInterrupt:
        return _ended(told("ended_interrupted"), 130)
    except BrokenPipeError:
        raise
    except (ValueError, OSError) as error:
        return _ended(told("ended_error", what=_reason(error)), 2)
    except RuntimeError as error:
        return _ended(told("ended_failed", what=_reason(error)), 1)
    except Exception as error:
        if sys.flags.dev_mode:
            raise
        return _ended(_fault(error), 1)


def _files(options: argparse.Namespace) -> None:
    """Refuse a pipe in place of a file: it may be waited for without end."""
    for given in vars(options).values():
        for path in given if isinstance(given, list) else [given]:
            if isinstance(path, Path) and path.is_fifo():
                raise Wrong("given_pipe", path=path)


def _fault(error: Exception) -> Told:
    """Own up to a fault of the program, and where it lies, in one line."""
    *_, last = traceback.extract_tb(error.__traceback__)
    what = f"{type(error).__name__}: {error}"
    file = last.filename.replace("\\", "/").rpartition("/")[2]
    return told("ended_fault", what=what, file=file, line=last.lineno)


def _ended(why: Told, status: int) -> int:
    """Say why a verb ended."""
    print(held(why.said(language()), language()), file=sys.stderr)
    return status


def _reason(error: Exception) -> Sayable | Exception:
    """Take an error that can be said, or say what the system or Python refuses."""
    if isinstance(error, UnicodeDecodeError):
        return told("os_not_utf8", place=error.start)
    if not isinstance(error, OSError) or isinstance(error, Sayable):
        return error
    return told("at_file", path=error.filename or "–", why=refusal(error))


def _parser(called: str) -> argparse.ArgumentParser:
    """Know every verb by name, and the options of the one that is called."""
    parser = Parser(prog="ecrm", description="help_ecrm")
    verbs = parser.add_subparsers(required=True, metavar="verb")
    for name, what in VERBS.items():
        verb = verbs.add_parser(name, help=what)
        if name == called:
            module = MODULES.get(name, name.replace("-", "_"))
            import_module(f"{__name__}.{module}").add(verb)
    return parser
