"""Many tables of two scales at once, moved at random near a printed r.

Whether r lies in its band is decided in whole numbers; distances and chances
are sums, quotients, roots and powers of two, so that a seed gives the same
walk on every machine.
"""

from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ecrm_helpers.printed import Interval, interval
from ecrm_helpers.statistics.admissible.layers import Histograms
from ecrm_helpers.statistics.admissible.summary import AdmissibleError

#: For each table the cell to move people from, and the cell to move them to.
Moves = tuple[Histograms, Histograms]


@dataclass(frozen=True)
class Joint:
    """What is printed of two scales: n, r and how many points each has.

    `r` is text, as printed, with halves rounded away from zero.
    """

    n: int
    r: str
    points: tuple[int, int]

    def __post_init__(self) -> None:  # noqa: D105
        if self.n < 2 or min(self.points) < 2:
            x, y = self.points
            raise AdmissibleError("joint_unfit", n=self.n, x=x, y=y)


class Target(NamedTuple):
    """The band, ready for use: its ends, those of r|r|, and the unit of distance.

    `moments` holds x, y, x², y² and xy of each cell, both scales from 0.
    """

    n: int
    moments: Histograms
    band: Interval
    squares: tuple[Fraction, Fraction]
    low: float
    high: float
    unit: float


class State(NamedTuple):
    """Tables, with Σx, Σy, Σx², Σy², Σxy of each, and its units to the band."""

    tables: Histograms
    sums: Histograms
    away: Histograms

    def or_else(self, other: "State", taken: NDArray[np.bool_]) -> "State":
        """Take these tables where told to, else the other ones."""
        wide = taken[:, None]
        return State(
            np.where(wide, self.tables, other.tables),
            np.where(wide, self.sums, other.sums),
            np.where(taken, self.away, other.away),
        )


@cache
def target(printed: Joint) -> Target:
    """Prepare the band.

    The unit of distance, (1 - r²) / 1.5n, holds a walk near the band: tables
    of smaller r outnumber it by about exp(n r / (1 - r²)) for each 1 of r.
    """
    x, y = (axis.ravel() for axis in np.indices(printed.points))
    band = interval(printed.r, "half_up")
    near = min(abs(band.low), abs(band.high), Fraction(99, 100))
    return Target(
        n=printed.n,
        moments=np.stack([x, y, x * x, y * y, x * y], axis=1),
        band=band,
        squares=(band.low * abs(band.low), band.high * abs(band.high)),
        low=float(band.low),
        high=float(band.high),
        unit=float((1 - near**2) / (Fraction(3, 2) * printed.n)),
    )


def start(printed: Joint, chains: int, rng: np.random.Generator) -> State:
    """Put everybody in a cell at random."""
    x, y = (rng.integers(0, points, (chains, printed.n)) for points in printed.points)
    cells = np.arange(printed.points[0] * printed.points[1])
    tables = ((x * printed.points[1] + y)[:, :, None] == cells).sum(axis=1)
    sums = tables @ target(printed).moments
    return State(tables, sums, _away(target(printed), sums))


def draw_moves(printed: Joint, chains: int, rng: np.random.Generator) -> Moves:
    """Draw cells without regard to the tables."""
    across = printed.points[1]
    i, k = rng.integers(0, printed.points[0], (2, chains))
    j, m = rng.integers(0, across, (2, chains))
    return i * across + j, k * across + m


def movable(state: State, moves: Moves) -> Histograms:
    """Count the people that each table can move."""
    return state.tables[np.arange(len(state.tables)), moves[0]]


def moved(printed: Joint, state: State, moves: Moves, people: Histograms) -> State:
    """Move people of each table."""
    tables, row, (begin, end) = state.tables.copy(), np.arange(len(people)), moves
    moments = target(printed).moments
    tables[row, begin] -= people
    tables[row, end] += people
    sums = state.sums + people[:, None] * (moments[end] - moments[begin])
    return State(tables, sums, _away(target(printed), sums))


def more_ways(state: State, moves: Moves, people: Histograms) -> NDArray[np.float64]:
    """Give the ratio of multinomial coefficients after and before a move."""
    row, ratio = np.arange(len(people)), np.ones(len(people))
    here, there = (state.tables[row, cell] for cell in moves)
    for done in range(int(people.max())):
        factor = (here - done) / (there + 1 + done)
        ratio *= np.where(done < people, factor, 1)
    return ratio


def power(exponent: Histograms) -> NDArray[np.float64]:
    """Give a power of two, within what a float holds."""
    return np.ldexp(1.0, np.clip(exponent, -500, 500))


def _away(band: Target, sums: Histograms) -> Histograms:
    """Count the units from each r to the band: 0 inside, exactly."""
    x, y, xx, yy, xy = sums.T
    cross = band.n * xy - x * y
    product = (band.n * xx - x * x) * (band.n * yy - y * y)
    r = cross / np.sqrt(np.maximum(product, 1))
    gap = np.maximum(band.low - r, r - band.high) / band.unit
    outside = np.maximum(np.ceil(gap), 1).astype(np.int64)
    return np.where(_inside(band, cross, product), 0, outside)


def _inside(band: Target, cross: Histograms, product: Histograms) -> NDArray[Any]:
    """Compare r|r| with the ends of the band in whole numbers of any size."""
    largest = max(end.denominator for end in band.squares) * int(product.max())
    kind = np.int64 if largest < 2**62 else object
    cross, product = cross.astype(kind), product.astype(kind)
    square = cross * abs(cross)
    low, high = (
        square * end.denominator - product * end.numerator for end in band.squares
    )
    above = low >= 0 if band.band.low_in else low > 0
    below = high <= 0 if band.band.high_in else high < 0
    return above & below & (product > 0)
