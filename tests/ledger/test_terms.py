"""How a recomputed value is written: it says the value, finer than the print."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecrm_helpers.ledger.terms import written
from ecrm_helpers.printed import agrees

SIZES = st.floats(-1e6, 1e6, allow_nan=False, allow_infinity=False)


@given(value=SIZES.filter(lambda x: abs(x) > 1e-5), decimals=st.integers(0, 4))
@settings(derandomize=True, deadline=None)
def test_a_value_is_one_that_rounds_to_its_text(value, decimals):
    text = written([value, None], decimals, "en").replace(",", "")
    assert agrees(text, value)
    places = len(text.partition(".")[2])
    assert places == (0 if value % 1 == 0 and not decimals else decimals + 2)


@given(low=SIZES, high=SIZES, edition=st.sampled_from(["fr", "en"]))
@settings(derandomize=True, deadline=None)
def test_a_band_is_its_two_ends_from_low_to_high_and_once_where_alike(
    low, high, edition
):
    ends = [written([end], 1, edition) for end in sorted([low, high])]
    between = {"fr": " à ", "en": " to "}[edition]
    expected = ends[0] if ends[0] == ends[1] else between.join(ends)
    assert written([high, low], 1, edition) == expected


@pytest.mark.parametrize("ends", [[], [None], [None, None]])
def test_without_a_value_nothing_is_written(ends):
    assert written(ends, 2, "fr") == ""


def test_what_would_read_as_nought_stands_in_scientific_notation():
    text = written([8.94e-14], None, "en").replace("\N{NO-BREAK SPACE}", " ")
    assert text == "8.9 × 10⁻¹⁴"
    assert written([0.0], None, "en") == "0"
