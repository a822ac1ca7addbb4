"""How consistently items measure one thing (alpha, omega), and how many things."""

import warnings
from dataclasses import dataclass
from math import nan

import numpy as np
import pandas as pd
import scipy
from numpy.typing import NDArray
from scipy import special

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
    _require_varying(complete)
    alpha = _alpha(complete)
    if np.isnan(alpha):
        raise AnalysisError("total_does_not_vary")
    tail, df = (1 - confidence) / 2, (n - 1, (n - 1) * (k - 1))
    ends = (float(special.fdtri(*df, q)) for q in (1 - tail, tail))
    low, high = (1 - (1 - alpha) * end for end in ends)
    without = {name: _alpha(complete.drop(columns=name)) for name in complete}
    return Reliability(
        n=n,
        items=k,
        alpha=Estimate(alpha, low, high, confidence),
        omega=_omega(complete.to_numpy()),
        if_dropped=pd.Series(without, dtype=float),
        item_rest=pd.Series(_item_rest(complete), dtype=float),
    )


def _require_varying(complete: pd.DataFrame) -> None:
    still = [str(name) for name in complete if complete[name].nunique() < 2]
    if still:
        raise AnalysisError("items_do_not_vary", items=", ".join(still))


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
    # Python 3.13's libraries give them as complex numbers, their imaginary part 0.
    loadings, unique = np.real(fit.loadings[:, 0]), np.real(fit.uniqueness)
    common = float(sd @ loadings) ** 2
    return common / (common + float(sd**2 @ unique))


@dataclass(frozen=True)
class Structure(OneLine):
    """How many things a set of items measures, as far as its correlations tell."""

    n: int
    kmo: float
    chi2: float
    df: int
    p: float
    eigenvalues: pd.Series
    by_chance: pd.Series
    loadings: pd.DataFrame

    _line = "KMO = {kmo:.2}, χ²({df:0}) = {chi2:2}, p {p:p}, n = {n:0}"


def structure(items: pd.DataFrame, *, seed: int = 1) -> Structure:
    r"""Describe the structure of items by principal components.

    Parameters
    ----------
    items : DataFrame, shape (respondents, items)
        Scale points; respondents with a missing answer are left out.
    seed : int
        Of the draws that `by_chance` rests on.

    Returns
    -------
    Structure
        `kmo` is Kaiser's measure of sampling adequacy, from 0 to 1 [1]_; `chi2`,
        `df` and `p` are Bartlett's test that no items correlate [2]_.
        `eigenvalues` are those of the correlations, from the greatest down;
        `by_chance` the 95th percentile of each over 500 draws of independent
        normal answers of so many people (Horn's parallel analysis [3]_).
        `loadings` has a column for each leading component beyond chance, one at
        least; several are rotated (varimax, with Kaiser's normalisation).

    Raises
    ------
    AnalysisError
        Fewer than three items, no more respondents than items, items that do not
        vary, or that follow from one another.

    Notes
    -----
    .. math:: \mathrm{KMO} = \frac{\sum r_{ij}^2}{\sum r_{ij}^2 + \sum u_{ij}^2}

    over all pairs, with u the partial correlations given all other items.

    References
    ----------
    .. [1] Kaiser (1974). Psychometrika 39, 31-36. doi:10.1007/BF02291575
    .. [2] Bartlett (1951). Biometrika 38, 337-344. doi:10.1093/biomet/38.3-4.337
    .. [3] Horn (1965). Psychometrika 30, 179-185. doi:10.1007/BF02289447

    Examples
    --------
    >>> answers = pd.DataFrame({"a": [1, 2, 3, 4, 5], "b": [2, 2, 4, 5, 4]})
    >>> round(structure(answers.assign(c=[1, 3, 2, 5, 4])).kmo, 3)
    0.726
    """
    complete = items.dropna().astype(float)
    n, k = complete.shape
    if k < 3 or n <= k:
        raise AnalysisError("structure_too_few", items=k, n=n)
    _require_varying(complete)
    r = np.corrcoef(complete.to_numpy(), rowvar=False)
    roots, axes = np.linalg.eigh(r)
    if roots[0] < 1e-10:
        raise AnalysisError("structure_singular")
    apart, inverse = ~np.eye(k, dtype=bool), np.linalg.inv(r)
    partial = inverse**2 / np.outer(np.diag(inverse), np.diag(inverse))
    squares, df = float((r[apart] ** 2).sum()), k * (k - 1) // 2
    chi2 = -(n - 1 - (2 * k + 5) / 6) * float(np.log(roots).sum())
    chance = _by_chance(n, k, seed)
    beyond = int(np.cumprod(roots[::-1] > chance).sum())
    kept = max(beyond, 1)
    loadings = _varimax(axes[:, ::-1][:, :kept] * np.sqrt(roots[::-1][:kept]))
    numbers = range(1, k + 1)
    return Structure(
        n=n,
        kmo=squares / (squares + float(partial[apart].sum())),
        chi2=chi2,
        df=df,
        p=float(special.chdtrc(df, chi2)),
        eigenvalues=pd.Series(roots[::-1], index=numbers),
        by_chance=pd.Series(chance, index=numbers),
        loadings=pd.DataFrame(loadings, complete.columns, numbers[:kept]),
    )


def _by_chance(n: int, k: int, seed: int) -> NDArray[np.float64]:
    """Give the 95th percentile of each eigenvalue of items that do not correlate."""
    # Products of independent normal answers, whatever the number of people.
    drawn = scipy.stats.wishart(df=n - 1, scale=np.eye(k)).rvs(
        size=500, random_state=np.random.default_rng(seed)
    )
    spread = np.sqrt(np.einsum("dii->di", drawn))
    r = drawn / (spread[:, :, None] * spread[:, None, :])
    return np.asarray(np.quantile(np.linalg.eigvalsh(r)[:, ::-1], 0.95, axis=0))


def _varimax(loadings: NDArray[np.float64]) -> NDArray[np.float64]:
    """Rotate loadings, each item at length 1; each column speaks for its items."""
    from statsmodels.multivariate.factor_rotation import rotate_factors

    if loadings.shape[1] > 1:
        length = np.linalg.norm(loadings, axis=1, keepdims=True)
        loadings = rotate_factors(loadings / length, "varimax")[0] * length
        loadings = loadings[:, np.argsort(-(loadings**2).sum(axis=0))]
    turned = loadings * np.where(loadings.sum(axis=0) < 0, -1, 1)
    return np.asarray(turned, float)
