"""Draws from a space: uniform over histograms, or by their ordered data sets."""

from math import factorial, prod

import numpy as np
import pytest
from scipy import stats

from ecrm_helpers.statistics.admissible import Summary, space, sums


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


@pytest.mark.slow
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
