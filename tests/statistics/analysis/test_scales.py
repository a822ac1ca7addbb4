"""Items described, against R (``oracles/scales.R``) and by hand."""

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from conftest import often
from hypothesis import given, settings
from hypothesis import strategies as st
from oracles import print_out

from ecrm_helpers.statistics.analysis import moments, points, same_throughout

R = print_out("scales")
NA = pd.NA
steadily = settings(derandomize=True, deadline=None, max_examples=often(50))
columns = st.lists(st.one_of(st.none(), st.integers(1, 7)), max_size=12)


def frame(**items):
    return pd.DataFrame(
        {
            name: pd.array(list(answers), dtype="Int64")
            for name, answers in items.items()
        }
    )


def of_r(name):
    """Give the answers that R described, one column per item."""
    found = {}
    for key, value in R.items():
        if key.startswith(f"{name}.answer."):
            found.setdefault(key.split(".")[2], []).append(int(value))
    return frame(**found)


def test_moments_and_quartiles_are_those_of_r():
    table = moments(of_r("classes"))
    named = {k: v for k, v in R.items() if k.startswith("moments.")}
    assert len(named) == table.size
    for key, value in named.items():
        _, item, column = key.split(".")
        assert table.loc[item, column] == pytest.approx(value, rel=1e-12)


def test_points_are_those_of_r():
    answers = of_r("classes")
    counts = points(answers, (1, 5))
    named = {k: v for k, v in R.items() if k.startswith("points.")}
    assert len(named) == counts.size
    for key, value in named.items():
        _, item, point = key.split(".")
        assert counts.loc[item, int(point)] == value


def test_missing_answers_are_counted_apart():
    table = moments(frame(q=[1, NA, 4, NA, 4]))
    row = table.loc["q"]
    assert (row["n"], row["missing"], row["mean"], row["median"]) == (3, 2, 3, 4)
    assert list(table.dtypes) == [int, int, *[float] * 7]


@pytest.mark.parametrize("answers", [[], [NA, NA]])
def test_nobody_has_no_moments(answers):
    row = moments(frame(q=answers)).loc["q"]
    assert (row["n"], row["missing"]) == (0, len(answers))
    assert row.drop(["n", "missing"]).isna().all()


def test_one_answer_has_no_spread():
    row = moments(frame(q=[3])).loc["q"]
    assert np.isnan(row["sd"])
    assert list(row[["mean", "q1", "median", "q3", "min", "max"]]) == [3] * 6


def test_constant_answers_have_no_variance():
    assert moments(frame(q=[2, 2, 2])).loc["q", "sd"] == 0


def test_no_items_have_no_rows():
    empty = pd.DataFrame(index=range(3))
    assert moments(empty).shape == (0, 9)
    assert points(empty, (1, 7)).shape == (0, 7)


@given(answers=columns)
@steadily
def test_a_row_is_in_order_and_its_points_add_up(answers):
    data = frame(q=[NA if a is None else a for a in answers])
    row, counts = moments(data).loc["q"], points(data, (1, 7)).loc["q"]
    assert row["n"] + row["missing"] == len(answers)
    assert counts.sum() == row["n"]
    assert list(counts.index) == list(range(1, 8))
    if row["n"]:
        assert counts @ counts.index == pytest.approx(row["n"] * row["mean"])
        five = row[["min", "q1", "median", "q3", "max"]]
        assert all(a <= b for a, b in pairwise(five))


def test_points_nobody_chose_are_there():
    counts = points(frame(a=[2, 2], b=[NA, NA]), (1, 3))
    assert counts.to_dict("list") == {1: [0, 0], 2: [2, 0], 3: [0, 0]}
    assert set(counts.dtypes) == {np.dtype(int)}


def test_same_throughout_needs_every_answer_and_one_point():
    items = frame(a=[4, 4, 4, NA, NA], b=[4, 4, NA, 4, NA], c=[4, 5, 4, 4, NA])
    items.index = list("vwxyz")
    assert same_throughout(items).to_dict() == {
        "v": True,
        "w": False,
        "x": False,
        "y": False,
        "z": False,
    }


@pytest.mark.parametrize("items", [frame(a=[1, 1]), frame(a=[], b=[])])
def test_one_item_or_nobody_has_no_straight_line(items):
    same = same_throughout(items)
    assert not same.any()
    assert same.dtype == bool
    assert len(same) == len(items)


def test_same_throughout_without_items_is_false():
    assert list(same_throughout(pd.DataFrame(index=range(2)))) == [False, False]
