"""Options that several verbs take, each read in one way."""

import argparse
import re
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from ecrm_helpers.files import project_folder
from ecrm_helpers.printed import (
    EDITIONS,
    Rounding,
    Wrong,
    decimal,
    interval,
    language,
    say,
)

if TYPE_CHECKING:
    from ecrm_helpers.statistics.admissible import Summary


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
    number = int(text) if text.isdigit() else 0
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


def add_level(verb: argparse.ArgumentParser) -> None:
    """Add the level at which a p value counts."""
    verb.add_argument(
        "--alpha", type=level, default=0.05, metavar="A", help="help_alpha"
    )


def add_language(verb: "argparse._ActionsContainer") -> None:
    """Add the language; the shell's where none is given."""
    verb.add_argument("--lang", choices=EDITIONS, help="help_lang")


#: Rules that may set rows aside; `study.Rule` has the same.
RULES = ("before_opening", "double", "earlier_version", "contradictory")


def add_accept(verb: "argparse._ActionsContainer") -> None:
    """Add the rules that may set aside more than one row in twenty."""
    verb.add_argument(
        "--accept",
        action="append",
        default=[],
        choices=RULES,
        metavar="RULE",
        help="help_accept",
    )


def add_project(verb: argparse.ArgumentParser) -> None:
    """Add the folder of the project; found from where one stands if none is given."""
    verb.add_argument("--project", type=Path, metavar="FOLDER", help="help_project")


def root(options: argparse.Namespace) -> Path:
    """Give the folder of the project that a verb works on."""
    return project_folder(options.project)


def add_reading(verb: argparse.ArgumentParser, *, scale: bool = True) -> None:
    """Add the options on how printed rows are to be read, and draws made."""
    verb.add_argument(
        "--scale",
        type=int,
        nargs=2,
        required=scale,
        metavar=("LOW", "HIGH"),
        help="help_scale",
    )
    verb.add_argument("--items", type=count, default=1, metavar="K", help="help_items")
    verb.add_argument("--population", action="store_true", help="help_population")
    verb.add_argument(
        "--rounding", choices=get_args(Rounding), default="either", help="help_rounding"
    )
    verb.add_argument(
        "--measure",
        choices=("histograms", "ordered"),
        default="histograms",
        help="help_measure",
    )
    verb.add_argument("--seed", type=int, default=1, help="help_seed")


def printed_row(
    options: argparse.Namespace,
    row: tuple[int, str, str | None],
    minimum: str | None,
    maximum: str | None,
) -> "Summary":
    """Read n, mean and SD of a printed row by the options of `add_reading`."""
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
