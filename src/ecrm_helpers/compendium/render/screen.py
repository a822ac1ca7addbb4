"""How a page stands on a screen: verdict first, rows that fit, specialists' folds.

The same page goes on paper; there the folds of code fall away, and what is folded
for a specialist stands in an annex (`paper`).
"""

import re
from collections.abc import Callable, Iterator, Sequence
from html import escape
from itertools import takewhile

from bs4 import BeautifulSoup, Tag

from ecrm_helpers.printed import Edition, joined, label_of, say
from ecrm_helpers.shown.piece import badge

#: How a badge is coloured, by the answer it gives; every other one is quiet.
TONE = dict.fromkeys(("supported", "tested"), "yes") | dict.fromkeys(
    ("not_supported", "opposite", "other_order", "not_tested"), "no"
)

#: Letters that a table may have side by side: on a telephone, beside contents, and
#: without them.
_NARROW, _BROAD, _TOO_BROAD = 34, 78, 125
#: Letters of a cell that is no sentence: rows of others stand as blocks there.
_SHORT = 14
_HEADS = ("h1", "h2", "h3")


def arrange(
    page: BeautifulSoup, main: Tag, edition: Edition, annex: Sequence[str] = ()
) -> None:
    """Arrange a finished page for a screen.

    Parameters
    ----------
    annex : sequence of str
        What serves a specialist: ids of tables and figures, and of cells of prose,
        without their language, whose whole section does.
    """
    _put_strip(main, edition)
    for table in main.find_all("table"):
        _fit(page, table)
    _gather_code(page, main, edition)
    for name in annex:
        _fold(page, main, name, edition)
    for part in main.select(".annex"):
        _wrap(page, [part], edition)
    for cell in main.select("[data-cell]"):
        cell.unwrap()


def badges(thesis: str, association: str, worded: str, edition: Edition) -> str:
    """Write the verdicts on a hypothesis: the thesis's, if any, and both of ours."""
    told = (
        []
        if thesis == "none"
        else [say("of_thesis", edition, said=say(thesis, edition))]
    )
    told = [badge(text) for text in told]
    told += [
        badge(say(key, edition), TONE.get(key, "")) for key in (association, worded)
    ]
    return f'<p class="verdicts">{" ".join(told)}</p>'


def _put_strip(main: Tag, edition: Edition) -> None:
    """Say at the head of a page what it decides, on which number, and the limit.

    A page that decides nothing begins with how its values agree.
    """
    head = main.find("h1")
    decisions = main.select(".decision[data-association]")
    strips = [_strip(decision, edition) for decision in decisions]
    for counted in main.select("p:has(+ ul.findings)") if not strips else ():
        strips.append(f'<div class="strip">{counted}</div>')
    if isinstance(head, Tag):
        for strip in reversed(strips):
            head.insert_after(BeautifulSoup(strip, "html.parser"))


def _strip(decision: Tag, edition: Edition) -> str:
    claim, reason = (
        decision.select_one(f"[data-of={of}]") for of in ("the_claim", "as_worded")
    )
    thesis, association, worded = (
        str(decision[f"data-{of}"]) for of in ("thesis", "association", "worded")
    )
    said = escape(claim.get_text()) if claim else ""
    name = label_of(str(decision["id"]))
    return (
        f'<div class="strip"><p><strong>{name}.</strong> {said}</p>'
        f'<p class="big">{escape(str(decision["data-number"]))}</p>'
        f"{badges(thesis, association, worded, edition)}"
        f"<p>{escape(limit(reason))}</p></div>"
    )


def limit(reason: Tag | None) -> str:
    """Take from a decision why its variables do not test the hypothesis."""
    text = reason.get_text() if reason else ""
    said = re.split(r"\s?: ", text, maxsplit=1)[-1]
    return f"{said[:1].upper()}{said[1:]}." if said else ""


def _fit(page: BeautifulSoup, table: Tag) -> None:
    """Label the cells, so that rows can stand as blocks; let the widest scroll."""
    heads = _heads(table)
    rows = table.select("tbody tr")
    for row in rows:
        cells = row.find_all("td", recursive=False)
        for cell, head in zip(reversed(cells), reversed(heads), strict=False):
            if head and len(cells) > 1:  # one value needs no label
                cell["data-label"] = head
            if cell.find(True):
                cell.append(_filled(page, "span", list(cell.contents)))
    width = sum(_widths(rows, lambda text: min(len(text), 24)))
    words = sum(_widths(table.select("tr"), lambda text: max(map(len, text.split()))))
    known = [name for name in table.get_attribute_list("class") if name]
    long = any(len(cell.get_text()) > _SHORT for cell in table.select("tbody td"))
    if long or words > _NARROW or table.select_one("[rowspan]"):
        known.append("stack")
    table["class"] = [*known, *(["broad"] if width > _BROAD else [])]
    frame = page.new_tag("div", attrs={"class": "scroll"})
    if width > _TOO_BROAD and table.caption:
        named = {"tabindex": "0", "role": "region"}
        frame.attrs |= named | {"aria-label": table.caption.get_text()}
    table.wrap(frame)


def _filled(page: BeautifulSoup, name: str, contents: Sequence[object]) -> Tag:
    made = page.new_tag(name)
    made.extend(contents)  # type: ignore[arg-type]
    return made


def _heads(table: Tag) -> list[str]:
    """Name each column, the labels of several levels after one another."""
    levels = []
    for row in table.select("thead tr"):
        level: list[str] = []
        for cell in row.find_all(["td", "th"]):
            level += [cell.get_text()] * int(str(cell.get("colspan", 1)))
        levels.append(level)
    width = max((len(level) for level in levels), default=0)
    filled = [[""] * (width - len(level)) + level for level in levels]
    return [
        ", ".join(dict.fromkeys(filter(None, c))) for c in zip(*filled, strict=True)
    ]


def _widths(rows: Sequence[Tag], broken: Callable[[str], int]) -> list[int]:
    """Give the letters that each column asks for, `broken` those of words."""
    columns: list[int] = []
    for row in rows:
        cells = row.find_all(["th", "td"])
        for place, cell in enumerate(cells):
            text = cell.get_text().replace("\N{NO-BREAK SPACE}", "_")
            wordy = cell.name == "th" or "words" in cell.get_attribute_list("class")
            wide = broken(text) if wordy and text.strip() else len(text)
            columns += [0] * (place + 1 - len(columns))
            columns[place] = max(columns[place], wide + 3)
    return columns


def _gather_code(page: BeautifulSoup, main: Tag, edition: Edition) -> None:
    """Fold the code of each section into one, at the section's end."""
    sections: list[list[Tag]] = [[]]
    ends: list[Tag | None] = []
    for part in main.find_all(["h2", "div"]):
        if part.name == "h2":
            ends.append(part.find_parent(attrs={"data-cell": True}) or part)
            sections.append([])
        elif "listing" in part.get_attribute_list("class"):
            sections[-1].append(part)
    for listings, end in zip(sections, [*ends, None], strict=True):
        if not listings:
            continue
        fold = page.new_tag("details", attrs={"class": "code"})
        told = say("code_of_section", edition, k=len(listings))
        fold.append(page.new_tag("summary", string=told))
        if end is None:
            main.append(fold)
        else:
            end.insert_before(fold)
        fold.extend(listing.extract() for listing in listings)


def _fold(page: BeautifulSoup, main: Tag, name: str, edition: Edition) -> None:
    """Fold a table or a figure; or what a section holds, its first words apart."""
    part = main.find(id=name)
    if isinstance(part, Tag) and part.name == "p":  # what there is none of
        return
    if isinstance(part, Tag):
        part["class"] = [*filter(None, part.get_attribute_list("class")), "annex"]
        return
    cell = main.find(attrs={"data-cell": f"{name}-{edition}"})
    head = cell.find(_HEADS) if isinstance(cell, Tag) else None
    if isinstance(cell, Tag) and isinstance(head, Tag):
        _wrap(page, list(_held(cell, head.name)), edition)


def _held(cell: Tag, level: str) -> Iterator[Tag]:
    """Give what follows a heading's cell up to the next heading as high, code apart."""

    def within(part: Tag) -> bool:
        head = part if part.name in _HEADS else part.find(_HEADS)
        return not (isinstance(head, Tag) and head.name <= level)

    following = (part for part in cell.next_siblings if isinstance(part, Tag))
    for part in takewhile(within, following):
        if "code" not in part.get_attribute_list("class"):
            yield part


def _wrap(page: BeautifulSoup, parts: Sequence[Tag], edition: Edition) -> None:
    """Fold parts of a page under a line that names the tables and figures in them."""
    if not parts or parts[0].find_parent("details"):
        return
    labels = [
        label.get_text().strip(" .\N{NO-BREAK SPACE}")
        for part in parts
        for label in part.select(".number")
    ]
    labels += [str(part["data-what"]) for part in parts if part.has_attr("data-what")]
    named = joined(labels, edition) or say("more", edition)
    fold = page.new_tag("details", attrs={"class": "more"})
    fold.append(page.new_tag("summary", string=say("show", edition, what=named)))
    parts[0].insert_before(fold)
    fold.extend(part.extract() for part in parts)
