"""A row that nothing fits gets the reason, and a remedy that fits."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from ecrm_helpers.statistics.admissible import (
    Summary,
    reason,
    space,
)


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
