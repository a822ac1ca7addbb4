"""Labels that try to be something else than text: text in every format."""

import io
import re
import zipfile

import openpyxl
import pandas as pd
import pypandoc
import pypdfium2
import pytest
from bs4 import BeautifulSoup
from material.given import table
from nbformat import v4

from ecrm_helpers.compendium.render import docx, pdf
from ecrm_helpers.compendium.render.exporters import ThesisHTMLExporter
from ecrm_helpers.compendium.render.paper import on_paper, opened
from ecrm_helpers.compendium.render.table_files import as_latex, as_xlsx
from ecrm_helpers.shown.tables import table as shown

pytestmark = pytest.mark.slow

HOSTILE = [
    "<script>document.title=1</script><b>gras</b>",
    '=HYPERLINK("x")',
    "@SUM(A1:A9)",
    "\\input{secret} \\textbf{gras} 5 % & 3_2 {x}",
    '#eval("1+1") #set page(width: 1cm) *fort* _pente_ @cite',
    "**fort** [lien](https://example.org) ![image](x.png) | b |",
    "prix $a_1^2$ et $$b$$",
]


@pytest.fixture(scope="module")
def attacked():
    """Give a table of texts that try to be something else: its record, its page."""
    texts = [*HOSTILE, "a\N{REPLACEMENT CHARACTER}b"]
    piece = shown(pd.DataFrame({"texte": texts}), "tab-free", "Essai", "fr")
    data = {"text/html": piece.html, "text/plain": "-"}
    told = {"ecrm": {"kind": "table", "id": "tab-free", "content": piece.content}}
    shows = v4.new_output("display_data", data, metadata=told)
    cells = [v4.new_markdown_cell("# 1. Essai"), v4.new_code_cell("t", outputs=[shows])]
    book = v4.new_notebook(cells=cells)
    page, _ = ThesisHTMLExporter(edition="fr").from_notebook_node(book)
    return piece.content, page


def cells_of(page, name):
    shown = BeautifulSoup(page, "html.parser").find(id=name)
    return [cell.get_text().replace("\xa0", " ") for cell in shown.find_all("td")]


def test_in_a_page_texts_are_text_and_nothing_else(attacked):
    page = BeautifulSoup(attacked[1], "html.parser")
    shown = page.find(id="tab-free")
    assert set(HOSTILE) <= set(cells_of(attacked[1], "tab-free"))
    assert not shown.tbody.find_all(["script", "b", "a", "code", "math", "img"])


def test_in_a_pdf_texts_are_text_and_nothing_else(attacked):
    made = pdf.from_paper(on_paper(opened([attacked[1]])))
    pages = "".join(
        page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(made)
    )
    # Typst breaks lines at invisible places; \x02 is how the reader shows a hyphen.
    breaks = re.compile(r"[\s\u200b\x02]")
    # Straight quotation marks are set as the language has them.
    pages = pages.replace("«", '"').replace("»", '"')
    for text in HOSTILE:
        assert breaks.sub("", text) in breaks.sub("", pages), text


def test_in_latex_texts_are_text_and_nothing_else(attacked):
    shown = BeautifulSoup(attacked[1], "html.parser").find(id="tab-free")
    tex = as_latex([shown], "fr")["tab-free"]
    assert not re.search(r"\\(input|textbf|emph|href|begin\{verbatim)\b", tex)
    back = BeautifulSoup(pypandoc.convert_text(tex, "html", "latex"), "html.parser")
    # Typeset, quotes turn round; pandoc loses bars when it reads them back.
    marks = re.compile(r"[\s`'|‘’]")
    read = marks.sub("", "".join(cell.get_text() for cell in back.find_all("td")))
    for text in HOSTILE:
        assert marks.sub("", text) in read, text


def test_in_word_texts_are_text_and_nothing_else(attacked):
    word = docx.from_paper(on_paper(opened([attacked[1]])))
    made = zipfile.ZipFile(io.BytesIO(word))
    document = BeautifulSoup(made.read("word/document.xml"), "xml")
    cells = [cell.get_text().replace("\xa0", " ") for cell in document.find_all("tc")]
    assert set(HOSTILE) <= set(cells)
    assert "example.org" not in made.read("word/_rels/document.xml.rels").decode()


def test_in_a_workbook_texts_are_no_formulas(attacked):
    made = as_xlsx(attacked[0], "")
    sheet = openpyxl.load_workbook(io.BytesIO(made)).active
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value]
    said = {str(cell.value).replace("\xa0", " ") for cell in cells}
    assert set(HOSTILE) <= {text.replace("\u202f", " ") for text in said}
    assert "f" not in {cell.data_type for cell in cells}
    assert not any(cell.hyperlink for cell in cells)


def test_in_a_table_file_texts_are_no_formulas(attacked):
    for line in table({"content": attacked[0]}):
        assert not any(cell.startswith(("=", "@", "+", "-")) for cell in line.values())
