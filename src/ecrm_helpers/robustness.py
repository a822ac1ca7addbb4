"""Estimates over every admissible data set.

What holds in all data sets that fit the printed table does not depend on the
unpublished answers. A statistic that is constant over them is *identified* by
the printed table; one that varies is known only as a range.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from ecrm_helpers.admissible import Histograms
from ecrm_helpers.analysis import mann_whitney

Statistic = Callable[[pd.Series, pd.Series], Any]


@dataclass(frozen=True)
class Group:
    """A group's name, the lowest scale point, and its admissible histograms."""

    name: str
    low: int
    histograms: Histograms


def answers(histogram: Histograms, low: int) -> Histograms:
    """Write a histogram out as answers, in ascending order.

    Examples
    --------
    >>> answers(np.array([1, 0, 2]), low=1).tolist()
    [1, 3, 3]
    """
    return np.repeat(np.arange(low, low + len(histogram)), histogram)


def over_pairs(
    first: Group, second: Group, statistics: Mapping[str, Statistic]
) -> pd.DataFrame:
    """Compute statistics in every pair of admissible histograms.

    Parameters
    ----------
    first, second : Group
        The two groups.
    statistics : mapping of str to function
        Each takes scores and groups (Series) and gives a number.

    Returns
    -------
    DataFrame, one row per pair, one column per statistic

    Examples
    --------
    >>> a = Group("a", 1, np.array([[1, 1], [0, 2]]))
    >>> b = Group("b", 1, np.array([[0, 2]]))
    >>> over_pairs(a, b, {"mean": lambda scores, groups: scores.mean()})
       mean
    0  1.75
    1  2.00
    """
    rows = []
    for pair in product(first.histograms, second.histograms):
        parts = [
            answers(histogram, group.low)
            for histogram, group in zip(pair, (first, second), strict=True)
        ]
        scores = pd.Series(np.concatenate(parts))
        groups = pd.Series(
            np.repeat([first.name, second.name], [len(part) for part in parts])
        )
        rows.append({name: f(scores, groups) for name, f in statistics.items()})
    return pd.DataFrame(rows)


def pooled(first: Group, second: Group, scale: tuple[int, int]) -> Histograms:
    """Add up every pair of admissible histograms on one scale.

    Parameters
    ----------
    first, second : Group
        The two groups.
    scale : (int, int)
        Lowest and highest point of the whole scale.

    Returns
    -------
    array of int, shape (pairs, points)

    Examples
    --------
    >>> a, b = Group("a", 1, np.array([[1, 1], [0, 2]])), Group("b", 2, np.array([[2]]))
    >>> pooled(a, b, (1, 3)).tolist()
    [[1, 3, 0], [0, 4, 0]]
    """
    wide = []
    for group in (first, second):
        room = np.zeros((len(group.histograms), scale[1] - scale[0] + 1), int)
        start = group.low - scale[0]
        room[:, start : start + group.histograms.shape[1]] = group.histograms
        wide.append(room)
    return (wide[0][:, None, :] + wide[1][None, :, :]).reshape(-1, wide[0].shape[1])


def share_above(
    histograms: Histograms, scale: tuple[int, int], *, included: bool = False
) -> NDArray[np.float64]:
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
    shares: NDArray[np.float64] = 100 * histograms @ above / histograms.sum(axis=1)
    return shares


def _split(scores: pd.Series, groups: pd.Series) -> list[pd.Series]:
    return [part for _, part in scores.groupby(groups)]


def _two(scores: pd.Series, groups: pd.Series) -> tuple[pd.Series, pd.Series]:
    first, second = _split(scores, groups)
    return first, second


def location_and_spread() -> dict[str, Statistic]:
    """Name the statistics whose range over all data sets notebook 03 shows.

    By scipy, where the notebook's own results come from pingouin: the two
    roads must meet on the data set shown.
    """
    return {
        "anova_f": lambda s, g: stats.f_oneway(*_split(s, g)).statistic,
        "anova_p": lambda s, g: stats.f_oneway(*_split(s, g)).pvalue,
        "welch_p": lambda s, g: stats.ttest_ind(*_split(s, g), equal_var=False).pvalue,
        "mann_whitney_exact_p": lambda s, g: mann_whitney(s, g).p_exact,
        "mann_whitney_asymptotic_p": lambda s, g: (
            stats.mannwhitneyu(*_two(s, g), method="asymptotic").pvalue
        ),
        "levene_mean_p": lambda s, g: stats.levene(*_split(s, g), center="mean").pvalue,
        "levene_median_p": lambda s, g: stats.levene(*_split(s, g)).pvalue,
        "median_difference": lambda s, g: s.groupby(g).median().diff().iloc[-1],
    }
