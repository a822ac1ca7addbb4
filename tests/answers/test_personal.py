"""What tells of a person is taken out of a text, whatever country it is of."""

import pytest

from ecrm_helpers.answers.personal import PHONE, without_persons

TOLD = [
    "zz.person@example.org",
    "zz.person @ example.org",
    "zz.person (at) example.org",
    "zz.person [arobase] example [point] org",
    "+33 6 12 34 56 78",
    "0033612345678",
    "+213 555 12 34 56",
    "05 55 12 34 56",
    "06.12.34.56.78",
    "+1 (212) 555-0123",
    "+44 20 7946 0958",
    "(212) 555-0123",
]
KEPT = [
    "le 12/05/2024 à 14h30",
    "2024-05-12 14:30",
    "environ 1 500 000 DA",
    "3,14159265358979",
    "q1: 5; q2: 6",
    "de 8 h à 12 h",
]


@pytest.mark.parametrize("text", TOLD)
def test_addresses_and_numbers_are_masked(text):
    assert without_persons(f"appelez {text} demain") == "appelez […] demain"


@pytest.mark.parametrize("text", KEPT)
def test_dates_and_amounts_stay(text):
    assert without_persons(text) == text


def test_the_gate_knows_numbers_of_other_countries_by_their_plus():
    for text in ("+33 6 12 34 56 78", "+44 20 7946 0958", "+1 (212) 555-0123"):
        assert PHONE.search(f"call {text} now")
    assert not PHONE.search("f(x) = 3 +12 34")
