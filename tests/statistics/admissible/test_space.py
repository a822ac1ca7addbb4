"""Spaces of histograms, against brute force: every rule, both SDs, draws, sizes."""

from dataclasses import replace
from fractions import Fraction
from itertools import product
from math import comb, factorial, prod

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from material.brute_force import compositions, ends_fit
from scipy import stats

from ecrm_helpers.statistics.admissible import (
    AdmissibleError,
    Summary,
    reason,
    space,
    sums,
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
@settings(max_examples=150, deadline=None)
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


def test_draws_are_uniform_over_histograms():
    small = space(Summary(10, "3.0", "1.2", 1, 5))
    drawn = small.sample(20_000, np.random.default_rng(1))
    _, times = np.unique(drawn, axis=0, return_counts=True)
    assert len(times) == small.count
    assert stats.chisquare(times).pvalue > 0.001


def test_draws_over_ordered_data_sets_follow_the_multinomial_weights():
    small = space(Summary(8, "3.0", "1.2", 1, 5))
    listed = small.histograms()
    weights = [factorial(8) // prod(map(factorial, row)) for row in listed.tolist()]
    drawn = small.sample(20_000, np.random.default_rng(2), "ordered")
    rows, times = np.unique(drawn, axis=0, return_counts=True)
    place = {tuple(row): i for i, row in enumerate(listed.tolist())}
    seen = np.zeros(len(listed))
    for row, n in zip(rows.tolist(), times, strict=True):
        seen[place[tuple(row)]] = n
    share = np.array(weights) / sum(weights)
    assert stats.chisquare(seen, share * 20_000).pvalue > 0.001


@pytest.mark.parametrize(
    "merged",
    [Summary(5, "5.0", "3.0", 0, 10), Summary(6, "5.0", "3.5", 0, 10, 0, 10)],
    ids=["free", "attained"],
)
def test_draws_from_a_merged_space_over_ordered_data_sets_follow_the_weights(merged):
    found = space(merged)
    assert any(layer.opens is not None for layer in found.layers)
    listed = found.histograms()
    n = merged.n
    weights = np.array(
        [factorial(n) // prod(map(factorial, row)) for row in listed.tolist()]
    )
    drawn = found.sample(40_000, np.random.default_rng(6), "ordered")
    rows, times = np.unique(drawn, axis=0, return_counts=True)
    place = {tuple(row): i for i, row in enumerate(listed.tolist())}
    seen = np.zeros(len(listed))
    for row, count in zip(rows.tolist(), times, strict=True):
        seen[place[tuple(row)]] = count
    assert stats.chisquare(seen, weights / weights.sum() * 40_000).pvalue > 0.001


def ordered_means(n, points, pairs):
    """Give each point's mean count over all ordered data sets with these sums.

    By symmetry it is n times the share of data sets whose first answer is that
    point. Data sets are counted by powers of a two-dimensional Fourier
    transform, about the point 4 and weighted so that the sums are likely.
    """
    points = np.array(points) - 4
    tilt = -(points**2) / 4.5 + 0.1 * points
    weight = np.exp(tilt) / np.exp(tilt).sum()
    shape = (2 * 3 * n + 1, 9 * n + 1)
    one = np.zeros(shape)
    one[points, points**2] = weight
    transform = np.fft.fft2(one)
    fewer = np.fft.ifft2(transform ** (n - 1)).real
    shares = np.zeros(len(points))
    centred = [(s - 4 * n, q - 8 * s + 16 * n) for s, q in pairs]
    s0, q0 = centred[0]
    for s, q in centred:
        untilted = np.exp((q - q0) / 4.5 - 0.1 * (s - s0))
        shares += untilted * weight * fewer[s - points, q - points**2]
    return n * shares / shares.sum()


def test_ordered_draws_from_34_million_histograms_have_the_right_mean():
    """The expected count of a point, over all ordered data sets, by convolution."""
    summary = Summary(300, "4.20", "1.50", 1, 7)
    drawn = space(summary).sample(4000, np.random.default_rng(8), "ordered")
    expected = ordered_means(300, range(1, 8), sums(summary))
    error = drawn.std(axis=0, ddof=1) / np.sqrt(len(drawn))
    assert (np.abs(drawn.mean(axis=0) - expected) < 4.5 * error).all()


def test_draws_from_a_merged_space_are_uniform():
    middle = space(Summary(6, "5.0", "3.0", 0, 10))
    drawn = middle.sample(30_000, np.random.default_rng(3))
    _, times = np.unique(drawn, axis=0, return_counts=True)
    assert len(times) == middle.count
    assert stats.chisquare(times).pvalue > 0.001


def test_a_seed_gives_the_same_draws():
    large = space(Summary(300, "4.20", "1.50", 1, 7))
    first, second = (large.sample(5, np.random.default_rng(4)) for _ in range(2))
    assert (first == second).all()


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
        (Summary(9, "3", "1", 5, 5), "has 1 points; 2 to 21 are allowed"),
        (Summary(9, "3", "1", 0, 21), "has 22 points; 2 to 21 are allowed"),
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


def test_grim_reason_gives_the_nearest_means():
    # Brown & Heathers (2017): 5.19 is impossible for n = 28.
    found = reason(Summary(28, "5.19", "1.00", 1, 7))
    assert (found.value, found.nearest) == ("mean", ("5.18", "5.21"))
    assert {f"{k / 28:.2f}" for k in (145, 146)} == {"5.18", "5.21"}


def test_sd_reason_gives_the_nearest_sds_of_brute_force():
    summary = Summary(6, "2.50", "0.90", 1, 4)
    possible = set()
    for answers in product(range(1, 5), repeat=6):
        if sum(answers) == 15:
            possible.add(round(float(np.std(answers, ddof=1)), 2))
    assert 0.90 not in possible
    below = max(sd for sd in possible if sd < 0.90)
    above = min(sd for sd in possible if sd > 0.90)
    assert reason(summary).nearest == (f"{below:.2f}", f"{above:.2f}")


@pytest.mark.parametrize(
    ("impossible", "value"),
    [
        (Summary(12, "7.50", "0.50", 1, 7), "mean"),
        (Summary(12, "4.00", "3.50", 1, 7), "sd"),
        (Summary(12, "1.00", "0.50", 1, 7), "sd"),
    ],
)
def test_values_beyond_the_scale_have_a_reason_whose_remedy_fits(impossible, value):
    found = reason(impossible)
    assert found.value == value
    if value == "sd":
        assert all(space(replace(impossible, sd=sd)).count for sd in found.nearest)


@pytest.mark.parametrize(
    ("ends", "value"), [((3, 5), "min"), ((1, 6), "max"), ((1, 5), "ends")]
)
def test_ends_that_make_a_row_impossible_have_a_reason_whose_remedy_fits(ends, value):
    row = Summary(12, "2.58", ",900", 1, 7)
    fitting = {
        (int(given[0]), int(given[-1]))
        for given in (np.flatnonzero(h) + 1 for h in space(row).histograms())
    }
    assert ends not in fitting
    found = reason(replace(row, minimum=ends[0], maximum=ends[1]))
    assert found.value == value
    remedies = {
        "min": [(int(low), ends[1]) for low in found.nearest if value == "min"],
        "max": [(ends[0], int(high)) for high in found.nearest if value == "max"],
        "ends": [
            tuple(map(int, pair.split("–"))) for pair in found.nearest if "–" in pair
        ],
    }[value]
    assert remedies
    assert set(remedies) <= fitting


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
