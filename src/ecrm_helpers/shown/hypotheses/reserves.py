"""What a p below alpha leaves open: the direction, and tests that assume less."""

from collections.abc import Mapping
from math import isnan

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ecrm_helpers.printed import joined, keyed, label_of, language, p_value, say
from ecrm_helpers.printed.blanks import Quantity, fill
from ecrm_helpers.shown.hypotheses.side_tests import Test, Tests, shown
from ecrm_helpers.statistics.analysis import AnalysisError, FTest, MannWhitney
from ecrm_helpers.study import Association, Hypothesis, Study
from ecrm_helpers.study.testing import variables_of

#: What decides, by the test of a hypothesis.
MAIN = keyed(
    "main_", "main_correlation main_groups main_crossed main_regression main_paired"
)

#: Tests that assume less, under the names of `side_tests.Tests`.
OTHER = keyed(
    "test_",
    "test_welch test_ranks test_spearman test_kendall test_robust test_wilcoxon",
)

#: Beside a test, but deciding nothing.
_CHECKS = ("levene_mean", "levene_median", "breusch_pagan", "pearson")


#: What the main test assumes, where nothing checks it by a test.
ASSUMES = keyed("assumes_", "assumes_correlation assumes_paired")


def towards(hypothesis: Hypothesis, data: pd.DataFrame) -> Association:
    """Say what an association that is not chance is, by its direction.

    Parameters
    ----------
    hypothesis : Hypothesis
        With what it expects, if anything.
    data : DataFrame, a column for each variable
        The answers; a choice that groups a scale comes first.

    Returns
    -------
    {"supported", "opposite", "other_order", "mixed", "not_assessable"}
        The third where groups stand neither in the order expected, from high to
        low, nor in its reverse; the fourth where several scales or levels are
        expected to go one way, and not all go the same; `not_assessable` where nobody
        is in one of the groups that are expected in an order.

    Examples
    --------
    >>> from ecrm_helpers.study import read_study
    >>> h3 = read_study().hypotheses["h3"]
    >>> answers = pd.DataFrame({"q10": ["yes", "no", "no"], "q11": [2, 5, 6]})
    >>> towards(h3, answers)
    'opposite'
    """
    if hypothesis.expects is None:
        return "supported"
    steps = _steps(hypothesis.expects, data.dropna())
    if np.isnan(steps).any():
        return "not_assessable"
    if (steps > 0).all():
        return "supported"
    if (steps < 0).all():
        return "opposite"
    return "other_order" if isinstance(hypothesis.expects, tuple) else "mixed"


def _steps(
    expects: str | tuple[str, ...] | dict[str, str], data: pd.DataFrame
) -> NDArray[np.float64]:
    """Give numbers that are all above zero where the direction is as expected."""
    first, *_, last = data.columns
    numbers = pd.api.types.is_numeric_dtype(data[first])
    if isinstance(expects, tuple):
        means = (
            data.mean() if numbers else data.groupby(first, observed=True)[last].mean()
        )
        return -np.diff(means.reindex(list(expects)).to_numpy(float))
    if numbers:
        signs = (
            expects
            if isinstance(expects, dict)
            else dict.fromkeys(map(str, data), expects)
        )
        slopes = dict(
            zip(data.columns[:-1], _slopes(data.to_numpy(float)), strict=True)
        )
        turned = {name: -1 if signs[name] == "negative" else 1 for name in signs}
        return np.array(
            [slopes[name] * turned[name] for name in signs if name in slopes]
        )
    assert isinstance(expects, dict)  # of two choices nothing else is allowed
    counts = pd.crosstab(data[first], data[last])
    rows, columns = counts.sum(axis=1), counts.sum()
    return np.array(
        [
            counts.at[row, column] - rows[row] * columns[column] / len(data)
            if row in counts.index and column in counts
            else 0.0
            for row, column in expects.items()
        ]
    )


def _slopes(data: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give the slope of the last column on each of the others."""
    explaining = np.column_stack([data[:, :-1], np.ones(len(data))])
    return np.asarray(np.linalg.lstsq(explaining, data[:, -1])[0][:-1], float)


def expected(name: str, study: Study) -> str:
    """Say which direction a hypothesis declares, or that it declares none."""
    expects = study.hypotheses[name].expects
    if expects is None:
        return say("either_direction")
    variables = variables_of(study, name)
    choices = [study.role(each) == "choice" for each in variables]
    if isinstance(expects, str):
        order = say(expects)
    elif isinstance(expects, tuple):
        first = study.columns[variables[0]].labels(language()) if choices[0] else {}
        order = " > ".join(
            first.get(each) or study.name(each)[language()] for each in expects
        )
    elif choices[0]:
        rows, columns = (study.columns[each].labels(language()) for each in variables)
        order = joined([f"{rows[a]} × {columns[b]}" for a, b in expects.items()])
    else:
        order = joined(
            [f"{study.name(a)[language()]}, {say(b)}" for a, b in expects.items()],
        )
    return say("direction_expected", order=order)


def reserve(test: str, p: float, tests: Tests, alpha: float) -> str:
    """Say which tests that assume less decide otherwise, and what the main one assumes.

    Parameters
    ----------
    test : str
        The test of the hypothesis, as `testing.method_of` names it.
    p : float
        Its p value.
    tests : mapping of str to a test's record, or why there is none
        As `side_tests.Tests` names them.
    alpha : float, in (0, 1)
        Level of the tests.

    Returns
    -------
    str
        Empty where all decide alike.
    """
    found = {
        key: p_of(each)
        for key, each in shown(tests).items()
        if not isinstance(each, AnalysisError) and key not in _CHECKS
    }
    against = [
        say("other_test", test=_name(key), p=p_value(other))
        for key, other in found.items()
        if (other < alpha) != (p < alpha)
    ]
    if not against:
        return ""
    said = say("reserve", test=say(MAIN[test]), p=p_value(p), tests=joined(against))
    return f"{said} {_assumed(test, tests, alpha)}".strip()


def p_of(test: Test) -> float:
    """Give the p value of a test, exact where there is one."""
    if isinstance(test, MannWhitney):
        return test.p_asymptotic if isnan(test.p_exact) else test.p_exact
    return test.p


def _name(key: str) -> str:
    ranks = key in ("kruskal", "mann_whitney")
    named = OTHER.get("ranks" if ranks else key)
    return say(named) if named else key


def _assumed(test: str, tests: Mapping[str, Test | AnalysisError], alpha: float) -> str:
    """Say what the main test assumes, and whether the answers speak against it."""
    if test in ASSUMES:
        return say(ASSUMES[test])
    of_fit = test == "regression"
    found = tests.get("breusch_pagan" if of_fit else "levene_mean")
    if not isinstance(found, FTest):
        return ""
    if found.p < alpha:
        key = "residuals_uneven" if of_fit else "spreads_differ"
    else:
        key = "residuals_even" if of_fit else "spreads_alike"
    return say(key, p=p_value(found.p))


def verdict_sentence(
    name: str, hypothesis: Hypothesis, association: Association
) -> str:
    """Say both answers on a hypothesis beside the thesis's verdict.

    Parameters
    ----------
    name : str
        Of the hypothesis.
    association : str of `Association`
        As `decide` or `weigh` gives it.

    Returns
    -------
    str

    Examples
    --------
    >>> from ecrm_helpers.study import read_study
    >>> from ecrm_helpers.printed import speaking
    >>> h3 = read_study().hypotheses["h3"]
    >>> with speaking("en"):
    ...     verdict_sentence("h3", h3, "supported")
    'H3: association supported, hypothesis not tested; \
the thesis calls it accepted.'
    """
    return say(
        "verdict_alone" if hypothesis.thesis_verdict == "none" else "verdict_sentence",
        name=label_of(name),
        association=say(association),
        tested=say(hypothesis.worded),
        thesis=say(hypothesis.thesis_verdict),
    )


def weighed(
    hypothesis: Hypothesis,
    association: Association,
    facts: Mapping[str, Quantity],
) -> tuple[list[str], list[str]]:
    """List what supports a hypothesis and what does not, with computed values.

    Parameters
    ----------
    hypothesis : Hypothesis
        Its findings and limits, with blanks.
    association : str of `Association`
        Where it is refused, the findings speak against it.
    facts : mapping of str to number or (number, number)
        What the blanks are filled with.

    Returns
    -------
    (list of str, list of str)
        For, and not for.
    """
    findings, limits = (
        [fill(statement[language()], facts, language()) for statement in statements]
        for statements in (hypothesis.findings, hypothesis.limits)
    )
    if association not in ("supported", "not_assessable"):
        return [], findings + limits
    return findings, limits
