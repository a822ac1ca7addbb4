"""What tells of a person is taken out of a text, whatever country it is of."""

import re
from collections import Counter

import pytest

from ecrm_helpers.answers.personal import PHONE, mask, names_told, without_persons

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
    "06‑12‑34‑56‑78",
    "06–12–34–56–78",
    "22 33 44 55",
    "+33 (0)6 12 34 56 78",
    "٠٥٥٥ ١٢ ٣٤ ٥٦",
    "tél : 22345678",
    "zz.person＠example.org",
    "o'zz@exämple.org",
    "zz arobase zz tiret moi point fr",
    "zz at example dot org",
    "3000 6000 0112 3456 7890 189",
    "https://www.example.org/in/zz-person",
    "example.org/in/zz",
    "12, rue des Zzoliviers, 16000 Zzalger",
    "12 bis avenue du 1er Novembre",
    "3 place de l’Indépendance",
    "221B Zzbaker Street",
]
KEPT = [
    "le 12/05/2024 à 14h30",
    "2024-05-12 14:30",
    "environ 1 500 000 DA",
    "3,14159265358979",
    "q1: 5; q2: 6",
    "de 8 h à 12 h",
    "at some point in time",
    "12 places de parking, et Facebook",
    "1/2/3 et 10 20 30",
    "12 500 000,50 DA",
    "entre 2015 et 2019",
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


#: What is said (all names invented), the names that are masked, what is left.
SAID = [
    ("Avec Karim Zzyx. Karim dit oui.", "Avec […]. […] dit oui."),
    ("Je m’appelle Zoé et voilà.", "Je m’appelle […] et voilà."),
    ("voir madame Zzabc, MME ZZXYZ", "voir madame […], MME […]"),
    ("Mme ZZABC est là, M. Zzdef aussi.", "Mme […] est là, M. […] aussi."),
    ("My name is Zzoe Zzyx-Abc.", "My name is […]."),
    ("J'ai vu Zzahmed Ben Zzalah et O'Zzrien Zzelly.", "J'ai vu […] et […]."),
    ("Le Service Client, un bon service client.", None),
    ("Notre Facebook et le CRM de SAP, Google Analytics.", None),
    ("I use LinkedIn. They say: The Price is high.", None),
]


@pytest.mark.parametrize(("said", "left"), SAID)
def test_names_that_a_text_gives_away_are_masked_and_places_kept(said, left):
    found = Counter()
    names = names_told([said, "the price"], known="Google Analytics")
    shown = mask(said, names, found)
    assert len(shown) == len(said)
    assert re.sub(r"\[…+\]", "[…]", shown) == (left or said)
    assert bool(found) == bool(left)


def test_a_refused_cell_is_quoted_without_who_wrote_it():
    said = "je suis Karim Zzyx, +33 6 12 34 56 78, zz @ example.org, voir Mme Zzabc"
    assert without_persons(said) == "je suis […], […], […], voir Mme […]"
