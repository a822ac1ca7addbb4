"""The space of histograms that fit a printed row: counted, listed, drawn from.

Centred near the mean, four counts in the middle of the scale depend on one
free number once the counts outside are set. So only the outer counts are
enumerated; the rest is an interval whose length is known. Counting needs no
listing, and a uniform draw is a look-up.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from ecrm_helpers.admissible.layers import (
    MOST_ROWS,
    TOO_MANY,
    Histograms,
    Layer,
    completions,
    layers_of,
)
from ecrm_helpers.admissible.summary import AdmissibleError, Summary, sums

#: Uniform over histograms, or over ordered data sets (each histogram weighted
#: by the number of ways to hand its answers out to n respondents).
Measure = Literal["histograms", "ordered"]

#: More histograms than this are not listed unless asked for.
LIMIT = 1_000_000


@dataclass(frozen=True)
class Space:
    """All histograms that fit a printed row, counted but not listed.

    The outer counts are paths through `layers`. A row is a last `state` and a
    pair of sums that it can complete: the numbers `left` for the middle, where
    a free number runs from `first` over `length` values.
    """

    summary: Summary
    base: Histograms
    middle: int
    layers: tuple[Layer, ...]
    state: Histograms
    left: Histograms
    first: Histograms
    length: Histograms

    @property
    def weights(self) -> Histograms:
        """Number of histograms of each row."""
        return self.length * (self.layers[-1].ways[self.state] if self.layers else 1)

    @property
    def count(self) -> int:
        """Number of histograms, exact at any size."""
        return _total(self.weights)

    def histograms(self, limit: int = LIMIT) -> Histograms:
        """List every histogram.

        Parameters
        ----------
        limit : int
            Refuse to list more than this.

        Returns
        -------
        array of int, shape (count, points)
            Counts from `low` to `high`, in lexical order.

        Raises
        ------
        AdmissibleError
            There are more than `limit`.
        """
        weights = self.weights
        count = _total(weights)
        if count > limit:
            raise AdmissibleError(
                f"{count} histograms fit, more than the limit of {limit} to "
                f"list: draw from them with sample(), or raise the limit"
            )
        row = np.repeat(np.arange(len(weights)), weights)
        start = np.repeat(np.cumsum(weights) - weights, weights)
        listed = self._completed(row, np.arange(len(row)) - start)
        return listed[_lexical(listed, self.summary.n)]

    def sample(
        self, k: int, rng: np.random.Generator, measure: Measure = "histograms"
    ) -> Histograms:
        """Draw histograms at random, with replacement.

        Parameters
        ----------
        k : int
            How many.
        rng : numpy.random.Generator
            The source of chance.
        measure : {"histograms", "ordered"}
            Every histogram alike, or every ordered data set alike.

        Returns
        -------
        array of int, shape (k, points)

        Raises
        ------
        AdmissibleError
            Nothing fits; or the measure is "ordered" and there are too many
            histograms to list.
        """
        weights = self.weights
        count = _total(weights)
        if not count:
            raise AdmissibleError("nothing fits, so nothing can be drawn")
        if measure == "ordered":
            listed = self.histograms()
            weight = gammaln(self.summary.n + 1) - gammaln(listed + 1).sum(axis=1)
            share = np.exp(weight - weight.max())
            return listed[rng.choice(len(listed), k, p=share / share.sum())]
        ends = np.cumsum(weights)
        drawn = _below(count, k, rng)
        row = np.searchsorted(ends, drawn, side="right")
        return self._completed(row, drawn - (ends[row] - weights[row]))

    def _completed(self, row: Histograms, index: Histograms) -> Histograms:
        """Write out the histogram of each row at an index below its weight."""
        points = self.summary.high - self.summary.low + 1
        counts = np.zeros((len(row), points), np.int64)
        path, step = index // self.length[row], index % self.length[row]
        step = step.astype(np.int64)
        state = self.state[row]
        for layer in reversed(self.layers):
            edge = state
            if layer.ends is not None and layer.starts is not None:
                path = path + layer.starts[state]
                edge = np.searchsorted(layer.ends, path, side="right")
                path = path - np.where(edge > 0, layer.ends[edge - 1], 0)
            counts[:, layer.place] = layer.count[edge]
            state = layer.parent[edge]
        m, s, q = self.left[row].T.astype(np.int64)
        at, free = self.middle, self.first[row] + step
        if at + 2 < points:
            counts[:, at + 2] = free
        if at > 0:
            counts[:, at - 1] = (q - s) // 2 - free
        counts[:, at + 1] = (q + s) // 2 - 3 * free
        counts[:, at] = m - q + 3 * free
        return counts + self.base


def _lexical(listed: Histograms, n: int) -> Histograms:
    """Order rows from the left; as one number each where that fits."""
    points = listed.shape[1]
    if (n + 1) ** points < 2**62:
        return np.argsort(listed @ (n + 1) ** np.arange(points)[::-1], kind="stable")
    return np.lexsort(listed.T[::-1])


def _total(weights: Histograms) -> int:
    """Add up without overflow; whole numbers of any size where need be."""
    safe = weights.sum(dtype=float) < 2**62
    return int(weights.sum(dtype=None if safe else object))


def _below(total: int, k: int, rng: np.random.Generator) -> NDArray[Any]:
    """Draw k whole numbers below a total of any size, all alike."""
    if total < 2**63:
        return rng.integers(0, total, k)
    size = (total.bit_length() + 7) // 8
    drawn: list[int] = []
    while len(drawn) < k:
        number = int.from_bytes(rng.bytes(size), "big")
        if number < (1 << 8 * size) // total * total:
            drawn.append(number % total)
    return np.array(drawn, dtype=object)


def space(summary: Summary, pairs: Sequence[tuple[int, int]] | None = None) -> Space:
    """Find the space of histograms that fit a printed row.

    Parameters
    ----------
    summary : Summary
        The printed row.
    pairs : sequence of (int, int), optional
        Take these sums and sums of squares, not those that round to the row.

    Returns
    -------
    Space
        With `count`, `histograms()` and `sample()`.

    Raises
    ------
    AdmissibleError
        The row makes no sense, or there are too many ways to set the outer
        counts (long scales with many answers).

    Examples
    --------
    >>> space(Summary(73, "5.10", "1.42", 1, 7)).count
    4317
    """
    wanted = sums(summary) if pairs is None else pairs
    points = np.arange(summary.low, summary.high + 1)
    ends = np.isin(points, (summary.low, summary.high)).astype(np.int64)
    base = ends * int(summary.attained)
    n = summary.n - int(base.sum())
    # Printed ends occur at least once: those answers are set aside.
    goals = [(s - int(base @ points), q - int(base @ points**2)) for s, q in wanted]
    at = _middle(len(points), goals[0][0] / n - summary.low if goals and n > 0 else 0)
    offsets, centre = points - points[at], int(points[at])
    goals = [(s - n * centre, q - 2 * centre * s + n * centre**2) for s, q in goals]
    layers = layers_of(offsets, at, n, goals)
    used = layers[-1].used if layers else np.zeros((int(n >= 0), 3), np.int64)
    if len(used) * len(goals) > 10 * MOST_ROWS:
        raise AdmissibleError(TOO_MANY)
    rows = [completions(np.array([n, s, q]) - used, offsets, at) for s, q in goals]
    left, first, length, state = (
        np.concatenate(
            [np.zeros((0, 3) if k == 0 else 0, np.int64), *(r[k] for r in rows)]
        )
        for k in range(4)
    )
    return Space(summary, base, at, tuple(layers), state, left, first, length)


def _middle(points: int, place: float) -> int:
    """Choose the central point near the mean; it needs room for its neighbours."""
    lowest = 1 if points > 2 else 0
    highest = max(points - 3, lowest)
    return int(min(max(round(place), lowest), highest))
