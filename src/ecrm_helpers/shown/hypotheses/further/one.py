"""How the part of a page begins that shows one hypothesis whole."""

from dataclasses import replace

from ecrm_helpers.answers.read import Answers
from ecrm_helpers.printed import Edition, label_of, say
from ecrm_helpers.shown.hypotheses.decisions import assessed
from ecrm_helpers.shown.piece import Piece
from ecrm_helpers.shown.wording import heading


def beginning(
    name: str, found: object, answers: Answers, edition: Edition
) -> list[Piece]:
    """Say which hypothesis follows, and on what it rests or why nothing is decided.

    Parameters
    ----------
    name : str
        Of the hypothesis.
    found : AnalysisError, or anything else
        What `analysis.attempt` gave.
    """
    claim = answers.study.hypotheses[name].claim[edition]
    title = say("hypothesis_named", edition, name=label_of(name), claim=claim)
    rests = assessed(name, found, answers, edition)
    return [heading(title), replace(rests, without=())]
