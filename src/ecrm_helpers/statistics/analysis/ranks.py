"""Ranks: associations in many tables of counts at once, and groups compared."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from ecrm_helpers.statistics.analysis.effects import Estimate, chi_square_noncentrality
from ecrm_helpers.statistics.analysis.groups import by_group
from ecrm_helpers.statistics.analysis.line import OneLine

Tables = NDArray[np.int64]


@dataclass(frozen=True)
class KruskalWallis(OneLine):
    """The rank test of any number of groups, with its measure of effect."""

    h: float
    df: int
    p: float
    epsilon_squared: Estimate

    _line = "H({df:0}) = {h:2}, p {p:p}, ε² = {epsilon_squared:.3}"


def spearman(tables: Tables) -> NDArray[np.float64]:
    r"""Correlate the mid-ranks of two scales.

    Parameters
    ----------
    tables : array of int, shape (..., rows, columns)
        Counts of the pairs of answers, both scales from low to high.

    Returns
    -------
    array of float, shape (...)
        From -1 to 1; NaN where a scale does not vary.

    References
    ----------
    .. [1] Spearman (1904). Am. J. Psychol. 15, 72-101. doi:10.2307/1412159

    Examples
    --------
    >>> float(spearman(np.array([[2, 0], [0, 2]])))
    1.0
    """
    n = tables.sum(axis=(-2, -1))[..., None]
    sizes = [tables.sum(axis=axis) for axis in (-1, -2)]
    # Twice the mid-rank, less its mean: whole numbers.
    first, second = (2 * np.cumsum(size, axis=-1) - size - n for size in sizes)
    cross = np.einsum("...ij,...i,...j->...", tables, first, second)
    spread = [
        (size * rank**2).sum(axis=-1, dtype=float)
        for size, rank in zip(sizes, (first, second), strict=True)
    ]
    return _ratio(cross, spread[0] * spread[1])


def kendall(tables: Tables) -> NDArray[np.float64]:
    r"""Give Kendall's tau-b: concordant less discordant pairs, ties allowed for.

    Parameters
    ----------
    tables : array of int, shape (..., rows, columns)
        Counts of the pairs of answers, both scales from low to high.

    Returns
    -------
    array of float, shape (...)
        From -1 to 1; NaN where a scale does not vary.

    Notes
    -----
    .. math:: \tau_b = \frac{P - Q}{\sqrt{(T - T_x)(T - T_y)}}

    References
    ----------
    .. [1] Kendall (1945). Biometrika 33, 239-251. doi:10.1093/biomet/33.3.239

    Examples
    --------
    >>> float(kendall(np.array([[0, 2], [2, 0]])))
    -1.0
    """
    above = np.cumsum(tables, axis=-2) - tables  # same column, lower rows
    concordant = np.cumsum(above, axis=-1) - above
    discordant = above.sum(axis=-1, keepdims=True) - np.cumsum(above, axis=-1)
    score = (tables * (concordant - discordant)).sum(axis=(-2, -1))
    n = tables.sum(axis=(-2, -1))
    untied = [
        (n**2 - (tables.sum(axis=axis) ** 2).sum(axis=-1)) // 2 for axis in (-1, -2)
    ]
    return _ratio(score, untied[0].astype(float) * untied[1])


def _ratio(cross: Tables, square: NDArray[np.float64]) -> NDArray[np.float64]:
    """Divide by a root; NaN where it is 0."""
    root = np.sqrt(np.where(square > 0, square, np.nan))
    return np.asarray(cross / root)


def kruskal(
    data: pd.DataFrame, scale: str, by: str, *, confidence: float = 0.95
) -> KruskalWallis:
    r"""Compare groups by ranks (Kruskal and Wallis), ties allowed for.

    Parameters
    ----------
    data : DataFrame
        A row for each respondent; one without scale point or group is left out.
    scale, by : str
        Its columns of scale points and of groups.
    confidence : float, in (0, 1)
        Coverage of the interval of `epsilon_squared`.

    Returns
    -------
    KruskalWallis
        `epsilon_squared` is the share of the ranks' variance that groups
        explain, from 0 to 1. `p` is that of the chi-square limit.

    Raises
    ------
    AnalysisError
        Fewer than two groups of two, or no variance within any group.

    Notes
    -----
    .. math:: \varepsilon^2 = H \frac{n + 1}{n^2 - 1} = \frac{H}{n - 1}

    The interval inverts the chi-square limit of H at both tails, as that of
    Cramér's V does: its noncentrality over n - 1, cut off at 1. Bootstrap
    intervals, which some programs print, have other ends.

    References
    ----------
    .. [1] Kruskal & Wallis (1952). JASA 47, 583-621.
       doi:10.1080/01621459.1952.10483441
    .. [2] Tomczak & Tomczak (2014). Trends in Sport Sciences 21, 19-25.

    Examples
    --------
    >>> data = pd.DataFrame({"score": [1, 2, 3, 4, 5, 6], "group": list("aaabbb")})
    >>> result = kruskal(data, "score", by="group")
    >>> round(result.h, 3), result.df, round(result.epsilon_squared.value, 3)
    (3.857, 1, 0.771)
    """
    split = list(by_group(data, scale, by).values())
    h, p = map(float, stats.kruskal(*split))
    most = sum(map(len, split)) - 1
    df = len(split) - 1
    ends = chi_square_noncentrality(h, df, confidence)
    value, low, high = (min(part / most, 1.0) for part in (h, *ends))
    share = Estimate(value, low, high, confidence)
    return KruskalWallis(h=h, df=df, p=p, epsilon_squared=share)
