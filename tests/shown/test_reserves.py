"""The direction of a hypothesis, and the tests that may contradict the one declared."""

import pandas as pd
import pytest
from conftest import ROOT, in_language
from material.studies.small import answers, level, question, scale

from ecrm_helpers.shown import hypotheses
from ecrm_helpers.shown.hypotheses.reserves import expected, reserve, towards
from ecrm_helpers.statistics import analysis
from ecrm_helpers.study import StudyError, read_study

STUDY = read_study()
TWO = pd.DataFrame({"q3": [1.0, 2, 3, 5], "q4": [2.0, 1, 4, 6]})
EXPECTS = '    expects: ["yes", "no"]'


def groups(levels, *scores):
    rows = [(level, s) for level, of in zip(levels, scores, strict=True) for s in of]
    return pd.DataFrame(rows, columns=["q10", "q11"])


def claims(name, expects):
    return STUDY.hypotheses[name].model_copy(update={"expects": expects})


@pytest.mark.parametrize(
    ("sign", "turn", "found"),
    [
        ("positive", 1, "supported"),
        ("negative", -1, "supported"),
        ("positive", -1, "opposite"),
        ("negative", 1, "opposite"),
        (None, -1, "supported"),
    ],
)
def test_two_scales_go_the_way_that_is_claimed_or_the_other(sign, turn, found):
    assert towards(claims("h2", sign), TWO.assign(q4=turn * TWO["q4"])) == found


@pytest.mark.parametrize(
    ("scores", "found"),
    [
        (([5, 6], [3, 4], [1, 2]), "supported"),
        (([1, 2], [3, 4], [5, 6]), "opposite"),
        (([3, 4], [1, 2], [5, 6]), "other_order"),
        (([3, 4], [3, 4], [5, 6]), "other_order"),
    ],
)
def test_groups_stand_in_the_order_that_is_claimed_or_not(scores, found):
    assert towards(claims("h3", ("a", "b", "c")), groups("abc", *scores)) == found


def test_the_decision_says_which_direction_was_claimed():
    assert in_language("en", expected, "h3", STUDY) == "direction expected: Yes > No"
    assert in_language("en", expected, "h2", STUDY).startswith("in either direction")
    assert in_language("fr", expected, "h2", STUDY).startswith("dans un sens ou dans l")


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ('["yes"]', "[yes]: groups expect an order, from high to low, of all levels"),
        ('["yes", "maybe"]', "of all levels (no, yes), each once"),
        ("positive", "positive: groups expect"),
    ],
)
def test_a_direction_that_groups_do_not_have_is_refused_with_its_line(
    tmp_path, wrong, says
):
    text = (ROOT / "study.yml").read_text(encoding="utf-8")
    line = text.splitlines().index(EXPECTS) + 1
    path = tmp_path / "study.yml"
    path.write_text(text.replace(EXPECTS, f"    expects: {wrong}"), encoding="utf-8")
    with pytest.raises(StudyError) as refused:
        read_study(path)
    said = refused.value.said("en")
    assert says in said
    assert f"line {line}" in said
    assert f"ligne {line}" in refused.value.said("fr")


def test_a_sign_that_two_scales_do_not_have_is_refused(tmp_path):
    text = (ROOT / "study.yml").read_text(encoding="utf-8")
    path = tmp_path / "study.yml"
    wanted = "variables: [q3, q4]\n    expects: up"
    path.write_text(text.replace("variables: [q3, q4]", wanted), encoding="utf-8")
    with pytest.raises(StudyError, match="up"):
        read_study(path)


def beside(data):
    asked = data, "q11", "q10"
    return {
        "welch": analysis.attempt(analysis.welch, *asked),
        "mann_whitney": analysis.attempt(analysis.mann_whitney, *asked),
        "levene_mean": analysis.attempt(analysis.levene, *asked, center="mean"),
    }


def test_a_decision_that_welch_contradicts_says_so_and_what_fails():
    few, many = [1, 7] * 5 + [7] * 4, [4, 4, 3, 4, 4, 5, 4, 3, 4, 4] * 10
    data = groups(["no", "yes"], few, many)
    anova, tests = analysis.anova(data, "q11", by="q10"), beside(data)
    assert anova.p < 0.05 < tests["welch"].p
    said = in_language("en", reserve, "groups", anova.p, tests, 0.05)
    assert "Welch's test, p = " in said
    assert "Levene's test rejects (p < .001)" in said
    assert "test de Levene rejette" in in_language(
        "fr", reserve, "groups", anova.p, tests, 0.05
    )


def test_where_all_tests_decide_alike_there_is_no_reserve():
    data = groups(["no", "yes"], [1, 2, 3] * 9, [5, 6, 7] * 9)
    anova = analysis.anova(data, "q11", by="q10")
    assert in_language("en", reserve, "groups", anova.p, beside(data), 0.05) == ""


SEEN = pd.DataFrame({"q10": list("aaab") * 5, "q12": list("xxyy") * 5})
THREE = pd.DataFrame({"q3": [1.0, 2, 3, 4, 5], "q8": [3.0, 1, 4, 2, 3]})
SLOPES = THREE.assign(q4=2 * THREE["q3"] - THREE["q8"])


@pytest.mark.parametrize(
    ("expects", "data", "found"),
    [
        ({"a": "x"}, SEEN, "supported"),
        ({"a": "y"}, SEEN, "opposite"),
        ({"a": "x", "b": "x"}, SEEN, "mixed"),
        ({"a": "z"}, SEEN, "mixed"),  # nobody chose it
        ({"q3": "positive", "q8": "negative"}, SLOPES, "supported"),
        ({"q3": "negative", "q8": "positive"}, SLOPES, "opposite"),
        ("positive", SLOPES, "mixed"),
        ({"q8": "negative"}, SLOPES, "supported"),
        (("q3", "q8"), THREE, "supported"),
        (("q8", "q3"), THREE, "opposite"),
    ],
)
def test_choices_regressions_and_paired_scales_have_a_direction(expects, data, found):
    assert towards(claims("h2", expects), data) == found


def test_an_order_of_groups_of_which_one_is_empty_is_not_assessable():
    data = groups(["a", "b"], [4, 5, 6], [1, 2, 3])
    order = claims("h3", ("a", "b", "c"))
    assert towards(order, data) == "not_assessable"
    assert towards(claims("h3", ("a", "b")), data) == "supported"


#: R 4.2, lm(y ~ x1 + x2): p of the whole 7.5e-07, of x1 .668, of x2 1.1e-06.
X1 = [1, 2, 3, 4, 5] * 3
X2 = [1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 1, 3, 5, 2, 4]
Y = [1, 2, 2, 3, 3, 4, 4, 4, 5, 5, 1, 3, 5, 2, 5]


@pytest.mark.parametrize(
    ("expects", "found"),
    [
        (None, "supported"),
        ({"x2": "positive"}, "supported"),
        ({"x2": "negative"}, "opposite"),
        ({"x1": "positive"}, "not_supported"),
        ("positive", "not_supported"),
    ],
)
def test_a_direction_of_one_scale_of_several_needs_its_own_p(tmp_path, expects, found):
    claim = {"claim": {"en": "c", "fr": "c"}, "variables": ["x1", "x2", "y"]}
    rows = [list(map(str, row)) for row in zip(X1, X2, Y, strict=True)]
    asked = {name: scale(name) for name in ("x1", "x2", "y")}
    claim |= {"expects": expects} if expects else {}
    read = answers(tmp_path, asked, list(asked), rows, hypotheses={"h9": claim})
    fit = {"h9": analysis.regression(read.asked("h9"), "x1", "x2", "y")}
    decided = in_language("en", hypotheses.regressed, fit, 0.05, read)[-1]
    assert decided.content == {"association": found, "as_worded": "taken"} | (
        {"reserve": True} if "reserve" in decided.content else {}
    )


def test_what_explains_alone_is_held_beside_the_whole():
    weak = analysis.FTest(1.0, (1.0, 2.0), 0.4)
    tests = {"robust": analysis.FTest(9.0, (2.0, 2.0), 0.001), "Age": weak}
    said = in_language("en", reserve, "regression", 0.01, tests, 0.05)
    assert said.startswith("The regression as a whole (F), p = .010")
    assert "Age, p = .400" in said
    assert "robust" not in said


#: R 4.2, ptukey of the studentised gap of means with Welch's df: p of a > b 2.2e-04 and
#: of b > c .929 for the third group of the first line, .0021 for that of the second.
@pytest.mark.slow
@pytest.mark.parametrize(
    ("third", "found", "said"),
    [
        ([3, 4, 3, 3, 4, 2], "steps_not_shown", "B > C, p = .929"),
        ([1, 1, 2, 1, 1, 2], "supported", "B > C, p = .002"),
    ],
)
def test_an_order_of_three_groups_needs_each_of_its_steps(tmp_path, third, found, said):
    split = {"A": [6, 7, 7, 6, 7, 5], "B": [3, 4, 4, 3, 4, 2], "C": third}
    rows = [[name, str(point)] for name, of in split.items() for point in of]
    asked = {
        "g": question("choice", "g", levels={name: level(name) for name in split}),
        "s": scale("s", 1, 7),
    }
    claim = {"claim": {"en": "c", "fr": "c"}, "variables": ["g", "s"]}
    claim |= {"expects": ["A", "B", "C"]}
    read = answers(tmp_path, asked, ["g", "s"], rows, hypotheses={"h9": claim})
    one = analysis.comparison(read.asked("h9"), "s", by="g")
    sure = {"confidence": 0.95, "seed": 1}
    shown = in_language("en", hypotheses.grouped, "h9", one, {}, 0.05, read, **sure)[-1]
    assert shown.content["association"] == found
    assert f"(Games–Howell): A > B, p < .001; {said}" in shown.plain


def test_a_small_slope_is_written_with_two_digits_of_its_standard_error(tmp_path):
    """R 4.2, lm(y ~ x): B .000564182, standard error .000179270."""
    x, y = [100, 2400, 3100, 900, 5200, 4000, 2800, 1500], [2, 3, 5, 2, 4, 5, 3, 3]
    rows = [[str(one), str(two)] for one, two in zip(x, y, strict=True)]
    asked = {"x": question("number", "x"), "y": scale("y")}
    claim = {"claim": {"en": "c", "fr": "c"}, "variables": ["x", "y"]}
    claim |= {"test": "regression"}
    read = answers(tmp_path, asked, ["x", "y"], rows, hypotheses={"h9": claim})
    fit = {"h9": analysis.regression(read.asked("h9"), "x", "y")}
    shown = in_language("en", hypotheses.regressed, fit, 0.05, read)
    pieces = {one.id.removesuffix("-h9"): one for one in shown}
    row = pieces["tab-coefficients"].content["texts"][1]
    assert row[:2] == ["0.00056", "0.00018"]
    assert "B\u00a0=\u00a00.00056" in pieces["sentence-regression"].plain
