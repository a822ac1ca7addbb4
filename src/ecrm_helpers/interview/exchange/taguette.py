"""Taguette's project database and its CSV of highlights, read.

A database holds documents as HTML and offsets in UTF-8 bytes over the text
without tags. Every export names all users ``admin``: one project per coder.
The CSV has neither text nor offsets, so its highlights need a text to stand in.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from bs4 import BeautifulSoup

from ecrm_helpers.files import content
from ecrm_helpers.interview.anchors import folded, normal
from ecrm_helpers.interview.exchange.archives import csv_rows
from ecrm_helpers.interview.exchange.carried import Carried, Code, Quotation
from ecrm_helpers.interview.exchange.databases import Tables, distinct, opened
from ecrm_helpers.interview.tables import InterviewError

#: Who coded, in every export.
ADMIN = "admin"
_ADMIN = {ADMIN: (ADMIN, "")}
_NEEDS = "projects, documents, highlights, highlight_tags, tags"
_HIGHLIGHT = {"id", "document", "tag", "content"}


def read_database(path: Path) -> Carried:
    """Read a ``.sqlite3`` export.

    Raises
    ------
    InterviewError
        It is not a database of Taguette.
    """
    with opened(content(path), path, "taguette_unsound", _NEEDS) as tables:
        return _project(tables)


def _project(tables: Tables) -> Carried:
    projects, documents = tables.rows("projects"), tables.rows("documents")
    if len(projects) > 1:
        listed = ", ".join(str(project["name"]) for project in projects)
        raise InterviewError("taguette_projects", names=listed)
    names = distinct({row["id"]: row["name"] for row in documents})
    texts = {row["id"]: _plain(row["contents"]) for row in documents}
    for project in projects:
        tables.lose("lost_project_memo", project["description"])
    for row in documents:
        tables.lose("lost_document_memo", row["description"], names[row["id"]])
    placed: dict[int, list[str]] = {}
    for row in tables.rows("highlight_tags"):
        placed.setdefault(row["highlight_id"], []).append(str(row["tag_id"]))
    quotations = []
    for row in tables.rows("highlights ORDER BY document_id, start_offset, id"):
        ends = row["start_offset"], row["end_offset"]
        before, words = _cut(texts[row["document_id"]], *ends)
        shown = _plain(row["snippet"])
        same = "".join(shown.split()) == "".join(words.split())
        codings = tuple(
            {"code": code, "coder": ADMIN} for code in placed.get(row["id"], [])
        )
        document = names[row["document_id"]]
        quotations.append(
            Quotation(document, before, words if same else shown, codings)
        )
    codes = (
        Code(str(row["id"]), "", str(row["path"]), str(row["description"] or ""))
        for row in tables.rows("tags")
    )
    return Carried(
        {names[key]: text for key, text in texts.items()},
        tuple(codes),
        tuple(quotations),
        _ADMIN,
        lost=tuple(tables.lost),
    )


def _plain(page: str) -> str:
    return BeautifulSoup(page, "html.parser").get_text()


def _cut(text: str, start: int, end: int) -> tuple[int, str]:
    """Cut a passage by its bytes; give its start in code points, and its words."""
    raw = text.encode()
    before = raw[:start].decode(errors="ignore")
    return len(normal(before)), raw[start:end].decode(errors="ignore")


def wrote(path: Path) -> bool:
    """Tell by its columns whether Taguette wrote a CSV."""
    columns = set(next(iter(csv_rows(path)), []))
    return columns >= {"tag", "description"} or columns >= _HIGHLIGHT


def read_csv(path: Path, texts: Mapping[str, str]) -> Carried:
    """Read a CSV of Taguette: highlights, or a codebook.

    Parameters
    ----------
    path : path
        With the columns ``id``, ``document``, ``tag``, ``content``; or with
        ``tag`` and ``description``. As Taguette writes it, or as a French
        Excel saves it again (``;``, Windows-1252).
    texts : mapping of name to text
        The texts that highlights are from, by their files' names without ending.
        One text stands for the only document; of several, each for the document
        of its name. Highlights of other documents have no place.

    Raises
    ------
    InterviewError
        It is not CSV.
    """
    rows = _rows(path)
    columns = set(rows[0]) if rows else set()
    if columns >= {"tag", "description"}:
        tags = [(r["tag"], r["description"]) for r in rows]
        return Carried({}, tuple(Code(tag, "", tag, about) for tag, about in tags))
    codes = dict.fromkeys(row["tag"] for row in rows if row["tag"])
    return Carried(
        _texts(list(dict.fromkeys(row["document"] for row in rows)), texts),
        tuple(Code(tag, "", tag) for tag in codes),
        tuple(_highlights(rows)),
        _ADMIN,
    )


def _rows(path: Path) -> list[dict[str, str]]:
    """Give the rows by the header's names; refuse ragged ones."""
    header, *rows = csv_rows(path) or [[]]
    try:
        return [dict(zip(header, row, strict=True)) for row in rows]
    except ValueError as error:
        raise InterviewError("taguette_csv", path=path, why=error) from None


def _texts(documents: list[str], texts: Mapping[str, str]) -> dict[str, str]:
    """Give each document its text: the only one, or the one of its name."""
    if len(documents) == len(texts) == 1:
        return dict(zip(documents, texts.values(), strict=True))
    stems = {folded(name): text for name, text in texts.items()}
    named = {doc: folded(doc.removesuffix(Path(doc).suffix)) for doc in documents}
    return {doc: stems[stem] for doc, stem in named.items() if stem in stems}


def _highlights(rows: list[dict[str, str]]) -> Iterator[Quotation]:
    """Give each highlight once, with all its tags."""
    tags: dict[tuple[str, str, str], list[str]] = {}
    for row in rows:
        at = row["document"], row["id"], row["content"]
        tags.setdefault(at, []).append(row["tag"])
    for (document, _, words), given in tags.items():
        codings = tuple({"code": tag, "coder": ADMIN} for tag in given if tag)
        yield Quotation(document, None, words, codings)
