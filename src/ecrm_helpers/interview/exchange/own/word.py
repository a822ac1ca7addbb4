"""A Word document as lines of text, with its comments where they stand.

pandoc collapses blanks and knows neither replies nor comments at a point, so
the parts are read here. What is deleted by a tracked change is not there.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from xml.etree.ElementTree import Element

from ecrm_helpers.files import content
from ecrm_helpers.interview.anchors import normal
from ecrm_helpers.interview.exchange.archives import members, sound
from ecrm_helpers.interview.tables import InterviewError

_SKIPPED = {"del", "moveFrom", "Fallback", "instrText", "pPr", "rPr", "tblPr", "trPr"}
_SKIPPED |= {"tcPr", "sectPr", "txbxContent", "annotationRef"}
#: How an older Word document, or one with a password, begins, and one in RTF.
_OLD = (b"\xd0\xcf\x11\xe0", b"{\\rtf")
_SIGNS = {"tab": "\t", "noBreakHyphen": "-"}
_OFF = ("0", "false", "off")
_PLAIN = ("", "none", "auto", "white", "FFFFFF")

#: A line by its number, and a place in it.
Place = tuple[int, int]


@dataclass(frozen=True)
class Line:
    """A line of text: whether all of it is bold, and its cell in a table.

    `cell` is the table's number, the row's and the column's, from 0.
    """

    text: str
    bold: bool = False
    cell: tuple[int, int, int] | None = None


@dataclass(frozen=True)
class Comment:
    """A comment: its lines, what it stands at, and the comment it replies to.

    `start` is None where no place is marked; it equals `end` at a point.
    """

    author: str
    date: str
    lines: tuple[str, ...]
    start: Place | None = None
    end: Place | None = None
    reply_to: str = ""


@dataclass(frozen=True)
class Written:
    """A document's lines, its comments by id, and what stands beside its text.

    `notes` are foot- and endnotes and boxes of text. `tables` has each table's
    rows; of each, the numbers of the lines in a column: those of a merged cell
    stand in each of its rows and columns. `coloured` are the places in a line
    that a marker or a shade colours.
    """

    lines: tuple[Line, ...]
    comments: dict[str, Comment] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    tables: tuple[list[dict[int, list[int]]], ...] = ()
    coloured: tuple[tuple[int, int, int, str], ...] = ()


def read_word(path: Path) -> Written:
    """Read a ``.docx`` file.

    Raises
    ------
    FileError
        It is no sound archive.
    InterviewError
        It is no Word document.
    """
    if content(path).startswith(_OLD):
        raise InterviewError("word_old", path=path)
    inside = {
        name: sound(raw, f"{path}: {name}")
        for name, raw in members(path, _wanted).items()
    }
    if "word/document.xml" not in inside:
        raise InterviewError("word_unsound", path=path)
    walk = _Walk()
    walk.through(inside["word/document.xml"])
    beside = [("document", "txbxContent")]
    beside += [(f"{kind}s", kind) for kind in ("footnote", "endnote")]
    notes = dict.fromkeys(
        text
        for part, kind in beside
        for note in _all(inside.get(f"word/{part}.xml"), kind)
        if (text := " ".join(_lines(note)))
    )
    comments = _comments(inside, walk)
    found = tuple(walk.lines()), comments, tuple(notes), tuple(walk.tables)
    return Written(*found, tuple(walk.coloured))


def _wanted(name: str) -> bool:
    parts = "document comments commentsExtended footnotes endnotes".split()
    return name in {f"word/{part}.xml" for part in parts}


def _kind(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _of(element: Element, name: str) -> str:
    """Give an attribute in whichever namespace it stands."""
    return next((v for k, v in element.items() if k.rpartition("}")[2] == name), "")


def _all(root: Element | None, kind: str) -> Iterator[Element]:
    yield from (e for e in (() if root is None else root.iter()) if _kind(e) == kind)


class _Walk:
    """Goes through a body once, and notes lines and where comments stand."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._plain: list[bool] = []  # whether anything in the line is not bold
        self._cells: list[tuple[int, int, int] | None] = []
        self.tables: list[list[dict[int, list[int]]]] = []
        self.marks: dict[str, dict[str, Place]] = {}
        self.coloured: list[tuple[int, int, int, str]] = []

    def lines(self) -> Iterator[Line]:
        for text, plain, cell in zip(
            self._texts, self._plain, self._cells, strict=True
        ):
            yield Line(normal(text), bool(text.strip()) and not plain, cell)

    def through(
        self, element: Element, cell: tuple[int, int, int] | None = None
    ) -> None:
        for child in element:
            kind = _kind(child)
            if kind == "p":
                self._new(cell)
                first = len(self._texts) - 1
                self._run(child, cell, bold=False)
                asks = _listed(child) and self._texts[first].rstrip().endswith("?")
                self._plain[first] &= not asks
            elif kind == "tbl" and cell is None:
                self._table(child)
            elif kind.startswith("comment"):
                self._mark(child)
            elif kind not in _SKIPPED:
                self.through(child, cell)

    def _table(self, table: Element) -> None:
        number, rows = len(self.tables), [dict[int, list[int]]()]
        self.tables.append(rows)
        for line in _nearest(table, "tr"):
            if _own(line, "del"):
                continue
            column = sum(int(_of(e, "val")) for e in _own(line, "gridBefore"))
            rows.append({})
            for cell in _nearest(line, "tc"):
                first = len(self._texts)
                self.through(cell, (number, len(rows) - 1, column))
                lines = list(range(first, len(self._texts)))
                fills = [_of(e, "fill") for e in _own(cell, "shd")]
                if len(rows) > 2 and (colour := _colour(fills)):  # no header
                    whole = ((n, len(normal(self._texts[n]))) for n in lines)
                    self.coloured += [(n, 0, end, colour) for n, end in whole]
                if any(_of(e, "val") != "restart" for e in _own(cell, "vMerge")):
                    lines = rows[-2].get(column, lines)
                spans = [int(_of(e, "val")) for e in _own(cell, "gridSpan")]
                end = column + max([1, *spans])
                rows[-1] |= dict.fromkeys(range(column, end), lines)
                column = end
        del rows[0]

    def _new(self, cell: tuple[int, int, int] | None) -> None:
        self._texts.append("")
        self._plain.append(False)
        self._cells.append(cell)

    def _run(
        self, element: Element, cell: tuple[int, int, int] | None, *, bold: bool
    ) -> None:
        for child in element:
            kind = _kind(child)
            if kind == "t":
                self._texts[-1] += child.text or ""
                self._plain[-1] |= not bold and bool((child.text or "").strip())
            elif kind in _SIGNS:
                self._texts[-1] += _SIGNS[kind]
            elif kind in ("br", "cr") and _of(child, "type") not in ("page", "column"):
                self._new(cell)
            elif kind.startswith("comment"):
                self._mark(child)
            elif kind == "r":
                self._coloured(child, cell)
            elif kind not in _SKIPPED:
                self._run(child, cell, bold=bold)

    def _coloured(self, run: Element, cell: tuple[int, int, int] | None) -> None:
        """Take a run, and note where a colour begins and ends."""
        signs = [e for part in run if _kind(part) == "rPr" for e in part]
        given = [_of(e, "val") for e in signs if _kind(e) == "highlight"]
        given += [_of(e, "fill") for e in signs if _kind(e) == "shd"]
        colour = _colour(given)
        line, start = self._here()
        self._run(run, cell, bold=_bold(run))
        last = (*self.coloured[-1:], (-1, 0, 0, ""))[0]
        if (last[0], *last[2:]) == (line, start, colour):
            _, start, *_ = self.coloured.pop()
        if colour:
            self.coloured.append((line, start, len(normal(self._texts[line])), colour))

    def _here(self) -> Place:
        if not self._texts:
            return 0, 0
        return len(self._texts) - 1, len(normal(self._texts[-1]))

    def _mark(self, mark: Element) -> None:
        """Note where a comment begins, ends or is called."""
        self.marks.setdefault(_of(mark, "id"), {})[_kind(mark)] = self._here()


def _colour(given: Sequence[str]) -> str:
    return next((c for c in given if c not in _PLAIN), "")


def _bold(run: Element) -> bool:
    """Tell whether a run is bold, by itself or by a style of that name."""
    signs = [e for part in run if _kind(part) == "rPr" for e in part]
    return any(
        (_kind(e) == "b" and _of(e, "val") not in _OFF)
        or (_kind(e) == "rStyle" and _of(e, "val").lower() in ("strong", "lev"))
        for e in signs
    )


def _listed(paragraph: Element) -> bool:
    """Tell whether Word numbers a paragraph by itself, or it is a heading."""
    styles = [e for part in paragraph if _kind(part) == "pPr" for e in part]
    return any(
        _kind(e) == "numPr"
        or (_kind(e) == "pStyle" and _of(e, "val").startswith(("Heading", "Titre")))
        for e in styles
    )


def _own(element: Element, kind: str) -> list[Element]:
    """Find what is said of a row or a cell itself."""
    said = (part for part in element if _kind(part) in ("trPr", "tcPr"))
    return [e for part in said for e in part if _kind(e) == kind]


def _nearest(element: Element, kind: str) -> Iterator[Element]:
    """Find the nearest elements of a kind, in content controls too."""
    for child in element:
        if _kind(child) == kind:
            yield child
        elif _kind(child) not in _SKIPPED:
            yield from _nearest(child, kind)


def _lines(element: Element) -> tuple[str, ...]:
    walk = _Walk()
    walk.through(element)
    return tuple(line.text.strip() for line in walk.lines() if line.text.strip())


def _comments(inside: dict[str, Element], walk: _Walk) -> dict[str, Comment]:
    """Read the comments, each with its place and what it replies to."""
    found: dict[str, Comment] = {}
    paragraphs: dict[str, str] = {}
    for element in _all(inside.get("word/comments.xml"), "comment"):
        name = _of(element, "id")
        marks = walk.marks.get(name, {})
        called = marks.get("commentReference")
        start = marks.get("commentRangeStart", called)
        end = marks.get("commentRangeEnd", called or start)
        found[name] = Comment(
            normal(_of(element, "author")).strip(),
            _of(element, "date")[:10],
            _lines(element),
            start,
            end,
        )
        paragraphs |= {_of(p, "paraId"): name for p in _all(element, "p")}
    for more in _all(inside.get("word/commentsExtended.xml"), "commentEx"):
        reply = paragraphs.get(_of(more, "paraId"))
        to = paragraphs.get(_of(more, "paraIdParent"))
        if reply and to:
            found[reply] = replace(found[reply], reply_to=to)
    return found
