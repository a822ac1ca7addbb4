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
    Sayable,
    Told,
    design,
    joined,
    keyed,
    language,
    p_value,
    say,
    scientific,
)
from ecrm_helpers.printed.blanks import Quantity, fill
from ecrm_helpers.shown.hypotheses.remarks import compared
from ecrm_helpers.shown.hypotheses.reserves import (
    expected,
    reserve,
    towards,
    verdict_sentence,
    weighed,
)
from ecrm_helpers.shown.hypotheses.side_tests import Tests
from ecrm_helpers.shown.piece import Piece, slug
from ecrm_helpers.statistics.analysis import AnalysisError, steps
from ecrm_helpers.study import Association, Bilingual, Hypothesis
from ecrm_helpers.study.questionnaire import Test
from ecrm_helpers.study.testing import method_of

#: How a hypothesis is decided, by what results rest on.
RULE = keyed(
    "rule_",
    "rule_correlation_reconstructed rule_correlation_own rule_groups_reconstructed "
    "rule_groups_own rule_crossed_own rule_regression_own rule_paired_own",
)

#: A smaller p is written with its power of ten.
SMALL = 0.001

#: JupyterLab would set the cells of a table to the right.
_LEFT = 'style="text-align:left"'


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
        published numbers allow, or for each part of a test that must hold, the
        whole first; empty where nothing was tested.
    found : str of `Association`
        What it is, by its direction, if it is not chance.

    Returns
    -------
    str of `Association`
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


def rule(test: Test, basis: Basis, p_values: Sequence[float], alpha: float) -> str:
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
        alpha=design(alpha),
        k=len(p_values),
        p=f"= {scientific(p)}" if p < SMALL else p_value(p),
    )


def assessed(name: str, found: object, answers: Answers) -> Piece:
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
        told = compared(name, answers)
        html = f'<p id="{slug(name)}-rests-on">{escape(told)}</p>'
        return Piece("text", f"{name}-rests-on", html, told, without=more)
    why = say("not_computable", why=found.said(language()))
    bare = hypothesis.model_copy(
        update={"findings": (), "limits": _without_blanks(hypothesis)}
    )
    piece = decision(name, bare, "not_assessable", why, {})
    return replace(piece, without=("analysis", *more))


def decided(
    name: str,
    answers: Answers,
    p_values: Sequence[float],
    alpha: float,
    facts: Mapping[str, Quantity],
    *,
    besides: Tests,
    finding: Sayable | None = None,
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
    finding : record of a result, or a sentence
        What is stated where the hypothesis declares no findings.
    """
    hypothesis, test = answers.study.hypotheses[name], method_of(answers.study, name)
    assert test is not None  # what is tested has a test
    if finding and not hypothesis.findings:
        stated = (Bilingual(fr=finding.said("fr"), en=finding.said("en")),)
        hypothesis = hypothesis.model_copy(update={"findings": stated})
    said = rule(test, answers.basis, p_values, alpha)
    said += f" ({expected(name, answers.study)})"
    found = towards(hypothesis, answers.asked(name))
    association = decide(hypothesis, p_values, alpha, found)
    if association == "supported" and (each := _steps(name, answers)):
        told = [f"{step}, p {p_value(p)}" for step, p in each.items()]
        said += say("each_step", steps=joined(told))
        shown = all(p < alpha for p in each.values())
        association = "supported" if shown else "steps_not_shown"
    others = besides if answers.basis == "own" else {}
    kept = reserve(test, p_values[0], others, alpha)
    return decision(name, hypothesis, association, said, facts, reserve=kept)


def decision(
    name: str,
    hypothesis: Hypothesis,
    association: Association,
    rule: str,
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
    given, lacking = weighed(hypothesis, association, facts)
    thesis = hypothesis.thesis_verdict
    told = {
        "the_claim": [hypothesis.claim[language()]],
        "thesis_verdict": [say(thesis)] if thesis != "none" else [],
        "rule": [rule],
        "association": [say(association)],
        "with_reserve": [reserve],
        "as_worded": [
            say(
                "because",
                answer=say(hypothesis.worded),
                reason=(hypothesis.reason or Told("taken_as_worded")).said(language()),
            )
        ],
        "supporting": given,
        "not_supporting": lacking,
        "in_a_sentence": [verdict_sentence(name, hypothesis, association)],
    }
    lines = {
        key: said for key, texts in told.items() if (said := [*filter(None, texts)])
    }
    # A table: JupyterLab floats the terms of a list beside other terms' texts.
    rows = "".join(
        f'<tr><th scope="row" {_LEFT}>{escape(say(key))}</th>'
        f'<td class="words" {_LEFT}>'
        + "".join(f'<div data-of="{key}">{escape(text)}</div>' for text in texts)
        + "</td></tr>"
        for key, texts in lines.items()
    )
    number = _number(hypothesis, [*given, *lacking], facts)
    return Piece(
        kind="result",
        id=name,
        html=f'<table class="decision" id="{slug(name)}" '
        f'data-number="{escape(number)}" data-thesis="{hypothesis.thesis_verdict}" '
        f'data-association="{association}" data-worded="{hypothesis.worded}">'
        f"<tbody>{rows}</tbody></table>",
        plain="\n".join(f"{say(key)}: {joined(texts)}" for key, texts in lines.items()),
        content={"association": association, "as_worded": hypothesis.worded}
        | ({"reserve": True} if reserve else {}),
    )


def _steps(name: str, answers: Answers) -> dict[str, float]:
    """Give p of each step of an order, if one of three groups or more is expected."""
    order, data = answers.study.hypotheses[name].expects, answers.asked(name)
    if not isinstance(order, tuple) or len(order) < 3:
        return {}
    by, scale = map(str, data)
    of = answers.study.columns[by].labels(language())
    found = steps(data, scale, by, order)
    return {f"{of[a]} > {of[b]}": p for (a, b), p in found.items()}


def _without_blanks(hypothesis: Hypothesis) -> tuple[Bilingual, ...]:
    return tuple(limit for limit in hypothesis.limits if "{" not in limit.fr)


def _number(
    hypothesis: Hypothesis,
    statements: Sequence[str],
    facts: Mapping[str, Quantity],
) -> str:
    """Write the number that decides: the declared one, else the first statement."""
    if hypothesis.number is not None and hypothesis.findings:
        return fill(hypothesis.number[language()], facts, language())
    return next(iter(statements), "")
