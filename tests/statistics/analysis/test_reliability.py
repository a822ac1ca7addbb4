"""Alpha and omega, against R, a published example, closed forms and laws."""

import numpy as np
import pandas as pd
import pingouin
import pytest
from conftest import often
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from oracles import print_out

from ecrm_helpers.statistics.analysis import AnalysisError, reliability

R = print_out("scales")
DATA = ["attitude", "classes", "three", "unturned"]
steadily = settings(derandomize=True, deadline=None, max_examples=often(30))


def of_r(name):
    found = {}
    for key, value in R.items():
        if key.startswith(f"{name}.answer."):
            found.setdefault(key.split(".")[2], []).append(value)
    return pd.DataFrame(found)


def likert(people, items, seed=1):
    """Draw answers on 1 to 7 that share one cause."""
    draw = np.random.default_rng(seed)
    shared = draw.normal(size=(people, 1)) + draw.normal(size=(people, items))
    answers = np.clip(np.rint(4 + shared), 1, 7).astype(int)
    return pd.DataFrame(answers, columns=[f"q{i}" for i in range(items)])


@pytest.mark.parametrize("name", DATA)
def test_the_correlation_of_each_item_with_the_others_is_that_of_r(name):
    ours = reliability(of_r(name)).item_rest
    theirs = [R[f"{name}.rest.{item}"] for item in ours.index]
    assert ours.tolist() == pytest.approx(theirs, rel=1e-10)
    assert (min(theirs) < 0) == (name == "unturned")


@pytest.mark.parametrize("name", DATA)
def test_alpha_with_its_interval_and_without_each_item_is_that_of_r(name):
    answers = of_r(name)
    for level in (95, 90):
        ours = reliability(answers, confidence=level / 100)
        assert ours.alpha.value == pytest.approx(R[f"{name}.alpha"], rel=1e-10)
        assert ours.alpha.low == pytest.approx(R[f"{name}.low{level}"], rel=1e-10)
        assert ours.alpha.high == pytest.approx(R[f"{name}.high{level}"], rel=1e-10)
    assert (ours.n, ours.items) == answers.shape
    assert list(ours.if_dropped.index) == list(answers)
    for item, alpha in ours.if_dropped.items():
        assert alpha == pytest.approx(R[f"{name}.without.{item}"], rel=1e-10)


@pytest.mark.parametrize("name", DATA)
def test_omega_is_that_of_factanal(name):
    # factanal stops its search near 1e-9.
    assert reliability(of_r(name)).omega == pytest.approx(R[f"{name}.omega"], rel=1e-7)


def test_omega_of_three_items_is_that_of_the_closed_form():
    # One factor fits three correlations exactly: l1^2 = r12 r13 / r23.
    answers = of_r("three")
    r, sd = answers.corr().to_numpy(), answers.std().to_numpy()
    (a, b, c), squares = (r[0, 1], r[0, 2], r[1, 2]), np.empty(3)
    squares[:] = a * b / c, a * c / b, b * c / a
    common = (sd @ np.sqrt(squares)) ** 2
    omega = common / (common + sd**2 @ (1 - squares))
    assert reliability(answers).omega == pytest.approx(omega, rel=1e-9)


def test_alpha_is_that_of_the_published_example():
    # Values and data: pingouin 0.7, which quotes real-statistics.com (3 decimals).
    long = pingouin.read_dataset("cronbach_alpha")
    ours = reliability(long.pivot(index="Subj", columns="Items", values="Scores"))
    alpha = ours.alpha.value, ours.alpha.low, ours.alpha.high
    assert alpha == pytest.approx((0.592, 0.195, 0.840), abs=0.0005)


def test_parallel_items_have_omega_near_alpha():
    # With equal loadings and variances both estimate one quantity (McDonald 1999).
    ours = reliability(likert(people=4000, items=5))
    assert ours.omega == pytest.approx(ours.alpha.value, abs=0.002)


@pytest.mark.slow
@given(
    shift=st.integers(-3, 3),
    unit=st.sampled_from([-2.0, 0.5, 3.0, 10.0]),
    order=st.permutations(range(25)),
)
@steadily
def test_origin_unit_and_order_change_nothing(shift, unit, order):
    answers = likert(people=25, items=4)
    here = reliability(answers)
    moved = reliability(unit * answers.assign(q1=answers["q1"] + shift).iloc[order])
    assert moved.alpha.value == pytest.approx(here.alpha.value)
    assert moved.omega == pytest.approx(here.omega, rel=1e-7)
    assert list(moved.if_dropped) == pytest.approx(list(here.if_dropped))


@given(seed=st.integers(0, 999), people=st.integers(2, 9), items=st.integers(2, 6))
@steadily
def test_small_samples_give_an_estimate_in_range_or_a_reason(seed, people, items):
    answers = likert(people, items, seed)
    assume((answers.nunique() > 1).all() and answers.sum(axis=1).nunique() > 1)
    ours = reliability(answers)
    assert ours.alpha.low <= ours.alpha.value <= ours.alpha.high <= 1
    assert np.isnan(ours.omega) or 0 <= ours.omega <= 1


def test_respondents_with_a_missing_answer_are_left_out():
    answers = likert(people=30, items=4).astype("Int64")
    gaps = answers.copy()
    gaps.iloc[:5, 0] = pd.NA
    gaps.iloc[5, 3] = pd.NA
    ours, complete = reliability(gaps), reliability(answers.iloc[6:])
    assert ours.n == 24
    assert ours.alpha == complete.alpha
    assert ours.omega == pytest.approx(complete.omega)


def test_two_items_have_alpha_but_neither_omega_nor_alpha_without_one():
    ours = reliability(likert(people=20, items=2))
    assert 0 < ours.alpha.value < 1
    assert np.isnan(ours.omega)
    assert ours.if_dropped.isna().all()


def test_omega_is_undefined_in_the_case_of_heywood():
    # r12 r13 / r23 = .8 * .8 / .5 > 1: the loading would exceed 1.
    r = np.array([[1, 0.8, 0.8], [0.8, 1, 0.5], [0.8, 0.5, 1]])
    basis = np.linalg.qr(np.random.default_rng(1).normal(size=(50, 4)))[0]
    centred = np.linalg.qr(basis - basis.mean(axis=0))[0][:, :3]
    answers = pd.DataFrame(centred @ np.linalg.cholesky(r).T, columns=list("abc"))
    assert answers.corr().to_numpy() == pytest.approx(r, abs=1e-9)
    assert np.isnan(reliability(answers).omega)


def test_omega_is_undefined_where_two_items_are_one():
    answers = likert(people=30, items=3)
    ours = reliability(answers.assign(again=answers["q0"]))
    assert np.isnan(ours.omega)
    assert ours.alpha.value > 0


def test_an_item_of_opposed_others_has_no_alpha_without_it():
    answers = pd.DataFrame({"a": [1, 2, 3], "b": [3, 2, 1], "c": [1, 1, 2]})
    without = reliability(answers).if_dropped
    assert np.isnan(without["c"])
    assert without[["a", "b"]].notna().all()


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"a": [1, 2, 3]}, "got 1 items, 3 respondents"),
        ({"a": [1], "b": [2]}, "got 2 items, 1 respondents"),
        ({"a": [1, None], "b": [None, 2]}, "got 2 items, 0 respondents"),
        ({"a": [None, None], "b": [None, None]}, "got 2 items, 0 respondents"),
        ({"a": [1, 2], "b": [3, 3], "c": [4, 4]}, "every item to vary.* not: b, c"),
        ({"a": [1, 2, 3], "b": [3, 2, 1]}, "totals that vary"),
    ],
)
def test_what_allows_no_estimate_is_refused_with_the_reason(answers, words):
    with pytest.raises(AnalysisError, match=words):
        reliability(pd.DataFrame(answers).astype("Int64"))
