"""What holds in every admissible data set, against R, scipy and published ranges."""

import numpy as np
import pytest
from conftest import often
from hypothesis import given, settings
from hypothesis import strategies as st
from material.admissible import SCALE, R, every, holds, possible, totals
from oracles import print_out
from scipy import stats

from ecrm_helpers.statistics import robustness
from ecrm_helpers.statistics.admissible import Summary, Table

steadily = settings(derandomize=True, deadline=None, max_examples=often(50))

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
        ("ordinal_wald_p", ".00009", ".0237"),
        ("ordinal_lr_p", ".000002", ".0211"),
        ("chi2_p", "0", ".281"),
    ],
)
def test_each_range_without_the_printed_ends_is_the_published_one(statistic, low, high):
    assert len(every(attained=False)) == 4 * 522 == 2088
    holds(every(attained=False)[statistic], low, high)


def test_a_favourable_majority_needs_the_neutral_answers():
    joined = totals(attained=True)
    for name, included in (("above_midpoint", False), ("from_midpoint", True)):
        shares = robustness.share_above(joined, SCALE, included=included)
        ends = [R[f"{name}.low"], R[f"{name}.high"]]
        assert [shares.min(), shares.max()] == pytest.approx(ends)
    # As published: 1.4 to 20.5 % above it, 23 to 62 % with the neutral answers.
    holds(robustness.share_above(joined, SCALE), "1.4", "20.5")
    holds(robustness.share_above(joined, SCALE, included=True), "23", "62")


def test_without_the_printed_ends_a_quarter_at_most_is_favourable():
    joined = totals(attained=False)
    holds(robustness.share_above(joined, SCALE), "0", "23.3")


def written_out(histogram, low):
    return [low + step for step, count in enumerate(histogram) for _ in range(count)]


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
    """Levene both ways, Brunner-Munzel and chi-square, on the published groups."""
    no, yes = possible().first, possible().second
    for row in range(0, 134, 13):
        x, y = (np.array(written_out(h, 1)) for h in (no[row], yes[row]))
        expected = [
            stats.levene(x, y, center="mean").pvalue,
            stats.levene(x, y, center="median").pvalue,
            stats.brunnermunzel(x, y).pvalue,
            stats.chi2_contingency(
                np.array([no[row], yes[row]])[:, no[row] + yes[row] > 0],
                correction=False,
            ).pvalue,
        ]
        columns = ["levene_mean_p", "levene_median_p", "brunner_munzel_p", "chi2_p"]
        assert every().iloc[row][columns].tolist() == pytest.approx(expected, rel=1e-9)


def test_answers_that_do_not_vary_give_limits_or_nothing_and_no_warning():
    alike, apart = np.array([[0, 3, 0]] * 2), np.array([[0, 4, 0], [0, 0, 4]])
    found = robustness.statistics(alike, apart, (1, 3))
    undefined = ["anova_p", "welch_p", "kruskal_wallis_p", "levene_mean_p"]
    assert found.loc[0, undefined].isna().all()
    assert found.loc[0, ["mann_whitney_exact_p", "cliff_delta"]].tolist() == [1, 0]
    assert found.loc[1, ["anova_f", "anova_p", "welch_p"]].isna().all()
    assert found.loc[1, ["mann_whitney_exact_p", "cliff_delta"]].tolist() == [
        pytest.approx(1 / 35),
        1,
    ]
    three = robustness.statistics(alike, apart, apart, (1, 3))
    assert three[["anova_f", "anova_p", "welch_p"]].isna().all(axis=None)


THREE = print_out("three_groups")


@pytest.mark.slow
def test_three_groups_have_the_ranges_that_an_enumeration_in_r_finds():
    rows = [(5, "1.6", "0.5"), (6, "4", "1"), (5, "3", "1")]
    groups = tuple(Summary(*row, low=1, high=5) for row in rows)
    found = robustness.estimates(robustness.pairs(Table(groups)))
    assert len(found) == THREE["combinations"]
    named = [name.removesuffix(".least") for name in THREE if name.endswith(".least")]
    for name in named:
        ends = [THREE[f"{name}.least"], THREE[f"{name}.most"]]
        assert [found[name].min(), found[name].max()] == pytest.approx(ends, rel=1e-9)
        assert found[name].isna().sum() == THREE[f"{name}.undefined"]


def test_groups_whose_size_differs_from_pair_to_pair_are_refused():
    same, other = np.array([[1, 2], [2, 1]]), np.array([[1, 2], [2, 3]])
    with pytest.raises(ValueError, match="as many answers in every pair: got 3 to 5"):
        robustness.statistics(same, other, (1, 2))
