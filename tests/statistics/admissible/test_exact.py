"""Admissible histograms, against brute force and published counts."""

from collections import Counter
from fractions import Fraction
from math import sqrt
from operator import add, sub

import numpy as np
import pytest
from conftest import often
from hypothesis import given, settings
from hypothesis import strategies as st
from material.brute_force import compositions, ends_fit

from ecrm_helpers.statistics.admissible import Summary, space, sums

NO = Summary(12, "2.58", ",900", 1, 4, 1, 4)
YES = Summary(61, "3.41", "1,006", 1, 5, 1, 5)


def mean_and_variance(counts, low):
    answers = [low + step for step, count in enumerate(counts) for _ in range(count)]
    mean = Fraction(sum(answers), len(answers))
    squares = sum((answer - mean) ** 2 for answer in answers)
    return mean, squares / (len(answers) - 1)


def half_unit(text):
    return Fraction(1, 2 * 10 ** len(text.partition(".")[2]))


def fits(counts, summary):
    mean, variance = mean_and_variance(counts, summary.low)
    sd, half = Fraction(summary.sd), half_unit(summary.sd)
    return (
        abs(mean - Fraction(summary.mean)) <= half_unit(summary.mean)
        and max(sd - half, 0) ** 2 <= variance <= (sd + half) ** 2
        and ends_fit(counts, summary)
    )


@st.composite
def summaries(draw):
    """Print a real histogram's mean and SD, sometimes a digit off."""
    low, points = draw(st.integers(-3, 2)), draw(st.integers(3, 5))
    n = draw(st.integers(2, 7))
    counts = draw(st.sampled_from(list(compositions(n, points))))
    mean, variance = mean_and_variance(counts, low)
    places = draw(st.integers(0, 3)), draw(st.integers(0, 3))
    slips = draw(st.tuples(*[st.sampled_from([0, 0, 0, 1, -1])] * 2))
    mean, sd = (
        f"{float(value) + slip * 10.0**-place:.{place}f}"
        for value, slip, place in zip(
            (mean, sqrt(variance)), slips, places, strict=True
        )
    )
    sd = sd.replace("-", "")
    high = low + points - 1
    ends = sorted(draw(st.tuples(*[st.integers(low, high)] * 2)))
    minimum, maximum = (end if draw(st.booleans()) else None for end in ends)
    return Summary(n, mean, sd, low, high, minimum, maximum)


@pytest.mark.slow
@given(summary=summaries())
@settings(derandomize=True, deadline=None, max_examples=often(300))
def test_the_histograms_are_those_of_brute_force(summary):
    every = compositions(summary.n, summary.high - summary.low + 1)
    expected = [counts for counts in every if fits(counts, summary)]
    assert list(map(tuple, space(summary).histograms().tolist())) == expected


@given(summary=summaries())
@settings(derandomize=True, deadline=None, max_examples=often(100))
def test_every_histogram_that_fits_has_a_pair_of_sums_that_is_listed(summary):
    points = np.arange(summary.low, summary.high + 1)
    listed = space(summary).histograms()
    reached = {(int(h @ points), int(h @ points**2)) for h in listed}
    assert reached <= set(sums(summary))
    assert sums(summary) == sorted(set(sums(summary)))


def states(points, n):
    """Count the ways to each (answers, sum, sum of squares) on these points."""
    ways = Counter({(0, 0, 0): 1})
    for point in points:
        further = Counter()
        for (m, s, q), count in ways.items():
            for k in range(n - m + 1):
                further[m + k, s + k * point, q + k * point**2] += count
        ways = further
    return ways


def count_by_halves(summary):
    """Join both halves of the scale where mean and SD round as printed."""
    n, low, high = summary.n, summary.low, summary.high
    points = range(low, high + 1)
    texts = (text.replace(",", ".") for text in (summary.mean, summary.sd))
    (mean, half_mean), (sd, half_sd) = ((Fraction(t), half_unit(t)) for t in texts)
    targets = [
        (s, q)
        for s in range(n * low, n * high + 1)
        if abs(Fraction(s, n) - mean) <= half_mean
        for q in range(n * high**2 + 1)
        if (sd - half_sd) ** 2 <= (q - Fraction(s * s, n)) / (n - 1)
        if (q - Fraction(s * s, n)) / (n - 1) <= (sd + half_sd) ** 2
    ]
    # Attained ends are two answers set aside.
    ends = (2, low + high, low**2 + high**2) if summary.attained else (0, 0, 0)
    left, right = states(points[:3], n), states(points[3:], n)
    return sum(
        count * right[tuple(map(sub, (n, s, q), map(add, state, ends)))]
        for state, count in left.items()
        for s, q in targets
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("summary", "count"),
    [
        (Summary(12, "2.58", ",900", 1, 4), 3),
        (NO, 2),
        (Summary(12, "2.58", ",900", 1, 7), 4),
        (Summary(61, "3.41", "1,006", 1, 5), 84),
        (YES, 67),
        (Summary(61, "3.41", "1,006", 1, 7), 522),
        (Summary(73, "5.10", "1.42", 1, 7), 4317),
    ],
)
def test_the_counts_are_those_of_an_enumeration_of_another_kind(summary, count):
    assert len(space(summary).histograms()) == count
    assert count_by_halves(summary) == count


def test_the_histograms_are_as_many_as_unsum_documents_and_add_up_alike():
    # R package unsum 0.2.0, README: closure_generate(mean = "2.7", sd = "1.9",
    # n = 130, scale_min = 1, scale_max = 5), samples_all and f_absolute.
    listed = space(Summary(130, "2.7", "1.9", 1, 5)).histograms()
    assert len(listed) == 5359
    assert listed.sum(axis=0).tolist() == [358972, 30170, 21940, 30162, 255426]


def test_the_histograms_are_as_many_as_scrutipy_documents():
    # scrutipy 0.1.6, README: closure(3.5, 1.2, 50, 0, 7, 0.05, 0.005).
    assert len(space(Summary(50, "3.5", "1.20", 0, 7)).histograms()) == 7980


@pytest.mark.parametrize(
    "summary", [NO, YES, Summary(61, "3.41", "1,006", 1, 7)], ids=["no", "yes", "wide"]
)
def test_every_listed_histogram_has_the_printed_mean_and_sd(summary):
    points = np.arange(summary.low, summary.high + 1)
    listed = space(summary).histograms()
    for counts in listed:
        answers = np.repeat(points, counts)
        assert len(answers) == summary.n
        assert f"{answers.mean():.2f}" == summary.mean
        sd = f"{answers.std(ddof=1):.3f}"
        assert sd.removeprefix("0").replace(".", ",") == summary.sd
        if summary.attained:
            assert {answers.min(), answers.max()} == summary.attained
    assert len({tuple(counts) for counts in listed.tolist()}) == len(listed)


def test_rounding_leaves_one_pair_of_sums_to_each_printed_group():
    assert sums(NO) == [(31, 89)]
    assert sums(YES) == [(208, 770)]


@pytest.mark.parametrize(("n", "possible"), [(28, False), (32, True)])
def test_a_mean_is_possible_as_in_brown_and_heathers_2017(n, possible):
    # GRIM's own example; an SD of 1 leaves room for every mean near 5.
    assert bool(sums(Summary(n, "5.19", "1.0", 1, 7))) is possible
    assert bool(len(space(Summary(n, "5.19", "1.0", 1, 7)).histograms())) is possible


@pytest.mark.parametrize(
    "summary",
    [Summary(12, "7.50", "0.50", 1, 7), Summary(12, "4.00", "3.50", 1, 7)],
    ids=["mean beyond the scale", "sd beyond the scale"],
)
def test_what_no_answers_can_give_has_no_histogram(summary):
    assert space(summary).histograms().shape == (0, 7)


def test_all_answers_alike_are_the_one_histogram_without_spread():
    assert space(Summary(9, "3.00", "0.00", 1, 5)).histograms().tolist() == [
        [0, 0, 9, 0, 0]
    ]
