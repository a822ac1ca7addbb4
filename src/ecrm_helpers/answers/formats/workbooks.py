"""Answers in an Excel workbook or an SPSS file: read as the same table of texts.

And written so that the same answers are the same bytes.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
from python_calamine import CalamineError, CalamineWorkbook

from ecrm_helpers.answers.audit import Refused, listed, quoted
from ecrm_helpers.answers.formats.headers import Row, Score, headed
from ecrm_helpers.answers.formats.kinds import LARGEST
from ecrm_helpers.answers.formats.tables import (
    Sheet,
    cell_text,
    none_asked,
    require_once_encoded,
    require_table,
)
from ecrm_helpers.printed import told

#: A formula whose value was never saved: it would read as a missing answer.
_UNSAVED = re.compile(rb"</f>\s*(?:<v\s*/>|<v>\s*</v>|</c>)|<f[^>]*/>\s*</c>")

_ROW, _LINE = re.compile(rb"<row [^>]*>"), re.compile(rb' r="(\d+)"')
_MERGED = re.compile(rb'<mergeCell [^>]*ref="[A-Z]+(\d+):[A-Z]+(\d+)"')
#: Excel's own two ways to write percentages, and others.
_PERCENT = re.compile(rb'numFmtId="(?:9|10)"|formatCode="[^"]*%')
_HIDES = re.compile(rb' hidden="(?:1|true)"')

#: By sheet: its rows, those that are hidden, those that share a cell with one above.
Rows = tuple[dict[str, list[Row]], dict[str, set[int]], dict[str, set[int]]]


def read_workbook(path: Path, found: bytes, form: str, score: Score) -> Sheet:
    """Read the one sheet of a workbook that holds the questionnaire.

    Raises
    ------
    Refused
        The workbook is damaged or too large, or no sheet, or more than one,
        has columns of the questionnaire.
    """
    sheets, hidden, merged = (_excel if form == "xlsx" else _others)(path, found)
    tables = {
        name: headed(_padded(rows), score) for name, rows in sheets.items() if rows
    }
    scores = {name: score(one.header) for name, one in tables.items()}
    # A sheet that explains the questions names some of them too.
    most = max(scores.values(), default=0)
    held = {name: tables[name] for name, k in scores.items() if 2 * k > most}
    if tables and not most:
        widest = max(tables.values(), key=lambda one: len(one.header))
        raise Refused(str(path), [none_asked(widest.header)])
    if len(held) != 1:
        names = ", ".join(quoted(name) for name in (held or sheets)) or "-"
        raise Refused(str(path), [told("fault_sheets", k=len(held), sheets=names)])
    ((name, table),) = held.items()
    texts = [(0, "\n".join(table.header))]
    texts += [(line, "\n".join(row)) for line, row in table.rows]
    require_once_encoded(path, texts)
    notes = [told("read_sheet", sheet=quoted(name), k=len(sheets) - 1), *table.notes]
    if out := [line for line, _ in table.rows if line in hidden[name]]:
        notes.append(told("read_hidden", k=len(out), lines=listed(out)))
    if out := [line for line, _ in table.rows if line in merged[name]]:
        notes.append(told("read_merged", k=len(out), lines=listed(out)))
    cells, lines = [row for _, row in table.rows], [line for line, _ in table.rows]
    sheet = Sheet(form, table.header, cells, lines, names=table.names, notes=notes)
    return require_table(path, sheet)


def _padded(rows: Sequence[Row]) -> list[Row]:
    """Give every row as many cells as the widest."""
    width = max(len(row) for _, row in rows)
    return [(line, row + [""] * (width - len(row))) for line, row in rows]


def _excel(path: Path, found: bytes) -> Rows:
    """Give each sheet's rows that hold something; of which are hidden, or merged."""
    try:
        with zipfile.ZipFile(io.BytesIO(found)) as archive:
            size = sum(member.file_size for member in archive.infolist())
            if size > 2 * LARGEST:
                raise Refused(str(path), [told("fault_large", most=2 * LARGEST)])
            names = [n for n in archive.namelist() if n.startswith("xl/worksheets/")]
            if any(_UNSAVED.search(archive.read(name)) for name in names):
                raise Refused(str(path), [told("fault_formulas")])
            styles = "xl/styles.xml" in archive.namelist() and "xl/styles.xml"
            percent = bool(styles and _PERCENT.search(archive.read(styles)))
        book = openpyxl.load_workbook(
            io.BytesIO(found), read_only=True, data_only=True, keep_links=False
        )
        rows = {sheet.title: _rows(sheet, percent) for sheet in book.worksheets}
        with zipfile.ZipFile(io.BytesIO(found)) as archive:
            of = {sheet.title: _content(archive, sheet) for sheet in book.worksheets}
        hidden = {name: _hidden(content) for name, content in of.items()}
        spans = {name: _MERGED.findall(content) for name, content in of.items()}
        return rows, hidden, {name: _below(each) for name, each in spans.items()}
    except Refused:
        raise
    except Exception as error:  # a damaged workbook raises anything at all
        why = told("fault_damaged", form="XLSX", why=quoted(str(error)))
        raise Refused(str(path), [why]) from None


def _others(path: Path, found: bytes) -> Rows:
    """Give the same of a workbook that is not Excel's own present form."""
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(found))
        sheets = {name: book.get_sheet_by_name(name) for name in book.sheet_names}
        rows = {
            name: _filled(sheet.to_python(skip_empty_area=False))
            for name, sheet in sheets.items()
        }
    except (CalamineError, ValueError, OSError) as error:
        why = told(
            "fault_damaged", form=path.suffix.lstrip("."), why=quoted(str(error))
        )
        raise Refused(str(path), [why]) from None
    spans = {
        name: [
            (first + 1, last + 1)
            for (first, _), (last, _) in sheet.merged_cell_ranges or []
        ]
        for name, sheet in sheets.items()
    }
    return (
        rows,
        {name: set() for name in rows},
        {n: _below(s) for n, s in spans.items()},
    )


def _content(archive: zipfile.ZipFile, sheet: Any) -> bytes:
    return archive.read(sheet._worksheet_path)


def _below(spans: Iterable[tuple[Any, Any]]) -> set[int]:
    """Give the rows under the first of each that share a merged cell."""
    return {
        line for first, last in spans for line in range(int(first) + 1, int(last) + 1)
    }


def _hidden(content: bytes) -> set[int]:
    """Find the rows of a sheet that its author hid or filtered out."""
    return {
        int(line)
        for row in _ROW.findall(content)
        if _HIDES.search(row)
        for line in _LINE.findall(row)
    }


def _rows(sheet: Any, percent: bool) -> list[Row]:
    """Give a sheet's rows; what it shows as a percentage is one, and no fraction."""
    sheet.reset_dimensions()
    if not percent:
        return _filled(sheet.iter_rows(values_only=True))
    return _filled(map(_shown, row) for row in sheet.iter_rows())


def _shown(cell: Any) -> object:
    of = isinstance(cell.value, float | int) and "%" in (cell.number_format or "")
    return f"{100 * cell.value:.10g} %" if of else cell.value


def _filled(table: Iterable[Iterable[object]]) -> list[Row]:
    """Give the rows that hold something, as texts, with their numbers."""
    rows = (
        (line, [cell_text(cell) for cell in row]) for line, row in enumerate(table, 1)
    )
    return [(line, row) for line, row in rows if any(row)]
