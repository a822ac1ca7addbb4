"""Databases of coding programs (SQLite), opened and read table by table."""

import re
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from ecrm_helpers.interview.anchors import normal
from ecrm_helpers.interview.exchange.carried import Code, Lost, Quotation, lost
from ecrm_helpers.interview.exchange.positions import Places, Selection
from ecrm_helpers.interview.tables import InterviewError
from ecrm_helpers.programs import own_folder

Row = dict[str, Any]


@contextmanager
def opened(
    raw: bytes, path: Path, unsound: str, needs: str, names: str = ""
) -> Iterator["Tables"]:
    """Open a database of another program's; nothing in it is trusted or changed.

    Parameters
    ----------
    raw, path
        The database, and how it is called.
    unsound : str
        The key of what is said where it is another: without the tables `needs`.
    names : str, optional
        SQL that gives tables the names and columns they are read by.

    Raises
    ------
    InterviewError
        It is no such database.
    """
    with tempfile.TemporaryDirectory(dir=own_folder()) as folder:
        # A copy: opening a database may write beside it.
        copy = Path(folder) / "copy.sqlite3"
        copy.write_bytes(raw)
        try:
            with closing(sqlite3.connect(copy)) as database:
                database.execute("PRAGMA trusted_schema = OFF")
                database.execute(f"SELECT 1 FROM {needs}")
                database.executescript(names)
                yield Tables(database)
        except (sqlite3.DatabaseError, KeyError, TypeError) as error:
            raise InterviewError(unsound, path=path, why=error) from None


@dataclass
class Tables:
    """Reads a database's tables; what has no place is listed in `lost`."""

    database: sqlite3.Connection
    lost: list[Lost] = field(default_factory=list)

    def rows(self, table: str) -> list[Row]:
        """Read a table: none where there is none, and nothing deleted (status 0)."""
        try:
            found = self.database.execute(f"SELECT * FROM {table}")
        except sqlite3.OperationalError as error:
            if "no such table" in str(error):
                return []
            raise
        columns = [part[0] for part in found.description]
        rows = [dict(zip(columns, row, strict=True)) for row in found]
        return [row for row in rows if row.get("status") in (None, 1)]

    def lose(self, key: str, words: object, document: str = "", *who: str) -> None:
        """List something that has no place, where there is something."""
        if str(words or "").strip():
            self.lost.append(lost(document, str(words).strip(), key, *who))


@dataclass(frozen=True)
class Mark:
    """One coding: its source, its place as the program counts, and its words."""

    source: int
    start: int
    end: int
    words: str
    coding: Mapping[str, str]


def coding(code: str, row: Row) -> dict[str, str]:
    """Give a coding as carried, with its coder, day and memo."""
    day = str(row["date"] or "")
    iso = re.match(r"\d{4}-\d\d-\d\d", day)
    if not iso:
        with suppress(ValueError):  # as R's date() writes it
            day = datetime.strptime(day, "%a %b %d %H:%M:%S %Y").date().isoformat()
    memo = [str(row["memo"] or "").strip(), "important" * bool(row.get("important"))]
    return {
        "code": code,
        "coder": str(row["owner"] or ""),
        "date": iso[0] if iso else day,
        "memo": "; ".join(filter(None, memo)),
    }


def quotations(
    marks: Iterable[Mark], names: Mapping[int, str], texts: Mapping[int, str]
) -> Iterator[Quotation]:
    """Place each coding; all of a text tell how its program counts."""
    by_source: dict[int, list[Mark]] = {}
    for mark in marks:
        by_source.setdefault(mark.source, []).append(mark)
    for key, theirs in by_source.items():
        chosen = [Selection(m.start, m.end, m.words) for m in theirs]
        places = Places(texts.get(key, ""), chosen)
        for mark, selection in zip(theirs, chosen, strict=True):
            (start, end), doubt = places.place(selection)
            words = places.text[start:end] or mark.words
            document = names.get(key, str(key))
            yield Quotation(document, start, words, (mark.coding,), {}, doubt)


def coders(marks: Iterable[Mark]) -> dict[str, tuple[str, str]]:
    """Name all who coded."""
    who = dict.fromkeys(mark.coding["coder"] for mark in marks)
    return {coder: (coder or "unknown", "") for coder in who}


def distinct(names: Mapping[Any, Any]) -> dict[Any, str]:
    """Give each source, or each coder, a name of its own."""
    known: dict[Any, str] = {}
    for key, name in names.items():
        own = normal(str(name))
        known[key] = f"{own} ({key})" if own in known.values() else own
    return known


def parents_first(codes: Sequence[Code]) -> tuple[Code, ...]:
    """Order the codes so that each stands below its category."""
    below: dict[str, list[Code]] = {}
    known = {code.key for code in codes}
    for code in codes:
        below.setdefault(code.parent if code.parent in known else "", []).append(code)
    ordered, waiting = [], below.get("", [])[::-1]
    while waiting:
        ordered.append(waiting.pop())
        waiting += below.get(ordered[-1].key, [])[::-1]
    return tuple(ordered)
