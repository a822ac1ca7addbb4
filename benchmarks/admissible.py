"""Counting, listing and drawing data sets that fit a printed mean and SD.

Each case is timed as the median of several runs in one process. Where the
peer scrutipy is installed (``pip install scrutipy``; it is not in the locks),
its CLOSURE, which lists all, is timed beside ours on the cases it can finish.

    python benchmarks/admissible.py
"""

import statistics
import time
from collections.abc import Callable

import numpy as np

from ecrm_helpers.admissible import Summary, space

CASES = {
    "n=61, 1-5, attained": Summary(61, "3.41", "1.006", 1, 5, attained=True),
    "n=73, 1-7": Summary(73, "5.10", "1.42", 1, 7),
    "n=300, 1-7": Summary(300, "4.20", "1.50", 1, 7),
    "n=60, 0-10": Summary(60, "5.00", "2.50", 0, 10),
}


def milliseconds(work: Callable[[], object], runs: int = 9) -> float:
    """Time a piece of work: the median of several runs."""
    taken = []
    for _ in range(runs):
        started = time.perf_counter()
        work()
        taken.append(1000 * (time.perf_counter() - started))
    return statistics.median(taken)


def peer(summary: Summary) -> str:
    """Time scrutipy's CLOSURE on a small case; say so where it is missing."""
    try:
        from scrutipy import closure
    except ImportError:
        return "scrutipy is not installed"
    low, high, n = summary.low, summary.high, summary.n
    mean, sd = float(summary.mean), float(summary.sd)

    def work() -> object:
        return closure(mean, sd, n, low, high, 0.005, 0.005)

    return f"scrutipy lists in {milliseconds(work, 1):.1f} ms"


def main() -> None:
    """Print a line for each case."""
    for name, summary in CASES.items():
        found = space(summary)
        line = f"{name:22} {found.count:>12,} histograms"
        line += f"   count {milliseconds(lambda: space(summary).count):8.2f} ms"  # noqa: B023
        if found.count < 10_000:
            listed = milliseconds(lambda: space(summary).histograms())  # noqa: B023
            line += f"   list {listed:6.2f} ms ({peer(summary)})"
        rng = np.random.default_rng(1)
        drawn = milliseconds(lambda: found.sample(10_000, rng))  # noqa: B023
        print(f"{line}   10,000 draws {drawn:6.1f} ms")


if __name__ == "__main__":
    main()
