"""Pearson's correlation: from the answers, or from a printed r alone."""

from dataclasses import dataclass, replace
from math import atanh, sqrt, tanh

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from ecrm_helpers.statistics.analysis.errors import AnalysisError
from ecrm_helpers.statistics.analysis.line import OneLine


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
    half = stats.norm.ppf((1 + confidence) / 2) / sqrt(n - 3)
    return Correlation(
        r=r,
        n=n,
        t=t,
        df=df,
        p=float(2 * stats.t.sf(abs(t), df)),
        low=tanh(atanh(r) - half),
        high=tanh(atanh(r) + half),
        confidence=confidence,
    )


def pairs_table(data: pd.DataFrame, first: str, second: str) -> NDArray[np.int64]:
    """Count the pairs of answers to two scales, as the rank correlations take them.

    Parameters
    ----------
    data : DataFrame
        A row for each respondent; one without both answers is left out.
    first, second : str
        Its columns of scale points.

    Returns
    -------
    array of int, shape (rows, columns)
        A row for each point of `first` that occurs and a column for each of
        `second`, both from low to high.

    Examples
    --------
    >>> pairs_table(pd.DataFrame({"x": [1, 2, 2], "y": [3, 5, 5]}), "x", "y").tolist()
    [[1, 0], [0, 2]]
    """
    return pd.crosstab(data[first], data[second]).to_numpy()


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
    both = data[[first, second]].dropna().astype(float)
    if len(both) < 4 or (both.nunique() < 2).any():
        least = both.nunique().min()
        raise AnalysisError("too_few_pairs", pairs=len(both), distinct=least)
    r = float(stats.pearsonr(both.iloc[:, 0], both.iloc[:, 1]).statistic)
    found = correlation_from_r(r, len(both), confidence=confidence)
    return replace(found, of=(first, second))
