"""Groups on a scale: each pair of several, and a further hypothesis whole."""

from collections.abc import Mapping

import pandas as pd

from ecrm_helpers.answers.read import Answers
from ecrm_helpers.printed import language, p_cell, say
from ecrm_helpers.printed.blanks import Quantity
from ecrm_helpers.shown.hypotheses.additions import effects_table
from ecrm_helpers.shown.hypotheses.decisions import decided
from ecrm_helpers.shown.hypotheses.further.one import beginning
from ecrm_helpers.shown.hypotheses.layouts import anova_table, descriptives_table
from ecrm_helpers.shown.hypotheses.pictures import groups_chart, groups_residuals
from ecrm_helpers.shown.hypotheses.remarks import effect
from ecrm_helpers.shown.hypotheses.sentences import anova_sentence
from ecrm_helpers.shown.hypotheses.side_tests import tests_sentences, tests_table
from ecrm_helpers.shown.piece import Piece, of_hypothesis
from ecrm_helpers.shown.tables import Digits, table
from ecrm_helpers.shown.wording import paragraph
from ecrm_helpers.statistics.analysis import AnalysisError
from ecrm_helpers.statistics.analysis.compare import Comparison


def pairwise_table(
    found: pd.DataFrame | AnalysisError, by: str, answers: Answers, *, confidence: float
) -> list[Piece]:
    """Show each pair of three groups or more; nothing where there are two.

    Parameters
    ----------
    found : DataFrame, or why there is none
        As `analysis.pairwise` gives it.
    by : str
        The question that makes the groups.
    confidence : float, in (0, 1)
        Coverage of its intervals.
    """
    if isinstance(found, AnalysisError):
        return []
    labels = answers.study.columns[by].labels(language())
    frame = found.copy()
    frame.index = pd.Index(
        [f"{labels[first]} − {labels[second]}" for first, second in found.index]
    )
    keys = ("difference", "low", "high", "p", "d", "low_of_d", "high_of_d")
    frame.columns = pd.Index([say(key) for key in keys])
    caption = say("caption_pairwise")
    note = say("note_pairwise", level=f"{100 * confidence:g}")
    digits: dict[str, Digits] = {say("p"): p_cell}
    name = "tab-pairwise"
    apart = int(((found["low"] > 0) | (found["high"] < 0)).sum())
    said = say("pairs_said", k=apart, n=len(found))
    shown = table(frame, name, caption, decimals=digits, note=note, said=said)
    return [paragraph("pairs-follow", "pairs_follow"), shown]


def grouped(
    name: str,
    found: Comparison | AnalysisError,
    facts: Mapping[str, Quantity],
    alpha: float,
    answers: Answers,
    *,
    confidence: float,
    seed: int,
) -> list[Piece]:
    """Show a further hypothesis on groups, from its answers to its decision.

    Parameters
    ----------
    name : str
        Of the hypothesis.
    found : Comparison, or why there is none
        As `analysis.comparison` gives it.
    facts : mapping of quantity to number
        As `quantities.groups` gives them.
    seed : int
        Of the sideways scatter that keeps equal answers apart.
    """
    begun = beginning(name, found, answers)
    if isinstance(found, AnalysisError):
        return begun
    rows, sure = found.rows, {"confidence": confidence}
    by, compared = str(rows.index.name), answers.asked(name)
    shown = [
        descriptives_table(rows, answers),
        anova_table(found.anova),
        anova_sentence(found.anova, rows, answers),
        effects_table(found.anova, found.d, rows, answers),
        effect(found.anova),
        groups_chart(compared, rows, answers, None, seed=seed),
        tests_table(found.tests, None),
        tests_sentences(found.tests, found.unpooled_d, rows, answers, None, **sure),
        groups_residuals(compared, answers),
        *pairwise_table(found.pairwise, by, answers, **sure),
    ]
    p = [found.anova.p]
    verdict = decided(
        name, answers, p, alpha, facts, besides=found.tests, finding=found.anova
    )
    return [*begun, *of_hypothesis(name, *shown), verdict]
