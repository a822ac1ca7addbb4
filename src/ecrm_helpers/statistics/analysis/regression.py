"""One scale explained by others: linear regression by least squares."""

from dataclasses import dataclass
from math import nan
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ecrm_helpers.statistics.analysis.effects import Estimate, explained
from ecrm_helpers.statistics.analysis.groups import FTest
from ecrm_helpers.statistics.analysis.record import AnalysisError, OneLine


@dataclass(frozen=True)
class Regression(OneLine):
    """A linear regression: the whole, each coefficient, and what checks it."""

    n: int
    f: float
    df: tuple[int, int]
    p: float
    r_squared: Estimate
    adjusted: float
    coefficients: pd.DataFrame
    fitted: NDArray[np.float64]
    residuals: NDArray[np.float64]
    robust: FTest | AnalysisError
    breusch_pagan: FTest | AnalysisError

    _line = (
        "R² = {r_squared:.3}, F({df[0]:0}{mark}{df[1]:0}) = {f:2}, p {p:p}, n = {n:0}"
    )

    @property
    def whole(self) -> FTest:
        """The F test of all coefficients together."""
        return FTest(self.f, (float(self.df[0]), float(self.df[1])), self.p)


def regression(
    data: pd.DataFrame, *columns: str, confidence: float = 0.95
) -> Regression:
    r"""Explain a scale by others.

    Parameters
    ----------
    data : DataFrame
        A row for each respondent; one with a missing answer is left out.
    *columns : str
        Its columns of numbers, two or more; the last is explained by the others.
    confidence : float, in (0, 1)
        Coverage of all intervals.

    Returns
    -------
    Regression
        `coefficients` has a row for ``constant`` and for each column that explains:
        ``b`` with ``se``, ``low``, ``high``, ``t`` and ``p``; ``beta`` with
        ``beta_low`` and ``beta_high``, where all columns are in units of their
        standard deviation; ``vif``, by how much the others blow up the variance of
        ``b`` [2]_. `robust` is the test of the whole that allows for unequal spread
        (HC3 [1]_), `breusch_pagan` the test of equal spread, on squared residuals.

    Raises
    ------
    AnalysisError
        Fewer respondents than coefficients and two more, a column that does not
        vary, columns that explain one another without rest, or nothing left
        unexplained.

    Notes
    -----
    .. math:: \beta_j = b_j \frac{s_j}{s_y}, \qquad
              \mathrm{VIF}_j = \frac{1}{1 - R_j^2}

    The interval of R² is that of `explained`: it takes the columns that explain as
    given, not as drawn.

    References
    ----------
    .. [1] MacKinnon & White (1985). J. Econometrics 29, 305-325.
       doi:10.1016/0304-4076(85)90158-7
    .. [2] Marquardt (1970). Technometrics 12, 591-612. doi:10.2307/1267205

    Examples
    --------
    >>> data = pd.DataFrame({"x": [1, 2, 3, 4, 5], "y": [1, 3, 2, 5, 4]})
    >>> float(regression(data, "x", "y").coefficients["b"]["x"].round(3))
    0.8
    """
    import statsmodels.api as sm

    complete = _complete(data, columns)
    y = complete.iloc[:, -1].to_numpy()
    x = sm.add_constant(complete.iloc[:, :-1].to_numpy(), has_constant="add")
    fit = sm.OLS(y, x).fit()
    if fit.ssr <= 1e-12 * fit.centered_tss:
        raise AnalysisError("regression_perfect")
    df = int(fit.df_model), int(fit.df_resid)
    return Regression(
        n=len(y),
        f=float(fit.fvalue),
        df=df,
        p=float(fit.f_pvalue),
        r_squared=explained(float(fit.fvalue), *df, confidence=confidence),
        adjusted=float(fit.rsquared_adj),
        coefficients=_coefficients(fit, complete, confidence),
        fitted=np.asarray(fit.fittedvalues),
        residuals=np.asarray(fit.resid),
        robust=_robust(fit, df),
        breusch_pagan=_breusch_pagan(fit, df),
    )


def _complete(data: pd.DataFrame, columns: tuple[str, ...]) -> pd.DataFrame:
    """Give the respondents who answered all, if a regression can be made of them."""
    complete = data[list(columns)].dropna().astype(float)
    if len(complete) < len(columns) + 2:
        raise AnalysisError("regression_few", n=len(complete), least=len(columns) + 2)
    still = [str(name) for name in complete if complete[name].nunique() < 2]
    if still:
        raise AnalysisError("regression_constant", columns=", ".join(still))
    explaining = complete.iloc[:, :-1]
    scaled = (explaining - explaining.mean()) / explaining.std()
    if np.linalg.matrix_rank(scaled.to_numpy(), tol=1e-8) < len(columns) - 1:
        raise AnalysisError("regression_collinear")
    return complete


def _coefficients(fit: Any, complete: pd.DataFrame, confidence: float) -> pd.DataFrame:
    from statsmodels.stats.outliers_influence import variance_inflation_factor

    low, high = np.asarray(fit.conf_int(alpha=1 - confidence)).T
    found = {"b": fit.params, "se": fit.bse, "low": low, "high": high}
    found |= {"t": fit.tvalues, "p": fit.pvalues}
    spread = complete.std().to_numpy()
    units = np.array([nan, *spread[:-1] / spread[-1]])
    found |= {f"beta{end}": units * found[of] for end, of in _BETA.items()}
    exog = fit.model.exog
    of_each = [variance_inflation_factor(exog, j) for j in range(1, exog.shape[1])]
    found["vif"] = np.array([nan, *of_each])
    return pd.DataFrame(found, index=["constant", *complete.columns[:-1]])


#: What is put in units of standard deviations.
_BETA = {"": "b", "_low": "low", "_high": "high"}


#: A greater F comes of variances that are nothing but rounding.
_MOST_F = 1e9


def _robust(fit: Any, df: tuple[int, int]) -> FTest | AnalysisError:
    if fit.get_influence().hat_matrix_diag.max() > 1 - 1e-9:
        return AnalysisError("regression_leverage")
    robust = fit.get_robustcov_results("HC3", use_t=True)
    if not 0 <= robust.fvalue < _MOST_F:
        return AnalysisError("regression_leverage")
    return _f_test(robust.fvalue, df, robust.f_pvalue)


def _breusch_pagan(fit: Any, df: tuple[int, int]) -> FTest | AnalysisError:
    from statsmodels.stats.diagnostic import het_breuschpagan

    if np.ptp(fit.resid**2) <= 1e-12 * np.max(fit.resid**2):
        return AnalysisError("regression_same_residuals")
    with np.errstate(divide="ignore"):  # without any rest F has no end
        _, _, f, p = het_breuschpagan(fit.resid, fit.model.exog)
    if not 0 <= f < _MOST_F:
        return AnalysisError("regression_same_residuals")
    return _f_test(f, df, p)


def _f_test(f: float, df: tuple[int, int], p: float) -> FTest:
    return FTest(float(f), (float(df[0]), float(df[1])), float(p))
