"""The coded interview: faults are named, counts are those of plain pandas."""

import shutil

import pandas as pd
import pytest

from ecrm_helpers.interview import (
    DIRECTIONS,
    InterviewError,
    counts,
    evidence,
    read_interview,
)
from ecrm_helpers.study import ROOT

FOLDER = ROOT / "data/interview"


@pytest.fixture
def folder(tmp_path):
    """Give a copy of the interview, to be spoilt."""
    return shutil.copytree(FOLDER, tmp_path / "interview")


def append(folder, table, line):
    with (folder / f"{table}.csv").open("a", encoding="utf-8") as file:
        file.write(line + "\n")


def plain(table):
    return pd.read_csv(FOLDER / f"{table}.csv", dtype=str, keep_default_na=False)


# --- Faults


@pytest.mark.parametrize(
    ("table", "line", "fault"),
    [
        ("segments", "S01,3.2.1.1,a,b", "segments.csv: segment_id 'S01' occurs twice"),
        ("coders", "C1,a,b", "coders.csv: coder_id 'C1' occurs twice"),
        (
            "codebook",
            "tools,,a_priori,a,b,c,d",
            "codebook.csv: code_id 'tools' occurs twice",
        ),
        (
            "codebook",
            "new,none,emergent,a,b,c,d",
            "codebook.csv: parent_id 'none' does not exist",
        ),
        ("codings", "S99,tools,C1", "codings.csv: segment_id 'S99' does not exist"),
        ("codings", "S01,none,C1", "codings.csv: code_id 'none' does not exist"),
        ("codings", "S01,tools,C9", "codings.csv: coder_id 'C9' does not exist"),
        (
            "h1_evidence",
            "S99,for,opinion",
            "h1_evidence.csv: segment_id 'S99' does not exist",
        ),
        (
            "h1_evidence",
            "S01,perhaps,opinion",
            "h1_evidence.csv: direction 'perhaps' does not exist",
        ),
    ],
)
def test_a_fault_is_named_with_its_table_and_value(folder, table, line, fault):
    append(folder, table, line)
    with pytest.raises(InterviewError) as caught:
        read_interview(folder)
    assert str(caught.value) == f"{folder}: 1 fault(s)\n  {fault}"


def test_all_faults_are_listed_together(folder):
    append(folder, "codings", "S99,none,C9")
    append(folder, "segments", "S02,3.2.1.1,a,b")
    with pytest.raises(InterviewError) as caught:
        read_interview(folder)
    message = str(caught.value)
    assert "4 fault(s)" in message
    for fault in ("'S99'", "'none'", "'C9'", "'S02' occurs twice"):
        assert fault in message


@pytest.mark.parametrize("name", sorted(path.name for path in FOLDER.glob("*.csv")))
def test_a_missing_table_and_other_columns_are_refused(folder, name):
    (folder / name).write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(InterviewError, match=f"{name}: columns must be .*_id"):
        read_interview(folder)
    (folder / name).write_bytes(b"\xe9,\xe8\n")
    with pytest.raises(InterviewError, match=f"{name}: not readable as CSV in UTF-8"):
        read_interview(folder)
    (folder / name).unlink()
    with pytest.raises(InterviewError, match=f"{name}: no such file"):
        read_interview(folder)


# --- The compendium's own interview


def test_the_codes_have_two_levels_and_both_languages():
    codebook = plain("codebook")
    themes = set(codebook.loc[codebook["parent_id"] == "", "code_id"])
    assert set(codebook["parent_id"]) - {""} <= themes
    assert (codebook != "").drop(columns="parent_id").all(axis=None)
    assert set(plain("codings")["segment_id"]) == set(plain("segments")["segment_id"])


@pytest.mark.parametrize("edition", ["fr", "en"])
def test_a_segment_counts_once_in_each_theme(edition):
    codebook = plain("codebook").set_index("code_id")
    sections = plain("segments").set_index("segment_id")["section"]
    # One set of (theme, segment): a set counts nothing twice.
    coded = {
        (codebook.loc[code, "parent_id"] or code, segment)
        for segment, code in plain("codings")[["segment_id", "code_id"]].to_numpy()
    }
    table = counts(read_interview(FOLDER), edition)
    assert int(table.to_numpy().sum()) == len(coded)
    for code in codebook.index[codebook["parent_id"] == ""]:
        for section in sections.unique():
            expected = sum(
                theme == code and sections[segment] == section
                for theme, segment in coded
            )
            assert table.loc[codebook.loc[code, f"name_{edition}"], section] == expected


def test_the_counts_keep_the_order_of_codebook_and_text():
    table = counts(read_interview(FOLDER), "en")
    codebook = plain("codebook")
    themes = codebook.loc[codebook["parent_id"] == "", "name_en"]
    assert list(table.index) == list(themes)
    assert list(table.columns) == list(plain("segments")["section"].unique())


def test_two_codes_of_one_theme_count_once_and_of_two_themes_twice(folder):
    before = counts(read_interview(folder), "en")
    append(folder, "codings", "S03,factors-people,C1")
    assert counts(read_interview(folder), "en").equals(before)
    append(folder, "codings", "S03,limits,C1")
    after = counts(read_interview(folder), "en")
    assert after.to_numpy().sum() == before.to_numpy().sum() + 1
    assert after.loc["Limits", "3.2.1.2"] == before.loc["Limits", "3.2.1.2"] + 1


def test_the_evidence_goes_by_direction_then_by_the_order_of_the_text():
    listed = evidence(read_interview(FOLDER))
    rows = plain("h1_evidence").sort_values("segment_id")
    expected = pd.concat([rows[rows["direction"] == way] for way in DIRECTIONS])
    assert list(listed["segment_id"]) == list(expected["segment_id"])
    assert list(listed["direction"]) == list(expected["direction"])
    texts = plain("segments").set_index("segment_id")
    for column in ("section", "fr", "en"):
        assert list(listed[column]) == list(texts.loc[listed["segment_id"], column])


def test_the_order_of_the_rows_of_a_table_changes_no_count(folder):
    path = folder / "codings.csv"
    header, *rows = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([header, *reversed(rows)]) + "\n", encoding="utf-8")
    turned = counts(read_interview(folder), "fr")
    assert turned.equals(counts(read_interview(FOLDER), "fr"))
