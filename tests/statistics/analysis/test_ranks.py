"""Rank associations of tables of counts, against scipy and by laws."""

import numpy as np
import pytest
from conftest import often
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from scipy import stats

from ecrm_helpers.statistics.analysis import kendall, spearman

STATISTICS = {
    spearman: lambda x, y: stats.spearmanr(x, y).statistic,
    kendall: lambda x, y: stats.kendalltau(x, y, variant="b").statistic,
}
both = pytest.mark.parametrize("ours", STATISTICS, ids=lambda f: f.__name__)
steadily = settings(derandomize=True, deadline=None, max_examples=often(100))
tables = arrays(
    np.int64,
    array_shapes(min_dims=2, max_dims=2, min_side=2, max_side=7),
    elements=st.integers(0, 9),
)


def varies(table):
    return all((table.sum(axis=axis) > 0).sum() > 1 for axis in (0, 1))


def answers(table):
    """Write the table out, one pair of answers for each person."""
    cells = np.argwhere(table >= 0)
    return np.repeat(cells, table.ravel(), axis=0).T


@both
@steadily
@given(table=tables.filter(varies))
def test_they_are_scipys(ours, table):
    assert ours(table) == pytest.approx(STATISTICS[ours](*answers(table)), abs=1e-12)


@both
@steadily
@given(table=tables.filter(varies))
def test_they_do_not_mind_which_scale_comes_first_and_turn_with_one(ours, table):
    assert ours(table.T) == pytest.approx(ours(table), abs=1e-12)
    assert ours(table[::-1]) == pytest.approx(-ours(table), abs=1e-12)


@both
def test_many_tables_at_once_are_each_by_itself(ours):
    many = np.random.default_rng(1).integers(0, 5, (2, 3, 4, 5))
    one_by_one = [[ours(table) for table in row] for row in many]
    assert ours(many) == pytest.approx(np.array(one_by_one), abs=0)


@both
def test_they_are_undefined_where_a_scale_does_not_vary(ours):
    assert np.isnan(ours(np.array([[3, 4], [0, 0]])))
