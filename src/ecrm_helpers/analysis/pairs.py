"""Two groups compared: by ranks, and by a standardised difference."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import comb, sqrt

import numpy as np
import pandas as pd
from scipy import stats
from scipy.optimize import brentq

from ecrm_helpers.analysis.effects import Estimate
from ecrm_helpers.analysis.errors import AnalysisError
from ecrm_helpers.analysis.groups import by_group


@dataclass(frozen=True)
class MannWhitney:
    """The rank-sum test of two groups, exactly and by its normal limit."""

    u: float
    p_exact: float
    p_asymptotic: float
    rank_biserial: float


def _rank_sums(first: Sequence[int], total: Sequence[int]) -> dict[int, int]:
    """Count the ways to draw the first group, by twice its rank sum."""
    ways = {(0, 0): 1}
    below = 0
    for tied in total:
        twice_midrank = 2 * below + tied + 1
        reached: dict[tuple[int, int], int] = {}
        for (drawn, ranks), count in ways.items():
            for k in range(min(tied, sum(first) - drawn) + 1):
                state = (drawn + k, ranks + k * twice_midrank)
                reached[state] = reached.get(state, 0) + count * comb(tied, k)
        ways, below = reached, below + tied
    return {ranks: c for (drawn, ranks), c in ways.items() if drawn == sum(first)}


def mann_whitney(scores: pd.Series, groups: pd.Series) -> MannWhitney:
    r"""Compare two groups by ranks.

    Parameters
    ----------
    scores, groups : Series
        Scale points and group of the same respondents; two groups.

    Returns
    -------
    MannWhitney
        `u` counts, over all pairs, how often the first group (in alphabetical
        order) lies higher, ties as one half. `p_exact` is the share of all
        assignments of the same answers to the two groups whose rank sum lies
        at least as far from its expectation; `p_asymptotic` is the normal
        limit with ties and continuity correction. `rank_biserial` runs from
        -1 to 1.

    Raises
    ------
    AnalysisError
        Not exactly two groups of two, or no variance within any group.

    References
    ----------
    .. [1] Mann & Whitney (1947). Ann. Math. Statist. 18, 50-60.
       doi:10.1214/aoms/1177730491

    Examples
    --------
    >>> low, high = [1, 1, 2], [2, 3, 3]
    >>> mann_whitney(pd.Series(low + high), pd.Series(list("aaabbb"))).p_exact
    0.2
    """
    split = list(by_group(scores, groups).values())
    if len(split) != 2:
        raise AnalysisError(f"Mann-Whitney compares two groups; got {len(split)}")
    first, second = split
    u, p = map(float, stats.mannwhitneyu(first, second, method="asymptotic"))
    points = np.unique(np.concatenate(split))
    counts = [[int((part == point).sum()) for point in points] for part in split]
    ways = _rank_sums(counts[0], [a + b for a, b in zip(*counts, strict=True)])
    expected = len(first) * (len(first) + len(second) + 1)
    reached = round(2 * (u + len(first) * (len(first) + 1) / 2))
    far = sum(
        c for w, c in ways.items() if abs(w - expected) >= abs(reached - expected)
    )
    return MannWhitney(
        u=u,
        p_exact=far / sum(ways.values()),
        p_asymptotic=p,
        rank_biserial=2 * u / (len(first) * len(second)) - 1,
    )


def cohen_d(
    scores: pd.Series, groups: pd.Series, *, confidence: float = 0.95
) -> Estimate:
    r"""Standardise the difference of two means.

    Parameters
    ----------
    scores, groups : Series
        Scale points and group of the same respondents; two groups.
    confidence : float, in (0, 1)
        Coverage of the interval.

    Returns
    -------
    Estimate
        First group (in alphabetical order) less the second, in units of the
        pooled standard deviation; the interval inverts the noncentral t [1]_.

    Raises
    ------
    AnalysisError
        Not exactly two groups of two, or no variance within any group.

    References
    ----------
    .. [1] Cumming & Finch (2001). Educ. Psychol. Meas. 61, 532-574.
       doi:10.1177/0013164401614002

    Examples
    --------
    >>> scores = pd.Series([1, 2, 3, 2, 3, 4])
    >>> round(cohen_d(scores, pd.Series(list("aaabbb"))).value, 6)
    -1.0
    """
    split = list(by_group(scores, groups).values())
    if len(split) != 2:
        raise AnalysisError(f"d compares two groups; got {len(split)}")
    first, second = split
    n1, n2 = len(first), len(second)
    pooled = ((n1 - 1) * first.var(ddof=1) + (n2 - 1) * second.var(ddof=1)) / (
        n1 + n2 - 2
    )
    d = (first.mean() - second.mean()) / sqrt(pooled)
    scale = sqrt(n1 * n2 / (n1 + n2))

    def end(tail: float) -> float:
        t = d * scale
        gap = 10 + abs(t)
        return float(
            brentq(lambda nc: stats.nct.sf(t, n1 + n2 - 2, nc) - tail, t - gap, t + gap)
        )

    low, high = (
        end(tail) / scale for tail in ((1 - confidence) / 2, (1 + confidence) / 2)
    )
    return Estimate(float(d), low, high)
