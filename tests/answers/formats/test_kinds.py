"""What a file is: each form gives the same answers; what is not read is named."""

import gzip
import io
import subprocess
import zipfile

import pandas as pd
import pyreadstat
import pytest
from material.forms import STUDY, csv_text, sav, xlsx
from material.one_export import BODY, GIVEN, HEAD, WELL, held, refused, save, wanted

from ecrm_helpers.answers.door import read_file
from ecrm_helpers.cli import main


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """Give LibreOffice one place for its settings: making them takes longest."""
    return tmp_path_factory.mktemp("home")


@pytest.mark.slow
@pytest.mark.needs("soffice", "libreoffice-calc")
@pytest.mark.parametrize("form", ["ods", "xls"])
def test_workbooks_of_other_programs_give_the_same_answers(tmp_path, home, form):
    made = xlsx(tmp_path / "a.xlsx", GIVEN)
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{home}"]
    command += ["--convert-to", form, "--outdir", str(tmp_path), str(made)]
    subprocess.run(command, check=True, capture_output=True)
    frame, audit = read_file(tmp_path / f"a.{form}", STUDY)
    assert held(frame) == wanted()
    assert (audit.form, audit.rows) == (form, 12)


def test_stata_gives_what_spss_gives(tmp_path):
    frame, meta = pyreadstat.read_sav(str(sav(tmp_path / "a.sav", GIVEN)))
    pyreadstat.write_dta(
        frame,
        str(tmp_path / "a.dta"),
        column_labels=meta.column_names_to_labels,
        variable_value_labels=meta.variable_value_labels,
    )
    assert held(read_file(tmp_path / "a.dta", STUDY)[0]) == wanted()


PLAIN = STUDY.model_copy(
    update={
        "questions": {n: q for n, q in STUDY.questions.items() if q.kind == "scale"},
        "hypotheses": {},
        "associations": (),
        "cross_tables": (),
    }
)


@pytest.mark.slow
@pytest.mark.parametrize("form", ["por", "xpt"])
def test_portable_files_without_labels_give_their_numbers(tmp_path, form):
    points = {n: [float(row[n]) for row in GIVEN] for n in PLAIN.columns}
    write = {"por": pyreadstat.write_por, "xpt": pyreadstat.write_xport}[form]
    write(pd.DataFrame(points), str(tmp_path / f"a.{form}"))
    assert held(read_file(tmp_path / f"a.{form}", PLAIN)[0]) == points


def zipped(**members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return out.getvalue()


def test_the_one_file_of_an_archive_is_read(tmp_path):
    content = zipped(**{"Réponses.csv": WELL, "__MACOSX/._Réponses.csv": "x"})
    frame, audit = read_file(save(tmp_path, content, "a.csv.zip"), STUDY)
    assert held(frame) == wanted()
    assert audit.form == "csv"


SHELLS = {
    "two files": ("a.zip", zipped(**{"a.csv": WELL, "b.csv": WELL}), "holds 2 files"),
    "no file": ("a.zip", zipped(), "holds 0 files"),
    "jamovi": ("a.omv", zipped(**{"index.html": "", "data.bin": ""}), "jamovi"),
    "jamovi, renamed": ("a.xlsx", zipped(**{"index.html": ""}), "jamovi"),
    "R": ("a.RData", gzip.compress(b"RDX3\nX\n"), "haven::write_sav"),
    "R, one object": ("a.rds", gzip.compress(b"X\n\0\0\0\3"), "haven::write_sav"),
    "JSON": ("a.json", b'[{"q1": "Site web"}]', "this is JSON"),
    "JSON, renamed": ("a.csv", b'{"answers": []}', "this is JSON"),
    "protected": (
        "a.xlsx",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "protected by a password",
    ),
    "a damaged archive": ("a.zip", b"PK\x03\x04" + b"x" * 99, "XLSX"),
    "an .ods that is none": ("a.ods", WELL.encode(), "content is CSV"),
}


@pytest.mark.parametrize(("name", "content", "says"), SHELLS.values(), ids=SHELLS)
def test_what_is_not_read_is_named_with_the_way_out(tmp_path, name, content, says):
    assert says in refused(tmp_path, content, name)


@pytest.mark.slow
@pytest.mark.parametrize("form", ["ods", "xls", "dta", "por", "xpt", "zip"])
def test_a_damaged_file_is_refused_in_words(tmp_path, form, capsys):
    starts = {
        "ods": zipped(**{"content.xml": "<broken"}),
        "xls": b"\xd0\xcf\x11\xe0" + bytes(600),
        "dta": b"<stata_dta>" + bytes(600),
        "por": b"ASCII SPSS PORT FILE" + b"x" * 600,
        "xpt": b"HEADER RECORD*******LIBRARY HEADER RECORD" + bytes(600),
        "zip": zipped(**{"a.csv": WELL})[:-30],
    }
    path = save(tmp_path, starts[form], f"a.{form}")
    assert main(["read", str(path), "--lang", "en"]) == 2
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize("above", [1, 2, 5])
@pytest.mark.parametrize("form", [{}, {"delimiter": ";"}])
def test_a_title_may_stand_above_the_table(tmp_path, above, form):
    title = csv_text(["Enquête 2022"], [["2022"]] * (above - 1), **form)
    path = save(tmp_path, title + csv_text(HEAD, BODY, **form))
    frame, audit = read_file(path, STUDY)
    assert held(frame) == wanted()
    assert f"the header is in row {above + 1}" in audit.said("en")


def test_a_question_above_its_items_is_one_header(tmp_path):
    """SurveyMonkey's export and merged cells: two rows."""
    first, second, last = [], [], None
    for name in HEAD:
        stem, _, item = name.partition(" [")
        first.append("" if item and stem == last else stem)
        second.append(item.rstrip("]") if item else "Response")
        last = stem
    path = save(tmp_path, csv_text(first, [second, *BODY]))
    frame, audit = read_file(path, STUDY)
    assert held(frame) == wanted()
    assert "the header stands in two rows, 1 and 2" in audit.said("en")


def test_qualtrics_three_rows_are_one_header(tmp_path):
    names = ["RecordedDate", *(f"QID{n}" for n in range(1, len(HEAD)))]
    imported = ['{"ImportId":"' + name + '"}' for name in names]
    path = save(tmp_path, csv_text(names, [HEAD, imported, *BODY]))
    frame, audit = read_file(path, STUDY)
    assert held(frame) == wanted()
    assert audit.rows == 12
