"""``ecrm qda``: a kit goes out, what comes back is compared, full folders stay."""

import re

import openpyxl
import pytest
from material.projects import FOLDER, qda

from ecrm_helpers.interview.tables import read_interview


def test_a_full_folder_is_left_alone(tmp_path, capsys):
    assert qda("export", tmp_path / "a.qdpx") == 0
    (tmp_path / "full").mkdir()
    (tmp_path / "full/mine.txt").write_text("mine")
    for verb in (("import", tmp_path / "a.qdpx"), ("kit",)):
        assert qda(*verb, "--to", tmp_path / "full") == 2
        assert "name a new folder" in capsys.readouterr().err
    assert [p.name for p in (tmp_path / "full").iterdir()] == ["mine.txt"]
    (tmp_path / "empty").mkdir()
    assert qda("import", tmp_path / "a.qdpx", "--to", tmp_path / "empty") == 0
    assert (tmp_path / "empty/report.txt").read_bytes() == (
        FOLDER / "report.txt"
    ).read_bytes()


@pytest.mark.slow
def test_a_returned_workbook_goes_through_agreement(tmp_path, capsys):
    assert qda("kit", "--to", tmp_path / "kit") == 0
    corpus = read_interview(FOLDER, "fr")
    # An artificial second coder: the first's codes, but one left out, one added.
    given = corpus.codings.groupby("segment_id")["code_id"].agg(list).to_dict()
    given["S01"] = ["tools-blogs"]
    book = openpyxl.load_workbook(tmp_path / "kit/recoding.xlsx")
    for row in book["coding"].iter_rows(min_row=2):
        for cell, code in zip(row[7:], given[row[0].value], strict=False):
            cell.value = corpus.names[code]
    book.save(tmp_path / "back.xlsx")
    capsys.readouterr()
    assert qda("agreement", FOLDER, tmp_path / "back.xlsx") == 0
    told = capsys.readouterr().out.splitlines()
    (over_all,) = (
        line for line in told if re.match("(All codes|Tous les codes) ", line)
    )
    cells = re.sub("^(All codes|Tous les codes) ", "", over_all).split()
    assert cells[:4] == ["22", str(len(corpus.codings) - 1), "1", "1"]
    passage = corpus.segments.set_index("segment_id").loc["S01", "excerpt"]
    assert [" ".join(line.split()) for line in told if line.startswith("S01")] == [
        f"S01 report {corpus.names['profile-role']} A: C1 {passage}",
        f"S01 report {corpus.names['tools-blogs']} B: C2 {passage}",
    ]


def test_a_file_without_codings_cannot_be_compared(tmp_path, capsys):
    assert qda("kit", "--to", tmp_path / "kit") == 0
    assert qda("agreement", FOLDER, tmp_path / "kit/project.qdpx") == 2
    assert "each of the files needs codings by one coder" in capsys.readouterr().err
