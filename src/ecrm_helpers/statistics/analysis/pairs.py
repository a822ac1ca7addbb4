"""Two groups compared by a standardised difference, and each pair of several."""

from collections.abc import Sequence
from functools import partial
from itertools import combinations
from itertools import pairwise as neighbours
from math import nan, sqrt

import numpy as np
import pandas as pd
import scipy
from numpy.typing import NDArray
from scipy.optimize import newton

from ecrm_helpers.statistics.analysis.effects import Estimate, noncentral_t
from ecrm_helpers.statistics.analysis.groups import by_group, two_groups
from ecrm_helpers.statistics.analysis.record import AnalysisError, attempt


def cohen_d(
    data: pd.DataFrame, scale: str, by: str, *, confidence: float = 0.95
) -> Estimate:
    r"""Standardise the difference of two means.

    Parameters
    ----------
    data : DataFrame
        A row for each respondent; one without scale point or group is left out.
    scale, by : str
        Its columns of scale points and of two groups.
    confidence : float, in (0, 1)
        Coverage of the interval.

    Returns
    -------
    Estimate
        First group (in order of the categories, or alphabetical) less the
        second, in units of the pooled standard deviation; the interval inverts
        the noncentral t [1]_.

    Raises
    ------
    AnalysisError
        Not exactly two groups of two, or no variance within any group.

    References
    ----------
    .. [1] Cumming & Finch (2001). Educ. Psychol. Meas. 61, 532-574.
       doi:10.1177/0013164401614002

    Examples
    --------
    >>> data = pd.DataFrame({"score": [1, 2, 3, 2, 3, 4], "group": list("aaabbb")})
    >>> round(cohen_d(data, "score", by="group").value, 6)
    -1.0
    """
    first, second = two_groups(data, scale, by, "d")
    n1, n2 = len(first), len(second)
    pooled = ((n1 - 1) * first.var(ddof=1) + (n2 - 1) * second.var(ddof=1)) / (
        n1 + n2 - 2
    )
    d = (first.mean() - second.mean()) / sqrt(pooled)
    unit = sqrt(n1 * n2 / (n1 + n2))

    low, high = noncentral_t(d * unit, n1 + n2 - 2, confidence)
    return Estimate(float(d), low / unit, high / unit, confidence)


def unpooled_d(
    data: pd.DataFrame, scale: str, by: str, *, confidence: float = 0.95
) -> Estimate:
    r"""Standardise the difference of two means whose spreads need not be equal.

    Parameters
    ----------
    data, scale, by, confidence
        As `cohen_d` takes them.

    Returns
    -------
    Estimate
        First group less the second, in units of the root of the mean of both
        variances.

    Raises
    ------
    AnalysisError
        Not exactly two groups of two, or no variance within any group.

    Notes
    -----
    .. math:: d = \frac{m_1 - m_2}{s}, \quad s^2 = \frac{s_1^2 + s_2^2}{2}, \qquad
              \mathrm{se}^2 = \frac{d^2}{8 s^4}
              \left(\frac{s_1^4}{f_1} + \frac{s_2^4}{f_2}\right)
              + \frac{1}{s^2}\left(\frac{s_1^2}{f_1} + \frac{s_2^2}{f_2}\right)

    with :math:`f = n - 1`; the interval is d ± z se [1]_.

    References
    ----------
    .. [1] Bonett (2008). Psychological Methods 13, 99-109.
       doi:10.1037/1082-989X.13.2.99

    Examples
    --------
    >>> data = pd.DataFrame({"score": [1, 2, 3, 0, 3, 6], "group": list("aaabbb")})
    >>> round(unpooled_d(data, "score", by="group").value, 3)
    -0.447
    """
    split = two_groups(data, scale, by, "d")
    variances = np.array([part.var(ddof=1) for part in split])
    f, s2 = np.array([len(part) - 1 for part in split]), variances.mean()
    d = float((split[0].mean() - split[1].mean()) / sqrt(s2))
    of_spread = d**2 * (variances**2 / f).sum() / (8 * s2**2)
    half = scipy.stats.norm.ppf((1 + confidence) / 2) * sqrt(
        of_spread + (variances / f).sum() / s2
    )
    return Estimate(d, d - float(half), d + float(half), confidence)


def pairwise(
    data: pd.DataFrame, scale: str, by: str, *, confidence: float = 0.95
) -> pd.DataFrame:
    """Compare each pair of three groups or more (Games and Howell).

    Parameters
    ----------
    data, scale, by, confidence
        As `cohen_d` takes them.

    Returns
    -------
    DataFrame, one row per pair of groups
        ``difference`` (first group less second, in scale points) with ``low`` and
        ``high``, ``p`` (both allow for the number of pairs, and for unequal
        variances [1]_), and ``d`` with ``d_low`` and ``d_high``, as `unpooled_d`
        gives it. NaN where neither group of a pair varies.

    Raises
    ------
    AnalysisError
        Fewer than three groups of two, or no variance within any group.

    References
    ----------
    .. [1] Games & Howell (1976). J. Educ. Stat. 1, 113-125.
       doi:10.3102/10769986001002113

    Examples
    --------
    >>> scores = [1, 2, 3, 2, 3, 4, 5, 6, 7]
    >>> data = pd.DataFrame({"score": scores, "group": list("aaabbbccc")})
    >>> pairwise(data, "score", by="group")["difference"].to_list()
    [-1.0, -4.0, -3.0]
    """
    split = by_group(data, scale, by)
    if len(split) < 3:
        raise AnalysisError("three_groups", k=len(split))
    rows = {}
    for first, second in combinations(split, 2):
        pair = data[data[by].astype(object).isin([first, second])]
        d = attempt(unpooled_d, pair, scale, by, confidence=confidence)
        if isinstance(d, AnalysisError):
            gap = split[first].mean() - split[second].mean()
            rows[first, second] = [gap, *[nan] * 6]
            continue
        compared = _games_howell(split[first], split[second], len(split), confidence)
        rows[first, second] = [*compared, d.value, d.low, d.high]
    columns = ["difference", "low", "high", "p", "d", "d_low", "d_high"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns)


def steps(
    data: pd.DataFrame, scale: str, by: str, order: Sequence[str]
) -> dict[tuple[str, str], float]:
    """Test each step of an order of three groups or more (Games and Howell).

    Parameters
    ----------
    data, scale, by
        As `cohen_d` takes them.
    order : sequence of str
        The groups, from high to low.

    Returns
    -------
    dict of two neighbours to p
        That of `pairwise`; NaN where the two allow no test.

    Raises
    ------
    AnalysisError
        As `pairwise` does.

    Examples
    --------
    >>> scores = [1, 2, 3, 2, 3, 4, 5, 6, 7]
    >>> data = pd.DataFrame({"score": scores, "group": list("aaabbbccc")})
    >>> found = steps(data, "score", by="group", order="cba")
    >>> {step: round(p, 3) for step, p in found.items()}
    {('c', 'b'): 0.045, ('b', 'a'): 0.501}
    """
    p = pairwise(data, scale, by)["p"].to_dict()
    return {step: p.get(step, p.get(step[::-1], nan)) for step in neighbours(order)}


def _games_howell(
    first: NDArray[np.float64], second: NDArray[np.float64], k: int, confidence: float
) -> list[float]:
    """Give difference, both ends of its interval and p, for a pair of k groups."""
    from statsmodels.stats.libqsturng import qsturng

    shares = [part.var(ddof=1) / len(part) for part in (first, second)]
    squares = [
        share**2 / (len(part) - 1)
        for share, part in zip(shares, (first, second), strict=True)
    ]
    gap, se = float(first.mean() - second.mean()), sqrt(sum(shares) / 2)
    tail = partial(
        scipy.stats.studentized_range.sf, k=k, df=sum(shares) ** 2 / sum(squares)
    )
    # Near enough to begin with: scipy's own search takes a minute for ten groups.
    near = float(qsturng(confidence, k, tail.keywords["df"]))
    q = newton(lambda x: tail(x) - (1 - confidence), near, x1=1.001 * near, tol=1e-7)
    return [gap, gap - q * se, gap + q * se, float(tail(abs(gap) / se))]
