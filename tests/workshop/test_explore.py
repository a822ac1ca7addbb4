"""What fits the questions chosen, and the same by hand as it is shown."""

import sys

import pytest
from conftest import ROOT

from ecrm_helpers.answers.read import read_answers
from ecrm_helpers.printed import Wrong, speak
from ecrm_helpers.workshop.explore import choosable, example, explore, explored

pytestmark = pytest.mark.slow

GIVEN = read_answers(ROOT / "data/synthetic/export.csv", ROOT / "study.yml")


def pieces(*questions, edition="en"):
    return {piece.id: piece for piece in explored(GIVEN, *questions, edition=edition)}


def by_hand(code):
    """Run what is shown under "the same by hand"; give its last value and names."""
    names = {"answers": GIVEN}
    *before, last = code.partition("\n# ")[2].partition("\n")[2].splitlines()
    exec("\n".join(before), names)
    return eval(last, names), names


@pytest.mark.parametrize(
    ("questions", "table", "figure"),
    [
        (["q12"], "tab-q12", "fig-q12"),
        (["q8"], "tab-scales", "fig-q8"),
        (["q12", "q8"], "tab-anova-x1", "fig-groups-x1"),
        (["q3", "q4"], "tab-correlation-x1", "fig-scatter-x1"),
        (["q1", "q2"], "tab-crossings-x1", None),
        (["q3", "q4", "q8"], "tab-coefficients-x1", "fig-residuals-x1"),
    ],
)
def test_one_to_three_questions_show_what_fits(questions, table, figure):
    shown = pieces(*questions)
    assert table in shown
    assert figure is None or figure in shown
    assert "invented" in next(iter(shown.values())).plain  # before anything of them
    named = ", ".join(f'"{name}"' for name in questions)
    assert shown["explore-code"].plain.startswith(f"explore(answers, {named})\n")
    by_hand(shown["explore-code"].plain)
    if len(questions) > 1:
        decision = shown["x1"]
        assert decision.content["as_worded"] == "not_tested"
        assert "chosen while looking at the answers" in decision.plain
        assert any(name.startswith("sentence") for name in shown)


def test_the_order_of_a_choice_and_a_scale_does_not_matter():
    assert pieces("q8", "q12", "q8")["x1"].plain == pieces("q12", "q8")["x1"].plain


def test_by_hand_gives_what_the_table_holds():
    shown = pieces("q12", "q8")
    _, names = by_hand(shown["explore-code"].plain)
    one = names["pg"].anova(names["both"], dv="q8", between="q12").iloc[0]
    assert f"=\N{NO-BREAK SPACE}{one['F']:.2f}" in shown["sentence-anova-x1"].plain
    correlated = pieces("q3", "q4")
    _, names = by_hand(correlated["explore-code"].plain)
    r = names["both"].corr().iloc[0, 1]
    assert f"{r:.2f}".removeprefix("0") in correlated["sentence-correlation-x1"].plain


def test_three_that_no_test_takes_together_are_shown_two_by_two():
    """Bonferroni's level for three tests at .05 is .017; a pair is what it is alone."""
    shown = pieces("q12", "q3", "q8")
    assert "hold each p against .017 (.05 over three)" in shown["explore-apart"].plain
    alone = [pieces("q12", "q3"), pieces("q12", "q8"), pieces("q3", "q8")]
    for name, pair in zip(("x1", "x2", "x3"), alone, strict=True):
        assert shown[name].content["association"] == pair["x1"].content["association"]
        sentences = [k for k in pair if k.startswith("sentence")]
        assert sentences
        for each in sentences:
            assert shown[each.replace("x1", name)].plain == pair[each].plain
    by_hand(shown["explore-code"].plain)
    assert {"x1", "x2", "x3"} <= pieces("q1", "q2", "q12", edition="fr").keys()


def test_what_is_not_there_is_said():
    speak("en")
    for wrong in (["q99"], ["q5"], ["q1", "q2", "q3", "q4"]):
        with pytest.raises(Wrong, match="one to three questions are to be chosen"):
            pieces(*wrong, edition="fr")


def test_of_reconstructed_answers_there_is_nothing_to_explore():
    answers = read_answers(ROOT / "data/reconstructed/survey.csv", ROOT / "study.yml")
    (said,) = explored(answers, "q3", edition="fr")
    assert "rien à y explorer" in said.plain


def test_without_widgets_an_example_is_shown(monkeypatch):
    monkeypatch.setitem(sys.modules, "ipywidgets", None)
    shown = []
    monkeypatch.setattr("IPython.display.display", lambda *what: shown.extend(what))
    explore(GIVEN)
    assert example(GIVEN) == ("q1", "q3")
    assert "tab-anova-x1" in {piece.id for piece in shown}
    assert set(example(GIVEN)) <= set(choosable(GIVEN))
