"""What answers look like: counts of choices, scales item by item, person by person."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import special

from ecrm_helpers.statistics.analysis.record import AnalysisError


def boxes(ticked: pd.DataFrame, *, confidence: float = 0.95) -> pd.DataFrame:
    """Count the boxes ticked under one question.

    Parameters
    ----------
    ticked : DataFrame, shape (respondents, boxes)
        1 where a box is ticked, 0 where it is not; missing where nothing was
        answered to the question.
    confidence : float, in (0, 1)
        Coverage of Wilson's interval for each share [1]_.

    Returns
    -------
    DataFrame, one row per box
        ``n`` (respondents who ticked it), ``valid_percent`` (of those who ticked
        any: they add up to over 100) and its ``low`` and ``high``, 0 to 100.

    Raises
    ------
    AnalysisError
        Nobody answered.

    References
    ----------
    .. [1] Wilson (1927). JASA 22, 209-212. doi:10.1080/01621459.1927.10502953

    Examples
    --------
    >>> ticked = pd.DataFrame({"mail": [1, 1, None], "phone": [1, 0, None]})
    >>> boxes(ticked)["valid_percent"].to_dict()
    {'mail': 100.0, 'phone': 50.0}
    """
    given = ticked.dropna()
    if given.empty:
        raise AnalysisError("nobody_answered", question=", ".join(map(str, ticked)))
    n = given.sum().astype(int)
    share = {"n": n, "valid_percent": 100 * n / len(given)}
    return pd.DataFrame(share | _wilson(n, len(given), confidence))


def _wilson(counts: pd.Series, of: int, confidence: float) -> dict[str, pd.Series]:
    """Give the ends of Wilson's interval of each share, in percent."""
    z2, share = special.ndtri((1 + confidence) / 2) ** 2 / of, counts / of
    half = np.sqrt(z2 * (share * (1 - share) + z2 / 4))
    ends = {"low": share + z2 / 2 - half, "high": share + z2 / 2 + half}
    return {end: 100 * at / (1 + z2) for end, at in ends.items()}


def frequencies(answers: pd.Series, *, confidence: float = 0.95) -> pd.DataFrame:
    """Count the answers to one question.

    Parameters
    ----------
    answers : Series
        One answer per respondent, or missing: categories in the table's order.
    confidence : float, in (0, 1)
        Coverage of Wilson's interval for each valid share [1]_.

    Returns
    -------
    DataFrame, one row per category
        ``n`` (count), ``percent`` (of all respondents), ``valid_percent`` (of
        those who answered), ``cumulative`` and ``low``, ``high`` (of the valid
        share): percentages, 0 to 100.

    Raises
    ------
    AnalysisError
        Nobody answered.

    References
    ----------
    .. [1] Wilson (1927). JASA 22, 209-212. doi:10.1080/01621459.1927.10502953

    Examples
    --------
    >>> answers = pd.Series(["yes", "no", "yes", None], dtype="category")
    >>> frequencies(answers)["percent"].to_dict()
    {'no': 25.0, 'yes': 50.0}
    """
    n = answers.value_counts(sort=False)
    valid = int(n.sum())
    if not valid:
        raise AnalysisError("nobody_answered", question=answers.name)
    share = 100 * n / valid
    table = {
        "n": n,
        "percent": 100 * n / len(answers),
        "valid_percent": share,
        "cumulative": share.cumsum(),
    }
    table |= _wilson(n, valid, confidence)
    return pd.DataFrame(table, index=list(n.index))


def moments(answers: pd.DataFrame) -> pd.DataFrame:
    """Describe each item of a set: how many answered, where, how far apart.

    Parameters
    ----------
    answers : DataFrame, shape (respondents, items)
        Scale points; missing as ``<NA>``.

    Returns
    -------
    DataFrame, one row per item
        ``n`` and ``missing`` (counts), then ``mean``, ``sd`` (``ddof=1``; NaN
        under two answers), ``q1``, ``median``, ``q3``, ``min``, ``max`` in
        scale points, NaN where nobody answered. Quartiles are those of SPSS's
        FREQUENCIES: weighted averages at (n + 1)p, type 6 in [1]_.

    References
    ----------
    .. [1] Hyndman & Fan (1996). The American Statistician 50, 361-365.
       doi:10.1080/00031305.1996.10473566

    Examples
    --------
    >>> answers = pd.DataFrame({"q3": pd.array([1, 2, 4, 5, pd.NA], dtype="Int64")})
    >>> moments(answers).loc["q3", ["mean", "q1", "median", "q3"]].to_list()
    [3.0, 1.25, 3.0, 4.75]
    """
    rows = {name: _moments(column) for name, column in answers.items()}
    table = pd.DataFrame.from_dict(rows, orient="index", columns=_MOMENTS)
    return table.astype({"n": int, "missing": int})


_MOMENTS = ["n", "missing", "mean", "sd", "q1", "median", "q3", "min", "max"]


def _moments(column: pd.Series) -> list[float]:
    valid = column.dropna().to_numpy(float)
    counts = [len(valid), len(column) - len(valid)]
    if not len(valid):
        return counts + [np.nan] * 7
    sd = valid.std(ddof=1) if len(valid) > 1 else np.nan
    five = np.quantile(valid, [0.25, 0.5, 0.75, 0, 1], method="weibull")
    return [*counts, valid.mean(), sd, *five]


def points(answers: pd.DataFrame, scale: tuple[int, int]) -> pd.DataFrame:
    """Count the answers at each point of the items' common scale.

    Parameters
    ----------
    answers : DataFrame, shape (respondents, items)
        Scale points; missing as ``<NA>``.
    scale : tuple of int
        Lowest and highest point; no answer lies outside.

    Returns
    -------
    DataFrame of int, one row per item, one column per point
        Points that nobody chose are there, with 0.

    Examples
    --------
    >>> points(pd.DataFrame({"q3": [1, 3, 3]}), (1, 4)).loc["q3"].to_list()
    [1, 0, 2, 0]
    """
    every = range(scale[0], scale[1] + 1)
    counts = {
        name: [int((column == point).sum()) for point in every]
        for name, column in answers.items()
    }
    return pd.DataFrame.from_dict(counts, orient="index", columns=list(every))


def same_throughout(items: pd.DataFrame) -> pd.Series:
    """Tell who answered all of two items or more with one and the same point.

    Parameters
    ----------
    items : DataFrame, shape (respondents, items)
        Scale points of one matrix of questions; missing as ``<NA>``.

    Returns
    -------
    Series of bool, one per respondent
        False where an answer is missing. Such answers may be meant: this is a
        reason to look, not to exclude [1]_.

    References
    ----------
    .. [1] Meade & Craig (2012). Psychological Methods 17, 437-455.
       doi:10.1037/a0028085

    Examples
    --------
    >>> same_throughout(pd.DataFrame({"a": [4, 4], "b": [4, 5]})).to_list()
    [True, False]
    """
    chosen: NDArray[np.float64] = items.to_numpy(float, na_value=np.nan)
    same = (chosen == chosen[:, :1]).all(axis=1) & (chosen.shape[1] > 1)
    return pd.Series(same, index=items.index, dtype=bool)
