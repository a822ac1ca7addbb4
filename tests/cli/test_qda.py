"""``ecrm qda``: a kit goes out, what comes back is compared, full folders stay."""

import json
import re
import subprocess
import sys
import zipfile

import openpyxl
import pandas as pd
import pytest
from conftest import ROOT
from material.projects import FOLDER, qda

from ecrm_helpers.interview.tables import read_interview


@pytest.mark.slow
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
    wanted = [
        ["S01", "report", *corpus.names["profile-role"].split(), "A:", "C1"],
        ["S01", "report", *corpus.names["tools-blogs"].split(), "B:", "C2"],
    ]
    said = [line.split() for line in told if line.startswith("S01")]
    assert len(said) == len(wanted)
    for words, first in zip(said, wanted, strict=True):
        assert words[: len(first)] == first


def test_a_file_without_codings_cannot_be_compared(tmp_path, capsys):
    assert qda("kit", "--to", tmp_path / "kit") == 0
    assert qda("agreement", FOLDER, tmp_path / "kit/project.qdpx") == 2
    assert "needs codings; these have none: B (report)" in capsys.readouterr().err


@pytest.fixture
def two(tmp_path):
    """Give two coders' Word files of one transcript: one code shared, one not."""
    from material.word_files import begin, comment, end, paragraph, run, word

    said = paragraph(
        *(run("R : "), begin(1), run("Le prix"), end(1)),
        *(run(" et "), begin(2), run("l'accueil"), end(2)),
    )
    made = []
    for who, second in (("Léa", "Accueil"), ("Tom", "Délai")):
        marks = [comment(1, who, "Prix"), comment(2, who, second)]
        made.append(word(tmp_path / f"{who}.docx", said, comments=marks))
    return made


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["csv", "json", "xlsx", "docx"])
def test_agreement_is_written_as_a_file(two, tmp_path, kind, capsys):
    """2 passages × 3 codes; «Prix» is given by both, «Accueil», «Délai» by one each."""
    file = tmp_path / f"accord.{kind}"
    assert qda("agreement", *two, "--to", file) == 0
    assert str(file) in capsys.readouterr().out
    if kind == "csv":
        rows = pd.read_csv(file).set_index("code")
        assert rows.loc["Prix", "percent"] == 100
        assert rows.loc["Accueil", ["first_only", "second_only"]].tolist() == [1, 0]
        differ = pd.read_csv(tmp_path / "accord-disagreements.csv")
        assert differ["first_marked"].tolist() == ["l'accueil [Accueil]"] * 2
        assert differ["second_marked"].tolist() == ["l'accueil [Délai]"] * 2
    elif kind == "json":
        found = json.loads(file.read_text(encoding="utf-8"))
        assert found["agreement"][0]["units"] == 2
        assert len(found["disagreements"]) == 2
    elif kind == "xlsx":
        book = openpyxl.load_workbook(file)
        cells = [cell for sheet in book for row in sheet.values for cell in row]
        assert len(book.sheetnames) == 2
        assert "l’accueil [Délai]" in cells  # typeset, as on pages
    else:
        with zipfile.ZipFile(file) as archive:
            xml = archive.read("word/document.xml").decode()
        assert xml.count("<w:tbl>") == 2
        assert "[Délai]" in xml


def test_agreement_in_another_format_is_refused(two, tmp_path, capsys):
    assert qda("agreement", *two, "--to", tmp_path / "a.pdf") == 2
    assert ".csv, .docx, .xlsx, .json" in capsys.readouterr().err


@pytest.mark.slow
def test_two_coders_are_put_into_one_folder(two, tmp_path, capsys):
    assert qda("join", *two, "--to", tmp_path / "both") == 0
    found = read_interview(tmp_path / "both", "fr")
    assert found.coders["coder_id"].tolist() == ["Léa", "Tom"]
    assert len(found.segments) == 2
    capsys.readouterr()
    assert qda("agreement", tmp_path / "both") == 0
    inside = capsys.readouterr().out
    assert qda("agreement", *two) == 0
    numbers = re.findall(r"\d+\.\d+", capsys.readouterr().out)
    assert re.findall(r"\d+\.\d+", inside) == numbers
    assert qda("join", two[0], "--to", tmp_path / "one") == 2


def test_what_a_coder_never_received_stays_missing_after_a_join(tmp_path, capsys):
    cases = ROOT / "tests/material/interview_cases"
    both = cases / "D4_A_three_docs.qdpx", cases / "D4_B_only_e1.qdpx"
    assert qda("join", *both, "--to", tmp_path / "both") == 0
    capsys.readouterr()
    assert qda("agreement", tmp_path / "both") == 0
    assert "100.00" in capsys.readouterr().out


def test_a_kit_shows_all_units_and_not_what_the_first_marked(two, tmp_path):
    assert qda("import", two[0], "--to", tmp_path / "first") == 0
    asked = ("--interview", tmp_path / "first", "--to", tmp_path / "kit")
    assert qda("kit", *asked) == 0
    book = openpyxl.load_workbook(tmp_path / "kit/recoding.xlsx")
    rows = list(book["coding"].values)[1:]
    assert [row[6] for row in rows] == ["R : Le prix et l'accueil"]
    assert all(cell is None for row in rows for cell in row[7:])
    row = book["coding"][2]
    row[7].value = "Prix"
    book.save(tmp_path / "back.xlsx")
    assert qda("agreement", tmp_path / "first", tmp_path / "back.xlsx") == 0


@pytest.mark.parametrize(
    "verb",
    [
        ["--help"],
        pytest.param(
            ["qda", "agreement", "C13_two_users_overlap.qdpx"], marks=pytest.mark.slow
        ),
    ],
)
def test_a_reader_who_stops_reading_ends_a_verb_quietly(verb):
    command = [sys.executable, "-m", "ecrm_helpers", *verb]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT / "tests/material/interview_cases",
    ) as run:
        run.stdout.close()
        told = run.stderr.read()
    assert (run.returncode, told) == (0, "")
