"""QualCoder's projects and RQDA's, read.

Both keep texts, codes in categories, and codings by their places. QualCoder's
project is a folder ``x.qda`` with ``data.qda`` in it (or that file, or the
folder zipped), RQDA's is a file ``x.rqda``. What a project deleted stays out.
"""

from collections.abc import Iterable, Mapping
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

#: What both have.
_NEEDS = "source, project"
#: RQDA's tables as QualCoder calls them.
_AS_QUALCODER = """
CREATE TEMP VIEW source AS SELECT *, file AS fulltext FROM main.source;
CREATE TEMP VIEW code_cat AS SELECT *, NULL AS supercatid FROM main.codecat;
CREATE TEMP VIEW code_name AS SELECT *, id AS cid, (
  SELECT catid FROM main.treecode AS t WHERE t.cid = f.id AND coalesce(t.status, 1) = 1
  ORDER BY t.rowid DESC LIMIT 1) AS catid FROM main.freecode AS f;
CREATE TEMP VIEW code_text AS SELECT *, selfirst AS pos0, selend AS pos1
  FROM main.coding;
CREATE TEMP VIEW annotation AS SELECT *, annotation AS memo FROM main.annotation;
CREATE TEMP VIEW journal AS SELECT *, journal AS jentry FROM main.journal;
CREATE TEMP VIEW case_text AS SELECT * FROM main.caselinkage;
CREATE TEMP VIEW attribute AS
  SELECT 'file' AS attr_type, fileID AS id, variable AS name, value
  FROM main.fileAttr UNION ALL
  SELECT 'case', caseID, variable, value FROM main.caseAttr;
"""
#: The file of a project in its folder.
INSIDE = "data.qda"


def read_qualcoder(path: Path) -> Carried:
    """Read a project of QualCoder: its folder, the folder zipped, or ``data.qda``.

    Raises
    ------
    InterviewError
        There is no database of QualCoder in it.
    """
    with opened(_database(path), path, "qualcoder_unsound", _NEEDS) as tables:
        return _read(tables)


def read_rqda(path: Path) -> Carried:
    """Read a project of RQDA.

    Raises
    ------
    InterviewError
        It is not a database of RQDA.
    """
    raw = content(path, _LARGEST)
    with opened(raw, path, "rqda_unsound", _NEEDS, _AS_QUALCODER) as tables:
        return _read(tables)


def _database(path: Path) -> bytes:
    raw = content(path / INSIDE if path.is_dir() else path, _LARGEST)
    if not raw.startswith(b"PK"):
        return raw
    inside = members(path, lambda name: Path(name).name == INSIDE)
    if len(inside) != 1:
        raise InterviewError("qualcoder_unsound", path=path, why=INSIDE)
    return next(iter(inside.values()))


def _read(tables: Tables) -> Carried:
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
    marks = [
        Mark(
            r["fid"],
            int(r["pos0"]),
            int(r["pos1"]),
            r["seltext"] or "",
            coding(f"c{r['cid']}", r),
        )
        for r in tables.rows("code_text")
    ]
    called = {code.key: code.name for code in codes}
    for table in ("code_image", "code_av"):
        for row in tables.rows(table):
            of = called.get(f"c{row['cid']}", ""), row["owner"] or ""
            tables.lose("lost_area", row["memo"] or "–", names.get(row["id"], ""), *of)
    for key, row in sources.items():
        if not row["fulltext"]:
            tables.lose("lost_source", row["name"], names[key])
    _memos(tables, names, sources)
    cases = [(r["caseid"], r["fid"]) for r in tables.rows("case_text")]
    given = [
        (r["attr_type"], r["id"], r["name"], r["value"])
        for r in tables.rows("attribute")
    ]
    respondents = _variables(tables, names, cases, given)
    return Carried(
        {names[key]: text for key, text in texts.items()},
        parents_first([*groups, *codes]),
        tuple(quotations(marks, names, texts)),
        coders(marks),
        respondents=respondents,
        lost=tuple(tables.lost),
    )


def _key(kind: str, number: object) -> str:
    return "" if number is None else f"{kind}{number}"


def _memos(
    tables: Tables, names: Mapping[int, str], sources: Mapping[int, Row]
) -> None:
    """List the memos that no coding or code bears, and the cases."""
    for key, row in sources.items():
        tables.lose("lost_document_memo", row["memo"], names[key])
    for row in tables.rows("annotation"):
        document, coder = names.get(row["fid"], ""), row["owner"] or ""
        tables.lose("lost_comment", row["memo"], document, "", coder)
    for row in tables.rows("journal"):
        words = filter(None, [row["name"], row["jentry"]])
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
