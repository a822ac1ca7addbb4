"""Comparisons of groups: ANOVA, Welch, Levene, Kruskal-Wallis, against R and laws."""

import dataclasses
from math import sqrt

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from material.groups import (
    DATA,
    SURVEY,
    TESTS,
    R,
    as_r,
    both,
    every_estimate,
    few,
    groups_of,
    steadily,
    together,
    varied,
)
from scipy import stats

from ecrm_helpers.statistics import analysis
from ecrm_helpers.statistics.analysis import AnalysisError


def spread_varies(part):
    """Tell whether deviations vary, from the mean and from the median."""
    centers = np.mean(part), np.median(part)
    return all(len({round(abs(x - c), 9) for x in part}) > 1 for c in centers)


def test_descriptives_are_those_of_r():
    table = analysis.descriptives(*SURVEY)
    assert list(table.index) == ["no", "yes", "total"]
    for group, row in table.iterrows():
        assert row.to_dict() == as_r({key: R[f"{group}.{key}"] for key in row.index})


@both
def test_anova_is_that_of_r(data):
    ours = analysis.anova(*DATA[data])
    for key, value in R.items():
        if key.startswith(f"{data}anova."):
            assert getattr(ours, key.rpartition(".")[2]) == as_r(value)
    assert ours.eta_squared.value == as_r(R[f"{data}eta_squared.value"])
    assert ours.omega_squared.value == as_r(R[f"{data}omega_squared.value"])


@both
def test_welch_is_that_of_r(data):
    ours = analysis.welch(*DATA[data])
    assert (ours.f, ours.p) == as_r((R[f"{data}welch.f"], R[f"{data}welch.p"]))
    assert ours.df == as_r((R[f"{data}welch.df1"], R[f"{data}welch.df2"]))


@both
@pytest.mark.parametrize("center", ["mean", "median"])
def test_levene_is_an_anova_of_absolute_deviations_in_r(data, center):
    ours = analysis.levene(*DATA[data], center=center)
    assert ours.f == as_r(R[f"{data}levene.{center}.f"])
    assert ours.p == as_r(R[f"{data}levene.{center}.p"])
    assert ours.df == (R[f"{data}anova.df_between"], R[f"{data}anova.df_within"])


@both
def test_kruskal_is_that_of_r(data):
    ours = analysis.kruskal(*DATA[data])
    for key in ("h", "df", "p"):
        assert getattr(ours, key) == as_r(R[f"{data}kruskal.{key}"])
    share = ours.epsilon_squared
    assert share.value == as_r(R[f"{data}kruskal.epsilon_squared"])
    for end in ("low", "high"):
        found = R[f"{data}kruskal.{end}"]
        assert getattr(share, end) == pytest.approx(found, rel=1e-8)


def test_a_d_that_is_not_pooled_is_that_of_r():
    d = analysis.unpooled_d(*SURVEY)
    theirs = tuple(R[f"unpooled_d.{key}"] for key in ("value", "low", "high"))
    assert (d.value, d.low, d.high) == as_r(theirs)
    pooled = analysis.cohen_d(*SURVEY).value
    assert pooled != pytest.approx(d.value, abs=0.01)


def test_the_results_are_those_of_packages_beyond_base_r():
    # R 4.2.2: aov, oneway.test, effectsize, car::leveneTest, wilcox.test.
    result, d = analysis.anova(*SURVEY), analysis.cohen_d(*SURVEY)
    assert result.f == pytest.approx(6.980469, abs=5e-7)
    assert result.eta_squared.value == pytest.approx(0.089516, abs=5e-7)
    assert result.eta_squared.low == pytest.approx(0.0051, abs=5e-5)
    assert result.eta_squared.high == pytest.approx(0.2278, abs=5e-5)
    assert result.omega_squared.value == pytest.approx(0.0757, abs=5e-5)
    assert (d.value, d.low) == pytest.approx((-0.834, -1.465), abs=5e-4)
    assert analysis.kruskal(*SURVEY).h == pytest.approx(6.2090, abs=5e-5)
    assert analysis.kruskal(*SURVEY).epsilon_squared.value == pytest.approx(
        0.086, abs=5e-4
    )
    assert analysis.mann_whitney(*SURVEY).u == 205
    assert analysis.mann_whitney(*SURVEY).p_exact == pytest.approx(0.01176, abs=5e-6)
    assert analysis.levene(*SURVEY, center="mean").p == pytest.approx(0.509, abs=5e-4)
    assert analysis.levene(*SURVEY, center="median").p == pytest.approx(0.679, abs=5e-4)


@given(parts=st.lists(few, min_size=2, max_size=4))
@steadily
def test_sums_of_squares_and_measures_of_effect_follow_from_one_another(parts):
    assume(any(map(varied, parts)))
    ours = analysis.anova(*groups_of(*parts))
    df = ours.df_between, ours.df_within
    assert ours.ss_between + ours.ss_within == pytest.approx(ours.ss_total)
    assert sum(df) == ours.df_total == sum(map(len, parts)) - 1
    assert ours.f == pytest.approx(ours.ms_between / ours.ms_within)
    eta = df[0] * ours.f / (df[0] * ours.f + df[1])
    omega = df[0] * (ours.f - 1) / (df[0] * (ours.f - 1) + sum(df) + 1)
    assert ours.eta_squared.value == pytest.approx(eta, abs=1e-12)
    assert ours.omega_squared.value == pytest.approx(omega, abs=1e-12)
    assert 0 <= ours.eta_squared.low <= ours.eta_squared.high < 1
    assert ours.omega_squared.value <= ours.eta_squared.value + 1e-12


@pytest.mark.slow
@given(first=few, second=few)
@steadily
def test_two_groups_give_one_test_by_t_by_f_and_by_d(first, second):
    assume(varied(first) and varied(second))
    data = groups_of(first, second)
    student = stats.ttest_ind(first, second)
    welch = stats.ttest_ind(first, second, equal_var=False)
    ours, harmonic = analysis.anova(*data), 1 / (1 / len(first) + 1 / len(second))
    d = analysis.cohen_d(*data)
    assert ours.f == pytest.approx(student.statistic**2, abs=1e-9)
    assert ours.p == pytest.approx(student.pvalue)
    assert d.value * sqrt(harmonic) == pytest.approx(student.statistic, abs=1e-9)
    assert d.low < d.value < d.high
    assert analysis.welch(*data).f == pytest.approx(welch.statistic**2, abs=1e-9)
    assert analysis.welch(*data).df[1] == pytest.approx(welch.df)


@pytest.mark.slow
@given(
    first=few,
    second=few,
    shift=st.integers(-3, 3),
    unit=st.integers(1, 9),
    order=st.randoms(use_true_random=False),
)
@steadily
def test_estimates_ignore_origin_unit_and_order(first, second, shift, unit, order):
    assume(varied(first) and varied(second))
    data, scale, by = groups_of(first, second)
    assume(spread_varies(first) and spread_varies(second))
    places = list(data.index)
    order.shuffle(places)
    moved = data.loc[places].assign(**{scale: unit * data[scale] + shift})
    expected = pytest.approx(every_estimate(data, scale, by), rel=1e-7, abs=1e-9)
    assert every_estimate(moved, scale, by) == expected


@given(first=few, second=few)
@steadily
def test_exchanging_the_groups_mirrors_direction_and_nothing_else(first, second):
    assume(varied(first) or varied(second))
    here, there = groups_of(first, second), groups_of(second, first)
    u, mirrored = analysis.mann_whitney(*here), analysis.mann_whitney(*there)
    assert u.u + mirrored.u == len(first) * len(second)
    mirror = -np.array(dataclasses.astuple(mirrored.rank_biserial))[[0, 2, 1]]
    ours = dataclasses.astuple(u.rank_biserial)[:3]
    assert ours == pytest.approx(mirror, nan_ok=True)
    assert u.p_exact == pytest.approx(mirrored.p_exact)
    assert u.p_asymptotic == pytest.approx(mirrored.p_asymptotic)
    d, other = analysis.cohen_d(*here), analysis.cohen_d(*there)
    assert (d.value, d.low) == pytest.approx((-other.value, -other.high), abs=1e-9)


def test_missing_answers_and_unused_categories_change_nothing():
    survey, *names = SURVEY
    scores, groups = (survey[name].tolist() for name in names)
    kinds = pd.CategoricalDtype(["no", "perhaps", "yes"])
    data = together(
        pd.Series([*scores, pd.NA, 5], dtype="Int64"),
        pd.Series([*groups, "yes", None], dtype=kinds),
    )
    assert every_estimate(*data) == pytest.approx(every_estimate(*SURVEY))
    assert list(analysis.descriptives(*data)["n"]) == [12, 61, 73]


def test_groups_stand_in_the_order_of_their_categories_or_of_the_alphabet():
    data, *names = groups_of([1, 2], [3, 5], [5, 6])
    ordered = pd.Categorical(data["second"], ["c", "a", "b", "unused"], ordered=True)
    table = analysis.descriptives(data.assign(second=ordered), *names)
    assert list(table.index) == ["c", "a", "b", "total"]
    assert list(table["mean"]) == [5.5, 1.5, 4, 22 / 6]
    assert list(analysis.descriptives(data, *names).index) == ["a", "b", "c", "total"]
    two = data[:4]
    backwards = pd.Categorical(two["second"], ["b", "a"], ordered=True)
    d = analysis.cohen_d(two.assign(second=backwards), *names)
    assert d.value == -analysis.cohen_d(two, *names).value > 0


every_test = pytest.mark.parametrize("test", TESTS.values(), ids=list(TESTS))


@every_test
@pytest.mark.parametrize("parts", [[[1, 2, 3]], [[1, 2, 3], [4]], []])
def test_fewer_than_two_groups_of_two_are_refused(test, parts):
    with pytest.raises(AnalysisError, match="groups of 2 or more are needed, two of"):
        test(*groups_of(*parts))


@every_test
def test_answers_that_vary_in_no_group_are_refused(test):
    with pytest.raises(AnalysisError, match="answers do not vary within any group"):
        test(*groups_of([2, 2, 2], [3, 3]))


def test_welch_needs_variance_in_every_group():
    with pytest.raises(AnalysisError, match="answers do not vary in group b"):
        analysis.welch(*groups_of([1, 2, 3], [4, 4]))


@pytest.mark.parametrize("second", [[1, 2], [1, 3]])
def test_levene_refuses_deviations_that_vary_in_no_group(second):
    # Each answer lies as far from its mean as its neighbour: F is 0/0 or x/0.
    with pytest.raises(AnalysisError, match="do not vary"):
        analysis.levene(*groups_of([1, 2], second), center="mean")


def test_a_comparison_of_two_refuses_three_groups():
    for test, words in [("mann_whitney", "Mann-Whitney"), ("cohen_d", "d")]:
        with pytest.raises(AnalysisError, match=f"{words} compares two groups; got 3"):
            TESTS[test](*groups_of([1, 2], [2, 3], [4, 5]))
