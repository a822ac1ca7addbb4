"""What coders are compared on: turns or passages, and who received which.

A unit is a turn where turns are named, otherwise a passage that one of the
coders marked, or one that was laid before them and nobody marked. What a coder
never received is missing, which is not the same as no.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ecrm_helpers.interview.coefficients import Marks
from ecrm_helpers.interview.matrices import Level, coded, tree
from ecrm_helpers.interview.tables import Interview, InterviewError, each

_UNIT = ["unit", "doc_id", "start", "end"]


def units(
    interview: Interview, coders: Sequence[str] = (), documents: Sequence[str] = ()
) -> pd.DataFrame:
    """Cut the texts into the units that are compared.

    Parameters
    ----------
    interview : Interview
        The coded corpus.
    coders : sequence of str, optional
        Passages that only others marked are left out; all coders where none
        are named.
    documents : sequence of str, optional
        Only these; all where none are named.

    Returns
    -------
    DataFrame
        ``unit``, ``doc_id``, ``start``, ``end``, and ``by`` (``"turn"`` or
        ``"segment"``), in the order of the text: turns where they are named,
        with the passages outside them; otherwise passages, of which two are
        one when they share more than half of the longer. The same whoever is
        named first.
    """
    rows, codings = interview.segments, interview.codings
    rows = rows[rows["doc_id"].isin(list(documents) or list(interview.texts))]
    theirs = codings["coder_id"].isin(list(coders) or set(codings["coder_id"]))
    others = set(codings["segment_id"]) - set(codings["segment_id"][theirs])
    free = rows[(rows["turn"] == "") & ~rows["segment_id"].isin(others)]
    turns = _turns(rows[rows["turn"] != ""])
    spans = {c: turns[c].to_numpy() for c in _UNIT}
    outside = [not touched(spans, row).any() for row in each(free)]
    free = free[np.array(outside, bool)].rename(columns={"segment_id": "unit"})
    cut = pd.concat([turns, _distinct(_ordered(interview, free)[_UNIT])])
    return _ordered(interview, cut).assign(by="turn" if len(turns) else "segment")


def _ordered(interview: Interview, rows: pd.DataFrame) -> pd.DataFrame:
    """Sort spans as they stand in the texts."""
    order = {doc: place for place, doc in enumerate(interview.texts)}
    keys = pd.DataFrame(
        {"doc": rows["doc_id"].map(order), "start": rows["start"], "end": rows["end"]}
    ).astype(int)
    place = np.lexsort(keys[["end", "start", "doc"]].to_numpy().T)
    return rows.iloc[place].reset_index(drop=True)


def _turns(rows: pd.DataFrame) -> pd.DataFrame:
    """Give each turn from its first segment to its last."""
    spans = rows.groupby(["doc_id", "turn"], sort=False)
    table = spans.agg(start=("start", "min"), end=("end", "max")).reset_index()
    table = table.rename(columns={"turn": "unit"})
    if table["unit"].duplicated().any():
        table["unit"] = table["doc_id"] + " " + table["unit"]
    return table[_UNIT]


def _distinct(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep the first of passages that are one and the same."""
    kept: dict[str, list[tuple[int, int]]] = {}
    first = []
    for row in each(rows):
        earlier = kept.setdefault(row.doc_id, [])
        new = not any(_same(span, (row.start, row.end)) for span in earlier)
        first.append(new)
        if new:
            earlier.append((row.start, row.end))
    return rows[np.array(first, bool)]


def _same(one: tuple[int, int], two: tuple[int, int]) -> bool:
    shared = min(one[1], two[1]) - max(one[0], two[0])
    return 2 * shared > max(one[1] - one[0], two[1] - two[0])


def touched(cut: Mapping[str, NDArray[Any]] | pd.DataFrame, row: Any) -> Marks:
    """Tell which units a passage overlaps by more than half of the shorter."""
    starts, ends = np.asarray(cut["start"], int), np.asarray(cut["end"], int)
    shared = np.minimum(ends, row.end) - np.maximum(starts, row.start)
    shorter = np.minimum(ends - starts, row.end - row.start)
    there: Marks = np.asarray(cut["doc_id"], object) == row.doc_id
    return there & (2 * shared > shorter)


def bears(
    interview: Interview,
    coder: str,
    cut: pd.DataFrame,
    codes: list[str],
    level: Level = "code",
) -> pd.DataFrame:
    """Tell which units bear which codes (or themes) of one coder.

    A unit bears a code when a segment with it overlaps the unit by more than
    half of the shorter of the two, so that a boundary one letter off changes
    nothing.

    Returns
    -------
    DataFrame of bool, units × codes
    """
    marks = np.zeros((len(cut), len(codes)), bool)
    column = "theme" if level == "theme" else "code_id"
    spans = {c: cut[c].to_numpy() for c in _UNIT}
    for row in each(coded(interview, coder)):
        marks[touched(spans, row), codes.index(getattr(row, column))] = True
    return pd.DataFrame(marks, index=cut["unit"], columns=codes)


def received(interview: Interview, coder: str, cut: pd.DataFrame) -> "pd.Series[bool]":
    """Tell which units were laid before a coder; all where nothing is noted."""
    spans = interview.received.get(coder)
    if spans is None:
        return pd.Series(data=True, index=cut.index, dtype=bool)
    found = np.zeros(len(cut), bool)
    for row in each(spans):
        found |= touched(cut, row)
    return pd.Series(found, index=cut.index, dtype=bool)


def used(
    interview: Interview, coders: Sequence[str], level: Level = "code"
) -> list[str]:
    """List the codes (or themes) that one of the coders used, as the codebook does."""
    column = "theme" if level == "theme" else "code_id"
    found = {code for who in coders for code in coded(interview, who)[column]}
    return [code for code in tree(interview).index if code in found]


def judged(
    interview: Interview,
    coders: Sequence[str],
    level: Level = "code",
    documents: Sequence[str] = (),
) -> tuple[pd.DataFrame, dict[str, pd.DataFrame]]:
    """Lay out what each coder says of each unit and code.

    Returns
    -------
    DataFrame
        The units that at least two of the coders received, as `units` gives
        them, in an order that does not depend on who is named first.
    dict of coder to DataFrame of float, units × codes
        1 where the coder gives the unit the code, 0 where not, NaN where the
        unit was not received. Only codes that one of them used: the others
        would raise every share of agreement.

    Raises
    ------
    InterviewError
        There is no unit or no coding to compare.
    """
    cut = units(interview, coders, documents)
    laid = {who: received(interview, who, cut) for who in coders}
    shared = pd.DataFrame(laid).sum(axis="columns") > 1
    cut = cut[shared.to_numpy()]
    here = {who: before[shared] for who, before in laid.items()}
    codes = used(interview, coders, level)
    found = {who: bears(interview, who, cut, codes, level) for who in coders}
    codes = [c for c in codes if any(table[c].any() for table in found.values())]
    if not codes or cut.empty:
        raise InterviewError("no_coding")
    tables = {who: table[codes].astype(float) for who, table in found.items()}
    for who, table in tables.items():
        table.loc[~here[who].to_numpy()] = np.nan
    return cut.set_index("unit"), tables
