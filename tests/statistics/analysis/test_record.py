"""A record prints itself as a text would give it, in the reader's language."""

import re
from dataclasses import is_dataclass
from math import inf, nan

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from IPython.lib.pretty import pretty

from ecrm_helpers.printed import agrees, speak
from ecrm_helpers.statistics import analysis
from ecrm_helpers.statistics.analysis import Estimate
from ecrm_helpers.statistics.analysis.record import OneLine

SHARE = Estimate(0.0895, 0.005, 0.226)
NEGATIVE = Estimate(-0.834, -1.47, -0.19)
TABLE = pd.DataFrame([[1, 2], [3, 4]])
ANOVA = analysis.Anova(
    *(4.5, 1, 4.5, 6.98, 0.01013, 45.8, np.int64(71), 0.645, 50.3, 72),
    eta_squared=SHARE,
    omega_squared=Estimate(0.0761, 0.005, 0.226),
)
LINES = [
    (NEGATIVE, "−0.834 [−1.470, −0.190]", "−0,834 [−1,470 ; −0,190]"),
    (
        analysis.Correlation(0.738, 73, 9.216, 71, 1e-13, 0.612, 0.828),
        "r(71) = .738 [.612, .828], t = 9.22, p < .001, n = 73",
        "r(71) = 0,738 [0,612 ; 0,828], t = 9,22, p < 0,001, n = 73",
    ),
    (
        ANOVA,
        "F(1, 71) = 6.98, p = .010, η² = .090 [.005, .226], ω² = .076",
        "F(1 ; 71) = 6,98, p = 0,010, η² = 0,090 [0,005 ; 0,226], ω² = 0,076",
    ),
    (
        analysis.FTest(8.1177, (1.0, 16.881), 0.011149),
        "F(1, 16.88) = 8.12, p = .011",
        "F(1 ; 16,88) = 8,12, p = 0,011",
    ),
    (
        analysis.CrossTable(
            *(3 * [TABLE]), 10, 0.0794, 1, 0.778, 1.2, None, None, SHARE
        ),
        "χ²(1) = 0.08, p = .778, p Fisher = –, V = .090 [.005, .226], n = 10",
        "χ²(1) = 0,08, p = 0,778, p Fisher = –, V = 0,090 [0,005 ; 0,226], n = 10",
    ),
    (
        analysis.MannWhitney(211.5, nan, 0.0126, Estimate(1, nan, nan)),
        "U = 211.5, p exact = –, p asympt. = .013, r = 1.000 [–, –]",
        "U = 211,5, p exact = –, p asympt. = 0,013, r = 1,000 [– ; –]",
    ),
    (
        analysis.KruskalWallis(6.123, 1, 0.01334, SHARE),
        "H(1) = 6.12, p = .013, ε² = .090 [.005, .226]",
        "H(1) = 6,12, p = 0,013, ε² = 0,090 [0,005 ; 0,226]",
    ),
    (
        analysis.Reliability(73, 5, SHARE, nan, *(2 * [pd.Series({"q1": 0.5})])),
        "α = .090 [.005, .226], ω = –, k = 5, n = 73",
        "α = 0,090 [0,005 ; 0,226], ω = –, k = 5, n = 73",
    ),
    (
        analysis.SignedRank(35.5, 0.0412, 12, 0.4567),
        "V = 35.5, p = .041, r = .457, n = 12",
        "V = 35,5, p = 0,041, r = 0,457, n = 12",
    ),
    (
        analysis.RankCorrelation(SHARE, 0.0412, 73),
        ".090 [.005, .226], p = .041, n = 73",
        "0,090 [0,005 ; 0,226], p = 0,041, n = 73",
    ),
    (
        analysis.PairedT(12, NEGATIVE, -2.345, 11, 0.0388, NEGATIVE),
        "t(11) = −2.35, p = .039, d = −0.83 [−1.47, −0.19], n = 12",
        "t(11) = −2,35, p = 0,039, d = −0,83 [−1,47 ; −0,19], n = 12",
    ),
    (
        analysis.Structure(73, 0.7123, 45.678, 6, 1e-8, *(2 * [TABLE[0]]), TABLE),
        "KMO = .71, χ²(6) = 45.68, p < .001, n = 73",
        "KMO = 0,71, χ²(6) = 45,68, p < 0,001, n = 73",
    ),
    (
        analysis.Regression(
            *(73, 6.9812, (2, 70), 0.00171, SHARE, 0.0634, TABLE),
            *(2 * [TABLE[0].to_numpy()]),
            *(2 * [analysis.FTest(8.1, (2.0, 70.0), 0.001)]),
        ),
        "R² = .090 [.005, .226], F(2, 70) = 6.98, p = .002, n = 73",
        "R² = 0,090 [0,005 ; 0,226], F(2 ; 70) = 6,98, p = 0,002, n = 73",
    ),
]


@pytest.mark.parametrize(("record", "english", "french"), LINES)
def test_a_record_is_one_line_in_either_language(record, english, french):
    assert record.said("en") == english
    assert record.said("fr") == french
    speak("fr")
    assert str(record) == pretty(record) == french
    speak("en")
    assert str(record) == pretty(record) == f"{record}" == english


def test_every_public_record_prints_itself():
    public = [getattr(analysis, name) for name in analysis.__all__]
    # A comparison holds several records, each of which prints itself.
    records = {thing for thing in public if is_dataclass(thing)} - {analysis.Comparison}
    assert records == {type(record) for record, _, _ in LINES}
    assert all(issubclass(record, OneLine) for record in records)


def test_the_full_precision_stays_in_the_repr():
    told = "value=0.0895, low=0.005, high=0.226, confidence=0.95"
    assert repr(SHARE) == f"Estimate({told})"
    assert repr(ANOVA).count("0.01013") == 1


FINITE = st.floats(-1e6, 1e6)


@given(FINITE, FINITE, FINITE, st.sampled_from(["fr", "en"]))
def test_what_is_printed_agrees_with_what_it_stands_for(value, low, high, edition):
    line = Estimate(value, low, high).said(edition)
    found = re.split(r" \[|, | ; |\]", line)[:3]
    assert all(map(agrees, found, (value, low, high)))


def test_what_is_not_finite_is_said():
    assert Estimate(inf, -inf, nan).said("en") == "∞ [−∞, –]"
    assert analysis.FTest(inf, (1.0, inf), 0.0).said("en") == "F(1, ∞) = ∞, p < .001"
