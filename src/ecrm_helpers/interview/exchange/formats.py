"""Files of coding programs by their names; two coders' files put together.

Nothing here writes: a file or a folder to be is given as bytes, so that the
caller can write it whole or not at all.
"""

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd

from ecrm_helpers.files import content, text_of
from ecrm_helpers.interview.anchors import anchor, normal
from ecrm_helpers.interview.exchange import refi_in, refi_out, sheets, taguette
from ecrm_helpers.interview.exchange.carried import LOST, Carried, tables
from ecrm_helpers.interview.tables import (
    Interview,
    InterviewError,
    each,
    empty,
    files,
    read_interview,
    records,
)
from ecrm_helpers.printed import Edition, say, told

_READERS: dict[str, Callable[[Path], Carried]] = {
    ".qdpx": refi_in.read_project,
    ".qdc": refi_in.read_codebook,
    ".sqlite3": taguette.read_database,
    ".xlsx": sheets.read_workbook,
}
WRITTEN = (".qdpx", ".qdc", ".xlsx", ".html")


def imported(path: Path, text: Path | None = None) -> tuple[Interview, pd.DataFrame]:
    """Read a coding program's file into the tables.

    Parameters
    ----------
    path : path
        ``.qdpx`` or ``.qdc`` (REFI-QDA), ``.sqlite3`` or ``.csv`` (Taguette),
        ``.xlsx`` (a workbook of the kit).
    text : path, optional
        The text that a CSV's highlights are from.

    Returns
    -------
    Interview
    DataFrame
        What could not be taken over, and why.

    Raises
    ------
    InterviewError
        The file is of another kind, damaged, unsafe, or does not fit together.
    """
    kind = path.suffix.lower()
    if kind == ".csv":
        source = normal(text_of(content(text), str(text))) if text else None
        carried = taguette.read_csv(path, source)
    elif kind in _READERS:
        carried = _READERS[kind](path)
    else:
        allowed = ", ".join([*_READERS, ".csv"])
        named = kind or told("no_ending")
        raise InterviewError(
            "qda_unreadable_kind", path=path, kind=named, allowed=allowed
        )
    try:
        return tables(carried)
    except InterviewError as error:
        raise InterviewError("at_file", path=path, why=error) from None


def folder_of(interview: Interview, lost: pd.DataFrame) -> dict[str, bytes]:
    """Give the files of a folder: tables, texts, and what found no place."""
    return files(interview) | {
        "unanchored.csv": lost.to_csv(index=False, lineterminator="\n").encode()
    }


def exported(interview: Interview, kind: str, edition: Edition) -> bytes:
    """Write the tables as a file of one of the kinds in `WRITTEN`.

    Raises
    ------
    InterviewError
        It is another kind, or there is no code to write.
    """
    if kind not in WRITTEN:
        named, allowed = kind or told("no_ending"), ", ".join(WRITTEN)
        raise InterviewError("qda_unwritable_kind", kind=named, allowed=allowed)
    if interview.codebook.empty:
        raise InterviewError("codebook_empty")
    if kind == ".html":
        return sheets.page(interview, edition)
    writers = {
        ".qdpx": refi_out.project_file,
        ".qdc": refi_out.codebook_file,
        ".xlsx": sheets.workbook,
    }
    return writers[kind](interview)


def kit(interview: Interview, edition: Edition) -> dict[str, bytes]:
    """Give the files for a second coder: segments without codes, and the codebook.

    Returns
    -------
    dict of name to bytes
        ``recoding.xlsx``; ``project.qdpx`` (QualCoder and others);
        ``<document>.html`` and ``taguette-codebook.csv`` (Taguette);
        ``README.txt``.
    """
    coder = pd.DataFrame([("C2", "")], columns=["coder_id", "name"])
    blind = replace(interview, codings=empty("codings"), coders=coder)
    made = {
        "recoding.xlsx": sheets.workbook(blind),
        "project.qdpx": refi_out.project_file(replace(blind, coders=empty("coders"))),
        "taguette-codebook.csv": _tags(interview),
        "README.txt": (say("kit_readme", edition) + "\n").encode(),
    }
    for doc, text in interview.texts.items():
        lines = [f"<p>{escape(line)}</p>" for line in text.split("\n") if line]
        made[f"{doc}.html"] = sheets.document(doc, "\n".join(lines), edition)
    return made


def _tags(interview: Interview) -> bytes:
    """Write the codebook as Taguette reads it: tag and description."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["tag", "description"])
    for row in each(interview.codebook):
        about = [row.definition, f"+ {row.include_if}", f"− {row.exclude_if}"]
        writer.writerow([row.name, " | ".join(a for a in about if len(a) > 2)])
    return out.getvalue().encode()


def opened(path: Path, edition: Edition) -> Interview:
    """Read a folder of tables, or any file that can be imported."""
    if path.is_dir():
        return read_interview(path.resolve(), edition)
    return imported(path)[0]


def together(
    one: Interview, two: Interview
) -> tuple[Interview, str, str, pd.DataFrame]:
    """Put a second coder's codings beside the first's, in the first's texts.

    Parameters
    ----------
    one, two : Interview
        In each the first coder with a coding is taken. Codes are the same
        when identifiers or names are; passages are found by their words.

    Returns
    -------
    Interview
        The first's, with the codings of both.
    str, str
        Their ids in it: ``"A: …"`` and ``"B: …"``.
    DataFrame
        The second's passages whose words the first's texts do not hold.

    Raises
    ------
    InterviewError
        One of the two holds no coding.
    """
    if one.codings.empty or two.codings.empty:
        raise InterviewError("coders_needed")
    who = [str(x.codings["coder_id"].iloc[0]) for x in (one, two)]
    first, second = f"A: {who[0]}", f"B: {who[1]}"
    codebook, ids = _same_codes(one.codebook, two.codebook)
    segments, places, lost = _placed(one, two)
    mine = one.codings[one.codings["coder_id"] == who[0]].assign(coder_id=first)
    theirs = two.codings[two.codings["coder_id"] == who[1]].assign(coder_id=second)
    theirs = theirs.assign(
        segment_id=theirs["segment_id"].map(places), code_id=theirs["code_id"].map(ids)
    ).dropna(subset=["segment_id"])
    coders = pd.DataFrame([(first, ""), (second, "")], columns=["coder_id", "name"])
    codings = pd.concat([mine, theirs]).drop_duplicates(
        ["segment_id", "code_id", "coder_id"], ignore_index=True
    )
    both = replace(
        one, codebook=codebook, segments=segments, codings=codings, coders=coders
    )
    return both, first, second, lost


def _same_codes(
    one: pd.DataFrame, two: pd.DataFrame
) -> tuple[pd.DataFrame, dict[str, str]]:
    """Find each of the second's codes among the first's; append the others."""
    known = {row.guid: row.code_id for row in each(one)}
    known |= {row.name.casefold().strip(): row.code_id for row in each(one)}
    ids, new = {}, []
    for row in records(two):
        found = known.get(row["guid"]) or known.get(row["name"].casefold().strip())
        ids[row["code_id"]] = found or f"B: {row['code_id']}"
        if not found:
            new.append({**row, "code_id": ids[row["code_id"]], "parent_id": ""})
    return pd.concat([one, pd.DataFrame(new, columns=one.columns)]), ids


def _placed(
    one: Interview, two: Interview
) -> tuple[pd.DataFrame, dict[str, str], pd.DataFrame]:
    """Find the second's coded passages in the first's texts."""
    spans = {(r.doc_id, r.start, r.end): str(r.segment_id) for r in each(one.segments)}
    places: dict[str, str] = {}
    lost: list[tuple[str, ...]] = []
    rows: list[dict[str, Any]] = []
    coded = two.segments[two.segments["segment_id"].isin(two.codings["segment_id"])]
    for row in records(coded):
        doc = row["doc_id"] if row["doc_id"] in one.texts else next(iter(one.texts), "")
        span = anchor(one.texts.get(doc, ""), row["excerpt"], row["start"])
        if span is None:
            lost.append((row["doc_id"], row["excerpt"], "", "not in the first's text"))
            continue
        name = spans.setdefault((doc, *span), f"B: {row['segment_id']}")
        places[row["segment_id"]] = name
        if name.startswith("B: ") and name not in {r["segment_id"] for r in rows}:
            at = {"doc_id": doc, "start": span[0], "end": span[1]}
            rows.append({**row, **at, "segment_id": name})
    segments = pd.concat(
        [one.segments, pd.DataFrame(rows, columns=one.segments.columns)]
    )
    return (
        segments.astype({"start": int, "end": int}),
        places,
        pd.DataFrame(lost, columns=list(LOST), dtype=str),
    )
