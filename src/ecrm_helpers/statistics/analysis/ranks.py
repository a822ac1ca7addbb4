"""Ranks: associations in many tables of counts at once, and groups compared."""

from dataclasses import dataclass
from functools import lru_cache
from math import comb, nan

import numpy as np
import pandas as pd
import scipy
from numpy.typing import NDArray

from ecrm_helpers.statistics.analysis.effects import Estimate, chi_square_noncentrality
from ecrm_helpers.statistics.analysis.groups import by_group, two_groups
from ecrm_helpers.statistics.analysis.record import OneLine

Tables = NDArray[np.int64]
Histograms = NDArray[np.int64]

_MOST_STEPS = 40_000_000  #: of `exact_rank_p`, in about a second


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
    pairs = zip(sizes, (first, second), strict=True)
    spread = [(size * rank**2).sum(axis=-1, dtype=float) for size, rank in pairs]
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
    h, p = map(float, scipy.stats.kruskal(*split))
    most = sum(map(len, split)) - 1
    df = len(split) - 1
    ends = chi_square_noncentrality(h, df, confidence)
    value, low, high = (min(part / most, 1.0) for part in (h, *ends))
    share = Estimate(value, low, high, confidence)
    return KruskalWallis(h=h, df=df, p=p, epsilon_squared=share)


@dataclass(frozen=True)
class MannWhitney(OneLine):
    """The rank-sum test of two groups, exactly and by its normal limit."""

    u: float
    p_exact: float
    p_asymptotic: float
    rank_biserial: Estimate

    _line = (
        "U = {u:1}, p exact {p_exact:p}, p asympt. {p_asymptotic:p}, "
        "r = {rank_biserial:.3}"
    )


def exact_rank_p(first: Histograms, second: Histograms) -> float:
    """Give the exact two-sided p of the rank-sum test, ties and all.

    Parameters
    ----------
    first, second : array of int, shape (points,)
        Counts of the answers of each group at each point, in order.

    Returns
    -------
    float
        The share of all ways to part the same answers into groups of these sizes
        whose rank sum lies at least as far from its expectation; to 12 digits where
        64 bits do not hold how many there are.

    Examples
    --------
    >>> exact_rank_p(np.array([2, 1, 0]), np.array([0, 1, 2]))
    0.2
    """
    tied, n1 = first + second, int(first.sum())
    twice = 2 * np.cumsum(tied) - tied + 1  # twice the mid-rank of each point
    ways, expected = _ways(tuple(tied.tolist()), n1), n1 * (int(tied.sum()) + 1)
    far = np.abs(np.arange(len(ways)) - expected) >= abs(int(first @ twice) - expected)
    return float(ways[far].sum() / comb(int(tied.sum()), n1))


@lru_cache
def _ways(tied: tuple[int, ...], n1: int) -> Histograms:
    """Count draws by twice their rank sum; many data sets have the same ties."""
    kind = np.int64 if comb(sum(tied), n1) < 2**62 else np.float64
    # ways[k, w]: how often k answers drawn so far have twice the rank sum w.
    ways: Histograms = np.eye(n1 + 1, 1, dtype=kind)
    *ranks, last = (2 * np.cumsum(tied) - tied + 1).tolist()
    before = 0
    for size, rank in zip(tied, ranks, strict=False):
        reached = np.zeros((n1 + 1, n1 * rank + 1), kind)
        for k in range(min(size, n1) + 1):
            end = (n1 - k) * before + 1  # no sum of n1 - k ranks lies beyond
            more = comb(size, k) * ways[: n1 + 1 - k, :end]
            reached[k:, k * rank : k * rank + end] += more
        ways, before = reached, rank
    drawn: Histograms = np.zeros(n1 * last + 1, kind)
    for k in range(min(tied[-1], n1) + 1):
        end = (n1 - k) * before + 1
        drawn[k * last : k * last + end] += comb(tied[-1], k) * ways[n1 - k, :end]
    return drawn


def mann_whitney(
    data: pd.DataFrame, scale: str, by: str, *, confidence: float = 0.95
) -> MannWhitney:
    r"""Compare two groups by ranks.

    Parameters
    ----------
    data : DataFrame
        A row for each respondent; one without scale point or group is left out.
    scale, by : str
        Its columns of scale points and of two groups.
    confidence : float, in (0, 1)
        Coverage of the interval of `rank_biserial`.

    Returns
    -------
    MannWhitney
        `u` counts, over all pairs, how often the first group (in order of the
        categories, or alphabetical) lies higher, ties as one half. `p_exact`
        is the share of all assignments of the same answers to the two groups
        whose rank sum lies at least as far from its expectation; NaN where
        counting them would take much over a second (beyond two groups of 56).
        `p_asymptotic` is the normal limit with ties and continuity correction.
        `rank_biserial` runs from -1 to 1; its interval is Brunner and Munzel's
        [2]_, cut off at -1 and 1, and NaN where no answer of one group lies
        among those of the other.

    Raises
    ------
    AnalysisError
        Not exactly two groups of two, or no variance within any group.

    References
    ----------
    .. [1] Mann & Whitney (1947). Ann. Math. Statist. 18, 50-60.
       doi:10.1214/aoms/1177730491
    .. [2] Brunner & Munzel (2000). Biometrical Journal 42, 17-25.
       doi:10.1002/(SICI)1521-4036(200001)42:1<17::AID-BIMJ17>3.0.CO;2-U

    Examples
    --------
    >>> data = pd.DataFrame({"score": [1, 1, 2, 2, 3, 3], "group": list("aaabbb")})
    >>> mann_whitney(data, "score", by="group").p_exact
    0.2
    """
    first, second = split = two_groups(data, scale, by, "Mann-Whitney")
    u, p = map(float, scipy.stats.mannwhitneyu(first, second, method="asymptotic"))
    points = np.unique(np.concatenate(split))
    less, more = sorted(split, key=len)
    counts = [(part[:, None] == points).sum(axis=0) for part in (less, more)]
    drawn = int(np.minimum(sum(counts), len(less)).sum())
    steps = len(less) ** 2 * (len(less) + len(more)) * drawn
    return MannWhitney(
        u=u,
        p_exact=exact_rank_p(*counts) if steps <= _MOST_STEPS else nan,
        p_asymptotic=p,
        rank_biserial=_rank_biserial(u, first, second, confidence),
    )


def _rank_biserial(
    u: float, first: NDArray[np.float64], second: NDArray[np.float64], confidence: float
) -> Estimate:
    from statsmodels.stats.nonparametric import rank_compare_2indep

    value = 2 * u / (len(first) * len(second)) - 1
    if abs(value) == 1:
        return Estimate(value, nan, nan, confidence)
    ends = rank_compare_2indep(first, second).conf_int(alpha=1 - confidence)
    low, high = (float(np.clip(2 * end - 1, -1, 1)) for end in ends)
    return Estimate(value, low, high, confidence)
