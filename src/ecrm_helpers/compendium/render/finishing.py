"""What a page's template cannot write: numbers, contents, scopes, links to cells."""

import re
from collections.abc import Mapping, Sequence
from html import escape

from bs4 import BeautifulSoup, NavigableString, Tag
from latex2mathml.converter import convert as mathml

from ecrm_helpers.compendium.render.screen import arrange
from ecrm_helpers.compendium.render.typography import set_page, texts
from ecrm_helpers.printed import Edition, say
from ecrm_helpers.shown.lab import NUMBERED

_MATH = re.compile(r"\$\$(.+?)\$\$|\$(\S(?:.*?\S)?)\$", re.DOTALL)

_DOI = re.compile(r"\bdoi:(10\.\d+/[\w./()-]*\w)")

#: Place of the recomputed value among the cells of a row of agreement.
RECOMPUTED = 3


def finish(
    html: str,
    edition: Edition,
    name: str,
    shown: Mapping[str, Sequence[str]] | None = None,
    *,
    synthetic: bool = False,
    annex: Sequence[str] = (),
) -> BeautifulSoup:
    """Give a page what its notebook does not hold: numbers, contents, scopes.

    Parameters
    ----------
    html : str
        The page as the template wrote it.
    edition : {"fr", "en"}
        Its language.
    name : str
        The notebook's name; its leading number, or one letter, numbers tables
        and figures; a number numbers its sections too.
    shown : mapping of str to sequence of str, optional
        For each table of agreement, the id of the table that shows each row.
    synthetic : bool
        Whether the page is made from synthetic data; a page whose answers say
        so need not be told.
    annex : sequence of str
        What is folded on a screen (`screen.arrange`).

    Returns
    -------
    BeautifulSoup
        Read once, here: its text is the page, and all that is made of the page
        is made from it.
    """
    page = BeautifulSoup(html, "html.parser")
    main = page.find("main")
    assert isinstance(main, Tag)  # the template writes it
    if synthetic or main.select_one(".notice.synthetic"):
        band = page.new_tag("div", attrs={"class": "band"})
        band.append(page.new_tag("p", string=say("synthetic_band", edition)))
        main.insert(0, band)
    heading = main.find("h1")
    if heading is not None and page.title is not None:
        page.title.string = heading.get_text()
    _write_formulas(main)
    _link_works(main)
    _number(main, edition, name)
    _refer(main)
    _link_values(main, shown or {})
    for cell in main.select("thead th, tr:first-child:not(tbody tr) th"):
        cell["scope"] = "colgroup" if int(str(cell.get("colspan", 1))) > 1 else "col"
    for cell in main.select("tbody th"):
        cell["scope"] = "rowgroup" if int(str(cell.get("rowspan", 1))) > 1 else "row"
    for cell in main.select("[valign]"):  # pandas's; HTML has it no more
        del cell["valign"]
    for empty in main.select("thead th:empty"):
        empty.name, empty.attrs = "td", {}
    for image in main.select("img:not([alt]), img[alt='']"):
        image["alt"] = say("no_alt", edition)
    arrange(page, main, edition, annex)
    _contents(page, main, edition)
    set_page(page, edition)
    page.smooth()  # texts in one piece, as a reader of the page finds them
    return page


def _write_formulas(main: Tag) -> None:
    """Write TeX between dollars as MathML, which browsers show by themselves.

    Only in prose: the cells of a table hold data, and a dollar there is a dollar.
    """
    for text in texts(main, _MATH):
        if text.find_parent("table"):
            continue
        whole, start, written = str(text), 0, ""
        for match in _MATH.finditer(whole):
            display = "block" if match[1] else "inline"
            written += escape(whole[start : match.start()])
            written += mathml(match[1] or match[2], display=display)
            start = match.end()
        written += escape(whole[start:])
        text.replace_with(BeautifulSoup(written, "html.parser"))


def _link_works(main: Tag) -> None:
    """Link a work's DOI to where it leads."""
    for text in texts(main, _DOI):
        linked = _DOI.sub(r'<a href="https://doi.org/\1">\g<0></a>', escape(text))
        text.replace_with(BeautifulSoup(linked, "html.parser"))


def _number(main: Tag, edition: Edition, name: str) -> None:
    """Give each table and each figure its number, after the notebook's own."""
    lead = re.match(r"0*(\d+|[A-Z]$)", name)
    for kind, selector in (("table", "caption"), ("figure", "figcaption")):
        bare = (c for c in main.select(selector) if not c.select_one(".number"))
        for place, caption in enumerate(bare, 1):
            number = f"{lead[1]}.{place}" if lead else str(place)
            shown = Tag(name="span", attrs={"class": "number"})
            said = say(NUMBERED[kind], edition, number=number)
            text = NavigableString(said.rstrip())
            shown.extend([text, said[len(text) :]])
            whole = caption.find_parent(["figure", "div"])
            if whole is not None:
                whole["data-number"] = number
            cell = _cell_of(caption)
            if cell:
                text.wrap(_link(f"#{cell}"))
            caption.insert(0, shown)
    if lead and lead[1].isdigit():
        _number_headings(main, lead[1])


def _refer(main: Tag) -> None:
    """Fill in the number where prose links to a table: ``[table](#tab-q1)``."""
    numbered = {x["id"]: x["data-number"] for x in main.select("[id][data-number]")}
    for link in main.select("a[href^='#']"):
        if number := numbered.get(str(link["href"])[1:]):
            link.append(f"\N{NO-BREAK SPACE}{number}")


def _cell_of(part: Tag) -> str:
    """Give the id of the code cell that a part of the page comes from."""
    before = (x for x in part.previous_elements if isinstance(x, Tag))
    return next((str(x["id"]) for x in before if "listing" in x.get("class", ())), "")


def _link(target: str) -> Tag:
    return Tag(name="a", attrs={"href": target})


def _number_headings(main: Tag, lead: str) -> None:
    """Write before each section its number, after the notebook's own."""
    section = part = 0
    for heading in main.select("h2, h3"):
        if heading.name == "h2":
            section, part = section + 1, 0
            heading.insert(0, f"{lead}.{section} ")
        else:
            part += 1
            heading.insert(0, f"{lead}.{section}.{part} ")


def _link_values(main: Tag, shown: Mapping[str, Sequence[str]]) -> None:
    """Link each recomputed value to the cell that made the table showing it.

    `shown` names, for each table of agreement, the table that shows each of
    its rows, or the table of agreement itself.
    """
    for name, tables in shown.items():
        rows = main.select(f"#{name} tbody tr")
        made = {table: main.find(id=table) for table in set(tables)}
        cells = {x: _cell_of(part) for x, part in made.items() if isinstance(part, Tag)}
        for row, table in zip(rows, tables, strict=False):  # no rows: not on the page
            cell = cells.get(table)
            value = row.find_all("td")[RECOMPUTED].string
            if cell and value and value.strip():
                link = _link(f"#{cell}")
                link["data-shown"] = table
                value.wrap(link)


def _contents(page: BeautifulSoup, main: Tag, edition: Edition) -> None:
    """List the second-level headings where the template left room, as a fold."""
    headings = main.find_all("h2")
    place = page.select_one("nav.contents")
    if place is None:
        return
    if len(headings) < 2 or main.select_one(".cards"):
        place.decompose()  # an index is its own contents
        return
    entries = page.new_tag("ol")
    for count, heading in enumerate(headings, 1):
        heading["id"] = f"section-{count}"
        link = page.new_tag("a", href=f"#section-{count}")
        link.string = heading.get_text()
        entry = page.new_tag("li")
        entry.append(link)
        entries.append(entry)
    fold = page.new_tag("details")
    fold.append(page.new_tag("summary", string=say("contents", edition)))
    fold.append(entries)
    place.append(fold)
