"""What holds in every admissible data set, against R and naive loops.

``oracles/pairs.R`` finds the pairs of histograms by trying all counts and
computes each range with base R's own tests.
"""

from functools import cache
from itertools import product

import numpy as np
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
def every(*, attained=True):
    pairs = robustness.paired(*groups(attained=attained), SCALE)
    return robustness.statistics(*pairs, SCALE)


def totals(*, attained):
    return sum(robustness.paired(*groups(attained=attained), SCALE))


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


FOUND_BY_R = sorted(
    {k.removesuffix(".low") for k in R if k.endswith(".low")}
    - {"above_midpoint", "from_midpoint"}
)


@pytest.mark.parametrize("statistic", FOUND_BY_R)
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
        ("kruskal_wallis_p", ".0012", ".0192"),
        ("brunner_munzel_p", ".0001", ".0210"),
        ("cliff_delta", ".377", ".541"),
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


@pytest.mark.parametrize(
    ("statistic", "low", "high"),
    [
        ("anova_p", ".0101299", ".0101299"),
        ("mann_whitney_exact_p", ".00002", ".0248"),
        ("mann_whitney_asymptotic_p", ".00003", ".0252"),
        ("kruskal_wallis_p", ".00003", ".0247"),
        ("brunner_munzel_p", ".00007", ".0468"),
        ("cliff_delta", ".361", ".579"),
        ("levene_mean_p", ".115", ".999"),
        ("levene_median_p", ".181", ".988"),
        ("median_difference", "0", "2"),
        ("share_above", "0", "23.3"),
    ],
)
def test_each_range_without_the_printed_ends_is_the_published_one(statistic, low, high):
    assert len(every(attained=False)) == 4 * 522 == 2088
    holds(every(attained=False)[statistic], low, high)


def test_p_below_5_percent_in_every_pair_by_every_test_of_location():
    for attained in (True, False):
        assert (every(attained=attained)[list(robustness.LOCATION)] < 0.05).all(
            axis=None
        )
    assert not (every()["mann_whitney_exact_p"] < 0.01).all()


def test_a_favourable_majority_needs_the_neutral_answers():
    possible = totals(attained=True)
    for name, included in (("above_midpoint", False), ("from_midpoint", True)):
        shares = robustness.share_above(possible, SCALE, included=included)
        ends = [R[f"{name}.low"], R[f"{name}.high"]]
        assert [shares.min(), shares.max()] == pytest.approx(ends)
    # As published: 1.4 to 20.5 % above it, 23 to 62 % with the neutral answers.
    holds(robustness.share_above(possible, SCALE), "1.4", "20.5")
    holds(robustness.share_above(possible, SCALE, included=True), "23", "62")


def test_without_the_printed_ends_a_quarter_at_most_is_favourable():
    possible = totals(attained=False)
    holds(robustness.share_above(possible, SCALE), "0", "23.3")


def test_the_total_is_one_histogram_of_73_for_each_pair():
    possible = totals(attained=True)
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
def test_pairing_is_writing_every_pair_on_one_scale(first, second, starts):
    a, b = Group("a", starts[0], first), Group("b", starts[1], second)
    expected = [
        [[written_out(h, g.low).count(p) for p in range(1, 8)] for h, g in pair]
        for pair in product(((h, a) for h in first), [(h, b) for h in second])
    ]
    found = robustness.paired(a, b, SCALE)
    assert [[x.tolist(), y.tolist()] for x, y in zip(*found, strict=True)] == expected


varied = st.lists(st.integers(0, 4), min_size=5, max_size=5).filter(
    lambda c: sum(n > 0 for n in c) > 1
)


@given(first=varied, second=varied)
@steadily
def test_counts_give_what_scipy_finds_in_the_answers(first, second):
    x, y = (np.array(written_out(h, 1)) for h in (first, second))
    sides = (np.array([h]) for h in (first, second))
    with np.errstate(all="ignore"):
        found = robustness.statistics(*sides, (1, 5)).iloc[0]
    expected = {
        "anova_f": stats.f_oneway(x, y).statistic,
        "anova_p": stats.f_oneway(x, y).pvalue,
        "welch_p": stats.ttest_ind(x, y, equal_var=False).pvalue,
        "mann_whitney_asymptotic_p": stats.mannwhitneyu(
            x, y, method="asymptotic"
        ).pvalue,
        "kruskal_wallis_p": stats.kruskal(x, y).pvalue,
        "cliff_delta": np.sign(y[:, None] - x).mean(),
        "median_difference": np.median(y) - np.median(x),
        "share_above": 100 * (np.concatenate([x, y]) > 3).mean(),
    }
    # scipy gives no p where rounding makes F a hair less than zero.
    expected = {k: v for k, v in expected.items() if not np.isnan(v)}
    # Near H = 0, p moves by the square root of the arithmetic noise in H.
    assert {k: found[k] for k in expected} == pytest.approx(
        expected, rel=1e-9, abs=1e-6
    )


def test_counts_give_the_spread_tests_of_scipy_in_every_pair():
    """Levene both ways and Brunner-Munzel, on the published groups."""
    no, yes = robustness.paired(*groups(attained=True), SCALE)
    for row in range(0, 134, 13):
        x, y = (np.array(written_out(h, 1)) for h in (no[row], yes[row]))
        expected = [
            stats.levene(x, y, center="mean").pvalue,
            stats.levene(x, y, center="median").pvalue,
            stats.brunnermunzel(x, y).pvalue,
        ]
        columns = ["levene_mean_p", "levene_median_p", "brunner_munzel_p"]
        assert every().iloc[row][columns].tolist() == pytest.approx(expected, rel=1e-9)
