"""Estimates over every admissible data set.

What holds in all data sets that fit the printed table does not depend on the
unpublished answers. A statistic that is constant over them is *identified* by
the printed table; one that varies is known only as a range. Shares of data
sets depend on what is counted, so they are given under a named measure.

Said once, here: `possible` are pairs (`Pairs`), `scale` a scale's lowest and highest
point (int, int); `jobs` is how many processes share the work (int), `progress` shows
a bar on standard error (bool).
"""

from ecrm_helpers.statistics.robustness.derived import kept_ranks
from ecrm_helpers.statistics.robustness.pairs import (
    MOST_PAIRS,
    Pairs,
    estimates,
    extremes,
    holds,
    pairs,
    share_below,
    undefined,
)
from ecrm_helpers.statistics.robustness.statistics import (
    LOCATION,
    share_above,
    statistics,
)

__all__ = [
    "LOCATION", "MOST_PAIRS", "Pairs", "estimates", "extremes", "holds", "kept_ranks",
    "pairs", "share_above", "share_below", "statistics", "undefined",
]  # fmt: skip
