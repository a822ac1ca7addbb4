"""Every statistic in every pair of distributions that the thesis's table allows.

Our vectorised road beside the libraries', one data set at a time, in one run:
statsmodels for the ordinal logit, scipy for the other tests.

    python benchmarks/robustness.py
"""

import time
import warnings

import numpy as np
from scipy import stats
from statsmodels.miscmodels.ordinal_model import OrderedModel

from ecrm_helpers.statistics import robustness
from ecrm_helpers.statistics.admissible import Summary, Table
from ecrm_helpers.statistics.robustness.ordinal import ordinal_logit

TABLES = {
    "with minimum and maximum": Table(
        (
            Summary(12, "2.58", ",900", 1, 7, 1, 4),
            Summary(61, "3.41", "1,006", 1, 7, 1, 5),
        )
    ),
    "without": Table(
        (Summary(12, "2.58", ",900", 1, 7), Summary(61, "3.41", "1,006", 1, 7))
    ),
}
#: The libraries go through so many pairs, spread over all.
MOST = 134


def written_out(histogram: np.ndarray) -> np.ndarray:
    """Write answers from their counts."""
    return np.repeat(np.arange(1, 8), histogram)


def by_scipy(first: np.ndarray, second: np.ndarray) -> None:
    """Run scipy's tests of location and spread on one data set."""
    stats.f_oneway(first, second)
    stats.ttest_ind(first, second, equal_var=False)
    stats.mannwhitneyu(first, second, method="asymptotic")
    stats.kruskal(first, second)
    stats.brunnermunzel(first, second)
    stats.levene(first, second, center="mean")
    stats.levene(first, second, center="median")


def by_statsmodels(first: np.ndarray, second: np.ndarray) -> None:
    """Fit the ordinal logit to one data set."""
    answers = np.concatenate([first, second])
    group = np.repeat([0.0, 1.0], [len(first), len(second)])[:, None]
    OrderedModel(answers, group, distr="logit").fit(method="bfgs", disp=False)


def main() -> None:
    """Print both roads for both tables."""
    warnings.simplefilter("ignore")
    for name, table in TABLES.items():
        started = time.perf_counter()
        pairs = robustness.pairs(table)
        robustness.estimates(pairs)
        whole = time.perf_counter() - started
        started = time.perf_counter()
        ordinal_logit(pairs.first, pairs.second)
        logit = time.perf_counter() - started
        print(f"{len(pairs)} pairs {name}: all statistics {whole:.2f} s")
        rows = np.linspace(0, len(pairs) - 1, min(MOST, len(pairs))).astype(int)
        for label, work, ours in (
            ("scipy's tests", by_scipy, whole),
            ("statsmodels' ordinal logit", by_statsmodels, logit),
        ):
            started = time.perf_counter()
            for row in rows:
                work(*(written_out(side[row]) for side in (pairs.first, pairs.second)))
            theirs = (time.perf_counter() - started) * len(pairs) / len(rows)
            print(f"  {label} {theirs:.1f} s, {theirs / ours:,.0f} times {ours:.3f} s")


if __name__ == "__main__":
    main()
