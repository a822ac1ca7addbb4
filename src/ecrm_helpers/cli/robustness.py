"""The verb ``robustness``: what holds in every data set a printed table allows."""

import argparse
import json
from functools import partial
from typing import TYPE_CHECKING

from ecrm_helpers.cli.shell.options import (
    FILE,
    READING,
    SCALE,
    add_shared,
    count,
    printed_number,
    printed_row,
)
from ecrm_helpers.files import write_atomically
from ecrm_helpers.printed import (
    Edition,
    Wrong,
    design,
    fine_p,
    joined,
    keyed,
    language,
    number,
    say,
)

if TYPE_CHECKING:
    import pandas as pd

    from ecrm_helpers.statistics.admissible import Table
    from ecrm_helpers.statistics.robustness import Pairs

#: What is drawn uniformly.
MEASURE = keyed("measure_", "measure_histograms measure_ordered")

#: What two groups were compared in, or several.
PAIRS = keyed("pairs_", "pairs_all pairs_drawn")

#: The same of several groups.
SEVERAL = keyed("several_", "several_all several_drawn")

#: Where p lies below the level.
HOLDS = keyed("holds_", "holds_all holds_defined holds_not")


def add(holds: argparse.ArgumentParser) -> None:
    """Add the options of the verb."""
    holds.add_argument(
        "--group",
        nargs="+",
        action="append",
        required=True,
        metavar="ROW",
        help="help_group",
    )
    holds.add_argument("--scale", required=True, **SCALE)
    add_shared(holds, *READING, "--alpha")
    holds.add_argument("--most", type=count, help="help_most")
    holds.add_argument("--draws", type=count, default=10_000, help="help_draws")
    holds.add_argument("--jobs", type=count, default=1, help="help_jobs_processes")
    holds.add_argument("--scheduler", metavar="ADDRESS", help="help_scheduler")
    holds.add_argument("--out", help="help_out_estimates", **FILE)
    holds.add_argument("--json", action="store_true", help="help_json_ranges")
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
    """Read the printed rows of the groups."""
    from ecrm_helpers.statistics.admissible import Table

    example = "--group 12 2.58 ,900 1 4"
    if len(options.group) < 2:
        raise Wrong("usage_groups", example=example)
    groups = []
    for row in options.group:
        try:
            mean, sd = map(printed_number, row[1:3])
            n = int(row[0])
            low, high = map(printed_number, row[3:]) if row[3:] else (None, None)
        except (ValueError, argparse.ArgumentTypeError):
            raise Wrong("usage_group", row=" ".join(row), example=example) from None
        groups.append(printed_row(options, (n, mean, sd), low, high))
    return Table(tuple(groups))


def _json(possible: "Pairs", every: "pd.DataFrame", alpha: float) -> str:
    from ecrm_helpers.statistics.robustness import LOCATION, holds, undefined

    lacking = undefined(every)
    ranges = {name: _range(values) for name, values in every.items()}
    tests = [name for name in LOCATION if name in every]
    told = {
        "pairs": len(possible),
        "drawn": possible.drawn,
        "ranges": ranges,
        "undefined": {name: int(k) for name, k in lacking.items() if k},
        "alpha": alpha,
        "below_in_all": holds(every, tests, alpha).to_dict(),
    }
    return json.dumps(told, indent=1, allow_nan=False)


def _range(values: "pd.Series") -> list[float | None]:
    """Give the least and the greatest value, of those that are defined."""
    defined = values[values.abs() < float("inf")]
    return [float(defined.min()), float(defined.max())] if len(defined) else [None] * 2


def _words(possible: "Pairs", every: "pd.DataFrame", alpha: float) -> str:
    edition = language()
    kind = "drawn" if possible.drawn else "all"
    many = {"k": len(possible), "measure": ""}
    if possible.drawn:
        many["measure"] = say(MEASURE[possible.drawn], edition)
    head = (SEVERAL if possible.others else PAIRS)[kind]
    lines = [say(head, edition, **many)]
    lines += [statistic(str(name), values, edition) for name, values in every.items()]
    return "\n".join([*lines, *held(every, alpha, edition)])


def statistic(name: str, values: "pd.Series", edition: Edition) -> str:
    """Write a statistic's range, and in how many data sets it is not defined."""
    write = fine_p if name.endswith("_p") else partial(number, decimals=2)
    label, n = say(name, edition), len(values)
    low, high = _range(values)
    if low is None or high is None:
        return say("undefined_all", edition, label=label, n=n)
    ends = {"low": write(low, edition=edition), "high": write(high, edition=edition)}
    said = say("range_line", edition, label=label, **ends)
    lacking = int((~(values.abs() < float("inf"))).sum())
    return said + say("undefined_in", edition, k=lacking, n=n) * bool(lacking)


def held(every: "pd.DataFrame", alpha: float, edition: Edition) -> list[str]:
    """Say which tests hold in all data sets, in all where defined, or not in all."""
    from ecrm_helpers.statistics.robustness import LOCATION, holds, undefined

    tests = every[[name for name in LOCATION if name in every]]
    below, lacking = holds(tests, [*map(str, tests)], alpha), undefined(tests)
    defined = (tests.lt(alpha) | tests.isna()).all() & (lacking < len(tests))
    parts = {
        "all": below & (lacking == 0),
        "defined": defined & (lacking > 0),
        "not": ~defined & (lacking < len(tests)),
    }
    shown = design(alpha, edition)
    return [
        say(HOLDS[key], edition, tests=_named(tests, those, edition), alpha=shown)
        for key, those in parts.items()
        if those.any()
    ]


def _named(tests: "pd.DataFrame", those: "pd.Series", edition: Edition) -> str:
    labels = [say(str(name), edition) for name in tests.columns[those.to_numpy()]]
    return joined(labels, edition)
