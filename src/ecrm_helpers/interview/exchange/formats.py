"""Files of coding programs by their names; two coders' files put together.

Nothing here writes: a file or a folder to be is given as bytes, so that the
caller can write it whole or not at all.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from html import escape
from pathlib import Path

import pandas as pd

from ecrm_helpers.files import comma_separated
from ecrm_helpers.interview.exchange import (
    qualcoder,
    refi_in,
    refi_out,
    sheets,
    taguette,
)
from ecrm_helpers.interview.exchange.carried import Carried
from ecrm_helpers.interview.exchange.own import names, quoted, transcripts, voices
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
    ".qda": qualcoder.read_qualcoder,
    ".rqda": qualcoder.read_rqda,
}
#: Tables of a kit or of Taguette, or of one's own.
_TABLES = (".xlsx", ".csv")
_READ = (*_READERS, *_TABLES, *transcripts.KINDS)
#: The only coder of a file that does not say who coded.
UNNAMED = [[(who, "")] for who in (transcripts.CODER, taguette.ADMIN)]
WRITTEN = (".qdpx", ".qdc", ".xlsx", ".html")


def imported(
    path: Path | Sequence[Path], texts: Sequence[Path] = ()
) -> tuple[Interview, pd.DataFrame]:
    """Read files of one corpus into the tables: `read`, then `laid_out`.

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
    paths = [path] if isinstance(path, Path) else list(path)
    return laid_out(read(paths, texts), paths[0])


def read(paths: Sequence[Path], texts: Sequence[Path] = ()) -> Carried:
    """Read a coding program's file, a table of one's own, or transcripts.

    Parameters
    ----------
    paths : sequence of path
        One ``.qdpx`` or ``.qdc`` (REFI-QDA), ``.sqlite3`` (Taguette), ``.qda``
        (QualCoder; its folder too), ``.rqda``, ``.xlsx`` (a workbook of the kit,
        a program's list of passages or of codes, or one's own), ``.csv`` (the
        same); or any number of
        transcripts, ``.docx`` (perhaps coded) and ``.txt``.
    texts : sequence of path, optional
        The transcripts that the passages of a table are from.

    Raises
    ------
    InterviewError
        A file is of another kind, damaged or unsafe, or there are several of
        a kind that is read alone.
    """
    kinds = [path.suffix.lower() for path in paths]
    if all(kind in transcripts.KINDS for kind in kinds):
        return names.parted(transcripts.read_transcripts(paths))
    for path, kind in zip(paths, kinds, strict=True):
        if kind not in _READ:
            named = {"kind": kind or told("no_ending"), "allowed": ", ".join(_READ)}
            raise InterviewError("qda_unreadable_kind", path=path, **named)
    if len(paths) > 1:
        raise InterviewError("qda_one_file", files=", ".join(map(str, paths)))
    (path,), (kind,) = paths, kinds
    if kind in _TABLES:
        return _table(path, kind, texts)
    return _READERS[kind](path)


def _table(path: Path, kind: str, texts: Sequence[Path]) -> Carried:
    """Read a workbook of the kit, or a program's table or one of one's own."""
    if kind == ".xlsx" and sheets.is_workbook(path):
        return sheets.read_workbook(path)
    return quoted.read_sheet(path, transcripts.read_transcripts(texts))


def laid_out(carried: Carried, path: Path) -> tuple[Interview, pd.DataFrame]:
    """Make the tables of what was read of a file, as `tabled.tables` does.

    Raises
    ------
    InterviewError
        What was carried does not fit together.
    """
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


def kit(interview: Interview, edition: Edition, folder: str) -> dict[str, bytes]:
    """Give the files for a second coder: units without codes, and the codebook.

    Units are the segments where these were cut beforehand; otherwise all turns,
    or lines, of the texts: never the passages that somebody marked. `folder` is
    what the returned file is compared with, as a command names it.

    Returns
    -------
    dict of name to bytes
        ``recoding.xlsx``; ``project.qdpx`` (QualCoder and others);
        ``<document>.html`` and ``taguette-codebook.csv`` (Taguette);
        ``README.txt``.
    """
    coder = pd.DataFrame([("C2", "")], columns=["coder_id", "name"])
    units = interview.segments if _cut(interview) else voices.units(interview)
    blind = replace(interview, segments=units, codings=empty("codings"), coders=coder)
    made = {
        "recoding.xlsx": sheets.workbook(blind),
        "project.qdpx": refi_out.project_file(replace(blind, coders=empty("coders"))),
        "taguette-codebook.csv": _tags(interview),
        "README.txt": (say("kit_readme", edition, folder=folder) + "\n").encode(),
    }
    for doc, text in interview.texts.items():
        lines = [f"<p>{escape(line)}</p>" for line in text.split("\n") if line]
        made[re.sub(r'[\\/:*?"<>|]', "-", doc) + ".html"] = sheets.document(
            doc, "\n".join(lines), edition
        )
    return made


def _cut(interview: Interview) -> bool:
    """Tell whether the segments are units cut beforehand: in turns or sections."""
    named = interview.segments[["turn", "section"]] != ""
    return len(named) > 0 and bool(named.any(axis="columns").all())


def _tags(interview: Interview) -> bytes:
    """Write the codebook as Taguette reads it: tag and description."""
    rows = [["tag", "description"]]
    for row in each(interview.codebook):
        about = [row.definition, f"+ {row.include_if}", f"− {row.exclude_if}"]
        rows.append([row.name, " | ".join(a for a in about if len(a) > 2)])
    return comma_separated(rows).encode()


def opened(path: Path, edition: Edition) -> Interview:
    """Read a folder of tables, or any file that can be imported."""
    if path.is_dir() and path.suffix.lower() != ".qda":
        return read_interview(path.resolve(), edition)
    return imported(path)[0]
