"""Regression, paired comparisons, residuals of a cross-table, as R gives them."""

import re

import numpy as np
import pandas as pd
import pytest
from conftest import often
from hypothesis import given, settings
from hypothesis import strategies as st
from oracles import print_out

from ecrm_helpers.statistics import analysis
from ecrm_helpers.statistics.analysis import AnalysisError

R = print_out("further_tests")
RANKS = print_out("further_ranks")
ATTITUDE = pd.DataFrame(
    {
        name: [RANKS[f"attitude.{name}.{i}"] for i in range(1, 31)]
        for name in ("complaints", "learning", "raises", "rating")
    }
)
FEW = pd.DataFrame({k: [R[f"{k}.{i}"] for i in range(1, 9)] for k in ("x", "y")})
HAIR = {tuple(k.split(".")[1:]): v for k, v in R.items() if k.startswith("hair.")}


def as_r(value):
    return pytest.approx(value, rel=1e-8)


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("three", ("complaints", "learning", "raises", "rating")),
        ("one", ("complaints", "rating")),
    ],
)
def test_a_regression_is_that_of_r(name, columns):
    found = analysis.regression(ATTITUDE, *columns)
    assert (found.f, found.p) == as_r((R[f"{name}.f"], R[f"{name}.p"]))
    assert found.r_squared.value == as_r(R[f"{name}.r2"])
    assert found.adjusted == as_r(R[f"{name}.adjusted"])
    for test, end in ((found.robust, "robust"), (found.breusch_pagan, "bp")):
        assert (test.f, test.p) == as_r((R[f"{name}.{end}.f"], R[f"{name}.{end}.p"]))
    for term, row in found.coefficients.iterrows():
        ends = ["b", "se", "t", "p", "low", "high"]
        ends += ["beta", "vif"] * (term != "constant")
        for end in ends:
            assert row[end] == as_r(R[f"{name}.{term}.{end}"]), (term, end)


def test_a_simple_regression_is_a_correlation():
    found = analysis.regression(ATTITUDE, "complaints", "rating")
    r = analysis.correlation(ATTITUDE, "complaints", "rating")
    assert found.coefficients["beta"]["complaints"] == as_r(r.r)
    assert found.p == as_r(r.p)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"learning": 3}, "vary"),
        ({"learning": ATTITUDE["complaints"] * 2 + 1}, "follow from one another"),
        ({"rating": ATTITUDE["complaints"] + ATTITUDE["learning"]}, "no residuals"),
    ],
)
def test_a_regression_that_is_not_defined_is_refused(change, why):
    data = ATTITUDE.assign(**change)
    with pytest.raises(AnalysisError, match=re.escape(why)):
        analysis.regression(data, "complaints", "learning", "rating")
    with pytest.raises(AnalysisError, match="5 complete answers"):
        analysis.regression(ATTITUDE[:4], "complaints", "learning", "rating")


@pytest.mark.parametrize(
    ("name", "data", "columns"),
    [("attitude", ATTITUDE, ("rating", "complaints")), ("few", FEW, ("x", "y"))],
)
def test_paired_scales_are_compared_as_in_r(name, data, columns):
    t, ranks = analysis.paired_t(data, *columns), analysis.signed_rank(data, *columns)
    of = {end: R[f"{name}.{end}"] for end in ("t", "p", "low", "high", "v", "v.p")}
    assert (t.t, t.p) == as_r((of["t"], of["p"]))
    assert (t.difference.low, t.difference.high) == as_r((of["low"], of["high"]))
    assert (ranks.v, ranks.p) == as_r((of["v"], of["v.p"]))
    d = [R[f"{name}.dz{end}"] for end in ("", ".low", ".high")]
    # R's own pt is good to about seven digits where it is noncentral.
    assert [t.d_z.value, t.d_z.low, t.d_z.high] == pytest.approx(d, rel=1e-6)


@settings(derandomize=True, deadline=None, max_examples=often(40))
@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), max_size=9))
def test_paired_scales_turned_round_give_the_other_sign_and_the_same_p(pairs):
    data = pd.DataFrame(pairs, columns=["x", "y"], dtype=float)
    there = analysis.attempt(analysis.signed_rank, data, "x", "y")
    back = analysis.attempt(analysis.signed_rank, data, "y", "x")
    if isinstance(there, AnalysisError):
        assert isinstance(back, AnalysisError)
        return
    assert there.p == pytest.approx(back.p)
    assert there.rank_biserial == pytest.approx(-back.rank_biserial)
    assert 0 < there.p <= 1


def test_the_residuals_of_a_cross_table_are_those_of_r():
    rows = [pair for pair, n in HAIR.items() for _ in range(int(n))]
    found = analysis.cross_table(pd.DataFrame(rows, columns=["a", "b"]), "a", "b")
    for (hair, eye), residual in found.residuals.stack().items():
        assert residual == as_r(R[f"residual.{hair}.{eye}"])
    assert np.isfinite(found.residuals.to_numpy()).all()


@pytest.mark.parametrize("k", [3, 5])
def test_several_groups_detect_the_share_of_variance_that_r_finds(k):
    found = analysis.detectable(*[20] * k)
    # power.anova.test searches to about four digits.
    assert found == pytest.approx(R[f"detectable.{k}"], rel=1e-3)
