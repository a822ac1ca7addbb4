"""Counting, listing and drawing data sets that fit a printed mean and SD.

Each of our figures is the median of several runs in one process. Where the
peers are installed (``pip install scrutipy pysprite``; they are not in the
locks), scrutipy's CLOSURE, which lists all, is timed once beside our listing,
and pysprite's SPRITE, which draws (not uniformly), beside our draws.

    python benchmarks/admissible.py
"""

import statistics
import time
from collections.abc import Callable

import numpy as np

from ecrm_helpers.statistics.admissible import Summary, space

CASES = {
    "n=61, 1-5": Summary(61, "3.41", "1.006", 1, 5),
    "n=61, 1-5, attained": Summary(61, "3.41", "1.006", 1, 5, 1, 5),
    "n=73, 1-7": Summary(73, "5.10", "1.42", 1, 7),
    "n=300, 1-7": Summary(300, "4.20", "1.50", 1, 7),
    "n=60, 0-10": Summary(60, "5.00", "2.50", 0, 10),
    "n=100, 0-10": Summary(100, "5.00", "2.50", 0, 10),
}
#: Draws asked of each.
DRAWS, PEER_DRAWS = 10_000, 20


def milliseconds(work: Callable[[], object], runs: int = 9) -> float:
    """Time a piece of work: the median of several runs."""
    taken = []
    for _ in range(runs):
        started = time.perf_counter()
        work()
        taken.append(1000 * (time.perf_counter() - started))
    return statistics.median(taken)


def closure(row: Summary, ours: float) -> str:
    """Time scrutipy's CLOSURE, which knows no attained ends."""
    try:
        from scrutipy import closure
    except ImportError:
        return "scrutipy is not installed"
    tolerance = [
        0.5 * 10 ** -len(text.partition(".")[2]) for text in (row.mean, row.sd)
    ]

    def work() -> object:
        mean, sd = float(row.mean), float(row.sd)
        return closure(mean, sd, row.n, row.low, row.high, *tolerance)

    theirs = milliseconds(work, 1)
    return f"scrutipy {theirs:.1f} ms, {theirs / ours:,.0f} times ours"


def sprite(row: Summary, ours: float) -> str:
    """Time pysprite's SPRITE, per draw."""
    try:
        from pysprite import Sprite
    except ImportError:
        return "pysprite is not installed"
    digits = [len(text.partition(".")[2]) for text in (row.mean, row.sd)]
    peer = Sprite(row.n, float(row.mean), float(row.sd), *digits, row.low, row.high)
    theirs = milliseconds(lambda: peer.find_possible_distributions(PEER_DRAWS), 1)
    per_draw = theirs / PEER_DRAWS
    return (
        f"pysprite {per_draw:.1f} ms a draw, {per_draw * DRAWS / ours:,.0f} times ours"
    )


def report(name: str, row: Summary) -> None:
    """Print the figures of one case."""
    found = space(row)
    counted = milliseconds(lambda: space(row).count, 3 if row.n == 100 else 9)
    print(f"{name:20} {found.count:>12,} histograms   count {counted:8.2f} ms")
    if found.count < 10_000:
        listed = milliseconds(lambda: space(row).histograms())
        peer = closure(row, listed) if not row.attained else "no peer knows the ends"
        print(f"{'':20} count and list {listed:.2f} ms ({peer})")
    rng = np.random.default_rng(1)
    drawn = milliseconds(lambda: found.sample(DRAWS, rng))
    ordered = milliseconds(lambda: found.sample(DRAWS, rng, "ordered"), 1)
    peer = sprite(row, drawn) if not row.attained else "no peer knows the ends"
    print(f"{'':20} {DRAWS:,} draws {drawn:.1f} ms ({peer}); ordered {ordered:.0f} ms")


if __name__ == "__main__":
    for name, row in CASES.items():
        report(name, row)
