"""Scores: what each is made of, where it lies, and whether its items agree."""

from collections.abc import Mapping

import pandas as pd

from ecrm_helpers.answers.read import Answers
from ecrm_helpers.printed import Edition, joined, keyed, say, spoken
from ecrm_helpers.shown import wording
from ecrm_helpers.shown.piece import Piece, id_of
from ecrm_helpers.shown.survey.consistency import items_tables, reliability_table
from ecrm_helpers.shown.survey.questions import moments_table
from ecrm_helpers.shown.survey.values import described, histogram
from ecrm_helpers.statistics import analysis
from ecrm_helpers.statistics.analysis import AnalysisError, Reliability

#: What a score is made by.
MADE = keyed("score_", "score_mean score_sum")


@spoken
def scores(
    found: Mapping[str, Reliability | AnalysisError],
    answers: Answers,
    edition: Edition,
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
    named = {name: study.name(name)[edition] for name in found}
    label = say("scores_together", edition)
    told = {"confidence": confidence, "name": "tab-score-reliability"}
    pieces = [
        *(made(name, answers, edition) for name in found),
        moments_table(rows, named, label, "tab-scores", edition),
        reliability_table(found, answers, edition, **told),
        *items_tables(found, answers, edition),
    ]
    for name, (_, row) in zip(found, rows.iterrows(), strict=True):
        label = study.label(name)[edition]
        if row["n"]:
            picture = f"fig-{id_of(name)}"
            pieces.append(histogram(answers.score(name), label, picture, edition))
        pieces.append(described(row, name, answers, edition))
    return pieces


def made(name: str, answers: Answers, edition: Edition) -> Piece:
    """Say what a score is made of, and how many answers it needs."""
    study, score = answers.study, answers.study.scores[name]
    items, turned = study.score_items(name), study.turned(name)
    values = {
        "label": score.label[edition],
        "items": joined([study.name(item)[edition] for item in items], edition),
        "needs": score.needs or len(items),
        "of": len(items),
    }
    text = say(MADE[score.kind], edition, **values)
    if turned:
        names = joined([study.name(item)[edition] for item in turned], edition)
        text += " " + say("score_turned", edition, items=names)
    return wording.text(f"made-{id_of(name)}", text)
