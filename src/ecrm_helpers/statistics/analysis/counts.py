"""Counts of one question's answers."""

from collections.abc import Mapping

import pandas as pd
from scipy import stats

from ecrm_helpers.statistics.analysis.errors import AnalysisError


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
    strange = sorted(map(str, set(valid) - set(levels.values())))
    if strange:
        names = ", ".join(strange)
        raise AnalysisError("not_a_level", question=answers.name, found=names)
    if valid.empty:
        raise AnalysisError("nobody_answered", question=answers.name)
    counted = valid.value_counts().reindex(list(levels.values()), fill_value=0)
    n = pd.Series(counted.to_numpy(int), index=list(levels))
    wilson = [
        stats.binomtest(k, len(valid)).proportion_ci(confidence, method="wilson")
        for k in n
    ]
    share = 100 * n / len(valid)
    table = {
        "n": n,
        "percent": 100 * n / len(answers),
        "valid_percent": share,
        "cumulative": share.cumsum(),
        "low": [100 * interval.low for interval in wilson],
        "high": [100 * interval.high for interval in wilson],
    }
    return pd.DataFrame(table)
