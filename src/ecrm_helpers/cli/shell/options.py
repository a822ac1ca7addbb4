"""Options that several verbs take, each read in one way."""

import argparse
import re
import sys
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from ecrm_helpers.files import project_folder
from ecrm_helpers.printed import (
    EDITIONS,
    Edition,
    Rounding,
    Wrong,
    decimal,
    interval,
    language,
    say,
)

if TYPE_CHECKING:
    from ecrm_helpers.statistics.admissible import Summary


#: What options that take places have alike.
FILE: dict[str, Any] = {"type": Path, "metavar": "FILE"}
FOLDER: dict[str, Any] = {"type": Path, "metavar": "FOLDER"}
SEVERAL: dict[str, Any] = {"nargs": "+", "default": []}
FILES = FILE | SEVERAL


def tell(key: str, **values: object) -> None:
    """Print a phrase in the reader's language."""
    print(say(key, language(), **values))


def warn(key: str, **values: object) -> None:
    """Print a phrase where errors go."""
    print(say(key, language(), **values), file=sys.stderr)


def count(text: str) -> int:
    """Read a whole number from 1.

    Examples
    --------
    >>> count("12")
    12

    Raises
    ------
    argparse.ArgumentTypeError
        It is not one.
    """
    number = int(text) if text.isdecimal() else 0
    if number < 1:
        raise argparse.ArgumentTypeError(say("not_a_count", language(), text=text))
    return number


def level(text: str) -> float:
    """Read a level between 0 and 1, with a point or a comma.

    Examples
    --------
    >>> level("0.05"), level(",01")
    (0.05, 0.01)

    Raises
    ------
    argparse.ArgumentTypeError
        It is not one.
    """
    try:
        found = float(text.replace(",", "."))
    except ValueError:
        found = 0.0
    if not 0 < found < 1:
        raise argparse.ArgumentTypeError(say("level_off", language(), text=text))
    return found


def printed_number(text: str) -> str:
    """Take a number as text, so that its decimals count."""
    if not re.fullmatch(r"[-−]?(\d+([.,]\d+)?|[.,]\d+)", text):
        said = say("not_a_printed_number", language(), text=text)
        raise argparse.ArgumentTypeError(said)
    return text


#: Rules that may set rows aside; `study.Rule` has the same.
RULES = ("before_opening", "double", "earlier_version", "contradictory")


#: Options that several verbs have.
SHARED: dict[str, dict[str, Any]] = {
    "--alpha": {"type": level, "default": 0.05, "metavar": "A", "help": "help_alpha"},
    "--lang": {"choices": EDITIONS, "help": "help_lang"},
    "--edition": {
        "choices": (*EDITIONS, "all"),
        "default": "fr",
        "help": "help_edition",
    },
    "--accept": {
        "action": "append",
        "default": [],
        "choices": RULES,
        "metavar": "RULE",
        "help": "help_accept",
    },
    "--project": FOLDER | {"help": "help_project"},
    "--items": {"type": count, "default": 1, "metavar": "K", "help": "help_items"},
    "--population": {"action": "store_true", "help": "help_population"},
    "--rounding": {
        "choices": get_args(Rounding),
        "default": "either",
        "help": "help_rounding",
    },
    "--measure": {
        "choices": ("histograms", "ordered"),
        "default": "histograms",
        "help": "help_measure",
    },
    "--seed": {"type": int, "default": 1, "help": "help_seed"},
}
#: How printed rows are to be read, and draws made.
READING = ("--items", "--population", "--rounding", "--measure", "--seed")
SCALE: dict[str, Any] = {
    "type": int,
    "nargs": 2,
    "metavar": ("LOW", "HIGH"),
    "help": "help_scale",
}


def add_shared(verb: "argparse._ActionsContainer", *names: str) -> None:
    """Add options that several verbs have, by their names."""
    for name in names:
        verb.add_argument(name, **SHARED[name])


def editions(options: argparse.Namespace) -> tuple[Edition, ...]:
    """Give the editions that ``--edition`` asks for."""
    return EDITIONS if options.edition == "all" else (options.edition,)


def root(options: argparse.Namespace) -> Path:
    """Give the folder of the project that a verb works on."""
    return project_folder(options.project)


def printed_row(
    options: argparse.Namespace,
    row: tuple[int, str, str | None],
    minimum: str | None,
    maximum: str | None,
) -> "Summary":
    """Read n, mean and SD of a printed row by the options `READING` and ``--scale``."""
    from ecrm_helpers.statistics.admissible import Summary

    low, high = options.scale
    return Summary(
        *row,
        low=low,
        high=high,
        minimum=_end(minimum, options.items),
        maximum=_end(maximum, options.items),
        ddof=int(not options.population),
        rounding=options.rounding,
        items=options.items,
    )


def _end(text: str | None, items: int) -> Fraction | None:
    """Give the step of the scale that a printed minimum or maximum stands for."""
    if text is None:
        return None
    step = Fraction(round(Fraction(decimal(text)) * items), items)
    if not interval(text).holds(step):
        raise Wrong("usage_end", end=text, items=items)
    return step
