"""The compendium's verbs, from a shell.

Exit status: 0 done; 1 a notebook or a check failed; 2 wrong usage or data;
3 the numbers are as declared, but a renderer is missing (verify only);
130 interrupted. A message says what is wrong; a traceback reaches nobody.

Each verb is the module of its name, loaded when it is called.
"""

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

from ecrm_helpers.compendium.plan.project import ReproduceError
from ecrm_helpers.printed import shell_language

#: Each verb, and what it does.
VERBS = {
    "reproduce": "make everything that is not up to date",
    "verify": "recompute every number, without a notebook or a page",
    "dist": "pack all into one archive, wheels included",
    "prove": "spoil copies and see the right check fail",
    "admissible": "count, list or draw the data sets that a printed mean and SD allow",
    "robustness": "compare two printed groups in every data set that their rows allow",
    "ledger": "list the numerals of the thesis's text",
    "qda": "exchange a coded interview with coding programs; compare coders",
    "check-text": "recompute each p that a document reports, in text or tables",
    "read": "read a file of answers (CSV, XLSX, SAV) and say what is in it",
    "notebooks": "copy the notebooks in one language; bring back what was changed",
    "data": "build the reconstructed answers; check data/; export answers",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb and give its exit status."""
    arguments = sys.argv[1:] if arguments is None else arguments
    options = _parser(arguments[0] if arguments else "").parse_args(arguments)
    try:
        return int(options.verb(options))
    except KeyboardInterrupt:
        print("interrupted: nothing half made is left", file=sys.stderr)
        return 130
    except (ReproduceError, ValueError, OSError) as error:
        language = getattr(options, "lang", None) or shell_language()
        said = error.said(language) if hasattr(error, "said") else error
        print(f"error: {said}", file=sys.stderr)
        return 2
    except RuntimeError as error:  # NotebookError, PaperError
        print(f"failed: {error}", file=sys.stderr)
        return 1


class _Parser(argparse.ArgumentParser):
    """A parser that says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        """End with status 2; the usage is one `--help` away."""
        self.exit(2, f"error: {message} (see {self.prog} --help)\n")


def _parser(called: str) -> argparse.ArgumentParser:
    """Know every verb by name, and the options of the one that is called."""
    parser = _Parser(prog="ecrm", description=__doc__.splitlines()[0])
    verbs = parser.add_subparsers(required=True, metavar="verb")
    for name, what in VERBS.items():
        verb = verbs.add_parser(name, help=what)
        if name == called:
            module = import_module(f"{__name__}.{name.replace('-', '_')}")
            module.add(verb)
    return parser
