"""Coverage: every numeral of the chapter's results is claimed, or said to be none."""

import hashlib
import shutil

import pytest
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

from ecrm_helpers.cli import main
from ecrm_helpers.study.numerals import (
    NOT_A_RESULT,
    Numeral,
    carry,
    numerals,
    read_numerals,
    uncovered,
)
from ecrm_helpers.study.published import read_values

PUBLISHED = ROOT / "data/published"
KEPT = read_numerals(PUBLISHED / "numerals.csv")
VALUES = read_values(PUBLISHED / "values.csv")


def test_every_numeral_is_claimed_or_said_to_be_none():
    assert len(KEPT) > 200
    assert all(bool(n.claimed_by) is not bool(n.not_a_result) for n in KEPT)
    assert {n.not_a_result for n in KEPT} - {""} == set(NOT_A_RESULT)


def test_claims_and_printed_values_cover_one_another():
    assert uncovered(KEPT, VALUES) == []


def test_the_list_is_that_of_the_text(thesis):
    text = thesis.read_bytes()
    checksum, _ = (PUBLISHED / "thesis.sha256").read_text().split()
    assert hashlib.sha256(text).hexdigest() == checksum
    found = numerals(text.decode("utf-8"))
    assert found == [n._replace(claimed_by="", not_a_result="") for n in KEPT]


def test_no_digit_of_the_sections_is_left_out(thesis):
    # Another way to count: digits line by line, between the lines of the list.
    lines = thesis.read_text("utf-8").splitlines()
    for place in range(KEPT[0].line, KEPT[-1].line + 1):
        listed = "".join(n.text for n in KEPT if n.line == place)
        digits = [c for c in listed if c.isdigit()]
        assert digits == [c for c in lines[place - 1] if c.isdigit()], place


def test_no_sentence_of_the_thesis_is_kept():
    assert max(len(n.text.split()) for n in KEPT) <= 2


@pytest.mark.parametrize("name", ["n", "h3_p_text", "q3_majority_text"])
def test_a_row_removed_from_the_printed_values_is_noticed(name):
    left = {k: v for k, v in VALUES.items() if k != name}
    (fault,) = uncovered(KEPT, left)
    assert name in fault.said("en")
    assert "not in values.csv" in fault.said("en")


def test_a_printed_value_changed_or_unclaimed_is_noticed():
    other = VALUES["h3_f"]._replace(printed="6.890")
    (fault,) = uncovered(KEPT, VALUES | {"h3_f": other})
    assert "h3_f prints '6.890'; the numerals that claim it are 6.980" in fault.said(
        "en"
    )
    fewer = [n for n in KEPT if n.claimed_by != "h3_f"]
    assert "claim it are –" in uncovered(fewer, VALUES)[0].said("en")


def test_a_numeral_without_claim_or_reason_is_refused(tmp_path):
    path = tmp_path / "numerals.csv"
    header = ",".join(Numeral._fields)
    path.write_text(f"{header}\n3,1,73,,\n4,2,12,n,footnote\n5,1,9,,because\n")
    with pytest.raises(
        ValueError, match=r"(?s)3 numeral\(s\) .*line 3, numeral 1 \(73\)"
    ):
        read_numerals(path)


@given(
    old=st.lists(st.sampled_from("abc"), max_size=8),
    new=st.lists(st.sampled_from("abc"), max_size=8),
)
@settings(derandomize=True, deadline=None)
def test_no_claim_is_lost_without_being_named(old, new):
    before = [Numeral(1, i, text, f"claim-{i}") for i, text in enumerate(old)]
    carried, gone = carry(before, [Numeral(2, i, t) for i, t in enumerate(new)])
    assert [n.text for n in carried] == new
    kept = [n.claimed_by for n in carried if n.claimed_by]
    assert sorted(kept + [n.claimed_by for n in gone]) == [n.claimed_by for n in before]


# --- From a shell


CHAPTER = """# 2.2. Le plan de recherche
N = {n}, {share} %.
# Conclusion du chapitre 3 :
99
"""


def extract(folder, text, capsys):
    path = folder / "text.md"
    path.write_text(text, encoding="utf-8")
    status = main(["ledger", "extract", "--thesis", str(path), "--out", str(folder)])
    return status, capsys.readouterr().out


def test_extract_keeps_claims_and_names_what_is_new_or_gone(tmp_path, capsys):
    status, said = extract(tmp_path, CHAPTER.format(n=73, share="47.9"), capsys)
    assert status == 1
    assert "3 numerals, 3 new, 0 gone" in said
    place = tmp_path / "numerals.csv"
    sheet = place.read_text("utf-8")
    for row, claim in ((",2.2,,", ",2.2,,section_number"), (",73,,", ",73,n,")):
        sheet = sheet.replace(row, claim)
    place.write_text(sheet.replace(",47.9,,", ",47.9,share,"), encoding="utf-8")
    moved = "\n\n" + CHAPTER.format(n=73, share="47.9")
    assert extract(tmp_path, moved, capsys) == (0, "3 numerals, 0 new, 0 gone\n")
    assert read_numerals(place)[1] == Numeral(4, 1, "73", "n")
    status, said = extract(tmp_path, CHAPTER.format(n=73, share="48.0"), capsys)
    assert status == 1
    assert "new: line 2, numeral 2: 48.0 (needs a claim or a reason)" in said
    assert "gone: line 4, numeral 2: 47.9 (share)" in said


def test_extract_of_the_thesis_changes_nothing(thesis, tmp_path, capsys):
    shutil.copy(PUBLISHED / "numerals.csv", tmp_path)
    command = ["ledger", "extract", "--thesis", str(thesis), "--out", str(tmp_path)]
    assert main(command) == 0
    for name in ("numerals.csv", "thesis.sha256"):
        assert (tmp_path / name).read_bytes() == (PUBLISHED / name).read_bytes()


def test_a_text_without_the_sections_is_refused(tmp_path, capsys):
    path = tmp_path / "other.md"
    path.write_text("# Another book\n", encoding="utf-8")
    assert main(["ledger", "extract", "--thesis", str(path)]) == 2
    assert "is needed once; found 0 times" in capsys.readouterr().err
