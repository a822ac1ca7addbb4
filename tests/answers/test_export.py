"""Back to SPSS and Excel: what is written is what was read, labels included.

pandas, openpyxl and pyreadstat read back.
"""

import csv

import openpyxl
import pandas as pd
import pyreadstat
import pytest
from material.synthetic import FRAME, NUMBERS, STUDY, SURVEY, run

from ecrm_helpers.answers import export
from ecrm_helpers.answers.door import read_file
from ecrm_helpers.cli import main
from ecrm_helpers.printed import Wrong

WRITERS = {"csv": export.to_csv, "xlsx": export.to_xlsx, "sav": export.to_sav}


@pytest.mark.parametrize("edition", ["fr", "en"])
@pytest.mark.parametrize("form", WRITERS)
def test_the_same_answers_give_the_same_bytes(form, edition):
    mark = export.stamp("synthetic", edition)
    once, again = (WRITERS[form](FRAME, STUDY, mark, edition) for _ in range(2))
    assert once == again


@pytest.mark.slow
@pytest.mark.parametrize("form", WRITERS)
def test_the_door_reads_back_what_was_written(form, tmp_path, english):
    assert run(tmp_path, form, "--survey", SURVEY, "--lang", "fr") == 0
    frame, audit = read_file(tmp_path / f"export.{form}", STUDY)
    pd.testing.assert_frame_equal(frame, FRAME)
    assert audit.origin == "synthetic"
    assert not list(tmp_path.glob("*.partial"))


def test_a_workbook_holds_numbers_texts_and_the_dictionary(tmp_path):
    assert run(tmp_path, "xlsx", "--survey", SURVEY, "--lang", "en") == 0
    book = openpyxl.load_workbook(tmp_path / "export.xlsx")
    assert book.sheetnames == ["Answers", "Dictionary"]
    assert "synthetic" in book.properties.title
    head, *rows = book["Answers"].values
    sheet = pd.DataFrame(rows, columns=head).set_index("id")
    assert all("synthetic" in mark for mark in sheet.pop("provenance"))
    for name in FRAME:
        said = FRAME[name].astype(object).where(FRAME[name].notna(), None)
        assert sheet[name].dropna().tolist() == said.dropna().tolist()
    described = list(book["Dictionary"].values)
    label = "Channel of first contact"
    assert ("q2", label, "Téléphone", "Telephone") in described
    assert ("q2", label, "Autre", "Other") in described
    agree = "Affective description of the online relation (6 items): Loved"
    assert ("q5_3", agree, 7, "Strongly agree") in described
    ends = [row[2:] for row in described if row[0] == "q3"]
    assert ends == [(1, "Disappointed"), (7, "Very content")]


@pytest.mark.parametrize(
    ("edition", "no", "word"),
    [("fr", "Non", "synthétiques"), ("en", "No", "synthetic")],
)
def test_an_spss_file_has_codes_labels_and_measures(tmp_path, edition, no, word):
    assert run(tmp_path, "sav", "--survey", SURVEY, "--lang", edition) == 0
    table, meta = pyreadstat.read_sav(str(tmp_path / "export.sav"))
    assert word in meta.file_label
    assert all(word in mark for mark in table["provenance"])
    assert table["id"].tolist() == FRAME.index.tolist()
    pd.testing.assert_frame_equal(
        table[list(FRAME)], NUMBERS.reset_index(drop=True), check_dtype=False
    )
    labels = meta.variable_value_labels
    assert labels["q10"][1] == no
    assert [*labels["q12"]] == [1, 2, 3, 4]
    assert ([*labels["q6_1"]], [*labels["q11"]]) == ([*range(1, 8)], [1, 7])
    measures = [meta.variable_measure[name] for name in ("q1", "q5_1", "q3")]
    assert measures == ["nominal", "ordinal", "scale"]
    assert meta.column_names_to_labels["q3"] == STUDY.questions["q3"].label[edition]


def test_a_text_of_the_file_is_never_run(tmp_path):
    hostile = ["=1+1", "+A1", "-2", "@SUM(A1)", "\t=1", '<b>"x"</b>', "https://a.b/"]
    frame = FRAME.head(len(hostile)).set_axis(pd.Index(hostile, name="id"))
    (tmp_path / "a.xlsx").write_bytes(export.to_xlsx(frame, STUDY, "", "en"))
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["Answers"]
    cells = [sheet.cell(row, 1) for row in range(2, len(hostile) + 2)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert not any(cell.hyperlink for cell in cells)
    text = export.to_csv(frame, STUDY, "", "en").decode()
    ids = [row[0] for row in csv.reader(text.splitlines())][1:]
    for written in (ids, [cell.value for cell in cells]):
        assert written[:5] == [f"'{text}" for text in hostile[:5]]
        assert written[5:] == hostile[5:]


def test_reconstructed_answers_need_leave_and_say_what_they_are(
    tmp_path, capsys, english
):
    made_up = tmp_path / "rec.csv"
    ids = [f"REC-{n}" for n in range(len(FRAME))]
    marked = FRAME.set_axis(pd.Index(ids, name="id"))
    made_up.write_bytes(export.to_csv(marked, STUDY, "", "en"))
    assert run(tmp_path, "sav", "--survey", made_up) == 2
    told = capsys.readouterr().err
    assert "--allow-reconstructed" in told
    assert "Traceback" not in told
    assert [path.name for path in tmp_path.iterdir()] == ["rec.csv"]
    assert run(tmp_path, "sav", "--survey", made_up, "--allow-reconstructed") == 0
    table, meta = pyreadstat.read_sav(str(tmp_path / "rec.sav"))
    assert "reconstructed" in meta.file_label
    assert all("reconstructed" in mark for mark in table["provenance"])


@pytest.mark.parametrize(
    "options",
    [["--to", "a.csv"], ["--survey", "a.csv"], ["--export", "csv", "--derived"]],
)
def test_an_option_is_not_passed_over(options, capsys, english):
    assert main(["data", *options]) == 2
    assert "go with --export" in capsys.readouterr().err


def test_absent_columns_are_not_exported_nor_asked_for(partial):
    mark = export.stamp("reconstructed", "fr")
    text = export.to_csv(partial, STUDY, mark, "fr").decode()
    assert text.splitlines()[0] == f"id,{','.join(partial)},provenance"
    asked = export.syntax(partial, STUDY, "a.sav", "reconstructed", "fr").decode()
    assert "RELIABILITY" not in asked
    assert "reconstituées" in asked
    # What was not published of reconstructed answers is not asked for.
    frequencies = [p for p in asked.split("\n\n") if p.startswith("FREQUENCIES")]
    assert frequencies == ["FREQUENCIES /VARIABLES=q1 q2 q10 q12\n  /FORMAT=AVALUE."]
    assert ("q3 q4" in asked, "q11 BY q10" in asked) == (True, True)


def test_one_group_is_not_compared(partial):
    one = partial[partial["q10"] == "Oui"]
    assert b"ONEWAY" not in export.syntax(one, STUDY, "a.sav", "own", "en")


def test_a_file_name_stays_one_text_of_the_syntax():
    assert b"'l''an.sav'" in export.syntax(FRAME, STUDY, "l'an.sav", "own", "en")


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize(
    ("to", "said"),
    [
        ("export.csv", {"fr": "fichier de réponses lu", "en": "file of answers that"}),
        ("none/here.csv", {"fr": "dossier qui existe", "en": "folder that exists"}),
        ("nowhere", {"fr": "dossier qui existe", "en": "folder that exists"}),
        ("other.sav", {"fr": "un fichier .csv", "en": "a .csv file"}),
    ],
)
def test_a_place_that_will_not_do_is_refused(tmp_path, capsys, to, said, lang):
    survey = tmp_path / "export.csv"
    survey.write_bytes(SURVEY.read_bytes())
    place = tmp_path / to
    assert run(place, "csv", "--survey", survey, "--lang", lang) == 2
    assert said[lang] in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == [survey]
    assert survey.read_bytes() == SURVEY.read_bytes()


def test_answers_that_cannot_be_used_are_refused(tmp_path, capsys):
    empty = tmp_path / "empty.csv"
    empty.touch()
    assert run(tmp_path, "sav", "--survey", empty, "--lang", "fr") == 2
    assert "ne peut pas être utilisé" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == [empty]


@pytest.mark.parametrize("name", ["q-1", "1er", "ma question", "_q", "q" * 70, "é"])
def test_a_name_that_spss_does_not_allow_is_refused(tmp_path, name):
    # The door would let none of these in under another study; the writer refuses.
    frame = FRAME.rename(columns={"q3": name})
    with pytest.raises(Wrong, match="names of variables"):
        export.to_sav(frame, STUDY, "", "en")
