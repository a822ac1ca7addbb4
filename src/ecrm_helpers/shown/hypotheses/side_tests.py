"""The tests beside the analysis of variance, as a table and in sentences.

A test that the data do not allow says why and leaves the others alone.
"""

from collections.abc import Mapping, Sequence
from math import isnan

import pandas as pd

from ecrm_helpers.answers.read import Answers
from ecrm_helpers.printed import keyed, language, p_cell, say
from ecrm_helpers.shown.hypotheses import sentences
from ecrm_helpers.shown.hypotheses.layouts import labelled
from ecrm_helpers.shown.hypotheses.ranges import constancy
from ecrm_helpers.shown.piece import Piece
from ecrm_helpers.shown.tables import Digits, table
from ecrm_helpers.shown.wording import f_of
from ecrm_helpers.statistics.analysis import (
    AnalysisError,
    Correlation,
    Estimate,
    FTest,
    KruskalWallis,
    MannWhitney,
    RankCorrelation,
    SignedRank,
)

#: Rows of the table of tests.
ROW = keyed(
    "",
    "welch levene_mean levene_median kruskal mann_whitney_exact "
    "mann_whitney_asymptotic",
)

#: Captions, by what tests rest on.
CAPTION = keyed("caption_tests_", "caption_tests_reconstructed caption_tests_own")

#: Tests that may be refused.
TEST = keyed("test_", "test_welch test_ranks test_levene_mean test_levene_median")

#: The record of one test.
Test = FTest | MannWhitney | KruskalWallis | Correlation | RankCorrelation | SignedRank
#: Tests under their names: ``"welch"``, ``"mann_whitney"`` and ``"kruskal"``, of
#: which the second stands for more than two groups, ``"levene_mean"`` and
#: ``"levene_median"``; beside a correlation ``"spearman"`` and ``"kendall"``; beside a
#: regression ``"robust"``, ``"breusch_pagan"`` and what explains, by its label; beside
#: paired scales ``"wilcoxon"``; or why there is none.
Tests = Mapping[str, Test | AnalysisError]


def shown(tests: Tests) -> dict[str, Test | AnalysisError]:
    """Leave one test by ranks: Mann and Whitney's where there are two groups."""
    two = not isinstance(tests.get("mann_whitney"), AnalysisError | None)
    return {
        k: v for k, v in tests.items() if k != ("kruskal" if two else "mann_whitney")
    }


def tests_table(tests: Tests, every: pd.DataFrame | None) -> Piece:
    """Show the tests beside the analysis of variance.

    Parameters
    ----------
    tests : mapping of str to a test's record, or why there is none
        As `Tests` names them.
    every : DataFrame or None
        As `robustness.estimates` gives it, for reconstructed answers: a test
        whose p is constant in it is called identified. None for real answers.
    """
    rows: dict[str, tuple[str, float, float]] = {}
    for key, test in shown(tests).items():
        if isinstance(test, MannWhitney):
            u = say("u")
            if not isnan(test.p_exact):
                rows["mann_whitney_exact"] = (u, test.u, test.p_exact)
            rows["mann_whitney_asymptotic"] = (u, test.u, test.p_asymptotic)
        elif isinstance(test, KruskalWallis):
            rows["kruskal"] = (say("h_of", df=test.df), test.h, test.p)
        elif isinstance(test, FTest):
            rows[key] = (f_of(test), test.f, test.p)
    columns = [say(key) for key in ("statistic", "value", "p")]
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=columns)
    if every is not None:
        frame[say("known")] = [constancy(every[f"{key}_p"]) for key in rows]
    frame.index = pd.Index([say(ROW[key]) for key in rows])
    basis = "own" if every is None else "reconstructed"
    caption = say(CAPTION[basis])
    digits: dict[str, Digits] = {say("p"): p_cell}
    digits |= {say(ROW[key]): 1 for key in rows if "whitney" in key}
    return table(frame, "tab-tests", caption, decimals=digits)


def tests_sentences(
    tests: Tests,
    d: Estimate | AnalysisError,
    rows: pd.DataFrame,
    answers: Answers,
    every: pd.DataFrame | None,
    *,
    confidence: float,
) -> Piece:
    """Show the tests beside the analysis of variance as sentences.

    Parameters
    ----------
    tests, d, every, confidence
        As `sentences_of` takes them.
    answers : Answers
        Give the labels of the groups.
    """
    labels = list(labelled(rows, answers).index.drop("total"))
    said = sentences_of(tests, d, labels, confidence, every)
    return sentences.listed(said, "sentence-tests")


def sentences_of(
    found: Tests,
    d: Estimate | AnalysisError,
    labels: Sequence[str],
    confidence: float,
    every: pd.DataFrame | None,
) -> list[str]:
    """Write the tests beside the analysis of variance, a sentence each.

    Parameters
    ----------
    found : mapping of str to a test's record, or why there is none
        As `Tests` names them.
    labels : sequence of str
        Of the groups.
    confidence : float, in (0, 1)
        Of the intervals.
    every : DataFrame or None
        As `robustness.estimates` gives it, for reconstructed answers: a test
        whose p varies in it is called an illustration.

    Returns
    -------
    list of str
        Where a test cannot be computed the sentence says so, and why.
    """
    written = {}
    for key, test in shown(found).items():
        if isinstance(test, AnalysisError):
            kind = "ranks" if key in ("kruskal", "mann_whitney") else key
            name, why = say(TEST[kind]), test.said(language())
            written[f"{key}_p"] = say("refused_for", label=name, why=why)
        elif isinstance(test, MannWhitney):
            sentence = sentences.mann_whitney(test, labels)
            written["mann_whitney_exact_p"] = sentence
        elif isinstance(test, KruskalWallis):
            written["kruskal_p"] = sentences.kruskal(test)
        elif key == "welch" and isinstance(test, FTest):
            written["welch_p"] = sentences.welch(test, d, labels)
        elif isinstance(test, FTest):
            written[f"{key}_p"] = sentences.levene(test, key, confidence)
    told = written if every is None else sentences.illustrated(written, every)
    return list(told.values())
