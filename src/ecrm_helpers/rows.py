"""A small CSV file read whole, or refused with every fault named.

The compendium's own tables are comma-separated, in UTF-8, with a header and
rows as wide as it. A row that is wider or narrower would shift its values to
other columns unseen, so it is refused with its line number.

It imports nothing else from this package but what says its faults.
"""

import csv
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from ecrm_helpers.printed import Wrong, told


class RowsError(Wrong):
    """The file is not such a table; the message lists every fault."""


def read_rows(path: Path, columns: Sequence[str] = ()) -> list[dict[str, str]]:
    """Read a table: one mapping from column to text for each row.

    Parameters
    ----------
    path : path
        The file.
    columns : sequence of str, optional
        The columns it must have, in order; any where none are given.

    Returns
    -------
    list of dict

    Raises
    ------
    RowsError
        The file is missing, empty or not CSV in UTF-8, has other columns or
        one twice, or a row has more or fewer cells than the header.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            rows = [(reader.line_num, row) for row in reader if row]
    except FileNotFoundError:
        raise RowsError("rows_none", path=path) from None
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise RowsError("rows_unreadable", path=path, why=error) from None
    if not rows:
        raise RowsError("rows_empty", path=path)
    header = rows[0][1]
    if columns and tuple(header) != tuple(columns):
        wanted, found = ", ".join(columns), ", ".join(header)
        raise RowsError("rows_columns", path=path, wanted=wanted, found=found)
    faults = [
        told("rows_twice", name=name, k=n)
        for name, n in Counter(header).items()
        if n > 1
    ] + [
        told("rows_ragged", line=line, cells=len(row), width=len(header))
        for line, row in rows[1:]
        if len(row) != len(header)
    ]
    if faults:
        raise RowsError("rows_faults", *faults, path=path, k=len(faults))
    return [dict(zip(header, row, strict=True)) for _, row in rows[1:]]
