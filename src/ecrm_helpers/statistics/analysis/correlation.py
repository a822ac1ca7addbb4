"""Two scales: Pearson's r, from answers or from a printed r alone, and their ranks."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import permutations
from math import atanh, nan, sqrt, tanh
from typing import Any, Literal

import numpy as np
import pandas as pd
import scipy
from numpy.typing import NDArray
from scipy import special

from ecrm_helpers.statistics.analysis.effects import Estimate
from ecrm_helpers.statistics.analysis.record import AnalysisError, OneLine, attempt

ByRanks = Literal["spearman", "kendall"]


@dataclass(frozen=True)
class Correlation(OneLine):
    """Pearson's r with its test and its interval."""

    r: float
    n: int
    t: float
    df: int
    p: float
    low: float
    high: float
    confidence: float = 0.95
    of: tuple[str, str] = ("", "")

    _line = (
        "r({df:0}) = {r:.3} [{low:.3}{mark}{high:.3}], t = {t:2}, p {p:p}, n = {n:0}"
    )

    @property
    def r_squared(self) -> float:
        """Share of variance the two variables have in common."""
        return self.r**2


def correlation_from_r(r: float, n: int, *, confidence: float = 0.95) -> Correlation:
    r"""Test a correlation of which only r and n are known.

    Parameters
    ----------
    r : float, in (-1, 1)
        Pearson's correlation.
    n : int
        Number of pairs, at least 4.
    confidence : float, in (0, 1)
        Coverage of Fisher's interval.

    Returns
    -------
    Correlation

    Raises
    ------
    AnalysisError
        `r` is -1 or 1 or beyond, or `n` is under 4.

    Notes
    -----
    .. math:: t = r \sqrt{\frac{n - 2}{1 - r^2}}, \qquad
              \tanh\left(\operatorname{artanh} r \pm \frac{z}{\sqrt{n-3}}\right)

    References
    ----------
    .. [1] Fisher (1921). Metron 1, 3-32.

    Examples
    --------
    >>> round(correlation_from_r(0.738, 73).t, 2)
    9.22
    """
    # A perfect correlation may miss 1 by floating-point arithmetic alone.
    if abs(r) > 1 - 1e-12 or n < 4:
        raise AnalysisError("r_out_of_range", r=r, n=n)
    df = n - 2
    t = r * sqrt(df / (1 - r**2))
    half = special.ndtri((1 + confidence) / 2) / sqrt(n - 3)
    return Correlation(
        r=r,
        n=n,
        t=t,
        df=df,
        p=float(2 * special.stdtr(df, -abs(t))),
        low=tanh(atanh(r) - half),
        high=tanh(atanh(r) + half),
        confidence=confidence,
    )


def complete_pairs(data: pd.DataFrame, first: str, second: str) -> pd.DataFrame:
    """Give the pairs of answers to two scales, if there are enough that vary."""
    both = data[[first, second]].dropna().astype(float)
    if len(both) < 4 or (both.nunique() < 2).any():
        least = both.nunique().min()
        raise AnalysisError("too_few_pairs", pairs=len(both), distinct=least)
    return both


def correlation(
    data: pd.DataFrame, first: str, second: str, *, confidence: float = 0.95
) -> Correlation:
    """Correlate two scales (Pearson), with Fisher's interval.

    Parameters
    ----------
    data : DataFrame
        A row for each respondent; one without both answers is left out.
    first, second : str
        Its columns of scale points.
    confidence : float, in (0, 1)
        Coverage of the interval.

    Returns
    -------
    Correlation

    Raises
    ------
    AnalysisError
        Fewer than 4 complete pairs, a scale without variance, or r of -1 or 1.

    Examples
    --------
    >>> data = pd.DataFrame({"x": [1, 2, 3, 4], "y": [1, 3, 2, 4]})
    >>> round(correlation(data, "x", "y").r, 6)
    0.8
    """
    both = complete_pairs(data, first, second)
    r = float(np.corrcoef(both.to_numpy().T)[0, 1])
    found = correlation_from_r(r, len(both), confidence=confidence)
    return replace(found, of=(first, second))


@dataclass(frozen=True)
class RankCorrelation(OneLine):
    """A correlation of ranks with its test and its interval."""

    value: Estimate
    p: float
    n: int

    _line = "{value:.3}, p {p:p}, n = {n:0}"


def rank_correlation(
    data: pd.DataFrame,
    first: str,
    second: str,
    *,
    by: ByRanks,
    confidence: float = 0.95,
) -> RankCorrelation:
    r"""Correlate two scales by ranks, ties allowed for.

    Parameters
    ----------
    data : DataFrame
        A row for each respondent; one without both answers is left out.
    first, second : str
        Its columns of scale points.
    by : {"spearman", "kendall"}
        Spearman's rho, or Kendall's tau-b.
    confidence : float, in (0, 1)
        Coverage of the interval.

    Returns
    -------
    RankCorrelation
        Up to 8 pairs `p` is exact: the share of all pairings of these answers that
        lie at least as far from none. Beyond, it is that of Student's t for rho and
        of the normal limit for tau, as R's ``cor.test(exact = FALSE)`` gives them.
        The interval is NaN where all pairs agree, or too few are left for it.

    Raises
    ------
    AnalysisError
        Fewer than 4 complete pairs, or a scale without variance.

    Notes
    -----
    .. math:: \tanh\left(\operatorname{artanh} \rho \pm
              z \sqrt{\frac{1 + \rho^2 / 2}{n - 3}}\right), \qquad
              \tanh\left(\operatorname{artanh} \tau \pm
              z \sqrt{\frac{0.437}{n - 4}}\right)

    for rho [1]_ and tau [2]_.

    References
    ----------
    .. [1] Bonett & Wright (2000). Psychometrika 65, 23-28. doi:10.1007/BF02294183
    .. [2] Fieller, Hartley & Pearson (1957). Biometrika 44, 470-481.
       doi:10.1093/biomet/44.3-4.470

    Examples
    --------
    >>> data = pd.DataFrame({"x": [1, 2, 3, 4], "y": [1, 3, 2, 4]})
    >>> found = rank_correlation(data, "x", "y", by="kendall")
    >>> round(found.value.value, 3), round(found.p, 3)
    (0.667, 0.333)
    """
    both = complete_pairs(data, first, second).to_numpy()
    n, (x, y) = len(both), both.T
    test = _TESTS[by](x, y)
    value = float(np.clip(test.statistic, -1, 1))
    p = float(test.pvalue)
    if n <= _FEW:
        p = _exact_p(scipy.stats.rankdata(x), scipy.stats.rankdata(y), by)
    left = n - (3 if by == "spearman" else 4)
    low = high = nan
    if abs(value) < 1 - 1e-12 and left > 0:
        variance = (1 + value**2 / 2 if by == "spearman" else 0.437) / left
        half = float(special.ndtri((1 + confidence) / 2)) * sqrt(variance)
        low, high = tanh(atanh(value) - half), tanh(atanh(value) + half)
    return RankCorrelation(Estimate(value, low, high, confidence), p, n)


#: All pairings of so few answers are counted.
_FEW = 8

_TESTS: dict[ByRanks, Callable[..., Any]] = {
    "spearman": lambda x, y: scipy.stats.spearmanr(x, y),
    "kendall": lambda x, y: scipy.stats.kendalltau(x, y, method="asymptotic"),
}


def _exact_p(x: NDArray[np.float64], y: NDArray[np.float64], by: str) -> float:
    """Give the share of all pairings of two rankings at least as far from none."""
    every = np.array(list(permutations(range(len(x)))))
    if by == "spearman":
        scores = (x - x.mean()) @ (y - y.mean())[every].T
    else:
        i, j = np.triu_indices(len(x), 1)
        scores = np.sign(y[every][:, i] - y[every][:, j]) @ np.sign(x[i] - x[j])
    return float((abs(scores) >= abs(scores[0]) - 1e-9).mean())


def associations(
    data: pd.DataFrame, first: str, second: str, *, confidence: float = 0.95
) -> dict[str, Correlation | RankCorrelation | AnalysisError]:
    """Correlate two scales by points and by ranks.

    Parameters
    ----------
    data, first, second, confidence
        As `correlation` takes them.

    Returns
    -------
    dict of {"pearson", "spearman", "kendall"} to a record, or why there is none

    Examples
    --------
    >>> data = pd.DataFrame({"x": [1, 2, 3, 4], "y": [1, 3, 2, 4]})
    >>> list(associations(data, "x", "y"))
    ['pearson', 'spearman', 'kendall']
    """
    asked = data, first, second
    return {"pearson": attempt(correlation, *asked, confidence=confidence)} | {
        by: attempt(rank_correlation, *asked, by=by, confidence=confidence)
        for by in _TESTS
    }
