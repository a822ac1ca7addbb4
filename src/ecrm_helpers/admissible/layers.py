"""The ways to set the outer counts of a histogram, and what they leave inside."""

from dataclasses import dataclass
from math import comb

import numpy as np
from numpy.typing import NDArray

from ecrm_helpers.admissible.summary import AdmissibleError

Histograms = NDArray[np.int64]

#: More ways than this to set the outer counts are not enumerated.
MOST_ROWS = 20_000_000

TOO_MANY = (
    f"more than {MOST_ROWS} ways to set the counts outside the middle of the scale: "
    f"too many to count; a shorter scale, fewer answers or more decimals work"
)


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


def layers_of(
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
            raise AdmissibleError(TOO_MANY)
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


def completions(
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
