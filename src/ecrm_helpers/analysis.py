"""Estimates at full precision: frames in, frozen records out.

Nothing is rounded here and nothing is said in words: that is for the floors
above. pingouin and scipy do the arithmetic; what they lack (intervals from a
printed r, noncentral intervals, the exact Mann-Whitney test with ties) stands
here with its source. Every function refuses data on which its result would be
undefined, because the libraries do not.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import atanh, comb, sqrt, tanh

import numpy as np
import pandas as pd
import pingouin as pg
from numpy.typing import NDArray
from scipy import stats
from scipy.optimize import brentq
from statsmodels.stats.proportion import proportion_confint

#: Smallest values called small, medium and large.
#: Cohen (1988), Statistical Power Analysis, 2nd ed., pp. 79-80 and 285-287.
COHEN_1988 = {"r": (0.1, 0.3, 0.5), "eta_squared": (0.01, 0.06, 0.14)}


class AnalysisError(ValueError):
    """The data do not allow the estimate; the message says why."""


@dataclass(frozen=True)
class Estimate:
    """A value with its confidence interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Correlation:
    """Pearson's r with its test and its interval."""

    r: float
    n: int
    t: float
    df: int
    p: float
    low: float
    high: float

    @property
    def r_squared(self) -> float:
        """Share of variance the two variables have in common."""
        return self.r**2


@dataclass(frozen=True)
class Anova:
    """A one-way analysis of variance with two measures of effect."""

    ss_between: float
    df_between: int
    ms_between: float
    f: float
    p: float
    ss_within: float
    df_within: int
    ms_within: float
    ss_total: float
    df_total: int
    eta_squared: Estimate
    omega_squared: Estimate


@dataclass(frozen=True)
class FTest:
    """An F statistic with its two degrees of freedom and its p value."""

    f: float
    df: tuple[float, float]
    p: float


@dataclass(frozen=True)
class MannWhitney:
    """The rank-sum test of two groups, exactly and by its normal limit."""

    u: float
    p_exact: float
    p_asymptotic: float
    rank_biserial: float


def frequencies(
    answers: pd.Series, levels: Mapping[str, str], *, confidence: float = 0.95
) -> pd.DataFrame:
    """Count the answers to one question.

    Parameters
    ----------
    answers : Series
        One answer per respondent; missing as ``<NA>``.
    levels : mapping of str to str
        Each level's key and the text of its answer, in the table's order.
    confidence : float, in (0, 1)
        Coverage of Wilson's interval for each valid share [1]_.

    Returns
    -------
    DataFrame, one row per level, under its key
        ``n`` (count), ``percent`` (of all respondents), ``valid_percent`` (of
        those who answered), ``cumulative`` and ``low``, ``high`` (of the valid
        share): percentages, 0 to 100.

    Raises
    ------
    AnalysisError
        Nobody answered, or an answer is not among the levels.

    References
    ----------
    .. [1] Wilson (1927). JASA 22, 209-212. doi:10.1080/01621459.1927.10502953

    Examples
    --------
    >>> answers = pd.Series(["Oui", "Non", "Oui", pd.NA])
    >>> frequencies(answers, {"yes": "Oui", "no": "Non"})["percent"].to_dict()
    {'yes': 50.0, 'no': 25.0}
    """
    valid = answers.dropna()
    strange = sorted(set(valid) - set(levels.values()))
    if valid.empty or strange:
        raise AnalysisError(
            f"cannot count {answers.name}: "
            + (f"not a level: {', '.join(strange)}" if strange else "no answer")
        )
    counted = valid.value_counts().reindex(list(levels.values()), fill_value=0)
    n = pd.Series(counted.to_numpy(int), index=list(levels))
    low, high = proportion_confint(n, len(valid), 1 - confidence, method="wilson")
    share = 100 * n / len(valid)
    table = {
        "n": n,
        "percent": 100 * n / len(answers),
        "valid_percent": share,
        "cumulative": share.cumsum(),
        "low": 100 * np.asarray(low),
        "high": 100 * np.asarray(high),
    }
    return pd.DataFrame(table)


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
    if not -1 < r < 1 or n < 4:
        raise AnalysisError(
            f"a correlation test needs -1 < r < 1 and n of 4 or more; got r = {r}, n = {n}"
        )
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
    )


def correlation(
    first: pd.Series, second: pd.Series, *, confidence: float = 0.95
) -> Correlation:
    """Correlate two scales (Pearson), with Fisher's interval.

    Parameters
    ----------
    first, second : Series
        Scale points of the same respondents; pairs with a missing answer are
        left out.
    confidence : float, in (0, 1)
        Coverage of the interval.

    Returns
    -------
    Correlation

    Raises
    ------
    AnalysisError
        Fewer than 4 complete pairs, a scale without variance, or |r| = 1.

    Examples
    --------
    >>> x, y = pd.Series([1, 2, 3, 4]), pd.Series([1, 3, 2, 4])
    >>> round(correlation(x, y).r, 6)
    0.8
    """
    both = pd.concat([first, second], axis=1).dropna().astype(float)
    if len(both) < 4 or (both.nunique() < 2).any():
        raise AnalysisError(
            f"a correlation needs 4 complete pairs and answers that vary; "
            f"got {len(both)} pairs, {both.nunique().min()} distinct answers"
        )
    r = pg.corr(both.iloc[:, 0], both.iloc[:, 1])["r"].item()
    return correlation_from_r(float(r), len(both), confidence=confidence)


def _by_group(scores: pd.Series, groups: pd.Series) -> dict[str, NDArray[np.float64]]:
    """Split scores by group; refuse what no test of groups can use."""
    both = pd.DataFrame({"score": scores, "group": groups}).dropna()
    split = {
        str(name): part["score"].to_numpy(float)
        for name, part in both.groupby("group", observed=True)
    }
    sizes = {name: len(part) for name, part in split.items()}
    if len(split) < 2 or min(sizes.values()) < 2:
        raise AnalysisError(f"groups of 2 or more are needed, two of them; got {sizes}")
    if all(part.var() == 0 for part in split.values()):
        raise AnalysisError("answers do not vary within any group")
    return split


def descriptives(
    scores: pd.Series, groups: pd.Series, *, confidence: float = 0.95
) -> pd.DataFrame:
    """Describe a scale by group and in total.

    Parameters
    ----------
    scores, groups : Series
        Scale points and group of the same respondents.
    confidence : float, in (0, 1)
        Coverage of Student's interval of each mean.

    Returns
    -------
    DataFrame, one row per group in alphabetical order, then ``total``
        ``n``, ``mean``, ``sd`` (``ddof=1``), ``se``, ``low``, ``high``,
        ``min``, ``max``: in scale points.

    Raises
    ------
    AnalysisError
        Fewer than two groups of two, or no variance within any group.

    Examples
    --------
    >>> table = descriptives(pd.Series([1, 3, 2, 4]), pd.Series(list("aabb")))
    >>> table["mean"].to_dict()
    {'a': 2.0, 'b': 3.0, 'total': 2.5}
    """
    split = _by_group(scores, groups)
    split["total"] = np.concatenate(list(split.values()))
    rows = {}
    for name, part in split.items():
        mean, se = part.mean(), stats.sem(part)
        half = stats.t.ppf((1 + confidence) / 2, len(part) - 1) * se
        rows[name] = {
            "n": len(part),
            "mean": mean,
            "sd": part.std(ddof=1),
            "se": se,
            "low": mean - half,
            "high": mean + half,
            "min": int(part.min()),
            "max": int(part.max()),
        }
    return pd.DataFrame.from_dict(rows, orient="index")


def _noncentrality(
    upper_tail: Callable[[float], float], confidence: float, ceiling: float
) -> tuple[float, float]:
    """Invert a noncentral distribution's upper tail at both ends, from zero up."""

    def solve(tail: float) -> float:
        if upper_tail(0.0) >= tail:
            return 0.0
        return float(brentq(lambda nc: upper_tail(nc) - tail, 0.0, ceiling))

    return solve((1 - confidence) / 2), solve((1 + confidence) / 2)


def anova(
    scores: pd.Series, groups: pd.Series, *, confidence: float = 0.95
) -> Anova:
    r"""Compare group means by a one-way analysis of variance.

    Parameters
    ----------
    scores, groups : Series
        Scale points and group of the same respondents.
    confidence : float, in (0, 1)
        Coverage of the interval of the population share of variance.

    Returns
    -------
    Anova
        `eta_squared` and `omega_squared` estimate one population quantity and
        so share one interval.

    Raises
    ------
    AnalysisError
        Fewer than two groups of two, or no variance within any group.

    Notes
    -----
    .. math:: \hat\omega^2 = \frac{SS_b - df_b MS_w}{SS_t + MS_w}, \qquad
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
    >>> result = anova(pd.Series([1, 2, 3, 3, 4, 5]), pd.Series(list("aaabbb")))
    >>> round(result.f, 6), result.df_within
    (6.0, 4)
    """
    split = _by_group(scores, groups)
    long = pd.DataFrame(
        [(name, score) for name, part in split.items() for score in part],
        columns=["group", "score"],
    )
    table = pg.anova(long, dv="score", between="group", detailed=True)
    between, within = table.to_dict("records")
    f, df_b, df_w = between["F"], int(between["DF"]), int(within["DF"])
    n, ms_w = len(long), within["MS"]
    total = between["SS"] + within["SS"]
    low, high = (
        nc / (nc + n)
        for nc in _noncentrality(
            lambda nc: stats.ncf.sf(f, df_b, df_w, nc), confidence, 20 * (f + 10) * n
        )
    )
    return Anova(
        ss_between=between["SS"],
        df_between=df_b,
        ms_between=between["MS"],
        f=f,
        p=between["p_unc"],
        ss_within=within["SS"],
        df_within=df_w,
        ms_within=ms_w,
        ss_total=total,
        df_total=n - 1,
        eta_squared=Estimate(between["SS"] / total, low, high),
        omega_squared=Estimate(
            (between["SS"] - df_b * ms_w) / (total + ms_w), low, high
        ),
    )


def welch(scores: pd.Series, groups: pd.Series) -> FTest:
    """Compare group means without assuming equal variances (Welch).

    Parameters
    ----------
    scores, groups : Series
        Scale points and group of the same respondents.

    Returns
    -------
    FTest
        F with its two degrees of freedom.

    Raises
    ------
    AnalysisError
        Fewer than two groups of two, or a group without variance.

    References
    ----------
    .. [1] Welch (1951). Biometrika 38, 330-336. doi:10.1093/biomet/38.3-4.330

    Examples
    --------
    >>> welch(pd.Series([1, 2, 3, 3, 4, 5]), pd.Series(list("aaabbb"))).df
    (1.0, 4.0)
    """
    split = _by_group(scores, groups)
    still = [name for name, part in split.items() if part.var() == 0]
    if still:
        raise AnalysisError(f"answers do not vary in group {', '.join(still)}")
    long = pd.DataFrame({"score": scores.astype(float), "group": groups}).dropna()
    row = pg.welch_anova(long, dv="score", between="group").iloc[0]
    df = (float(row["ddof1"]), round(float(row["ddof2"]), 12))
    return FTest(float(row["F"]), df, float(row["p_unc"]))


def levene(scores: pd.Series, groups: pd.Series, *, center: str) -> FTest:
    """Test whether groups spread alike.

    Parameters
    ----------
    scores, groups : Series
        Scale points and group of the same respondents.
    center : {"mean", "median"}
        ``"mean"`` is Levene's own test, which SPSS prints; ``"median"`` is
        Brown and Forsythe's, less sensitive to skewed answers [1]_.

    Returns
    -------
    FTest
        F with its two degrees of freedom.

    Raises
    ------
    AnalysisError
        Fewer than two groups of two, or no variance within any group.

    References
    ----------
    .. [1] Brown & Forsythe (1974). JASA 69, 364-367.
       doi:10.1080/01621459.1974.10482955

    Examples
    --------
    >>> spread = pd.Series([1, 2, 3, 1, 3, 5])
    >>> round(levene(spread, pd.Series(list("aaabbb")), center="mean").p, 3)
    0.492
    """
    split = _by_group(scores, groups)
    f, p = stats.levene(*split.values(), center=center)  # type: ignore[call-overload]
    n = sum(len(part) for part in split.values())
    return FTest(float(f), (len(split) - 1.0, float(n - len(split))), float(p))


def _rank_sums(first: Sequence[int], total: Sequence[int]) -> dict[int, int]:
    """Count the ways to draw the first group, by twice its rank sum."""
    ways = {(0, 0): 1}
    below = 0
    for tied in total:
        twice_midrank = 2 * below + tied + 1
        reached: dict[tuple[int, int], int] = {}
        for (drawn, ranks), count in ways.items():
            for k in range(min(tied, sum(first) - drawn) + 1):
                state = (drawn + k, ranks + k * twice_midrank)
                reached[state] = reached.get(state, 0) + count * comb(tied, k)
        ways, below = reached, below + tied
    return {ranks: c for (drawn, ranks), c in ways.items() if drawn == sum(first)}


def mann_whitney(scores: pd.Series, groups: pd.Series) -> MannWhitney:
    r"""Compare two groups by ranks.

    Parameters
    ----------
    scores, groups : Series
        Scale points and group of the same respondents; two groups.

    Returns
    -------
    MannWhitney
        `u` counts, over all pairs, how often the first group (in alphabetical
        order) lies higher, ties as one half. `p_exact` is the share of all
        assignments of the same answers to the two groups whose rank sum lies
        at least as far from its expectation; `p_asymptotic` is the normal
        limit with ties and continuity correction. `rank_biserial` runs from
        -1 to 1.

    Raises
    ------
    AnalysisError
        Not exactly two groups of two, or no variance within any group.

    References
    ----------
    .. [1] Mann & Whitney (1947). Ann. Math. Statist. 18, 50-60.
       doi:10.1214/aoms/1177730491

    Examples
    --------
    >>> low, high = [1, 1, 2], [2, 3, 3]
    >>> mann_whitney(pd.Series(low + high), pd.Series(list("aaabbb"))).p_exact
    0.2
    """
    split = list(_by_group(scores, groups).values())
    if len(split) != 2:
        raise AnalysisError(f"Mann-Whitney compares two groups; got {len(split)}")
    first, second = split
    u, p = stats.mannwhitneyu(first, second, method="asymptotic")
    points = np.unique(np.concatenate(split))
    counts = [[int((part == point).sum()) for point in points] for part in split]
    ways = _rank_sums(counts[0], [a + b for a, b in zip(*counts, strict=True)])
    expected = len(first) * (len(first) + len(second) + 1)
    reached = round(2 * (u + len(first) * (len(first) + 1) / 2))
    far = sum(c for w, c in ways.items() if abs(w - expected) >= abs(reached - expected))
    return MannWhitney(
        u=float(u),
        p_exact=far / sum(ways.values()),
        p_asymptotic=float(p),
        rank_biserial=float(2 * u / (len(first) * len(second)) - 1),
    )


def cohen_d(
    scores: pd.Series, groups: pd.Series, *, confidence: float = 0.95
) -> Estimate:
    r"""Standardise the difference of two means.

    Parameters
    ----------
    scores, groups : Series
        Scale points and group of the same respondents; two groups.
    confidence : float, in (0, 1)
        Coverage of the interval.

    Returns
    -------
    Estimate
        First group (in alphabetical order) less the second, in units of the
        pooled standard deviation; the interval inverts the noncentral t [1]_.

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
    >>> round(cohen_d(pd.Series([1, 2, 3, 2, 3, 4]), pd.Series(list("aaabbb"))).value, 6)
    -1.0
    """
    split = list(_by_group(scores, groups).values())
    if len(split) != 2:
        raise AnalysisError(f"d compares two groups; got {len(split)}")
    first, second = split
    n1, n2 = len(first), len(second)
    pooled = ((n1 - 1) * first.var(ddof=1) + (n2 - 1) * second.var(ddof=1)) / (
        n1 + n2 - 2
    )
    d = (first.mean() - second.mean()) / sqrt(pooled)
    scale = sqrt(n1 * n2 / (n1 + n2))

    def end(tail: float) -> float:
        t = d * scale
        gap = 10 + abs(t)
        return float(
            brentq(lambda nc: stats.nct.sf(t, n1 + n2 - 2, nc) - tail, t - gap, t + gap)
        )

    low, high = (end(tail) / scale for tail in ((1 - confidence) / 2, (1 + confidence) / 2))
    return Estimate(float(d), low, high)


def detectable(*sizes: int, alpha: float = 0.05, power: float = 0.8) -> float:
    """Give the smallest effect that a design detects with the stated power.

    Parameters
    ----------
    *sizes : int
        Two group sizes, for a difference of means; or one number of pairs,
        for a correlation.
    alpha : float, in (0, 1)
        Level of the two-sided test.
    power : float, in (0, 1)
        Probability of finding an effect of the size returned.

    Returns
    -------
    float
        Cohen's d for two sizes, r for one. A property of the design, known
        before any answer; not power "observed" afterwards.

    Raises
    ------
    AnalysisError
        Neither one nor two sizes.

    Examples
    --------
    >>> round(detectable(12, 61), 2), round(detectable(73), 2)
    (0.9, 0.32)
    """
    if len(sizes) == 2:
        return float(pg.power_ttest2n(*sizes, power=power, alpha=alpha))
    if len(sizes) == 1:
        return float(pg.power_corr(n=sizes[0], power=power, alpha=alpha))
    raise AnalysisError(f"one or two sizes are needed; got {len(sizes)}")


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
