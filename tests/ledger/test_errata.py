"""The errata: each quotation stands in the text, each number comes from code."""

import re

import pytest
from conftest import ROOT

from ecrm_helpers.ledger.errata import errata_table
from ecrm_helpers.ledger.quantities import facts, recompute
from ecrm_helpers.study import read_published, read_study
from ecrm_helpers.study.published import Erratum, read_errata

PUBLISHED = read_published(read_study())
VALUES = PUBLISHED.values
PLACE = ROOT / "data/published/errata.csv"
ERRATA = PUBLISHED.errata
FACTS = facts(VALUES, recompute(ROOT, PUBLISHED))
TOLD = ("place", "holds", "effect", "corrected")

#: Numbers that are names or scales of the questionnaire, or a notation.
NAMED = re.compile(
    r"[Qq]uestions? (\d+(, | et | and )?)+|sections? 3|"
    r"(numéro|numbered) 8|[Cc]hapi?t(re|er) 3|hypoth[eè]s[ei]s? 1|\bH[123]\b|"
    r"(de|from) 1 (à|to) 7|(sur|out of) 7|(de|from) 100|\(1988\)|Option 5|"
    r"p < 0?[.,]001"
)


@pytest.mark.parametrize("erratum", ERRATA, ids=lambda e: e.id)
def test_a_quotation_is_short_and_stands_in_its_lines(erratum, thesis):
    lines = thesis.read_text("utf-8").splitlines()
    text = " ".join(lines[int(n) - 1] for n in erratum.lines.split())
    assert len(erratum.printed.split()) <= 16
    for part in erratum.printed.split(" … "):
        assert part in text


@pytest.mark.parametrize("erratum", ERRATA, ids=lambda e: e.id)
def test_an_erratum_is_whole_in_both_editions_and_types_no_result(erratum):
    for what in TOLD:
        french, english = erratum.text(what, "fr"), erratum.text(what, "en")
        assert bool(french) is bool(english)
        assert what == "effect" or french
        blanks = [re.findall(r"\{[^}]*\}", text) for text in (french, english)]
        assert blanks[0] == blanks[1]
        for text in (french, english) if what != "place" else ():
            rest = NAMED.sub("", re.sub(r"\{[^}]*\}", "", text))
            assert not re.search(r"\d", rest), rest


def test_every_inconsistency_that_changes_a_verdict_has_an_erratum():
    """Every row of the ledger that is declared not to agree is in the errata."""
    reasons = (ROOT / "data/published/reasons.csv").read_text("utf-8").splitlines()[1:]
    named = {name for erratum in ERRATA for name in erratum.values.split()}
    assert {row.split(",")[0] for row in reasons} - named == set()


def test_ids_are_given_once_and_no_person_is_named():
    assert len({e.id for e in ERRATA}) == len(ERRATA) >= 40
    text = PLACE.read_text("utf-8")
    assert not re.search(r"BROURI|Karim|AIT EL HADI|Ikram", text)
    assert not re.search(r"fraud|mensong|volontairement|deliberate|fault|faute", text)


def test_the_sums_of_printed_percentages_by_hand():
    assert FACTS["q1.printed.sum"] == pytest.approx(17.8 + 12.3 + 21.9 + 47.9)
    assert FACTS["q2.printed.sum"] == pytest.approx(100.1)
    # 18 wrote by e-mail, 12 are companies.
    assert FACTS["q2.email_not_company.n"] == 18 - 12


@pytest.mark.parametrize("edition", ["fr", "en"])
def test_the_table_fills_every_blank(edition):
    piece = errata_table(ERRATA, FACTS, edition)
    shown = str(piece.content["values"])
    assert not set(shown) & set("{}")
    assert len(piece.content["rows"]) == len(ERRATA)
    share = {"fr": "54,4 à 54,5 %", "en": "54.4 to 54.5%"}[edition]
    assert share in shown


def test_a_blank_that_nothing_fills_or_an_unknown_value_is_refused(tmp_path):
    erratum = Erratum(**dict.fromkeys(Erratum._fields, "x"))
    wrong = erratum._replace(holds_en="{h9.f:2}")
    with pytest.raises(ValueError, match=r"cannot fill h9\.f; .* among h2\.r$"):
        errata_table([wrong], {"h2.r": 0.7}, "en")
    path = tmp_path / "errata.csv"
    path.write_text(",".join(Erratum._fields) + "\n" + ",".join(erratum) + "\n")
    with pytest.raises(ValueError, match=r"(?s)1 name\(s\) not in values\.csv\n  x: x"):
        read_errata(path, VALUES)
