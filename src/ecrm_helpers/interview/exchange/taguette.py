"""Taguette's project database and its CSV of highlights, read.

A database holds documents as HTML and offsets in UTF-8 bytes over the text
without tags. Every export names all users ``admin``: one project per coder.
The CSV has neither text nor offsets, so its highlights need a text to stand in.
"""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from bs4 import BeautifulSoup

from ecrm_helpers.files import content, read_rows
from ecrm_helpers.interview.exchange.carried import Carried, Code, Quotation
from ecrm_helpers.interview.tables import InterviewError

_ADMIN = {"admin": ("admin", "")}


def read_database(path: Path) -> Carried:
    """Read a ``.sqlite3`` export.

    Raises
    ------
    InterviewError
        It is not a database of Taguette.
    """
    raw = content(path)
    with tempfile.TemporaryDirectory() as folder:
        # A copy: opening a database may write beside it.
        copy = Path(folder) / "copy.sqlite3"
        copy.write_bytes(raw)
        try:
            with closing(sqlite3.connect(copy)) as database:
                database.execute("PRAGMA trusted_schema = OFF")
                return _project(database)
        except (sqlite3.DatabaseError, KeyError, TypeError) as error:
            raise InterviewError("taguette_unsound", path=path, why=error) from None


def _project(database: sqlite3.Connection) -> Carried:
    pages = dict(database.execute("SELECT id, contents FROM documents ORDER BY id"))
    names: dict[int, str] = {}
    for key, name in database.execute("SELECT id, name FROM documents ORDER BY id"):
        names[key] = f"{name} ({key})" if name in names.values() else name
    tags = database.execute(
        "SELECT id, CAST(path AS TEXT), CAST(description AS TEXT) FROM tags ORDER BY id"
    )
    codes = tuple(Code(str(key), "", name, about) for key, name, about in tags)
    placed: dict[int, list[str]] = {}
    for highlight, tag in database.execute(
        "SELECT highlight_id, tag_id FROM highlight_tags ORDER BY highlight_id, tag_id"
    ):
        placed.setdefault(highlight, []).append(str(tag))
    rows = database.execute(
        "SELECT id, document_id, start_offset, end_offset, snippet FROM highlights "
        "ORDER BY document_id, start_offset, id"
    )
    quotations = []
    for key, document, start, end, snippet in rows:
        before, words = _cut(pages[document], start, end)
        shown = BeautifulSoup(snippet, "html.parser").get_text()
        same = "".join(shown.split()) == "".join(words.split())
        codings = tuple({"code": c, "coder": "admin"} for c in placed.get(key, []))
        quotations.append(
            Quotation(names[document], before, words if same else shown, codings)
        )
    texts = {names[key]: _plain(page) for key, page in pages.items()}
    return Carried(texts, codes, tuple(quotations), _ADMIN)


def _plain(page: str) -> str:
    return BeautifulSoup(page, "html.parser").get_text()


def _cut(page: str, start: int, end: int) -> tuple[int, str]:
    """Cut a passage by its bytes; give its start in code points, and its words."""
    raw = _plain(page).encode()
    before = raw[:start].decode(errors="ignore")
    return len(before), raw[start:end].decode(errors="ignore")


def read_csv(path: Path, text: str | None) -> Carried:
    """Read a CSV of Taguette: highlights, or a codebook.

    Parameters
    ----------
    path : path
        With the columns ``id``, ``document``, ``tag``, ``content``; or with
        ``tag`` and ``description``.
    text : str or None
        The text that the highlights are from; without it none has a place.

    Raises
    ------
    InterviewError
        It has other columns, or is not CSV in UTF-8.
    """
    rows = read_rows(path)
    columns = set(rows[0]) if rows else set()
    if columns >= {"tag", "description"}:
        tags = [(r["tag"], r["description"]) for r in rows]
        return Carried({}, tuple(Code(tag, "", tag, about) for tag, about in tags))
    if rows and not columns >= {"id", "document", "tag", "content"}:
        found = ", ".join(rows[0])
        raise InterviewError("taguette_columns", path=path, found=found)
    names = dict.fromkeys(row["tag"] for row in rows if row["tag"])
    codes = tuple(Code(tag, "", tag) for tag in names)
    texts = {row["document"]: text for row in rows} if text is not None else {}
    return Carried(texts, codes, tuple(_highlights(rows)), _ADMIN)


def _highlights(rows: list[dict[str, str]]) -> Iterator[Quotation]:
    near = 0
    for row in rows:
        codings = ({"code": row["tag"], "coder": "admin"},) if row["tag"] else ()
        yield Quotation(row["document"], near, row["content"], codings)
