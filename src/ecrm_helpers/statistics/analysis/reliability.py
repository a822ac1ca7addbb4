"""How consistently several items measure one thing: alpha and omega."""

import warnings
from dataclasses import dataclass
from math import nan

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from ecrm_helpers.statistics.analysis.effects import Estimate
from ecrm_helpers.statistics.analysis.record import AnalysisError, OneLine

#: A uniqueness this small has no meaning (Heywood's case): R's factanal stops here.
_LEAST_UNIQUENESS = 0.005


@dataclass(frozen=True)
class Reliability(OneLine):
    """Internal consistency of one scale, from those who answered all its items."""

    n: int
    items: int
    alpha: Estimate
    omega: float
    if_dropped: pd.Series
    item_rest: pd.Series

    _line = "α = {alpha:.3}, ω = {omega:.3}, k = {items:0}, n = {n:0}"


def reliability(items: pd.DataFrame, *, confidence: float = 0.95) -> Reliability:
    r"""Estimate a scale's internal consistency by alpha and by omega total.

    Parameters
    ----------
    items : DataFrame, shape (respondents, items)
        Scale points, items already turned the same way; missing as ``<NA>``.
        Respondents with a missing answer are left out, as SPSS does.
    confidence : float, in (0, 1)
        Coverage of Feldt's interval of alpha [2]_.

    Returns
    -------
    Reliability
        `alpha` is at most 1 and has no lower bound; below zero, items vary
        against one another. `omega` lies from 0 to 1. It is NaN with two
        items, which do not identify a factor, and where the one-factor model
        has no admissible fit: correlations without an inverse, no convergence,
        or a uniqueness under .005. `if_dropped` is alpha without each item;
        NaN with two items, or where the others' total does not vary.
        `item_rest` is the correlation of each item with the total of the
        others, from -1 to 1; below zero, the item speaks against them.

    Raises
    ------
    AnalysisError
        Fewer than two items or two complete respondents, items without
        variance, or a total without variance.

    Notes
    -----
    .. math:: \alpha = \frac{k}{k-1}
              \left(1 - \frac{\sum_i s_i^2}{s_{\mathrm{total}}^2}\right), \qquad
              \omega = \frac{(\sum_i \lambda_i)^2}
                            {(\sum_i \lambda_i)^2 + \sum_i \psi_i}

    Loadings and uniquenesses are those of one factor, by maximum likelihood,
    in the items' own units [3]_.

    References
    ----------
    .. [1] Cronbach (1951). Psychometrika 16, 297-334. doi:10.1007/BF02310555
    .. [2] Feldt, Woodruff & Salih (1987). Applied Psychological Measurement
       11, 93-103. doi:10.1177/014662168701100107
    .. [3] McDonald (1999). Test Theory: A Unified Treatment.
       doi:10.4324/9781410601087

    Examples
    --------
    >>> answers = pd.DataFrame({"a": [1, 2, 3, 4], "b": [2, 2, 4, 5]})
    >>> round(reliability(answers).alpha.value, 3)
    0.967
    """
    complete = items.dropna().astype(float)
    n, k = complete.shape
    if k < 2 or n < 2:
        raise AnalysisError("reliability_too_few", items=k, n=n)
    still = [str(name) for name in complete if complete[name].nunique() < 2]
    if still:
        raise AnalysisError("items_do_not_vary", items=", ".join(still))
    alpha = _alpha(complete)
    if np.isnan(alpha):
        raise AnalysisError("total_does_not_vary")
    tail, df = (1 - confidence) / 2, (n - 1, (n - 1) * (k - 1))
    low, high = (1 - (1 - alpha) * float(stats.f.ppf(q, *df)) for q in (1 - tail, tail))
    without = {name: _alpha(complete.drop(columns=name)) for name in complete}
    return Reliability(
        n=n,
        items=k,
        alpha=Estimate(alpha, low, high, confidence),
        omega=_omega(complete.to_numpy()),
        if_dropped=pd.Series(without, dtype=float),
        item_rest=pd.Series(_item_rest(complete), dtype=float),
    )


def _item_rest(complete: pd.DataFrame) -> dict[str, float]:
    """Correlate each item with the total of the others; NaN where that is constant."""
    total = complete.sum(axis="columns")
    rest = {str(name): total - complete[name] for name in complete}
    return {
        name: float(complete[name].corr(others)) if others.nunique() > 1 else nan
        for name, others in rest.items()
    }


def _alpha(complete: pd.DataFrame) -> float:
    k, total = complete.shape[1], complete.sum(axis="columns")
    if k < 2 or total.nunique() < 2:
        return nan
    return float(k / (k - 1) * (1 - complete.var().sum() / total.var()))


def _omega(complete: NDArray[np.float64]) -> float:
    from statsmodels.multivariate.factor import Factor
    from statsmodels.tools.sm_exceptions import ConvergenceWarning, EstimationWarning

    k = complete.shape[1]
    correlations = np.corrcoef(complete, rowvar=False)
    if k < 3 or np.linalg.matrix_rank(correlations) < k:
        return nan
    # Its own starting values are drawn at random; these are R's.
    unique = (1 - 0.5 / k) / np.diag(np.linalg.inv(correlations))
    roots, axes = np.linalg.eigh(correlations / np.sqrt(np.outer(unique, unique)))
    loadings = np.sqrt(unique * max(roots[-1] - 1, 0)) * axes[:, -1]
    with warnings.catch_warnings():
        # What they warn of is looked at below.
        warnings.simplefilter("ignore", ConvergenceWarning)
        warnings.simplefilter("ignore", EstimationWarning)
        model = Factor(corr=correlations, n_factor=1, method="ml")
        fit = model.fit(start=(loadings[:, None], unique), opt={"gtol": 1e-9})
    steepest = np.abs(model.mle_retvals.jac).max()
    if not steepest < 1e-6 or fit.uniqueness.min() < _LEAST_UNIQUENESS:
        return nan
    sd = complete.std(axis=0, ddof=1)
    common = float(sd @ fit.loadings[:, 0]) ** 2
    return common / (common + float(sd**2 @ fit.uniqueness))
