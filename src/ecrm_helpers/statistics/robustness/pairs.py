"""The pairs of histograms that a printed table of two groups allows.

Where they are too many to go through, pairs are drawn, and every result says
so: what holds in all draws has not been shown to hold in all pairs.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import gammaln

from ecrm_helpers.statistics import admissible
from ecrm_helpers.statistics.admissible import (
    AdmissibleError,
    Histograms,
    Measure,
    Table,
)
from ecrm_helpers.statistics.robustness.statistics import statistics
from ecrm_helpers.statistics.robustness.work import spread

#: More pairs than this are not gone through, but drawn from.
MOST_PAIRS = 100_000

#: Combinations of the rows that may be listed to find those that fit together.
MOST_LISTED = 10 * MOST_PAIRS

_CHUNK = 500


@dataclass(frozen=True)
class Pairs:
    """Pairs of histograms on one scale: all that fit, or draws from them.

    Equal rows of `first` and `second` stand for one pair, and with those of
    `others` for one combination of more groups. `scale` counts in steps, of
    which `items` make a unit. `drawn` is None where these are all the pairs,
    else the measure they were drawn under.
    """

    first: Histograms
    second: Histograms
    scale: tuple[int, int]
    drawn: Measure | None = None
    others: tuple[Histograms, ...] = ()
    items: int = 1

    @property
    def groups(self) -> tuple[Histograms, ...]:
        """The histograms of every group."""
        return self.first, self.second, *self.others

    def __len__(self) -> int:
        """Give the number of pairs."""
        return len(self.first)


def pairs(
    table: Table,
    *,
    most: int = MOST_PAIRS,
    draws: int = 10_000,
    measure: Measure = "histograms",
    seed: int = 1,
) -> Pairs:
    """Give all pairs that a printed table of groups allows, or draws.

    Parameters
    ----------
    table : Table
        The printed rows of two groups or more, and what is printed of them
        together.
    most : int
        With more pairs than this, draw.
    draws : int
        How many to draw.
    measure : {"histograms", "ordered"}
        What is alike among draws: pairs of histograms, or ordered data sets.
    seed : int
        Of the draws.

    Returns
    -------
    Pairs

    Raises
    ------
    AdmissibleError
        There is one group only, or nothing fits the table.

    Examples
    --------
    >>> no = admissible.Summary(12, "2.58", ",900", 1, 7, 1, 4)
    >>> yes = admissible.Summary(61, "3.41", "1,006", 1, 7, 1, 5)
    >>> len(pairs(Table((no, yes)))), pairs(Table((no, yes)), most=100).drawn
    (134, 'histograms')
    """
    if len(table.groups) < 2:
        raise AdmissibleError("pairs_of_two", k=len(table.groups))
    count = admissible.count(table)
    if not count:
        raise AdmissibleError("nothing_fits_together")
    drawn = measure if count > most else None
    if drawn is None:
        sides = admissible.histograms(table, limit=MOST_LISTED)
    else:
        sides = admissible.sample(table, draws, np.random.default_rng(seed), measure)
    first, second, *others = sides
    row = table.groups[0]
    return Pairs(first, second, row.scale, drawn, tuple(others), row.items)


def estimates(
    possible: Pairs,
    *,
    jobs: int = 1,
    scheduler: str | None = None,
    progress: bool = False,
) -> pd.DataFrame:
    """Compute every statistic in every pair.

    Parameters
    ----------
    possible : Pairs
        As `pairs` gives them.
    scheduler : str, optional
        Address of a Dask scheduler whose workers take the work instead, such
        as ``tcp://127.0.0.1:8786``.

    Returns
    -------
    DataFrame, one row per pair
        As `statistics` gives them; the same however the work was shared.
    """
    slices = [slice(i, i + _CHUNK) for i in range(0, len(possible), _CHUNK)]
    tasks = [
        (*(group[part] for group in possible.groups), possible.scale) for part in slices
    ]
    found = spread(statistics, tasks, jobs, scheduler, progress)
    every = pd.concat(found, ignore_index=True)
    if "median_difference" in every:
        every["median_difference"] /= possible.items
    return every


def undefined(every: pd.DataFrame) -> pd.Series:
    """Count for each statistic the pairs in which it is not defined, or infinite.

    Examples
    --------
    >>> undefined(pd.DataFrame({"a": [0.01, np.nan], "b": [0.01, 0.2]})).to_dict()
    {'a': 1, 'b': 0}
    """
    return (~np.isfinite(every)).sum()


def holds(every: pd.DataFrame, tests: Sequence[str], alpha: float) -> pd.Series:
    """Tell for each test whether p lies below the level in every pair.

    Examples
    --------
    >>> holds(pd.DataFrame({"a": [0.01, 0.02], "b": [0.01, 0.2]}), ["a", "b"], 0.05)
    a     True
    b    False
    dtype: bool
    """
    return (every[list(tests)] < alpha).all()


def extremes(
    possible: Pairs, every: pd.DataFrame, statistic: str
) -> list[pd.DataFrame]:
    """Give the pairs in which a statistic is least and greatest.

    Parameters
    ----------
    every : DataFrame
        As `estimates` gives it for them.
    statistic : str
        One of its columns.

    Returns
    -------
    list of two DataFrames
        Counts of both groups (columns) at each scale point (rows).
    """
    points = pd.RangeIndex(possible.scale[0], possible.scale[1] + 1)
    return [
        pd.DataFrame(
            {"first": possible.first[row], "second": possible.second[row]}, points
        )
        for row in (every[statistic].argmin(), every[statistic].argmax())
    ]


def shares(possible: Pairs, measure: Measure) -> NDArray[np.float64]:
    """Give each pair's share of all, under a measure.

    Parameters
    ----------
    measure : {"histograms", "ordered"}
        Count pairs of histograms, or ordered data sets: a pair stands for as
        many of these as the product of its multinomial coefficients.

    Returns
    -------
    array of float, shape (pairs,)
        Adds up to 1. Draws follow the measure they were drawn under already.

    Raises
    ------
    AdmissibleError
        The pairs were drawn under the other measure.

    Examples
    --------
    >>> two = Pairs(np.array([[1, 1], [0, 2]]), np.array([[2, 0], [2, 0]]), (1, 2))
    >>> shares(two, "ordered").round(3).tolist()
    [0.667, 0.333]
    """
    if possible.drawn not in (None, measure):
        drawn = possible.drawn
        raise AdmissibleError("drawn_otherwise", drawn=drawn, measure=measure)
    logs = np.zeros(len(possible))
    if measure == "ordered" and possible.drawn is None:
        logs -= gammaln(np.hstack(possible.groups) + 1).sum(axis=1)
    weights: NDArray[np.float64] = np.exp(logs - logs.max())
    return weights / weights.sum()


def share_below(
    possible: Pairs, every: pd.DataFrame, tests: Sequence[str], level: float
) -> pd.DataFrame:
    """Give the share of data sets in which p lies below a level, by measure.

    Returns
    -------
    DataFrame, one row per test, one column per measure
        From 0 to 1. Only the measure of the draws, where pairs were drawn.
    """
    measures: list[Measure] = ["histograms", "ordered"]
    if possible.drawn:
        measures = [possible.drawn]
    below = every[list(tests)] < level
    return pd.DataFrame({m: below.T @ shares(possible, m) for m in measures})
