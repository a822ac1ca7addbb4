"""How the part of a page begins that shows one hypothesis whole."""

from dataclasses import replace

from ecrm_helpers.answers.read import Answers
from ecrm_helpers.printed import joined, label_of, language, say
from ecrm_helpers.printed.blanks import Quantity
from ecrm_helpers.shown.hypotheses.decisions import assessed
from ecrm_helpers.shown.piece import Piece
from ecrm_helpers.shown.wording import heading, paragraph
from ecrm_helpers.statistics.analysis import Estimate
from ecrm_helpers.study.questionnaire import Test


def beginning(name: str, found: object, answers: Answers) -> list[Piece]:
    """Say which hypothesis follows, and on what it rests or why nothing is decided.

    Parameters
    ----------
    name : str
        Of the hypothesis.
    found : AnalysisError, or anything else
        What `analysis.attempt` gave.
    """
    claim = answers.study.hypotheses[name].claim[language()]
    title = say("hypothesis_named", name=label_of(name), claim=claim)
    rests = assessed(name, found, answers)
    return [heading(title), replace(rests, without=())]


def asked_here(answers: Answers) -> Piece:
    """Name the hypotheses that notebook 05 tests; what none asks for is left out.

    Returns
    -------
    Piece
        It leaves out cells tagged with a test that no hypothesis asks for.
    """
    tests: tuple[Test, ...] = ("crossed", "regression", "paired")
    asked = {test: answers.tested(test) for test in tests}
    names = [label_of(name) for test in tests for name in asked[test]]
    key = "asked_here" if names else "asked_none"
    piece = paragraph("asked-here", key, names=joined(names))
    return replace(piece, without=tuple(test for test in tests if not asked[test]))


def facts_of(name: str, found: object) -> dict[str, Quantity]:
    """Name the numbers of a result as quantities of a hypothesis.

    Parameters
    ----------
    name : str
        Of the hypothesis.
    found : record of a result
        Its numbers, and the values of its estimates, go by the names of its fields.

    Examples
    --------
    >>> from ecrm_helpers.statistics.analysis import FTest
    >>> facts_of("h5", FTest(6.98, (1, 71), 0.01))
    {'h5.f': 6.98, 'h5.p': 0.01}
    """
    values = {
        field: each.value if isinstance(each, Estimate) else each
        for field, each in vars(found).items()
    }
    return {
        f"{name}.{field}": each
        for field, each in values.items()
        if isinstance(each, int | float)
    }
