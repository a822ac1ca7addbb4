"""Two coders compared, unit by unit, and where they disagree.

A unit is a turn where every segment names its turn, otherwise a segment of
the first coder; code points can be compared beside it, for coders who cut the
text differently. For each code and unit a coder says yes or no.
"""

from dataclasses import asdict, dataclass
from typing import Literal

import numpy as np
import pandas as pd

from ecrm_helpers.interview.coefficients import Agreement, Marks, measure
from ecrm_helpers.interview.matrices import coded
from ecrm_helpers.interview.tables import Interview, InterviewError, each

Unit = Literal["turn", "segment", "character"]


def units(interview: Interview, first: str) -> pd.DataFrame:
    """Cut the texts into the units that are compared.

    Returns
    -------
    DataFrame
        ``unit``, ``doc_id``, ``start``, ``end``, in the order of the text:
        turns where every segment names its turn, otherwise the segments that
        the first coder was given: those with codings of theirs, and those
        nobody coded.
    """
    rows = interview.segments
    if len(rows) and (rows["turn"] != "").all():
        spans = rows.groupby(["doc_id", "turn"], sort=False)
        table = spans.agg(start=("start", "min"), end=("end", "max")).reset_index()
        return table.rename(columns={"turn": "unit"})[
            ["unit", "doc_id", "start", "end"]
        ]
    others = interview.codings.loc[interview.codings["coder_id"] != first, "segment_id"]
    theirs = interview.codings.loc[interview.codings["coder_id"] == first, "segment_id"]
    kept = rows[~rows["segment_id"].isin(set(others) - set(theirs))]
    return kept.rename(columns={"segment_id": "unit"})[
        ["unit", "doc_id", "start", "end"]
    ]


def bears(
    interview: Interview, coder: str, cut: pd.DataFrame, codes: list[str]
) -> pd.DataFrame:
    """Tell which units bear which codes of one coder.

    A unit bears a code when a segment with it overlaps the unit by more than
    half of the shorter of the two, so that a boundary one letter off changes
    nothing.

    Returns
    -------
    DataFrame of bool, units × codes
    """
    table = pd.DataFrame(False, index=cut["unit"], columns=codes)
    for row in each(coded(interview, coder)):
        ends = cut["end"].clip(upper=row.end) - cut["start"].clip(lower=row.start)
        shorter = (cut["end"] - cut["start"]).clip(upper=row.end - row.start)
        touched = (cut["doc_id"] == row.doc_id) & (2 * ends > shorter)
        table.loc[touched.to_numpy(), row.code_id] = True
    return table


def characters(interview: Interview, coder: str, codes: list[str]) -> Marks:
    """Mark every code point of the texts with the codes it bears.

    Returns
    -------
    array of bool, shape (code points, codes)
    """
    lengths = {doc: len(text) for doc, text in interview.texts.items()}
    before = dict(zip(lengths, np.cumsum([0, *lengths.values()]), strict=False))
    marks = np.zeros((sum(lengths.values()), len(codes)), bool)
    for row in each(coded(interview, coder)):
        offset = before[str(row.doc_id)]
        marks[offset + row.start : offset + row.end, codes.index(str(row.code_id))] = (
            True
        )
    return marks


def said(interview: Interview) -> pd.DataFrame:
    """Lay out what the first two coders say of each unit and code.

    Returns
    -------
    DataFrame of bool, one row per unit and code
        ``first`` and ``second``: whether the coder gives the unit the code.
        Only codes that one of the two used. No rows with one coder.
    """
    first, *others = interview.coders["coder_id"]
    if not others:
        return pd.DataFrame({"first": [], "second": []}, dtype=bool)
    marks = [both.stack() for both in _marks(interview, first, others[0])]
    table = pd.concat(marks, axis="columns", keys=["first", "second"])
    return table.rename_axis(["unit", "code_id"])


def _marks(
    interview: Interview, first: str, second: str
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Mark the units of two coders with the codes that one of them used."""
    used = {c for who in (first, second) for c in coded(interview, who)["code_id"]}
    codes = [c for c in interview.codebook["code_id"] if c in used]
    cut = units(interview, first)
    if not codes or cut.empty:
        raise InterviewError("no_coding")
    return bears(interview, first, cut, codes), bears(interview, second, cut, codes)


@dataclass(frozen=True)
class Comparison:
    """Two coders compared: by code and over all, and where they disagree."""

    first: str
    second: str
    unit: Unit
    by_code: pd.DataFrame
    over_all: Agreement
    over_characters: Agreement
    disagreements: pd.DataFrame


def compare(
    interview: Interview,
    first: str,
    second: str,
    *,
    resamples: int = 999,
    seed: int = 1,
) -> Comparison:
    """Compare two coders of one corpus.

    Parameters
    ----------
    interview : Interview
        With codings of both.
    first, second : str
        The coders.
    resamples, seed : int
        Of the bootstrap for alpha.

    Returns
    -------
    Comparison
        Only codes that one of the two used are compared: the others would
        raise every share of agreement.

    Raises
    ------
    InterviewError
        There is no unit or no coding to compare.
    """
    one, two = _marks(interview, first, second)
    codes = list(one.columns)
    both = one.to_numpy(), two.to_numpy()
    rows = [
        asdict(
            measure(both[0][:, [i]], both[1][:, [i]], resamples=resamples, seed=seed)
        )
        for i in range(len(codes))
    ]
    named = (interview.segments["turn"] != "").all()
    marks = [characters(interview, coder, codes) for coder in (first, second)]
    return Comparison(
        first,
        second,
        "turn" if named else "segment",
        pd.DataFrame(rows, index=codes),
        measure(*both, resamples=resamples, seed=seed),
        measure(marks[0], marks[1], resamples=0),
        _differences(one, two),
    )


def first_two(interview: Interview, *, seed: int = 1) -> Comparison | None:
    """Compare the first two coders, as `compare` does; None with one coder."""
    first, *others = interview.coders["coder_id"]
    return compare(interview, first, others[0], seed=seed) if others else None


def _differences(one: pd.DataFrame, two: pd.DataFrame) -> pd.DataFrame:
    """List each unit and code that one coder gave and the other did not."""
    found = [
        (unit, code, "first" if one.loc[unit, code] else "second")
        for unit in one.index
        for code in one.columns
        if one.loc[unit, code] != two.loc[unit, code]
    ]
    return pd.DataFrame(found, columns=["unit", "code_id", "given_by"])
