"""Two groups: Mann-Whitney and Cohen's d, against R, published values, brute force."""

import itertools
from math import exp, lgamma, sqrt

import numpy as np
import pytest
from hypothesis import assume, given
from material.groups import SURVEY, R, as_r, few, groups_of, steadily, varied
from scipy import stats

from ecrm_helpers.statistics import analysis


def test_mann_whitney_is_that_of_r_exactly_and_in_the_limit():
    ours = analysis.mann_whitney(*SURVEY)
    for key in ("u", "p_exact", "p_asymptotic"):
        assert getattr(ours, key) == as_r(R[f"mann_whitney.{key}"])
    assert ours.rank_biserial.value == as_r(R["mann_whitney.rank_biserial"])
    for end in ("low", "high"):
        assert getattr(ours.rank_biserial, end) == as_r(R[f"rank_biserial.{end}"])


def test_cohen_d_and_its_interval_are_those_of_r():
    ours = analysis.cohen_d(*SURVEY)
    for key in ("value", "low", "high"):
        assert getattr(ours, key) == as_r(R[f"cohen_d.{key}"])


def test_cohen_d_corrected_for_small_samples_is_the_published_hedges_g():
    # Hedges (1981), exact factor; effectsize::hedges_g prints -.825500.
    df = 71
    factor = exp(lgamma(df / 2) - lgamma((df - 1) / 2)) / sqrt(df / 2)
    assert factor * analysis.cohen_d(*SURVEY).value == pytest.approx(-0.8255, abs=5e-7)


@given(first=few, second=few)
@steadily
def test_exact_mann_whitney_is_the_share_of_all_assignments(first, second):
    assume(varied(first) or varied(second))
    ours = analysis.mann_whitney(*groups_of(first, second))
    assert ours.u == sum((a > b) + (a == b) / 2 for a in first for b in second)
    ranks = stats.rankdata(first + second)
    sums = [sum(c) for c in itertools.combinations(ranks, len(first))]
    away = abs(sum(ranks[: len(first)]) - np.mean(sums))
    extreme = [abs(s - np.mean(sums)) >= away - 1e-9 for s in sums]
    assert ours.p_exact == pytest.approx(np.mean(extreme))


@pytest.mark.parametrize(("n1", "n2"), [(56, 56), (3, 1500), (1500, 3)])
def test_mann_whitney_counts_all_assignments_of_groups_not_too_large(n1, n2):
    first, second = [2] * (n1 - 2) + [3, 3], [2] * (n2 - n2 // 3) + [3] * (n2 // 3)
    ours = analysis.mann_whitney(*groups_of(first, second))
    # Of a fixed number of 3s, the first group's share is hypergeometric.
    draw = stats.hypergeom(n1 + n2, 2 + n2 // 3, n1)
    share = np.arange(n1 + 1)
    away = abs(share - draw.mean()) >= abs(2 - draw.mean()) - 1e-9
    assert ours.p_exact == pytest.approx(draw.pmf(share)[away].sum())


def test_mann_whitney_of_larger_groups_has_no_exact_p():
    ours = analysis.mann_whitney(*groups_of([1, 2] * 29, [2, 3] * 29))
    assert np.isnan(ours.p_exact)
    assert 0 < ours.p_asymptotic < 0.001


def test_very_many_answers_are_compared_in_the_limit():
    ours = analysis.mann_whitney(*groups_of([1, 2, 3] * 3000, [1, 2, 4] * 4000))
    assert np.isnan(ours.p_exact)
    assert 0 < ours.p_asymptotic < 1
    assert ours.rank_biserial.low < ours.rank_biserial.value < ours.rank_biserial.high
