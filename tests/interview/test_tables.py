"""The tables of the interview: every fault is named with its table and value."""

import pytest
from material.interview import append

from ecrm_helpers.files import RowsError
from ecrm_helpers.interview.tables import (
    COLUMNS,
    EXCHANGED,
    InterviewError,
    read_interview,
)


def faults_of(folder):
    with pytest.raises((InterviewError, RowsError)) as caught:
        read_interview(folder, "fr")
    return str(caught.value)


CODE = ("", "New", "d", "", "", "emergent", "g")


@pytest.mark.parametrize(
    ("table", "cells", "fault"),
    [
        ("coders", ("C1", "x"), "coders.csv: coder_id 'C1' occurs twice"),
        ("codebook", ("new", "none", *CODE[1:]), "parent_id 'none' does not exist"),
        ("codebook", ("new", "new", *CODE[1:]), "code_id 'new' lies below itself"),
        (
            "codebook",
            ("new", "tools", "Stratégie", "", "", "", "emergent", "g"),
            "name 'Stratégie' stands for each of: Facteurs de succès > Stratégie, "
            "Outils > Stratégie",
        ),
        ("codings", ("S99", "tools", "C1", "1", "", ""), "segment_id 'S99' does not"),
        (
            "codings",
            ("S01", "none", "C1", "1", "", ""),
            "code_id 'none' does not exist",
        ),
        (
            "codings",
            ("S01", "tools", "C9", "1", "", ""),
            "coder_id 'C9' does not exist",
        ),
        (
            "codings",
            ("S01", "profile-role", "C1", "2", "", ""),
            "segment_id 'S01', code_id 'profile-role', coder_id 'C1' occurs twice",
        ),
        ("h1_evidence", ("S99", "", "for", "fact", "3", ""), "'S99' does not exist"),
        (
            "h1_evidence",
            ("S01", "", "perhaps", "fact", "3", ""),
            "direction 'perhaps' does not exist",
        ),
        (
            "segments",
            ("S23", "report", "0", "3", "abc", "", "", ""),
            "S23: the text from 0 to 3 is 'Par', not 'abc'",
        ),
        (
            "segments",
            ("S23", "report", "x", "3", "abc", "", "", ""),
            "start 'x' is not a whole number",
        ),
        ("documents", ("o", "../o.txt", ""), "'../o.txt' must be a bare name"),
    ],
)
def test_a_fault_is_named_with_its_table_and_value(folder, table, cells, fault):
    append(folder, table, *cells)
    told = faults_of(folder)
    assert f"{table}.csv: " in told
    assert fault in told
    assert "1 fault(s)" in told


def test_all_faults_are_listed_together(folder):
    append(folder, "codings", "S99", "none", "C9", "1", "", "")
    told = faults_of(folder)
    assert "3 fault(s)" in told
    assert all(part in told for part in ("'S99'", "'none'", "'C9'"))


def test_a_text_that_was_changed_or_is_not_normal_is_refused(folder):
    path = folder / "report.txt"
    text = path.read_text(encoding="utf-8")
    path.write_bytes(text.replace("é", "e\N{COMBINING ACUTE ACCENT}").encode())
    told = faults_of(folder)
    assert "documents.csv: sha256 of report.txt is" in told
    assert "report.txt is not in NFC with LF and no BOM" in told
    path.write_bytes("é".encode("latin-1"))
    assert "report.txt is not a text in UTF-8" in faults_of(folder)


def test_a_checkout_with_other_line_ends_is_the_same_interview(folder):
    append(folder, "codebook_changelog", "2031-01-01", "tools", "one", '"two\nlines"')
    before = read_interview(folder, "fr")
    for path in folder.rglob("*.*"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    after = read_interview(folder, "fr")
    assert after.texts == before.texts
    for name in COLUMNS:
        assert getattr(after, name).equals(getattr(before, name)), name


@pytest.mark.parametrize("name", EXCHANGED)
def test_a_missing_table_and_other_columns_are_refused(folder, name):
    path = folder / f"{name}.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    assert f"{name}.csv: columns must be {COLUMNS[name][0]}" in faults_of(folder)
    path.write_bytes(b"\xe9,\xe8\n")
    assert f"{name}.csv: not readable as CSV in UTF-8" in faults_of(folder)
    path.unlink()
    assert f"{name}.csv: no such file" in faults_of(folder)
