"""Answers in an Excel workbook or an SPSS file: read as the same table of texts.

And written so that the same answers are the same bytes.
"""

import datetime
import io
import pickle
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pyreadstat

from ecrm_helpers.answers.audit import Refused, quoted
from ecrm_helpers.answers.formats.tables import (
    LARGEST,
    Score,
    Sheet,
    require_once_encoded,
    require_table,
)
from ecrm_helpers.printed import Told, Wrong, told

#: A formula whose value was never saved: it would read as a missing answer.
_UNSAVED = re.compile(rb"</f>\s*(?:<v\s*/>|<v>\s*</v>|</c>)|<f[^>]*/>\s*</c>")

#: Reads an SPSS file and hands it over; longest wait for it, in seconds.
_APART = """
import pickle, sys, pyreadstat
read = pyreadstat.read_sav(sys.argv[1], user_missing=True, apply_value_formats=False)
pickle.dump(read, sys.stdout.buffer)
"""
_PATIENCE = 300

#: Where an SPSS file has the moment of its making, and what stands there instead.
_SAV_MOMENT, _NO_MOMENT = slice(92, 109), b"01 Jan 3100:00:00"


def read_xlsx(path: Path, found: bytes, score: Score) -> Sheet:
    """Read the one sheet of a workbook that holds the questionnaire.

    Raises
    ------
    Refused
        The workbook is damaged or too large, or no sheet, or more than one,
        has columns of the questionnaire.
    """
    sheets = _sheets(path, found)
    held = {
        name: rows for name, rows in sheets.items() if rows and score(rows[0][1]) > 0
    }
    if len(held) != 1:
        names = ", ".join(quoted(name) for name in (held or sheets)) or "-"
        raise Refused(str(path), [told("fault_sheets", k=len(held), sheets=names)])
    ((name, rows),) = held.items()
    width = max(len(row) for _, row in rows)
    padded = [(line, row + [""] * (width - len(row))) for line, row in rows]
    require_once_encoded(path, [(line, "\n".join(row)) for line, row in padded])
    (_, header), *rest = padded
    notes = [told("read_sheet", sheet=quoted(name), k=len(sheets) - 1)]
    cells, lines = [row for _, row in rest], [line for line, _ in rest]
    return require_table(path, Sheet("xlsx", header, cells, lines, notes=notes))


def _sheets(path: Path, found: bytes) -> dict[str, list[tuple[int, list[str]]]]:
    """Give each sheet's rows that hold something, with their numbers."""
    try:
        with zipfile.ZipFile(io.BytesIO(found)) as archive:
            size = sum(member.file_size for member in archive.infolist())
            if size > 2 * LARGEST:
                raise Refused(str(path), [told("fault_large", most=2 * LARGEST)])
            names = [n for n in archive.namelist() if n.startswith("xl/worksheets/")]
            if any(_UNSAVED.search(archive.read(name)) for name in names):
                raise Refused(str(path), [told("fault_formulas")])
        book = openpyxl.load_workbook(
            io.BytesIO(found), read_only=True, data_only=True, keep_links=False
        )
        return {sheet.title: _rows(sheet) for sheet in book.worksheets}
    except Refused:
        raise
    except Exception as error:  # a damaged workbook raises anything at all
        why = told("fault_damaged", form="XLSX", why=quoted(str(error)))
        raise Refused(str(path), [why]) from None


def _rows(sheet: Any) -> list[tuple[int, list[str]]]:
    sheet.reset_dimensions()
    rows = (
        (line, [_text(cell) for cell in row])
        for line, row in enumerate(sheet.iter_rows(values_only=True), 1)
    )
    return [(line, row) for line, row in rows if any(map(str.strip, row))]


def _text(cell: object) -> str:
    """Write a cell as the text it would have in a CSV file; whole numbers whole."""
    if cell is None or cell is pd.NaT or (isinstance(cell, float) and cell != cell):
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime.datetime):
        return cell.isoformat(" ", "seconds")
    return str(cell).replace("\0", "")


def read_sav(path: Path) -> Sheet:
    """Read an SPSS file: codes as they stand, their labels beside them.

    What the file declares missing is missing; what it does not is an answer.

    Raises
    ------
    Refused
        The file is damaged.
    """
    frame, meta = _spss(path)
    names = [str(name) for name in frame.columns]
    header = [meta.column_names_to_labels.get(name) or name for name in names]
    columns, declared = [], 0
    for name in names:
        gone = _declared_missing(frame[name], meta.missing_ranges.get(name, []))
        declared += int(gone.sum())
        texts = map(_text, frame[name])
        columns.append(
            ["" if out else text for out, text in zip(gone, texts, strict=True)]
        )
    labels = [
        {_text(code): str(label) for code, label in given.items()}
        for given in (meta.variable_value_labels.get(name, {}) for name in names)
    ]
    rows = [list(row) for row in zip(*columns, strict=True)]
    words = [(0, "\n".join([*header, *(v for each in labels for v in each.values())]))]
    require_once_encoded(
        path, words + [(case, "\n".join(row)) for case, row in enumerate(rows, 1)]
    )
    notes: list[Told] = [told("read_declared", k=declared)] if declared else []
    cases = range(1, len(rows) + 1)
    sheet = Sheet(
        "sav", header, rows, cases, meta.file_encoding, None, names, labels, notes
    )
    return require_table(path, sheet)


def _spss(path: Path) -> tuple[pd.DataFrame, Any]:
    """Read in a process of its own: a damaged file may end the library's process."""
    try:
        read = subprocess.run(
            [sys.executable, "-c", _APART, path],
            capture_output=True,
            check=True,
            timeout=_PATIENCE,
        )
        frame, meta = pickle.loads(read.stdout)
    except (subprocess.SubprocessError, pickle.UnpicklingError, EOFError) as error:
        said = (getattr(error, "stderr", None) or b"").decode(errors="replace")
        last = said.strip().splitlines()[-1:]
        why = told("fault_damaged", form="SAV", why=quoted(last[0])) if last else None
        raise Refused(str(path), [why or told("fault_broken", form="SAV")]) from None
    return frame, meta


def _declared_missing(column: pd.Series, ranges: Sequence[Any]) -> pd.Series:
    gone = pd.Series(False, index=column.index)
    for span in ranges:
        low, high = span["lo"], span["hi"]
        if isinstance(low, str):
            gone |= column.astype("string").fillna("").str.strip() == low.strip()
        else:
            gone |= pd.to_numeric(column, errors="coerce").between(low, high)
    return gone


def sav_bytes(table: pd.DataFrame, **labels: Any) -> bytes:
    """Write an SPSS file without the moment of its making.

    Parameters
    ----------
    table : DataFrame
        Its cases.
    **labels
        Of file, variables and values, as `pyreadstat.write_sav` takes them.

    Returns
    -------
    bytes

    Raises
    ------
    Wrong
        There is no room for it.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "answers.sav"
        try:
            pyreadstat.write_sav(table, str(path), **labels)
        except pyreadstat.ReadstatError as error:
            raise Wrong("no_room", file=path.name, why=error, folder=folder) from None
        content = bytearray(path.read_bytes())
    content[_SAV_MOMENT] = _NO_MOMENT
    return bytes(content)
