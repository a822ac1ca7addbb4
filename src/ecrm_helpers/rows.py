"""A small CSV file read whole, or refused with every fault named.

The compendium's own tables are comma-separated, in UTF-8, with a header and
rows as wide as it. A row that is wider or narrower would shift its values to
other columns unseen, so it is refused with its line number.

The lowest floor: it imports nothing else from this package.
"""

import csv
from collections import Counter
from collections.abc import Sequence
from pathlib import Path


class RowsError(ValueError):
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
        raise RowsError(f"{path}: no such file") from None
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise RowsError(f"{path}: not readable as CSV in UTF-8: {error}") from None
    if not rows:
        raise RowsError(f"{path}: the file is empty; a header row is needed")
    header = rows[0][1]
    if columns and tuple(header) != tuple(columns):
        raise RowsError(
            f"{path}: columns must be {', '.join(columns)}; found {', '.join(header)}"
        )
    faults = [
        f"  column {name!r} occurs {n} times"
        for name, n in Counter(header).items()
        if n > 1
    ] + [
        f"  line {line}: {len(row)} cells (the header has {len(header)})"
        for line, row in rows[1:]
        if len(row) != len(header)
    ]
    if faults:
        raise RowsError(f"{path}: {len(faults)} fault(s)\n" + "\n".join(faults))
    return [dict(zip(header, row, strict=True)) for _, row in rows[1:]]
