"""The verb ``admissible``: what a printed mean and SD allow, from a shell."""

import argparse
import json
from pathlib import Path
from typing import Any

from ecrm_helpers.cli.options import add_reading, count, printed_number, printed_row
from ecrm_helpers.files import write_atomically
from ecrm_helpers.printed import say, shell_language


def add(fits: argparse.ArgumentParser) -> None:
    """Add the options of the verb."""
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
    fits.add_argument("--out", type=Path, metavar="FILE", help="where draws go, as CSV")
    fits.add_argument(
        "--json", action="store_true", help="print count and reason as JSON"
    )
    fits.set_defaults(verb=_admissible)


def _admissible(options: argparse.Namespace) -> int:
    import numpy

    from ecrm_helpers.statistics.admissible import LIMIT, reason, space

    row = (options.n, options.mean, options.sd)
    summary = printed_row(options, row, options.min, options.max)
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
    language = shell_language()
    why = None if found.count else reason(summary)
    told: dict[str, Any] = {"count": found.count}
    if why:
        near = ", ".join(why.nearest) or "–"
        told["reason"] = say(f"reason_{why.value}", language, nearest=near)
        told |= {"value": why.value, "nearest": list(why.nearest)}
    words = [say("admissible_count", language, count=found.count)]
    words += [told["reason"]] if why else []
    print(json.dumps(told, ensure_ascii=False) if options.json else "\n".join(words))
    return 0
