"""Tables of two scales with a printed correlation: drawn from, and searched.

A printed r leaves far more tables than can be listed, so they are visited by
random walks: move some people from a cell to another, and accept by the weight
of the table and by the distance of its r from the printed band, each unit of
distance halving the chance. Tables outside the band are stepping stones only.
"""

from collections.abc import Callable
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ecrm_helpers.statistics.admissible import walk
from ecrm_helpers.statistics.admissible.layers import Histograms
from ecrm_helpers.statistics.admissible.summary import AdmissibleError
from ecrm_helpers.statistics.admissible.walk import Joint, State

#: Uniform over tables of counts, or over ordered data sets (each table weighted
#: by the number of ways to hand its cells out to n respondents).
JointMeasure = Literal["tables", "ordered"]

#: Walks that have not all met the band after so many steps are given up.
PATIENCE = 20_000


def sample_joint(
    printed: Joint,
    measure: JointMeasure,
    *,
    chains: int,
    draws: int,
    rng: np.random.Generator,
    thin: int = 50,
) -> Histograms:
    """Draw tables whose r lies in the printed band, by independent walks.

    Parameters
    ----------
    measure : {"tables", "ordered"}
        Every table alike, or every ordered data set alike.
    chains, draws : int
        Number of walks, each from a table at random, and of draws kept of
        each. A quarter as many are walked first, and not kept.
    thin : int
        A walk's steps inside the band from one draw to the next.

    Returns
    -------
    array of int, shape (chains, draws, rows, columns)

    Raises
    ------
    AdmissibleError
        A walk has found no table inside the band.

    Notes
    -----
    One to three people are moved, between cells drawn without regard to the
    table, so a move is proposed as often as its way back and no Hastings
    correction is due [1]_. Over tables the ratio of weights is 1; over ordered
    data sets it is that of the multinomial coefficients.

    References
    ----------
    .. [1] Hastings (1970). Biometrika 57, 97-109. doi:10.1093/biomet/57.1.97

    Examples
    --------
    >>> printed, rng = Joint(8, ".5", (3, 3)), np.random.default_rng(1)
    >>> sample_joint(printed, "tables", chains=4, draws=2, rng=rng).shape
    (4, 2, 3, 3)
    """
    state, skipped = walk.start(printed, chains, rng), -(-draws // 4)
    kept = np.zeros((chains, skipped + draws, state.tables.shape[1]), np.int64)
    visits, steps, last = np.zeros(chains, np.int64), 0, thin * kept.shape[1]
    while visits.min() < last:
        if steps == PATIENCE and not visits.all():
            raise AdmissibleError("joint_none", n=printed.n, r=printed.r, steps=steps)
        state, steps = _stepped(printed, state, measure, rng), steps + 1
        visits += state.away == 0
        due = (state.away == 0) & (visits % thin == 0) & (visits <= last)
        kept[due, visits[due] // thin - 1] = state.tables[due]
    return kept[:, skipped:].reshape(chains, draws, *printed.points)


def _stepped(
    printed: Joint, state: State, measure: JointMeasure, rng: np.random.Generator
) -> State:
    """Make one step of each walk."""
    chains = len(state.tables)
    moves = walk.draw_moves(printed, chains, rng)
    people = rng.integers(1, 4, chains)
    new = walk.moved(printed, state, moves, people)
    chance = walk.power(state.away - new.away)
    if measure == "ordered":
        chance *= walk.more_ways(state, moves, people)
    possible = walk.movable(state, moves) >= people
    return new.or_else(state, possible & (rng.random(chains) < chance))


def highest(
    printed: Joint,
    score: Callable[[Histograms], NDArray[np.float64]],
    *,
    chains: int,
    steps: int,
    rng: np.random.Generator,
) -> Histograms:
    """Search the band for a table with a high score, by simulated annealing.

    Parameters
    ----------
    score : callable
        Gives the score, from -1 to 1, of tables of shape (chains, rows,
        columns); NaN counts as 0.
    chains, steps : int
        Number of walks, and their length. At each twentieth part of the way
        the worse half goes on from where the better half is.

    Returns
    -------
    array of int, shape (rows, columns)
        The best table met. Nothing proves that there is no better one.

    Raises
    ------
    AdmissibleError
        The walks have found no table inside the band.

    References
    ----------
    .. [1] Kirkpatrick, Gelatt & Vecchi (1983). Science 220, 671-680.
       doi:10.1126/science.220.4598.671
    """
    state, best, top = walk.start(printed, chains, rng), None, -np.inf
    for step in range(1, steps + 1):
        moves = walk.draw_moves(printed, chains, rng)
        # All who can be moved, or one to three of them.
        wished = np.where(
            rng.random(chains) < 0.5, printed.n, rng.integers(1, 4, chains)
        )
        people = np.minimum(wished, walk.movable(state, moves))
        new = walk.moved(printed, state, moves, people)
        old_worth, worth = (_worth(printed, s, score) for s in (state, new))
        # At the end, a hundredth of worth counts for three bits.
        gain = np.floor(300 * step / steps * (worth - old_worth)).astype(np.int64)
        taken = rng.random(chains) < walk.power(gain)
        state, worth = new.or_else(state, taken), np.where(taken, worth, old_worth)
        inside = np.where(state.away == 0, worth, -np.inf)
        if inside.max() > top:
            top, best = inside.max(), state.tables[inside.argmax()]
        if step % max(steps // 20, 1) == 0:
            order = np.argsort(-worth, kind="stable")
            order[chains // 2 :] = order[: chains - chains // 2]
            state = State(*(part[order] for part in state))
    if best is None:
        raise AdmissibleError("joint_none", n=printed.n, r=printed.r, steps=steps)
    return best.reshape(printed.points)


def _worth(
    printed: Joint, state: State, score: Callable[[Histograms], NDArray[np.float64]]
) -> NDArray[np.float64]:
    """Give each table's score, less a hundredth for each unit to the band."""
    scores = score(state.tables.reshape(-1, *printed.points))
    return np.nan_to_num(scores) - 0.01 * state.away
