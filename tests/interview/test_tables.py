"""The coded interview: faults are named, counts are those of plain sets."""

import csv
import hashlib
import shutil
import unicodedata
import uuid

import nbformat
import pandas as pd
import pytest
from conftest import ROOT
from material import artificial

from ecrm_helpers.interview import matrices
from ecrm_helpers.interview.evidence import (
    ledger,
    overturning,
    reading,
    sensitivity,
    statements,
    tally,
    weigh,
)
from ecrm_helpers.interview.tables import (
    COLUMNS,
    DIRECTIONS,
    EXCHANGED,
    InterviewError,
    read_interview,
)
from ecrm_helpers.study import read_study

FOLDER = ROOT / "data/interview"
EDITIONS = ("fr", "en")
H1 = read_study().hypotheses["h1"]


@pytest.fixture
def folder(tmp_path):
    """Give a copy of the interview, to be spoilt."""
    return shutil.copytree(FOLDER, tmp_path / "interview")


@pytest.fixture(params=EDITIONS)
def ours(request):
    """Give the compendium's interview in each edition."""
    return read_interview(FOLDER, request.param)


def append(folder, table, *cells):
    with (folder / f"{table}.csv").open("a", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerow(cells)


def plain(table, edition="fr"):
    folder = FOLDER / "en" if edition == "en" else FOLDER
    return pd.read_csv(folder / f"{table}.csv", dtype=str, keep_default_na=False)


def faults_of(folder):
    with pytest.raises(InterviewError) as caught:
        read_interview(folder)
    return str(caught.value)


# --- Faults

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
            "name 'Stratégie' stands for Facteurs de succès > Stratégie and for "
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


@pytest.mark.parametrize("name", EXCHANGED)
def test_a_missing_table_and_other_columns_are_refused(folder, name):
    path = folder / f"{name}.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    assert f"{name}.csv: columns must be {COLUMNS[name][0]}" in faults_of(folder)
    path.write_bytes(b"\xe9,\xe8\n")
    assert f"{name}.csv: not readable as CSV in UTF-8" in faults_of(folder)
    path.unlink()
    assert f"{name}.csv: no such file" in faults_of(folder)


# --- The compendium's own interview


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_excerpt_is_the_exact_slice_of_its_text(edition):
    folder = FOLDER / "en" if edition == "en" else FOLDER
    raw = (folder / "report.txt").read_bytes()
    text = raw.decode("utf-8")
    (document,) = plain("documents", edition).itertuples()
    assert document.sha256 == hashlib.sha256(raw).hexdigest()
    assert text == unicodedata.normalize("NFC", text)
    assert not {"\r", "\ufeff"} & set(text)
    for row in plain("segments", edition).itertuples():
        assert row.excerpt
        assert text[int(row.start) : int(row.end)] == row.excerpt


def test_the_text_says_of_itself_that_it_holds_no_quotation(ours):
    first = ours.texts["report"].splitlines()[0]
    assert "araphrases" in first


def test_both_editions_have_the_same_segments_codes_and_evidence():
    for table, same in {
        "segments": ["segment_id", "doc_id", "turn", "speaker", "section"],
        "codebook": ["code_id", "parent_id", "origin", "guid"],
        "h1_evidence": ["segment_id", "direction", "kind", "weight"],
        "codebook_changelog": ["date", "code_id"],
        "checklists": ["checklist", "item", "cell"],
    }.items():
        assert plain(table)[same].equals(plain(table, "en")[same]), table


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_code_has_its_rules_and_an_identifier_made_of_its_own(edition):
    book = plain("codebook", edition)
    assert (book.drop(columns="parent_id") != "").all(axis=None)
    assert book["name"].str.casefold().is_unique
    space = uuid.uuid5(uuid.NAMESPACE_URL, "ecrm-compendium")
    expected = [str(uuid.uuid5(space, f"code/{code}")) for code in book["code_id"]]
    assert book["guid"].tolist() == expected
    assert set(book["origin"]) == {"a_priori", "emergent"}


def test_every_segment_is_coded_and_every_factor_of_table_2_is_a_code():
    assert set(plain("codings")["segment_id"]) == set(plain("segments")["segment_id"])
    book = plain("codebook").set_index("code_id")
    above = book["parent_id"]
    factors = book.index[book["definition"].str.startswith("Facteur du tableau 2")]
    assert len(factors) == 9
    assert set(above[factors]) == {
        "factors-strategy",
        "factors-technology",
        "factors-people",
    }


def test_counter_evidence_stands_wherever_a_contra_code_is_given():
    against = set(H1.codes["against"])
    assert against <= set(plain("codebook")["code_id"])
    given = plain("codings").query("code_id in @against")["segment_id"]
    listed = plain("h1_evidence").query("direction == 'against'")
    assert set(listed["segment_id"]) == set(given) != set()
    assert (listed["counter_explanation"] != "").all()
    conclusion = listed.merge(plain("segments"), on="segment_id")
    own = conclusion[conclusion["section"].str.contains("conclusion")]
    assert own["claim"].str.contains("pas suffisant").any()


def test_checklists_have_all_items():
    rows = plain("checklists")
    for checklist, n in (("COREQ", 32), ("SRQR", 21)):
        items = rows.loc[rows["checklist"] == checklist, "item"]
        assert items.tolist() == [str(i) for i in range(1, n + 1)]


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_checklist_names_the_heading_above_the_cell_it_points_to(edition):
    book = nbformat.read(ROOT / "notebooks/04_interview_coding.ipynb", as_version=4)
    headings, heading = {}, ""
    for cell in book.cells:
        if cell.cell_type == "markdown" and not cell.id.endswith(f"-{edition}"):
            continue
        if cell.source.startswith("#"):
            heading = cell.source.splitlines()[0].lstrip("# ")
        headings.setdefault(cell.id.removesuffix(f"-{edition}"), heading)
    for row in plain("checklists", edition).itertuples():
        assert row.heading == (headings[row.cell] if row.cell else ""), row.item


# --- Matrices, against plain sets


def sets(edition="fr"):
    """Give (segment, code) pairs, each code's theme and each segment's section."""
    above = plain("codebook").set_index("code_id")["parent_id"].to_dict()

    def theme(code):
        return theme(above[code]) if above[code] else code

    pairs = set(plain("codings")[["segment_id", "code_id"]].itertuples(index=False))
    sections = plain("segments").set_index("segment_id")["section"].to_dict()
    return {tuple(p) for p in pairs}, {c: theme(c) for c in above}, sections


def test_a_segment_counts_once_in_each_theme_and_section(ours):
    pairs, theme, sections = sets()
    once = {(segment, theme[code]) for segment, code in pairs}
    table = matrices.counts(ours)
    for row in table.index:
        for column in table:
            n = sum(t == row and sections[s] == column for s, t in once)
            assert table.loc[row, column] == n
    assert list(table.index) == [c for c, t in theme.items() if c == t]
    assert list(table.columns) == list(dict.fromkeys(sections.values()))


@pytest.mark.parametrize("place", ["segment_id", "section"])
def test_cooccurrence_is_that_of_sets_of_places(ours, place):
    pairs, _, sections = sets()
    places = {}
    for segment, code in pairs:
        where = segment if place == "segment_id" else sections[segment]
        places.setdefault(code, set()).add(where)
    found = matrices.cooccurrence(ours, place)
    for row in found.itertuples():
        a, b = places[row.first], places[row.second]
        assert (row.both, row.either) == (len(a & b), len(a | b))
        assert row.jaccard == len(a & b) / len(a | b)
    codes = sorted(places)
    meeting = sum(
        bool(places[a] & places[b]) for i, a in enumerate(codes) for b in codes[i + 1 :]
    )
    assert len(found) == meeting


def test_coverage_counts_each_code_point_once(ours):
    inside = {
        point
        for row in ours.segments.itertuples()
        for point in range(row.start, row.end)
    }
    marks = matrices.points(ours, ours.segments["segment_id"])
    assert marks.sum() == len(inside)
    assert len(marks) == len(ours.texts["report"])
    spans = ours.segments.set_index("segment_id")
    length = spans.loc["S21", "end"] - spans.loc["S21", "start"]
    length += spans.loc["S05", "end"] - spans.loc["S05", "start"]
    share = matrices.frequency(ours).loc["limits-insufficient", "coverage"]
    assert share == pytest.approx(100 * length / len(marks), rel=1e-12)


def test_a_keyword_stands_where_it_says(ours):
    text = ours.texts["report"]
    found = matrices.keyword(ours, "client")
    assert len(found) == text.lower().count("client")
    for row in found.itertuples():
        assert text[row.start :].startswith(row.word)
        line = text.splitlines()[row.line - 1]
        assert (row.left.lstrip("…") + row.word + row.right.rstrip("…")) in line


def test_codes_met_never_fall_and_end_at_all_that_are_used(ours):
    met = matrices.discovery(ours)
    assert met.is_monotonic_increasing
    assert met.iloc[-1] == len({code for _, code in sets()[0]})


def test_the_order_of_the_rows_of_a_table_changes_no_count(folder):
    path = folder / "codings.csv"
    header, *rows = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([header, *reversed(rows)]) + "\n", encoding="utf-8")
    turned = matrices.counts(read_interview(folder), level="code")
    assert turned.equals(matrices.counts(read_interview(FOLDER), level="code"))


def test_a_transcript_gives_its_turns_and_speakers(tmp_path):
    talk = read_interview(artificial.written(tmp_path))
    assert matrices.widest(talk) == "turn"
    table = matrices.counts(talk, "speaker")
    assert table.loc["outcomes"].to_dict() == {"Q": 0, "A": 1}
    assert matrices.counts(talk, "turn", "code", "two").to_numpy().sum() == 3


# --- Evidence


def test_the_direction_of_a_statement_follows_from_its_codes(ours):
    found = statements(ours, H1)
    expected = {}
    for way in ("for", "nuance", "against"):  # the later has the last word
        for segment, code in sets()[0]:
            if code in H1.codes[way]:
                expected[segment] = way
    assert found.to_dict() == expected


def test_the_ledger_goes_by_direction_then_by_the_order_of_the_text(ours):
    listed = ledger(ours, H1)
    places = [
        (DIRECTIONS.index(r.direction), r.segment_id) for r in listed.itertuples()
    ]
    assert places == sorted(places)
    assert tally(listed["direction"]) == {"for": 3, "against": 2, "nuance": 3}


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ("S05,", "S06,", "S05: its codes say against; the ledger lacks it"),
        (
            ",against,opinion,1,",
            ",for,opinion,1,",
            "S05: for, but its codes say against",
        ),
        (",opinion,1,", ",opinion,3,", "kind 'opinion' with weight '3'"),
        (",opinion,1,", ",hearsay,1,", "kind 'hearsay' with weight '1'"),
    ],
)
def test_a_ledger_that_does_not_fit_its_codes_is_refused(folder, before, after, fault):
    path = folder / "h1_evidence.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(InterviewError, match=r"h1_evidence\.csv") as caught:
        ledger(read_interview(folder), H1)
    assert fault in str(caught.value)


@pytest.mark.parametrize(
    ("found", "says", "with_two"),
    [
        ((1, 0), "illustrated", "supported"),
        ((9, 1), "challenged", "not_supported"),
        ((0, 1), "contradicted", "not_supported"),
        ((0, 0), "silent", "not_supported"),
    ],
)
def test_presence_decides_and_number_does_not(found, says, with_two):
    counts = dict(zip(("for", "against"), found, strict=True))
    assert reading(counts) == says
    assert weigh(H1, 1, counts) == "not_assessable"
    assert weigh(H1, 2, counts) == with_two


def test_every_variant_is_the_ledger_without_what_it_names(ours):
    listed = ledger(ours, H1)
    variants = sensitivity(listed, H1, 1, {})
    assert len(variants) == 1 + len(listed) + 1
    for row in variants[variants["variant"] == "without"].itertuples():
        kept = listed[listed["segment_id"] != row.what]
        found = [(kept["direction"] == way).sum() for way in DIRECTIONS]
        assert [row[3], row.against, row.nuance] == found
    facts = variants[variants["variant"] == "facts"].iloc[0]
    assert (facts["for"], facts["against"], facts["reading"]) == (2, 0, "illustrated")
    assert set(variants["association"]) == {"not_assessable"}


def test_what_overturns_the_reading_does_so_and_nothing_less(ours):
    listed = ledger(ours, H1)
    for wanted, segments in overturning(listed).items():
        kept = listed[~listed["segment_id"].isin(segments)]
        assert reading(tally(kept["direction"])) == wanted
        for segment in segments:
            others = [s for s in segments if s != segment]
            less = listed[~listed["segment_id"].isin(others)]
            assert reading(tally(less["direction"])) == "challenged"


def test_another_coder_gives_another_reading(tmp_path):
    talk = read_interview(artificial.written(tmp_path))
    listed = ledger(talk, H1)
    others = {"two": statements(talk, H1, "two")}
    variants = sensitivity(listed, H1, 2, others).set_index("variant")
    assert variants.loc["all", "association"] == "not_supported"
    assert variants.loc["coder", "association"] == "supported"
    assert variants.loc["coder", "what"] == "two"
