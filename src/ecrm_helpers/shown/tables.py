"""Tables: a frame of numbers in, a captioned table out.

The frame keeps full precision, and the table's record for files with it; only
what is shown is rounded. pandas writes the HTML, with its spans and escaping.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

import numpy as np
import pandas as pd

from ecrm_helpers.printed import Edition, language, number, say
from ecrm_helpers.shown.piece import Piece

#: How many digits, or the function of `printed` that writes a value.
Digits = int | Callable[[float, Edition], str]


@dataclass(frozen=True)
class Written:
    """A number of a table that is shown in its own way: files get the value."""

    value: float
    text: str


def table(
    frame: pd.DataFrame,
    name: str,
    caption: str,
    edition: Edition | None = None,
    *,
    decimals: Mapping[str, Digits] | Digits = 2,
    source: str = "source_computed",
    note: str = "",
    said: str = "",
) -> Piece:
    """Show a frame as a table with caption, source and note.

    Parameters
    ----------
    frame : DataFrame
        Row and column labels as they shall be read; a name of the rows' labels heads
        them. Whole numbers and text
        are shown as they are; floats with `decimals`; what is `Written` as it
        says; missing as blank.
    name : str
        Id of the table, and name of its files.
    caption : str
        What the table shows; stands above it.
    edition : {"fr", "en"}, optional
        Decides the decimal mark; the chosen one where none is given.
    decimals : int, callable, or mapping of column or row label to these
        Digits after the mark, or a function of `printed` that writes a value;
        where neither column nor row is named, 2 digits.
    source : str
        A phrase's key for the line below the table.
    note : str
        Shown after the source.
    said : str
        What the table says, in a sentence of its own; it stays where the table is
        folded, or stands in an annex.

    Returns
    -------
    Piece
        Its content is the record that files are made from: ``caption``,
        ``source``, ``note``, ``columns`` and ``rows`` (the labels of each, one
        for each level), ``values`` at full precision and ``texts`` as shown.

    Examples
    --------
    >>> shown = table(pd.DataFrame({"M": [2.5]}, index=["Non"]), "t", "Means", "fr")
    >>> shown.content["rows"], shown.content["values"], shown.content["texts"]
    ([['Non']], [[2.5]], [['2,50']])
    """
    edition = edition or language()
    digits: Mapping[Any, Digits] = decimals if isinstance(decimals, Mapping) else {}
    default = 2 if isinstance(decimals, Mapping) else decimals
    text = frame.copy().astype(object)
    for place, column in enumerate(frame.columns):
        shown = [
            _cell(value, digits.get(column, digits.get(row, default)), edition)
            for row, value in frame.iloc[:, place].items()
        ]
        text.isetitem(place, shown)
    below = say(source, edition)
    record = {
        "caption": caption,
        "source": below,
        "note": note,
        "columns": _labels(frame.columns),
        "rows": _labels(frame.index),
        "values": [[_plain(v) for v in row] for row in frame.itertuples(index=False)],
        "texts": text.to_numpy().tolist(),
    }
    footer = " ".join(filter(None, [below, note]))
    return Piece(
        kind="table",
        id=name,
        html=_markup(text, name, caption, footer) + (said and f"<p>{escape(said)}</p>"),
        plain="\n".join(filter(None, [caption, text.to_string(), footer, said])),
        content=record,
    )


def plainly(value: float, edition: Edition | None = None) -> str:
    """Write a whole number as it is, any other with two digits.

    Examples
    --------
    >>> plainly(4.0, "fr"), plainly(1.25, "fr")
    ('4', '1,25')
    """
    return number(value, 0 if value % 1 == 0 else 2, edition)


def _labels(axis: Iterable[Hashable]) -> list[list[Any]]:
    """List the labels of rows or columns, one for each level."""
    return [[_plain(x) for x in (k if isinstance(k, tuple) else (k,))] for k in axis]


def _plain(value: Any) -> Any:
    """Give a value as JSON knows it; missing is None."""
    if isinstance(value, Written):
        value = value.value
    if value is None or value is pd.NA or value != value:  # NaN differs from itself
        return None
    return value.item() if isinstance(value, np.generic) else value


def _cell(value: object, digits: Digits, edition: Edition) -> str:
    if isinstance(value, Written):
        return value.text
    if _plain(value) is None:
        return ""
    if not isinstance(value, float):
        return str(value)
    return (
        digits(value, edition) if callable(digits) else number(value, digits, edition)
    )


def _words(column: "pd.Series[str]") -> bool:
    """Tell whether a column holds words, results as "r = .74", or names alone."""
    filled = column[column != ""]
    named = filled.str.fullmatch(r"[^\W\d_][\w. -]*").all() and len(filled) > 0
    return bool(named or column.str.contains(r"[^\W\d_]{3}|\s=\s").any())


def _markup(text: pd.DataFrame, name: str, caption: str, footer: str) -> str:
    """Write semantic HTML: caption first, header cells with their scope."""
    from bs4 import BeautifulSoup  # slow to load

    bare = text.to_html(border=0, justify="unset", index_names=False)
    soup = BeautifulSoup(bare, "html.parser")
    body = soup.table
    assert body is not None  # pandas always writes a table
    title = soup.new_tag("caption")
    title.string = caption
    body.insert(0, title)
    del body["class"]  # pandas's own, which the page has no use for
    for row in body.find_all("tr"):
        row.attrs.pop("style", None)
    lowest = body.select("thead tr:last-child th")
    for cell, head in zip(lowest, text.index.names, strict=False):
        cell.string = str(head or "")
        if head:
            cell["class"] = "words"
    wordy = text.apply(_words)
    for row in body.find_all("tr"):
        # Header cells of the rows come first; the last cells are the columns.
        cells = row.find_all(["th", "td"])[-len(wordy) :]
        for cell, holds_words in zip(cells, wordy, strict=False):
            if holds_words:
                cell["class"] = "words"
    return (
        f'<div class="table" id="{escape(name)}">{body}'
        f'<div class="source">{escape(footer)}</div></div>'
    )
