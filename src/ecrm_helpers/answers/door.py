"""The door: a file of answers goes in, a clean frame and its audit come out.

Google Forms' CSV, Excel's workbook and SPSS's file give one result. What cannot
be true is refused with every reason at once; what needs a decision is flagged;
what tells of a person stays outside.
"""

import gc
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

import numpy as np
import pandas as pd

from ecrm_helpers.answers.audit import (
    NOBODY,
    RECONSTRUCTED,
    RULES,
    SYNTHETIC,
    TABLE,
    Audit,
    Flag,
    Origin,
    Refused,
    SetAside,
    quoted,
    told_by_rule,
)
from ecrm_helpers.answers.columns.clean import Column
from ecrm_helpers.answers.columns.every import every_column
from ecrm_helpers.answers.columns.headers import Headers
from ecrm_helpers.answers.columns.match import Columns, matched
from ecrm_helpers.answers.formats.any_form import sheet_of
from ecrm_helpers.answers.formats.kinds import content
from ecrm_helpers.answers.formats.moments import days_of, moments
from ecrm_helpers.answers.formats.tables import Sheet
from ecrm_helpers.answers.personal import senders
from ecrm_helpers.answers.rows.decisions import Decision, checksum, decisions
from ecrm_helpers.answers.rows.decisions import recodes as recoded
from ecrm_helpers.answers.rows.flags import flagged
from ecrm_helpers.answers.rows.respondents import no_respondents, unsent, without
from ecrm_helpers.files import safe_cell
from ecrm_helpers.printed import Told, told
from ecrm_helpers.study import Study, plain

#: What a column of weights is called.
_WEIGHTS = re.compile(r"\b(?:weights?|wgt|poids|ponderations?|redressements?)\b")


@contextmanager
def _uncollected() -> Iterator[None]:
    """Let no garbage be looked for: millions of cells are held, and none in circles."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@_uncollected()
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
    exclusions : path, optional
        Which rows are set aside or kept, and why, as `decisions` reads it.
        Without it, ``exclusions.csv`` beside the file, if any.
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
    read = content(path)
    headers = Headers(study)
    sheet = sheet_of(path, read, headers.score)
    columns = matched(sheet, headers)
    becomes, faults = recoded(path, recodes, study)
    named = {"id": columns.id, "moment": columns.moment}
    decided, more = decisions(path, exclusions, read, sheet, named)
    asked = {*columns.places.values(), *chain.from_iterable(columns.more.values())}
    nobody = no_respondents(sheet, asked)
    set_aside = {**nobody, **_by_table(decided)}
    used = without(sheet, set_aside)
    answers, more_faults = every_column(used, columns, study, becomes)
    ids, id_notes = _ids(used, columns)
    faults += [*columns.faults, *more, *more_faults]
    faults += [fault for column in answers.values() for fault in column.faults]
    if faults:
        raise Refused(str(path), faults)
    flags, sent_notes, sent = _flags(used, columns, answers, study)
    set_aside |= _by_rule(flags, decided, study)
    kept = [line not in set_aside for line in used.lines]
    frame = pd.DataFrame({name: column.values for name, column in answers.items()})
    frame = frame.set_index(pd.Index(ids, name="id"))[kept]
    counts = Counter(one.rule for one in set_aside.values())
    if frame.empty:
        none = told("fault_none_valid", k=len(sheet.rows))
        raise Refused(str(path), [none, *told_by_rule(counts)])
    cells = answers.values()
    notes = [*sheet.notes, *columns.notes, *_told(used, columns), *id_notes]
    notes += _points(answers, _origin(ids))
    notes += [*sent_notes, *(one for column in cells for one in column.notes)]
    return frame, Audit(
        file=path.name,
        sha256=checksum(read),
        **{key: getattr(sheet, key) for key in ("form", "encoding", "delimiter")},
        rows=len(sheet.rows),
        valid=len(frame),
        origin=_origin(ids),
        columns={name: sheet.header[place] for name, place in columns.places.items()},
        missing=_missing(frame, study),
        apart={
            name: {of: int(rows[kept].sum()) for of, rows in column.apart.items()}
            for name, column in answers.items()
            if column.apart
        },
        notes=notes,
        flags=flags,
        excluded=dict(sorted(set_aside.items())),
        others=[other for column in cells for other in column.others],
        personal=columns.personal,
        ignored=columns.ignored,
        collected=days_of(sent, kept),
    )


def admit(
    path: Path, study: Study, accepted: Sequence[str] = (), **tables: Path | None
) -> tuple[pd.DataFrame, Audit]:
    """Read a file as `read_file` does, and stop where a rule takes many rows away.

    Parameters
    ----------
    path, study, **tables
        As `read_file` takes them.
    accepted : sequence of str
        Rules that may set aside more than one row in twenty, beside those that
        the study accepts.

    Raises
    ------
    Refused
        The file cannot be used; or naming each such rule and how many it takes.
    """
    frame, audit = read_file(path, study, **tables)
    known = {*study.reading.accept, *accepted, *NOBODY, TABLE}
    faults = [
        told(
            "fault_share",
            k=k,
            rows=audit.rows,
            percent=round(100 * k / audit.rows),
            rule=told(RULES[rule]),
            name=rule,
        )
        for rule, k in audit.rules.items()
        if rule not in known and 20 * k > audit.rows
    ]
    if faults:
        raise Refused(str(path), faults)
    return frame, audit


def _missing(frame: pd.DataFrame, study: Study) -> dict[str, int]:
    """Count the missing answers to each question; boxes are one question's."""
    of_box = {box: name for name in study.questions for box in study.boxes(name)}
    missing = frame.isna().sum()
    return {of_box.get(str(name), str(name)): int(k) for name, k in missing.items()}


def as_csv(frame: pd.DataFrame) -> bytes:
    """Write clean answers as CSV that a spreadsheet opens and does not run."""
    safe = frame.set_axis([safe_cell(str(who)) for who in frame.index], axis=0)
    return safe.to_csv(index_label="id", lineterminator="\n").encode()


def _ids(sheet: Sheet, columns: Columns) -> tuple[list[str], list[Told]]:
    """Take the ids of the file where each is another, or make some of its lines."""
    lines = [f"L{line}" for line in sheet.lines]
    if columns.id is None:
        return lines, []
    ids = sheet.cells[:, columns.id].tolist()
    if len(set(ids)) == len(ids) and all(ids):
        return ids, []
    return lines, [told("read_ids_repeat", header=quoted(sheet.header[columns.id]))]


def _origin(ids: Sequence[str]) -> Origin:
    if any(who.startswith(RECONSTRUCTED) for who in ids):
        return "reconstructed"
    return "synthetic" if any(who.startswith(SYNTHETIC) for who in ids) else "own"


def _told(sheet: Sheet, columns: Columns) -> list[Told]:
    notes = [*unsent(sheet, columns)]
    if columns.senders:
        headers = [sheet.header[place] for place in columns.senders]
        notes.append(told("read_senders", columns=_names(headers)))
    if columns.personal:
        notes.append(told("read_personal", columns=_names(columns.personal)))
    if weights := [text for text in columns.ignored if _WEIGHTS.search(plain(text))]:
        notes.append(told("read_weights", columns=_names(weights)))
    if columns.ignored:
        notes.append(told("read_ignored", columns=_names(columns.ignored)))
    return notes


def _points(answers: Mapping[str, Column], origin: Origin) -> list[Told]:
    bare = ", ".join(name for name, column in answers.items() if column.bare)
    return [told("read_points", questions=bare)] if bare and origin == "own" else []


def _names(headers: Sequence[str]) -> str:
    return ", ".join(quoted(header) for header in headers)


def _flags(
    sheet: Sheet, columns: Columns, answers: Mapping[str, Column], study: Study
) -> tuple[list[Flag], list[Told], pd.Series | None]:
    sent, notes = None, list[Told]()
    if columns.moment is not None:
        written = sheet.cells[:, columns.moment].tolist()
        sent, notes = moments(written, study.opened, study.closed)
    apart = [place for place in (columns.moment, columns.id) if place is not None]
    rest = np.delete(sheet.cells, apart, axis=1)
    cells = ["\x1f".join(row) for row in rest]
    codes = pd.DataFrame({name: column.codes for name, column in answers.items()})
    found = flagged(
        codes,
        pd.Series(pd.factorize(np.array(cells, dtype=object))[0], name="row"),
        sent,
        senders(sheet.rows, columns.senders),
        {name: column.contradictory for name, column in answers.items()},
        sheet.lines,
        study,
    )
    return found, notes, sent


def _by_table(decided: Mapping[int, Decision]) -> dict[int, SetAside]:
    return {
        line: SetAside("table", one.reason)
        for line, one in decided.items()
        if one.exclude
    }


def _by_rule(
    flags: Sequence[Flag], decided: Mapping[int, Decision], study: Study
) -> dict[int, SetAside]:
    """Give the rows that a rule sets aside and the table does not keep."""
    return {
        flag.line: SetAside(flag.rule, flag.why)
        for flag in reversed(flags)
        if flag.rule in study.reading.exclude and flag.line not in decided
    }
