"""Notebooks 01 to 03 on answers that were given: plenty, few, odd, another study's.

What they find is not checked here but in the tests of the estimates; here it
is whether everything is shown that can be, and what cannot is said.
"""

import csv
import io
import os
import re
import shutil
import zipfile

import nbformat
import openpyxl
import pypandoc
import pypdfium2
import pytest
from bs4 import BeautifulSoup
from conftest import ROOT
from material.forms import COLUMNS, STUDY, csv_text, rows, texts

from ecrm_helpers.compendium.plan.project import Project
from ecrm_helpers.compendium.render import docx
from ecrm_helpers.compendium.render.exporters import ThesisHTMLExporter
from ecrm_helpers.compendium.render.pdf import from_pages
from ecrm_helpers.compendium.render.table_files import as_csv, as_latex, as_xlsx
from ecrm_helpers.compendium.run.execute import execute, pieces
from ecrm_helpers.compendium.run.progress import Progress
from ecrm_helpers.compendium.run.reproduce import reproduce

BOOKS = {path.stem[:2]: path for path in sorted((ROOT / "notebooks").glob("*.ipynb"))}
SYNTHETIC = "data/synthetic/export.csv"


def run(folder, part, data, edition="fr", **given):
    """Execute a notebook on answers; give its pieces by id, and its page."""
    target = folder / BOOKS[part].name
    made = execute(BOOKS[part], target, {"edition": edition, "data": data, **given})
    page, _ = ThesisHTMLExporter(edition=edition).from_notebook_node(
        made, {"metadata": {"name": BOOKS[part].stem}}
    )
    return {piece["id"]: piece for piece in pieces(made.cells)}, page


def saved(folder, given):
    path = folder / "answers.csv"
    path.write_text(csv_text(*texts(given)), encoding="utf-8")
    return str(path)


def table(piece):
    return list(csv.DictReader(io.StringIO(as_csv(piece["content"]))))


# --- Plenty of answers


@pytest.fixture(scope="module", params=["fr", "en"])
def described(tmp_path_factory, request):
    folder = tmp_path_factory.mktemp(request.param)
    return run(folder, "01", SYNTHETIC, request.param)


def test_given_answers_show_all_questions(described):
    made, page = described
    closed = {f"{kind}-q{k}" for kind in ("tab", "fig") for k in (1, 2, 10, 12)}
    matrices = {f"{kind}-q{k}" for kind in ("tab", "fig") for k in (5, 6, 7)}
    others = {"tab-audit", "tab-missing", "tab-free", "tab-scales", "tab-scales-7"}
    others |= {"fig-scales-7", "tab-throughout", "tab-reliability", "tab-crossings"}
    assert closed | matrices | others <= made.keys()
    assert {"not-q7", "sentence-crossings"} <= made.keys()
    assert not {"tab-q11-band", "tab-known"} & made.keys()
    assert all(f'id="{name}"' in page for name in closed | matrices | others)


def test_pages_of_invented_answers_carry_their_band(described):
    assert '<div class="band">' in described[1]
    assert b"Title" in from_pages([described[1]])


def test_free_answers_are_a_level_of_their_question(described):
    (other,) = [
        row for row in table(described[0]["tab-q10"]) if row[""] in ("Autre", "Other")
    ]
    assert "1" in other.values()


@pytest.mark.parametrize("part", ["02", "03"])
def test_hypotheses_are_decided_on_given_answers(tmp_path, part):
    made, page = run(tmp_path, part, SYNTHETIC, "en")
    name = f"h{int(part)}"
    assert made[name]["content"]["association"] in ("supported", "not_supported")
    assert made["origin"]["content"] == "synthetic"
    assert '<div class="band">' in page
    assert not {"tab-r-band", "tab-ranks", "tab-all-sets", "fig-q11-band"} & made.keys()
    rows_of = made[f"agreement-{part}"]["content"]["rows"]
    printed = {row["id"]: row for row in rows_of}
    known = {row["known"] for row in printed.values()}
    assert "compared" in known
    assert "built_in" not in known


def test_the_published_material_shows_nothing_of_given_answers(tmp_path):
    made, page = run(tmp_path, "01", "data/reconstructed/survey.csv", "en")
    assert {"tab-q1", "tab-q11-band", "tab-known", "agreement-01"} <= made.keys()
    assert not {"tab-audit", "tab-scales", "fig-q5", "tab-crossings"} & made.keys()
    assert "The matrices" not in page
    assert "band" not in page.partition("<main")[2].partition(">")[0]


# --- Too few, or too much alike


def alike(n, **changed):
    """Give n rows with one answer to each question, but for what is named."""
    first = rows(1)[0]
    return [
        {**first, "Horodateur": row["Horodateur"]}
        | {column: values[k] for column, values in changed.items()}
        for k, row in enumerate(rows(n))
    ]


ODD = {
    "one row": (alike(1), "not_assessable", "not_assessable"),
    "no variance": (alike(8), "not_assessable", "not_assessable"),
    "one group": (
        alike(8, q3="12345671", q4="12345672", q10=["Oui"] * 8, q11="12345671"),
        "supported",
        "not_assessable",
    ),
    "a group of one": (
        alike(8, q10=["Non", *["Oui"] * 7], q11="12345671"),
        "not_assessable",
        "not_assessable",
    ),
    "a group without variance": (
        alike(8, q10=["Non"] * 3 + ["Oui"] * 5, q11="55512345"),
        "not_assessable",
        "not_supported",
    ),
    "nobody answered": (
        alike(8, **{name: [""] * 8 for name in COLUMNS if name != "q1"}),
        "not_assessable",
        "not_assessable",
    ),
}


@pytest.mark.parametrize("case", ODD)
def test_what_cannot_be_computed_is_said_and_pages_still_render(tmp_path, case):
    given, *wanted = ODD[case]
    data = saved(tmp_path, given)
    found = []
    for part in ("01", "02", "03"):
        made, page = run(tmp_path, part, data)
        assert from_pages([page]).startswith(b"%PDF")
        if part != "01":
            decided = made[f"h{int(part)}"]
            found.append(decided["content"]["association"])
            refused = found[-1] == "not_assessable"
            assert not refused or "Non calculable" in page
        assert "nan" not in page.partition("<main")[2].lower().split()
    assert found == wanted


# --- Free answers are hostile until written out

HOSTILE = [
    "<script>document.title='taken'</script><b>gras</b>",
    '=HYPERLINK("x")',
    "@SUM(A1:A9)",
    "\\input{secret} \\textbf{gras} 5 % & 3_2 {x}",
    '#eval("1+1") #set page(width: 1cm) *fort* _pente_ @cite',
    "**fort** [lien](https://example.org) `code` ![image](x.png) | b |",
    "prix $a_1^2$ et $$b$$",
]


@pytest.fixture(scope="module")
def attacked(tmp_path_factory):
    """Run notebook 01 on free answers that try to be something else than text."""
    folder = tmp_path_factory.mktemp("attacked")
    given = rows(len(HOSTILE) + 2)
    for row, text in zip(given, HOSTILE, strict=False):
        row["q1"] = text
    given[-2]["q12"], given[-1]["q12"] = "a\0b", "long " * 40_000
    return run(folder, "01", saved(folder, given))


def cells_of(page, name):
    shown = BeautifulSoup(page, "html.parser").find(id=name)
    return [cell.get_text().replace("\xa0", " ") for cell in shown.find_all("td")]


def test_in_a_page_free_answers_are_text_and_nothing_else(attacked):
    page = BeautifulSoup(attacked[1], "html.parser")
    shown = page.find(id="tab-free")
    assert set(HOSTILE) <= set(cells_of(attacked[1], "tab-free"))
    assert not shown.tbody.find_all(["script", "b", "a", "code", "math", "img"])
    assert max(len(cell) for cell in cells_of(attacked[1], "tab-free")) < 2_000


def test_in_a_pdf_free_answers_are_text_and_nothing_else(attacked):
    pdf = pypdfium2.PdfDocument(from_pages([attacked[1]]))
    pages = "".join(page.get_textpage().get_text_bounded() for page in pdf)
    # Typst breaks lines at invisible places; \x02 is how the reader shows a hyphen.
    breaks = re.compile(r"[\s\u200b\x02]")
    for text in HOSTILE:
        assert breaks.sub("", text) in breaks.sub("", pages), text


def test_in_latex_free_answers_are_text_and_nothing_else(attacked):
    shown = BeautifulSoup(attacked[1], "html.parser").find(id="tab-free")
    tex = as_latex([shown], "fr")["tab-free"]
    assert not re.search(r"\\(input|textbf|emph|href|begin\{verbatim)\b", tex)
    back = BeautifulSoup(pypandoc.convert_text(tex, "html", "latex"), "html.parser")
    # Typeset, quotes turn round; pandoc loses bars when it reads them back.
    marks = re.compile(r"[\s`'|‘’]")
    read = marks.sub("", "".join(cell.get_text() for cell in back.find_all("td")))
    for text in HOSTILE:
        assert marks.sub("", text) in read, text


def test_in_word_free_answers_are_text_and_nothing_else(attacked):
    made = zipfile.ZipFile(io.BytesIO(docx.from_pages([attacked[1]])))
    document = BeautifulSoup(made.read("word/document.xml"), "xml")
    cells = [cell.get_text().replace("\xa0", " ") for cell in document.find_all("tc")]
    assert set(HOSTILE) <= set(cells)
    assert "example.org" not in made.read("word/_rels/document.xml.rels").decode()


def test_in_a_workbook_free_answers_are_no_formulas(attacked):
    made = as_xlsx(attacked[0]["tab-free"]["content"], "")
    sheet = openpyxl.load_workbook(io.BytesIO(made)).active
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value]
    assert set(HOSTILE) <= {cell.value for cell in cells}
    assert "f" not in {cell.data_type for cell in cells}
    assert not any(cell.hyperlink for cell in cells)


def test_in_a_table_file_free_answers_are_no_formulas(attacked):
    for line in table(attacked[0]["tab-free"]):
        assert not any(cell.startswith(("=", "@", "+", "-")) for cell in line.values())


# --- Another study

OTHER = """
title: {fr: "Une autre étude", en: "Another study"}
opened: 2025-01-01
closed: 2025-02-01
reading:
  exclude: [double]
  double_within_seconds: 60
  version_within_minutes: 5
  version_differs_in: 1
  other: {answer: "Autre", fr: "Autre", en: "Other"}
agreement:
  low: {answer: "Non", fr: "Non", en: "No"}
  high: {answer: "Oui", fr: "Oui", en: "Yes"}
questions:
  city:
    kind: choice
    patterns: ['\\bville']
    published: nothing
    label: {fr: "Ville", en: "Town"}
    levels:
      a: {answer: "Alger", fr: "Alger", en: "Algiers"}
      b: {answer: "Oran", fr: "Oran", en: "Oran"}
      c: {answer: "Annaba", fr: "Annaba", en: "Annaba"}
  price:
    kind: scale
    patterns: ['\\bprix']
    published: nothing
    label: {fr: "Prix", en: "Price"}
    scale: [0, 10]
  taste:
    kind: scale
    patterns: ['\\bgout']
    published: nothing
    label: {fr: "Goût", en: "Taste"}
    scale: [1, 5]
cross_tables: [[city, city]]
hypotheses:
  h2: &claim
    claim: {fr: "Le goût suit le prix.", en: "Taste follows price."}
    thesis_verdict: none
    variables: [price, taste]
    rule: p_below_alpha
    tested_as_worded: true
    reason: {fr: "ce sont les variables de l'énoncé", en: "they are the claim's own"}
    findings: [{fr: "r = {h2.r:2}", en: "r = {h2.r:2}"}]
    limits: []
  h3:
    <<: *claim
    claim: {fr: "Le goût dépend de la ville.", en: "Taste depends on the town."}
    variables: [city, taste]
    findings: [{fr: "F = {h3.f:2}", en: "F = {h3.f:2}"}]
"""


@pytest.fixture(scope="module")
def another(tmp_path_factory):
    folder = tmp_path_factory.mktemp("another")
    (folder / "study.yml").write_text(OTHER, encoding="utf-8")
    lines = ["Ville,Le prix,Le goût"]
    towns = ("Alger", "Oran", "Annaba")
    lines += [f"{towns[k % 3]},{k % 11},{1 + (k * k + k // 3) % 5}" for k in range(40)]
    (folder / "answers.csv").write_text("\n".join(lines), encoding="utf-8")
    return folder


@pytest.mark.parametrize("part", ["01", "02", "03"])
def test_another_study_goes_through_the_same_notebooks(another, part):
    data = str(another / "answers.csv")
    study = str(another / "study.yml")
    made, page = run(another, part, data, "en", study_file=study)
    assert not re.search(r"\b[Tt]he thesis\b", page.partition("<main")[2])
    assert f"agreement-{part}" not in made
    if part == "01":
        assert {"tab-city", "fig-city", "fig-scales-10", "fig-scales-5"} <= made.keys()
    else:
        assert made[f"h{int(part)}"]["content"]["as_worded"] == "tested"
    if part == "03":
        assert "Kruskal-Wallis" in page


def test_another_study_has_pages_that_speak_of_no_thesis(another, tmp_path):
    shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks")
    shutil.copy(ROOT / "requirements.lock", tmp_path)
    (tmp_path / "data").mkdir()
    study, data = (str(another / name) for name in ("study.yml", "answers.csv"))
    given = {"data": data, "study_file": study}
    whose = {"study": study, "published": False, "decides": ("h2", "h3")}
    with open(os.devnull, "w") as nowhere:
        project = Project(tmp_path, ("en",), given, **whose)
        reproduce(project, 2, Progress(nowhere))
    home = tmp_path / "output/en"
    made = {path.stem for path in (home / "html").iterdir()}
    assert made == {BOOKS[part].stem for part in ("01", "02", "03")} | {"gallery"}
    for path in (home / "index.html", home / "reviewer-report.html"):
        text = BeautifulSoup(path.read_text("utf-8"), "html.parser").main.get_text()
        assert "Another study" in text
        assert not re.search(r"the thesis|OCR|loyalty", text), path
    assert (home / "pdf/chapter.pdf").stat().st_size > 10_000


# --- What the compendium leaves out


def test_cells_are_tagged_with_what_they_need():
    tags = {
        tag
        for path in BOOKS.values()
        for cell in nbformat.read(path, as_version=4).cells
        for tag in cell.metadata.get("tags", [])
    }
    needs = {"answers", "reconstructed", "printed", "analysis"}
    assert tags == {"fr", "en", "parameters", *needs}


def test_every_column_of_the_study_is_answered_in_the_forms():
    assert list(STUDY.columns) == COLUMNS
