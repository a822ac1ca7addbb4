"""Back to SPSS and Excel: what is written is what was read, labels included.

PSPP is the oracle of the syntax; pandas, openpyxl and pyreadstat read back.
"""

import csv
import itertools
import subprocess

import openpyxl
import pandas as pd
import pingouin as pg
import pyreadstat
import pytest
from conftest import ROOT
from oracles import FOLDER

from ecrm_helpers.answers import export
from ecrm_helpers.answers.door import read_file
from ecrm_helpers.answers.export import codes
from ecrm_helpers.cli import main
from ecrm_helpers.study import read_study
from ecrm_helpers.study.published import read_values

STUDY = read_study()
SURVEY = ROOT / "data/synthetic/export.csv"
FRAME, _ = read_file(SURVEY, STUDY)
NUMBERS = FRAME.apply(codes).astype(float)
WRITERS = {"csv": export.to_csv, "xlsx": export.to_xlsx, "sav": export.to_sav}
RECONSTRUCTED = pd.read_csv(ROOT / "data/reconstructed/survey.csv", index_col="id")


def run(folder, form, *more):
    return main(["data", "--export", form, "--to", str(folder), *map(str, more)])


@pytest.fixture
def partial():
    """Give reconstructed answers as the door types them: 7 columns of 25."""
    typed = {
        name: FRAME[name].dtype if STUDY.columns[name].closed else "Int64"
        for name in RECONSTRUCTED
    }
    return RECONSTRUCTED.astype(typed)


@pytest.mark.parametrize("edition", ["fr", "en"])
@pytest.mark.parametrize("form", WRITERS)
def test_the_same_answers_give_the_same_bytes(form, edition):
    mark = export.stamp("synthetic", edition)
    once, again = (WRITERS[form](FRAME, STUDY, mark, edition) for _ in range(2))
    assert once == again


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


#: What PSPP 1.6.2 printed of the synthetic data; a test reruns it.
KEPT = FOLDER / "pspp.csv"


def tables(text):
    """Give PSPP's tables by title and, of a scale, by its name: rows of cells."""
    found, scale = {}, ""
    for filled, block in itertools.groupby(csv.reader(text.splitlines()), key=bool):
        if filled:
            (head, *_), *body = block
            scale = head if head.startswith("Scale: ") else scale
            found[scale, head.removeprefix("Table: ")] = body
    return found


PRINTED = tables(KEPT.read_text(encoding="utf-8"))


@pytest.mark.needs("pspp", "pspp")
def test_pspp_still_prints_what_is_kept(tmp_path):
    """Made by: ecrm data --export sav --survey data/synthetic/export.csv --lang en.

    Then, beside the files: pspp -o pspp.csv -O format=csv export.sps
    """
    assert run(tmp_path, "sav", "--survey", SURVEY, "--lang", "en") == 0
    command = ["pspp", "-o", "pspp.csv", "-O", "format=csv", "export.sps"]
    said = subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    assert (said.stdout, said.stderr) == (b"", b"")  # neither error nor warning
    assert tables((tmp_path / "pspp.csv").read_text(encoding="utf-8")) == PRINTED


@pytest.mark.needs("pspp", "pspp")
def test_pspp_prints_what_the_thesis_prints(partial, tmp_path):
    """Run on the reconstructed answers, the syntax gives the chapter's numbers."""
    mark = export.stamp("reconstructed", "en")
    (tmp_path / "a.sav").write_bytes(export.to_sav(partial, STUDY, mark, "en"))
    asked = export.syntax(partial, STUDY, "a.sav", "reconstructed", "en")
    (tmp_path / "a.sps").write_bytes(asked)
    command = ["pspp", "-o", "a.csv", "-O", "format=csv", "a.sps"]
    subprocess.run(command, cwd=tmp_path, check=True)
    found = tables((tmp_path / "a.csv").read_text(encoding="utf-8"))
    values = read_values(ROOT / "data/published/values.csv")
    r = found["", "Correlations"][1][-1].partition("[")[0]
    assert r == values["h2_r"].printed.rstrip("*")
    means = [row[2:4] for row in found["", "Descriptives"][2:4]]
    names = [(f"h3_{group}_n", f"h3_{group}_mean") for group in ("no", "yes")]
    assert means == [[values[name].printed for name in pair] for pair in names]
    assert agrees(found["", "ANOVA"][1][5], float(values["h3_f"].printed))


def agrees(text, value):
    """Tell whether a printed number is a value to the digits printed."""
    digits = len(text.partition(".")[2])
    return abs(float(text) - value) <= 0.5 * 10**-digits + 1e-12


def test_pspp_counts_what_we_count():
    for name in FRAME:
        label = export.title(name, STUDY)["en"]
        rows = [
            row[1:] for row in PRINTED["", label] if row[0] not in ("Missing", "Total")
        ]
        counts = NUMBERS[name].value_counts().sort_index()
        assert [int(row[1]) for row in rows[1:]] == counts.tolist(), name
        valid = 100 * counts / counts.sum()
        shares = [row[3].rstrip("%") for row in rows[1:]]
        assert all(map(agrees, shares, valid)), name


def test_pspp_correlates_as_we_do():
    found = pg.corr(NUMBERS["q3"], NUMBERS["q4"]).iloc[0]
    r, p, n = (row[-1] for row in PRINTED["", "Correlations"][1:4])
    assert agrees(r.partition("[")[0], found["r"])
    assert (agrees(p, found["p_val"]), int(n)) == (True, found["n"])


def test_pspp_compares_groups_as_we_do():
    two = NUMBERS[NUMBERS["q10"] <= 2]
    found = pg.anova(two, "q11", "q10", detailed=True)
    between, within = (row[2:] for row in PRINTED["", "ANOVA"][1:3])
    cells = zip(
        (between[0], between[1], between[3], between[4], within[0], within[1]),
        (*found.loc[0, ["SS", "DF", "F", "p_unc"]], *found.loc[1, ["SS", "DF"]]),
        strict=True,
    )
    assert all(agrees(text, value) for text, value in cells)
    groups = two.groupby("q10")["q11"].agg(["count", "mean", "std"])
    rows = [row[2:5] for row in PRINTED["", "Descriptives"][2:4]]
    assert all(
        agrees(text, value)
        for row, own in zip(rows, groups.to_numpy(), strict=True)
        for text, value in zip(row, own, strict=True)
    )
    levene = pg.homoscedasticity(two, "q11", "q10", method="levene", center="mean")
    told = PRINTED["", "Test of Homogeneity of Variances"][-1]
    assert agrees(told[1], levene["W"].iloc[0])
    assert agrees(told[-1], levene["pval"].iloc[0])


@pytest.mark.parametrize("name", ["q5", "q6"])
def test_pspp_finds_our_reliability(name):
    items = NUMBERS[list(STUDY.questions[name].items)].dropna()
    alpha, k = PRINTED[f"Scale: {name}", "Reliability Statistics"][-1]
    assert agrees(alpha, pg.cronbach_alpha(items)[0])
    assert int(k) == items.shape[1]
    valid = PRINTED[f"Scale: {name}", "Case Processing Summary"][1]
    assert int(valid[1]) == len(items)
