"""A table of a page as files: CSV and Excel from its record, LaTeX from its HTML.

Values stand at full precision where a program reads them (CSV, Excel) and as
shown where a reader does (LaTeX). Text never becomes a formula. The same table
gives the same bytes.
"""

import datetime
import io
import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

import xlsxwriter
from bs4 import Tag

from ecrm_helpers.compendium.render.paper import RELEASED, pandoc
from ecrm_helpers.files import AS_TEXT, comma_separated, safe_cell
from ecrm_helpers.printed import Edition, typeset

_DECIMALS = re.compile(r"[.,](\d+)")
_NUMERAL = re.compile(r"[-+]?[\d.,]+")
#: Signs that pdflatex's fonts lack.
_NO_T1 = re.compile(
    "[^\\0-\u0125\u0128-\u0137\u0139-\u013e\u0141-\u0148\u014a-\u0165\u0168-\u017e–—‘’‚“”„†‡•‰‹›€™]"
)
_WIDEST = 60
#: The height of a line in points, and a letter's width in those of a digit.
_LINE, _WIDE = 15, 1.15
_HEAD = {"bold": True, "text_wrap": True, "bottom": 1}

Record = Mapping[str, Any]


def as_csv(table: Record) -> str:
    r"""Write a table's labels and full-precision values as CSV text.

    Examples
    --------
    >>> record = {"columns": [["M"], ["="]], "rows": [["Non"]]}
    >>> as_csv({**record, "values": [[-2.5, "=1+1"]]})
    ",M,'=\nNon,-2.5,'=1+1\n"
    """
    rows = (
        [_written(cell) for cell in (*labels, *values)]
        for labels, values in zip(table["rows"], table["values"], strict=True)
    )
    return comma_separated([*_heads(table), *rows])


def _heads(table: Record) -> list[list[str]]:
    """Give the header rows, one for each level, blank above the row labels."""
    blank = [""] * len(table["rows"][0]) if table["rows"] else [""]
    levels = zip(*table["columns"], strict=True)
    return [[*blank, *(_written(label) for label in level)] for level in levels]


def _written(cell: object) -> str:
    """Write a cell as text; a number keeps its minus, a formula is disarmed."""
    text = "" if cell is None else str(cell)
    is_number = not isinstance(cell, str) or _NUMERAL.fullmatch(text)
    return text if is_number else safe_cell(text)


def as_xlsx(table: Record, caption: str) -> bytes:
    """Write a table as an Excel workbook: numbers as numbers, no formula.

    Parameters
    ----------
    table : mapping
        A table's record (`shown.tables.table`).
    caption : str
        Its caption with its number, as the page has it.

    Returns
    -------
    bytes
        Each number at full precision, shown with as many decimals as on the
        page; header rows repeated in print, a wide table across the page.
    """
    return as_workbook([(table, caption)])


def as_workbook(tables: Sequence[tuple[Record, str]]) -> bytes:
    """Write tables with their captions, each on a sheet, as `as_xlsx` does one."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, AS_TEXT) as book:
        created = datetime.datetime.combine(RELEASED, datetime.time())
        book.set_properties({"title": tables[0][1], "created": created})
        for table, caption in tables:
            label = re.sub(r"[\[\]:*?/\\]", "", caption.partition(". ")[0])[:31]
            taken = {sheet.name.lower() for sheet in book.worksheets()}
            free = label and label.lower() not in taken
            _fill(book, book.add_worksheet(label if free else None), table, caption)
    return made.getvalue()


def _fill(book: Any, sheet: Any, table: Record, caption: str) -> None:
    """Write caption, header, cells and source, each below the one before."""
    left = {"text_wrap": True, "valign": "top", "align": "left", "indent": 1}
    head, words = book.add_format({**left, **_HEAD}), book.add_format(left)
    over = book.add_format({**_HEAD, "align": "right"})
    heads = _heads(table)
    first, start = len(heads[0]) - len(table["columns"]), 1 + len(heads)
    columns = zip(*table["values"], strict=True)
    text = [any(isinstance(value, str) for value in cells) for cells in columns]
    for row, labels in enumerate(heads, 1):
        for column, label in enumerate(labels):
            of_words = column < first or not text or text[column - first]
            style = head if of_words else over
            sheet.write_string(row, column, typeset(label, "fr"), style)
    for row, labels in enumerate(table["rows"]):
        for column, label in enumerate(labels):
            _put(sheet, start + row, column, label, words)
        shown = zip(table["values"][row], table["texts"][row], strict=True)
        for column, (value, said) in enumerate(shown, first):
            style = {"num_format": _format(said), "valign": "top"}
            kind = words if isinstance(value, str) else book.add_format(style)
            _put(sheet, start + row, column, value, kind)
    widths = _lay_out(sheet, table, heads)
    below = filter(None, (table["source"], table["note"]))
    lines = {0: caption, **dict(enumerate(below, start + len(table["rows"])))}
    for row, line in lines.items():
        style = book.add_format({"text_wrap": True, "valign": "top", "bold": not row})
        _across(sheet, row, typeset(line, "fr") if row else line, widths, style)


def _across(
    sheet: Any, row: int, text: str, widths: Sequence[float], style: Any
) -> None:
    """Write a line over all columns, as high as it needs to be."""
    if len(widths) > 1:
        sheet.merge_range(row, 0, row, len(widths) - 1, "", style)
    sheet.write_string(row, 0, text, style)
    sheet.set_row(row, _LINE * math.ceil(_WIDE * len(text) / sum(widths)))


def _lay_out(sheet: Any, table: Record, heads: list[list[str]]) -> list[float]:
    """Set widths, what stays in sight, and the printed page; give the widths."""
    pairs = zip(table["rows"], table["texts"], strict=True)
    lines = [*heads, *([*labels, *texts] for labels, texts in pairs)]
    widths = []
    for place, cells in enumerate(zip(*lines, strict=True)):
        longest = max(len(str(cell)) for cell in cells)
        widths.append(min(max(_WIDE * longest + 3, 8), _WIDEST))
        sheet.set_column(place, place, widths[-1])
    for row, line in enumerate(lines, 1):
        beside = zip(line, widths, strict=True)
        high = max(math.ceil(_WIDE * len(str(c)) / (wide - 2)) for c, wide in beside)
        sheet.set_row(row, _LINE * max(high, 1))
    sheet.freeze_panes(1 + len(heads), len(lines[0]) - len(table["columns"]))
    sheet.repeat_rows(1, len(heads))
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    return widths


def _put(sheet: Any, row: int, column: int, value: object, style: Any) -> None:
    if value is None:
        sheet.write_blank(row, column, None, style)
    elif isinstance(value, int | float) and math.isfinite(value):
        sheet.write_number(row, column, value, style)
    else:
        # Apostrophes and spaces: as French sets them is right for both.
        sheet.write_string(row, column, typeset(str(value), "fr"), style)


def _format(text: str) -> str:
    """Give Excel's number format for a number shown like this.

    Examples
    --------
    >>> _format("2,50"), _format("73"), _format("< 0,001"), _format("8.9 × 10⁻¹⁴")
    ('0.00', '0', '0.0E+00', '0.0E+00')
    """
    if "<" in text or "×" in text:
        return "0.0E+00"
    found = _DECIMALS.search(text)
    return f"0.{'0' * len(found[1])}" if found else "0"


def as_latex(tables: Sequence[Tag], edition: Edition) -> dict[str, str]:
    r"""Write a page's tables as LaTeX (booktabs, longtable), each under its id.

    Parameters
    ----------
    tables : sequence of Tag
        ``div.table`` of a page, each with its id.

    Returns
    -------
    dict of str to str
        To be taken in by a document; the first comment names the packages that
        it needs. The document numbers the caption; ``\ref{id}`` refers to the
        table.
    """
    names = [str(div["id"]) for div in tables]
    parts = [
        f"<p>TABLE {place}</p>{_for_latex(div)}" for place, div in enumerate(tables)
    ]
    text = pandoc("".join(parts), "latex", edition=edition).decode()
    found = re.split(r"^TABLE \d+$", text, flags=re.MULTILINE)[1:]
    return {
        name: f"% {_needed(text)}\n{text.strip()}\n"
        for name, text in zip(names, found, strict=True)
    }


def _needed(text: str) -> str:
    r"""Name the packages that a table's LaTeX needs, and the program, if not any does.

    Examples
    --------
    >>> _needed(r"\begin{longtable}{p{\real{0.1}}}")
    '\\usepackage[T1]{fontenc} \\usepackage{booktabs,longtable,array,calc}'
    >>> _needed("Œuvre – ж").partition(" % ")[::2]
    ('\\usepackage{fontspec} \\usepackage{booktabs,longtable,array}', 'lualatex: ж')
    """
    more = {r"\real": "calc", "{landscape}": "pdflscape"}
    names = [name for mark, name in more.items() if mark in text]
    packages = ",".join(["booktabs", "longtable", "array", *names])
    lacking = "".join(sorted(set(_NO_T1.findall(text))))
    fonts = r"\usepackage{fontspec}" if lacking else r"\usepackage[T1]{fontenc}"
    told = f" % lualatex: {lacking}" if lacking else ""
    return rf"{fonts} \usepackage{{{packages}}}{told}"


def _for_latex(div: Tag) -> str:
    """Give a table its id, and leave its number to the document."""
    copy = div.__copy__()
    for frame in copy.select(".scroll"):
        frame.unwrap()
    for number in copy.select("caption .number"):
        number.decompose()
    for link in copy.select("a"):  # its target is on the page, or needs hyperref
        link.unwrap()
    for row in copy.select("tr"):  # one package less: empty cells below it
        for cell in row.select("[rowspan]"):
            place = len(cell.find_previous_siblings(["th", "td"]))
            below = row.find_next_siblings("tr")
            for other in below[: int(str(cell.attrs.pop("rowspan"))) - 1]:
                other.insert(place, Tag(name=cell.name))
    assert copy.table is not None
    copy.table["id"] = copy.attrs.pop("id")
    return str(copy)
