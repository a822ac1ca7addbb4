"""Counts, correlations and design, against R, published values and laws.

R's print-outs stand in ``oracles/`` beside the scripts that made them. They
have 15 digits and R's root finders stop at 1e-13, hence the tolerance. Groups
are compared in ``test_analysis_groups.py``.
"""

from dataclasses import asdict

import numpy as np
import pandas as pd
import pytest
from conftest import often
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from material.groups import together
from oracles import print_out

from ecrm_helpers.statistics import analysis
from ecrm_helpers.statistics.analysis import AnalysisError

GROUPS = print_out("groups")
CORRELATION = print_out("correlation")
FREQUENCIES = print_out("frequencies")
steadily = settings(derandomize=True, deadline=None, max_examples=often(50))


def as_r(value):
    return pytest.approx(value, rel=1e-10)


# --- Frequencies


@pytest.mark.parametrize("question", ["q1", "q2", "q10", "q12"])
@pytest.mark.parametrize(("confidence", "suffix"), [(0.95, ""), (0.9, "90")])
def test_frequencies_and_wilson_intervals_are_those_of_r(question, confidence, suffix):
    cells = {
        tuple(key.split(".")[1:]): value
        for key, value in FREQUENCIES.items()
        if key.startswith(question + ".")
    }
    levels = list(dict.fromkeys(level for level, _ in cells))
    counts = [int(cells[level, "n"]) for level in levels]
    answers = pd.Series(pd.Categorical(np.repeat(levels, counts), levels))
    table = analysis.frequencies(answers, confidence=confidence)
    assert list(table.index) == levels
    for level in levels:
        row = table.loc[level]
        assert row["n"] == cells[level, "n"]
        for column in ("percent", "cumulative"):
            assert row[column] == as_r(cells[level, column])
        assert row["low"] == as_r(cells[level, "low" + suffix])
        assert row["high"] == as_r(cells[level, "high" + suffix])


def test_missing_answers_count_in_percent_but_not_in_valid_percent():
    # Four respondents of whom two say yes, one no, one nothing: by hand.
    levels = pd.CategoricalDtype(["no", "yes", "maybe"])
    table = analysis.frequencies(pd.Series(["yes", "no", "yes", None], dtype=levels))
    assert list(table["n"]) == [1, 2, 0]
    assert list(table["percent"]) == [25, 50, 0]
    assert list(table["valid_percent"]) == as_r([100 / 3, 200 / 3, 0])
    assert list(table["cumulative"]) == as_r([100 / 3, 100, 100])


def test_frequencies_refuse_silence():
    answers = pd.Series(pd.Categorical([None], ["yes"]), name="q10")
    with pytest.raises(AnalysisError, match="cannot count q10: no answer"):
        analysis.frequencies(answers)


# --- Correlation


@pytest.mark.parametrize("r", ["0.7375", "0.738", "0.7385", "-0.2"])
def test_a_printed_r_gives_the_test_and_interval_of_r(r):
    ours = asdict(analysis.correlation_from_r(float(r), 73))
    for key in ("r", "t", "df", "p", "low", "high"):
        assert ours[key] == as_r(CORRELATION[f"r{r}.{key}"])


@pytest.mark.parametrize(("name", "level"), [("anscombe", 0.95), ("anscombe90", 0.9)])
def test_a_correlation_is_that_of_r_on_the_data_of_anscombe(name, level):
    x, y = (
        pd.Series([CORRELATION[f"anscombe.{axis}.{row}"] for row in range(1, 12)])
        for axis in "xy"
    )
    ours = asdict(analysis.correlation(*together(x, y), confidence=level))
    for key in ("r", "t", "df", "p", "low", "high"):
        assert ours[key] == as_r(CORRELATION[f"{name}.{key}"])


def test_the_printed_r_gives_the_interval_of_the_published_reference():
    # R 4.2.2, psych: r = .7377, N = 73.
    ours = analysis.correlation_from_r(0.7377, 73)
    assert (ours.low, ours.high) == pytest.approx((0.611, 0.827), abs=0.0005)
    assert ours.r_squared == pytest.approx(0.7377**2)


@pytest.mark.slow
@given(
    pairs=st.lists(st.tuples(st.integers(1, 7), st.integers(1, 7)), min_size=5),
    shift=st.integers(-3, 3),
    unit=st.integers(1, 9),
    order=st.randoms(use_true_random=False),
)
@steadily
def test_r_ignores_origin_unit_order_and_which_comes_first(pairs, shift, unit, order):
    x, y = (pd.Series(list(side)) for side in zip(*pairs, strict=True))
    assume(x.nunique() > 1 and y.nunique() > 1 and abs(np.corrcoef(x, y)[0, 1]) < 0.99)
    r = analysis.correlation(*together(x, y)).r
    assert r == pytest.approx(np.corrcoef(x, y)[0, 1], abs=1e-12)
    assert analysis.correlation(*together(y, x)).r == pytest.approx(r, abs=1e-12)
    assert analysis.correlation(*together(unit * x + shift, y)).r == pytest.approx(
        r, abs=1e-12
    )
    assert analysis.correlation(*together(-x, y)).r == pytest.approx(-r, abs=1e-12)
    order.shuffle(pairs)
    x, y = (pd.Series(list(side)) for side in zip(*pairs, strict=True))
    assert analysis.correlation(*together(x, y)).r == pytest.approx(r, abs=1e-12)


def test_pairs_with_a_missing_answer_are_left_out():
    x = pd.Series([1, 2, 3, 4, 5, 7, pd.NA], dtype="Int64")
    y = pd.Series([2, 1, 4, 3, 5, pd.NA, 7], dtype="Int64")
    complete = analysis.correlation(*together(x[:5], y[:5]))
    assert analysis.correlation(*together(x, y)) == complete
    assert complete.n == 5


@pytest.mark.parametrize(("r", "n"), [(1.0, 73), (-1.0, 73), (1.2, 73), (0.5, 3)])
def test_an_impossible_r_or_too_few_pairs_are_refused(r, n):
    with pytest.raises(AnalysisError, match=f"-1 < r < 1 .* got r = {r}, n = {n}"):
        analysis.correlation_from_r(r, n)


@pytest.mark.parametrize(
    ("x", "found"), [([1, 2, 3], "3 pairs"), ([2, 2, 2, 2, 2], "1 distinct answers")]
)
def test_a_correlation_refuses_few_pairs_and_constants(x, found):
    with pytest.raises(AnalysisError, match=f"4 complete pairs .* got .*{found}"):
        analysis.correlation(*together(pd.Series(x), pd.Series(range(len(x)))))


@pytest.mark.parametrize("unit", [1, 3, 7])
def test_a_perfect_correlation_is_refused(unit):
    line = pd.Series(range(1, 8))
    with pytest.raises(AnalysisError, match="-1 < r < 1"):
        analysis.correlation(*together(line, unit * line + 2))


# --- Design and conventions


def test_detectable_effects_are_those_of_r_and_of_the_reference():
    assert analysis.detectable(12, 61) == as_r(GROUPS["detectable.12.61"])
    assert analysis.detectable(30, 30) == as_r(GROUPS["detectable.30.30"])
    assert analysis.detectable(73) == as_r(CORRELATION["detectable.73"])
    assert analysis.detectable(30) == as_r(CORRELATION["detectable.30"])
    assert analysis.detectable(12, 61) == pytest.approx(0.90, abs=0.005)
    assert analysis.detectable(73) == pytest.approx(0.32, abs=0.005)


def test_a_stricter_level_and_a_smaller_sample_detect_less():
    assert analysis.detectable(73, alpha=0.01) > analysis.detectable(73)
    assert analysis.detectable(73, power=0.9) > analysis.detectable(73)
    assert analysis.detectable(12, 30) > analysis.detectable(12, 61)


@pytest.mark.parametrize("sizes", [(), (4,), (1, 1, 2)])
def test_what_too_few_can_detect_is_not_computed(sizes):
    with pytest.raises(AnalysisError, match=f"with {sum(sizes)} answers"):
        analysis.detectable(*sizes)


@pytest.mark.parametrize(
    ("measure", "cuts"), [("r", (0.1, 0.3, 0.5)), ("eta_squared", (0.01, 0.06, 0.14))]
)
def test_magnitudes_change_at_the_cut_offs_of_cohen_1988(measure, cuts):
    # Cohen (1988), pp. 79-80 (r) and 285-287 (eta squared, from f = .1, .25, .4).
    names = ["negligible", "small", "medium", "large"]
    for cut, below, above in zip(cuts, names, names[1:], strict=False):
        assert analysis.magnitude(measure, cut - 1e-9) == below
        assert analysis.magnitude(measure, cut) == above
        assert analysis.magnitude(measure, -cut) == above
    with pytest.raises(KeyError):
        analysis.magnitude("d", 0.5)
