"""Whether anything fits, against the count of histograms and brute force."""

import json
from itertools import combinations_with_replacement

import pytest
from conftest import often
from hypothesis import given, settings
from hypothesis import strategies as st

from ecrm_helpers.printed import agrees
from ecrm_helpers.statistics.admissible import (
    AdmissibleError,
    Summary,
    counts,
    fits,
    sizes,
    space,
    totals,
)


def printed(value):
    return f"{value:.2f}"


@given(
    answers=st.lists(st.integers(0, 60), min_size=2, max_size=60),
    nudge=st.sampled_from([0, 0, 0.01, 0.4]),
)
@settings(derandomize=True, deadline=None, max_examples=often(150))
def test_what_real_answers_give_is_possible_on_any_scale(answers, nudge):
    n, mean = len(answers), sum(answers) / len(answers)
    sd = (sum((x - mean) ** 2 for x in answers) / (n - 1)) ** 0.5
    row = Summary(n, printed(mean), printed(sd + nudge), 0, 60)
    assert nudge or fits(row)
    top = max(answers) + 1
    if 2 <= top <= 20:
        small = Summary(n, printed(mean), printed(sd + nudge), 0, top)
        assert fits(small) == (space(small).count > 0)


@given(
    n=st.integers(2, 4),
    items=st.integers(1, 3),
    mean=st.integers(100, 300),
    sd=st.integers(0, 120),
)
@settings(derandomize=True, deadline=None, max_examples=often(150))
def test_means_over_items_by_brute_force(n, items, mean, sd):
    row = Summary(n, printed(mean / 100), printed(sd / 100), 1, 3, items=items)
    steps = range(items, 3 * items + 1)
    found = 0
    for people in combinations_with_replacement(steps, n):
        values = [step / items for step in people]
        centre = sum(values) / n
        spread = (sum((v - centre) ** 2 for v in values) / (n - 1)) ** 0.5
        found += agrees(row.mean, round(centre, 12)) and agrees(
            row.sd, round(spread, 12)
        )
    assert space(row).count == found
    assert fits(row) == bool(found)


def test_the_rows_of_the_cases():
    """Possible over two or three items, each shown by its fraction: 145/28."""
    rows = [(14, "5.18", "1.50", 1, 7, 2), (26, "3.29", "2.15", 0, 7, 2),
            (38, "4.85", "2.73", 0, 9, 3)]  # fmt: skip
    for n, mean, sd, low, high, items in rows:
        assert fits(Summary(n, mean, sd, low, high, items=items))
        assert not fits(Summary(n, mean, sd, low, high))


def test_a_mean_alone_a_percentage_and_the_sizes_that_allow_them():
    assert list(totals(Summary(28, "5.19", None, 1, 7))) == []
    assert list(totals(Summary(28, "7.5", None, 1, 7))) == []
    assert list(counts("47.9", 73)) == [35]
    assert list(counts("101", 73)) == []
    assert sizes(Summary(n, "5.19", None, 1, 7) for n in (27, 28)) == [27]
    rows = [Summary(n, "2.58", ",900", 1, 7) for n in (12, 13)]
    assert sizes(rows) == [row.n for row in rows if space(row).count] == [12]
    with pytest.raises(AdmissibleError, match="no SD is given"):
        space(Summary(28, "5.19", None, 1, 7))
    with pytest.raises(AdmissibleError, match="no step of a mean of 2 items"):
        fits(Summary(28, "5.19", "1", 1, 7, minimum=json.loads("1.25"), items=2))
