"""Statistics of groups, from their histograms, in many data sets at once.

scipy's tests take the answers written out, a row for each pair; the chi-square
test and the ordinal logit take the counts, all pairs together; the exact rank
test goes pair by pair.
"""

import warnings
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
import scipy
from numpy.typing import NDArray

from ecrm_helpers.printed import Wrong
from ecrm_helpers.statistics.admissible import Histograms
from ecrm_helpers.statistics.analysis import exact_rank_p
from ecrm_helpers.statistics.robustness.ordinal import ordinal_logit

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


def statistics(*groups_and_scale: Any) -> pd.DataFrame:
    """Compute every statistic in every combination of histograms.

    Parameters
    ----------
    *groups_and_scale : arrays of int, shape (sets, points), then (int, int)
        Counts of each group in each data set, from the scale's lowest point up: a
        group has as many answers in all; last, the lowest and the highest point.

    Returns
    -------
    DataFrame, one row per data set
        ``anova_f`` and p values of the analysis of variance, Welch's test,
        Kruskal-Wallis, Levene's test about mean and median, and the chi-square
        test of independence. Of two groups also p values of Mann-Whitney (exact
        permutation; asymptotic with continuity correction), Brunner-Munzel [1]_
        and the ordinal logit (Wald; likelihood ratio); Cliff's delta [2]_, the
        odds ratio and the difference of medians, second against first; and the
        share above the midpoint. Where answers vary in no group, NaN for the
        analysis of variance and Welch's test; elsewhere what scipy gives: NaN
        if a statistic is not defined, else its limit.

    Raises
    ------
    ValueError
        A group's size differs from data set to data set.

    References
    ----------
    .. [1] Brunner & Munzel (2000). Biometrical Journal 42, 17-25.
       doi:10.1002/(SICI)1521-4036(200001)42:1<17::AID-BIMJ17>3.0.CO;2-U
    .. [2] Cliff (1993). Psychological Bulletin 114, 494-509.
       doi:10.1037/0033-2909.114.3.494

    Examples
    --------
    >>> groups = [np.array([[2, 1, 0]]), np.array([[1, 1, 1]]), np.array([[0, 1, 2]])]
    >>> statistics(*groups, (1, 3))["anova_f"].round(3).tolist()
    [2.4]
    """
    *groups, scale = groups_and_scale
    points = np.arange(scale[0], scale[1] + 1, dtype=float)
    sides = [_written_out(side, points) for side in groups]
    two, levene = len(sides) == 2, partial(scipy.stats.levene, *sides, axis=1)
    welch: Any = scipy.stats.ttest_ind if two else scipy.stats.f_oneway
    with warnings.catch_warnings():
        # Of answers that do not vary; what comes of them is declared above.
        warnings.simplefilter("ignore", RuntimeWarning)
        anova, vary = scipy.stats.f_oneway(*sides, axis=1), _vary(*sides)
        unequal = welch(*sides, equal_var=False, axis=1)
        found = {
            "anova_f": np.where(vary, anova.statistic, np.nan),
            "anova_p": np.where(vary, anova.pvalue, np.nan),
            "welch_p": np.where(vary, unequal.pvalue, np.nan),
            "kruskal_wallis_p": scipy.stats.kruskal(*sides, axis=1).pvalue,
            "levene_mean_p": levene(center="mean").pvalue,
            "levene_median_p": levene(center="median").pvalue,
            "chi2_p": _independence(*groups),
        }
        if two:
            found |= _of_two(*groups, *sides)
            found["share_above"] = share_above(groups[0] + groups[1], scale)
    return pd.DataFrame(found)


def _of_two(
    first: Histograms, second: Histograms, x: Floats, y: Floats
) -> dict[str, Floats]:
    ranks = scipy.stats.mannwhitneyu(x, y, method="asymptotic", axis=1)
    exact = [exact_rank_p(a, b) for a, b in zip(first, second, strict=True)]
    logit = ordinal_logit(first, second)
    return {
        "mann_whitney_exact_p": np.array(exact),
        "mann_whitney_asymptotic_p": ranks.pvalue,
        "brunner_munzel_p": scipy.stats.brunnermunzel(x, y, axis=1).pvalue,
        "cliff_delta": 1 - 2 * ranks.statistic / (x.shape[1] * y.shape[1]),
        "ordinal_wald_p": logit.wald_p,
        "ordinal_lr_p": logit.lr_p,
        "odds_ratio": np.exp(logit.log_odds_ratio),
        "median_difference": np.median(y, axis=1) - np.median(x, axis=1),
    }


def _vary(*sides: Floats) -> NDArray[np.bool_]:
    """Tell where answers vary within some group; else F and t divide by nothing."""
    found: NDArray[np.bool_] = np.any([np.ptp(side, axis=1) > 0 for side in sides], 0)
    return found


def _written_out(histograms: Histograms, points: Floats) -> Floats:
    """Write the answers out, a row for each histogram."""
    sizes = histograms.sum(axis=1)
    if np.ptp(sizes):
        raise Wrong("unequal_sizes", least=sizes.min(), most=sizes.max())
    answers = np.repeat(np.tile(points, len(histograms)), histograms.ravel())
    return answers.reshape(len(histograms), sizes[0])


def _independence(*groups: Histograms) -> Floats:
    """Test independence by chi-square, over the points that were answered."""
    joined = np.sum(groups, axis=0)
    n = joined.sum(axis=1, keepdims=True)
    chi2 = np.zeros(len(joined))
    for side in groups:
        expected = joined * side.sum(axis=1, keepdims=True) / n
        gap = (side - expected) ** 2
        chi2 += (gap / np.where(expected > 0, expected, 1)).sum(axis=1)
    freedom = (len(groups) - 1) * ((joined > 0).sum(axis=1) - 1)
    p: Floats = scipy.stats.chi2.sf(chi2, freedom)
    return p
