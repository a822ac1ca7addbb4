"""Two scales that the same people answered, compared: by means, and by ranks."""

from dataclasses import dataclass
from math import sqrt

import numpy as np
import pandas as pd
import scipy
from numpy.typing import NDArray

from ecrm_helpers.statistics.analysis.effects import Estimate, noncentral_t
from ecrm_helpers.statistics.analysis.record import AnalysisError, OneLine


@dataclass(frozen=True)
class PairedT(OneLine):
    """Student's t test of two scales that the same people answered."""

    n: int
    difference: Estimate
    t: float
    df: int
    p: float
    d_z: Estimate

    _line = "t({df:0}) = {t:2}, p {p:p}, d = {d_z:2}, n = {n:0}"


@dataclass(frozen=True)
class SignedRank(OneLine):
    """Wilcoxon's test of two scales that the same people answered."""

    v: float
    p: float
    n: int
    rank_biserial: float

    _line = "V = {v:1}, p {p:p}, r = {rank_biserial:.3}, n = {n:0}"


def paired_t(
    data: pd.DataFrame, first: str, second: str, *, confidence: float = 0.95
) -> PairedT:
    """Compare the means of two scales that the same people answered.

    Parameters
    ----------
    data : DataFrame
        A row for each respondent; one without both answers is left out.
    first, second : str
        Its columns of scale points.
    confidence : float, in (0, 1)
        Coverage of the intervals.

    Returns
    -------
    PairedT
        `difference` is the mean of first less second; `d_z` the same in units of
        the differences' standard deviation, with the interval of the noncentral t.

    Raises
    ------
    AnalysisError
        Fewer than 3 complete pairs, or differences that do not vary.

    Examples
    --------
    >>> data = pd.DataFrame({"x": [3, 4, 5, 6], "y": [1, 3, 3, 5]})
    >>> round(paired_t(data, "x", "y").t, 3)
    5.196
    """
    gaps = _differences(data, first, second)
    n, mean, sd = len(gaps), float(gaps.mean()), float(gaps.std(ddof=1))
    test = scipy.stats.ttest_1samp(gaps, 0)
    t, ends = float(test.statistic), test.confidence_interval(confidence)
    low, high = (end / sqrt(n) for end in noncentral_t(t, n - 1, confidence))
    return PairedT(
        n=n,
        difference=Estimate(mean, float(ends.low), float(ends.high), confidence),
        t=t,
        df=n - 1,
        p=float(test.pvalue),
        d_z=Estimate(mean / sd, low, high, confidence),
    )


def signed_rank(data: pd.DataFrame, first: str, second: str) -> SignedRank:
    """Compare two scales that the same people answered by ranks of the differences.

    Parameters
    ----------
    data, first, second
        As `paired_t` takes them.

    Returns
    -------
    SignedRank
        `v` is the sum of ranks of those who answered higher on the first; `n` counts
        those who answered differently, and only they are ranked. Up to 12 `p` is
        exact: the share of all choices of signs at least as far from balance;
        beyond, that of the normal limit with ties and continuity correction.
        `rank_biserial` runs from -1 to 1.

    Raises
    ------
    AnalysisError
        As `paired_t` does.

    References
    ----------
    .. [1] Wilcoxon (1945). Biometrics Bulletin 1, 80-83. doi:10.2307/3001968

    Examples
    --------
    >>> data = pd.DataFrame({"x": [3, 4, 5, 6], "y": [1, 3, 3, 5]})
    >>> signed_rank(data, "x", "y").p
    0.125
    """
    gaps = _differences(data, first, second)
    gaps = gaps[gaps != 0]
    n, ranks = len(gaps), scipy.stats.rankdata(abs(gaps))
    v, middle = float(ranks[gaps > 0].sum()), n * (n + 1) / 4
    p = float(scipy.stats.wilcoxon(gaps, correction=True, method="approx").pvalue)
    if n <= _FEW_SIGNS:
        signs = np.arange(2**n)[:, None] >> np.arange(n) & 1
        p = float((abs(signs @ ranks - middle) >= abs(v - middle) - 1e-9).mean())
    return SignedRank(v, p, n, (v - middle) / middle)


#: All choices of so few signs are counted.
_FEW_SIGNS = 12


def _differences(data: pd.DataFrame, first: str, second: str) -> NDArray[np.float64]:
    both = data[[first, second]].dropna().astype(float)
    gaps = (both[first] - both[second]).to_numpy()
    if len(gaps) < 3 or np.ptp(gaps) == 0:
        raise AnalysisError("paired_too_few", pairs=len(gaps))
    return gaps
