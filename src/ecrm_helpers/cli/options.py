"""Options that several verbs take, each read in one way."""

import argparse
import re
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from ecrm_helpers.files import project_folder
from ecrm_helpers.printed import EDITIONS, Rounding, Wrong, decimal, interval

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
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1")
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
        raise argparse.ArgumentTypeError(f"{text!r} is not a level between 0 and 1")
    return found


def printed_number(text: str) -> str:
    """Take a number as text, so that its decimals count."""
    if not re.fullmatch(r"[-−]?(\d+([.,]\d+)?|[.,]\d+)", text):
        raise argparse.ArgumentTypeError(
            f"{text!r} is not a number, such as 3.41 or ,9"
        )
    return text


def add_level(verb: argparse.ArgumentParser) -> None:
    """Add the level at which a p value counts."""
    verb.add_argument(
        "--alpha", type=level, default=0.05, metavar="A", help="level (0.05)"
    )


def add_language(verb: "argparse._ActionsContainer", of: str) -> None:
    """Add the language; the shell's where none is given."""
    verb.add_argument("--lang", choices=EDITIONS, help=f"language of the {of}")


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
        help=f"let a rule set aside more than 5%% of the rows: {', '.join(RULES)}",
    )


def add_project(verb: argparse.ArgumentParser) -> None:
    """Add the folder of the project; found from where one stands if none is given."""
    verb.add_argument(
        "--project",
        type=Path,
        metavar="DIR",
        help="its folder, with study.yml (the nearest one, upwards from here)",
    )


def root(options: argparse.Namespace) -> Path:
    """Give the folder of the project that a verb works on."""
    return project_folder(options.project)


def add_reading(verb: argparse.ArgumentParser, *, scale: bool = True) -> None:
    """Add the options on how printed rows are to be read, and draws made."""
    verb.add_argument(
        "--scale", type=int, nargs=2, required=scale, metavar=("LOW", "HIGH")
    )
    verb.add_argument(
        "--items",
        type=count,
        default=1,
        metavar="K",
        help="an answer is the mean of K items, or the scale goes in steps of 1/K (1)",
    )
    verb.add_argument("--population", action="store_true", help="the SD divides by n")
    verb.add_argument(
        "--rounding",
        choices=get_args(Rounding),
        default="either",
        help="how the program rounds (either way of treating ties)",
    )
    verb.add_argument(
        "--measure",
        choices=("histograms", "ordered"),
        default="histograms",
        help="what is drawn uniformly: distributions, or ordered data sets",
    )
    verb.add_argument("--seed", type=int, default=1, help="of the draws (1)")


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
