"""A file of answers as a table of texts: what kind it is, its encoding, its cells.

What the bytes are decides, not the name: a workbook under the name of a CSV
file is refused. Nothing here knows what an answer means.
"""

import csv
import datetime
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, islice
from pathlib import Path

import numpy as np
import pandas as pd

from ecrm_helpers.answers.audit import Refused, listed, quoted
from ecrm_helpers.answers.formats.headers import Row, Score, headed
from ecrm_helpers.answers.formats.kinds import LARGEST
from ecrm_helpers.printed import Told, told
from ecrm_helpers.study import visible

#: Longest cell that is kept whole, in characters.
LONGEST = 10_000
#: So many columns has the widest sheet of Excel.
WIDEST = 16_384
#: So many rows, of so many signs together, settle the separator.
_START, _SIGNS = 12, 5_000_000
#: So many headers of another questionnaire are named.
_HEADERS = 5
#: What may separate cells.
DELIMITERS = (",", ";", "\t", "|")

#: Letters of UTF-8 taken for cp1252 or Latin-1 before they were saved.
_TWICE = re.compile(r"[ÃÂÌ][\x80-\xbfŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]|â€|\ufffd")
#: What cp1252 has beyond Latin-1 and French text may hold: quotes, dashes, œ, €.
_TYPOGRAPHIC = set(
    b"\x80\x82\x84\x85\x8b\x8c\x91\x92\x93\x94\x95\x96\x97\x99\x9b\x9c\x9f"
)


@dataclass(frozen=True)
class Sheet:
    """A table of texts without blanks around them, and how it was read.

    `lines` are those of the file (cases, of an SPSS file); `names` and `labels`
    are a statistics program's short names and value labels, by column.
    """

    form: str
    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    lines: Sequence[int]
    encoding: str | None = None
    delimiter: str | None = None
    names: Sequence[str] = ()
    labels: Sequence[Mapping[str, str]] = ()
    notes: Sequence[Told] = ()

    @cached_property
    def cells(self) -> np.ndarray:
        """The texts as an array, shape (rows, columns)."""
        shape = len(self.rows), len(self.header)
        return np.array(self.rows, dtype=object).reshape(shape)


def cell_text(cell: object) -> str:
    """Write a cell as the text it would have in a CSV file; whole numbers whole."""
    if cell is None or cell is pd.NaT or (isinstance(cell, float) and cell != cell):
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime.datetime):
        return cell.isoformat(" ", "seconds")
    return visible(str(cell)).strip()


def read_csv(path: Path, found: bytes, score: Score) -> Sheet:
    """Read delimited text in any encoding and with any separator that are certain.

    Raises
    ------
    Refused
        Encoding or separator cannot be settled, the text was encoded twice, or
        a row is wider or narrower than the header.
    """
    text, encoding, notes = _decoded(path, found)
    for line in io.StringIO(text, newline=""):
        marks = max(map(line.count, DELIMITERS)) if len(line) > WIDEST else 0
        if marks >= WIDEST:
            raise Refused(str(path), [told("fault_wide", k=marks + 1, most=WIDEST)])
    if _TWICE.search(text):
        require_once_encoded(path, enumerate(text.split("\n"), 1))
    first = 1
    if separator := re.match(r"sep=(.)\r?\n", text):
        text, first = text[separator.end() :], 2
    delimiter = _delimiter(path, text, score)
    records = list(_rows(path, text, delimiter, first))
    filled = [record for record in records if any(record[1])]
    if blank := len(records) - len(filled):
        notes.append(told("read_blank_rows", k=blank))
    table = headed(filled, score)
    width = len(table.header)
    ragged = [line for line, row in table.rows if len(row) != width]
    if ragged:
        fault = told("fault_ragged", lines=listed(ragged), width=width)
        raise Refused(str(path), [fault])
    sheet = Sheet(
        "csv",
        table.header,
        [row for _, row in table.rows],
        [line for line, _ in table.rows],
        encoding,
        delimiter,
        table.names,
        notes=[
            told("read_encoding", encoding=encoding),
            told("read_delimiter", delimiter=quoted(delimiter)),
            *notes,
            *table.notes,
        ],
    )
    return require_table(path, sheet)


def require_table(path: Path, sheet: Sheet) -> Sheet:
    """Give the sheet with bounded cells.

    Raises
    ------
    Refused
        It has no rows below the header.
    """
    if not sheet.rows:
        raise Refused(str(path), [told("fault_no_rows")])
    lengths = map(len, chain.from_iterable(sheet.rows))
    if not (long := sum(length > LONGEST for length in lengths)):
        return sheet
    rows = [[cell[:LONGEST] for cell in row] for row in sheet.rows]
    cut = told("read_cut", k=long, most=LONGEST)
    return replace(sheet, rows=rows, notes=[*sheet.notes, cut])


def require_once_encoded(path: Path, lines: Iterable[tuple[int, str]]) -> None:
    """Refuse text that was encoded twice, or lost letters, with its lines.

    Raises
    ------
    Refused
        Somewhere it was.
    """
    spoilt = [(line, hit[0]) for line, text in lines if (hit := _TWICE.search(text))]
    if spoilt:
        where = listed([line for line, _ in spoilt])
        fault = told("fault_mojibake", lines=where, found=quoted(spoilt[0][1]))
        raise Refused(str(path), [fault])


def _decoded(path: Path, found: bytes) -> tuple[str, str, list[Told]]:
    encoding = _encoding(found)
    try:
        if encoding is None:
            raise UnicodeError
        text = found.decode(encoding)
    except UnicodeError:
        raise Refused(str(path), [told("fault_encoding")]) from None
    seen = visible(text := text.removeprefix("\ufeff"))
    notes = [told("read_unseen", k=k)] if (k := len(text) - len(seen)) else []
    if not seen.strip():
        raise Refused(str(path), [told("fault_empty")])
    return seen, encoding, notes


def _encoding(found: bytes) -> str | None:
    """Settle the encoding by mark, by shape, by validity; else by what it holds."""
    if found.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    if found.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    even, odd = found[:2000:2].count(0), found[1:2000:2].count(0)
    half = max(1, len(found[:2000]) // 2)
    if odd > 0.4 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.4 * half and odd < 0.05 * half:
        return "utf-16-be"
    try:
        found.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError:
        # Mac Roman and DOS put letters where cp1252 has signs that no answer holds.
        odd_signs = set(found) & set(range(0x80, 0xA0)) - _TYPOGRAPHIC
        return None if odd_signs else "cp1252"


def _delimiter(path: Path, text: str, score: Score) -> str:
    """Settle the separator: under it the header has most of the questions."""
    starts = {one: _start(path, text, one) for one in DELIMITERS}
    headers = {one: headed(rows, score).header for one, rows in starts.items() if rows}
    # A mark within cells gives rows of any width.
    even = {n: [len(row) == len(headers[n]) for _, row in starts[n]] for n in headers}
    scores = {n: score(headers[n]) * sum(even[n]) / len(even[n]) for n in headers}
    most = max(scores.values(), default=0.0)
    best = [one for one in scores if scores[one] == most]
    if not most and (wide := [header for header in headers.values() if header[1:]]):
        raise Refused(str(path), [none_asked(max(wide, key=len))])
    if not most or len({tuple(headers[one]) for one in best}) > 1:
        start = quoted(text.lstrip().split("\n", 1)[0])
        raise Refused(str(path), [told("fault_delimiter", found=start)])
    return best[0]


def none_asked(header: Sequence[str]) -> Told:
    """Say of a table that none of its columns is a question of the study."""
    names = ", ".join(quoted(text) for text in header[:_HEADERS] if text)
    return told("fault_none_asked", k=len(header), headers=names)


def _start(path: Path, text: str, delimiter: str) -> list[Row]:
    """Give the first rows under a separator."""
    rows: list[Row] = []
    with suppress(Refused):
        read = _rows(path, text[:_SIGNS], delimiter, strict=False)
        rows.extend(islice((row for row in read if any(row[1])), _START + 1))
    return rows


class _Once(dict[str, str]):
    """Equal cells, kept once and without blanks around them."""

    def __missing__(self, cell: str) -> str:
        kept = self[cell] = cell.strip()
        return kept


def _rows(
    path: Path, text: str, delimiter: str, line: int = 1, *, strict: bool = True
) -> Iterator[Row]:
    """Give each record with the line that it begins on.

    A line that stands in quotes as a whole, as some programs write them, is parted.

    Raises
    ------
    Refused
        Its quotes do not close.
    """
    csv.field_size_limit(LARGEST)
    source, once, first = io.StringIO(text, newline=""), _Once(), line
    reader = csv.reader(source, delimiter=delimiter, strict=strict)
    try:
        for row in reader:
            if len(row) == 1 and delimiter in row[0]:
                whole = io.StringIO(row[0], newline="")
                row = next(csv.reader(whole, delimiter=delimiter))
            yield line, [once[cell] for cell in row]
            line = reader.line_num + first
    except csv.Error as error:
        fault = told("fault_quotes", row=line, why=str(error))
        raise Refused(str(path), [fault]) from None
