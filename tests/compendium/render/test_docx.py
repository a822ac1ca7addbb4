"""Word files as Word, a reader and LibreOffice find them.

The oracles are the page each file is made from, pandoc reading the file back,
and LibreOffice opening it.
"""

import io
import re
import shutil
import subprocess
import zipfile

import pypandoc
import pypdf
import pytest
from bs4 import BeautifulSoup
from compendium.render.paper_order import filled, of_pages, paper_order
from conftest import NOTEBOOKS, ROOT

from ecrm_helpers.compendium.render import docx
from ecrm_helpers.compendium.render.paper import RELEASED, on_paper, opened
from ecrm_helpers.printed import say

STEMS = [book.stem for book in NOTEBOOKS]


@pytest.fixture(scope="module", params=["fr", "en"])
def edition(request):
    return request.param


@pytest.fixture(scope="module", params=["chapter", "errata", "dictionary", *STEMS])
def pair(request, index, edition):
    """Give the parts of a Word file, and the pages it is made from."""
    home = index(edition).parent
    stems = [*STEMS, "errata", "dictionary"]
    stems = stems if request.param == "chapter" else [request.param]
    texts = [(home / f"html/{stem}.html").read_text("utf-8") for stem in stems]
    pages = paper_order([BeautifulSoup(text, "html.parser").main for text in texts])
    path = home / f"docx/{request.param}.docx"
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    return path, parts, pages


def xml(pair, name="document"):
    return BeautifulSoup(pair[1][f"word/{name}.xml"], "xml")


@pytest.fixture(scope="module")
def document(pair):
    """Give the text of a Word file, read once for all that look at it."""
    return xml(pair)


def plain(text):
    return re.sub(r"\s+", " ", text).strip()


def words(paragraph):
    """Give what a reader sees: the codes of fields are no text."""
    codes = {id(text) for code in paragraph.find_all("instrText") for text in code}
    return plain("".join(t for t in paragraph.strings if id(t) not in codes))


def styled(document, *names):
    found = (p for p in document.find_all("p") if p.pStyle)
    return [words(p) for p in found if p.pStyle["w:val"] in names]


def test_captions_are_those_of_the_pages_with_a_field_that_word_can_list(
    pair, document
):
    for selector, style in (
        ("caption", "TableCaption"),
        ("figcaption", "ImageCaption"),
    ):
        wanted = [plain(c.get_text()) for p in pair[2] for c in p.select(selector)]
        told = [p for p in document.find_all("p") if p.pStyle]
        told = [p for p in told if p.pStyle["w:val"] == style]
        told = [p for p in told if " S." not in words(p)]  # of the summary
        codes = [p.instrText.get_text() for p in told]
        assert [words(p) for p in told] == wanted
        for caption, code in zip(wanted, codes, strict=True):
            label, number = re.match(r"(\w+) \w+\.(\d+)\.", caption).groups()
            assert code.split() == ["SEQ", label, "\\*", "ARABIC", "\\r", number]


def test_tables_are_words_own_with_repeated_header_rows(pair, document):
    tables = document.find_all("tbl")[pair[0].stem == "chapter" :]  # summary first
    wanted = [table for page in pair[2] for table in page.find_all("table")]
    assert len(tables) == len(wanted)
    for table, shown in zip(tables, wanted, strict=True):
        heads = [row for row in table.find_all("tr") if row.find("tblHeader")]
        decides = "decision" in shown.get("class", ())  # its first line heads it
        assert len(heads) == (1 if decides else len(shown.select("thead tr")))
        assert len(table.find_all("tr")) == len(shown.find_all("tr"))


def test_no_row_breaks_and_a_short_table_stays_with_its_note(document):
    for table in document.find_all("tbl"):
        rows = table.find_all("tr")
        assert all(row.find("cantSplit") for row in rows)
        if len(rows) <= 12:
            assert all(p.find("keepNext") for p in table.find_all("p"))


def test_pictures_have_the_alternative_of_the_page_and_are_sharp(pair, document):
    told = [plain(p["descr"]) for p in document.find_all("docPr")]
    assert told == [plain(i["alt"]) for p in pair[2] for i in p.find_all("img")]
    pictures = {n for n in pair[1] if n.startswith("word/media/")}
    assert all(name.endswith(".png") for name in pictures)
    assert bool(pictures) == bool(told)


def test_lists_come_first_and_lead_to_what_they_name(document, edition):
    codes = [code.get_text().strip() for code in document.find_all("instrText")]
    assert codes[0] == 'TOC \\o "1-2" \\h \\z \\u'
    label = say("numbered_table", edition, number="").split()[0]
    assert f"TOC \\h \\z \\c {label}" in codes
    marks = [mark["w:name"] for mark in document.find_all("bookmarkStart")]
    assert len(set(marks)) == len(marks)
    links = [link for link in document.find_all("hyperlink") if link.get("w:anchor")]
    assert {link["w:anchor"] for link in links} <= set(marks)
    listed = styled(document, "TableofFigures")
    assert listed == styled(document, "TableCaption") + styled(document, "ImageCaption")


def test_language_title_header_and_page_number_are_there(pair, edition):
    language = {"fr": "fr-FR", "en": "en-GB"}[edition]
    assert xml(pair, "styles").find("lang")["w:val"] == language
    title = BeautifulSoup(pair[1]["docProps/core.xml"], "xml").title.get_text()
    assert title
    assert xml(pair, "header1").get_text() == title
    assert not any(str(ROOT).encode() in content for content in pair[1].values())
    assert "PAGE" in xml(pair, "footer1").find("fldSimple")["w:instr"]


def test_pandoc_reads_headings_and_notes_back(pair):
    text = pypandoc.convert_file(str(pair[0]), "html", format="docx")
    back = BeautifulSoup(text, "html.parser")
    wanted = [plain(h.get_text()) for p in pair[2] for h in p.select("h1, h2, h3")]
    heads = [(int(h.name[1]), plain(h.get_text())) for h in back.select("h1, h2, h3")]
    told = [text for _, text in of_pages(heads, pair[2])]
    assert told[: len(wanted)] == wanted
    works = [note.get_text() for note in back.select(".footnotes li, #footnotes li")]
    assert all(re.search(r"\d{4}", work) for work in works)
    assert back.get_text().count("Ait El Hadi") <= 1  # in the bibliography


def test_the_same_pages_give_the_same_bytes():
    page = '<html lang="en"><title>T</title><main><h1>T</h1><p>x</p></main></html>'
    made = docx.from_paper(on_paper(opened([page])))
    assert made == docx.from_paper(on_paper(opened([page])))
    with zipfile.ZipFile(io.BytesIO(made)) as book:
        dates = {entry.date_time[:3] for entry in book.infolist()}
        core = book.read("docProps/core.xml").decode()
    assert dates == {RELEASED.timetuple()[:3]}
    assert core.count(RELEASED.isoformat()) == 2


@pytest.fixture(scope="module")
def printed(index, tmp_path_factory):
    """Print the chapter of both editions with LibreOffice; give the folder."""
    place = tmp_path_factory.mktemp("printed")
    command = ["soffice", f"-env:UserInstallation=file://{place}/profile"]
    command += ["--headless", "--convert-to", "pdf", "--outdir", str(place)]
    for edition in ("fr", "en"):
        chapter = index(edition).parent / "docx/chapter.docx"
        command += [str(shutil.copy(chapter, place / f"{edition}.docx"))]
    subprocess.run(command, check=True, capture_output=True)
    return place


@pytest.mark.needs("soffice", "libreoffice-writer")
def test_libreoffice_opens_the_chapter(printed, edition):
    pages = pypdf.PdfReader(printed / f"{edition}.pdf").pages
    assert len(pages) > 20
    shapes = {page.mediabox.width > page.mediabox.height for page in pages}
    assert shapes == {True, False}  # wide tables go across the page
    text = plain(pages[1].extract_text() + pages[2].extract_text())
    assert say("list_of_tables", edition) in text


@pytest.mark.needs("pdftoppm", "poppler-utils")
@pytest.mark.needs("soffice", "libreoffice-writer")
def test_no_page_is_wasted(printed, edition):
    shares = filled(printed / f"{edition}.pdf")[1:-1]
    assert min(shares) > 0.2
    assert sum(share < 0.4 for share in shares) < 3 * len(shares) / 50
