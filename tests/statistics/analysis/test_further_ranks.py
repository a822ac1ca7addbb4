"""Rank correlations with p and interval, and each pair of groups, as R gives them."""

import re

import numpy as np
import pandas as pd
import pytest
from oracles import print_out

from ecrm_helpers.statistics import analysis
from ecrm_helpers.statistics.analysis import AnalysisError

R = print_out("further_ranks")
ATTITUDE = pd.DataFrame(
    {
        name: [R[f"attitude.{name}.{i}"] for i in range(1, 31)]
        for name in ("rating", "complaints", "privileges", "learning", "raises")
    }
)
FEW = pd.DataFrame({"x": [1, 2, 3, 4, 5, 6, 7], "y": [2, 1, 4, 3, 7, 5, 6]})


@pytest.mark.parametrize(("by", "sign"), [("spearman", "rho"), ("kendall", "tau")])
@pytest.mark.parametrize(
    ("name", "data"), [("attitude", ATTITUDE), ("few", FEW)], ids=["limit", "exact"]
)
def test_ranks_are_correlated_as_in_r(by, sign, name, data):
    found = analysis.rank_correlation(data, *data.columns[:2], by=by)
    value = found.value
    ours = (value.value, found.p, value.low, value.high)
    theirs = [R[f"{name}.{sign}{end}"] for end in ("", ".p", ".low", ".high")]
    assert ours == pytest.approx(tuple(theirs), rel=1e-9)
    assert found.n == len(data)


@pytest.mark.parametrize("by", ["spearman", "kendall"])
def test_few_answers_that_all_agree_have_no_tiny_p(by):
    found = analysis.rank_correlation(FEW.assign(y=FEW["x"])[:4], "x", "y", by=by)
    assert found.value.value == 1
    assert found.p == pytest.approx(2 / 24)  # two of the 4! orders
    assert np.isnan(found.value.low)


def test_each_pair_of_three_groups_is_compared_as_in_r():
    rows = [(k.split(".")[1], v) for k, v in R.items() if k.startswith("plant.")]
    plants = pd.DataFrame(rows, columns=["group", "weight"])
    found = analysis.pairwise(plants, "weight", by="group")
    assert len(found) == 3
    for (first, second), row in found.iterrows():
        for end in ("difference", "low", "high", "p", "d"):
            theirs = R[f"pair.{first}.{second}.{end}"]
            # R integrates the studentized range to about eight digits.
            assert row[end] == pytest.approx(theirs, rel=1e-5), (first, second, end)


def test_a_pair_of_groups_that_do_not_vary_is_left_open_and_two_are_refused():
    data = pd.DataFrame({"g": list("aabbccc"), "s": [1, 1, 2, 2, 1, 3, 4]})
    found = analysis.pairwise(data, "s", by="g")
    assert found.isna().any(axis=1).to_list() == [True, False, False]
    with pytest.raises(AnalysisError, match=re.escape("three groups")):
        analysis.pairwise(data[:4].assign(s=[1, 2, 3, 4]), "s", by="g")
