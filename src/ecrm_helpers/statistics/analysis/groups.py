"""A scale compared between groups, by means and by spreads."""

from dataclasses import dataclass, replace
from math import sqrt

import numpy as np
import pandas as pd
import scipy
from numpy.typing import NDArray
from scipy import special

from ecrm_helpers.statistics.analysis.effects import Estimate, explained
from ecrm_helpers.statistics.analysis.record import AnalysisError, OneLine

Floats = NDArray[np.float64]

#: Why spreads about each centre cannot be compared.
NO_SPREAD = {"mean": "no_spread_mean", "median": "no_spread_median"}


@dataclass(frozen=True)
class Anova(OneLine):
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

    _line = (
        "F({df_between:0}{mark}{df_within:0}) = {f:2}, p {p:p}, "
        "η² = {eta_squared:.3}, ω² = {omega_squared.value:.3}"
    )


@dataclass(frozen=True)
class FTest(OneLine):
    """An F statistic with its two degrees of freedom and its p value."""

    f: float
    df: tuple[float, float]
    p: float

    _line = "F({df[0]:df}{mark}{df[1]:df}) = {f:2}, p {p:p}"


def by_group(data: pd.DataFrame, scale: str, by: str) -> dict[str, Floats]:
    """Split a scale by group, in order of the categories (of the alphabet, if text)."""
    split = {
        str(name): part[scale].to_numpy(float)
        for name, part in data[[scale, by]].dropna().groupby(by, observed=True)
    }
    sizes = {name: len(part) for name, part in split.items()}
    if len(split) < 2 or min(sizes.values()) < 2:
        told = ", ".join(f"{name}: {n}" for name, n in sizes.items()) or "0"
        raise AnalysisError("groups_too_small", sizes=told)
    if all(part.var() == 0 for part in split.values()):
        raise AnalysisError("no_variance_within")
    return split


def two_groups(data: pd.DataFrame, scale: str, by: str, test: str) -> list[Floats]:
    """Split a scale by two groups; refuse what a test of two cannot take."""
    split = list(by_group(data, scale, by).values())
    if len(split) != 2:
        raise AnalysisError("two_groups", test=test, k=len(split))
    return split


def descriptives(
    data: pd.DataFrame, scale: str, by: str, *, confidence: float = 0.95
) -> pd.DataFrame:
    """Describe a scale by group and in total.

    Parameters
    ----------
    data : DataFrame
        A row for each respondent; one without scale point or group is left out.
    scale, by : str
        Its columns of scale points and of groups.
    confidence : float, in (0, 1)
        Coverage of Student's interval of each mean.

    Returns
    -------
    DataFrame, one row per group in order of the categories, then ``total``
        Without categories the order is alphabetical. Its axes carry the names
        of the two columns.
        ``n``, ``mean``, ``sd`` (``ddof=1``), ``se``, ``low``, ``high``,
        ``min``, ``max``: in scale points.

    Raises
    ------
    AnalysisError
        Fewer than two groups of two, or no variance within any group.

    Examples
    --------
    >>> data = pd.DataFrame({"score": [1, 3, 2, 4], "group": list("aabb")})
    >>> descriptives(data, "score", by="group")["mean"].to_dict()
    {'a': 2.0, 'b': 3.0, 'total': 2.5}
    """
    split = by_group(data, scale, by)
    split["total"] = np.concatenate(list(split.values()))
    rows = {}
    for name, part in split.items():
        mean, se = part.mean(), part.std(ddof=1) / sqrt(len(part))
        half = special.stdtrit(len(part) - 1, (1 + confidence) / 2) * se
        rows[name] = {
            "n": len(part),
            "mean": mean,
            "sd": part.std(ddof=1),
            "se": se,
            "low": mean - half,
            "high": mean + half,
            "min": part.min(),
            "max": part.max(),
        }
    table = pd.DataFrame.from_dict(rows, orient="index")
    if (table[["min", "max"]] % 1 == 0).all(axis=None):
        table = table.astype({"min": int, "max": int})
    return table.rename_axis(index=by, columns=scale)


def anova(
    data: pd.DataFrame, scale: str, by: str, *, confidence: float = 0.95
) -> Anova:
    r"""Compare group means by a one-way analysis of variance.

    Parameters
    ----------
    data : DataFrame
        A row for each respondent; one without scale point or group is left out.
    scale, by : str
        Its columns of scale points and of groups.
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
    .. math:: \hat\omega^2 = \frac{SS_b - df_b MS_w}{SS_t + MS_w}

    The interval is that of `explained`.

    Examples
    --------
    >>> data = pd.DataFrame({"score": [1, 2, 3, 3, 4, 5], "group": list("aaabbb")})
    >>> result = anova(data, "score", by="group")
    >>> round(result.f, 6), result.df_within
    (6.0, 4)
    """
    split = by_group(data, scale, by)
    scores = np.concatenate(parts := list(split.values()))
    n, df_b, df_w = len(scores), len(parts) - 1, len(scores) - len(parts)
    apart = (len(part) * (part.mean() - scores.mean()) ** 2 for part in parts)
    within = float(sum(((part - part.mean()) ** 2).sum() for part in parts))
    between = float(sum(apart))
    ms_b, ms_w, total = between / df_b, within / df_w, between + within
    f = ms_b / ms_w
    share = explained(f, df_b, df_w, confidence=confidence)
    return Anova(
        ss_between=between,
        df_between=df_b,
        ms_between=ms_b,
        f=f,
        p=float(special.fdtrc(df_b, df_w, f)),
        ss_within=within,
        df_within=df_w,
        ms_within=ms_w,
        ss_total=total,
        df_total=n - 1,
        eta_squared=share,
        omega_squared=replace(share, value=(between - df_b * ms_w) / (total + ms_w)),
    )


def welch(data: pd.DataFrame, scale: str, by: str) -> FTest:
    """Compare group means without assuming equal variances (Welch).

    Parameters
    ----------
    data : DataFrame
        A row for each respondent; one without scale point or group is left out.
    scale, by : str
        Its columns of scale points and of groups.

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
    >>> data = pd.DataFrame({"score": [1, 2, 3, 3, 4, 5], "group": list("aaabbb")})
    >>> welch(data, "score", by="group").df
    (1.0, 4.0)
    """
    import pingouin as pg

    split = by_group(data, scale, by)
    still = [name for name, part in split.items() if part.var() == 0]
    if still:
        raise AnalysisError("no_variance_in", groups=", ".join(still))
    complete = data[[scale, by]].dropna().astype({scale: float})
    row = pg.welch_anova(complete, dv=scale, between=by).iloc[0]
    df = (float(row["ddof1"]), round(float(row["ddof2"]), 12))
    return FTest(float(row["F"]), df, float(row["p_unc"]))


def levene(data: pd.DataFrame, scale: str, by: str, *, center: str) -> FTest:
    """Test whether groups spread alike.

    Parameters
    ----------
    data : DataFrame
        A row for each respondent; one without scale point or group is left out.
    scale, by : str
        Its columns of scale points and of groups.
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
        Fewer than two groups of two, or distances from the centre that do not
        vary within any group.

    References
    ----------
    .. [1] Brown & Forsythe (1974). JASA 69, 364-367.
       doi:10.1080/01621459.1974.10482955

    Examples
    --------
    >>> data = pd.DataFrame({"score": [1, 2, 3, 1, 3, 5], "group": list("aaabbb")})
    >>> round(levene(data, "score", by="group", center="mean").p, 3)
    0.422
    """
    split = by_group(data, scale, by)
    middle = np.mean if center == "mean" else np.median
    apart = [abs(part - middle(part)) for part in split.values()]
    if all(np.ptp(distances) < 1e-12 for distances in apart):
        raise AnalysisError(NO_SPREAD[center])
    f, p = scipy.stats.levene(*split.values(), center=center)  # type: ignore[call-overload]
    n = sum(len(part) for part in split.values())
    return FTest(float(f), (len(split) - 1.0, float(n - len(split))), float(p))
