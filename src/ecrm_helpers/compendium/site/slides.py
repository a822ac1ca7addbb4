"""A lecture from the pages: what cells tagged ``slide`` show, a slide for each picture.

Nothing is said that the pages do not say: figures, tables, decisions and
sentences are taken from them as they stand, with their numbers.
"""

import json
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup, Tag

from ecrm_helpers.compendium.render import pdf
from ecrm_helpers.compendium.render.exporters import sections
from ecrm_helpers.compendium.render.paper import on_paper, opened
from ecrm_helpers.compendium.render.record import read_page
from ecrm_helpers.compendium.site.finding import decided, summary
from ecrm_helpers.printed import Edition, Wrong, say

#: So many pictures of one cell are shown: a questionnaire may have fifty questions.
_MOST = 2

#: What fills a slide; sentences go with what follows them.
_PICTURES = {"figure", "table", "div"}


def slides(home: Path, edition: Edition) -> dict[str, bytes]:
    """Make the slides of an edition whose pages are made.

    Parameters
    ----------
    home : path
        The edition's folder, ``output/<edition>``.
    edition : {"fr", "en"}
        Its language.

    Returns
    -------
    dict of {"slides.html", "slides.pdf"} to bytes

    Raises
    ------
    Wrong
        The pages are not there.
    """
    index = home / "index.html"
    if not index.exists():
        raise Wrong("slides_no_pages", folder=home, which=edition)
    (front,) = opened([index.read_text(encoding="utf-8")])
    books = sorted((home / "executed").glob("[0-9]*.ipynb"))
    records = [read_page(home, book.stem) for book in books]
    found = [(say("hypotheses", edition), summary(records, edition))]
    found = found if decided(records) else []
    for book in books:
        text = (home / f"html/{book.stem}.html").read_text(encoding="utf-8")
        found += _of_page(opened([text])[0], json.loads(book.read_text("utf-8")))
    page = sections(
        front.h1.get_text() if front.h1 else "",
        [
            ("", f'<section class="slide"><h2>{escape(head)}</h2>{rest}</section>')
            for head, rest in found
        ],
        edition,
        intro=[say("slides_from", edition)],
        synthetic=any(record.synthetic for record in records),
    )
    for strip in page.select(".strip"):  # the table of the second slide says it
        strip.decompose()
    html = str(page).encode()
    for section in page.select("section.slide"):  # on paper its heading opens it
        section.unwrap()
    paper = pdf.from_paper(on_paper([page], cited=False), slides="true")
    return {"slides.html": html, "slides.pdf": paper}


def _of_page(page: BeautifulSoup, book: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Give heading and content of each slide of a page: one for each picture."""
    heading = said = ""
    full = False
    for part in _tagged(page, book):
        over = part.find_previous(["h1", "h2", "h3"])
        under = over.get_text() if over else ""
        picture = part.name in _PICTURES
        if said and (under != heading or (picture and full)):
            yield heading, said
            said, full = "", False
        heading, said, full = under, said + _bare(part), full or picture
    if said:
        yield heading, said


def _tagged(page: BeautifulSoup, book: dict[str, Any]) -> Iterator[Tag]:
    """Give what tagged cells show: figures, or a table where there is none."""
    for cell in book["cells"]:
        if "slide" not in cell["metadata"].get("tags", ()):
            continue
        pieces = [output.get("metadata", {}).get("ecrm") for output in cell["outputs"]]
        shown = [page.find(id=piece["id"]) for piece in pieces if piece]
        parts = [part for part in shown if isinstance(part, Tag) and part.name != "h3"]
        figures = [part for part in parts if part.name == "figure"]
        pictures = figures or [part for part in parts if part.name in _PICTURES]
        last = pictures[:_MOST][-1:]
        for part in parts:
            if part in pictures or part.name not in _PICTURES:
                yield part
            if [part] == last and len(pictures) > _MOST:
                break


def _bare(part: Tag) -> str:
    """Write a part without what is folded in it, and without links to its page."""
    for link in part.select("a"):
        link.unwrap()
    for fold in part.select("details"):
        fold.decompose()
    return str(part)
