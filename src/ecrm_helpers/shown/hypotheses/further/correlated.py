"""Two scales: three correlations side by side, and a further hypothesis on a whole."""

from collections.abc import Mapping

import pandas as pd

from ecrm_helpers.answers.read import Answers
from ecrm_helpers.printed import joined, number, p_cell, p_value, say
from ecrm_helpers.printed.blanks import Quantity
from ecrm_helpers.shown.hypotheses.decisions import decided
from ecrm_helpers.shown.hypotheses.further.one import beginning
from ecrm_helpers.shown.hypotheses.layouts import correlation_table
from ecrm_helpers.shown.hypotheses.pictures import scatter
from ecrm_helpers.shown.hypotheses.sentences import (
    correlation_sentence,
    interval,
    listed,
)
from ecrm_helpers.shown.piece import Piece, of_hypothesis
from ecrm_helpers.shown.tables import Written, table
from ecrm_helpers.statistics.analysis import AnalysisError, Correlation, RankCorrelation

#: As `analysis.associations` gives them.
Associations = Mapping[str, Correlation | RankCorrelation | AnalysisError]


def associations_table(found: Associations) -> Piece:
    """Show the correlations of Pearson, Spearman and Kendall, with p and interval."""
    rows = {
        say(key): [
            *(Written(x, number(x, 3, lead=False)) for x in ends),
            Written(each.p, p_cell(each.p)),
            each.n,
        ]
        for key, each, ends in _each(found)
    }
    columns = [say(key) for key in ("value", "low", "high", "p", "N")]
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=columns)
    level = next(f"{100 * each.confidence:g}" for each in _pearson(found))
    note = say("note_associations", level=level)
    caption = say("caption_associations")
    return table(frame, "tab-associations", caption, note=note)


def ranks_sentence(found: Associations) -> Piece:
    """Show both rank correlations as a sentence, or why there is none."""
    parts = [
        say(
            "sentence_rank",
            name=say(key),
            value=number(each.value.value, 2, lead=False),
            p=p_value(each.p),
            interval=interval(each.value, lead=False),
        )
        for key, each in found.items()
        if isinstance(each, RankCorrelation)
    ]
    said = say("sentence_ranks", parts=joined(parts))
    return listed([said], "sentence-ranks")


def correlated(
    name: str,
    found: Associations,
    facts: Mapping[str, Quantity],
    alpha: float,
    answers: Answers,
) -> list[Piece]:
    """Show a further hypothesis on two scales, from its answers to its decision.

    Parameters
    ----------
    name : str
        Of the hypothesis.
    facts : mapping of quantity to number
        As `quantities.correlation` gives them.
    """
    r = found["pearson"]
    begun = beginning(name, r, answers)
    if not isinstance(r, Correlation):
        return begun
    shown = [
        correlation_table(r, answers),
        correlation_sentence(r, answers),
        associations_table(found),
        ranks_sentence(found),
        scatter(answers.asked(name), answers),
    ]
    verdict = decided(name, answers, [r.p], alpha, facts, besides=found, finding=r)
    return [*begun, *of_hypothesis(name, *shown), verdict]


def _each(
    found: Associations,
) -> list[tuple[str, Correlation | RankCorrelation, list[float]]]:
    """Give each correlation that there is, with its value and interval."""
    return [
        (key, each, [each.r, each.low, each.high])
        if isinstance(each, Correlation)
        else (key, each, [each.value.value, each.value.low, each.value.high])
        for key, each in found.items()
        if not isinstance(each, AnalysisError)
    ]


def _pearson(found: Associations) -> list[Correlation]:
    return [each for each in found.values() if isinstance(each, Correlation)]
