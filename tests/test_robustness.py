"""What holds in every admissible data set, against R and naive loops.

``oracles/pairs.R`` finds the pairs of histograms by trying all counts and
computes each range with base R's own tests.
"""

from functools import cache

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracles import print_out
from scipy import stats

from ecrm_helpers import robustness
from ecrm_helpers.admissible import Summary, space
from ecrm_helpers.robustness import Group

SCALE = (1, 7)
R = print_out("pairs")
steadily = settings(derandomize=True, deadline=None, max_examples=50)


def groups(*, attained):
    """Give both groups, between the printed ends or over the whole scale."""
    highs = (4, 5) if attained else (7, 7)
    no = Summary(12, "2.58", ",900", 1, highs[0], attained)
    yes = Summary(61, "3.41", "1,006", 1, highs[1], attained)
    return Group("no", 1, space(no).histograms()), Group(
        "yes", 1, space(yes).histograms()
    )


@cache
def every():
    statistics = robustness.location_and_spread()
    return robustness.over_pairs(*groups(attained=True), statistics)


def half_unit(text):
    return 0.5 * 10.0 ** -len(text.partition(".")[2]) * (1 + 1e-9)


def holds(values, low, high):
    assert values.min() == pytest.approx(float(low), abs=half_unit(low))
    assert values.max() == pytest.approx(float(high), abs=half_unit(high))


def test_134_pairs_of_histograms_fit_the_whole_table():
    no, yes = groups(attained=True)
    assert len(no.histograms) == R["histograms.no"] == 2
    assert len(yes.histograms) == R["histograms.yes"] == 67
    assert len(every()) == R["pairs"] == 134


@pytest.mark.parametrize("statistic", robustness.location_and_spread())
def test_each_statistic_has_the_range_that_r_finds(statistic):
    ends = [R[f"{statistic}.{end}"] for end in ("low", "high")]
    values = every()[statistic]
    assert [values.min(), values.max()] == pytest.approx(ends, rel=1e-10)


@pytest.mark.parametrize(
    ("statistic", "low", "high"),
    [
        ("anova_f", "6.980469", "6.980469"),
        ("anova_p", ".0101299", ".0101299"),
        ("welch_p", ".011149", ".011149"),
        ("mann_whitney_exact_p", ".0008", ".0183"),
        ("mann_whitney_asymptotic_p", ".0012", ".0197"),
        ("levene_mean_p", ".245", ".869"),
        ("levene_median_p", ".260", ".988"),
        ("median_difference", "0", "1.5"),
    ],
)
def test_each_range_is_the_published_one(statistic, low, high):
    holds(every()[statistic], low, high)


def test_means_and_variances_identify_what_depends_on_them_alone():
    for identified in ("anova_f", "anova_p", "welch_p"):
        assert np.ptp(every()[identified]) < 1e-12


def test_shares_of_histograms_are_the_published_ones():
    assert (every()["median_difference"] == 0).mean() == pytest.approx(0.22, abs=0.005)
    exact, limit = (
        (every()[f"mann_whitney_{name}_p"] < 0.01).mean()
        for name in ("exact", "asymptotic")
    )
    assert exact == pytest.approx(0.784, abs=0.0005)
    assert limit == pytest.approx(0.72, abs=0.005)


def test_without_the_printed_ends_2088_pairs_fit_and_medians_differ_by_0_to_2():
    name = "median_difference"
    statistics = {name: robustness.location_and_spread()[name]}
    wide = robustness.over_pairs(*groups(attained=False), statistics)
    assert len(wide) == 4 * 522 == 2088
    holds(wide[name], "0", "2")


def test_a_favourable_majority_needs_the_neutral_answers():
    possible = robustness.pooled(*groups(attained=True), SCALE)
    for name, included in (("above_midpoint", False), ("from_midpoint", True)):
        shares = robustness.share_above(possible, SCALE, included=included)
        ends = [R[f"{name}.low"], R[f"{name}.high"]]
        assert [shares.min(), shares.max()] == pytest.approx(ends)
    # As published: 1.4 to 20.5 % above it, 23 to 62 % with the neutral answers.
    holds(robustness.share_above(possible, SCALE), "1.4", "20.5")
    holds(robustness.share_above(possible, SCALE, included=True), "23", "62")


def test_without_the_printed_ends_a_quarter_at_most_is_favourable():
    possible = robustness.pooled(*groups(attained=False), SCALE)
    holds(robustness.share_above(possible, SCALE), "0", "23.3")


def test_the_total_is_one_histogram_of_73_for_each_pair():
    possible = robustness.pooled(*groups(attained=True), SCALE)
    points = np.arange(1, 8)
    assert possible.shape == (134, 7)
    assert set(possible.sum(axis=1)) == {73}
    assert set(possible @ points) == {239}
    assert set(possible @ points**2) == {859}


# --- Against naive loops

counts = st.lists(st.integers(0, 3), min_size=3, max_size=3).filter(any)
some = st.lists(counts, min_size=1, max_size=3).map(np.array)


def written_out(histogram, low):
    return [low + step for step, count in enumerate(histogram) for _ in range(count)]


@given(first=some, second=some, starts=st.tuples(*[st.integers(1, 5)] * 2))
@steadily
def test_pooling_is_counting_the_answers_of_both(first, second, starts):
    a, b = Group("a", starts[0], first), Group("b", starts[1], second)
    expected = [
        [
            (written_out(one, a.low) + written_out(other, b.low)).count(p)
            for p in range(1, 8)
        ]
        for one in first
        for other in second
    ]
    assert robustness.pooled(a, b, SCALE).tolist() == expected


@given(first=some, second=some, low=st.integers(-2, 4))
@steadily
def test_every_pair_is_handed_to_every_statistic(first, second, low):
    a, b = Group("a", low, first), Group("b", 1, second)
    statistics = {
        "sum of a": lambda scores, names: scores[names == "a"].sum(),
        "sum of b": lambda scores, names: scores[names == "b"].sum(),
        "n": lambda scores, _: len(scores),
    }
    expected = [
        (sum(x), sum(y), len(x) + len(y))
        for x in (written_out(one, low) for one in first)
        for y in (written_out(other, 1) for other in second)
    ]
    found = robustness.over_pairs(a, b, statistics)
    assert list(found.columns) == list(statistics)
    assert list(found.itertuples(index=False, name=None)) == expected


@given(histogram=counts, low=st.integers(-3, 3))
@steadily
def test_a_histogram_written_out_is_answers_in_order(histogram, low):
    answers = robustness.answers(np.array(histogram), low)
    assert answers.tolist() == sorted(written_out(histogram, low))


@given(histogram=counts, low=st.integers(-3, 3), included=st.booleans())
@steadily
def test_a_share_is_a_count_of_answers(histogram, low, included):
    answers = written_out(histogram, low)
    middle = low + 1
    favourable = sum(a > middle or (included and a == middle) for a in answers)
    share = robustness.share_above(
        np.array([histogram]), (low, low + 2), included=included
    )
    assert share[0] == pytest.approx(100 * favourable / len(answers))


def test_a_scale_of_even_length_has_no_answer_at_its_midpoint():
    histogram = np.array([[1, 2, 3, 4]])
    for included in (False, True):
        share = robustness.share_above(histogram, (1, 4), included=included)
        assert share.tolist() == [70]


def test_the_statistics_are_those_of_scipy_on_one_pair():
    scores, names = pd.Series([1, 2, 2, 4, 3, 4, 5, 5]), pd.Series(list("aaaabbbb"))
    a, b = scores[:4], scores[4:]
    ours = {k: f(scores, names) for k, f in robustness.location_and_spread().items()}
    assert ours["anova_p"] == pytest.approx(stats.ttest_ind(a, b).pvalue)
    assert ours["median_difference"] == b.median() - a.median() == 2.5
    exact = stats.permutation_test(
        (a, b), lambda x, y: stats.mannwhitneyu(x, y).statistic - 8, n_resamples=np.inf
    )
    assert ours["mann_whitney_exact_p"] == pytest.approx(exact.pvalue)
