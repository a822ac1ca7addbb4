"""What a p below alpha leaves open: the direction, and tests that assume less."""

from collections.abc import Mapping
from math import isnan

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ecrm_helpers.printed import Edition, joined, keyed, label_of, p_value, say
from ecrm_helpers.printed.blanks import Quantity, fill
from ecrm_helpers.shown.hypotheses.side_tests import Test, Tests, shown
from ecrm_helpers.statistics.analysis import AnalysisError, FTest, MannWhitney
from ecrm_helpers.study import Association, Hypothesis, Study
from ecrm_helpers.study.testing import variables_of

#: What decides, by the test of a hypothesis.
MAIN = keyed("main_", "main_correlation main_groups")

#: Tests that assume less, under the names of `side_tests.Tests`.
OTHER = keyed("test_", "test_welch test_ranks test_spearman test_kendall")


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
    {"supported", "opposite", "other_order"}
        The last where groups stand neither in the order expected, from high to
        low, nor in its reverse.

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
    if (steps > 0).all():
        return "supported"
    return "opposite" if (steps < 0).all() else "other_order"


def _steps(
    expects: str | tuple[str, ...] | dict[str, str], data: pd.DataFrame
) -> NDArray[np.float64]:
    """Give numbers that are all above zero where the direction is as expected."""
    first, second = data.columns[:2]
    if isinstance(expects, str):
        r = data[first].astype(float).corr(data[second].astype(float))
        return np.array([r if expects == "positive" else -r])
    means = data.groupby(first, observed=True)[second].mean()
    return -np.diff(means.reindex(list(expects)).dropna().to_numpy(float))


def expected(name: str, study: Study, edition: Edition) -> str:
    """Say which direction a hypothesis declares, or that it declares none."""
    expects = study.hypotheses[name].expects
    if expects is None:
        return say("either_direction", edition)
    if isinstance(expects, str):
        return say("direction_expected", edition, order=say(expects, edition))
    labels = study.columns[variables_of(study, name)[0]].labels(edition)
    order = " > ".join(labels[level] for level in expects)
    return say("direction_expected", edition, order=order)


def reserve(test: str, p: float, tests: Tests, alpha: float, edition: Edition) -> str:
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
        if not isinstance(each, AnalysisError)
        and not key.startswith(("levene", "pearson"))
    }
    against = [
        say("other_test", edition, test=_name(key, edition), p=p_value(other, edition))
        for key, other in found.items()
        if (other < alpha) != (p < alpha)
    ]
    if not against:
        return ""
    said = say(
        "reserve",
        edition,
        test=say(MAIN[test], edition),
        p=p_value(p, edition),
        tests=joined(against, edition),
    )
    return f"{said} {_assumed(test, tests, alpha, edition)}".strip()


def p_of(test: Test) -> float:
    """Give the p value of a test, exact where there is one."""
    if isinstance(test, MannWhitney):
        return test.p_asymptotic if isnan(test.p_exact) else test.p_exact
    return test.p


def _name(key: str, edition: Edition) -> str:
    ranks = key in ("kruskal", "mann_whitney")
    return say(OTHER["ranks" if ranks else key], edition)


def _assumed(
    test: str,
    tests: Mapping[str, Test | AnalysisError],
    alpha: float,
    edition: Edition,
) -> str:
    """Say what the main test assumes, and whether the answers speak against it."""
    if test == "correlation":
        return say("assumes_line", edition)
    levene = tests.get("levene_mean")
    if not isinstance(levene, FTest):
        return ""
    key = "spreads_differ" if levene.p < alpha else "spreads_alike"
    return say(key, edition, p=p_value(levene.p, edition))


def verdict_sentence(
    name: str, hypothesis: Hypothesis, association: Association, edition: Edition
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
    >>> verdict_sentence("h3", read_study().hypotheses["h3"], "supported", "en")
    'H3: association supported, hypothesis not tested by these variables; \
the thesis calls it accepted.'
    """
    tested = "tested" if hypothesis.tested_as_worded else "not_tested"
    return say(
        "verdict_alone" if hypothesis.thesis_verdict == "none" else "verdict_sentence",
        edition,
        name=label_of(name),
        association=say(association, edition),
        tested=say(tested, edition),
        thesis=say(hypothesis.thesis_verdict, edition),
    )


def weighed(
    hypothesis: Hypothesis,
    association: Association,
    facts: Mapping[str, Quantity],
    edition: Edition,
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
        [fill(statement[edition], facts, edition) for statement in statements]
        for statements in (hypothesis.findings, hypothesis.limits)
    )
    if association not in ("supported", "not_assessable"):
        return [], findings + limits
    return findings, limits
