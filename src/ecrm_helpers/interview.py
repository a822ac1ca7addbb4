"""The coded interview: segments, codes, and the statements that bear on H1.

The thesis prints no transcript, only a report of the answers by theme. The
segments are the compendium's paraphrases of that report, each with the section
it stands in. Counts are counts of these paraphrases, not of the interview, and
feed no decision.
"""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from ecrm_helpers.printed import Edition
from ecrm_helpers.rows import RowsError, read_rows
from ecrm_helpers.study import ROOT

DIRECTIONS = ("for", "against", "nuance")

_COLUMNS = {
    "codebook": (
        "code_id",
        "parent_id",
        "origin",
        "name_fr",
        "name_en",
        "definition_fr",
        "definition_en",
    ),
    "segments": ("segment_id", "section", "fr", "en"),
    "codings": ("segment_id", "code_id", "coder_id"),
    "coders": ("coder_id", "role_fr", "role_en"),
    "h1_evidence": ("segment_id", "direction", "kind"),
}


class InterviewError(ValueError):
    """The interview's tables do not fit together; every fault is listed."""


@dataclass(frozen=True)
class Interview:
    """The interview's tables, held against one another."""

    codebook: pd.DataFrame
    segments: pd.DataFrame
    codings: pd.DataFrame
    coders: pd.DataFrame
    h1_evidence: pd.DataFrame


def read_interview(folder: Path | str) -> Interview:
    """Read an interview's tables and hold them against one another.

    Parameters
    ----------
    folder : path
        Holds ``codebook.csv``, ``segments.csv``, ``codings.csv``,
        ``coders.csv`` and ``h1_evidence.csv``; a relative path starts at the
        compendium's folder.

    Returns
    -------
    Interview

    Raises
    ------
    InterviewError
        A table is missing or has other columns, an id occurs twice, or a
        table names a segment, code, coder or direction that does not exist.
    """
    folder = ROOT / folder
    tables = {
        name: _read(folder / f"{name}.csv", cols) for name, cols in _COLUMNS.items()
    }
    interview = Interview(**tables)
    faults = _faults(interview)
    if faults:
        raise InterviewError(
            f"{folder}: {len(faults)} fault(s)\n" + "\n".join(f"  {f}" for f in faults)
        )
    return interview


def _read(path: Path, columns: tuple[str, ...]) -> pd.DataFrame:
    try:
        return pd.DataFrame(read_rows(path, columns), columns=list(columns), dtype=str)
    except RowsError as error:
        raise InterviewError(str(error)) from None


def _faults(interview: Interview) -> list[str]:
    known = {
        "segment_id": set(interview.segments["segment_id"]),
        "code_id": set(interview.codebook["code_id"]),
        "coder_id": set(interview.coders["coder_id"]),
        "direction": set(DIRECTIONS),
        "parent_id": {*interview.codebook["code_id"], ""},
    }
    keys = {"segments": "segment_id", "codebook": "code_id", "coders": "coder_id"}
    faults = [
        f"{table}.csv: {key} {value!r} occurs twice"
        for table, key in keys.items()
        for value in interview.__dict__[table][key][
            interview.__dict__[table][key].duplicated()
        ]
    ]
    for table, frame in interview.__dict__.items():
        for column in known.keys() & set(frame.columns):
            faults += [
                f"{table}.csv: {column} {value!r} does not exist"
                for value in sorted(set(frame[column]) - known[column])
            ]
    return faults


def counts(interview: Interview, edition: Edition) -> pd.DataFrame:
    """Count coded segments by theme (top-level code) and reported section.

    Parameters
    ----------
    interview : Interview
        The coded interview.
    edition : {"fr", "en"}
        Language of the theme names.

    Returns
    -------
    DataFrame, one row per theme, one column per section
        A segment counts once in a theme, however many of its codes it bears.
    """
    codebook = interview.codebook.set_index("code_id")
    theme = codebook["parent_id"].where(codebook["parent_id"] != "", codebook.index)
    coded = interview.codings.merge(interview.segments, on="segment_id")
    coded["theme"] = coded["code_id"].map(theme)
    once = coded.drop_duplicates(["segment_id", "theme"])
    table = pd.crosstab(once["theme"], once["section"])
    names = codebook[f"name_{edition}"].to_dict()
    order = [code for code in codebook.index if code in table.index]
    table = table.loc[order, list(dict.fromkeys(interview.segments["section"]))]
    return table.rename(index=names).rename_axis(index=None, columns=None)


def evidence(interview: Interview) -> pd.DataFrame:
    """List the statements that bear on H1, with their text and their section.

    Returns
    -------
    DataFrame
        Columns of ``h1_evidence.csv`` and ``segments.csv``: statements for
        first, then against, then nuances, each in the order of the text.
    """
    listed = interview.h1_evidence.merge(interview.segments, on="segment_id")
    place = listed["direction"].map(DIRECTIONS.index)
    return listed.iloc[place.argsort(kind="stable")].reset_index(drop=True)
