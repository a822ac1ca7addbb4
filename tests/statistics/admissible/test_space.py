"""Spaces of histograms, against brute force: every rule, both SDs, sizes."""

from dataclasses import replace
from fractions import Fraction
from itertools import product
from math import comb

import numpy as np
import pytest
from conftest import often
from hypothesis import given, settings
from hypothesis import strategies as st
from material.brute_force import compositions, ends_fit
from scipy import stats

from ecrm_helpers.statistics.admissible import (
    AdmissibleError,
    Summary,
    reason,
    space,
)

RULES = ("either", "half_up", "half_even", "truncated")


def printings(value, decimals, rule):
    """Give the texts a rule may print for an exact value, by whole numbers."""
    scaled = value * 10**decimals
    floor = scaled.__floor__()
    part = scaled - floor
    if rule == "truncated":
        return {floor if value >= 0 or part == 0 else floor + 1}
    if part != Fraction(1, 2):
        return {floor + (part > Fraction(1, 2))}
    away = floor + 1 if value > 0 else floor
    return {
        "either": {floor, floor + 1},
        "half_up": {away},
        "half_even": {floor if floor % 2 == 0 else floor + 1},
    }[rule]


def sd_fits(variance, text, decimals, rule):
    """Compare squares, so that no root need be taken."""
    unit = Fraction(1, 10**decimals)
    shown = Fraction(text)
    candidates = [shown + unit * k / 2 for k in (-2, -1, 0, 1, 2)]
    low, high = candidates[1], candidates[3]
    if rule == "truncated":
        return shown**2 <= variance < (shown + unit) ** 2
    if max(low, 0) ** 2 < variance < high**2 or (low < 0 <= variance < high**2):
        return True
    even = int(shown / unit) % 2 == 0
    if variance == high**2:
        return rule == "either" or (rule == "half_even" and even)
    if low >= 0 and variance == low**2:
        return rule in ("either", "half_up") or (rule == "half_even" and even)
    return False


@st.composite
def summaries(draw):
    points = draw(st.integers(2, 9))
    n = draw(st.integers(2, 7 if points < 7 else 4))
    low = draw(st.integers(-3, 2))
    counts = draw(st.lists(st.integers(0, points - 1), min_size=n, max_size=n))
    answers = np.array(counts) + low
    ddof = draw(st.integers(0, 1))
    mean, sd = f"{answers.mean():.1f}", f"{answers.std(ddof=ddof):.1f}"
    rule = draw(st.sampled_from(RULES))
    # The ends of real answers, or a point beside them, or none.
    slips = draw(st.tuples(*[st.sampled_from([None, 0, 0, 1])] * 2))
    minimum, maximum = (
        None if slip is None else int(end) + slip
        for end, slip in zip((answers.min(), answers.max()), slips, strict=True)
    )
    high = low + points - 1
    if maximum is not None:
        maximum = min(maximum, high)
    if minimum is not None:
        minimum = min(minimum, high if maximum is None else maximum)
    return Summary(n, mean, sd, low, high, minimum, maximum, ddof, rule)


@given(summaries())
@settings(max_examples=often(150), deadline=None)
def test_a_space_is_what_brute_force_finds(summary):
    points = range(summary.low, summary.high + 1)
    expected = []
    for counts in compositions(summary.n, len(points)):
        total = sum(c * p for c, p in zip(counts, points, strict=True))
        squares = sum(c * p**2 for c, p in zip(counts, points, strict=True))
        variance = (squares - Fraction(total**2, summary.n)) / (
            summary.n - summary.ddof
        )
        shown = Fraction(summary.mean) * 10
        fits = (
            shown in printings(Fraction(total, summary.n), 1, summary.rounding)
            and sd_fits(variance, summary.sd, 1, summary.rounding)
            and ends_fit(counts, summary)
        )
        if fits:
            expected.append(counts)
    found = space(summary)
    assert [tuple(row) for row in found.histograms()] == sorted(expected)
    assert found.count == len(expected)
    assert (reason(summary) is None) == bool(expected)


LONG = Summary(12, "5.0", "3.0", 0, 10)


@pytest.mark.slow
def test_a_long_scale_is_listed_as_brute_force_does():
    """More than four points outside the middle: states merge on the way."""
    points = np.arange(11)
    found = space(LONG)
    listed = found.histograms()
    expected = 0
    for total in range(60 - 6, 60 + 7):
        ways = {(0, 0, 0): 1}
        for p in points:  # count by generating function, point by point
            reached = {}
            for (n, s, q), count in ways.items():
                for c in range(12 - n + 1):
                    state = (n + c, s + c * p, q + c * p * p)
                    if state[1] <= total:
                        reached[state] = reached.get(state, 0) + count
            ways = reached
        for (n, s, q), count in ways.items():
            variance = Fraction(q * 12 - s * s, 12 * 11)
            mean_fits = abs(Fraction(s, 12) - 5) <= Fraction(1, 20)
            if (
                n == 12
                and s == total
                and mean_fits
                and sd_fits(variance, "3.0", 1, "either")
            ):
                expected += count
    assert found.count == expected == len(listed)
    assert len(np.unique(listed, axis=0)) == len(listed)


def test_the_published_large_counts():
    # Kept with the design: another program's exhaustive counts.
    assert space(Summary(300, "4.20", "1.50", 1, 7)).count == 34_506_240
    assert space(Summary(73, "5.10", "1.42", 1, 7)).count == 4_317


def test_numbers_beyond_two_to_the_63_are_exact():
    """Give one row a weight that no 64-bit number holds."""
    found = space(Summary(73, "5.10", "1.42", 1, 7))
    huge = replace(found, length=found.length.astype(object) * 10**17)
    assert huge.count == found.count * 10**17 > 2**63
    last = replace(found.layers[-1], ways=found.layers[-1].ways.astype(object))
    grown = replace(found, layers=(*found.layers[:-1], last))
    assert grown.count == found.count
    from ecrm_helpers.statistics.admissible.exact import below

    total = 2**64 + 12345
    drawn = below(total, 4000, np.random.default_rng(5))
    assert all(0 <= number < total for number in drawn)
    upper = sum(number >= total // 2 for number in drawn)
    assert stats.binomtest(int(upper), 4000).pvalue > 0.001


def test_listing_more_than_the_limit_names_count_and_way_out():
    found = space(Summary(73, "5.10", "1.42", 1, 7))
    words = "4317 histograms fit, more than the limit of 100 .* draw from them"
    with pytest.raises(AdmissibleError, match=words):
        found.histograms(limit=100)


def test_nothing_fits_and_nothing_can_be_drawn():
    empty = space(Summary(28, "5.19", "1.00", 1, 7))
    assert empty.count == 0
    assert empty.histograms().shape == (0, 7)
    with pytest.raises(AdmissibleError, match="nothing fits"):
        empty.sample(1, np.random.default_rng(0))


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (Summary(1, "3", "0", 1, 5), "n is 1; 2 answers or more are needed"),
        (Summary(9, "3", "1", 5, 5), "has 1 points; 2 to 101 are allowed"),
        (Summary(9, "3", "1", 0, 21), "has 22 points; data sets are counted"),
        (Summary(9, "3", "-1", 1, 5), "the SD is -1; it cannot be negative"),
        (Summary(2000, "10.5", "6.0", 1, 21), "too many to count"),
        (Summary(200_000, "3.000", "1.000", 1, 5), "too many to count"),
        (Summary(10**9, "3.00", "1.00", 1, 5), "too many to go through; fewer answ"),
        (Summary(9, "3", "1", 1, 5, minimum=0), "minimum 0 and maximum 5 must lie"),
        (Summary(9, "3", "1", 1, 5, 4, 2), "minimum 4 and maximum 2 must lie in ord"),
    ],
)
def test_what_makes_no_sense_is_refused(wrong, words):
    with pytest.raises(AdmissibleError, match=words):
        space(wrong)


def test_only_a_printed_minimum_leaves_the_maximum_free():
    row = Summary(12, "2.58", ",900", 1, 7, minimum=1)
    listed = space(replace(row, minimum=None)).histograms()
    expected = [h.tolist() for h in listed if h[0] > 0]
    assert space(row).histograms().tolist() == expected
    assert len(expected) < len(listed)


def test_all_answers_at_all_are_the_binomial_number():
    """Over all sums together the spaces hold every composition once."""
    n, points = 6, 5
    pairs = {(sum(c), sum(x * x for x in c)) for c in product(range(1, 6), repeat=n)}
    counted = sum(space(Summary(n, "3", "1", 1, 5), [pair]).count for pair in pairs)
    assert counted == comb(n + points - 1, points - 1)
