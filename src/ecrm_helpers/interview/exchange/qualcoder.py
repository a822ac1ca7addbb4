"""QualCoder's projects and RQDA's, read.

Both keep texts, codes in categories, and codings by their places. QualCoder's
project is a folder ``x.qda`` with ``data.qda`` in it (or that file, or the
folder zipped), RQDA's is a file ``x.rqda``. What a project deleted stays out.
"""

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from ecrm_helpers.files import content
from ecrm_helpers.interview.exchange.archives import members
from ecrm_helpers.interview.exchange.carried import Carried, Code, add_variable
from ecrm_helpers.interview.exchange.databases import (
    Mark,
    Row,
    Tables,
    coders,
    coding,
    distinct,
    opened,
    parents_first,
    quotations,
)
from ecrm_helpers.interview.tables import InterviewError

#: A database may be larger than a text: it holds all of them.
_LARGEST = 60_000_000

#: The file of a project in its folder.
INSIDE = "data.qda"


def read_qualcoder(path: Path) -> Carried:
    """Read a project of QualCoder: its folder, the folder zipped, or ``data.qda``.

    Raises
    ------
    InterviewError
        There is no database of QualCoder in it.
    """
    return _read(_database(path), path, _qualcoder, "qualcoder_unsound")


def read_rqda(path: Path) -> Carried:
    """Read a project of RQDA.

    Raises
    ------
    InterviewError
        It is not a database of RQDA.
    """
    return _read(content(path, _LARGEST), path, _rqda, "rqda_unsound")


def _read(
    raw: bytes, path: Path, read: Callable[[Tables], Carried], unsound: str
) -> Carried:
    try:
        with opened(raw) as database:
            database.execute("SELECT 1 FROM source, project")  # both have these
            return read(Tables(database))
    except (sqlite3.DatabaseError, KeyError, TypeError) as error:
        raise InterviewError(unsound, path=path, why=error) from None


def _database(path: Path) -> bytes:
    raw = content(path / INSIDE if path.is_dir() else path, _LARGEST)
    if not raw.startswith(b"PK"):
        return raw
    inside = members(path, lambda name: Path(name).name == INSIDE)
    if len(inside) != 1:
        raise InterviewError("qualcoder_unsound", path=path, why=INSIDE)
    return next(iter(inside.values()))


def _qualcoder(tables: Tables) -> Carried:
    """Read the tables as QualCoder names them."""
    sources = {row["id"]: row for row in tables.rows("source")}
    names = distinct({key: row["name"] for key, row in sources.items()})
    texts = {k: row["fulltext"] for k, row in sources.items() if row["fulltext"]}
    groups = [
        Code(f"g{r['catid']}", _key("g", r["supercatid"]), r["name"], r["memo"] or "")
        for r in tables.rows("code_cat")
    ]
    codes = [
        Code(f"c{r['cid']}", up, r["name"], r["memo"] or "")
        for r in tables.rows("code_name")
        for up in [_key("c", r.get("supercid")) or _key("g", r["catid"])]
    ]
    marks = [_mark(r, r["pos0"], r["pos1"]) for r in tables.rows("code_text")]
    called = {code.key: code.name for code in codes}
    for table in ("code_image", "code_av"):
        for row in tables.rows(table):
            of = called.get(f"c{row['cid']}", ""), row["owner"] or ""
            tables.lose("lost_area", row["memo"] or "–", names.get(row["id"], ""), *of)
    for key, row in sources.items():
        if not row["fulltext"]:
            tables.lose("lost_source", row["name"], names[key])
    _memos(tables, names, sources, {"annotation": "memo", "journal": "jentry"})
    cases = [(r["caseid"], r["fid"]) for r in tables.rows("case_text")]
    given = [
        (r["attr_type"], r["id"], r["name"], r["value"])
        for r in tables.rows("attribute")
    ]
    respondents = _variables(tables, names, cases, given)
    return _carried(tables, names, texts, [*groups, *codes], marks, respondents)


def _rqda(tables: Tables) -> Carried:
    """Read the tables as RQDA names them."""
    sources = {row["id"]: row for row in tables.rows("source")}
    names = distinct({key: row["name"] for key, row in sources.items()})
    texts = {key: row["file"] or "" for key, row in sources.items()}
    above = {row["cid"]: row["catid"] for row in tables.rows("treecode")}
    groups = [
        Code(f"g{r['catid']}", "", r["name"], r["memo"] or "")
        for r in tables.rows("codecat")
    ]
    known = {group.key for group in groups}
    codes = [
        Code(f"c{r['id']}", up if up in known else "", r["name"], r["memo"] or "")
        for r in tables.rows("freecode")
        for up in [_key("g", above.get(r["id"]))]
    ]
    marks = [
        _mark(r, int(r["selfirst"]), int(r["selend"])) for r in tables.rows("coding")
    ]
    noted = {"annotation": "annotation", "journal": "journal"}
    _memos(tables, names, sources, noted)
    cases = [(r["caseid"], r["fid"]) for r in tables.rows("caselinkage")]
    given = [
        (kind, r[f"{kind}ID"], r["variable"], r["value"])
        for kind in ("file", "case")
        for r in tables.rows(f"{kind}Attr")
    ]
    respondents = _variables(tables, names, cases, given)
    return _carried(tables, names, texts, [*groups, *codes], marks, respondents)


def _mark(row: Row, start: int, end: int) -> Mark:
    """Give a coding of either program."""
    words = row["seltext"] or ""
    return Mark(row["fid"], start, end, words, coding(f"c{row['cid']}", row))


def _carried(
    tables: Tables,
    names: Mapping[int, str],
    texts: Mapping[int, str],
    codes: Sequence[Code],
    marks: Sequence[Mark],
    respondents: Mapping[str, Mapping[str, str]],
) -> Carried:
    """Put together what the tables of either program hold."""
    return Carried(
        {names[key]: text for key, text in texts.items()},
        parents_first(codes),
        tuple(quotations(marks, names, texts)),
        coders(marks),
        respondents=respondents,
        lost=tuple(tables.lost),
    )


def _key(kind: str, number: object) -> str:
    return "" if number is None else f"{kind}{number}"


def _memos(
    tables: Tables,
    names: Mapping[int, str],
    sources: Mapping[int, Mapping[str, str]],
    noted: Mapping[str, str],
) -> None:
    """List the memos that no coding or code bears, and the cases."""
    for key, row in sources.items():
        tables.lose("lost_document_memo", row["memo"], names[key])
    for row in tables.rows("annotation"):
        document, coder = names.get(row["fid"], ""), row["owner"] or ""
        tables.lose("lost_comment", row[noted["annotation"]], document, "", coder)
    for row in tables.rows("journal"):
        words = filter(None, [row["name"], row[noted["journal"]]])
        tables.lose("lost_note", ": ".join(words))
    for row in tables.rows("cases"):
        tables.lose("lost_case", ": ".join(filter(None, [row["name"], row["memo"]])))
    for row in tables.rows("project"):
        tables.lose("lost_project_memo", row.get("memo"))


def _variables(
    tables: Tables,
    names: Mapping[int, str],
    cases: Iterable[tuple[int, int]],
    given: Iterable[tuple[str, int, str, str]],
) -> dict[str, dict[str, str]]:
    """Give each document its own variables and those of its case."""
    of_case: dict[int, list[int]] = {}
    for case, source in cases:
        of_case.setdefault(case, []).append(source)
    found: dict[str, dict[str, str]] = {}
    for kind, key, name, value in given:
        documents = [key] if kind == "file" else of_case.get(key, [])
        known = [names[d] for d in documents if d in names]
        if not known and value:
            tables.lose("lost_value", f"{name}: {value}")
        for document in known:
            add_variable(found.setdefault(document, {}), name, str(value or ""))
    return found
