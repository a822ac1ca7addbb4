"""The paragraphs and tables of a Word document, from its XML.

pandoc leaves out text boxes and simple fields, so the parts are read here:
breaks, fields, text boxes, notes, comments, equations, raised and lowered
pieces. What is struck through or deleted is not there.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

from defusedxml import ElementTree

from ecrm_helpers.ledger.checked_text.blocks import Block, Place, Table, Text
from ecrm_helpers.ledger.checked_text.plain import LOWERED, RAISED

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_NOTES = ("footnote", "endnote", "comment")
_SKIPPED = {"del", "moveFrom", "Fallback", "instrText", "pPr", "tblPr", "txbxContent"}
_BLANKS = {"br": " ", "cr": " ", "tab": " ", "noBreakHyphen": "-", "softHyphen": ""}
_OFF = ("0", "false", "off")
#: Of the Symbol font, by code.
_SYMBOLS = {
    "F063": "χ",
    "F068": "η",
    "F044": "Δ",
    "F072": "ρ",
    "F062": "β",
    "F0A3": "≤",
}
_SYMBOLS |= {
    "F0B3": "≥",
    "F0B4": "×",
    "F02D": "-",
    "F03D": "=",
    "F03C": "<",
    "F03E": ">",
}
_SYMBOLS |= {f"F0{code}": chr(int(code, 16)) for code in ("46", "74", "70", "7A", "7C")}


def blocks(path: Path) -> Iterator[Block]:
    """Read a Word document; text boxes and notes come after the text.

    Parameters
    ----------
    path : path
        A ``.docx`` file.

    Yields
    ------
    Text or Table
    """
    with ZipFile(path) as archive:
        body = ElementTree.fromstring(archive.read("word/document.xml"))
        numbers = {"paragraph": 0, "table": 0}
        yield from _blocks(body, numbers, note=False)
        for box in _boxes(body):
            yield from _blocks(box, numbers, note=True)
        for kind in _NOTES:
            called = {
                _attribute(e, "id")
                for e in body.iter()
                if _kind(e) == f"{kind}Reference"
            }
            if called:
                root = ElementTree.fromstring(archive.read(f"word/{kind}s.xml"))
                notes = (note for note in root if _attribute(note, "id") in called)
                for note in notes:
                    yield from _blocks(note, numbers, note=True)


def _kind(element: "Element") -> str:
    return element.tag.rpartition("}")[2]


def _attribute(element: "Element", name: str) -> str:
    """Give an attribute in whichever namespace it stands."""
    found = (v for k, v in element.items() if k.rpartition("}")[2] == name)
    return next(found, "")


def _boxes(element: "Element") -> Iterator["Element"]:
    """Find the text boxes; what stands in for old readers repeats them."""
    for child in element:
        if _kind(child) == "txbxContent":
            yield child
        if _kind(child) != "Fallback":
            yield from _boxes(child)


def _blocks(
    element: "Element", numbers: dict[str, int], *, note: bool
) -> Iterator[Block]:
    for child in element:
        if _kind(child) == "p":
            if text := _text(child).strip():
                numbers["paragraph"] += 1
                yield Text(text, Place(numbers["paragraph"], note=note))
        elif _kind(child) == "tbl":
            numbers["table"] += 1
            rows = tuple(_row(row) for row in _inner(child, "tr"))
            yield Table(rows, Place(table=numbers["table"], note=note))
        elif _kind(child) not in _SKIPPED:
            yield from _blocks(child, numbers, note=note)


def _inner(element: "Element", kind: str) -> Iterator["Element"]:
    """Find the nearest elements of a kind, in content controls too."""
    for child in element:
        if _kind(child) == kind:
            yield child
        elif _kind(child) not in _SKIPPED | {"tbl"}:
            yield from _inner(child, kind)


def _row(row: "Element") -> tuple[str, ...]:
    """Give a row's cells; one over several columns is followed by empty ones."""
    cells: list[str] = []
    for cell in _inner(row, "tc"):
        spans = [int(_attribute(s, "val") or 1) for s in _inner(cell, "gridSpan")]
        cells += [" ".join(map(_text, _inner(cell, "p")))]
        cells += [""] * (sum(spans[:1]) - 1)
    return tuple(cells)


def _text(element: "Element") -> str:
    """Give the text of a paragraph or a piece of it."""
    return "".join(map(_piece, element))


def _piece(element: "Element") -> str:
    kind = _kind(element)
    if kind in _SKIPPED:
        return ""
    if kind == "t":
        return element.text or ""
    if kind == "sym":
        return _SYMBOLS.get(_attribute(element, "char").upper(), "�")
    if kind == "r":
        return _run(element)
    if kind in ("sub", "sup"):
        return (LOWERED if kind == "sub" else RAISED).format(_text(element))
    if kind == "f":  # A fraction of an equation.
        return "/".join(map(_text, element))
    if kind == "d":  # Brackets of an equation.
        return f"({_text(element)})"
    return _BLANKS.get(kind) or _text(element)


def _run(run: "Element") -> str:
    """Give a run's text: raised, lowered, or nothing where it is struck out."""
    asked = {
        _kind(e): _attribute(e, "val") for p in run for e in p if _kind(p) == "rPr"
    }
    if {"strike", "dstrike"} & {k for k, v in asked.items() if v not in _OFF}:
        return ""
    text = _text(run)
    form = {"subscript": LOWERED, "superscript": RAISED}.get(asked.get("vertAlign", ""))
    return form.format(text) if form and text.strip() else text
