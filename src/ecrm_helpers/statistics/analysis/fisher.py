"""Fisher's exact test of a table of any size, over all tables with its margins.

The columns are shared into two halves. For every part of the row totals that
one half can take, the chances of all its tables are summed where they are
equal; each chance of one half then meets those of the other that fit it. So
tables are counted by the product of two short lists, never one by one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import prod, sqrt

import numpy as np
import pandas as pd
import scipy
from numpy.typing import NDArray
from scipy.special import gammaln

#: Columns are added one by one while there are at most so many ways: a second.
_MOST_WAYS = 1_500_000
_DRAWS = 9_999
#: Tables as likely as the one found may differ from it by rounding alone.
_ROUNDING = 1e-7

Counts = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Fisher:
    """A p value; where it rests on tables drawn, with its standard error."""

    p: float
    error: float | None = None


def fisher(counts: Counts, seed: int) -> Fisher:
    """Give the chance of a table no more likely than this, margins given.

    Parameters
    ----------
    counts : array of int, shape (rows, columns)
        No row or column is empty.
    seed : int
        Of the draws, if any.

    Returns
    -------
    Fisher
        Exact and without `error` where a second is enough; beyond, from 9,999
        tables drawn with these margins.

    Examples
    --------
    >>> fisher(np.array([[3, 1], [1, 3]]), seed=1).error is None
    True
    """
    margins = [np.sort(counts.sum(axis=axis)) for axis in (0, 1)]
    rows, columns = sorted(margins, key=lambda totals: float(np.log1p(totals).sum()))
    reached = -float(gammaln(counts + 1).sum()) + _ROUNDING
    middle = len(columns) // 2
    try:
        halves = _half(rows, columns[:middle]), _half(rows, columns[middle:])
    except _TooManyError:
        return _drawn(rows, columns, reached, seed)
    return Fisher(_joined(rows, *halves, reached))


class _TooManyError(Exception):
    """Summing the chances would take more than about a second."""


def _half(rows: Counts, columns: Counts) -> pd.DataFrame:
    """Give all that some columns can take of the rows.

    A row for each place (what is taken, as one number) and log chance, with the
    number of ``times`` it comes about.

    Raises
    ------
    _TooManyError
        Places have no number of 64 bits.
    """
    if prod(int(total) + 1 for total in rows) >= 2**62:
        raise _TooManyError
    half = pd.DataFrame({"place": [0], "chance": [0.0], "times": [1.0]})
    for upto in np.cumsum(columns).tolist():
        for row in range(len(rows)):
            half = _with_cell(half, row, upto, rows)
    return half


def _with_cell(half: pd.DataFrame, row: int, upto: int, rows: Counts) -> pd.DataFrame:
    """Let a column take of one row all it can; what is alike is counted.

    Parameters
    ----------
    upto : int
        What this column and those before it take of all rows.

    Raises
    ------
    _TooManyError
        There are more ways than `_MOST_WAYS`.
    """
    radix = _radix(rows)
    place = half["place"].to_numpy()
    taken = place[:, None] // radix % (rows + 1)
    left, free = upto - taken.sum(axis=1), rows - taken
    least = np.maximum(left - free[:, row + 1 :].sum(axis=1), 0)
    ways = np.maximum(np.minimum(left, free[:, row]) - least + 1, 0)
    if ways.sum() > _MOST_WAYS:
        raise _TooManyError
    before = np.repeat(np.cumsum(ways) - ways - least, ways)
    cell = np.arange(len(before)) - before
    grown = pd.DataFrame(
        {
            "place": np.repeat(place, ways) + cell * radix[row],
            "chance": np.repeat(half["chance"].to_numpy(), ways) - gammaln(cell + 1),
            "times": np.repeat(half["times"].to_numpy(), ways),
        }
    )
    alike = grown.groupby(["place", grown["chance"].round(9).rename("key")])
    return alike.agg({"chance": "first", "times": "sum"}).reset_index()


def _radix(rows: Counts) -> Counts:
    """Give the place of one person in each row, so that a place is one number."""
    return np.cumprod([1, *(rows[:-1] + 1)])


def _joined(
    rows: Counts, first: pd.DataFrame, second: pd.DataFrame, reached: float
) -> float:
    """Sum the chances of the tables that both halves make, as a share of all."""
    fitting = second.assign(place=int(rows @ _radix(rows)) - second["place"])
    unlikely = total = 0.0
    for (here, weights), (there, others) in zip(
        _by_place(first), _by_place(fitting), strict=True
    ):
        sums = np.concatenate([[0.0], np.cumsum(others)])
        upto = np.searchsorted(there, reached - here, side="right")
        unlikely += float(weights @ sums[upto])
        total += float(weights.sum() * sums[-1])
    return unlikely / total


def _by_place(half: pd.DataFrame) -> Iterator[tuple[Floats, Floats]]:
    """Give the log chances of each place, from the lowest up, and their weights."""
    half = half.sort_values(["place", "chance"])
    chance = half["chance"].to_numpy()
    weight = half["times"].to_numpy() * np.exp(chance - chance.max())
    starts = np.flatnonzero(np.diff(half["place"])) + 1
    yield from zip(np.split(chance, starts), np.split(weight, starts), strict=True)


def _drawn(rows: Counts, columns: Counts, reached: float, seed: int) -> Fisher:
    # scipy's own draws fail where people outnumber the cells drawn.
    draws = scipy.stats.random_table(rows, columns).rvs(
        size=_DRAWS, random_state=np.random.default_rng(seed)
    )
    as_far = -gammaln(draws + 1).sum(axis=(1, 2)) <= reached
    p = float(1 + as_far.sum()) / (_DRAWS + 1)
    return Fisher(p, sqrt(p * (1 - p) / _DRAWS))
