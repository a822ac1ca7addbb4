"""A file of answers as a table of texts: what kind it is, its encoding, its cells.

What the bytes are decides, not the name: a workbook under the name of a CSV
file is refused. Nothing here knows what an answer means.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ecrm_helpers import files
from ecrm_helpers.answers.audit import Refused, listed, quoted
from ecrm_helpers.printed import Told, told
from ecrm_helpers.study import plain

#: Longest cell that is kept whole, in characters; and largest file, in bytes.
LONGEST, LARGEST = 10_000, 500_000_000
#: What may separate cells.
DELIMITERS = (",", ";", "\t", "|")

_SIGNATURES = (
    (b"PK\x03\x04", "XLSX"),
    (b"\xd0\xcf\x11\xe0", "XLS"),
    (b"$FL2", "SAV"),
    (b"$FL3", "SAV"),
    (b"%PDF", "PDF"),
    (b"\x1f\x8b", "GZIP"),
)
#: What a name says that a file is.
ENDINGS = {".csv": "CSV", ".tsv": "CSV", ".txt": "CSV", ".xlsx": "XLSX"}
ENDINGS |= {".xlsm": "XLSX", ".sav": "SAV", ".zsav": "SAV"}
_HTML = re.compile(rb"\s*<(?:!doctype|html|head|body|table|\?xml|meta|script)", re.I)
#: Letters of UTF-8 taken for cp1252 or Latin-1 before they were saved.
_TWICE = re.compile(r"[ÃÂÌ][\x80-\xbfŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]|â€|\ufffd")
#: What cp1252 has beyond Latin-1 and French text may hold: quotes, dashes, œ, €.
_TYPOGRAPHIC = set(
    b"\x80\x82\x84\x85\x8b\x8c\x91\x92\x93\x94\x95\x96\x97\x99\x9b\x9c\x9f"
)
#: How many columns of the questionnaire a header has.
Score = Callable[[Sequence[str]], int]


@dataclass(frozen=True)
class Sheet:
    """A table of texts, and how it was read.

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


def content(path: Path) -> bytes:
    """Read a file's bytes.

    Raises
    ------
    Refused
        It is missing, unreadable, empty or too large.
    """
    try:
        found = files.content(path, LARGEST)
    except files.TooLargeError:
        raise Refused(str(path), [told("fault_large", most=LARGEST)]) from None
    except files.FileError as error:
        why = told("fault_unreadable", why=error.told.values["why"])
        raise Refused(str(path), [why]) from None
    if not found.strip(b"\0 \r\n\t\xef\xbb\xbf\xff\xfe"):
        raise Refused(str(path), [told("fault_empty")])
    return found


def form_of(path: Path, found: bytes) -> str:
    """Tell CSV, XLSX and SAV apart, by the bytes.

    Raises
    ------
    Refused
        It is something else, or not what its name says.
    """
    kinds = [kind for start, kind in _SIGNATURES if found.startswith(start)]
    kind = kinds[0] if kinds else "HTML" if _HTML.match(found[:500]) else "CSV"
    named = ENDINGS.get(path.suffix.lower())
    if kind != named:
        fault = told("fault_form", found=kind, named=path.suffix or "-")
        raise Refused(str(path), [fault])
    return kind.lower()


def read_csv(path: Path, found: bytes, score: Score) -> Sheet:
    """Read delimited text in any encoding and with any separator that are certain.

    Raises
    ------
    Refused
        Encoding or separator cannot be settled, the text was encoded twice, or
        a row is wider or narrower than the header.
    """
    text, encoding, notes = _decoded(path, found)
    require_once_encoded(path, enumerate(text.split("\n"), 1))
    first = 1
    if separator := re.match(r"sep=(.)\r?\n", text):
        text, first = text[separator.end() :], 2
    delimiter = _delimiter(path, text, score)
    records = _records(path, text, delimiter, first)
    header, *rest = [record for record in records if any(map(str.strip, record[1]))]
    blank = len(records) - 1 - len(rest)
    if blank:
        notes.append(told("read_blank_rows", k=blank))
    width = len(header[1])
    ragged = [line for line, row in rest if len(row) != width]
    if ragged:
        fault = told("fault_ragged", lines=listed(ragged), width=width)
        raise Refused(str(path), [fault])
    sheet = Sheet(
        "csv",
        header[1],
        [row for _, row in rest],
        [line for line, _ in rest],
        encoding,
        delimiter,
        notes=[
            told("read_encoding", encoding=encoding),
            told("read_delimiter", delimiter=quoted(delimiter)),
            *notes,
        ],
    )
    return require_table(path, sheet)


def require_table(path: Path, sheet: Sheet) -> Sheet:
    """Give the sheet with bounded cells.

    Raises
    ------
    Refused
        It has no rows below the header, or a header twice.
    """
    times = Counter(plain(name) for name in sheet.header if plain(name))
    faults = [
        told("fault_header_twice", header=quoted(name), k=times[plain(name)])
        for name in dict.fromkeys(sheet.header)
        if times[plain(name)] > 1
    ]
    if not sheet.rows:
        faults.append(told("fault_no_rows"))
    if faults:
        raise Refused(str(path), faults)
    long = 0
    rows = []
    for row in sheet.rows:
        if any(len(cell) > LONGEST for cell in row):
            long += sum(len(cell) > LONGEST for cell in row)
            row = [cell[:LONGEST] for cell in row]
        rows.append(row)
    cut = [told("read_cut", k=long, most=LONGEST)] if long else []
    return Sheet(**{**vars(sheet), "rows": rows, "notes": [*sheet.notes, *cut]})


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
    text, nul = text.removeprefix("\ufeff"), text.count("\0")
    notes = [told("read_nul", k=nul)] if nul else []
    text = text.replace("\0", "")
    if not text.strip():
        raise Refused(str(path), [told("fault_empty")])
    return text, encoding, notes


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
    headers = {one: _header(text, one) for one in DELIMITERS}
    scores = {one: score(header) for one, header in headers.items()}
    best = [one for one in DELIMITERS if scores[one] == max(scores.values())]
    if not any(scores.values()) or len({tuple(headers[one]) for one in best}) > 1:
        start = quoted(text.lstrip().split("\n", 1)[0])
        raise Refused(str(path), [told("fault_delimiter", found=start)])
    return best[0]


def _header(text: str, delimiter: str) -> list[str]:
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        return next(row for row in reader if any(map(str.strip, row)))
    except (csv.Error, StopIteration):
        return []


def _records(
    path: Path, text: str, delimiter: str, first: int
) -> list[tuple[int, list[str]]]:
    """Give every record with the line that it begins on."""
    csv.field_size_limit(LARGEST)
    source = io.StringIO(text, newline="")
    reader = csv.reader(source, delimiter=delimiter, strict=True)
    records, line = [], first
    try:
        for row in reader:
            records.append((line, row))
            line = reader.line_num + first
    except csv.Error as error:
        fault = told("fault_quotes", row=line, why=str(error))
        raise Refused(str(path), [fault]) from None
    return records
