"""What a p below alpha leaves open: the direction, and tests that assume less."""

from collections.abc import Mapping
from math import isnan

import numpy as np
import pandas as pd

from ecrm_helpers.printed import Edition, joined, p_value, say
from ecrm_helpers.shown.hypotheses.side_tests import Test, Tests, shown
from ecrm_helpers.statistics.analysis import AnalysisError, FTest, MannWhitney
from ecrm_helpers.study import Association, Hypothesis, Study


def towards(hypothesis: Hypothesis, pair: pd.DataFrame) -> Association:
    """Say what an association that is not chance is, by its direction.

    Parameters
    ----------
    hypothesis : Hypothesis
        With what it expects, if anything.
    pair : DataFrame, two columns
        The answers to its variables.

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
    expects, (first, second) = hypothesis.expects, pair.columns
    both = pair.dropna()
    if expects is None:
        return "supported"
    if isinstance(expects, str):
        steps = np.array([both[first].astype(float).corr(both[second].astype(float))])
        steps = -steps if expects == "positive" else steps
    else:
        means = both.groupby(first, observed=True)[second].mean()
        steps = np.diff(means.reindex(list(expects)).dropna().to_numpy(float))
    if (steps < 0).all():
        return "supported"
    return "opposite" if (steps > 0).all() else "other_order"


def expected(name: str, study: Study, edition: Edition) -> str:
    """Say which direction a hypothesis declares, or that it declares none."""
    hypothesis = study.hypotheses[name]
    if hypothesis.expects is None:
        return say("either_direction", edition)
    if isinstance(hypothesis.expects, str):
        return say(
            "direction_expected", edition, order=say(hypothesis.expects, edition)
        )
    labels = study.questions[hypothesis.variables[0]].labels(edition)
    order = " > ".join(labels[level] for level in hypothesis.expects)
    return say("direction_expected", edition, order=order)


def reserve(p: float, tests: Tests, alpha: float, edition: Edition) -> str:
    """Say which tests that assume less decide otherwise, and what the ANOVA assumes.

    Parameters
    ----------
    p : float
        Of the analysis of variance.
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
        key: _p(test)
        for key, test in shown(tests).items()
        if not isinstance(test, AnalysisError) and not key.startswith("levene")
    }
    against = [
        say("other_test", edition, test=_name(key, edition), p=p_value(other, edition))
        for key, other in found.items()
        if (other < alpha) != (p < alpha)
    ]
    if not against:
        return ""
    said = say(
        "reserve", edition, p=p_value(p, edition), tests=joined(against, edition)
    )
    return f"{said} {_spreads(tests, alpha, edition)}".strip()


def _p(test: Test) -> float:
    if isinstance(test, MannWhitney):
        return test.p_asymptotic if isnan(test.p_exact) else test.p_exact
    return test.p


def _name(key: str, edition: Edition) -> str:
    return say("test_welch" if key == "welch" else "test_ranks", edition)


def _spreads(
    tests: Mapping[str, Test | AnalysisError], alpha: float, edition: Edition
) -> str:
    levene = tests.get("levene_mean")
    if not isinstance(levene, FTest):
        return ""
    key = "spreads_differ" if levene.p < alpha else "spreads_alike"
    return say(key, edition, p=p_value(levene.p, edition))
