"""Taguette's project database, read.

It holds documents as HTML and offsets in UTF-8 bytes over the text without tags.
Every export names all users ``admin``: one project per coder. What Taguette writes
as a table has neither text nor offsets, and is read as one of one's own.
"""

from pathlib import Path

from bs4 import BeautifulSoup

from ecrm_helpers.files import content
from ecrm_helpers.interview.anchors import normal
from ecrm_helpers.interview.exchange.carried import Carried, Code, Quotation
from ecrm_helpers.interview.exchange.databases import Tables, distinct, opened
from ecrm_helpers.interview.tables import InterviewError

#: Who coded, in every export.
ADMIN = "admin"
_ADMIN = {ADMIN: (ADMIN, "")}
_NEEDS = "projects, documents, highlights, highlight_tags, tags"


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
