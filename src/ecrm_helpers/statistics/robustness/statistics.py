"""Statistics of two groups, from their histograms, in many data sets at once.

Every statistic is computed from counts, for all pairs of histograms together;
only the exact rank test goes pair by pair. pingouin, scipy and statsmodels
compute the same from answers, and the tests hold the two roads together.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from ecrm_helpers.statistics.admissible import Histograms
from ecrm_helpers.statistics.analysis import exact_rank_p, ordinal_logit

Floats = NDArray[np.float64]

#: Tests of location: what must hold in all of them to be called robust.
LOCATION = (
    "anova_p",
    "welch_p",
    "mann_whitney_exact_p",
    "mann_whitney_asymptotic_p",
    "kruskal_wallis_p",
    "brunner_munzel_p",
    "ordinal_wald_p",
    "ordinal_lr_p",
)


def share_above(
    histograms: Histograms, scale: tuple[int, int], *, included: bool = False
) -> Floats:
    """Give the percentage of answers above the scale's midpoint in each set.

    Parameters
    ----------
    histograms : array of int, shape (k, points)
        Counts from the scale's lowest point up.
    scale : (int, int)
        Lowest and highest point.
    included : bool
        Count the answers at the midpoint too.

    Returns
    -------
    array of float, shape (k,)
        Percentages, 0 to 100.

    Examples
    --------
    >>> share_above(np.array([[1, 1, 2]]), (1, 3)).tolist()
    [50.0]
    """
    points, middle = np.arange(scale[0], scale[1] + 1), sum(scale) / 2
    above = points >= middle if included else points > middle
    shares: Floats = 100 * histograms @ above / histograms.sum(axis=1)
    return shares


def statistics(
    first: Histograms, second: Histograms, scale: tuple[int, int]
) -> pd.DataFrame:
    """Compute every statistic in every pair of histograms.

    Parameters
    ----------
    first, second : array of int, shape (pairs, points)
        Counts of each group in each pair, from the scale's lowest point up.
    scale : (int, int)
        Lowest and highest point.

    Returns
    -------
    DataFrame, one row per pair
        ``anova_f`` and p values of the analysis of variance, Welch's test,
        Mann-Whitney (exact permutation; asymptotic with continuity
        correction), Kruskal-Wallis, Brunner-Munzel [1]_ and the ordinal logit
        (Wald; likelihood ratio); Cliff's delta [2]_, the odds ratio and the
        difference of medians, second against first; p values of Levene's test
        about mean and median and of the chi-square test of independence; and
        the share above the midpoint. NaN where a statistic is not defined.

    References
    ----------
    .. [1] Brunner & Munzel (2000). Biometrical Journal 42, 17-25.
       doi:10.1002/(SICI)1521-4036(200001)42:1<17::AID-BIMJ17>3.0.CO;2-U
    .. [2] Cliff (1993). Psychological Bulletin 114, 494-509.
       doi:10.1037/0033-2909.114.3.494
    """
    points = np.arange(scale[0], scale[1] + 1, dtype=float)
    sides = [first, second]
    values = [np.broadcast_to(points, side.shape) for side in sides]
    anova_f, anova_p = _anova(values, sides)
    medians = [_median(side, points) for side in sides]
    exact = [exact_rank_p(a, b) for a, b in zip(first, second, strict=True)]
    logit = ordinal_logit(first, second)
    return pd.DataFrame(
        {
            "anova_f": anova_f,
            "anova_p": anova_p,
            "welch_p": _welch(values, sides),
            "mann_whitney_exact_p": exact,
            **_ranks(first, second),
            "ordinal_wald_p": logit.wald_p,
            "ordinal_lr_p": logit.lr_p,
            "odds_ratio": np.exp(logit.log_odds_ratio),
            "levene_mean_p": _levene(values, sides, [_mean(points, s) for s in sides]),
            "levene_median_p": _levene(values, sides, medians),
            "chi2_p": _independence(first, second),
            "median_difference": medians[1] - medians[0],
            "share_above": share_above(first + second, scale),
        }
    )


def _mean(values: Floats, counts: Histograms) -> Floats:
    mean: Floats = (values * counts).sum(axis=1) / counts.sum(axis=1)
    return mean


def _squares(values: Floats, counts: Histograms) -> Floats:
    """Sum the squared distances from the mean."""
    apart = values - _mean(values, counts)[:, None]
    squares: Floats = (apart**2 * counts).sum(axis=1)
    return squares


def _anova(
    values: Sequence[Floats], sides: Sequence[Histograms]
) -> tuple[Floats, Floats]:
    n = [side.sum(axis=1) for side in sides]
    within = sum(_squares(v, s) for v, s in zip(values, sides, strict=True))
    gap = _mean(values[1], sides[1]) - _mean(values[0], sides[0])
    between = gap**2 * n[0] * n[1] / (n[0] + n[1])
    df = n[0] + n[1] - 2
    f = between / (within / df)
    return f, stats.f.sf(f, 1, df)


def _welch(values: Sequence[Floats], sides: Sequence[Histograms]) -> Floats:
    n = [side.sum(axis=1) for side in sides]
    error = [
        _squares(v, s) / (m - 1) / m for v, s, m in zip(values, sides, n, strict=True)
    ]
    whole = error[0] + error[1]
    df = whole**2 / sum(e**2 / (m - 1) for e, m in zip(error, n, strict=True))
    gap = _mean(values[1], sides[1]) - _mean(values[0], sides[0])
    p: Floats = 2 * stats.t.sf(np.abs(gap) / np.sqrt(whole), df)
    return p


def _levene(
    values: Sequence[Floats], sides: Sequence[Histograms], centres: Sequence[Floats]
) -> Floats:
    """Compare distances from the centre by an analysis of variance."""
    apart = [np.abs(v - c[:, None]) for v, c in zip(values, centres, strict=True)]
    return _anova(apart, sides)[1]


def _independence(first: Histograms, second: Histograms) -> Floats:
    """Test independence by chi-square, over the points that were answered."""
    joined = first + second
    n = joined.sum(axis=1, keepdims=True)
    chi2 = np.zeros(len(first))
    for side in (first, second):
        expected = joined * side.sum(axis=1, keepdims=True) / n
        gap = (side - expected) ** 2
        chi2 += (gap / np.where(expected > 0, expected, 1)).sum(axis=1)
    p: Floats = stats.chi2.sf(chi2, (joined > 0).sum(axis=1) - 1)
    return p


def _median(counts: Histograms, points: Floats) -> Floats:
    below, n = counts.cumsum(axis=1), counts.sum(axis=1)
    middle = [
        (below > place[:, None]).argmax(axis=1) for place in ((n - 1) // 2, n // 2)
    ]
    return (points[middle[0]] + points[middle[1]]) / 2


def _midranks(counts: Histograms) -> Floats:
    """Give the mean rank of the answers at each point."""
    return counts.cumsum(axis=1) - (counts - 1) / 2


def _ranks(first: Histograms, second: Histograms) -> dict[str, Floats]:
    """Compute what depends on ranks only, in every pair."""
    n1, n2, tied = first.sum(axis=1), second.sum(axis=1), first + second
    n, ranks = n1 + n2, _midranks(tied)
    u = (first * ranks).sum(axis=1) - n1 * (n1 + 1) / 2
    ties = (tied**3 - tied).sum(axis=1) / (n * (n - 1))
    sigma = np.sqrt(n1 * n2 / 12 * (n + 1 - ties))
    gap = np.abs(u - n1 * n2 / 2)
    return {
        "mann_whitney_asymptotic_p": 2
        * stats.norm.sf(np.maximum(gap - 0.5, 0) / sigma),
        # For two groups Kruskal and Wallis's H is the square of z uncorrected.
        "kruskal_wallis_p": stats.chi2.sf((gap / sigma) ** 2, 1),
        "brunner_munzel_p": _brunner_munzel(first, second, ranks),
        "cliff_delta": 1 - 2 * u / (n1 * n2),
    }


def _brunner_munzel(first: Histograms, second: Histograms, ranks: Floats) -> Floats:
    means, error, sizes = [], [], []
    for side in (first, second):
        n = side.sum(axis=1)
        own = ranks - _midranks(side)
        means.append(_mean(ranks, side))
        error.append(_squares(own, side) / (n - 1) * n)
        sizes.append(n)
    n1, n2 = sizes
    w = n1 * n2 * (means[1] - means[0]) / (n1 + n2) / np.sqrt(error[0] + error[1])
    df = (error[0] + error[1]) ** 2 / sum(
        e**2 / (n - 1) for e, n in zip(error, sizes, strict=True)
    )
    p: Floats = 2 * stats.t.sf(np.abs(w), df)
    return p
