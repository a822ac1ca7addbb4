"""Cross-tables, against R (``oracles/crosstabs.R``), scipy, brute force and laws."""

from functools import cache
from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from conftest import often
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from material.groups import together
from oracles import print_out
from scipy import stats

from ecrm_helpers.statistics.analysis import AnalysisError, cross_table
from ecrm_helpers.statistics.analysis import fisher as of_fisher
from ecrm_helpers.statistics.analysis.fisher import fisher

R = print_out("crosstabs")
NAMES = sorted({key.split(".")[0] for key in R})
steadily = settings(derandomize=True, deadline=None, max_examples=often(50))
small = arrays(np.int64, st.tuples(st.integers(2, 3), st.integers(2, 3)),
               elements=st.integers(0, 4))  # fmt: skip
every_level_chosen = small.filter(lambda t: t.sum(0).all() and t.sum(1).all())


def answers(counts):
    """Write a table out as two categoricals, one pair for each person."""
    counts = np.asarray(counts)
    pairs = np.repeat(np.argwhere(counts >= 0), counts.ravel(), axis=0)
    levels = [[f"{kind}{i}" for i in range(7)] for kind in "rc"]
    return together(
        *(
            pd.Categorical.from_codes(side, names)
            for side, names in zip(pairs.T, levels, strict=True)
        )
    )


def of_r(name):
    cells = {
        tuple(int(i) - 1 for i in key.split(".")[2:]): int(value)
        for key, value in R.items()
        if key.startswith(f"{name}.cell.")
    }
    counts = np.zeros(np.max(list(cells), axis=0) + 1, int)
    for place, count in cells.items():
        counts[place] = count
    return counts


@cache
def crossed(name):
    """Cross what R crossed; an exact test of a large table takes a second."""
    return cross_table(*answers(of_r(name)))


@pytest.mark.parametrize("name", NAMES)
def test_a_table_is_that_of_r(name):
    counts, ours = of_r(name), crossed(name)
    assert (ours.observed.to_numpy() == counts).all()
    assert ours.n == counts.sum()
    assert ours.df == R[f"{name}.df"]
    for key in ("chi2", "p"):
        assert getattr(ours, key) == pytest.approx(R[f"{name}.{key}"], rel=1e-10)
    smallest = pytest.approx(R[f"{name}.smallest"], rel=1e-12)
    assert ours.smallest_expected == ours.expected.min(axis=None) == smallest


@pytest.mark.parametrize("name", NAMES)
def test_cramer_v_and_its_interval_are_those_of_r(name):
    v = crossed(name).cramer_v
    theirs = tuple(R[f"{name}.{key}"] for key in ("v", "low", "high"))
    assert (v.value, v.low, v.high) == pytest.approx(theirs, rel=1e-8, abs=1e-10)


@pytest.mark.parametrize("name", NAMES)
def test_fisher_is_given_where_cochran_asks_for_it_and_is_that_of_r(name):
    p = crossed(name).fisher_p
    if f"{name}.fisher" not in R:
        assert p is None
    else:
        assert p == pytest.approx(R[f"{name}.fisher"], rel=1e-9)


def test_a_table_too_large_to_be_exact_is_drawn_and_says_how_far_it_may_be_off():
    even = np.full(16, 1 / 16)
    counts = np.random.default_rng(1).multinomial(300, even).reshape(4, 4)
    drawn, again, other = (fisher(counts, seed) for seed in (1, 1, 2))
    assert drawn == again != other
    assert 0 < drawn.error <= 0.005


@pytest.mark.parametrize("name", ["job", "four", "wide"])
def test_a_draw_lies_within_its_error_of_r(name, monkeypatch):
    monkeypatch.setattr(of_fisher, "_MOST_WAYS", 0)
    drawn = fisher(of_r(name), seed=1)
    assert drawn.p == pytest.approx(R[f"{name}.fisher"], abs=4 * drawn.error)


@pytest.mark.slow
@given(counts=arrays(np.int64, (2, 2), elements=st.integers(0, 12)))
@steadily
def test_fisher_of_two_by_two_is_that_of_scipy(counts):
    assume(counts.sum(0).all() and counts.sum(1).all())
    p = cross_table(*answers(counts)).fisher_p
    assume(p is not None)
    assert p == pytest.approx(stats.fisher_exact(counts).pvalue, rel=1e-9)


@pytest.mark.parametrize(
    "counts", [[[2, 0, 1], [0, 3, 1]], [[3, 0], [0, 2], [1, 1]], [[1, 1], [2, 3]]]
)
def test_fisher_is_the_share_of_all_assignments(counts):
    """Every way to deal the columns to the people, tables weighed by their chance."""
    data, *names = answers(counts)
    rows, columns = (data[name].cat.codes.to_numpy() for name in names)

    def chance(table):
        return np.prod([1 / np.prod(np.arange(1, cell + 1)) for cell in table.ravel()])

    reached, far = chance(np.array(counts)), []
    for dealt in permutations(columns):
        table = np.zeros_like(counts)
        np.add.at(table, (rows, list(dealt)), 1)
        far.append(chance(table) <= reached * (1 + 1e-9))
    ours = cross_table(*answers(counts)).fisher_p
    assert ours == pytest.approx(np.mean(far), rel=1e-9)


@pytest.mark.slow
@given(counts=every_level_chosen, order=st.randoms(use_true_random=False))
@steadily
def test_neither_side_nor_order_matters(counts, order):
    data, rows, columns = answers(counts)
    here, there = cross_table(data, rows, columns), cross_table(data, columns, rows)
    places = list(range(here.n))
    order.shuffle(places)
    shuffled = cross_table(data.loc[places], rows, columns)
    assert 0 <= here.cramer_v.low <= here.cramer_v.high <= 1
    for other in (there, shuffled):
        assert other.chi2 == pytest.approx(here.chi2)
        assert other.fisher_p == pytest.approx(here.fisher_p)
        assert other.cramer_v.value == pytest.approx(here.cramer_v.value)


def test_a_perfect_association_is_one():
    ours = cross_table(*answers([[20, 0, 0], [0, 20, 0], [0, 0, 20]]))
    assert (ours.cramer_v.value, ours.cramer_v.high) == pytest.approx((1, 1))
    assert ours.fisher_p is None


def test_levels_stand_in_order_and_those_nobody_chose_are_left_out():
    levels = ["never", "seldom", "often", *map(str, range(7))]
    rows = pd.Series(pd.Categorical(list(levels[2::-1]) * 4, levels, ordered=True))
    columns = pd.Series(pd.Categorical(["no", "yes"] * 6, ["yes", "no"]))
    ours = cross_table(*together(rows, columns))
    assert list(ours.observed.index) == levels[:3]
    assert list(ours.observed.columns) == ["yes", "no"]
    assert ours.expected.index.equals(ours.observed.index)
    assert ours.expected.columns.equals(ours.observed.columns)


def test_a_respondent_without_both_answers_is_left_out():
    data, *names = answers([[5, 2], [1, 6]])
    whole = cross_table(data, *names)
    gaps = pd.concat([data, data.iloc[:2]], ignore_index=True)
    gaps.iloc[-1, 0] = gaps.iloc[-2, 1] = None
    ours = cross_table(gaps, *names)
    assert (ours.n, ours.chi2) == (14, pytest.approx(whole.chi2))


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ([[3, 4], [0, 0]], "got 1 rows, 2 columns"),
        ([[3, 0], [4, 0]], "got 2 rows, 1 columns"),
        ([[1, 0], [0, 0]], "got 1 rows, 1 columns"),
        ([[0] * 7, [0] * 7], "nobody answered both"),
    ],
)
def test_one_row_or_column_and_silence_are_refused(counts, words):
    with pytest.raises(AnalysisError, match=words):
        cross_table(*answers(counts))


def test_answers_that_never_meet_are_refused():
    rows = pd.Series(pd.Categorical(["a", "b", None, None]))
    columns = pd.Series(pd.Categorical([None, None, "c", "d"]))
    with pytest.raises(AnalysisError, match="nobody answered both"):
        cross_table(*together(rows, columns))


@pytest.mark.slow
def test_very_many_answers_are_crossed_and_tables_drawn():
    counts = [[60_000, 40_000, 3], [50_000, 50_000, 1], [900, 100, 0]]
    ours = cross_table(*answers(counts))
    theirs = stats.chi2_contingency(counts, correction=False)
    assert ours.chi2 == pytest.approx(theirs.statistic)
    assert ours.cramer_v.low < ours.cramer_v.value < ours.cramer_v.high
    # None of the 9,999 tables is as unlikely as this one.
    assert ours.fisher_p == 1 / 10_000
    assert ours.fisher_error == pytest.approx(1e-4, rel=0.01)


@pytest.mark.parametrize(
    ("counts", "due"),
    [
        ([[4, 16], [5, 15]], True),  # two of four counts expected at 4.5
        ([[5, 15], [5, 15]], False),  # all at 5 or more
        ([[4, 16, 20], [5, 55, 60]], False),  # one of six at 3
        ([[0, 25, 25], [2, 400, 400]], True),  # one of six, but below 1
    ],
)
def test_fisher_is_due_by_the_rule_of_cochran_1954(counts, due):
    """Below 1 anywhere, or below 5 in more than a fifth of the cells, by hand."""
    table = cross_table(*answers(counts))
    assert (table.fisher_p is not None) is due
