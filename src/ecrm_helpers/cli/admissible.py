"""The verb ``admissible``: what a printed mean, SD or percentage allows."""

import argparse
import json
import re
from typing import TYPE_CHECKING, Any

from ecrm_helpers.cli.shell.options import (
    FILE,
    READING,
    SCALE,
    add_shared,
    count,
    printed_number,
    printed_row,
    warn,
)
from ecrm_helpers.files import write_atomically
from ecrm_helpers.printed import Edition, Wrong, joined, language, say

if TYPE_CHECKING:
    from ecrm_helpers.statistics.admissible import Summary

Told = dict[str, Any]

#: From so many answers, or steps of a scale, on, counting can take over a second.
LONG_N, LONG_SCALE = 300, 15


def add(fits: argparse.ArgumentParser) -> None:
    """Add the options of the verb."""
    fits.description = "help_admissible_more"
    fits.add_argument("--n", type=_sizes, required=True, help="help_n")
    for name, what in (("mean", "help_mean"), ("sd", "help_sd")):
        fits.add_argument(f"--{name}", type=printed_number, help=what)
    fits.add_argument(
        "--percent", type=printed_number, nargs="+", metavar="P", help="help_percent"
    )
    for end, what in (("min", "help_min"), ("max", "help_max")):
        fits.add_argument(f"--{end}", type=printed_number, help=what)
    fits.add_argument("--scale", **SCALE)
    add_shared(fits, *READING, "--lang")
    fits.add_argument("--list", help="help_list", **FILE)
    fits.add_argument("--limit", type=count, help="help_limit")
    fits.add_argument("--sample", type=count, metavar="K", help="help_sample")
    fits.add_argument("--out", help="help_out_draws", **FILE)
    fits.add_argument("--json", action="store_true", help="help_json_count")
    fits.set_defaults(verb=_admissible)


def _sizes(text: str) -> range:
    """Read "61" or "20-90"."""
    ends = re.fullmatch(r"(\d+)(?:[-–](\d+))?", text)
    low, high = (int(end) for end in (ends[1], ends[2] or ends[1])) if ends else (0, 0)
    if not 0 < low <= high <= 100_000:
        raise argparse.ArgumentTypeError(say("not_a_size", language(), text=text))
    return range(low, high + 1)


def _admissible(options: argparse.Namespace) -> int:
    _require_use(options)
    one = _row if len(options.n) == 1 else _which_sizes
    told, words = (_percentages if options.percent else one)(options, language())
    print(json.dumps(told, ensure_ascii=False) if options.json else "\n".join(words))
    return 0


def _require_use(options: argparse.Namespace) -> None:
    """Refuse options that do not go together."""
    if bool(options.percent) == bool(options.mean):
        raise Wrong("usage_mean_or_percent")
    if options.mean and not options.scale:
        raise Wrong("usage_scale")
    if (options.sample is None) != (options.out is None):
        raise Wrong("usage_sample")
    alone = options.percent or options.sd is None or len(options.n) > 1
    if alone and (options.list or options.sample):
        raise Wrong("usage_list")


def _row(options: argparse.Namespace, edition: Edition) -> tuple[Told, list[str]]:
    """Tell of one printed row how many data sets fit, or why none does."""
    from ecrm_helpers.statistics.admissible import MOST_POINTS, reason, space, totals
    from ecrm_helpers.statistics.admissible.layers import MOST_ROWS

    summary = _summary(options, options.n[0])
    long = summary.scale[1] - summary.scale[0] >= MOST_POINTS
    if summary.sd is None:
        found = list(totals(summary))
        told: Told = {"sums": found, "possible": bool(found)}
        words = [say("admissible_sums", edition, k=len(found))]
    elif long and not (options.list or options.sample):
        told = {"count": None, "possible": not (why := reason(summary))}
        words = [] if why else [say("admissible_some", edition, most=MOST_POINTS)]
    else:
        if summary.n >= LONG_N or summary.scale[1] - summary.scale[0] >= LONG_SCALE:
            warn("admissible_long", most=MOST_ROWS)
        _write(options, summary)
        told = {"count": space(summary).count}
        words = [say("admissible_count", edition, count=told["count"])]
    if told.get("count") or told.get("possible"):
        return told, words
    why = reason(summary)
    assert why is not None
    told["reason"] = why.told().said(edition)
    told |= {"value": why.value, "nearest": list(why.nearest)}
    told["assumption"] = assumption(summary, edition)
    return told, [*words, told["reason"], told["assumption"]]


def _summary(options: argparse.Namespace, n: int) -> "Summary":
    row = (n, options.mean, options.sd)
    return printed_row(options, row, options.min, options.max)


def assumption(summary: "Summary", edition: Edition) -> str:
    """Say under which assumption a row is impossible."""
    key = "assumed_items" if summary.items > 1 else "assumed_whole"
    ends = {"low": summary.low, "high": summary.high}
    return say(key, edition, n=summary.n, items=summary.items, **ends)


def _write(options: argparse.Namespace, summary: "Summary") -> None:
    """Write the lists that are asked for."""
    import numpy

    from ecrm_helpers.statistics.admissible import LIMIT, space

    found, tables = space(summary), []
    if options.list:
        tables.append((options.list, found.histograms(options.limit or LIMIT)))
    if options.sample:
        rng = numpy.random.default_rng(options.seed)
        tables.append((options.out, found.sample(options.sample, rng, options.measure)))
    for path, table in tables:
        steps = range(summary.scale[0], summary.scale[1] + 1)
        header = ",".join(f"{step / summary.items:.6g}" for step in steps)
        rows = [",".join(map(str, row)) for row in table.tolist()]
        write_atomically(path, "\n".join([header, *rows, ""]).encode())


def _which_sizes(
    options: argparse.Namespace, edition: Edition
) -> tuple[Told, list[str]]:
    """Tell which sizes a printed mean, with or without SD, allows."""
    from ecrm_helpers.statistics.admissible import sizes

    found = sizes(_summary(options, n) for n in options.n if n > 1)
    return {"sizes": found}, _sizes_said(options.n, found, edition)


def _sizes_said(asked: range, found: list[int], edition: Edition) -> list[str]:
    listed = ", ".join(map(str, found)) or "–"
    ends = {"low": asked[0], "high": asked[-1]}
    return [say("admissible_sizes", edition, k=len(found), sizes=listed, **ends)]


def _percentages(
    options: argparse.Namespace, edition: Edition
) -> tuple[Told, list[str]]:
    """Tell which counts printed percentages stand for, or which sizes allow all."""
    from ecrm_helpers.statistics.admissible import counts

    if len(options.n) > 1:
        found = [
            n
            for n in options.n
            if all(counts(text, n, options.rounding) for text in options.percent)
        ]
        return {"sizes": found}, _sizes_said(options.n, found, edition)
    (n,) = options.n
    told = {text: list(counts(text, n, options.rounding)) for text in options.percent}
    words = []
    for text, whole in told.items():
        key = "percentage_counts" if whole else "percentage_impossible"
        listed = joined(map(str, whole), edition)
        words.append(say(key, edition, percentage=text, counts=listed, n=n))
    return {"counts": told}, words
