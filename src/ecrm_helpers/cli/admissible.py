"""The verb ``admissible``: what a printed mean and SD allow, from a shell."""

import argparse
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from ecrm_helpers.compendium.plan.stamps import write_atomically
from ecrm_helpers.printed import Rounding, say, shell_language

if TYPE_CHECKING:
    from ecrm_helpers.statistics.admissible import Summary


def add_admissible(
    verbs: "argparse._SubParsersAction[Any]", count: Callable[[str], int]
) -> None:
    """Add the verb ``admissible`` and its options."""
    fits = verbs.add_parser(
        "admissible",
        help="count, list or draw the data sets that a printed mean and SD allow",
    )
    fits.add_argument("--n", type=int, required=True, help="number of answers")
    for name, example in (("mean", "3.41 or 3,41"), ("sd", "1.006 or ,900")):
        fits.add_argument(
            f"--{name}",
            type=printed_number,
            required=True,
            help=f"as printed, such as {example}",
        )
    fits.add_argument("--min", type=int, help="printed minimum, attained")
    fits.add_argument("--max", type=int, help="printed maximum, attained")
    add_reading(fits)
    fits.add_argument("--list", type=Path, metavar="FILE", help="write all as CSV")
    fits.add_argument("--limit", type=count, help="list at most so many (1,000,000)")
    fits.add_argument("--sample", type=count, metavar="K", help="draw K at random")
    fits.add_argument("--seed", type=int, default=1, help="of the draws (1)")
    fits.add_argument("--out", type=Path, metavar="FILE", help="where draws go, as CSV")
    fits.add_argument(
        "--json", action="store_true", help="print count and reason as JSON"
    )
    fits.set_defaults(verb=_admissible)


def add_reading(verb: argparse.ArgumentParser) -> None:
    """Add the options on how printed rows are to be read, and draws made."""
    verb.add_argument(
        "--scale", type=int, nargs=2, required=True, metavar=("LOW", "HIGH")
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


def printed_number(text: str) -> str:
    """Take a number as text, so that its decimals count."""
    if not re.fullmatch(r"[-−]?(\d+([.,]\d+)?|[.,]\d+)", text):
        raise argparse.ArgumentTypeError(
            f"{text!r} is not a number, such as 3.41 or ,9"
        )
    return text


def _admissible(options: argparse.Namespace) -> int:
    import numpy

    from ecrm_helpers.statistics.admissible import LIMIT, reason, space

    summary = _summary_of(options)
    if (options.sample is None) != (options.out is None):
        raise ValueError("--sample K and --out FILE go together")
    found = space(summary)
    tables = []
    if options.list:
        tables.append((options.list, found.histograms(options.limit or LIMIT)))
    if options.sample:
        draws = found.sample(
            options.sample, numpy.random.default_rng(options.seed), options.measure
        )
        tables.append((options.out, draws))
    for path, table in tables:
        header = ",".join(str(p) for p in range(summary.low, summary.high + 1))
        rows = [",".join(map(str, row)) for row in table.tolist()]
        write_atomically(path, "\n".join([header, *rows, ""]).encode())
    language, count = shell_language(), found.count
    why = None if count else reason(summary)
    told: dict[str, Any] = {"count": count}
    if why:
        near = ", ".join(why.nearest) or "–"
        told["reason"] = say(f"reason_{why.value}", language, nearest=near)
        told |= {"value": why.value, "nearest": list(why.nearest)}
    words = [say("admissible_count", language, count=count)]
    words += [told["reason"]] if why else []
    print(json.dumps(told, ensure_ascii=False) if options.json else "\n".join(words))
    return 0


def _summary_of(options: argparse.Namespace) -> "Summary":
    """Read a printed row."""
    from ecrm_helpers.statistics.admissible import Summary

    return Summary(
        options.n,
        options.mean,
        options.sd,
        low=options.scale[0],
        high=options.scale[1],
        minimum=options.min,
        maximum=options.max,
        ddof=int(not options.population),
        rounding=options.rounding,
    )
