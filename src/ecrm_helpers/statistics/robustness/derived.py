"""What takes too long for every run: computed once from a seed, and kept.

The ranges of rank associations under a printed r come from long random walks.
They are kept beside the printed values they follow from, which the file
repeats, so that it is refused once those have changed.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

from ecrm_helpers.files import in_project
from ecrm_helpers.printed import Told, Wrong, keyed, number, told
from ecrm_helpers.statistics.admissible import (
    Joint,
    JointMeasure,
    highest,
    sample_joint,
)
from ecrm_helpers.statistics.analysis import kendall, spearman
from ecrm_helpers.study import Study
from ecrm_helpers.study.published import Value

#: What is drawn uniformly.
MEASURE = keyed("measure_", "measure_tables measure_ordered")

#: Where the ranges are kept, below the compendium's folder.
RANKS = "data/published/derived/ranks.json"

SEED = 20220803
MEASURES: tuple[JointMeasure, ...] = ("tables", "ordered")
STATISTICS = {"spearman": spearman, "kendall": kendall}
_CHAINS, _DRAWS = 40, 100
#: Tables lie farther apart than ordered data sets, and take longer to mix.
_THIN = {"tables": 120, "ordered": 40}


class Range(BaseModel):
    """A statistic over draws: range, central 95 %, and how well these are known.

    `rhat` compares the halves of all walks with one another (1: alike), `ess`
    is the number of independent draws they are worth: rank-normalised split
    R-hat and bulk effective sample size of Vehtari et al. (2021), Bayesian
    Analysis 16, 667-718, doi:10.1214/20-BA1221, by ArviZ.
    """

    model_config = ConfigDict(frozen=True)

    low: float
    central: tuple[float, float]
    high: float
    rhat: float
    ess: int


class Ranks(BaseModel):
    """Rank associations under a printed r: ranges, and two extreme tables."""

    model_config = ConfigDict(frozen=True)

    nature: Literal["constructed from printed values; no data of the study"]
    r: str
    n: int
    points: tuple[int, int]
    seed: int
    draws: int
    ranges: dict[JointMeasure, dict[str, Range]]
    lowest: tuple[tuple[int, ...], ...]
    highest: tuple[tuple[int, ...], ...]


def printed_r(values: Mapping[str, Value], study: Study) -> Joint:
    """Give the printed correlation of hypothesis 2 and the scales of its variables."""
    scales = [study.questions[name].scale for name in study.hypotheses["h2"].variables]
    first, second = (high - low + 1 for low, high in filter(None, scales))
    return Joint(int(values["h2_n"].printed), values["h2_r"].printed, (first, second))


def ranges(printed: Joint, measure: JointMeasure) -> dict[str, Range]:
    """Give the range of each rank association over draws of one measure."""
    rng = np.random.default_rng([SEED, MEASURES.index(measure)])
    thin = _THIN[measure]
    tables = sample_joint(
        printed, measure, chains=_CHAINS, draws=_DRAWS, rng=rng, thin=thin
    )
    return {name: _range(of(tables)) for name, of in STATISTICS.items()}


def _range(values: NDArray[np.float64]) -> Range:
    from arviz_stats.base.array import array_stats  # slow to load, and rarely needed

    # Draws themselves, not points between them.
    shares = [0, 0.025, 0.975, 1]
    low, first, last, high = np.quantile(values, shares, method="inverted_cdf")
    axes = {"chain_axis": 0, "draw_axis": 1}
    rhat = number(float(array_stats.rhat(values, **axes)), 3, "en")
    ess = number(float(array_stats.ess(values, **axes)), 0, "en")
    return Range(
        low=low, central=(first, last), high=high, rhat=float(rhat), ess=int(ess)
    )


def extreme(printed: Joint, sign: Literal[-1, 1]) -> tuple[tuple[int, ...], ...]:
    """Search for the table of lowest (-1) or highest (1) Spearman correlation."""
    found = highest(
        printed,
        lambda tables: sign * spearman(tables),
        chains=100,
        steps=8000,
        rng=np.random.default_rng([SEED, 3 + sign]),
    )
    return tuple(map(tuple, found.tolist()))


def compute(printed: Joint, tell: Callable[[Told], None]) -> str:
    """Compute what is kept, as JSON text; some thirty seconds.

    Parameters
    ----------
    printed : Joint
        The printed correlation.
    tell : callable
        Called with each part before it is computed.

    Returns
    -------
    str
        The same on every machine: draws follow from the seed, associations
        from whole numbers by one quotient and one root.
    """
    drawn = {}
    for measure in MEASURES:
        tell(told("drawing_over", measure=told(MEASURE[measure])))
        drawn[measure] = ranges(printed, measure)
    tell(told("searching_extremes"))
    kept = Ranks(
        nature="constructed from printed values; no data of the study",
        r=printed.r,
        n=printed.n,
        points=printed.points,
        seed=SEED,
        draws=_CHAINS * _DRAWS,
        ranges=drawn,
        lowest=extreme(printed, -1),
        highest=extreme(printed, 1),
    )
    return kept.model_dump_json(indent=1) + "\n"


def kept_ranks(values: Mapping[str, Value], study: Study) -> Ranks:
    """Read what was kept for the printed correlation of hypothesis 2."""
    return read_ranks(RANKS, printed_r(values, study))


def read_ranks(path: Path | str, printed: Joint) -> Ranks:
    """Read what was kept, if it still follows from the printed values.

    A relative path starts at the project's folder.

    Raises
    ------
    Wrong
        The file is missing or not such a file, or was made from other values.
    """
    path = in_project(path)
    try:
        kept = Ranks.model_validate_json(path.read_bytes())
    except (OSError, ValueError) as error:
        raise Wrong("derived_unreadable", path=path, why=error) from None
    if (kept.r, kept.n, kept.points) != (printed.r, printed.n, printed.points):
        now = {"new_r": printed.r, "new_n": printed.n, "new_points": printed.points}
        then = {"r": kept.r, "n": kept.n, "points": kept.points}
        raise Wrong("derived_other", path=path, **then, **now)
    return kept
