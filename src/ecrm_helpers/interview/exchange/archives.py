"""Zip, XML and CSV from other programs: opened with limits, or refused."""

import csv
import io
import warnings
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Any
from xml.etree.ElementTree import Element, ParseError

import openpyxl
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from ecrm_helpers.files import LARGEST, FileError, TooLargeError, content, text_of
from ecrm_helpers.printed import Told, refusal, told

#: What is read of an archive together, in bytes (each member is held to
#: `LARGEST`), and the members it may list.
LARGEST_SUM, MOST_MEMBERS = 60_000_000, 100_000
#: How Windows, a Mac and DOS wrote French, and the signs that it has often.
_OLDER, _FRENCH = ("cp1252", "mac_roman", "cp850"), "éèêëàâçùûôîïœ’«»…–\xa0"


def members(
    path: Path, wanted: Callable[[str], bool] = lambda name: True
) -> dict[str, bytes]:
    """Read a zip archive's members, each under its name.

    Nothing is unpacked to disk: members are read into memory, and only so far.
    What is not wanted is not read, and may be of any size. What a Mac adds
    beside each file is left out.

    Parameters
    ----------
    path : path
        The archive.
    wanted : callable, optional
        Tells by a member's name whether it is read; all are without it.

    Raises
    ------
    FileError
        It is no zip, is damaged or encrypted, a member's name leaves the
        archive, or there are more members or bytes than are read.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [e for e in archive.infolist() if not e.is_dir()]
            read = [e for e in entries if wanted(e.filename) and not _of_mac(e)]
            faults = [*_leaving(entries), *_faults(read)]
            if faults:
                k = len(faults)
                raise FileError("interview_faults", *faults, folder=path, k=k)
            return {e.filename: _member(archive, e, path) for e in read}
    except OSError as error:
        why = refusal(error)
        raise FileError("file_unreadable", path=path, why=why) from None
    except (zipfile.BadZipFile, NotImplementedError, EOFError, zlib.error) as error:
        raise FileError("archive_unsound", path=path, why=error) from None


def _of_mac(entry: zipfile.ZipInfo) -> bool:
    place = PurePosixPath(entry.filename)
    return place.parts[0] == "__MACOSX" or place.name.startswith("._")


def _leaving(entries: list[zipfile.ZipInfo]) -> list[Told]:
    """List what an archive must not hold, read or not."""
    faults = []
    if len(entries) > MOST_MEMBERS:
        faults.append(told("archive_members", k=len(entries), most=MOST_MEMBERS))
    for entry in entries:
        name = entry.filename.replace("\\", "/")
        place = PurePosixPath(name)
        if place.is_absolute() or ".." in place.parts or ":" in name:
            faults.append(told("archive_leaves", name=entry.filename))
    return faults


def _faults(entries: list[zipfile.ZipInfo]) -> list[Told]:
    """List why members cannot be read."""
    faults = []
    if (total := sum(e.file_size for e in entries)) > LARGEST_SUM:
        faults.append(told("archive_unpacked", size=total, most=LARGEST_SUM))
    for entry in entries:
        name, size = entry.filename, entry.file_size
        if size > LARGEST:
            faults.append(told("archive_member_large", name=name, size=size))
        if entry.flag_bits & 1:
            faults.append(told("archive_encrypted", name=name))
    return faults


def _member(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, path: Path) -> bytes:
    """Read one member; its header may understate its size."""
    with archive.open(entry) as file:
        found = file.read(LARGEST + 1)
    if len(found) > LARGEST:
        raise TooLargeError("archive_understated", path=path, name=entry.filename)
    return found


def sound(xml: bytes, what: str) -> Element:
    """Parse XML that may be hostile, and give its root.

    Raises
    ------
    FileError
        It is not XML, or declares a document type or entities, which a
        project has no use for and an attack has.
    """
    try:
        root: Any = fromstring(xml, forbid_dtd=True)
    except DefusedXmlException as error:
        kind = type(error).__name__
        raise FileError("xml_unsafe", what=what, kind=kind) from None
    except (ParseError, LookupError, ValueError) as error:
        raise FileError("xml_unsound", what=what, why=error) from None
    return root


def book_of(path: Path) -> openpyxl.Workbook:
    """Open a workbook (``.xlsx``), the results of its formulas in their cells.

    Raises
    ------
    ValueError, KeyError
        It is no workbook.
    """
    for name, xml in members(path).items():
        if name.endswith((".xml", ".rels")):
            sound(xml, f"{path}: {name}")
    with warnings.catch_warnings():
        # openpyxl warns of what it leaves out of a sheet, such as our lists.
        warnings.simplefilter("ignore", UserWarning)
        return openpyxl.load_workbook(path, data_only=True)


def decoded(raw: bytes, what: str = "") -> tuple[str, str]:
    r"""Decode UTF-8, or UTF-16 with its mark or without; else an older way.

    Of Windows, a Mac and DOS the one is taken that gives most French letters.

    Raises
    ------
    FileError
        It holds a NUL: `what` is no text.

    Returns
    -------
    str
        The text.
    str
        The older way it was read in, which is doubtful, or "".

    Examples
    --------
    >>> decoded("é".encode()), decoded("é?".encode("utf-16-be")), decoded(b"\xe9")
    (('é', ''), ('é?', ''), ('é', 'cp1252'))
    >>> decoded("d’été".encode("mac_roman")), decoded("été".encode("cp850"))
    (('d’été', 'mac_roman'), ('été', 'cp850'))
    """
    zeros = raw[1::2].count(0), raw[::2].count(0)
    marks = b"\xff\xfe", b"\xfe\xff"
    # Of UTF-16, nearly every other byte is 0.
    if 4 * max(zeros) > len(raw) and not raw.startswith(marks):
        raw = marks[zeros[0] < zeros[1]] + raw
    try:
        return text_of(raw, what), ""
    except FileError:
        if b"\0" in raw:
            raise
    ways = [(raw.decode(name, errors="replace"), name) for name in _OLDER]
    return max(ways, key=lambda way: sum(map(way[0].count, _FRENCH)))


def sheets_of(path: Path) -> tuple[dict[str, list[list[str]]], bool]:
    """Read the rows that are not blank of every sheet of a table, all cells as text.

    A CSV file is one sheet, with ``,``, ``;`` or tabs. A merged cell stands in each
    of its rows.

    Returns
    -------
    dict of sheet to rows
        All rows of a sheet have as many cells.
    bool
        Whether its letters are doubtful: neither UTF-8 nor a French Excel's.

    Raises
    ------
    FileError
        It is no table.
    """
    if path.suffix.lower() == ".csv":
        text, way = decoded(content(path), str(path))
        rows = _csv_rows(text.removeprefix("\ufeff"), path)
        width = max(map(len, rows), default=0)
        return {"": [[*row, *[""] * (width - len(row))] for row in rows]}, way not in (
            "",
            "cp1252",
        )
    try:
        return {sheet.title: _rows(sheet) for sheet in book_of(path).worksheets}, False
    except (ValueError, KeyError) as error:
        raise FileError("archive_unsound", path=path, why=error) from None


def _rows(sheet: Any) -> list[list[str]]:
    rows = [
        ["" if cell is None else str(cell) for cell in row]
        for row in sheet.iter_rows(values_only=True)
    ]
    for area in sheet.merged_cells.ranges:
        for row in rows[area.min_row : area.max_row]:
            row[area.min_col - 1] = rows[area.min_row - 1][area.min_col - 1]
    return [row for row in rows if any(map(str.strip, row))]


def _csv_rows(text: str, path: Path) -> list[list[str]]:
    try:
        ways = [
            list(csv.reader(io.StringIO(text, newline=""), delimiter=mark))
            for mark in ",;\t"
        ]
    except csv.Error as error:
        raise FileError("rows_unreadable", path=path, why=error) from None
    # Of ways that fit as well, the one that parts the header.
    rows = max(
        ways, key=lambda rows: (_alike(rows), max(map(len, rows[:1]), default=0))
    )
    return [row for row in rows if any(cell.strip() for cell in row)]


def _alike(rows: list[list[str]]) -> int:
    """Count the rows that have as many cells, more than one, as most have."""
    widths = Counter(len(row) for row in rows if len(row) > 1)
    return max(widths.values(), default=0)
