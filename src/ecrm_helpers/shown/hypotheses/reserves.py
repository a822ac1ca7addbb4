"""What a p below alpha leaves open: the direction, and tests that assume less."""

from collections.abc import Mapping
from math import isnan

import numpy as np
import pandas as pd

from ecrm_helpers.printed import Edition, joined, p_value, say
from ecrm_helpers.printed.blanks import Quantity, fill
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


def verdict_sentence(
    name: str, hypothesis: Hypothesis, association: Association, edition: Edition
) -> str:
    """Say both answers on a hypothesis beside the thesis's verdict.

    Parameters
    ----------
    name : str
        ``"h1"``, ``"h2"`` or ``"h3"``.
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
        name=name.upper(),
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
