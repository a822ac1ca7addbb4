"""Coders compared over files and folders: laws, and counts made by plain sets."""

import re
import shutil
import sqlite3
from contextlib import closing
from types import SimpleNamespace

import numpy as np
import openpyxl
import pandas as pd
import pytest
from conftest import ROOT, often
from hypothesis import given, settings
from hypothesis import strategies as st
from material import artificial
from material.projects import qda

from ecrm_helpers.interview.coders import compare, compare_all
from ecrm_helpers.interview.coefficients import alpha, measure
from ecrm_helpers.interview.exchange import formats as exchange
from ecrm_helpers.interview.exchange.carried import Carried, Code, Quotation
from ecrm_helpers.interview.exchange.tabled import tables
from ecrm_helpers.interview.exchange.together import together
from ecrm_helpers.interview.matrices import active, first_coder
from ecrm_helpers.interview.tables import InterviewError, read_interview
from ecrm_helpers.interview.units import touched

CASES = ROOT / "tests/material/interview_cases"
CODES = ("Prix", "Confiance")


def opened(*names):
    return [exchange.imported(CASES / name)[0] for name in names]


def both(*names, resamples=0):
    whole, _ = together(opened(*names))
    return pair(whole, resamples)


def pair(whole, resamples=0, **asked):
    return compare(whole, *active(whole), resamples=resamples, **asked)


def counts(found):
    return found.both, found.first_only, found.second_only, found.neither


# --- What either coder marked


def test_what_only_the_second_marked_counts_in_both_orders():
    names = ["D3_A.qdpx", "D3_B.qdpx"]
    there, back = both(*names, resamples=99), both(*names[::-1], resamples=99)
    # 20 passages: one marked 10 of them, the other all; two codes.
    assert counts(there.over_all) == (10, 0, 10, 20)
    assert counts(back.over_all) == (10, 10, 0, 20)
    assert len(there.disagreements) == len(back.disagreements) == 10
    assert there.over_all.percent == 75
    for name in ("kappa", "alpha", "alpha_low", "alpha_high", "ac1"):
        assert getattr(there.over_all, name) == getattr(back.over_all, name)


SENTENCES = [f"Invented sentence number {n}." for n in range(8)]
marked = st.sets(st.tuples(st.integers(0, 7), st.sampled_from(CODES)), min_size=1)


def coded(who, given, *, document="talk", sentences=SENTENCES):
    """Give the corpus of one coder who marked sentences."""
    text = "\n".join(sentences)
    codes = tuple(Code(name, "", name) for name in CODES)
    quotations = tuple(
        Quotation(
            document,
            text.index(sentences[n]),
            sentences[n],
            ({"code": code, "coder": who},),
        )
        for n, code in sorted(given)
    )
    carried = Carried({document: text}, codes, quotations, {who: (who, "")})
    return tables(carried)[0]


@pytest.mark.slow
@given(one=marked, two=marked)
@settings(deadline=None, max_examples=often(12), derandomize=True)
def test_counts_are_those_of_plain_sets_and_turn_with_the_order(one, two):
    parts = [coded("a", one), coded("b", two, document="renamed.txt")]
    units, codes = {n for n, _ in one | two}, {code for _, code in one | two}
    every = {(n, code) for n in units for code in codes}
    plain = len(one & two), len(one - two), len(two - one), len(every - one - two)
    there, back = (pair(together(order)[0], 9) for order in (parts, parts[::-1]))
    assert counts(there.over_all) == plain
    assert counts(back.over_all) == (plain[0], plain[2], plain[1], plain[3])
    for name in ("units", "percent", "kappa", "alpha", "alpha_low", "alpha_high"):
        mine, theirs = (getattr(found.over_all, name) for found in (there, back))
        assert mine == theirs or mine == pytest.approx(theirs, abs=1e-12), name


def test_a_passage_of_ones_own_leaves_turns_as_units(tmp_path):
    talk = read_interview(artificial.written(tmp_path / "talk"))
    text = talk.texts["talk"]
    own = Quotation("x", 0, "we reply at once", ({"code": "1", "coder": "z"},))
    theirs, _ = tables(
        Carried({"x": text}, (Code("1", "", "Quick reply"),), (own,), {"z": ("z", "")})
    )
    whole, lost = together([talk, theirs])
    assert lost.empty
    found = compare(whole, "A: one", "B: z", resamples=0)
    assert found.unit == "turn"
    assert found.over_all.units == len(artificial.TURNS)


def test_of_equal_texts_the_one_called_alike_is_meant():
    def part(who, names, marked):
        codes = (Code("p", "", "Prix"),)
        said = tuple(
            Quotation(doc, 0, "Oui.", ({"code": "p", "coder": who},)) for doc in marked
        )
        texts = dict.fromkeys(names, "Oui. Non.")
        return tables(Carried(texts, codes, said, {who: (who, "")}))[0]

    one = part("a", ["r1", "r2", "r3"], ["r1", "r3"])
    two = part("b", ["r3-b.docx", "r2-b.docx", "r1-b.docx"], ["r1-b.docx", "r3-b.docx"])
    assert counts(pair(together([one, two])[0]).over_all) == (2, 0, 0, 0)


# --- What a coder never received


def test_interviews_that_one_coder_never_received_are_left_out_by_name():
    found = both("D4_A_three_docs.qdpx", "D4_B_only_e1.qdpx")
    assert (found.over_all.percent, found.over_all.kappa) == (100, 1)
    assert len(found.left_out) == 2
    assert found.over_all.units == 10


def test_units_that_a_returned_workbook_lacks_are_missing(tmp_path):
    (mine,) = opened("D3_B.qdpx")
    for name, made in exchange.kit(mine, "en", "data/raw/mine").items():
        (tmp_path / name).write_bytes(made)
    path = tmp_path / "recoding.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["coding"]
    sheet.delete_rows(12, 20)
    for row in range(2, 12):
        segment = sheet.cell(row, 1).value
        code = mine.codings.set_index("segment_id")["code_id"][segment]
        sheet.cell(row, 8).value = mine.names[code]
    book.save(path)
    whole, _ = together([mine, exchange.imported(path)[0]])
    found = pair(whole)
    assert (found.over_all.units, found.over_all.percent) == (10, 100)


def test_a_document_is_known_by_its_text_not_by_its_name():
    found = both("D4_A_three_docs.qdpx", "D5_B_e2_other_name.qdpx")
    assert (found.over_all.units, found.over_all.percent) == (10, 100)


def test_names_that_taguette_made_up_change_nothing(tmp_path):
    (blank,) = opened("blank_name.sqlite3")
    path = tmp_path / "named.sqlite3"
    shutil.copy(CASES / "blank_name.sqlite3", path)
    with closing(sqlite3.connect(path)) as database:
        database.execute("UPDATE documents SET name = 'talk ' || (9 - id)")
        database.commit()
    whole, lost = together([exchange.imported(path)[0], blank])
    found = pair(whole)
    assert lost.empty
    assert (found.over_all.percent, found.over_all.kappa) == (100, 1)


def test_no_text_in_common_is_refused_with_the_names(tmp_path):
    other = coded("b", {(0, "Prix")}, document="else", sentences=["Quite another."] * 8)
    with pytest.raises(InterviewError, match="no text in common") as caught:
        together([coded("a", {(0, "Prix")}), other])
    assert "file B: else" in str(caught.value)


# --- Who is compared


ASKED = "".join(f"Question {n} de cet entretien ?\nOui.\n" for n in range(1, 9))


@pytest.mark.slow
@given(
    theirs=st.sets(st.integers(0, 7), min_size=1),
    more=st.text("ab .\n", max_size=200),
    less=st.booleans(),
)
@settings(deadline=None, max_examples=12, derandomize=True)
def test_equal_words_are_found_where_they_stood_in_another_version(theirs, more, less):
    """The second's text has other words before it, or lacks those who ask."""
    other = re.sub(r"Question.*\n", "", ASKED) if less else f"{more}\n{ASKED}"
    other = f"{more}\n{other}" if less else other

    def marked(text):
        spans = [found.span() for found in re.finditer(r"Oui\.", text)]
        return [Quotation("talk", spans[n][0], "Oui.", ({"code": "k", "coder": "A"},))
                for n in sorted(theirs)]  # fmt: skip

    parts = [
        tables(Carried({"talk": t}, (Code("k", "", "Yes"),), tuple(marked(t)),
                       {"A": ("A", "")}))[0]
        for t in (ASKED, other)
    ]  # fmt: skip
    for order in (parts, parts[::-1]):
        try:
            whole, lost = together(order)
        except InterviewError:
            assert less  # too little in common to be one text
            continue
        agreed = pair(whole).over_all.percent == 100
        assert agreed or len(lost)


def test_names_of_codes_in_another_normal_form_are_the_same():
    found = both("D8_A_nfc_names.qdpx", "D8_B_nfd_names.qdpx")
    assert (len(found.by_code), found.over_all.percent) == (2, 100)


def test_a_user_who_coded_nothing_is_not_the_first_coder():
    (found,) = opened("D10_first_user_has_not_coded.qdpx")
    assert first_coder(found) == "lea"
    assert compare_all(found) == []


@pytest.mark.slow
def test_coders_of_one_file_are_compared_and_the_file_twice_is_refused(capsys):
    path = CASES / "C13_two_users_overlap.qdpx"
    assert qda("agreement", path, "--coders", "u2", "u1") == 0
    assert "Agreement between u2 and u1" in capsys.readouterr().out
    assert qda("agreement", path, path) == 2
    assert "the same file given twice" in capsys.readouterr().err
    assert qda("agreement", path, "--coders", "u1", "nobody") == 2
    assert "nobody" in capsys.readouterr().err


def test_themes_take_their_codes_together():
    (found,) = opened("C13_two_users_overlap.qdpx")
    themes = compare(found, "u1", "u2", level="theme", resamples=0)
    # Both codes lie in one theme, and both coders marked both passages.
    assert counts(themes.over_all) == (2, 0, 0, 0)
    assert list(themes.by_code.index) == ["satisfaction"]


def test_documents_are_compared_by_choice():
    (one,) = opened("D4_A_three_docs.qdpx")
    (two,) = opened("D4_A_three_docs.qdpx")
    whole, _ = together([one, two])
    name = list(one.texts)[1]
    found = pair(whole, documents=[name])
    assert found.over_all.units == 10
    with pytest.raises(InterviewError, match="unknown document: none"):
        pair(whole, documents=["none"])


@pytest.mark.slow
def test_three_coders_have_three_pairs_and_an_alpha_over_all():
    marks = [{(0, "Prix"), (1, "Prix")}, {(0, "Prix")}, {(1, "Prix"), (2, "Prix")}]
    whole, _ = together([coded(w, m) for w, m in zip("abc", marks, strict=True)])
    found = compare_all(whole)
    assert [(x.first, x.second) for x in found] == [
        ("A: a", "B: b"),
        ("A: a", "C: c"),
        ("B: b", "C: c"),
    ]
    # 3 units, 9 judgements, 5 of them yes; units of 2, 2 and 1 yes out of 3:
    # each has 2 of its 3 pairs in disagreement, so 6 of 9; by chance 5 * 4 * 2
    # of 9 * 8 ordered pairs.
    assert found[0].joint == pytest.approx(1 - (6 / 9) / (40 / 72))
    assert len(found[0].pairs) == 3


def test_alpha_with_missing_judgements_is_krippendorffs():
    # Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability", data C.
    rows = ["1233214 12...", "12332241 25.3", ".333234225 1.", "12332441 251."]
    data = [
        np.array([np.nan if c == "." else float(c) for c in row.replace(" ", "")])
        for row in rows
    ]
    assert alpha(*data) == pytest.approx(0.743421, abs=5e-7)


# --- Intervals


cells = st.tuples(*[st.integers(0, 12)] * 4).filter(any)


@given(table=cells)
@settings(deadline=None, max_examples=often(50), derandomize=True)
def test_no_interval_leaves_the_range_of_its_measure(table):
    a, b, c, d = table
    first = np.repeat([True, True, False, False], [a, b, c, d])[:, None]
    second = np.repeat([True, False, True, False], [a, b, c, d])[:, None]
    found = measure(first, second, resamples=0)
    if found.kappa_low is not None:
        assert -1 <= found.kappa_low <= found.kappa + 1e-9
        assert found.kappa - 1e-9 <= found.kappa_high <= 1
    assert found.ac1 <= 1 + 1e-12


@pytest.mark.parametrize("yes", [True, False])
@pytest.mark.parametrize("n", [1, 10])
def test_ac1_where_all_say_the_same_is_one(yes, n):
    # irrCAC 0.4.4 gives 1 for ten units (gwet.ac1.raw); chance is nought here.
    said = np.full((n, 1), yes)
    found = measure(said, said)
    assert (found.ac1, found.kappa, found.alpha) == (1, None, None)


def test_judgements_that_are_not_independent_have_no_interval_of_kappa():
    found = both("D3_A.qdpx", "D3_B.qdpx")
    assert found.over_characters.kappa_low is None
    assert found.over_all.kappa_low is None
    assert found.by_code["kappa_low"].notna().all()


@pytest.mark.parametrize(("start", "end", "marks"), [
    (5, 15, False), (4, 16, True), (15, 25, False), (14, 26, True),
])  # fmt: skip
def test_half_in_common_is_not_enough_and_a_letter_more_is(start, end, marks):
    """Of a unit from 10 to 20 and a passage of ten letters or more, by hand."""
    cut = pd.DataFrame({"doc_id": ["a"], "start": [10], "end": [20]})
    row = SimpleNamespace(doc_id="a", start=start, end=end)
    assert touched(cut, row).tolist() == [marks]
