"""The verb ``robustness``: what holds in every data set a printed table allows."""

import argparse
import json
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ecrm_helpers.cli.options import (
    add_level,
    add_reading,
    count,
    printed_number,
    printed_row,
)
from ecrm_helpers.files import write_atomically
from ecrm_helpers.printed import design, fine_p, joined, number, say, shell_language

if TYPE_CHECKING:
    import pandas as pd

    from ecrm_helpers.statistics.admissible import Table
    from ecrm_helpers.statistics.robustness import Pairs


def add(holds: argparse.ArgumentParser) -> None:
    """Add the options of the verb."""
    holds.add_argument(
        "--group",
        nargs="+",
        action="append",
        required=True,
        metavar="ROW",
        help="n, mean and SD as printed, then minimum and maximum if printed; twice",
    )
    add_reading(holds)
    add_level(holds)
    holds.add_argument(
        "--most", type=count, help="with more pairs than this, draw (100,000)"
    )
    holds.add_argument("--draws", type=count, default=10_000, help="if so (10,000)")
    holds.add_argument("--jobs", type=count, default=1, help="processes (1)")
    holds.add_argument(
        "--scheduler", metavar="ADDRESS", help="Dask scheduler: tcp://host:port"
    )
    holds.add_argument("--out", type=Path, metavar="FILE", help="all estimates, as CSV")
    holds.add_argument("--json", action="store_true", help="print ranges as JSON")
    holds.set_defaults(verb=_robustness)


def _robustness(options: argparse.Namespace) -> int:
    from ecrm_helpers.statistics import robustness

    possible = robustness.pairs(
        _table_of(options),
        most=options.most or robustness.MOST_PAIRS,
        draws=options.draws,
        measure=options.measure,
        seed=options.seed,
    )
    every = robustness.estimates(
        possible, jobs=options.jobs, scheduler=options.scheduler, progress=True
    )
    if options.out:
        write_atomically(options.out, every.to_csv(index=False).encode())
    told = _json if options.json else _words
    print(told(possible, every, options.alpha))
    return 0


def _table_of(options: argparse.Namespace) -> "Table":
    """Read the printed rows of two groups."""
    from ecrm_helpers.statistics.admissible import Table

    example = "such as --group 12 2.58 ,900 1 4"
    if len(options.group) != 2:
        raise ValueError(f"--group is given once for each of two groups, {example}")
    groups = []
    for row in options.group:
        try:
            mean, sd = map(printed_number, row[1:3])
            n, *ends = map(int, [row[0], *row[3:]])
            low, high = ends or (None, None)
        except (ValueError, argparse.ArgumentTypeError):
            raise ValueError(
                f"--group {' '.join(row)}: n, mean and SD are needed, and minimum and "
                f"maximum or neither, {example}"
            ) from None
        groups.append(printed_row(options, (n, mean, sd), low, high))
    return Table(tuple(groups))


def _json(possible: "Pairs", every: "pd.DataFrame", alpha: float) -> str:
    from ecrm_helpers.statistics.robustness import LOCATION, holds

    ranges = {k: [float(v.min()), float(v.max())] for k, v in every.items()}
    told = {
        "pairs": len(possible),
        "drawn": possible.drawn,
        "ranges": ranges,
        "alpha": alpha,
        "below_in_all": holds(every, LOCATION, alpha).to_dict(),
    }
    return json.dumps(told, indent=1)


def _words(possible: "Pairs", every: "pd.DataFrame", alpha: float) -> str:
    from ecrm_helpers.statistics.robustness import LOCATION, holds

    language = shell_language()
    kind = "drawn" if possible.drawn else "all"
    under = say(f"measure_{possible.drawn}", language) if possible.drawn else ""
    lines = [say(f"pairs_{kind}", language, k=len(possible), measure=under)]
    for name, values in every.items():
        write = fine_p if str(name).endswith("_p") else partial(number, decimals=2)
        ends = [write(end, edition=language) for end in (values.min(), values.max())]
        label = say(str(name), language)
        lines.append(
            say("range_line", language, label=label, low=ends[0], high=ends[1])
        )
    below = holds(every, LOCATION, alpha)
    for key, names in (("all", below[below].index), ("not", below[~below].index)):
        if len(names):
            tests = joined([say(name, language) for name in names], language)
            shown = {"alpha": design(alpha, language)} if key == "all" else {}
            lines.append(say(f"holds_{key}", language, tests=tests, **shown))
    return "\n".join(lines)
