"""Counts of one question's answers."""

import pandas as pd
from scipy import stats

from ecrm_helpers.statistics.analysis.errors import AnalysisError


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
    wilson = [
        stats.binomtest(k, len(given)).proportion_ci(confidence, method="wilson")
        for k in n
    ]
    return pd.DataFrame(
        {
            "n": n,
            "valid_percent": 100 * n / len(given),
            "low": [100 * interval.low for interval in wilson],
            "high": [100 * interval.high for interval in wilson],
        }
    )


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
    wilson = [
        stats.binomtest(k, valid).proportion_ci(confidence, method="wilson") for k in n
    ]
    share = 100 * n / valid
    table = {
        "n": n,
        "percent": 100 * n / len(answers),
        "valid_percent": share,
        "cumulative": share.cumsum(),
        "low": [100 * interval.low for interval in wilson],
        "high": [100 * interval.high for interval in wilson],
    }
    return pd.DataFrame(table, index=list(n.index))
