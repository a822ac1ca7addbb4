"""Every data set that printed statistics allow.

A printed mean and standard deviation of n whole scale points leave finitely
many histograms (counts per scale point). They are found in exact arithmetic
on the printed decimals: rounding leaves a few pairs (sum, sum of squares), and
for each pair all histograms with just those two sums are listed.

Knows printed numbers; knows nothing of files, estimates or notebooks.
"""

import math
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from ecrm_helpers.printed import interval

Histograms = NDArray[np.int64]


@dataclass(frozen=True)
class Summary:
    """One printed row: n, mean, sample SD, scale, and the attained ends.

    `mean` and `sd` are text, as printed. With `attained`, `low` and `high`
    are a printed minimum and maximum, so both were answered at least once.
    """

    n: int
    mean: str
    sd: str
    low: int
    high: int
    attained: bool = False


def sums(summary: Summary) -> list[tuple[int, int]]:
    r"""List the pairs (sum, sum of squares) that round to the printed values.

    Parameters
    ----------
    summary : Summary
        The printed row; n at least 2.

    Returns
    -------
    list of (int, int)
        In ascending order; empty when the printed mean or SD cannot occur.

    Notes
    -----
    .. math:: Q = (n - 1) s^2 + S^2 / n, \qquad S \equiv Q \pmod 2

    Exact: interval ends are fractions, ties counting either way. GRIM [1]_ is
    the case in which no `S` is left.

    References
    ----------
    .. [1] Brown & Heathers (2017). Soc. Psychol. Personal. Sci. 8, 363-369.
       doi:10.1177/1948550616673876

    Examples
    --------
    >>> sums(Summary(12, "2.58", ",900", 1, 7))
    [(31, 89)]
    >>> sums(Summary(28, "5.19", "1.00", 1, 7))
    []
    """
    n = summary.n
    mean, sd = interval(summary.mean), interval(summary.sd)
    found = []
    for total in range(math.ceil(mean.low * n), math.floor(mean.high * n) + 1):
        middle = Fraction(total**2, n)
        least = math.ceil((n - 1) * max(sd.low, Fraction(0)) ** 2 + middle)
        most = math.floor((n - 1) * sd.high**2 + middle)
        found += [(total, q) for q in range(least, most + 1) if (q - total) % 2 == 0]
    return found


def histograms(summary: Summary) -> Histograms:
    """List every histogram that fits a printed row.

    Parameters
    ----------
    summary : Summary
        The printed row; a scale of at least 3 points.

    Returns
    -------
    array of int, shape (k, points)
        One row per histogram, counts from `low` to `high`, in lexical order;
        k is 0 when nothing fits.

    Raises
    ------
    ValueError
        The scale has fewer than 3 points.

    Examples
    --------
    >>> histograms(Summary(12, "2.58", ",900", 1, 4, attained=True))
    array([[1, 5, 4, 2],
           [2, 2, 7, 1]])
    """
    points = np.arange(summary.low, summary.high + 1)
    if len(points) < 3:
        raise ValueError(f"a scale of 3 points or more is needed; got {points}")
    # Printed ends occur at least once: set one answer at each aside.
    base = np.isin(points, (summary.low, summary.high)).astype(int) * summary.attained
    taken = [int(base.sum()), int(base @ points), int(base @ points**2)]
    found = [
        _with_sums(points, summary.n - taken[0], s - taken[1], q - taken[2])
        for s, q in sums(summary)
    ]
    listed = np.vstack([np.empty((0, len(points)), int), *found]) + base
    return listed[np.lexsort(listed.T[::-1])]


def _with_sums(points: Histograms, n: int, s: int, q: int) -> Histograms:
    """List the histograms of n answers with sum s and sum of squares q."""
    # Shifted to a central point, squares are small and prune early.
    centre = int(np.clip(round(s / n) if n else 0, points[1], points[-2]))
    q, s = q - 2 * centre * s + n * centre**2, s - n * centre
    offsets = points - centre
    outer = sorted(np.flatnonzero(abs(offsets) > 1), key=lambda i: -abs(offsets[i]))
    counts = np.zeros((1, len(points)), int)
    left = np.array([[n, s, q]])
    for place in outer:
        d = offsets[place]
        room = np.maximum(np.minimum(left[:, 0], left[:, 2] // d**2) + 1, 0)
        row = np.repeat(np.arange(len(left)), room)
        first = np.repeat(np.cumsum(room) - room, room)
        count = np.arange(len(row)) - first
        counts, left = counts[row], left[row] - np.outer(count, [1, d, d**2])
        counts[:, place] = count
    # Three unknown counts around the centre, three equations: one solution.
    m, s_left, q_left = left.T
    at = int(np.flatnonzero(offsets == 0)[0])
    counts[:, at + 1], counts[:, at - 1] = (
        (q_left + s_left) // 2,
        (q_left - s_left) // 2,
    )
    counts[:, at] = m - q_left
    whole = ((q_left + s_left) % 2 == 0) & (counts >= 0).all(axis=1)
    return counts[whole]
