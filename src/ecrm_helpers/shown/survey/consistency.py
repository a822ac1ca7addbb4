"""Whether the items of a matrix measure one thing: as a whole, and each item."""

from collections.abc import Mapping

import pandas as pd

from ecrm_helpers.answers.read import Answers
from ecrm_helpers.printed import joined, language, number, say, within_one
from ecrm_helpers.shown import wording
from ecrm_helpers.shown.figures import in_brackets
from ecrm_helpers.shown.hypotheses.layouts import tops
from ecrm_helpers.shown.piece import Piece, id_of
from ecrm_helpers.shown.tables import table
from ecrm_helpers.statistics.analysis import AnalysisError, Reliability

#: An alpha that is commonly asked for: Nunnally (1978), Psychometric theory.
USUAL = 0.7


def reliability_table(
    found: Mapping[str, Reliability | AnalysisError],
    answers: Answers,
    *,
    confidence: float,
    name: str = "tab-reliability",
) -> Piece:
    """Show alpha and omega of matrices or scores, and what was turned round.

    Parameters
    ----------
    found : mapping of matrix or score to Reliability or AnalysisError
        As `analysis.reliability` gives it, or why it does not.
    confidence : float, in (0, 1)
        Coverage of alpha's interval.
    name : str
        Id of the table.
    """
    columns = [say(key) for key in ("N", "items", "alpha", "low", "high")]
    columns.append(say("omega"))
    notes = [say("note_reliability", level=f"{100 * confidence:g}")]
    rows: dict[str, list[object]] = {}
    for question, each in found.items():
        label = answers.study.label(question)[language()]
        if turned := answers.study.turned(question):
            named = [answers.study.name(item)[language()] for item in turned]
            names = joined(named)
            notes.append(say("note_reversed", label=label, items=names))
        if isinstance(each, AnalysisError):
            rows[label] = [None] * 6
            told = say("refused_for", label=label, why=each.said(language()))
            notes.append(told)
        else:
            ends = [each.alpha.value, each.alpha.low, each.alpha.high]
            rows[label] = [each.n, each.items, *ends, each.omega]
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=columns, dtype=object)
    caption, note = say("caption_reliability"), " ".join(notes)
    alphas = frame[say("alpha")].astype(float)
    enough = list(frame.index[alphas >= USUAL])
    of = {"k": len(enough), "n": len(rows), "level": number(USUAL, 2, lead=False)}
    said = say("alpha_said", names=in_brackets(enough), **of)
    digits = within_one(2)
    return table(frame, name, caption, decimals=digits, note=note, said=said)


def items_tables(
    found: Mapping[str, Reliability | AnalysisError], answers: Answers
) -> list[Piece]:
    """Show how each item fits the others, and warn of those that speak against them.

    Parameters
    ----------
    found : mapping of question to Reliability or AnalysisError
        As `analysis.reliability` gives it, or why it does not.
    answers : Answers
        Give labels.
    """
    pieces = []
    for name, each in found.items():
        if isinstance(each, AnalysisError):
            continue
        study = answers.study
        label = study.label(name)[language()]
        read = {
            str(item): study.name(str(item))[language()]
            for item in each.item_rest.index
        }
        frame = pd.DataFrame(
            {
                say("item_rest"): each.item_rest.rename(index=read),
                say("alpha_without"): each.if_dropped.rename(index=read),
            }
        )
        caption = say("caption_items", label=label)
        said = say("items_said", names=tops(frame.iloc[:, 0]))
        place, digits = f"tab-items-{id_of(name)}", within_one(2)
        pieces.append(table(frame, place, caption, decimals=digits, said=said))
        if against := [
            read[str(item)] for item in each.item_rest.index[each.item_rest < 0]
        ]:
            named = joined(against)
            pieces.append(
                wording.paragraph(
                    f"against-{id_of(name)}", "items_against", label=label, items=named
                )
            )
    return pieces


def not_scales(answers: Answers) -> list[Piece]:
    """Say why a matrix has no reliability, for each that is declared to have none."""
    return [
        wording.paragraph(
            f"not-{name}",
            "not_one_scale",
            label=question.label[language()],
            why=question.not_one_scale[language()],
        )
        for name, question in answers.study.questions.items()
        if question.not_one_scale
    ]
