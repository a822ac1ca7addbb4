"""The compendium's own interview: exact, complete, the same in both editions."""

import hashlib
import unicodedata
import uuid

import nbformat
import pytest
from conftest import ROOT
from material.interview import EDITIONS, FOLDER, H1, plain


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
        if {"others", "several"} & set(cell.metadata.get("tags", [])):
            continue
        if cell.cell_type == "markdown" and not cell.id.endswith(f"-{edition}"):
            continue
        if cell.source.startswith("#"):
            heading = cell.source.splitlines()[0].lstrip("# ")
        headings.setdefault(cell.id.removesuffix(f"-{edition}"), heading)
    for row in plain("checklists", edition).itertuples():
        assert row.heading == (headings[row.cell] if row.cell else ""), row.item
