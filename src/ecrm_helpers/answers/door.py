"""The door: a file of answers goes in, a clean frame and its audit come out.

Google Forms' CSV, Excel's workbook and SPSS's file give one result. What cannot
be true is refused with every reason at once; what needs a decision is flagged;
what tells of a person stays outside.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path

import pandas as pd
import pandera.pandas as pa

from ecrm_helpers.answers.audit import (
    RECONSTRUCTED,
    SYNTHETIC,
    Audit,
    Flag,
    Origin,
    Refused,
    quoted,
    safe_cell,
)
from ecrm_helpers.answers.clean import Column, categories, cleaned
from ecrm_helpers.answers.flags import flagged, flags_of, moments
from ecrm_helpers.answers.match import Columns, matched, score
from ecrm_helpers.answers.tables import Sheet, content, form_of, read_csv
from ecrm_helpers.answers.workbooks import read_sav, read_xlsx
from ecrm_helpers.printed import Told, told
from ecrm_helpers.rows import RowsError, read_rows
from ecrm_helpers.study import Study, plain


def read_file(
    path: Path,
    study: Study,
    *,
    exclusions: Path | None = None,
    recodes: Path | None = None,
) -> tuple[pd.DataFrame, Audit]:
    """Read a file of answers and hold it against the questionnaire.

    Parameters
    ----------
    path : path
        CSV of any settled encoding and separator, XLSX, or SAV.
    study : Study
        The questionnaire.
    exclusions : path, optional
        Table ``row, decision, reason``: a line of the file, ``exclude`` or
        ``keep``, and why. Without it, ``exclusions.csv`` beside the file, if any.
    recodes : path, optional
        Table ``question, answer, becomes, reason``: an answer as met and the
        level or point it stands for; empty for a missing answer. Without it,
        ``recodes.csv`` beside the file, if any.

    Returns
    -------
    DataFrame
        One row per valid respondent, indexed by ``id``: levels as ordered
        categoricals, points as ``Int64``, missing as ``<NA>``.
    Audit
        What was read, changed, flagged and set aside.

    Raises
    ------
    Refused
        The file cannot be used; the message lists every reason.
    """
    sheet = _sheet(path, study)
    columns = matched(sheet, study)
    becomes, faults = _recodes(path, recodes, study)
    answers = _cleaned(sheet, columns, study, becomes)
    ids, id_faults = _ids(sheet, columns)
    decided, more = _decisions(path, exclusions, sheet)
    faults += [*columns.faults, *id_faults, *more]
    faults += [fault for column in answers.values() for fault in column.faults]
    if faults:
        raise Refused(str(path), faults)
    flags, sent_notes = _flags(sheet, columns, answers, study)
    excluded = _excluded(flags, decided, study)
    kept = [line not in excluded for line in sheet.lines]
    frame = pd.DataFrame({name: column.values for name, column in answers.items()})
    frame = frame.set_index(pd.Index(ids, name="id"))[kept]
    if frame.empty:
        raise Refused(str(path), [told("fault_none_valid", k=len(sheet.rows))])
    frame = schema(study, frame.columns).validate(frame)
    cells = answers.values()
    notes = [*sheet.notes, *columns.notes, *_told(columns), *sent_notes]
    return frame, Audit(
        file=path.name,
        **{key: getattr(sheet, key) for key in ("form", "encoding", "delimiter")},
        rows=len(sheet.rows),
        valid=len(frame),
        origin=_origin(ids),
        columns={name: sheet.header[place] for name, place in columns.places.items()},
        missing={str(name): int(k) for name, k in frame.isna().sum().items()},
        notes=notes + [one for column in cells for one in column.notes],
        flags=flags,
        excluded=excluded,
        others=[other for column in cells for other in column.others],
        personal=columns.personal,
        ignored=columns.ignored,
    )


def _cleaned(
    sheet: Sheet,
    columns: Columns,
    study: Study,
    becomes: Mapping[str, Mapping[str, str]],
) -> dict[str, Column]:
    return {
        name: cleaned(
            name,
            [row[place] for row in sheet.rows],
            sheet.lines,
            study,
            sheet.labels[place] if sheet.labels else {},
            becomes.get(name, {}),
        )
        for name in study.columns
        if (place := columns.places.get(name)) is not None
    }


def schema(study: Study, names: Iterable[str]) -> pa.DataFrameSchema:
    """Say what the door lets through: levels and points of the questionnaire."""
    return pa.DataFrameSchema(
        {
            name: pa.Column(
                pd.CategoricalDtype(categories(question, study), ordered=True)
                if question.closed
                else "Int64",
                pa.Check.in_range(*question.scale) if question.scale else None,
                nullable=True,
            )
            for name, question in study.columns.items()
            if name in names
        },
        index=pa.Index(str, unique=True, name="id"),
        strict=True,
    )


def as_csv(frame: pd.DataFrame) -> bytes:
    """Write clean answers as CSV that a spreadsheet opens and does not run."""
    safe = frame.set_axis([safe_cell(str(who)) for who in frame.index], axis=0)
    return safe.to_csv(index_label="id", lineterminator="\n").encode()


def _sheet(path: Path, study: Study) -> Sheet:
    found = content(path)
    form, questions = form_of(path, found), partial(score, study=study)
    if form == "csv":
        return read_csv(path, found, questions)
    return read_xlsx(path, found, questions) if form == "xlsx" else read_sav(path)


def _ids(sheet: Sheet, columns: Columns) -> tuple[list[str], list[Told]]:
    """Take the ids of the file, or make some of its line numbers."""
    if columns.id is None:
        return [f"L{line}" for line in sheet.lines], []
    ids = [row[columns.id].strip() for row in sheet.rows]
    twice = pd.Series(ids).duplicated(keep=False) | (pd.Series(ids) == "")
    lines = [line for line, bad in zip(sheet.lines, twice, strict=True) if bad]
    return ids, [told("fault_ids", k=len(lines), row=lines[0])] if lines else []


def _origin(ids: Sequence[str]) -> Origin:
    if any(who.startswith(RECONSTRUCTED) for who in ids):
        return "reconstructed"
    return "synthetic" if any(who.startswith(SYNTHETIC) for who in ids) else "own"


def _told(columns: Columns) -> list[Told]:
    notes = []
    if columns.personal:
        notes.append(told("read_personal", columns=_names(columns.personal)))
    if columns.ignored:
        notes.append(told("read_ignored", columns=_names(columns.ignored)))
    return notes


def _names(headers: Sequence[str]) -> str:
    return ", ".join(quoted(header) for header in headers)


def _flags(
    sheet: Sheet, columns: Columns, answers: Mapping[str, Column], study: Study
) -> tuple[list[Flag], list[Told]]:
    sent, sender = None, None
    notes: list[Told] = []
    if columns.moment is not None:
        place = columns.moment
        sent, notes = moments([row[place] for row in sheet.rows], study)
    if columns.senders:
        sender = pd.Series(
            [
                " ".join(plain(row[p]) for p in columns.senders).strip()
                for row in sheet.rows
            ]
        )
    codes = pd.DataFrame({name: column.codes for name, column in answers.items()})
    mixed = {name: column.contradictory for name, column in answers.items()}
    found = flagged(codes, sent, sender, mixed, study)
    return flags_of(found, sheet.lines), notes


def _excluded(
    flags: Sequence[Flag], decided: Mapping[int, tuple[str, str]], study: Study
) -> dict[int, str | Told]:
    """Give the rows set aside: by rule unless kept, or by the table."""
    found: dict[int, str | Told] = {
        flag.line: flag.why for flag in flags if flag.rule in study.reading.exclude
    }
    for line, (decision, reason) in decided.items():
        if decision == "keep":
            found.pop(line, None)
        else:
            found[line] = reason
    return dict(sorted(found.items()))


def _table(
    beside: Path, given: Path | None, name: str, columns: Sequence[str]
) -> tuple[list[dict[str, str]], list[Told]]:
    path = given or beside.parent / name
    if given is None and not path.exists():
        return [], []
    try:
        rows = read_rows(path, columns)
    except RowsError as error:
        return [], [told("fault_table", why=str(error))]
    bare = [n for n, row in enumerate(rows, 1) if not row["reason"].strip()]
    return rows, [told("fault_no_reason", table=name, row=n) for n in bare]


def _decisions(
    path: Path, given: Path | None, sheet: Sheet
) -> tuple[dict[int, tuple[str, str]], list[Told]]:
    columns = ("row", "decision", "reason")
    rows, faults = _table(path, given, "exclusions.csv", columns)
    lines, decided = {str(line): line for line in sheet.lines}, {}
    for row in rows:
        if row["row"] not in lines or row["decision"] not in ("exclude", "keep"):
            faults.append(told("fault_exclusion", **{k: row[k] for k in columns[:2]}))
        else:
            decided[lines[row["row"]]] = (row["decision"], row["reason"])
    return decided, faults


def _recodes(
    path: Path, given: Path | None, study: Study
) -> tuple[dict[str, dict[str, str]], list[Told]]:
    columns = ("question", "answer", "becomes", "reason")
    rows, faults = _table(path, given, "recodes.csv", columns)
    becomes: dict[str, dict[str, str]] = {}
    for row in rows:
        if row["question"] not in study.columns:
            faults.append(told("fault_recode", question=row["question"]))
        else:
            one = becomes.setdefault(row["question"], {})
            one[plain(row["answer"])] = row["becomes"]
    return becomes, faults
