"""The proportional-odds model in many pairs, against statsmodels, R and laws."""

import numpy as np
import pytest
from conftest import often
from hypothesis import given, settings
from hypothesis import strategies as st
from oracles import print_out
from scipy.stats import chi2
from statsmodels.miscmodels.ordinal_model import OrderedModel

from ecrm_helpers.statistics.robustness.ordinal import ordinal_logit

R = print_out("ordinal")
#: The reference data of the design, and pairs with an empty point or few answers.
CASES = {
    "reference": ([1, 5, 4, 2, 0], [1, 11, 20, 20, 9]),
    "gap": ([2, 2, 0, 7, 1], [1, 8, 0, 29, 11]),
    "small": ([3, 2, 1, 0, 0], [1, 2, 3, 1, 0]),
    "alike": ([2, 3, 2, 0, 0], [4, 6, 4, 0, 0]),
}


def written_out(pair):
    sides = [np.repeat(np.arange(len(h)), h) for h in pair]
    group = np.repeat([0.0, 1.0], [len(side) for side in sides])
    return np.concatenate(sides), group[:, None]


@pytest.mark.parametrize("name", CASES)
def test_a_fit_is_the_one_of_statsmodels(name):
    fit = ordinal_logit(*(np.array([side]) for side in CASES[name]))
    answers, group = written_out(CASES[name])
    theirs = OrderedModel(answers, group, distr="logit").fit(
        method="bfgs", disp=False, gtol=1e-7, maxiter=500
    )
    pooled = np.bincount(answers)
    pooled = pooled[pooled > 0]
    null = (pooled * np.log(pooled / pooled.sum())).sum()
    lr = chi2.sf(max(2 * (theirs.llf - null), 0), 1)
    assert fit.log_odds_ratio[0] == pytest.approx(theirs.params[0], abs=1e-5)
    assert fit.se[0] == pytest.approx(theirs.bse[0], rel=1e-4)
    assert fit.wald_p[0] == pytest.approx(theirs.pvalues[0], rel=1e-3)
    assert fit.lr_p[0] == pytest.approx(lr, rel=1e-3, abs=1e-4)


@pytest.mark.parametrize("name", ["reference", "gap", "small"])
def test_a_fit_is_the_one_of_r(name):
    fit = ordinal_logit(*(np.array([side]) for side in CASES[name]))
    assert fit.log_odds_ratio[0] == pytest.approx(R[f"{name}.beta"], rel=1e-6)
    assert fit.se[0] == pytest.approx(R[f"{name}.se"], rel=1e-5)
    assert fit.lr_p[0] == pytest.approx(R[f"{name}.lr_p"], rel=1e-6)


def test_the_reference_odds_ratio_is_the_published_one():
    fit = ordinal_logit(*(np.array([side]) for side in CASES["reference"]))
    assert np.exp(fit.log_odds_ratio[0]) == pytest.approx(4.45, abs=0.005)


answered = st.lists(st.integers(1, 9), min_size=4, max_size=4)


@given(first=answered, second=answered)
@settings(derandomize=True, deadline=None, max_examples=often(60))
def test_turning_the_scale_or_the_groups_round_turns_the_sign(first, second):
    a, b = np.array([first]), np.array([second])
    fit = ordinal_logit(a, b)
    for turned in (ordinal_logit(b, a), ordinal_logit(a[:, ::-1], b[:, ::-1])):
        assert turned.log_odds_ratio == pytest.approx(-fit.log_odds_ratio, abs=1e-7)
        assert turned.wald_p == pytest.approx(fit.wald_p, abs=1e-7)
        assert turned.lr_p == pytest.approx(fit.lr_p, abs=1e-7)


def test_pairs_are_fitted_independently_of_one_another():
    first, second = (np.array(side) for side in zip(*CASES.values(), strict=True))
    together = np.stack(ordinal_logit(first, second))
    alone = [
        np.stack(ordinal_logit(f[None], s[None]))
        for f, s in zip(first, second, strict=True)
    ]
    assert together == pytest.approx(np.hstack(alone), rel=1e-7, abs=1e-9)


@pytest.mark.parametrize(
    ("first", "second"), [([3, 3, 0, 0], [0, 0, 2, 4]), ([3, 0, 0, 0], [4, 0, 0, 0])]
)
def test_groups_that_do_not_overlap_or_do_not_vary_have_no_fit(first, second):
    fit = ordinal_logit(np.array([first]), np.array([second]))
    assert np.isnan(np.stack(fit)).all()
