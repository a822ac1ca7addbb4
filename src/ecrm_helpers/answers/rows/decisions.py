"""What an author decided of a file: rows set aside or kept, answers recoded.

A row is named by its id or by the moment it was sent, which are the same in
every form of a file. Its line is not: a table of lines is for one file alone,
the one whose checksum it names, or the only one in its folder.
"""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from ecrm_helpers.answers.audit import listed, quoted
from ecrm_helpers.answers.formats.kinds import ENDINGS
from ecrm_helpers.answers.formats.tables import Sheet
from ecrm_helpers.files import RowsError, read_rows
from ecrm_helpers.printed import Told, told
from ecrm_helpers.study import Study, plain

#: How a row may be named, and what belongs to every row of the table.
_NAMES = ("id", "moment", "row")
_ALWAYS = ("decision", "reason")


class Decision(NamedTuple):
    """What becomes of one row of the file, and why."""

    exclude: bool
    reason: str


def checksum(content: bytes) -> str:
    """Give a file's SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def decisions(
    path: Path,
    given: Path | None,
    content: bytes,
    sheet: Sheet,
    columns: Mapping[str, int | None],
) -> tuple[dict[int, Decision], list[Told]]:
    """Read which rows an author set aside or kept.

    Parameters
    ----------
    path : path
        The file of answers.
    given : path or None
        The table; without it ``exclusions.csv`` beside the file, if any. Columns:
        ``decision`` (``exclude`` or ``keep``), ``reason``, one of ``id``,
        ``moment`` (as the file writes it) and ``row`` (a line of the file), and
        perhaps ``sha256``, the file's checksum or its beginning.
    content : bytes
        The file's content.
    sheet : Sheet
        Its rows.
    columns : mapping of {"id", "moment"} to int or None
        Where the file holds ids and moments.

    Returns
    -------
    dict of int to Decision
        By line of the file.
    list of Told
        What is wrong with the table.
    """
    table = given or path.with_name("exclusions.csv")
    if given is None and not table.exists():
        return {}, []
    rows, unread = _read(table)
    if unread:
        return {}, unread
    # A single line is a header too, or a row that lacks one.
    header = [*rows[0]] if rows else table.read_text("utf-8-sig").split()[0].split(",")
    if not _usable({*header}):
        names = ", ".join(map(quoted, header))
        return {}, [told("fault_exclusions_columns", table=table.name, found=names)]
    faults = [*_bare(table, rows), *_other_file(path, table, content, rows)]
    decided: dict[int, Decision] = {}
    places = {"row": {str(line): [line] for line in sheet.lines}}
    for name, column in columns.items():
        places[name] = _lines_by(sheet, column)
    for row in rows:
        name = next((key for key in _NAMES if row.get(key, "").strip()), "")
        found = places.get(name, {}).get(row.get(name, "").strip(), [])
        if len(found) != 1 or row["decision"] not in ("exclude", "keep"):
            faults.append(_no_row(name, row, found))
        else:
            decided[found[0]] = Decision(row["decision"] == "exclude", row["reason"])
    return decided, faults


def _read(table: Path, *columns: str) -> tuple[list[dict[str, str]], list[Told]]:
    try:
        return read_rows(table, columns), []
    except RowsError as error:
        return [], [told("fault_table", why=str(error))]


def _usable(header: set[str]) -> bool:
    known = {*_ALWAYS, *_NAMES, "sha256"}
    return header >= set(_ALWAYS) and bool(header & set(_NAMES)) and header <= known


def _bare(table: Path, rows: Sequence[Mapping[str, str]]) -> list[Told]:
    bare = [n for n, row in enumerate(rows, 1) if not row["reason"].strip()]
    return [told("fault_no_reason", table=table.name, row=n) for n in bare]


def _no_row(name: str, row: Mapping[str, str], found: Sequence[int]) -> Told:
    """Say that a line of the table names no row of the file, or several."""
    named = f"{name} {quoted(row.get(name, ''))}" if name else "-"
    if len(found) > 1:
        return told("fault_exclusion_several", row=named, lines=listed(found))
    return told("fault_exclusion", row=named, decision=quoted(row["decision"]))


def _lines_by(sheet: Sheet, column: int | None) -> dict[str, list[int]]:
    """Give the lines of the file by what a column holds."""
    found: dict[str, list[int]] = {}
    if column is not None:
        for line, row in zip(sheet.lines, sheet.rows, strict=True):
            found.setdefault(row[column], []).append(line)
    return found


def _other_file(
    path: Path, table: Path, content: bytes, rows: Sequence[Mapping[str, str]]
) -> list[Told]:
    """Refuse a table that was made for another file, or that may have been."""
    real = checksum(content)
    named = {row.get("sha256", "").strip().lower() for row in rows}
    if wrong := sorted(one for one in named if one and not real.startswith(one)):
        named_file = {"table": table.name, "found": ", ".join(map(quoted, wrong))}
        return [told("fault_exclusions_file", sha256=real[:16], **named_file)]
    by_line = any(
        row.get("row", "").strip() and not row.get("sha256", "").strip()
        for row in rows
        if not any(row.get(key, "").strip() for key in ("id", "moment"))
    )
    answers = [one for one in path.parent.iterdir() if _holds_answers(one)]
    if not by_line or len(answers) == 1:
        return []
    files = ", ".join(sorted(quoted(one.name) for one in answers))
    names = {"table": table.name, "files": files}
    return [told("fault_exclusions_lines", sha256=real[:16], **names)]


def _holds_answers(path: Path) -> bool:
    tables = ("exclusions.csv", "recodes.csv")
    return path.suffix.lower() in ENDINGS and path.name not in tables


def recodes(
    path: Path, given: Path | None, study: Study
) -> tuple[dict[str, dict[str, str]], list[Told]]:
    """Read which answers an author recoded.

    Parameters
    ----------
    path : path
        The file of answers.
    given : path or None
        Table ``question, answer, becomes, reason``; without it ``recodes.csv``
        beside the file, if any.

    Returns
    -------
    dict of str to dict
        By question: each answer, as `plain` writes it, and what it becomes.
    list of Told
        What is wrong with the table.
    """
    table = given or path.with_name("recodes.csv")
    if given is None and not table.exists():
        return {}, []
    rows, unread = _read(table, "question", "answer", "becomes", "reason")
    faults = unread or _bare(table, rows)
    becomes: dict[str, dict[str, str]] = {}
    for row in rows:
        if row["question"] not in (*study.columns, *study.questions):
            faults.append(told("fault_recode", question=row["question"]))
        else:
            one = becomes.setdefault(row["question"], {})
            one[plain(row["answer"])] = row["becomes"]
    return becomes, faults
