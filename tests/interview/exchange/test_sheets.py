"""Workbooks of codings: what comes back, and the kit for a second coder."""

from html import escape

import openpyxl
import pytest
from material.projects import FOLDER, qda

from ecrm_helpers.interview.exchange import formats as exchange
from ecrm_helpers.interview.exchange.carried import Carried
from ecrm_helpers.interview.exchange.tabled import tables
from ecrm_helpers.interview.tables import InterviewError, read_interview


def test_a_workbook_brings_the_first_coders_codings_back(tmp_path):
    corpus = read_interview(FOLDER, "fr")
    path = tmp_path / "a.xlsx"
    path.write_bytes(exchange.exported(corpus, ".xlsx", "fr"))
    again, lost = exchange.imported(path)
    assert lost.empty
    assert again.texts == corpus.texts
    assert again.segments.equals(corpus.segments)
    pairs = ["segment_id", "code_id", "coder_id"]
    assert again.codings[pairs].equals(corpus.codings[pairs])


def test_a_workbook_with_an_unknown_code_names_every_cell(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(exchange.exported(read_interview(FOLDER, "fr"), ".xlsx", "fr"))
    book = openpyxl.load_workbook(path)
    for row in (2, 5):
        book["coding"].cell(row, 8).value = f"Nonsense {row}"
    book.save(path)
    with pytest.raises(InterviewError, match="2 code") as caught:
        exchange.imported(path)
    assert "sheet coding, S01: 'Nonsense 2'" in str(caught.value)
    del book["text"]
    book.save(path)
    with pytest.raises(InterviewError, match="not a workbook of ecrm qda"):
        exchange.imported(path)


def test_the_kit_holds_no_code_and_no_judgement(tmp_path):
    assert qda("kit", "--to", tmp_path / "kit", "--language", "en") == 0
    about = (tmp_path / "kit/README.txt").read_text(encoding="utf-8")
    assert "agreement data/interview RETURNED" in about
    sheets = openpyxl.load_workbook(tmp_path / "kit/recoding.xlsx")
    rows = list(sheets["coding"].values)
    corpus = read_interview(FOLDER, "en")
    assert [row[0] for row in rows[1:]] == corpus.segments["segment_id"].tolist()
    assert {cell for row in rows[1:] for cell in row[7:]} == {None}
    assert sheets["codings"].max_row == 1
    (choice,) = sheets["coding"].data_validations.dataValidation
    assert choice.formula1 == "codebook!$C$2:$C$44"
    blind, _ = exchange.imported(tmp_path / "kit/project.qdpx")
    assert blind.codings.empty
    assert blind.segments.equals(corpus.segments)
    assert blind.codebook.equals(corpus.codebook)
    page = (tmp_path / "kit/report.html").read_text(encoding="utf-8")
    assert all(escape(words) in page for words in corpus.segments["excerpt"])


def test_a_documents_name_with_signs_of_a_path_stays_in_the_kit():
    corpus, _ = tables(Carried({"Mme A / M. B": "Oui."}, ()))
    made = exchange.kit(corpus, "fr", "x")
    assert "Mme A - M. B.html" in made
