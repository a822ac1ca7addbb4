"""The space of histograms that fit a printed row: counted, listed, drawn from.

Centred near the mean, four counts in the middle of the scale depend on one
free number once the counts outside are set. So only the outer counts are
enumerated; the rest is an interval whose length is known. Counting needs no
listing, and a uniform draw is a look-up.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import comb
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from ecrm_helpers.admissible.summary import AdmissibleError, Summary, sums

Histograms = NDArray[np.int64]

#: Uniform over histograms, or over ordered data sets (each histogram weighted
#: by the number of ways to hand its answers out to n respondents).
Measure = Literal["histograms", "ordered"]

#: More ways than this to set the outer counts are not enumerated.
MOST_ROWS = 20_000_000

_TOO_MANY = (
    f"more than {MOST_ROWS} ways to set the counts outside the middle of the scale: "
    f"too many to count; a shorter scale, fewer answers or more decimals work"
)

#: More histograms than this are not listed unless asked for.
LIMIT = 1_000_000


@dataclass(frozen=True)
class Layer:
    """The ways to set one outer count, after those farther out are set.

    A state is the number, sum and squares of the answers used so far. An edge
    sets `count` answers at `place` and leads from state `parent` of the layer
    before to a state of this one; edges stand in the order of their states.
    `ends` is the running total of ways over edges, and `starts` the total
    before each state's first edge; both are None where no two edges meet, so
    that state and edge are one.
    """

    place: int
    count: Histograms
    parent: Histograms
    used: Histograms
    ways: Histograms
    ends: Histograms | None = None
    starts: Histograms | None = None


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
        if self.count > limit:
            raise AdmissibleError(
                f"{self.count} histograms fit, more than the limit of {limit} to "
                f"list: draw from them with sample(), or raise the limit"
            )
        weights = self.weights
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
        if not self.count:
            raise AdmissibleError("nothing fits, so nothing can be drawn")
        if measure == "ordered":
            listed = self.histograms()
            weight = gammaln(self.summary.n + 1) - gammaln(listed + 1).sum(axis=1)
            share = np.exp(weight - weight.max())
            return listed[rng.choice(len(listed), k, p=share / share.sum())]
        weights = self.weights
        ends = np.cumsum(weights)
        drawn = _below(_total(weights), k, rng)
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
    layers = _layers(offsets, at, n, goals)
    used = layers[-1].used if layers else np.zeros((int(n >= 0), 3), np.int64)
    if len(used) * len(goals) > 10 * MOST_ROWS:
        raise AdmissibleError(_TOO_MANY)
    rows = [_completions(np.array([n, s, q]) - used, offsets, at) for s, q in goals]
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


def _layers(
    offsets: Histograms, at: int, n: int, goals: list[tuple[int, int]]
) -> list[Layer]:
    """Enumerate the counts outside the middle, from the farthest point inwards."""
    outside = [i for i in range(len(offsets)) if not at - 1 <= i <= at + 2]
    used = np.zeros((int(bool(goals) and n >= 0), 3), np.int64)
    # Numbers of ways that may pass 2^62 are kept as whole numbers of any size.
    huge = comb(max(n, 0) + len(offsets), len(offsets)) >= 2**62
    ways = np.ones(len(used), dtype=object if huge else np.int64)
    most = max((q for _, q in goals), default=0)
    low, high = (
        min((s for s, _ in goals), default=0),
        max((s for s, _ in goals), default=0),
    )
    layers: list[Layer] = []
    for place in sorted(outside, key=lambda i: -abs(offsets[i])):
        d = int(offsets[place])
        room = np.minimum(n - used[:, 0], (most - used[:, 2]) // d**2) + 1
        room = np.maximum(room, 0)
        if room.sum() > MOST_ROWS:
            raise AdmissibleError(_TOO_MANY)
        parent = np.repeat(np.arange(len(used)), room)
        count = np.arange(len(parent)) - np.repeat(np.cumsum(room) - room, room)
        reached = used[parent]
        reached += np.outer(count, [1, d, d**2])
        # Cauchy and Schwarz: the answers left cannot sum to more than this.
        gap = np.maximum(np.maximum(low - reached[:, 1], reached[:, 1] - high), 0)
        can = gap**2 <= (n - reached[:, 0]) * (most - reached[:, 2])
        layer = Layer(place, count[can], parent[can], reached[can], ways[parent[can]])
        # Three outer counts never meet in one state; only longer scales merge,
        # and the last layer only where many pairs of sums will pass over it.
        if len(layers) >= 3 and (len(layers) < len(outside) - 1 or len(goals) > 4):
            layer = _merged(layer)
        layers.append(layer)
        used, ways = layer.used, layer.ways
    return layers


def _merged(layer: Layer) -> Layer:
    """Let edges that use the same number, sum and squares meet in one state."""
    low = layer.used.min(axis=0, initial=0)
    wide = layer.used.max(axis=0, initial=0) - low + 1
    key = np.ravel_multi_index(tuple((layer.used - low).T), tuple(wide))
    order = np.argsort(key, kind="stable")
    opens = np.flatnonzero(np.diff(key[order], prepend=-1))
    ways, ends = layer.ways[order], np.cumsum(layer.ways[order])
    return Layer(
        place=layer.place,
        count=layer.count[order],
        parent=layer.parent[order],
        used=layer.used[order][opens],
        ways=np.add.reduceat(ways, opens) if len(opens) else ways,
        ends=ends,
        starts=(ends - ways)[opens],
    )


def _completions(
    left: Histograms, offsets: Histograms, at: int
) -> tuple[Histograms, Histograms, Histograms, Histograms]:
    """Find the run of the free number, given the n, sum and squares left.

    The free number is the count two points above the middle, t. Then the
    counts at +1, -1 and 0 are (q+s)/2 - 3t, (q-s)/2 - t and m - q + 3t.
    """
    m, s, q = left.T
    first = np.maximum(-((m - q) // 3), 0)
    last = np.minimum((q + s) // 6, (q - s) // 2)
    if at + 2 >= len(offsets):
        last = np.minimum(last, 0)
    if at == 0:
        last = np.where(q == s, last, -1)
    state = np.flatnonzero((last >= first) & ((q + s) % 2 == 0))
    return left[state], first[state], (last - first + 1)[state], state
