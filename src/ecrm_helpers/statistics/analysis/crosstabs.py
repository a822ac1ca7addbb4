"""Two questions crossed: chi-square, Fisher's exact test where due, Cramér's V."""

from dataclasses import dataclass
from math import sqrt

import numpy as np
import pandas as pd
import scipy

from ecrm_helpers.statistics.analysis.effects import Estimate, chi_square_noncentrality
from ecrm_helpers.statistics.analysis.fisher import fisher
from ecrm_helpers.statistics.analysis.record import AnalysisError, OneLine


@dataclass(frozen=True)
class CrossTable(OneLine):
    """Counts of two questions' answers, and what tells them from independence."""

    observed: pd.DataFrame
    expected: pd.DataFrame
    residuals: pd.DataFrame
    n: int
    chi2: float
    df: int
    p: float
    smallest_expected: float
    fisher_p: float | None
    fisher_error: float | None
    cramer_v: Estimate

    _line = (
        "χ²({df:0}) = {chi2:2}, p {p:p}, p Fisher {fisher_p:p}, "
        "V = {cramer_v:.3}, n = {n:0}"
    )


def cross_table(
    data: pd.DataFrame,
    rows: str,
    columns: str,
    *,
    confidence: float = 0.95,
    seed: int = 1,
) -> CrossTable:
    r"""Cross two questions and test whether their answers are independent.

    Parameters
    ----------
    data : DataFrame
        A row for each respondent; one without both answers is left out, and so
        is a level that nobody chose.
    rows, columns : str
        Its columns of the two questions.
    confidence : float, in (0, 1)
        Coverage of the interval of `cramer_v`.
    seed : int
        Of the draws for `fisher_p`, if any.

    Returns
    -------
    CrossTable
        `chi2` is Pearson's, without Yates's correction. `fisher_p` is None
        unless an expected count lies under 1 or more than a fifth of them
        under 5 [1]_. It is exact where a second is enough for that; beyond,
        9,999 tables are drawn, and `fisher_error` is its standard error, at
        most .005.
        `cramer_v` runs from 0 to 1. `residuals` are adjusted: about standard
        normal where the answers are independent [3]_.

    Raises
    ------
    AnalysisError
        Nobody gave both answers, or only one level of a question is left.

    Notes
    -----
    .. math:: V = \sqrt{\frac{\chi^2}{n (k - 1)}}, \qquad
              \sqrt{\frac{\lambda}{n (k - 1)}}

    with k the smaller number of levels. The interval is two-sided: the
    noncentrality :math:`\lambda` of chi-square is inverted at both tails, as
    that of F is in [2]_, and cut off at 1. Programs that divide
    :math:`\lambda + df` (Smithson 2003) print other ends.

    References
    ----------
    .. [1] Cochran (1954). Biometrics 10, 417-451. doi:10.2307/3001616
    .. [2] Steiger (2004). Psychological Methods 9, 164-182.
       doi:10.1037/1082-989X.9.2.164
    .. [3] Haberman (1973). Biometrics 29, 205-220. doi:10.2307/2529686

    Examples
    --------
    >>> tea = pd.DataFrame({"cup": list("aaaabbbb"), "milk": list("aaabbbba")})
    >>> table = cross_table(tea, "cup", "milk")  # the lady tasting it: Fisher (1935)
    >>> table.chi2, round(table.fisher_p, 4), table.cramer_v.value
    (2.0, 0.4857, 0.5)
    """
    both = pd.DataFrame({"rows": data[rows], "columns": data[columns]}).dropna()
    if both.empty:
        raise AnalysisError("no_complete_pair")
    observed = pd.crosstab(both["rows"], both["columns"])
    if min(observed.shape) < 2:
        r, c = observed.shape
        raise AnalysisError("one_row_or_column", rows=r, columns=c)
    counts, n = observed.to_numpy(np.int64), len(both)
    test = scipy.stats.chi2_contingency(counts, correction=False)
    chi2, df, expected = float(test.statistic), int(test.dof), test.expected_freq
    due = expected.min() < 1 or (expected < 5).mean() > 0.2
    exact = fisher(counts, seed) if due else None
    beside = [1 - counts.sum(axis=axis) / n for axis in (1, 0)]
    residuals = (observed - expected) / np.sqrt(expected * np.outer(*beside))
    return CrossTable(
        observed=observed,
        expected=pd.DataFrame(expected, observed.index, observed.columns),
        residuals=residuals,
        n=n,
        chi2=chi2,
        df=df,
        p=float(test.pvalue),
        smallest_expected=float(expected.min()),
        fisher_p=exact.p if exact else None,
        fisher_error=exact.error if exact else None,
        cramer_v=_cramer_v(chi2, df, n * (min(counts.shape) - 1), confidence),
    )


def _cramer_v(chi2: float, df: int, most: int, confidence: float) -> Estimate:
    ends = chi_square_noncentrality(chi2, df, confidence)
    # Rounding alone may lift a perfect association above 1.
    v, low, high = (min(sqrt(part / most), 1.0) for part in (chi2, *ends))
    return Estimate(v, low, high, confidence)
