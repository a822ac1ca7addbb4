"""The space of histograms that fit a printed row: counted, listed, drawn from.

Centred near the mean, four counts in the middle of the scale depend on one
free number once the counts outside are set. So only the outer counts are
enumerated, and the innermost of them not even kept; the rest are runs whose
length is known. Counting needs no listing, and a uniform draw is a look-up.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from ecrm_helpers.statistics.admissible import ordered
from ecrm_helpers.statistics.admissible.exact import below, total
from ecrm_helpers.statistics.admissible.layers import (
    MOST_ROWS,
    Histograms,
    Layer,
    Runs,
    chunks,
    layers_of,
    ragged,
    runs_of,
)
from ecrm_helpers.statistics.admissible.summary import (
    AdmissibleError,
    Summary,
    require_sense,
    sums,
)

#: Uniform over histograms, or over ordered data sets (each histogram weighted
#: by the number of ways to hand its answers out to n respondents).
Measure = Literal["histograms", "ordered"]

#: More histograms than this are not listed unless asked for.
LIMIT = 1_000_000

#: On longer scales histograms are not counted; see `existence`.
MOST_POINTS = 21


@dataclass(frozen=True)
class Space:
    """All histograms that fit a printed row, counted but not listed.

    The outer counts are paths through `layers`. A row is a last `state` and a
    pair of sums that it can complete: `left` is what it leaves to the counts
    inside, and `length` in how many ways they take it. `base` holds answers
    set aside, from point `low` on, for the ends that are printed as attained.
    """

    summary: Summary
    low: int
    base: Histograms
    middle: int
    last: int | None
    layers: tuple[Layer, ...]
    state: Histograms
    left: Histograms
    length: Histograms

    @property
    def offsets(self) -> Histograms:
        """Each point between the ends less the middle one."""
        return np.arange(len(self.base)) - self.middle

    @property
    def step(self) -> int | None:
        """Distance of the innermost outer point from the middle."""
        return None if self.last is None else int(self.offsets[self.last])

    @property
    def weights(self) -> Histograms:
        """Number of histograms of each row."""
        return self.length * (self.layers[-1].ways[self.state] if self.layers else 1)

    @property
    def count(self) -> int:
        """Number of histograms, exact at any size."""
        return total(self.weights)

    def runs(self, rows: Histograms | slice) -> Runs:
        """Give the runs of some rows."""
        return runs_of(self.left[rows], self.offsets, self.middle, self.last)

    def histograms(self, limit: int = LIMIT) -> Histograms:
        """List every histogram.

        Returns
        -------
        array of int, shape (count, points)
            Counts from `low` to `high`, in lexical order.

        Raises
        ------
        AdmissibleError
            There are more than `limit`.
        """
        count = self.count
        if count > limit:
            raise AdmissibleError("too_many_histograms", k=count, limit=limit)
        runs = self.runs(slice(None))
        ways = self.layers[-1].ways[self.state[runs.row]] if self.layers else 1
        run, index = ragged((runs.length * ways).astype(np.int64))
        path, step = np.divmod(index, runs.length[run])
        counts = self._traced(self.state[runs.row[run]], path)
        listed = self._on_scale(self.filled(runs, run, step, counts))
        return listed[_lexical(listed, self.summary.n)]

    def sample(
        self, k: int, rng: np.random.Generator, measure: Measure = "histograms"
    ) -> Histograms:
        """Draw histograms at random, with replacement.

        Parameters
        ----------
        measure : {"histograms", "ordered"}
            Every histogram alike, or every ordered data set alike.

        Returns
        -------
        array of int, shape (k, points)

        Raises
        ------
        AdmissibleError
            Nothing fits, or there is no such measure.
        """
        weights = self.weights
        count = total(weights)
        if not count:
            raise AdmissibleError("nothing_to_draw")
        if measure == "ordered":
            return self._on_scale(ordered.draw(self, k, rng))
        if measure != "histograms":
            raise AdmissibleError("no_measure", measure=measure)
        ends = np.cumsum(weights)
        drawn = below(count, k, rng)
        row = np.searchsorted(ends, drawn, side="right")
        index = drawn - (ends[row] - weights[row])
        path, step = index // self.length[row], index % self.length[row]
        # The runs of a row end to end hold `length` histograms in all.
        runs = self.runs(row)
        run_ends = np.cumsum(runs.length)
        place = np.cumsum(self.length[row]) - self.length[row] + step.astype(np.int64)
        run = np.searchsorted(run_ends, place, side="right")
        free = place - (run_ends[run] - runs.length[run])
        counts = self._traced(self.state[row], path)
        return self._on_scale(self.filled(runs, run, free, counts))

    def _traced(self, state: Histograms, path: NDArray[Any]) -> Histograms:
        """Follow paths of given number from last states back through the layers."""
        counts = np.zeros((len(state), len(self.base)), np.int64)
        for layer in reversed(self.layers):
            edge = state
            if layer.ends is not None and layer.opens is not None:
                opens = layer.opens[state]
                path = path + np.where(opens > 0, layer.ends[opens - 1], 0)
                edge = np.searchsorted(layer.ends, path, side="right")
                path = path - np.where(edge > 0, layer.ends[edge - 1], 0)
            counts[:, layer.place] = layer.count[edge]
            state = layer.parent[edge]
        return counts

    def inner(
        self, runs: Runs, run: Histograms, step: Histograms
    ) -> Iterator[tuple[int, Histograms]]:
        """Give the places inside, each with its counts at a step of each run."""
        if self.last is not None:
            yield self.last, runs.outer[run]
        middle = runs.counts(run, runs.first[run] + step)
        for place, counts in enumerate(middle, self.middle - 1):
            if 0 <= place < len(self.base):
                yield place, counts

    def filled(
        self, runs: Runs, run: Histograms, step: Histograms, counts: Histograms
    ) -> Histograms:
        """Fill the counts inside into `counts`: a step in a run for each row."""
        for place, values in self.inner(runs, run, step):
            counts[:, place] = values
        return counts

    def _on_scale(self, counts: Histograms) -> Histograms:
        """Add the answers set aside, and the points beyond the ends."""
        bottom, top = self.summary.scale
        whole, below = top - bottom + 1, self.low - bottom
        beyond = (below, whole - below - len(self.base))
        return np.pad(counts + self.base, ((0, 0), beyond))


def _lexical(listed: Histograms, n: int) -> Histograms:
    """Order rows from the left; as one number each where that fits."""
    points = listed.shape[1]
    if (n + 1) ** points < 2**62:
        return np.argsort(listed @ (n + 1) ** np.arange(points)[::-1], kind="stable")
    return np.lexsort(listed.T[::-1])


def space(
    summary: Summary,
    pairs: Sequence[tuple[int, int]] | None = None,
    within: tuple[int, int] | None = None,
) -> Space:
    """Find the space of histograms that fit a printed row.

    Parameters
    ----------
    pairs : sequence of (int, int), optional
        Take these sums and sums of squares, not those that round to the row.
    within : (int, int), optional
        No answer lies below the first or above the second point.

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
    require_sense(summary)
    bottom, top = summary.scale
    if top - bottom >= MOST_POINTS:
        raise AdmissibleError("scale_long", points=top - bottom + 1, most=MOST_POINTS)
    wanted = sums(summary) if pairs is None else pairs
    points = _points(summary, within)
    if not len(points) or not summary.attained <= set(points.tolist()):
        points, wanted = np.array([summary.scale[0]]), []
    base = np.isin(points, list(summary.attained)).astype(np.int64)
    n = summary.n - int(base.sum())
    # Printed ends occur at least once: those answers are set aside.
    goals = [(s - int(base @ points), q - int(base @ points**2)) for s, q in wanted]
    at = _middle(len(points), goals[0][0] / n - points[0] if goals and n > 0 else 0)
    offsets, centre = points - points[at], int(points[at])
    goals = [(s - n * centre, q - 2 * centre * s + n * centre**2) for s, q in goals]
    outside = [i for i in range(len(points)) if not at - 1 <= i <= at + 2]
    places = sorted(outside, key=lambda i: -abs(offsets[i]))
    last = places.pop() if places else None
    layers = layers_of(offsets, places, n, goals)
    used = layers[-1].used if layers else np.zeros((int(n >= 0), 3), np.int64)
    if len(used) * len(goals) > MOST_ROWS:
        raise AdmissibleError("too_many_ways", most=MOST_ROWS)
    state = np.tile(np.arange(len(used)), len(goals))
    left = np.concatenate(
        [np.zeros((0, 3), np.int64), *(np.array([n, s, q]) - used for s, q in goals)]
    )
    low = int(points[0])
    found = Space(summary, low, base, at, last, tuple(layers), state, left, state)
    return _completed(found)


def _points(summary: Summary, within: tuple[int, int] | None) -> Histograms:
    """Give the points that may be answered."""
    low, high = summary.ends
    if within is not None:
        low, high = max(low, within[0]), min(high, within[1])
    return np.arange(low, high + 1)


def _completed(found: Space) -> Space:
    """Count the ways to complete each row; leave out rows that have none."""
    length = np.zeros(len(found.left), np.int64)
    for part in chunks(found.left, found.step):
        runs = found.runs(part)
        ways = np.bincount(runs.row, runs.length, len(length[part]))
        length[part] = ways.astype(np.int64)
    can = length > 0
    return replace(
        found, state=found.state[can], left=found.left[can], length=length[can]
    )


def _middle(points: int, place: float) -> int:
    """Choose the central point near the mean; it needs room for its neighbours."""
    lowest = 1 if points > 2 else 0
    highest = max(points - 3, lowest)
    return int(min(max(round(place), lowest), highest))
