"""The decision on a hypothesis: a declared rule, and what speaks for and against.

A hypothesis is judged by two answers, never one: whether the association is
supported, by the rule of ``study.yml``; and whether these variables test the
hypothesis as worded, which is declared there with its reason.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from html import escape

from ecrm_helpers.answers.read import Answers, Basis
from ecrm_helpers.printed import (
    Edition,
    design,
    joined,
    keyed,
    label_of,
    p_value,
    say,
    scientific,
    spoken,
)
from ecrm_helpers.printed.blanks import Quantity, fill
from ecrm_helpers.shown.hypotheses.remarks import compared
from ecrm_helpers.shown.hypotheses.reserves import expected, reserve, towards
from ecrm_helpers.shown.hypotheses.side_tests import Tests
from ecrm_helpers.shown.piece import Piece, slug
from ecrm_helpers.statistics.analysis import AnalysisError
from ecrm_helpers.study import Association, Bilingual, Hypothesis
from ecrm_helpers.study.questionnaire import Test
from ecrm_helpers.study.testing import method_of

#: How a hypothesis is decided, by what results rest on.
RULE = keyed(
    "rule_",
    "rule_correlation_reconstructed rule_correlation_own rule_groups_reconstructed "
    "rule_groups_own",
)

#: A smaller p is written with its power of ten.
SMALL = 0.001


def decide(
    hypothesis: Hypothesis,
    p_values: Sequence[float],
    alpha: float,
    found: Association = "supported",
) -> Association:
    """Judge an association by its p values, as the study declares.

    Parameters
    ----------
    hypothesis : Hypothesis
        Its rule decides.
    p_values : sequence of float
        One p value for each data set (or end of a rounding band) that the
        published numbers allow; empty where nothing was tested.
    found : {"supported", "opposite", "other_order"}
        What the association is, by its direction, if it is not chance.

    Returns
    -------
    {"supported", "not_supported", "not_assessable", "opposite", "other_order"}
        `found` when p < alpha in all of them.

    Examples
    --------
    >>> from ecrm_helpers.study import read_study
    >>> h3 = read_study().hypotheses["h3"]
    >>> decide(h3, [0.0101], 0.05), decide(h3, [0.0101], 0.01)
    ('supported', 'not_supported')
    """
    if hypothesis.rule != "p_below_alpha" or not len(p_values):
        return "not_assessable"
    return found if max(p_values) < alpha else "not_supported"


def rule(
    test: Test,
    basis: Basis,
    p_values: Sequence[float],
    alpha: float,
    edition: Edition,
) -> str:
    """Write the rule that decided, with the largest p it met.

    Parameters
    ----------
    test : {"correlation", "groups"}
        What tests it.
    basis : {"reconstructed", "own"}
        What the p values rest on.
    """
    p = max(p_values)
    return say(
        RULE[f"{test}_{basis}"],
        edition,
        alpha=design(alpha, edition),
        k=len(p_values),
        p=f"= {scientific(p, edition)}" if p < SMALL else p_value(p, edition),
    )


@spoken
def assessed(name: str, found: object, answers: Answers, edition: Edition) -> Piece:
    """Say on what a test rests; or that the data allow none, and so no decision.

    Parameters
    ----------
    name : str
        Of the hypothesis.
    found : AnalysisError, or anything else
        What `analysis.attempt` gave.
    answers : Answers
        What was tested.

    Returns
    -------
    Piece
        A paragraph; or the decision that nothing can be decided, which leaves
        out cells tagged ``analysis``. Either leaves out those tagged ``more``
        where no other hypothesis asks for the test.
    """
    hypothesis, test = answers.study.hypotheses[name], method_of(answers.study, name)
    alone = test is None or answers.tested(test) == [name]
    more = ("more",) if alone else ()
    if not isinstance(found, AnalysisError):
        told = compared(name, answers, edition)
        html = f'<p id="{slug(name)}-rests-on">{escape(told)}</p>'
        return Piece("text", f"{name}-rests-on", html, told, without=more)
    why = say("not_computable", edition, why=found.said(edition))
    bare = hypothesis.model_copy(
        update={"findings": (), "limits": _without_blanks(hypothesis)}
    )
    piece = decision(name, bare, "not_assessable", why, edition, {})
    return replace(piece, without=("analysis", *more))


@spoken
def tested(
    name: str,
    answers: Answers,
    p_values: Sequence[float],
    alpha: float,
    facts: Mapping[str, Quantity],
    edition: Edition,
    *,
    besides: Tests,
) -> Piece:
    """Decide on a hypothesis by p values, and set it beside the thesis's verdict.

    Parameters
    ----------
    name : str
        Of the hypothesis.
    answers : Answers
        What was tested.
    facts : mapping of str to number or (number, number)
        As `decision` takes them.
    besides : mapping of str to a test's record, or why there is none
        As `Tests` names them: where they decide otherwise, that is said.
    """
    hypothesis, test = answers.study.hypotheses[name], method_of(answers.study, name)
    assert test is not None  # what is tested has a test
    said = rule(test, answers.basis, p_values, alpha, edition)
    said += f" ({expected(name, answers.study, edition)})"
    found = towards(hypothesis, answers.asked(name))
    association = decide(hypothesis, p_values, alpha, found)
    besides = besides if answers.basis == "own" else {}
    kept = reserve(test, max(p_values), besides, alpha, edition)
    return decision(name, hypothesis, association, said, edition, facts, reserve=kept)


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


def decision(
    name: str,
    hypothesis: Hypothesis,
    association: Association,
    rule: str,
    edition: Edition,
    facts: Mapping[str, Quantity],
    *,
    reserve: str = "",
) -> Piece:
    """Set the decision on a hypothesis beside the thesis's verdict.

    Parameters
    ----------
    name : str
        Of the hypothesis.
    association : str of `Association`
        As `decide` gives it.
    rule : str
        The rule that decided, in words.
    facts : mapping of str to number or (number, number)
        What the findings speak of, as `quantities` names it.
    reserve : str
        What keeps the association from being settled, if anything.

    Returns
    -------
    Piece
        Its content holds both answers in the closed vocabulary.
    """
    tested = "tested" if hypothesis.tested_as_worded else "not_tested"
    given, lacking = weighed(hypothesis, association, facts, edition)
    lines = {
        say("the_claim", edition): hypothesis.claim[edition],
        **_of_the_thesis(hypothesis, edition),
        say("rule", edition): rule,
        say("association", edition): say(association, edition),
        **({say("with_reserve", edition): reserve} if reserve else {}),
        say("as_worded", edition): say(
            "because",
            edition,
            answer=say(tested, edition),
            reason=hypothesis.reason[edition],
        ),
        say("supporting", edition): joined(given, edition),
        say("not_supporting", edition): joined(lacking, edition),
        say("in_a_sentence", edition): verdict_sentence(
            name, hypothesis, association, edition
        ),
    }
    lines = {term: text for term, text in lines.items() if text}
    items = "".join(
        f"<dt>{escape(term)}</dt><dd>{escape(text)}</dd>"
        for term, text in lines.items()
    )
    return Piece(
        kind="result",
        id=name,
        html=f'<dl class="decision" id="{slug(name)}">{items}</dl>',
        plain="\n".join(f"{term}: {text}" for term, text in lines.items()),
        content={"association": association, "as_worded": tested}
        | ({"reserve": True} if reserve else {}),
    )


def _without_blanks(hypothesis: Hypothesis) -> tuple[Bilingual, ...]:
    return tuple(limit for limit in hypothesis.limits if "{" not in limit.fr)


def _of_the_thesis(hypothesis: Hypothesis, edition: Edition) -> dict[str, str]:
    if hypothesis.thesis_verdict == "none":
        return {}
    return {say("thesis_verdict", edition): say(hypothesis.thesis_verdict, edition)}
