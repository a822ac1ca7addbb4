"""Sizes of effects: intervals, conventions, and what a design can detect."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
import scipy
from scipy import special
from scipy.optimize import brentq

from ecrm_helpers.statistics.analysis.record import AnalysisError, OneLine

#: Smallest values called small, medium and large.
#: Cohen (1988), Statistical Power Analysis, 2nd ed., pp. 79-80 and 285-287.
COHEN_1988 = {"r": (0.1, 0.3, 0.5), "eta_squared": (0.01, 0.06, 0.14)}


@dataclass(frozen=True)
class Estimate(OneLine):
    """A value with its confidence interval."""

    value: float
    low: float
    high: float
    confidence: float = 0.95

    _line = "{value} [{low}{mark}{high}]"


def noncentrality(
    upper_tail: Callable[[float], float], confidence: float, low: float, high: float
) -> tuple[float, float]:
    """Invert a noncentral distribution's upper tail at both ends, within bounds."""

    def solve(tail: float) -> float:
        if upper_tail(low) >= tail:
            return low
        return float(brentq(lambda nc: upper_tail(nc) - tail, low, high))

    return solve((1 - confidence) / 2), solve((1 + confidence) / 2)


def chi_square_noncentrality(
    x: float, df: int, confidence: float
) -> tuple[float, float]:
    """Give the noncentralities of chi-square at both ends of an interval."""
    tail = partial(scipy.stats.ncx2.sf, x, df)
    return noncentrality(tail, confidence, 0.0, 4 * x + 100)


def noncentral_t(t: float, df: int, confidence: float) -> tuple[float, float]:
    """Give the noncentralities of Student's t at both ends of an interval."""
    gap = 10 + abs(t)
    return noncentrality(
        partial(scipy.stats.nct.sf, t, df), confidence, t - gap, t + gap
    )


def explained(
    f: float, df_between: float, df_within: float, *, confidence: float = 0.95
) -> Estimate:
    r"""Give the share of variance that groups explain, from F alone (eta squared).

    Parameters
    ----------
    f : float, at least 0
        Of a one-way analysis of variance.
    df_between, df_within : float, over 0
        Its degrees of freedom.
    confidence : float, in (0, 1)
        Coverage of the interval of the population share.

    Returns
    -------
    Estimate
        From 0 to 1.

    Notes
    -----
    .. math:: \eta^2 = \frac{df_b F}{df_b F + df_w}, \qquad
              \frac{\lambda}{\lambda + N}

    The interval is two-sided: the noncentrality :math:`\lambda` of F is
    inverted at both tails and turned into a share of variance [1]_. Programs
    that divide by :math:`\lambda + df_w`, or give 90 %, print other ends.

    References
    ----------
    .. [1] Steiger (2004). Psychological Methods 9, 164-182.
       doi:10.1037/1082-989X.9.2.164

    Examples
    --------
    >>> explained(6.0, 1, 4).value
    0.6
    """
    n = df_between + df_within + 1

    def beyond(nc: float) -> float:
        # Far out, where nothing is left below F, the library gives no number.
        below = special.ncfdtr(df_between, df_within, nc, f)
        return 1 - float(np.nan_to_num(below))

    ends = noncentrality(beyond, confidence, 0.0, 20 * (f + 10) * n)
    low, high = (nc / (nc + n) for nc in ends)
    share = df_between * f / (df_between * f + df_within)
    return Estimate(share, low, high, confidence)


def detectable(*sizes: int, alpha: float = 0.05, power: float = 0.8) -> float:
    """Give the smallest effect that a design detects with the stated power.

    Parameters
    ----------
    *sizes : int
        Two group sizes or more, for a comparison of means; or one number of
        pairs, for a correlation.
    alpha : float, in (0, 1)
        Level of the two-sided test.
    power : float, in (0, 1)
        Probability of finding an effect of the size returned.

    Returns
    -------
    float
        Cohen's d for two sizes, the share of variance (eta squared) for more, r for
        one. A property of the design, known before any answer; not power "observed"
        afterwards.

    Raises
    ------
    AnalysisError
        Fewer than 5 pairs, or fewer than 3 respondents more than groups.

    Examples
    --------
    >>> round(detectable(12, 61), 2), round(detectable(73), 2)
    (0.9, 0.32)
    """
    import pingouin as pg

    if len(sizes) == 2:
        return float(pg.power_ttest2n(*sizes, power=power, alpha=alpha))
    if len(sizes) == 1 and sizes[0] > 4:
        return float(pg.power_corr(n=sizes[0], power=power, alpha=alpha))
    n, df = sum(sizes), (len(sizes) - 1, sum(sizes) - len(sizes))
    if len(sizes) < 2 or df[1] < 3:
        raise AnalysisError("too_few_to_detect", n=n)
    least = float(scipy.stats.f.isf(alpha, *df))
    nc = float(brentq(lambda nc: scipy.stats.ncf.sf(least, *df, nc) - power, 0, 1e4))
    return nc / (nc + n)


def magnitude(measure: str, value: float) -> str:
    """Name the size of an effect by Cohen's conventions.

    Parameters
    ----------
    measure : {"r", "eta_squared"}
        The measure of effect.
    value : float
        Its value.

    Returns
    -------
    str
        ``"negligible"``, ``"small"``, ``"medium"`` or ``"large"``.

    Raises
    ------
    KeyError
        No conventions are declared for `measure`.

    Examples
    --------
    >>> magnitude("r", -0.738), magnitude("eta_squared", 0.09)
    ('large', 'medium')
    """
    names = ("negligible", "small", "medium", "large")
    return names[sum(abs(value) >= cut for cut in COHEN_1988[measure])]
