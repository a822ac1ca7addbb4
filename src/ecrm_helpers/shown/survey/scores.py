"""Scores: what each is made of, where it lies, and whether its items agree."""

from collections.abc import Mapping

import pandas as pd

from ecrm_helpers.answers.read import Answers
from ecrm_helpers.printed import joined, keyed, language, say
from ecrm_helpers.shown import wording
from ecrm_helpers.shown.piece import Piece, id_of
from ecrm_helpers.shown.survey.consistency import items_tables, reliability_table
from ecrm_helpers.shown.survey.questions import moments_table
from ecrm_helpers.shown.survey.values import described, histogram
from ecrm_helpers.statistics import analysis
from ecrm_helpers.statistics.analysis import AnalysisError, Reliability

#: What a score is made by.
MADE = keyed("score_", "score_mean score_sum")


def scores(
    found: Mapping[str, Reliability | AnalysisError],
    answers: Answers,
    *,
    confidence: float,
) -> list[Piece]:
    """Show how scores are made, their moments and alpha, then each in a picture.

    Parameters
    ----------
    found : mapping of score to Reliability or AnalysisError
        As `analysis.reliability` gives it of `Answers.scored`.
    confidence : float, in (0, 1)
        Coverage of alpha's interval.
    """
    if not found:
        return []
    study = answers.study
    rows = analysis.moments(pd.DataFrame({name: answers.score(name) for name in found}))
    named = {name: study.name(name)[language()] for name in found}
    label = say("scores_together")
    pieces = [
        *(made(name, answers) for name in found),
        moments_table(rows, named, label, "tab-scores"),
        reliability_table(
            found, answers, confidence=confidence, name="tab-score-reliability"
        ),
        *items_tables(found, answers),
    ]
    for name, (_, row) in zip(found, rows.iterrows(), strict=True):
        label = study.label(name)[language()]
        if row["n"]:
            picture = f"fig-{id_of(name)}"
            pieces.append(histogram(answers.score(name), label, picture))
        pieces.append(described(row, name, answers))
    return pieces


def made(name: str, answers: Answers) -> Piece:
    """Say what a score is made of, and how many answers it needs."""
    study, score = answers.study, answers.study.scores[name]
    items, turned = study.score_items(name), study.turned(name)
    values = {
        "label": score.label[language()],
        "items": joined([study.name(item)[language()] for item in items]),
        "needs": score.needs or len(items),
        "of": len(items),
    }
    text = say(MADE[score.kind], **values)
    if turned:
        names = joined([study.name(item)[language()] for item in turned])
        text += " " + say("score_turned", items=names)
    return wording.text(f"made-{id_of(name)}", text)
