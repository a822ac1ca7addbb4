"""Draws that make every ordered data set alike, without listing any.

A histogram stands for as many ordered data sets as its multinomial
coefficient n!/(c_1! ... c_K!) says. The weights 1/c! are added up along the
same paths and runs by which histograms are counted, as logarithms.
"""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from ecrm_helpers.statistics.admissible.layers import (
    Histograms,
    Layer,
    Runs,
    chunks,
    ragged,
)

if TYPE_CHECKING:
    from ecrm_helpers.statistics.admissible.space import Space

Floats = NDArray[np.float64]


def draw(space: "Space", k: int, rng: np.random.Generator) -> Histograms:
    """Draw histograms, each as often as it has ordered data sets.

    Parameters
    ----------
    space : Space
        Not empty.

    Returns
    -------
    array of int, shape (k, points between the ends)
        Counts beyond those set aside.
    """
    edges = _edges(space)
    states = edges[-1][1] if edges else np.zeros(1)
    parts = _parts(space, space.left)
    inside = np.concatenate([_inside(space, part)[2] for part in parts])
    rows = states[space.state] + inside
    share = np.exp(rows - rows.max())
    row = rng.choice(len(rows), k, p=share / share.sum())
    counts = np.zeros((k, len(space.base)), np.int64)
    state = space.state[row]
    layers = zip(reversed(space.layers), reversed(edges), strict=True)
    for layer, (weight, _) in layers:
        edge = _edge(layer, weight, state, rng)
        counts[:, layer.place] = layer.count[edge]
        state = layer.parent[edge]
    for part in _parts(space, space.left[row]):
        runs, weight, _ = _inside(space, row[part])
        run, step = ragged(runs.length)
        chosen = _choose(weight, runs.row[run], rng)
        counts[part] = space.filled(runs, run[chosen], step[chosen], counts[part])
    return counts


def _edges(space: "Space") -> list[tuple[Floats, Floats]]:
    """Add up the weights of all paths to each edge and state of each layer."""
    found: list[tuple[Floats, Floats]] = []
    states = np.zeros(1)
    for layer in space.layers:
        aside = space.base[layer.place]
        edges = states[layer.parent] - gammaln(layer.count + aside + 1)
        states = edges
        if layer.opens is not None:
            states = np.logaddexp.reduceat(edges, layer.opens)
        found.append((edges, states))
    return found


def _inside(space: "Space", rows: Histograms | slice) -> tuple[Runs, Floats, Floats]:
    """Weigh each histogram of some rows by its inner counts, and each row."""
    runs = space.runs(rows)
    run, step = ragged(runs.length)
    table = gammaln(np.arange(space.summary.n + 1) + 1)
    weight = np.zeros(len(run))
    for place, counts in space.inner(runs, run, step):
        weight -= table[counts + space.base[place]]
    opens = np.flatnonzero(np.diff(runs.row[run], prepend=-1))
    return runs, weight, np.logaddexp.reduceat(weight, opens)


def _parts(space: "Space", left: Histograms) -> list[slice]:
    """Cut rows so that the histograms of a part fit in memory."""
    return list(chunks(left, space.step, 50_000))


def _edge(
    layer: Layer, weight: Floats, state: Histograms, rng: np.random.Generator
) -> Histograms:
    """Choose an edge into each state by weight."""
    if layer.opens is None:
        return state
    closes = np.append(layer.opens[1:], len(weight))
    draw, step = ragged((closes - layer.opens)[state])
    edge = layer.opens[state][draw] + step
    return edge[_choose(weight[edge], draw, rng)]


def _choose(weight: Floats, owner: Histograms, rng: np.random.Generator) -> Histograms:
    """Choose one entry for each owner by weight: the largest plus Gumbel noise.

    Owners stand in order. Maddison, Tarlow & Minka (2014), arXiv:1411.0030.
    """
    noisy = weight + rng.gumbel(size=len(weight))
    opens = np.flatnonzero(np.diff(owner, prepend=-1))
    best = np.repeat(np.maximum.reduceat(noisy, opens), np.bincount(owner))
    return np.flatnonzero(noisy == best)
