"""Whole tables: groups that agree with a printed total and a printed ANOVA."""

from dataclasses import replace
from itertools import combinations_with_replacement
from math import factorial, prod

import numpy as np
import pytest
from conftest import ROOT
from scipy import stats

from ecrm_helpers.answers.reconstruct import whole_table
from ecrm_helpers.statistics.admissible import (
    AdmissibleError,
    Summary,
    Table,
    agreeing,
    count,
    histograms,
    sample,
    space,
)
from ecrm_helpers.study.published import read_values

PRINTED = whole_table(
    read_values(ROOT / "data/published/values.csv"), ["no", "yes"], (1, 7)
)


def test_the_thesis_s_table_leaves_one_pair_of_sums_and_134_pairs_of_histograms():
    assert agreeing(PRINTED) == [((31, 89), (208, 770))]
    assert count(PRINTED) == 134


@pytest.mark.parametrize("cell", PRINTED.anova)
def test_any_misread_cell_of_the_anova_is_noticed(cell):
    text = PRINTED.anova[cell]
    last = str((int(text[-1]) + 5) % 10)
    wrong = Table(PRINTED.groups, PRINTED.total, {cell: text[:-1] + last})
    assert agreeing(wrong) == []
    assert count(wrong) == 0


@pytest.mark.parametrize(("mean", "sd"), [("3.28", "1,031"), ("3.27", "1,032")])
def test_a_misread_total_is_noticed(mean, sd):
    wrong = Table(PRINTED.groups, Summary(73, mean, sd, 1, 7, 1, 5))
    assert agreeing(wrong) == []


FIRST, SECOND = (2, 3, 3), (1, 1, 2, 4)


def row(answers, *, ends=False):
    """Print a row of answers on the scale from 1 to 4."""
    mean, sd = np.mean(answers), np.std(answers, ddof=1)
    attained = (min(answers), max(answers)) if ends else ()
    return Summary(len(answers), f"{mean:.1f}", f"{sd:.1f}", 1, 4, *attained)


def brute_force(printed, *, ends):
    """List every two sets of answers on 1 to 4 that print these rows and F."""
    fitting = set()
    for a in combinations_with_replacement(range(1, 5), 3):
        for b in combinations_with_replacement(range(1, 5), 4):
            if len(set(a)) == len(set(b)) == 1:
                continue
            shown = (row(a), row(b), row(a + b, ends=ends))
            if shown != (*printed.groups, printed.total):
                continue
            f = f"{stats.f_oneway(a, b).statistic:.1f}"
            if f == printed.anova.get("f", f):
                fitting.add((a, b))
    return fitting


SMALL = [
    Table(
        (row(first), row(second)),
        row((*first, *second), ends=ends),
        {"f": f"{stats.f_oneway(first, second).statistic:.1f}"} if with_f else {},
    )
    for first, second in [
        (FIRST, SECOND),
        ((1, 3, 3), (2, 2, 3, 3)),
        ((2, 2, 3), (2, 3, 3, 3)),
    ]
    for ends in (False, True)
    for with_f in (False, True)
]


@pytest.mark.parametrize("printed", SMALL)
def test_small_tables_are_counted_and_listed_as_by_brute_force(printed):
    fitting = brute_force(printed, ends=bool(printed.total.attained))
    written = {
        tuple(tuple(np.repeat(range(1, 5), side).tolist()) for side in pair)
        for pair in zip(*histograms(printed), strict=True)
    }
    assert written == fitting
    assert count(printed) == len(fitting) > 0


def test_the_ends_of_the_total_leave_those_of_all_pairs_that_attain_them():
    groups = tuple(replace(g, minimum=None, maximum=None) for g in PRINTED.groups)
    no, yes = (space(group).histograms() for group in groups)
    joined = no[:, None] + yes[None]
    attains = (joined[..., 0] > 0) & (joined[..., 4] > 0)
    within = (joined[..., 5:] == 0).all(axis=-1)
    ended = Table(groups, PRINTED.total)
    assert count(ended) == len(histograms(ended)[0]) == (attains & within).sum()
    assert 134 < count(ended) < count(Table(groups)) == joined[..., 0].size


@pytest.mark.parametrize("measure", ["histograms", "ordered"])
def test_draws_from_a_whole_table_follow_the_measure(measure):
    printed = SMALL[0]
    listed = np.hstack(histograms(printed))
    ways = [
        prod(
            factorial(sum(side)) // prod(map(factorial, side))
            for side in (h[:4], h[4:])
        )
        for h in listed.tolist()
    ]
    weights = np.array(ways if measure == "ordered" else [1] * len(ways), float)
    drawn = np.hstack(sample(printed, 6000, np.random.default_rng(9), measure))
    place = {tuple(h): i for i, h in enumerate(listed.tolist())}
    seen = np.bincount([place[tuple(h)] for h in drawn.tolist()], minlength=len(listed))
    expected = 6000 * weights / weights.sum()
    if len(listed) > 1:
        assert stats.chisquare(seen, expected).pvalue > 0.001
    assert len(drawn) == 6000


def test_the_groups_counted_together_pass_two_to_the_63():
    large = Summary(300, "4.20", "1.50", 1, 7)
    three = count(Table((large, large, large)))
    assert three == 34_506_240**3 > 2**63


def test_what_cannot_be_listed_or_drawn_is_refused():
    large = Summary(300, "4.20", "1.50", 1, 7)
    with pytest.raises(AdmissibleError, match="more than the limit of 1000000 to list"):
        histograms(Table((large, large)))
    impossible = Table((Summary(28, "5.19", "1.00", 1, 7), large))
    assert [len(side) for side in histograms(impossible)] == [0, 0]
    with pytest.raises(AdmissibleError, match="nothing fits"):
        sample(impossible, 5, np.random.default_rng(0))


def test_a_total_of_other_answers_and_an_unknown_cell_are_refused():
    with pytest.raises(AdmissibleError, match="total has n = 70; the groups have 73"):
        agreeing(Table(PRINTED.groups, Summary(70, "3.27", "1,031", 1, 7)))
    with pytest.raises(AdmissibleError, match=r"of different scales: \[\(1, 5\), \(1"):
        agreeing(Table(PRINTED.groups, Summary(73, "3.27", "1,031", 1, 5)))
    with pytest.raises(AdmissibleError, match="no ANOVA cell F; there are ss_between"):
        agreeing(Table(PRINTED.groups, anova={"F": "6.980"}))
