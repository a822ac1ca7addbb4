"""Pages that stand alone: any notebook, in either language, as HTML and as PDF."""

import io
import re

import nbformat
import pypdf
import pytest
from bs4 import BeautifulSoup
from conftest import ROOT
from nbconvert.exporters import get_exporter

from ecrm_helpers.compendium.render import exporters, paper

PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9"
    "awAAAABJRU5ErkJggg=="
)


def output(**data):
    return nbformat.v4.new_output("execute_result", data=data, metadata={})


@pytest.fixture
def any_notebook():
    """Make a notebook that knows nothing of the compendium."""
    cells = [
        nbformat.v4.new_markdown_cell("# A title"),
        nbformat.v4.new_markdown_cell("French : ici", metadata={"tags": ["fr"]}),
        nbformat.v4.new_markdown_cell("English here", metadata={"tags": ["en"]}),
        nbformat.v4.new_markdown_cell("Try this", metadata={"tags": ["lab"]}),
        nbformat.v4.new_markdown_cell(
            "## One\n\nInline $a < b^2$ and $$\\frac{1}{2}$$"
        ),
        nbformat.v4.new_markdown_cell("## Two\n\nIt costs $5, then 6."),
        nbformat.v4.new_code_cell("show('<b>')", execution_count=1),
    ]
    table = "<table><thead><tr><th></th><th>x</th></tr></thead><tbody><tr><th>r</th>"
    cells[-1].outputs = [
        output(**{"text/html": table + "<td>1</td></tr></tbody></table>"}),
        output(**{"image/png": PIXEL}),
        output(**{"text/plain": "<script>alert(1)</script>"}),
        nbformat.v4.new_output("stream", text="a <b> c"),
    ]
    return nbformat.v4.new_notebook(cells=cells)


def page(notebook, **options):
    html, _ = get_exporter("thesis-html")(**options).from_notebook_node(notebook)
    return BeautifulSoup(html, "html.parser")


def test_a_page_has_its_language_title_contents_and_skip_link(any_notebook):
    soup = page(any_notebook, edition="en")
    assert soup.html["lang"] == "en"
    assert soup.title.string == "A title"
    links = [link["href"] for link in soup.select("nav.contents a")]
    assert links == ["#section-1", "#section-2"]
    assert all(
        soup.select_one(link) for link in [*links, soup.select_one(".skip")["href"]]
    )


@pytest.mark.parametrize(("edition", "other"), [("fr", "English here"), ("en", "ici")])
def test_the_other_language_is_left_out(any_notebook, edition, other):
    assert other not in page(any_notebook, edition=edition).get_text()


def test_what_is_said_to_someone_in_jupyterlab_is_left_out(any_notebook):
    assert "Try this" not in page(any_notebook, edition="en").get_text()


def test_the_edition_is_found_in_the_parameters(any_notebook):
    assert page(any_notebook).html["lang"] == "fr"
    for edition in ("fr", "en"):
        cell = nbformat.v4.new_code_cell(f'edition = "{edition}"', execution_count=1)
        any_notebook.cells.append(cell)
        assert page(any_notebook).html["lang"] == edition
    assert page(any_notebook, edition="fr").html["lang"] == "fr"


def test_code_is_folded_and_what_it_prints_is_escaped(any_notebook):
    soup = page(any_notebook, edition="en")
    assert soup.select_one("details.code:not([open]) code").string == "show('<b>')"
    assert not soup.find_all("script")
    assert "<script>alert(1)</script>" in soup.select("pre.stream")[0].string


@pytest.mark.parametrize(
    ("edition", "title"),
    [("fr", "La même chose à la main"), ("en", "The same by hand")],
)
def test_what_does_the_same_by_hand_is_folded_with_what_it_gave(
    any_notebook, edition, title
):
    cell = nbformat.v4.new_code_cell("{'r': .5}", id="hand", execution_count=2)
    cell.metadata["tags"] = ["plain"]
    cell.outputs = [output(**{"text/plain": "{'r': <0.5>}"})]
    any_notebook.cells.append(cell)
    soup = page(any_notebook, edition=edition)
    (folded,) = soup.select("details.code:not([open]) .listing.plain")
    assert folded["id"] == "cell-hand"
    assert folded.select_one(".made").get_text() == title
    assert folded.select_one("code").string == "{'r': .5}"
    assert folded.select("pre")[-1].get_text().strip() == "{'r': <0.5>}"
    assert not folded.select("details")
    assert len(soup.select("details.code .listing")) == 2


def test_what_does_the_same_by_hand_stays_on_the_screen(any_notebook):
    cell = any_notebook.cells[-1]
    cell.metadata["tags"] = ["plain"]
    html, _ = get_exporter("thesis-html")(edition="en").from_notebook_node(any_notebook)
    printed = paper.on_paper(paper.opened([html])).html
    assert "alert(1)" in html
    assert "alert(1)" not in printed
    assert "show(" not in printed


def test_tables_have_scopes_and_pictures_have_alternatives(any_notebook):
    soup = page(any_notebook, edition="en")
    assert [th["scope"] for th in soup.find_all("th")] == ["col", "row"]
    assert [image["alt"] for image in soup.find_all("img")] == [
        "Figure without a description"
    ]


def test_formulas_become_mathml_and_prices_do_not(any_notebook):
    soup = page(any_notebook, edition="en")
    assert [math["display"] for math in soup.find_all("math")] == ["inline", "block"]
    assert soup.math.get_text() == "a<b2"
    assert "It costs $5, then 6." in soup.get_text()


def test_french_punctuation_stays_on_its_line(any_notebook):
    assert (
        "French\N{NO-BREAK SPACE}: ici" in page(any_notebook, edition="fr").get_text()
    )


def test_no_page_asks_for_anything(any_notebook):
    html = str(page(any_notebook, edition="en"))
    assert not re.search(r"""(?:src|href)=["'](?!data:|#)""", html)
    assert "url(" not in html
    assert "default-src 'none'" in html


@pytest.mark.made
def test_the_pdf_is_tagged_and_the_same_twice(any_notebook):
    exporter = get_exporter("thesis-pdf")(edition="en")
    first, resources = exporter.from_notebook_node(any_notebook)
    second, _ = exporter.from_notebook_node(any_notebook)
    assert first == second
    assert resources["output_extension"] == ".pdf"
    read = pypdf.PdfReader(io.BytesIO(first))
    root = read.trailer["/Root"]
    assert root["/Lang"] == "en"
    assert root["/MarkInfo"]["/Marked"]
    assert "pdfuaid:part" in root["/Metadata"].get_data().decode()
    text = "".join(part.extract_text() for part in read.pages)
    assert "A title" in text
    assert "show(" not in text


@pytest.mark.made
@pytest.mark.parametrize("kind", ["html", "pdf", "docx"])
def test_nbconvert_finds_the_exporters_by_name(tmp_path, any_notebook, kind, python):
    nbformat.write(any_notebook, tmp_path / "any.ipynb")
    command = ["-m", "nbconvert", "--to", f"thesis-{kind}", "any.ipynb"]
    status, said = python(*command, cwd=tmp_path)
    assert status == 0, said
    assert (tmp_path / f"any.{kind}").stat().st_size > 1000


def test_the_pdf_bears_the_date_of_this_version():
    from ecrm_helpers.compendium.render.paper import RELEASED

    cited = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"date-released: {RELEASED.isoformat()}" in cited.replace('"', "").replace(
        "'", ""
    )


def test_prose_refers_to_a_table_by_its_number_and_the_number_to_its_cell(any_notebook):
    book = any_notebook
    book.cells[5].source = "## Two\n\nSee the [table](#tab-x)."
    book.cells[-1].id = "made-here"
    shown = '<div class="table" id="tab-x"><table><caption>C</caption></table></div>'
    book.cells[-1].outputs = [output(**{"text/html": shown})]
    html, _ = get_exporter("thesis-html")(edition="en", blob="abc").from_notebook_node(
        book, {"metadata": {"name": "07_any"}}
    )
    soup = BeautifulSoup(html, "html.parser")
    assert soup.find("a", href="#tab-x").get_text() == "table\N{NO-BREAK SPACE}7.1"
    assert soup.find("a", href="#cell-made-here").get_text() == "Table 7.1."
    named = soup.select_one("#cell-made-here .made").get_text()
    assert named == "07_any.ipynb, made-here, git blob abc"
    assert [h.get_text() for h in soup.find_all("h2")] == ["7.1 One", "7.2 Two"]


@pytest.mark.parametrize(
    ("words", "edition", "works"),
    [
        ("A hypothesis, and a synthesis.", "en", 0),
        ("The thesis says so.", "en", 1),
        ("Un mémoire le dit.", "fr", 1),
        ("Un immémorial mémorandum.", "fr", 0),
    ],
)
def test_only_the_thesis_itself_brings_it_into_the_bibliography(words, edition, works):
    page = exporters.sections("T", [("S", f"<p>{words}</p>")], edition)
    assert paper.on_paper([page]).html.count('id="bibliography"') == works
