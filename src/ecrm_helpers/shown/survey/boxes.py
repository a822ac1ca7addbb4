"""Questions of which several boxes may be ticked: in % of those who answered."""

from collections.abc import Mapping

import pandas as pd

from ecrm_helpers.answers.read import Answers
from ecrm_helpers.printed import joined, language, number, say
from ecrm_helpers.shown import wording
from ecrm_helpers.shown.figures import bars
from ecrm_helpers.shown.hypotheses.layouts import wilson
from ecrm_helpers.shown.piece import Piece, id_of
from ecrm_helpers.shown.tables import table
from ecrm_helpers.statistics.analysis import AnalysisError


def boxes(
    counts: Mapping[str, pd.DataFrame | AnalysisError],
    answers: Answers,
) -> list[Piece]:
    """Show each question with boxes: a table, bars, a sentence.

    Parameters
    ----------
    counts : mapping of question to DataFrame or AnalysisError
        As `analysis.boxes` gives them, or why it does not.
    """
    pieces = []
    for name, found in counts.items():
        label = answers.study.label(name)[language()]
        pieces.append(wording.heading(label))
        if isinstance(found, AnalysisError):
            pieces.append(wording.refused(found))
            continue
        held = answers.study.boxes(name)
        shown = found.rename(
            index={box: level[language()] for box, level in held.items()}
        )
        n = len(answers.ticked(name).dropna())
        pieces += [
            boxes_table(shown, n, name, answers),
            bars(shown, label, f"fig-{id_of(name)}", n=n),
            _sentence(shown, n, name, answers),
        ]
    return pieces


def boxes_table(counts: pd.DataFrame, n: int, name: str, answers: Answers) -> Piece:
    """Show how many of those who answered ticked each box.

    Parameters
    ----------
    counts : DataFrame
        As `analysis.boxes` gives it, a row for each box as it shall be read.
    n : int
        How many answered.
    name : str
        The question.
    """
    heads = {"valid_percent": "percent_of_respondents"}
    shown = counts.rename(columns={c: say(heads.get(str(c), str(c))) for c in counts})
    label = answers.study.label(name)[language()]
    note = say("note_boxes", n=n, all=len(answers.frame))
    return table(
        shown,
        f"tab-{id_of(name)}",
        say("caption_frequency", label=label),
        decimals=1,
        note=f"{note} {wilson(answers)}",
    )


def _sentence(counts: pd.DataFrame, n: int, name: str, answers: Answers) -> Piece:
    parts = [
        say(
            "box_part",
            label=label,
            n=int(row["n"]),
            percent=number(row["valid_percent"], 1),
        )
        for label, row in counts.sort_values("n", ascending=False).iterrows()
    ]
    return wording.paragraph(
        f"sentence-{id_of(name)}",
        "sentence_boxes",
        label=answers.study.name(name)[language()],
        n=n,
        parts=joined(parts),
    )
