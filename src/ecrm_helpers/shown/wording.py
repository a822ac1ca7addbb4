"""Sentences: every number in them comes from a record, every word from a list."""

from collections.abc import Mapping
from dataclasses import replace
from html import escape

from ecrm_helpers.answers.read import Answers
from ecrm_helpers.printed import Edition, keyed, language, number, say, spoken, words
from ecrm_helpers.shown.piece import Piece
from ecrm_helpers.statistics.analysis import AnalysisError, FTest
from ecrm_helpers.study import Study
from ecrm_helpers.study.published import Value

#: What the thesis says of a question or hypothesis.
CLAIM = keyed(
    "claim_",
    "claim_q1 claim_q2 claim_q10 claim_q12 claim_q11 claim_h1 claim_h2 claim_h3",
)

#: Whose answers they are.
ORIGIN = keyed("origin_", "origin_reconstructed origin_own origin_synthetic")

#: Tags of cells, and the kind of question that they show.
KINDS = {
    "choices": "closed",
    "boxes": "multiple",
    "scales": "scale",
    "matrices": "matrix",
    "numbers": "number",
    "dates": "date",
}

#: What can be said of a question, by what was printed of it.
SAYABLE = keyed(
    "sayable_",
    "sayable_distribution sayable_correlation sayable_groups sayable_nothing",
)


@spoken
def origin(answers: Answers, edition: Edition) -> Piece:
    """Say where the answers come from, before any of them is shown.

    Parameters
    ----------
    answers : Answers
        As `read_answers` gives them.

    Returns
    -------
    Piece
        Its content is the origin. It leaves out cells tagged ``answers`` where
        only what was printed is known, ``reconstructed`` where there are
        answers, ``printed`` where the study has no printed values, and those
        tagged with a kind of question, scores or crossings where it has none.

    Raises
    ------
    Wrong
        The study has not all of its texts in this language.
    """
    answers.study.require(edition)
    key = ORIGIN[answers.origin]
    text = say(key, edition, n=len(answers.frame))
    html = (
        f'<div class="notice {answers.origin}" role="note"><p>{escape(text)}</p></div>'
    )
    without = ["answers"] if answers.basis == "reconstructed" else ["reconstructed"]
    if answers.study.published is None:
        without.append("printed")
    without += [tag for tag, kind in KINDS.items() if not answers.known(kind)]
    matrices = answers.known("matrix").values()
    held = {
        "scores": bool(answers.scores),
        "crossings": bool(answers.study.cross_tables),
        "reliability": any(matrix.reliability for matrix in matrices),
    }
    without += [tag for tag, any_of in held.items() if not any_of]
    return Piece("origin", "origin", html, text, answers.origin, without=tuple(without))


@spoken
def held_against(study: Study, edition: Edition) -> Piece:
    """Say what results are held against; nothing leaves out cells tagged ``printed``.

    Parameters
    ----------
    study : Study
        Names the folder of its printed values, if it has any.
    """
    if study.published is None:
        shown = paragraph("held-against", "held_against_nothing", edition)
        return replace(shown, without=("printed",))
    return paragraph("held-against", "held_against", edition)


def f_of(test: FTest, edition: Edition | None = None) -> str:
    """Write F with its degrees of freedom; only those that are not whole are rounded.

    Examples
    --------
    >>> f_of(FTest(8.12, (1.0, 16.881), 0.011), "fr")
    'F(1 ; 16,88)'
    """
    degrees = [number(df, 0 if df == round(df) else 2, edition) for df in test.df]
    return say("f_of", edition, df1=degrees[0], df2=degrees[1])


def paragraph(
    name: str, key: str, edition: Edition | None = None, /, **values: object
) -> Piece:
    """Show a phrase as a paragraph, its blanks filled.

    Parameters
    ----------
    name : str
        Id of the paragraph.
    key : str
        A phrase's key.
    **values
        What the blanks of the phrase ask for, already written out.
    """
    return text(name, say(key, edition, **values))


def text(name: str, told: str) -> Piece:
    """Show what is said already as a paragraph."""
    return Piece("text", name, f'<p id="{escape(name)}">{escape(told)}</p>', told)


def refused(why: AnalysisError, edition: Edition | None = None) -> Piece:
    """Say that something cannot be computed, and why."""
    said = why.said(edition or language())
    return paragraph("refused", "not_computable", edition, why=said)


def heading(text: str) -> Piece:
    """Show a heading of the third level."""
    return Piece("text", "heading", f"<h3>{escape(text)}</h3>", text)


@spoken
def claim(question: str, values: Mapping[str, Value], edition: Edition) -> list[Piece]:
    """Say what the thesis says of a question, in its printed numbers.

    Parameters
    ----------
    question : str
        Its phrase has ids of printed values for blanks.
    values : mapping of id to Value
        The printed values; empty where the study has none.

    Returns
    -------
    list of Piece
        None where none of these values is printed.
    """
    told = words()[CLAIM[question]][edition] if question in CLAIM else ""
    if not any(f"{{{name}}}" in told for name in values):
        return []
    printed = {name: value.printed for name, value in values.items()}
    return [paragraph(f"claim-{question}", CLAIM[question], edition, **printed)]
