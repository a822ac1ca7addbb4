"""The interview's files: read whole and held against one another.

A folder holds one coded corpus as CSV, the source of truth, and its texts
(UTF-8, NFC, LF; a line end counts as one sign, CRLF too). A subfolder named after
an edition may hold any of the files in that language, with the same ids; files it
lacks are those of the folder itself.
"""

import hashlib
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from ecrm_helpers.files import in_project, read_rows
from ecrm_helpers.interview.anchors import normal
from ecrm_helpers.interview.beside import beside, nobody, read_beside
from ecrm_helpers.interview.codebook import faults
from ecrm_helpers.printed import Edition, Told, Wrong, spoken, told

#: Columns of each table, in order. The first five make the model that is
#: exchanged with other programs; the others may be missing.
COLUMNS = {
    name: tuple(columns.split())
    for name, columns in {
        "documents": "doc_id file sha256",
        "codebook": "code_id parent_id name definition include_if exclude_if"
        " origin guid",
        "segments": "segment_id doc_id start end excerpt turn speaker section",
        "codings": "segment_id code_id coder_id round date memo",
        "coders": "coder_id name",
        "h1_evidence": "segment_id claim direction kind weight counter_explanation",
        "codebook_changelog": "date code_id change reason",
        "checklists": "checklist item label cell heading answer",
    }.items()
}
#: The project's own interview.
OWN = "data/interview"
EXCHANGED = ("documents", "codebook", "segments", "codings", "coders")

DIRECTIONS = ("for", "against", "nuance")
#: What the coded text is: our paraphrases of a report, or a transcript.
Material = Literal["paraphrase", "transcript"]
ORIGINS = ("a_priori", "emergent")

_KEYS = {
    "documents": ["doc_id"],
    "codebook": ["code_id"],
    "segments": ["segment_id"],
    "coders": ["coder_id"],
    "codings": ["segment_id", "code_id", "coder_id"],
    "h1_evidence": ["segment_id"],
    "checklists": ["checklist", "item"],
    "respondents": ["doc_id"],
}

_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "ecrm-compendium")


class InterviewError(Wrong):
    """The interview's tables do not fit together; every fault is listed."""


@dataclass(frozen=True)
class Interview:
    """The interview's tables, held against one another, and its texts.

    `start` and `end` of a segment are whole numbers; everything else is text.
    Names of codes are in the language that was read; `material` says what the
    texts are, wherever something of them is shown, and `own` that they are those of
    the project itself. `received` holds, for a coder who was not given everything,
    the spans that were (``doc_id``, ``start``, ``end``). `respondents` has a row for
    each text that something is known of: ``doc_id``, and a column for each variable.
    `masked` counts the names that were taken out of the texts.
    """

    documents: pd.DataFrame
    codebook: pd.DataFrame
    segments: pd.DataFrame
    codings: pd.DataFrame
    coders: pd.DataFrame
    h1_evidence: pd.DataFrame
    codebook_changelog: pd.DataFrame
    checklists: pd.DataFrame
    texts: dict[str, str]
    material: Material = "transcript"
    own: bool = False
    received: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    respondents: pd.DataFrame = field(default_factory=nobody)
    masked: Counter[str] = field(default_factory=Counter)

    @property
    def names(self) -> "pd.Series[str]":
        """Each code's name, in the order of the codebook."""
        return self.codebook.set_index("code_id")["name"]


def each(frame: pd.DataFrame) -> Iterable[Any]:
    """Give a table's rows, each cell an attribute named after its column."""
    return frame.itertuples()


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Give a table's rows as mappings from column to cell."""
    return [{str(k): v for k, v in row.items()} for row in frame.to_dict("records")]


def guid(kind: str, name: str) -> str:
    """Give the identifier of a thing: the same for the same name, always.

    Examples
    --------
    >>> guid("code", "tools") == guid("code", "tools") != guid("code", "profile")
    True
    """
    return str(uuid.uuid5(_NAMESPACE, f"{kind}/{name}"))


def empty(table: str) -> pd.DataFrame:
    """Give a table without rows."""
    return pd.DataFrame(columns=list(COLUMNS[table]), dtype=str)


def segments_of(rows: Sequence[tuple[Any, ...]]) -> pd.DataFrame:
    """Give the table of segments, its places whole numbers."""
    table = pd.DataFrame(rows, columns=list(COLUMNS["segments"]))
    return table.astype(dict.fromkeys(table, str) | {"start": int, "end": int})


def _is_own(folder: Path) -> bool:
    """Tell a project's own folder of interviews, wherever one stands."""
    study = folder.parents[1] / "study.yml"
    return folder.parts[-2:] == Path(OWN).parts and study.is_file()


@spoken
def read_interview(
    folder: Path | str, edition: Edition, material: Material | Literal[""] = ""
) -> Interview:
    """Read an interview's tables and hold them against one another.

    Parameters
    ----------
    folder : path
        Holds ``documents.csv`` and its texts, ``codebook.csv``,
        ``segments.csv``, ``codings.csv`` and ``coders.csv``, and perhaps
        ``h1_evidence.csv``, ``codebook_changelog.csv`` and ``checklists.csv``;
        a relative path starts at the project's folder.
    edition : {"fr", "en"}
        Language to take where the folder has several.
    material : {"paraphrase", "transcript"}, optional
        What the texts are; transcripts where nothing is said, but for the
        project's own interview, of which paraphrases are all there is.

    Returns
    -------
    Interview

    Raises
    ------
    RowsError
        A table is missing or has other columns.
    InterviewError
        An id or a code's name occurs twice, a table names something that does
        not exist, a text is not the one its checksum says, or an excerpt is
        not the slice of its text.
    """
    folder = in_project(folder)
    tables = {
        name: _read(_file(folder, f"{name}.csv", edition), name) for name in COLUMNS
    }
    wrong = list(_whole_numbers(tables["segments"]))
    if not wrong:
        tables["segments"] = tables["segments"].astype({"start": int, "end": int})
    texts: dict[str, str] = {}
    for row in each(tables["documents"]):
        if Path(row.file).name != row.file:
            wrong.append(told("interview_bare_name", file=row.file))
            continue
        try:
            text = _file(folder, row.file, edition).read_bytes().decode("utf-8")
            texts[row.doc_id] = text.replace("\r\n", "\n")  # of a checkout elsewhere
        except (OSError, UnicodeDecodeError) as error:
            wrong.append(told("interview_not_text", file=row.file, why=error))
    own = material != "transcript" and _is_own(folder.resolve())
    given: dict[str, Any] = {**tables, "texts": texts, "own": own}
    given["material"] = material or ("paraphrase" if own else "transcript")
    given |= read_beside(lambda name: _file(folder, name, edition))
    interview = Interview(**given)
    wrong += held(interview) if not wrong else []
    if wrong:
        raise InterviewError("interview_faults", *wrong, folder=folder, k=len(wrong))
    return interview


def _file(folder: Path, name: str, edition: Edition) -> Path:
    """Take a file in the edition's language where there is one."""
    translated = folder / edition / name
    return translated if translated.exists() else folder / name


def _read(path: Path, table: str) -> pd.DataFrame:
    if table not in EXCHANGED and not path.exists():
        return empty(table)
    columns = COLUMNS[table]
    return pd.DataFrame(read_rows(path, columns), columns=list(columns), dtype=str)


def held(interview: Interview) -> list[Told]:
    """List every fault of an interview's tables."""
    checks = (_twice, _unknown, _texts, _slices)
    found = [fault for check in checks for fault in check(interview)]
    return [*found, *faults(interview.codebook)]


def _whole_numbers(segments: pd.DataFrame) -> Iterator[Told]:
    for column in ("start", "end"):
        for value in segments[column][~segments[column].str.fullmatch(r"\d+")]:
            yield told("interview_not_whole", column=column, value=value)


def _twice(interview: Interview) -> Iterator[Told]:
    for table, keys in _KEYS.items():
        rows = getattr(interview, table)[keys]
        for key in rows[rows.duplicated()].itertuples(index=False):
            what = ", ".join(f"{k} {v!r}" for k, v in zip(keys, key, strict=True))
            yield told("interview_twice", table=table, what=what)


def _unknown(interview: Interview) -> Iterator[Told]:
    codes = set(interview.codebook["code_id"])
    known = {
        "doc_id": set(interview.documents["doc_id"]),
        "segment_id": set(interview.segments["segment_id"]),
        "code_id": codes,
        "coder_id": set(interview.coders["coder_id"]),
        "direction": set(DIRECTIONS),
        "origin": set(ORIGINS),
        "parent_id": {*codes, ""},
    }
    for table in (*COLUMNS, "respondents"):
        frame = getattr(interview, table)
        columns = set(COLUMNS.get(table, ["doc_id"])) & set(frame.columns)
        for column in known.keys() & columns:
            for value in sorted(set(frame[column]) - known[column]):
                yield told("interview_unknown", table=table, column=column, value=value)


def _texts(interview: Interview) -> Iterator[Told]:
    for row in each(interview.documents):
        text = interview.texts[row.doc_id]
        found = hashlib.sha256(text.encode()).hexdigest()
        if found != row.sha256:
            of = {"file": row.file, "found": found, "noted": row.sha256}
            yield Told("interview_checksum", of)
        if text != normal(text):
            yield told("interview_not_normal", file=row.file)


def _slices(interview: Interview) -> Iterator[Told]:
    for row in each(interview.segments):
        found = interview.texts.get(row.doc_id, "")[row.start : row.end]
        if not row.excerpt or found != row.excerpt:
            at = {"segment": row.segment_id, "start": row.start, "end": row.end}
            yield told("interview_slice", found=found, excerpt=row.excerpt, **at)


def files(interview: Interview) -> dict[str, bytes]:
    """Write out the tables that are exchanged and the texts, by file name."""
    named = {row.doc_id: row.file for row in each(interview.documents)}
    texts = {file: interview.texts[doc].encode() for doc, file in named.items()}
    tables = {f"{name}.csv": getattr(interview, name) for name in EXCHANGED}
    tables |= beside(interview.respondents, interview.received)
    return texts | {
        name: table.to_csv(index=False, lineterminator="\n").encode()
        for name, table in tables.items()
    }
