"""What a screen reader is told by the PDFs: their tag trees, read with pypdf.

The oracle is the page each PDF is made from: same headings, tables and
pictures, in the same order.
"""

import io
import itertools
import re

import pandas as pd
import pypdf
import pytest
from bs4 import BeautifulSoup
from compendium.render.paper_order import filled, of_pages, paper_order
from conftest import NOTEBOOKS

from ecrm_helpers.compendium.render import pdf
from ecrm_helpers.compendium.render.exporters import sections
from ecrm_helpers.compendium.render.paper import on_paper
from ecrm_helpers.printed import say
from ecrm_helpers.shown import tables as shown_tables

#: Headings that only paper has: of what stands before and after the text.
LISTS = {
    say(key, edition)
    for key in ("contents", "list_of_tables", "list_of_figures", "bibliography")
    for edition in ("fr", "en")
}
STEMS = [book.stem for book in NOTEBOOKS]


def tags(element):
    """Give every element of a structure tree, in the order of reading."""
    kids = element.get("/K", [])
    kids = kids.get_object()
    for kid in kids if isinstance(kids, list) else [kids]:
        kid = kid.get_object()
        if isinstance(kid, dict) and "/S" in kid:
            yield kid
            yield from tags(kid)


def named(elements, *names):
    return [tag for tag in elements if tag["/S"] in names]


def plain(text):
    return re.sub(r"\s+", " ", text).strip()


@pytest.fixture(scope="module", params=["fr", "en"])
def edition(request):
    return request.param


@pytest.fixture(scope="module", params=["chapter", "reviewer-report", *STEMS])
def pair(request, index, edition):
    """Give a PDF, and the pages it is made from."""
    home = index(edition).parent
    every = [*STEMS, "errata", "dictionary"]
    stems = every if request.param == "chapter" else [request.param]
    folder = "" if request.param == "reviewer-report" else "html"
    pdf = home / ("" if not folder else "pdf") / f"{request.param}.pdf"
    texts = [(home / folder / f"{s}.html").read_text("utf-8") for s in stems]
    pages = paper_order([BeautifulSoup(text, "html.parser").main for text in texts])
    return pypdf.PdfReader(pdf), pages


@pytest.fixture(scope="module")
def tree(pair):
    return list(tags(pair[0].root_object["/StructTreeRoot"]))


def test_a_list_of_tables_gives_the_first_sentence_of_a_caption():
    shown = shown_tables.table(
        pd.DataFrame({"M": [1]}), "t", "Un titre. Le reste suit", "fr"
    )
    paper = on_paper([sections("T", [("S", shown.html)], "fr", lead="1")])
    made = io.BytesIO(pdf.from_paper(paper, title="T", subtitle="", author=""))
    pages = [plain(page.extract_text()) for page in pypdf.PdfReader(made).pages]
    (listed,) = (text for text in pages if "Liste des tableaux" in text)
    assert "Un titre." in listed
    assert "Le reste" not in listed
    assert "Un titre. Le reste suit" in pages[-1]


def test_the_pdf_is_tagged_and_says_its_language(pair, edition):
    root = pair[0].root_object
    assert root["/Lang"] == edition
    assert root["/MarkInfo"]["/Marked"]


def test_headings_are_those_of_the_pages_and_skip_no_level(pair, tree):
    found = named(tree, *(f"/H{level}" for level in range(1, 7)))
    levels = [int(tag["/S"][2:]) for tag in found]
    assert levels[0] == 1
    steps = itertools.pairwise(levels)
    assert all(later <= earlier + 1 for earlier, later in steps)
    wanted = [
        (int(heading.name[1]), plain(heading.get_text()))
        for page in pair[1]
        for heading in page.select("h1, h2, h3")
    ]
    told = [(level, plain(tag["/T"])) for level, tag in zip(levels, found, strict=True)]
    own = [entry for entry in told if entry[1] not in LISTS]
    assert of_pages(own, pair[1]) == wanted


def test_every_table_has_a_caption_and_a_row_of_header_cells(pair, tree):
    tables = named(tree, "/Table")
    shown = [table for page in pair[1] for table in page.find_all("table")]
    assert len(tables) in (len(shown), len(shown) + 1)  # a chapter's summary has one
    for table, source in itertools.zip_longest(tables[::-1], shown[::-1]):
        parts = list(tags(table))
        # Of a table that goes over a page, the caption is what is read before it.
        before = tree[: tree.index(table)]
        near = named(parts, "/Caption") or named(before, "/Caption", "/P", "/TD")[-1:]
        if source is None or source.caption:  # a decision has none
            assert [tag["/S"] for tag in near] == ["/Caption"]
        (head,) = named(parts, "/THead")
        cells = named(tags(head), "/TH", "/TD")
        assert cells
        for cell in cells:
            attributes = {k: v for part in cell["/A"] for k, v in part.items()}
            assert cell["/S"] == "/TH"
            assert attributes["/Scope"] == "/Column"


def test_every_picture_has_the_alternative_of_the_page(pair, tree):
    wanted = [plain(i["alt"]) for page in pair[1] for i in page.find_all("img")]
    pictures = [tag for tag in named(tree, "/Figure") if "/Alt" in tag]
    assert len(pictures) == len(wanted)
    assert [plain(tag["/Alt"]) for tag in pictures] == wanted
    bare = [tag for tag in named(tree, "/Figure") if "/Alt" not in tag]
    # A figure without a text of its own only frames one that has it.
    assert all(named(tags(tag), "/Figure", "/Table") for tag in bare)


def test_every_formula_has_an_alternative(tree):
    assert all(tag.get("/Alt") for tag in named(tree, "/Formula"))


@pytest.mark.needs("pdftoppm", "poppler-utils")
def test_the_chapter_wastes_no_page(index, edition):
    shares = filled(index(edition).parent / "pdf/chapter.pdf")[1:-1]
    assert min(shares) > 0.2
    assert sum(share < 0.4 for share in shares) < 3 * len(shares) / 50
