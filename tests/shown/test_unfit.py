"""One printed digit changed: "nothing fits together" is said, and the rest goes on."""

from dataclasses import replace

import pytest
from conftest import ROOT, in_language

from ecrm_helpers.answers.read import read_answers
from ecrm_helpers.shown.hypotheses import unfit
from ecrm_helpers.statistics.admissible import count
from ecrm_helpers.study import read_published, read_study

SURVEY = read_answers(
    ROOT / "data/reconstructed/survey.csv", read_published(read_study())
)
TABLE = SURVEY.printed_rows("q11", by="q10")
CHANGED = [
    (cell, f"{text[:k]}{digit}{text[k + 1 :]}")
    for cell, text in TABLE.anova.items()
    for k, old in enumerate(text)
    if old.isdigit()
    for digit in "0123456789"
    if digit != old
]


@pytest.mark.parametrize(("cell", "text"), CHANGED)
def test_a_changed_digit_of_the_anova_leaves_the_sets_out(cell, text):
    table = replace(TABLE, anova={**TABLE.anova, cell: text})
    assert not count(table)
    (said,) = in_language("en", unfit, table, SURVEY)
    assert said.without == ("sets",)
    assert "nothing fits the printed rows together" in said.plain
    (decided,) = in_language("en", unfit, table, SURVEY, name="h3")
    assert decided.content["association"] == "not_assessable"


def test_nothing_is_said_where_something_fits():
    assert in_language("en", unfit, TABLE, SURVEY) == []
