"""Printed numbers: reading them, what they claim, and writing them again.

What rounds to what is held against `decimal`'s own rounding, both ways at
ties; French and English notation against examples written by hand.
"""

import datetime
import math
from decimal import ROUND_HALF_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

from ecrm_helpers import printed
from ecrm_helpers.study import published

steadily = settings(derandomize=True, deadline=None)


# --- Reading


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("73", "73"),
        ("3.50", "3.50"),
        ("3,50", "3.50"),
        (",900", "0.900"),
        (".000", "0.000"),
        (".738**", "0.738"),
        ("-0,2", "-0.2"),
        ("−.44", "-0.44"),
        ("84%", "84"),
        ("plus que 50%", "50"),
        ("0.05 (5%)", "0.05"),
    ],
)
def test_a_printed_number_keeps_its_decimals(text, number):
    assert str(printed.decimal(text)) == number


@pytest.mark.parametrize("number", [3.5, 73, None])
def test_only_text_claims_a_precision(number):
    with pytest.raises(TypeError, match=r'must be text.*3\.5 and "3.50" claim differ'):
        printed.decimal(number)


@pytest.mark.parametrize("text", ["", "la majorité", "p < ."])
def test_a_text_without_a_number_is_refused(text):
    with pytest.raises(ValueError, match=r"no number in .*expected one, such as '3"):
        printed.decimal(text)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("2.58", "2.575", "2.585"),
        (",9", "0.85", "0.95"),
        (".000", "-0.0005", "0.0005"),
        ("73", "72.5", "73.5"),
        ("-0.20", "-0.205", "-0.195"),
    ],
)
def test_an_interval_is_half_a_unit_of_the_last_digit_to_each_side(text, low, high):
    assert printed.interval(text) == (Fraction(low), Fraction(high), True, True)


@given(
    value=st.decimals(-99, 99, allow_nan=False, places=4),
    decimals=st.integers(0, 3),
    slip=st.integers(-1, 1),
)
@steadily
def test_a_value_agrees_with_just_those_texts_it_rounds_to(value, decimals, slip):
    unit = Decimal(1).scaleb(-decimals)
    shown = value.quantize(unit, ROUND_HALF_UP) + slip * unit
    either = (value.quantize(unit, way) for way in (ROUND_HALF_UP, ROUND_HALF_DOWN))
    assert printed.agrees(str(shown), float(value)) is (shown in either)
    exact = Fraction(value)
    assert printed.agrees(str(shown), exact) is printed.agrees(str(shown), float(value))


def test_a_tie_agrees_either_way_in_decimals_and_not_in_binary():
    # 2.675 is written with a binary tail below it: by its digits it is a tie.
    assert printed.agrees("2.67", 2.675)
    assert printed.agrees("2.68", 2.675)
    assert not printed.agrees("2.675", 2.67)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_is_no_number_agrees_with_nothing(value):
    assert not printed.agrees("0", value)


# --- Writing


@given(value=st.floats(-1e6, 1e6), decimals=st.integers(0, 6), french=st.booleans())
@steadily
def test_a_number_written_is_a_number_it_agrees_with(value, decimals, french):
    text = printed.number(value, decimals, "fr" if french else "en")
    assert printed.agrees(text, value)
    assert len(text.partition("," if french else ".")[2]) == decimals


@pytest.mark.parametrize(
    ("value", "decimals", "french", "english", "short"),
    [
        (0.738, 2, "0,74", "0.74", ".74"),
        (-0.834, 2, "−0,83", "−0.83", "−.83"),
        (2.5, 0, "3", "3", "3"),
        (-2.5, 0, "−3", "−3", "−3"),
        (0.125, 2, "0,13", "0.13", ".13"),
        (-0.001, 2, "0,00", "0.00", ".00"),
        (10.5, 1, "10,5", "10.5", "10.5"),
        (1234.5, 1, "1234,5", "1234.5", "1234.5"),
        (math.nan, 2, "–", "–", "–"),
        (math.inf, 2, "∞", "∞", "∞"),
        (-math.inf, 2, "−∞", "−∞", "−∞"),
    ],
)
def test_numbers_follow_the_notation_of_their_edition(
    value, decimals, french, english, short
):
    assert printed.number(value, decimals, "fr") == french
    assert printed.number(value, decimals, "fr", lead=False) == french
    assert printed.number(value, decimals, "en") == english
    assert printed.number(value, decimals, "en", lead=False) == short


@pytest.mark.parametrize(
    ("value", "french", "english"),
    [
        (0.01013, "= 0,010", "= .010"),
        (0.001, "= 0,001", "= .001"),
        (0.0009999, "< 0,001", "< .001"),
        (0.0, "< 0,001", "< .001"),
        (1.0, "= 1,000", "= 1.000"),
    ],
)
def test_a_p_value_has_three_decimals_and_is_never_zero(value, french, english):
    assert printed.p_value(value, "fr") == french
    assert printed.p_value(value, "en") == english


@pytest.mark.parametrize(
    ("value", "french", "english"),
    [
        (9.4e-14, "9,4\xa0×\xa010⁻¹⁴", "9.4\xa0×\xa010⁻¹⁴"),
        (9.96e-14, "1,0\xa0×\xa010⁻¹³", "1.0\xa0×\xa010⁻¹³"),
        (34506240, "3,5\xa0×\xa010⁷", "3.5\xa0×\xa010⁷"),
        (-0.02, "−2,0\xa0×\xa010⁻²", "−2.0\xa0×\xa010⁻²"),
    ],
)
def test_scientific_notation_raises_the_power(value, french, english):
    assert printed.scientific(value, "fr") == french
    assert printed.scientific(value, "en") == english


@pytest.mark.parametrize(
    ("value", "french", "english"),
    [(0.05, "0,05", ".05"), (0.25, "0,25", ".25"), (80.0, "80", "80"), (1, "1", "1")],
)
def test_a_design_value_is_written_in_full(value, french, english):
    # 0.25 must never reach a page as 0.2 or 0.3: it is no estimate.
    assert printed.design(value, "fr") == french
    assert printed.design(value, "en") == english


@pytest.mark.parametrize(
    ("day", "french", "english"),
    [
        (datetime.date(2022, 7, 7), "7 juillet 2022", "7 July 2022"),
        (datetime.date(2022, 8, 3), "3 août 2022", "3 August 2022"),
        (datetime.date(2024, 12, 31), "31 décembre 2024", "31 December 2024"),
        (datetime.date(2024, 2, 29), "29 février 2024", "29 February 2024"),
    ],
)
def test_a_date_names_its_month(day, french, english):
    assert printed.date(day, "fr") == french
    assert printed.date(day, "en") == english


# --- The table of printed values


def write(path, *rows):
    header = ",".join(published.Value._fields)
    path.write_text("\n".join([header, *rows]), encoding="utf-8")
    return path


def test_the_values_keep_their_text_and_their_place():
    values = published.read_values(ROOT / "data/published/values.csv")
    assert values["h3_no_sd"].printed == ",900"
    assert values["h2_r"].printed == ".738**"
    assert all(key == value.id for key, value in values.items())
    assert {v.known for v in values.values()} == {
        "built_in",
        "derived",
        "independent",
        "claim",
        "context",
    }


def test_values_given_twice_are_all_named(tmp_path):
    rows = [f"{name}{',x' * 10}" for name in ("b", "a", "b", "c", "a")]
    with pytest.raises(ValueError, match=r"id given twice: a, b$"):
        published.read_values(write(tmp_path / "values.csv", *rows))


def test_values_under_other_columns_are_refused(tmp_path):
    path = tmp_path / "values.csv"
    path.write_text("id,printed\nn,73\n", encoding="utf-8")
    with pytest.raises(
        ValueError, match=r"values\.csv: columns must be id, part, sect"
    ):
        published.read_values(path)
