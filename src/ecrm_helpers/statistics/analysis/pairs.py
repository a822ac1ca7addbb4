"""Two groups compared: by ranks, and by a standardised difference."""

from dataclasses import dataclass
from math import comb, nan, sqrt

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats
from scipy.optimize import brentq

from ecrm_helpers.statistics.analysis.effects import Estimate
from ecrm_helpers.statistics.analysis.errors import AnalysisError
from ecrm_helpers.statistics.analysis.groups import by_group
from ecrm_helpers.statistics.analysis.line import OneLine

Histograms = NDArray[np.int64]

#: Steps of `exact_rank_p`: up to here they take about a second.
_MOST_STEPS = 40_000_000


@dataclass(frozen=True)
class MannWhitney(OneLine):
    """The rank-sum test of two groups, exactly and by its normal limit."""

    u: float
    p_exact: float
    p_asymptotic: float
    rank_biserial: Estimate

    _line = (
        "U = {u:1}, p exact {p_exact:p}, p asympt. {p_asymptotic:p}, "
        "r = {rank_biserial:.3}"
    )


def exact_rank_p(first: Histograms, second: Histograms) -> float:
    """Give the exact two-sided p of the rank-sum test, ties and all.

    Parameters
    ----------
    first, second : array of int, shape (points,)
        Counts of the answers of each group at each point, in order.

    Returns
    -------
    float
        The share of all assignments of the same answers to groups of these
        sizes whose rank sum lies at least as far from its expectation.

    Examples
    --------
    >>> exact_rank_p(np.array([2, 1, 0]), np.array([0, 1, 2]))
    0.2
    """
    tied, n1 = first + second, int(first.sum())
    n = int(tied.sum())
    twice = 2 * np.cumsum(tied) - tied + 1  # twice the mid-rank of each point
    # ways[k, w]: how often k answers drawn so far have twice the rank sum w;
    # whole numbers of any size where 64 bits may not hold them.
    kind = np.int64 if comb(n, n1) < 2**62 else object
    ways = np.zeros((n1 + 1, n1 * 2 * n + 1), dtype=kind)
    ways[0, 0] = 1
    for size, rank in zip(tied.tolist(), twice.tolist(), strict=True):
        reached = ways.copy()
        for k in range(1, min(size, n1) + 1):
            more = comb(size, k) * ways[: n1 + 1 - k, : ways.shape[1] - k * rank]
            reached[k:, k * rank :] += more
        ways = reached
    gap = np.abs(np.arange(ways.shape[1]) - n1 * (n + 1))
    far = gap >= abs(int(first @ twice) - n1 * (n + 1))
    return int(ways[n1][far].sum()) / comb(n, n1)


def mann_whitney(
    data: pd.DataFrame, scale: str, by: str, *, confidence: float = 0.95
) -> MannWhitney:
    r"""Compare two groups by ranks.

    Parameters
    ----------
    data : DataFrame
        A row for each respondent; one without scale point or group is left out.
    scale, by : str
        Its columns of scale points and of two groups.
    confidence : float, in (0, 1)
        Coverage of the interval of `rank_biserial`.

    Returns
    -------
    MannWhitney
        `u` counts, over all pairs, how often the first group (in order of the
        categories, or alphabetical) lies higher, ties as one half. `p_exact`
        is the share of all assignments of the same answers to the two groups
        whose rank sum lies at least as far from its expectation; NaN where
        counting them would take much over a second (beyond two groups of 56).
        `p_asymptotic` is the normal limit with ties and continuity correction.
        `rank_biserial` runs from -1 to 1; its interval is Brunner and Munzel's
        [2]_, cut off at -1 and 1, and NaN where no answer of one group lies
        among those of the other.

    Raises
    ------
    AnalysisError
        Not exactly two groups of two, or no variance within any group.

    References
    ----------
    .. [1] Mann & Whitney (1947). Ann. Math. Statist. 18, 50-60.
       doi:10.1214/aoms/1177730491
    .. [2] Brunner & Munzel (2000). Biometrical Journal 42, 17-25.
       doi:10.1002/(SICI)1521-4036(200001)42:1<17::AID-BIMJ17>3.0.CO;2-U

    Examples
    --------
    >>> data = pd.DataFrame({"score": [1, 1, 2, 2, 3, 3], "group": list("aaabbb")})
    >>> mann_whitney(data, "score", by="group").p_exact
    0.2
    """
    split = list(by_group(data, scale, by).values())
    if len(split) != 2:
        raise AnalysisError("two_groups", test="Mann-Whitney", k=len(split))
    first, second = split
    u, p = map(float, stats.mannwhitneyu(first, second, method="asymptotic"))
    points = np.unique(np.concatenate(split))
    less, more = sorted(split, key=len)
    counts = [(part[:, None] == points).sum(axis=0) for part in (less, more)]
    drawn = int(np.minimum(sum(counts), len(less)).sum())
    steps = len(less) ** 2 * (len(less) + len(more)) * drawn
    return MannWhitney(
        u=u,
        p_exact=exact_rank_p(*counts) if steps <= _MOST_STEPS else nan,
        p_asymptotic=p,
        rank_biserial=_rank_biserial(u, first, second, confidence),
    )


def _rank_biserial(
    u: float,
    first: NDArray[np.float64],
    second: NDArray[np.float64],
    confidence: float,
) -> Estimate:
    from statsmodels.stats.nonparametric import rank_compare_2indep

    value = 2 * u / (len(first) * len(second)) - 1
    if abs(value) == 1:
        return Estimate(value, nan, nan, confidence)
    ends = rank_compare_2indep(first, second).conf_int(alpha=1 - confidence)
    low, high = (float(np.clip(2 * end - 1, -1, 1)) for end in ends)
    return Estimate(value, low, high, confidence)


def cohen_d(
    data: pd.DataFrame, scale: str, by: str, *, confidence: float = 0.95
) -> Estimate:
    r"""Standardise the difference of two means.

    Parameters
    ----------
    data : DataFrame
        A row for each respondent; one without scale point or group is left out.
    scale, by : str
        Its columns of scale points and of two groups.
    confidence : float, in (0, 1)
        Coverage of the interval.

    Returns
    -------
    Estimate
        First group (in order of the categories, or alphabetical) less the
        second, in units of the pooled standard deviation; the interval inverts
        the noncentral t [1]_.

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
    >>> data = pd.DataFrame({"score": [1, 2, 3, 2, 3, 4], "group": list("aaabbb")})
    >>> round(cohen_d(data, "score", by="group").value, 6)
    -1.0
    """
    split = list(by_group(data, scale, by).values())
    if len(split) != 2:
        raise AnalysisError("two_groups", test="d", k=len(split))
    first, second = split
    n1, n2 = len(first), len(second)
    pooled = ((n1 - 1) * first.var(ddof=1) + (n2 - 1) * second.var(ddof=1)) / (
        n1 + n2 - 2
    )
    d = (first.mean() - second.mean()) / sqrt(pooled)
    unit = sqrt(n1 * n2 / (n1 + n2))

    def end(tail: float) -> float:
        t = d * unit
        gap = 10 + abs(t)
        return float(
            brentq(lambda nc: stats.nct.sf(t, n1 + n2 - 2, nc) - tail, t - gap, t + gap)
        )

    low, high = (
        end(tail) / unit for tail in ((1 - confidence) / 2, (1 + confidence) / 2)
    )
    return Estimate(float(d), low, high, confidence)


def unpooled_d(
    data: pd.DataFrame, scale: str, by: str, *, confidence: float = 0.95
) -> Estimate:
    r"""Standardise the difference of two means whose spreads need not be equal.

    Parameters
    ----------
    data, scale, by, confidence
        As `cohen_d` takes them.

    Returns
    -------
    Estimate
        First group less the second, in units of the root of the mean of both
        variances.

    Raises
    ------
    AnalysisError
        Not exactly two groups of two, or no variance within any group.

    Notes
    -----
    .. math:: d = \frac{m_1 - m_2}{s}, \quad s^2 = \frac{s_1^2 + s_2^2}{2}, \qquad
              \mathrm{se}^2 = \frac{d^2}{8 s^4}
              \left(\frac{s_1^4}{f_1} + \frac{s_2^4}{f_2}\right)
              + \frac{1}{s^2}\left(\frac{s_1^2}{f_1} + \frac{s_2^2}{f_2}\right)

    with :math:`f = n - 1`; the interval is d ± z se [1]_.

    References
    ----------
    .. [1] Bonett (2008). Psychological Methods 13, 99-109.
       doi:10.1037/1082-989X.13.2.99

    Examples
    --------
    >>> data = pd.DataFrame({"score": [1, 2, 3, 0, 3, 6], "group": list("aaabbb")})
    >>> round(unpooled_d(data, "score", by="group").value, 3)
    -0.447
    """
    split = list(by_group(data, scale, by).values())
    if len(split) != 2:
        raise AnalysisError("two_groups", test="d", k=len(split))
    variances = np.array([part.var(ddof=1) for part in split])
    f, s2 = np.array([len(part) - 1 for part in split]), variances.mean()
    d = float((split[0].mean() - split[1].mean()) / sqrt(s2))
    of_spread = d**2 * (variances**2 / f).sum() / (8 * s2**2)
    half = stats.norm.ppf((1 + confidence) / 2) * sqrt(
        of_spread + (variances / f).sum() / s2
    )
    return Estimate(d, d - float(half), d + float(half), confidence)
