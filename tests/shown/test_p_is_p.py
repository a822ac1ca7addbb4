"""A p value looks alike in every table and sentence, and is never printed as zero."""

import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from conftest import ROOT, in_language

from ecrm_helpers.answers.read import read_answers
from ecrm_helpers.cli.robustness import statistic
from ecrm_helpers.printed.blanks import fill
from ecrm_helpers.shown.hypotheses import (
    additions,
    crossings,
    holding,
    layouts,
    possible,
    ranges,
    side_tests,
)
from ecrm_helpers.shown.hypotheses.further import correlated, regressed
from ecrm_helpers.statistics import analysis
from ecrm_helpers.statistics.robustness import LOCATION
from ecrm_helpers.study import read_published, read_study

SURVEY = read_answers(
    ROOT / "data/reconstructed/survey.csv", read_published(read_study())
)
ASKED = SURVEY.pair("q10", "q11"), "q11", "q10"
ROWS = analysis.descriptives(*ASKED)
ANOVA = analysis.anova(*ASKED)
TESTS = {
    "welch": analysis.welch(*ASKED),
    "mann_whitney": analysis.mann_whitney(*ASKED),
    "levene_mean": analysis.levene(*ASKED, center="mean"),
}
CROSSED = analysis.cross_table(
    pd.DataFrame(
        {"q1": ["a", "b"] * 30, "q2": ["c", "d", "d", "d"] * 15}, dtype="category"
    ),
    "q1",
    "q2",
)
TINY = (3.5e-26, 0.0004999, 0.0)


def tiny(record, p):
    """Give a record with every p of it so small."""
    named = [key for key in vars(record) if key == "p" or re.match("p_|fisher_p", key)]
    return replace(record, **dict.fromkeys(named, p))


def shown(p, edition):
    """Give every table and sentence that shows a p, with p so small."""
    tests = {key: tiny(test, p) for key, test in TESTS.items()}
    r = analysis.correlation(SURVEY.pair("q3", "q4"), "q3", "q4")
    pairs = {("q1", "q2"): tiny(CROSSED, p)}
    every = pd.DataFrame(
        {name: [p, p] for name in (*LOCATION, "levene_mean_p")}, dtype=float
    )
    return [
        in_language(edition, layouts.anova_table, tiny(ANOVA, p)),
        in_language(edition, layouts.correlation_table, tiny(r, p), SURVEY),
        in_language(edition, side_tests.tests_table, tests, None),
        in_language(edition, crossings.crossings_table, pairs, SURVEY, confidence=0.95),
        in_language(edition, ranges.ranges_table, every, every),
        in_language(edition, additions.rounding_table, [tiny(r, p or 1e-300)] * 2),
        in_language(edition, holding.in_all, every, every, 0.05),
        in_language(edition, possible.p_values_chart, every.clip(lower=1e-300), 0.05),
    ]


@pytest.mark.parametrize("edition", ["fr", "en"])
@pytest.mark.parametrize("p", TINY)
def test_a_tiny_p_is_never_printed_as_zero(p, edition):
    for piece in shown(p, edition):
        cells = [piece.plain]
        if piece.kind == "table":
            cells = [cell for row in piece.content["texts"] for cell in row]
        for cell in cells:
            assert not re.search(r"(?<![\d.,])0?[.,]0+(?![\d.,])", cell), cell


def test_three_tables_write_one_p_alike():
    for edition, small in (("fr", "< 0,001"), ("en", "< .001")):
        for piece in shown(3.5e-26, edition)[:4]:
            assert small in np.ravel(piece.content["texts"])
    written = in_language("en", layouts.anova_table, ANOVA).content["texts"][0][-1]
    assert written == ".010"
    assert (
        in_language("fr", layouts.anova_table, ANOVA).content["texts"][0][-1] == "0,010"
    )


def test_english_drops_the_zero_of_what_cannot_exceed_one():
    d = analysis.cohen_d(*ASKED)
    rows = in_language("en", additions.effects_table, ANOVA, d, ROWS, SURVEY).content[
        "texts"
    ]
    assert all(not cell.startswith("0.") for row in rows[:2] for cell in row)
    table = in_language(
        "en",
        crossings.crossings_table,
        {("q1", "q2"): CROSSED},
        SURVEY,
        confidence=0.95,
    )
    kinds = [name for (name,) in table.content["columns"]]
    (cells,) = table.content["texts"]
    of_v = cells[kinds.index("Cramér's V") :]
    assert all(re.fullmatch(r"1?\.\d\d", cell) for cell in of_v)


def test_shell_and_declared_texts_write_p_as_tables_do():
    line = statistic("anova_p", pd.Series([1e-9, 0.01013]), "en")
    assert line.endswith("10⁻⁹ to .01013")
    assert fill("p {x:p}", {"x": 1e-9}, "fr") == "p < 0,001"
    assert fill("p {x:p}", {"x": 0.01013}, "en") == "p = .010"


@pytest.mark.slow
def test_further_hypotheses_write_a_tiny_p_as_all_others_do():
    scales = pd.DataFrame({"x": range(40), "y": [k + k % 3 for k in range(40)]})
    found = analysis.associations(scales, "x", "y")
    fit = analysis.regression(scales.assign(z=scales["x"] * 2 + [0, 1] * 20), *"xyz")
    shown = [
        in_language("en", correlated.associations_table, found),
        in_language("en", correlated.ranks_sentence, found),
        in_language("en", regressed._coefficients, fit, ["X", "Y"], "Z"),
        in_language("en", regressed._checks, fit),
    ]
    for piece in shown:
        assert "<.001" in re.sub(r"\s", "", piece.plain)
        assert not re.search(r"(?<![\d.])0?\.000\b", piece.plain), piece.plain
