"""What holds in every admissible data set, against R and naive loops.

``oracles/pairs.R`` finds the pairs of histograms by trying all counts and
computes each range with base R's own tests.
"""

from functools import cache
from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracles import print_out
from scipy import stats

from ecrm_helpers.statistics import robustness
from ecrm_helpers.statistics.admissible import AdmissibleError, Summary, Table

SCALE = (1, 7)
R = print_out("pairs")
steadily = settings(derandomize=True, deadline=None, max_examples=50)


def table(*, attained=True):
    """Give both rows, with or without their printed minimum and maximum."""
    no = Summary(12, "2.58", ",900", 1, 7, *((1, 4) if attained else ()))
    yes = Summary(61, "3.41", "1,006", 1, 7, *((1, 5) if attained else ()))
    return Table((no, yes))


@cache
def possible(*, attained=True):
    return robustness.pairs(table(attained=attained))


@cache
def every(*, attained=True):
    return robustness.estimates(possible(attained=attained))


def totals(*, attained):
    return possible(attained=attained).first + possible(attained=attained).second


def half_unit(text):
    return 0.5 * 10.0 ** -len(text.partition(".")[2]) * (1 + 1e-9)


def holds(values, low, high):
    assert values.min() == pytest.approx(float(low), abs=half_unit(low))
    assert values.max() == pytest.approx(float(high), abs=half_unit(high))


def test_134_pairs_of_histograms_fit_the_whole_table():
    pairs = possible()
    assert len(np.unique(pairs.first, axis=0)) == R["histograms.no"] == 2
    assert len(np.unique(pairs.second, axis=0)) == R["histograms.yes"] == 67
    assert len(every()) == len(pairs) == R["pairs"] == 134
    assert pairs.drawn is None


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


def test_shares_of_ordered_data_sets_are_the_published_ones():
    tests = ["mann_whitney_exact_p", "mann_whitney_asymptotic_p"]
    found = robustness.share_below(possible(), every(), tests, 0.01)
    assert found["histograms"].tolist() == pytest.approx([0.784, 0.72], abs=0.005)
    assert found["ordered"].tolist() == pytest.approx([0.289, 0.18], abs=0.005)


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
        ("ordinal_wald_p", ".00009", ".0237"),
        ("ordinal_lr_p", ".000002", ".0211"),
        ("chi2_p", "0", ".281"),
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
    assert robustness.holds(every(), robustness.LOCATION, 0.05).all()
    assert not robustness.holds(every(), robustness.LOCATION, 0.01).any()


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


def test_the_total_is_one_histogram_of_73_for_each_pair():
    joined = totals(attained=True)
    points = np.arange(1, 8)
    assert joined.shape == (134, 7)
    assert set(joined.sum(axis=1)) == {73}
    assert set(joined @ points) == {239}
    assert set(joined @ points**2) == {859}


# --- Against naive loops


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
    assert found.loc[1, ["anova_f", "anova_p", "cliff_delta"]].tolist() == [
        np.inf,
        0,
        1,
    ]


def test_groups_whose_size_differs_from_pair_to_pair_are_refused():
    same, other = np.array([[1, 2], [2, 1]]), np.array([[1, 2], [2, 3]])
    with pytest.raises(ValueError, match="as many answers in every pair: got 3 to 5"):
        robustness.statistics(same, other, (1, 2))


# --- Extremes, distributions, draws


@pytest.mark.parametrize("statistic", ["mann_whitney_exact_p", "share_above"])
def test_the_extreme_pairs_have_the_extreme_values_and_fit_the_table(statistic):
    found = robustness.extremes(possible(), every(), statistic)
    ends = every()[statistic].agg(["min", "max"])
    points = np.arange(1, 8)
    for pair, end in zip(found, ends, strict=True):
        sides = [pair[name].to_numpy()[None] for name in ("first", "second")]
        assert robustness.statistics(*sides, SCALE)[statistic].item() == end
        assert [int(side[0] @ points) for side in sides] == [31, 208]
        assert [int(side[0] @ points**2) for side in sides] == [89, 770]


def test_quantiles_are_those_of_the_data_sets_written_out():
    """Every ordered data set of two small groups, each counted once."""
    first, second = Summary(3, "2.0", "1.0", 1, 3), Summary(4, "1.5", "0.6", 1, 3)
    pairs = robustness.pairs(Table((first, second)))
    estimates = robustness.estimates(pairs)
    written = []
    for a in product(range(1, 4), repeat=3):
        for b in product(range(1, 4), repeat=4):
            if (f"{np.mean(a):.1f}", f"{np.std(a, ddof=1):.1f}") != ("2.0", "1.0"):
                continue
            if (f"{np.mean(b):.1f}", f"{np.std(b, ddof=1):.1f}") != ("1.5", "0.6"):
                continue
            written.append(np.mean(np.array([*a, *b]) > 2) * 100)
    found = robustness.distribution(pairs, estimates, "ordered", (0, 0.3, 0.5, 0.9, 1))
    expected = np.quantile(written, (0, 0.3, 0.5, 0.9, 1), method="inverted_cdf")
    assert found.loc["share_above"].tolist() == pytest.approx(expected.tolist())


def test_with_too_many_pairs_draws_are_taken_that_say_so():
    drawn = robustness.pairs(table(), most=100, draws=3000, measure="ordered", seed=7)
    again = robustness.pairs(table(), most=100, draws=3000, measure="ordered", seed=7)
    assert drawn.drawn == "ordered"
    assert (drawn.first == again.first).all()
    assert (drawn.second == again.second).all()
    share = robustness.share_below(
        drawn, robustness.estimates(drawn), ["mann_whitney_exact_p"], 0.01
    )
    assert list(share) == ["ordered"]
    assert share.loc["mann_whitney_exact_p", "ordered"] == pytest.approx(
        0.289, abs=0.03
    )
    with pytest.raises(
        AdmissibleError, match="drawn uniformly over ordered: draw anew"
    ):
        robustness.distribution(drawn, robustness.estimates(drawn), "histograms")


def test_what_cannot_be_paired_is_refused():
    one = Table(table().groups[:1])
    with pytest.raises(AdmissibleError, match="two groups are compared; got 1"):
        robustness.pairs(one)
    nothing = Table((Summary(28, "5.19", "1.00", 1, 7), *table().groups[:1]))
    with pytest.raises(AdmissibleError, match="nothing fits the printed rows together"):
        robustness.pairs(nothing)


# --- The work shared out


def test_two_processes_give_the_same_estimates():
    shared = robustness.estimates(possible(attained=False), jobs=2)
    pd.testing.assert_frame_equal(shared, every(attained=False))


def test_a_dask_cluster_gives_the_same_estimates():
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=False, dashboard_address=None
    ) as cluster:
        address = cluster.scheduler_address
        shared = robustness.estimates(possible(attained=False), scheduler=address)
    pd.testing.assert_frame_equal(shared, every(attained=False))


def test_no_scheduler_at_the_address_is_said_in_one_line():
    with pytest.raises(ValueError, match=r"no Dask scheduler answers at tcp://127\.0"):
        robustness.estimates(possible(), scheduler="tcp://127.0.0.1:9")
