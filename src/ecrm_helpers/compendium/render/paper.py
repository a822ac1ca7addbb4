"""From HTML pages to what goes on paper, and by pandoc to any format of paper.

Code and scroll frames stay on the screen; what is folded there for specialists
stands in an annex. Ids are made unique over all pages,
so that every reference leads somewhere in a whole chapter too. Works that the
text mentions get a footnote and a place in the bibliography.
"""

import datetime
import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import cast

from bs4 import BeautifulSoup, NavigableString, Tag

from ecrm_helpers import programs
from ecrm_helpers.compendium.render.pictures import picture_of
from ecrm_helpers.printed import Edition, Failed, say, typeset

#: The date of this version of the compendium (CITATION.cff), for formats that
#: ask for one, so that two runs give the same bytes.
RELEASED = datetime.date(2026, 11, 23)

TEMPLATES = Path(__file__).resolve().parent / "templates"
_REFERENCES = TEMPLATES / "references.json"

#: Where no footnote goes.
_NO_NOTE = ["table", "h1", "h2", "h3", "a", "figure", "pre", "math"]


class PaperError(Failed):
    """A page could not be set; the message says by which program and why."""


@dataclass(frozen=True)
class Paper:
    """What of some pages belongs on paper, read once for every format.

    `html` holds the bodies of the pages, and a bibliography where they mention
    works, as pandoc reads them, with drawings as files (SVG) under the names of
    `drawings`; `title` and `edition` are those of the first page.
    """

    html: str
    drawings: Mapping[str, bytes]
    edition: Edition
    title: str
    band: str

    def running(self, title: str) -> str:
        """Write the head of each page: the title, and the band if a page has one."""
        return " – ".join(filter(None, [title, self.band]))


def opened(pages: Iterable[str]) -> list[BeautifulSoup]:
    """Read pages back."""
    return [BeautifulSoup(page, "html.parser") for page in pages]


def on_paper(pages: Sequence[BeautifulSoup], *, cited: bool = True) -> Paper:
    """Take what of some pages belongs on paper, with a bibliography.

    Parameters
    ----------
    pages : sequence of BeautifulSoup
        Finished pages; they stay as they are.
    cited : bool
        Whether works that the text mentions get a footnote and a bibliography.

    Returns
    -------
    Paper
        Ids begin with the page's place, such as ``p1-tab-q1``.
    """
    first = pages[0]
    assert isinstance(first.html, Tag)
    assert first.title is not None
    edition = cast(Edition, str(first.html["lang"]))
    parts = [_printed(page, f"p{place}-") for place, page in enumerate(pages, 1)]
    annex = _annex(pages, parts, edition)
    parts += [annex] if annex else []
    texts = [list(part.find_all(string=True)) for part in parts]
    mentioned = read_works() if cited else ()
    works = [work for work in mentioned if _cite(texts, work, edition)]
    if works:
        parts.append(_bibliography(works, 1 if len(parts) > 1 else 2, edition))
    bands = filter(None, (page.select_one(".band") for page in pages))
    band = next((band.get_text() for band in bands), "")
    drawings = {}
    for image in (image for part in parts for image in part.find_all("img")):
        kind, picture = picture_of(image)
        if kind == "svg":
            image["src"] = f"{hashlib.sha256(picture).hexdigest()}.svg"
            drawings[str(image["src"])] = picture
    html = "\n".join(part.decode_contents() for part in parts)
    return Paper(html, drawings, edition, first.title.get_text(), band)


def _annex(
    pages: Sequence[BeautifulSoup], parts: Sequence[Tag], edition: Edition
) -> Tag | None:
    """Move what is folded on the screen to an annex, and say so where it stood."""
    annex, level = Tag(name="div"), 1 if len(parts) > 1 else 2
    for place, (page, part) in enumerate(zip(pages, parts, strict=True), 1):
        folds = part.select("details.more")
        if folds and level == 1:
            head = Tag(name="h2", attrs={"id": f"annex-{place}"})
            head.string = page.h1.get_text() if page.h1 else ""
            annex.append(head)
        for fold in folds:
            summary = fold.find("summary")
            assert isinstance(summary, Tag)  # every fold has one
            see = Tag(name="p", attrs={"class": "see"})
            what = summary.get_text().partition(":")[2].strip()
            see.string = typeset(say("in_annex", edition, what=what), edition)
            summary.decompose()
            fold.insert_before(see)
            annex.append(fold.extract())
    for fold in annex.select("details"):
        fold.unwrap()
    if not annex.contents:
        return None
    title = Tag(name=f"h{level}", attrs={"id": "annex"})
    title.string = say("annex", edition)
    annex.insert(0, title)
    return annex


def _bibliography(works: Iterable[str], level: int, edition: Edition) -> Tag:
    title = f'<h{level} id="bibliography">{say("bibliography", edition)}</h{level}>'
    ids = "".join(f'<span class="citation" data-cites="{w}"></span>' for w in works)
    end = f'{title}<div id="refs"></div><div class="nocite">{ids}</div>'
    return BeautifulSoup(end, "html.parser")


def lists(edition: Edition) -> dict[str, str]:
    """Give the headings of the lists before the text, each under what it lists."""
    return {
        "contents": say("contents", edition),
        "tables": say("list_of_tables", edition),
        "figures": say("list_of_figures", edition),
    }


def _printed(page: BeautifulSoup, prefix: str) -> Tag:
    """Copy what belongs on paper, under ids that no other page has."""
    main = copy(page.main)
    assert isinstance(main, Tag)
    folds = [fold for fold in _classed(main, "code") if fold.name == "details"]
    for code in (*folds, *_classed(main, "screen"), *main.find_all("nav")):
        code.decompose()
    for fold in _classed(main, "more"):
        if len(fold.find_all(True, recursive=False)) < 2:  # it was for the screen
            fold.decompose()
    for frame in _classed(main, "scroll"):
        frame.unwrap()
    for badge in _classed(main, "badge"):  # what colour parts on a screen
        if badge.find_next_sibling() or badge.find_parent("li"):
            badge.append(" –" if badge.find_parent("li") else " ;")
    for count, heading in enumerate(main.find_all(["h1", "h2", "h3"])):
        heading["id"] = heading.get("id") or f"heading-{count}"
    named = [part for part in main.find_all(True) if part.has_attr("id")]
    for part in named:
        part["id"] = f"{prefix}{part['id']}"
    there = {part["id"] for part in named}
    for link in main.find_all("a", href=re.compile("^#")):
        target = f"{prefix}{link.get('data-shown') or str(link['href'])[1:]}"
        link["href"] = f"#{target}"
        if target not in there:
            link.unwrap()
    for shown in main.find_all(attrs={"data-number": True}):
        for number in _classed(shown, "number")[:1]:
            number["data-bookmark"] = shown["id"]
        if shown.table is not None:
            shown.table["id"] = shown.attrs.pop("id")
    return main


def _classed(main: Tag, name: str) -> list[Tag]:
    return [part for part in main.find_all(True) if name in part.get("class", ())]


@cache
def read_works() -> dict[str, dict[str, object]]:
    """Read the works that may be cited (CSL-JSON), each under its id."""
    works = json.loads(_REFERENCES.read_text(encoding="utf-8"))
    return {work["id"]: work for work in works}


def _cite(pages: Iterable[list[NavigableString]], work: str, edition: Edition) -> bool:
    """Put a footnote to a work where each page mentions it first, if any does."""
    mention = re.compile(str(read_works()[work][f"_mention_{edition}"]))
    found = False
    for texts in pages:
        for place, text in enumerate(texts):
            mentioned = mention.search(text)
            found = found or bool(mentioned)
            # The thesis stands in the bibliography alone.
            if not mentioned or work == "thesis" or text.find_parent(_NO_NOTE):
                continue
            note = Tag(name="span", attrs={"class": "citation", "data-cites": work})
            end = mentioned.end()
            texts[place : place + 1] = map(NavigableString, (text[:end], text[end:]))
            text.replace_with(texts[place], note, texts[place + 1])
            break
    return found


def pandoc(
    html: str, to: str, *options: str, edition: Edition, folder: str | None = None
) -> bytes:
    """Write HTML in another format, by pandoc with this package's filters.

    Parameters
    ----------
    html : str
        HTML, as a `Paper` has it.
    to : {"typst", "latex", "docx"}
        The format.
    *options : str
        More of pandoc's options.
    folder : str, optional
        Where pictures go that the format wants as files.

    Returns
    -------
    bytes

    Raises
    ------
    PaperError
        pandoc refuses the page.
    """
    midnight = datetime.datetime.combine(RELEASED, datetime.time(), datetime.UTC)
    asked = [
        "--from=html",
        f"--to={to}{'-smart' * (to == 'typst')}",  # the page's own marks
        "--wrap=none",
        f"--metadata=lang:{say('locale', edition)}",
        *(f"--lua-filter={TEMPLATES / name}.lua" for name in ("tables", "citations")),
        *("--citeproc", f"--bibliography={_REFERENCES}", f"--csl={TEMPLATES}/note.csl"),
        f"--lua-filter={TEMPLATES / to}.lua",
        "--output=-",
        *options,
    ]
    epoch = int(midnight.timestamp())
    done = programs.pandoc(asked, html.encode(), folder=folder, epoch=epoch)
    if done.returncode:
        raise PaperError("pandoc_refuses", why=done.stderr.decode().strip())
    return done.stdout
