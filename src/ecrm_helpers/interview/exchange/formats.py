"""Files of coding programs by their names; two coders' files put together.

Nothing here writes: a file or a folder to be is given as bytes, so that the
caller can write it whole or not at all.
"""

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import replace
from html import escape
from pathlib import Path

import pandas as pd

from ecrm_helpers.files import content, text_of
from ecrm_helpers.interview.exchange import refi_in, refi_out, sheets, taguette
from ecrm_helpers.interview.exchange.carried import Carried
from ecrm_helpers.interview.exchange.tabled import tables
from ecrm_helpers.interview.tables import (
    Interview,
    InterviewError,
    each,
    empty,
    files,
    read_interview,
)
from ecrm_helpers.printed import Edition, say, told

_READERS: dict[str, Callable[[Path], Carried]] = {
    ".qdpx": refi_in.read_project,
    ".qdc": refi_in.read_codebook,
    ".sqlite3": taguette.read_database,
    ".xlsx": sheets.read_workbook,
}
WRITTEN = (".qdpx", ".qdc", ".xlsx", ".html")


def imported(path: Path, texts: Sequence[Path] = ()) -> tuple[Interview, pd.DataFrame]:
    """Read a coding program's file into the tables.

    Parameters
    ----------
    path : path
        ``.qdpx`` or ``.qdc`` (REFI-QDA), ``.sqlite3`` or ``.csv`` (Taguette),
        ``.xlsx`` (a workbook of the kit).
    texts : sequence of path, optional
        The texts that a CSV's highlights are from.

    Returns
    -------
    Interview
    DataFrame
        What could not be taken over or is doubtful, and why.

    Raises
    ------
    InterviewError
        The file is of another kind, damaged, unsafe, or does not fit together.
    """
    kind = path.suffix.lower()
    if kind == ".csv":
        given = {text.name: text_of(content(text), str(text)) for text in texts}
        carried = taguette.read_csv(path, given)
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
