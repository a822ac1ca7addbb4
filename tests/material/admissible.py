"""The printed table of the two groups, and every pair of histograms that fits it.

``oracles/pairs.R`` finds the pairs by trying all counts and computes each
range with base R's own tests.
"""

from functools import cache

import pytest
from oracles import print_out

from ecrm_helpers.statistics import robustness
from ecrm_helpers.statistics.admissible import Summary, Table

SCALE = (1, 7)

R = print_out("pairs")


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
