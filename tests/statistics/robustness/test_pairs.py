"""Pairs of histograms: all that fit, their shares, extremes and draws."""

from itertools import product

import numpy as np
import pytest
from material.admissible import SCALE, R, every, possible, table, totals

from ecrm_helpers.statistics import robustness
from ecrm_helpers.statistics.admissible import AdmissibleError, Summary, Table
from ecrm_helpers.statistics.robustness.pairs import shares


def test_134_pairs_of_histograms_fit_the_whole_table():
    pairs = possible()
    assert len(np.unique(pairs.first, axis=0)) == R["histograms.no"] == 2
    assert len(np.unique(pairs.second, axis=0)) == R["histograms.yes"] == 67
    assert len(every()) == len(pairs) == R["pairs"] == 134
    assert pairs.drawn is None


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


@pytest.mark.slow
def test_p_below_5_percent_in_every_pair_by_every_test_of_location():
    for attained in (True, False):
        assert (every(attained=attained)[list(robustness.LOCATION)] < 0.05).all(
            axis=None
        )
    assert robustness.holds(every(), robustness.LOCATION, 0.05).all()
    assert not robustness.holds(every(), robustness.LOCATION, 0.01).any()


def test_the_total_is_one_histogram_of_73_for_each_pair():
    joined = totals(attained=True)
    points = np.arange(1, 8)
    assert joined.shape == (134, 7)
    assert set(joined.sum(axis=1)) == {73}
    assert set(joined @ points) == {239}
    assert set(joined @ points**2) == {859}


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


def test_shares_are_those_of_the_data_sets_written_out():
    """Every ordered data set of two small groups, each counted once."""
    first, second = Summary(3, "2.0", "1.0", 1, 3), Summary(4, "1.5", "0.6", 1, 3)
    pairs = robustness.pairs(Table((first, second)))
    above = robustness.share_above(pairs.first + pairs.second, (1, 3))
    written = []
    for a in product(range(1, 4), repeat=3):
        for b in product(range(1, 4), repeat=4):
            if (f"{np.mean(a):.1f}", f"{np.std(a, ddof=1):.1f}") != ("2.0", "1.0"):
                continue
            if (f"{np.mean(b):.1f}", f"{np.std(b, ddof=1):.1f}") != ("1.5", "0.6"):
                continue
            written.append(np.mean(np.array([*a, *b]) > 2) * 100)
    for value in np.unique(above):
        found = shares(pairs, "ordered")[above == value].sum()
        assert found == pytest.approx(np.isclose(written, value).mean())


@pytest.mark.slow
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
        shares(drawn, "histograms")


def test_what_cannot_be_paired_is_refused():
    one = Table(table().groups[:1])
    with pytest.raises(AdmissibleError, match="two groups or more are compared; got 1"):
        robustness.pairs(one)
    nothing = Table((Summary(28, "5.19", "1.00", 1, 7), *table().groups[:1]))
    with pytest.raises(AdmissibleError, match="nothing fits the printed rows together"):
        robustness.pairs(nothing)
