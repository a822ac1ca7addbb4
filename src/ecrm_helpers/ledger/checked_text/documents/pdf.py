"""The text layer of a PDF: each page's text, and tables where columns show."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from ecrm_helpers.ledger.checked_text.blocks import (
    Block,
    DocumentError,
    Place,
    Table,
    Text,
)
from ecrm_helpers.ledger.checked_text.headings import heading

#: A decimal number ends with its line: a page's or a heading's number may follow.
_ENDED = re.compile(r"([.,]\d+)\s*\n\s*(?=\d)")


class Piece(NamedTuple):
    """A piece of a line, from left to right and from bottom to top."""

    left: float
    bottom: float
    right: float
    top: float
    text: str


def blocks(path: Path) -> Iterator[Block]:
    """Read the pages of a PDF.

    Parameters
    ----------
    path : path
        A ``.pdf`` file.

    Yields
    ------
    Text or Table
        One text for each page, and the tables whose headings name a p.

    Raises
    ------
    RuntimeError
        The file is no PDF, or needs a password.
    DocumentError
        No page holds text: the file is pictures of pages.
    """
    import pypdfium2  # slow to load

    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise RuntimeError(str(error)) from None
    found = tables = 0
    with document:
        for number, page in enumerate(document, 1):
            layer = page.get_textpage()
            text = layer.get_text_range().replace("\ufffe", "")
            text = _ENDED.sub(r"\1 ; ", text)
            found += bool(text.strip())
            yield Text(text, Place(page=number))
            for rows in _tables(_pieces(layer)):
                tables += 1
                yield Table(rows, Place(page=number, table=tables))
    if not found:
        raise DocumentError("document_pictures", file=path)


def _pieces(layer: Any) -> list[Piece]:
    read = []
    for number in range(layer.count_rects()):
        left, bottom, right, top = layer.get_rect(number)
        text = layer.get_text_bounded(left, bottom, right, top).strip()
        read.append(Piece(left, bottom, right, top, text))
    return [piece for piece in read if piece.text]


def _tables(pieces: list[Piece]) -> Iterator[tuple[tuple[str, ...], ...]]:
    """Find runs of lines of several cells, with a p among the headings."""
    rows: list[list[Piece]] = []
    for cells in [*map(_cells, _lines(pieces)), []]:
        # A lone cell may go on from the row above; two in a row are text.
        if len(cells) > 1 or (cells and rows and len(rows[-1]) > 1):
            rows.append(cells)
            continue
        if any(heading(cell.text) == "p" for row in rows for cell in row):
            yield _columns(rows)
        rows = []


def _lines(pieces: list[Piece]) -> list[list[Piece]]:
    """Put pieces at one height together, from the top of the page."""
    lines: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda each: -each.top):
        middle = (piece.bottom + piece.top) / 2
        if lines and middle > lines[-1][0].bottom:
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return lines


def _cells(line: list[Piece]) -> list[Piece]:
    """Join pieces of a line that no more than a space parts."""
    cells: list[Piece] = []
    for piece in sorted(line):
        last = cells[-1] if cells else None
        if last and piece.left - last.right < 0.7 * (last.top - last.bottom):
            joined = f"{last.text} {piece.text}"
            cells[-1] = last._replace(right=max(last.right, piece.right), text=joined)
        else:
            cells.append(piece)
    return cells


def _columns(rows: list[list[Piece]]) -> tuple[tuple[str, ...], ...]:
    """Set cells under one another where their widths overlap in some row."""
    spans: list[list[float]] = []
    for cell in sorted(cell for row in rows for cell in row):
        if spans and cell.left <= spans[-1][1]:
            spans[-1][1] = max(spans[-1][1], cell.right)
        else:
            spans.append([cell.left, cell.right])
    return tuple(
        tuple(
            " ".join(cell.text for cell in row if low <= cell.left <= high)
            for low, high in spans
        )
        for row in rows
    )
