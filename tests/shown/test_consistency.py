"""Items worded the other way round: turned for alpha, warned of where they are not."""

import re

import pytest
from conftest import ROOT, in_language

from ecrm_helpers.answers.export import syntax
from ecrm_helpers.answers.read import read_answers
from ecrm_helpers.shown import survey
from ecrm_helpers.statistics import analysis
from ecrm_helpers.study import read_study

DATA = ROOT / "data/synthetic/export.csv"


@pytest.fixture(scope="module")
def of_study(tmp_path_factory):
    """Read the invented answers as if q5_2 was, or was not, worded in reverse."""
    text = (ROOT / "study.yml").read_text(encoding="utf-8")
    path = tmp_path_factory.mktemp("reversed") / "study.yml"
    path.write_text(re.sub("(q5_2: {)", r"\1reversed: true, ", text), encoding="utf-8")
    return read_answers(DATA, "study.yml"), read_answers(DATA, read_study(path))


def test_a_reversed_item_is_turned_round_and_what_was_answered_stays(of_study):
    plain, turned = of_study
    assert turned.items("q5").equals(plain.items("q5"))
    assert plain.turned("q5").equals(plain.items("q5"))
    now, then = turned.turned("q5"), plain.items("q5")
    assert ((now["q5_2"] + then["q5_2"]).dropna() == 8).all()
    others = [name for name in then if name != "q5_2"]
    assert now[others].equals(then[others])


@pytest.mark.parametrize("edition", ["fr", "en"])
def test_an_item_against_the_others_is_warned_of_and_a_turned_one_said(
    of_study, edition
):
    plain, turned = of_study
    for answers, against in ((plain, False), (turned, True)):
        found = {"q5": analysis.reliability(answers.turned("q5"))}
        item = answers.study.questions["q5"].items["q5_2"][edition]
        shown = in_language(edition, survey.items_tables, found, answers)
        warned = [piece.plain for piece in shown if piece.id == "against-q5"]
        assert [item in text for text in warned] == [True] * against
        whole = in_language(
            edition, survey.reliability_table, found, answers, confidence=0.95
        )
        assert (item in whole.plain) == against


def test_the_syntax_turns_the_item_round_for_alpha_alone(of_study):
    plain, turned = (
        syntax(each.frame, each.study, "answers.sav", "synthetic", "en").decode()
        for each in of_study
    )
    command = "TEMPORARY.\nCOMPUTE q5_2 = 8 - q5_2.\n\nRELIABILITY /VARIABLES=q5_1 q5_2"
    assert command in turned
    assert "COMPUTE" not in plain
