"""The ways to set the outer counts of a histogram, and what they leave inside."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import comb

import numpy as np
from numpy.typing import NDArray

from ecrm_helpers.statistics.admissible.summary import AdmissibleError

Histograms = NDArray[np.int64]

#: More ways than this to set one outer count are not enumerated.
MOST_ROWS = 20_000_000


@dataclass(frozen=True)
class Layer:
    """The ways to set one outer count, after those farther out are set.

    A state is the number, sum and squares of the answers used so far. An edge
    sets `count` answers at `place` and leads from state `parent` of the layer
    before to a state of this one; edges stand in the order of their states.
    `opens` is each state's first edge and `ends` the running total of ways
    over edges; both are None where no two edges meet, so that state and edge
    are one.
    """

    place: int
    count: Histograms
    parent: Histograms
    used: Histograms
    ways: Histograms
    opens: Histograms | None = None
    ends: Histograms | None = None


def layers_of(
    offsets: Histograms, places: list[int], n: int, goals: list[tuple[int, int]]
) -> list[Layer]:
    """Enumerate the counts at `places`, farthest from the middle first."""
    used = np.zeros((int(bool(goals) and n >= 0), 3), np.int64)
    # Numbers of ways that may pass 2^62 are kept as whole numbers of any size.
    huge = comb(max(n, 0) + len(offsets), len(offsets)) >= 2**62
    ways = np.ones(len(used), dtype=object if huge else np.int64)
    most = max((q for _, q in goals), default=0)
    low = min((s for s, _ in goals), default=0)
    high = max((s for s, _ in goals), default=0)
    layers: list[Layer] = []
    for place in places:
        d = int(offsets[place])
        room = _room(np.array([n, 0, most]) - used, d)
        if room.sum() > MOST_ROWS:
            raise AdmissibleError("too_many_ways", most=MOST_ROWS)
        parent, count = ragged(room)
        reached = used[parent]
        reached += np.outer(count, [1, d, d**2])
        # Cauchy and Schwarz: the answers left cannot sum to more than this.
        gap = np.maximum(np.maximum(low - reached[:, 1], reached[:, 1] - high), 0)
        can = gap**2 <= (n - reached[:, 0]) * (most - reached[:, 2])
        layer = Layer(place, count[can], parent[can], reached[can], ways[parent[can]])
        # Three outer counts never meet in one state; only longer scales merge.
        if len(layers) >= 3:
            layer = _merged(layer)
        layers.append(layer)
        used, ways = layer.used, layer.ways
    return layers


def ragged(lengths: Histograms) -> tuple[Histograms, Histograms]:
    """Lay runs end to end, and give each member its run and its place in it.

    Examples
    --------
    >>> [part.tolist() for part in ragged(np.array([2, 0, 3]))]
    [[0, 0, 2, 2, 2], [0, 1, 0, 1, 2]]
    """
    run = np.repeat(np.arange(len(lengths)), lengths)
    return run, np.arange(len(run)) - np.repeat(np.cumsum(lengths) - lengths, lengths)


def _room(left: Histograms, d: int) -> Histograms:
    """Count the values that an outer count may take, zero among them."""
    return np.maximum(np.minimum(left[:, 0], left[:, 2] // d**2) + 1, 0)


def _merged(layer: Layer) -> Layer:
    """Let edges that use the same number, sum and squares meet in one state."""
    low = layer.used.min(axis=0, initial=0)
    wide = layer.used.max(axis=0, initial=0) - low + 1
    key = np.ravel_multi_index(tuple((layer.used - low).T), tuple(wide))
    order = np.argsort(key, kind="stable")
    opens = np.flatnonzero(np.diff(key[order], prepend=-1))
    ways = layer.ways[order]
    return Layer(
        place=layer.place,
        count=layer.count[order],
        parent=layer.parent[order],
        used=layer.used[order][opens],
        ways=np.add.reduceat(ways, opens) if len(opens) else ways,
        opens=opens,
        ends=np.cumsum(ways),
    )


@dataclass(frozen=True)
class Runs:
    """Histograms as runs: all counts set but four, which one free number sets.

    `row` is the row each run belongs to, `outer` the innermost outer count,
    `left` the number, sum and squares left for the four in the middle; the
    free number goes from `first` over `length` values.
    """

    row: Histograms
    outer: Histograms
    left: tuple[Histograms, Histograms, Histograms]
    first: Histograms
    length: Histograms

    def counts(self, run: Histograms, free: Histograms) -> tuple[Histograms, ...]:
        """Give the four middle counts, from one below the middle upwards.

        With m answers left, sum s and squares q, and t of them two points
        above the middle, the others are (q-s)/2 - t, m - q + 3t and
        (q+s)/2 - 3t.
        """
        m, s, q = (part[run] for part in self.left)
        return (q - s) // 2 - free, m - q + 3 * free, (q + s) // 2 - 3 * free, free


def runs_of(left: Histograms, offsets: Histograms, at: int, last: int | None) -> Runs:
    """Set the innermost outer count of each row in every way, as runs.

    Parameters
    ----------
    left : array of int, shape (rows, 3)
        Number, sum and squares left to each row, about the middle point.
    offsets : array of int
        Each scale point less the middle one.
    at : int
        Place of the middle point.
    last : int or None
        Place of the innermost outer point; None where the scale has none.

    Returns
    -------
    Runs
        In the order of their rows.
    """
    m, s, q = left.T
    if last is None:
        row = np.arange(len(left))
        outer = np.zeros_like(row)
    else:
        d = int(offsets[last])
        row, outer = ragged(_room(left, d))
        m, s, q = m[row] - outer, s[row] - d * outer, q[row] - d**2 * outer
    first = np.maximum((q - m + 2) // 3, 0)
    final = np.minimum((q + s) // 6, (q - s) // 2)
    if at + 2 >= len(offsets):
        final = np.minimum(final, 0)
    if at == 0:
        final = np.where(q == s, final, -1)
    if at + 1 >= len(offsets):
        final = np.where(q == -s, final, -1)
    can = np.flatnonzero((final >= first) & ((q + s) % 2 == 0))
    first, length = first[can], (final - first + 1)[can]
    return Runs(row[can], outer[can], (m[can], s[can], q[can]), first, length)


def chunks(left: Histograms, d: int | None, most: int = 2_000_000) -> Iterator[slice]:
    """Cut rows into slices that give about `most` runs each at the most."""
    rooms = np.ones(len(left), np.int64) if d is None else _room(left, d)
    if rooms.sum() > 20 * MOST_ROWS:
        raise AdmissibleError("too_many_ways", most=MOST_ROWS)
    part = np.cumsum(rooms) // most
    for start, stop in pairwise(
        [*np.flatnonzero(np.diff(part, prepend=-1)), len(left)]
    ):
        yield slice(int(start), int(stop))
