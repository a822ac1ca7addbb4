"""Counts, co-occurrence, coverage and places: what the codings add up to.

Everything here counts segments as they were cut. Frequency is not importance,
and with one interview nothing here can show saturation.
"""

import re
from typing import Literal

import numpy as np
import pandas as pd

from ecrm_helpers.interview.codebook import path
from ecrm_helpers.interview.tables import Interview, each

#: So many places stand beside one another in a table or figure.
MOST_PLACES = 40

Level = Literal["theme", "code"]
Place = Literal["segment_id", "section", "turn", "speaker", "doc_id"]
_PARTS: tuple[Literal["section", "turn"], ...] = ("section", "turn")


def active(interview: Interview) -> list[str]:
    """List the coders who coded anything, in the order of the table."""
    who = set(interview.codings["coder_id"])
    return [coder for coder in interview.coders["coder_id"] if coder in who]


def first_coder(interview: Interview) -> str:
    """Give the coder whose codings are shown: the first who coded anything."""
    return next(iter([*active(interview), *interview.coders["coder_id"]]), "")


def widest(interview: Interview) -> Place:
    """Name the parts the text has: sections, else turns, else documents.

    Sections or turns only where they are few, and turns only of one document.
    """
    rows = interview.segments
    few = {p: 0 < rows[p][rows[p] != ""].nunique() <= MOST_PLACES for p in _PARTS}
    few["turn"] &= len(interview.texts) == 1
    return next((part for part in _PARTS if few[part]), "doc_id")


def tree(interview: Interview) -> pd.DataFrame:
    """Lay the codebook out as a tree.

    Returns
    -------
    DataFrame, one row per code, each below its parent
        Index ``code_id``; ``depth`` from 0, ``theme`` (the code's ancestor at
        depth 0, itself there), ``path`` (names from the theme down).
    """
    codebook = interview.codebook
    children = codebook.groupby("parent_id", sort=False)["code_id"].agg(list)
    rows, waiting = [], [(top, 0, top) for top in reversed(children.get("", []))]
    while waiting:
        code, depth, theme = waiting.pop()
        rows.append((code, depth, theme, path(codebook, code)))
        below = reversed(children.get(code, []))
        waiting += [(child, depth + 1, theme) for child in below]
    columns = ["code_id", "depth", "theme", "path"]
    return pd.DataFrame(rows, columns=columns).set_index("code_id")


def whose(interview: Interview) -> "pd.Series[str]":
    """Name for each document whose codings are shown: the first's who coded in it.

    Returns
    -------
    Series of coder, indexed by document
        Without the documents that nobody coded.
    """
    rows = interview.segments.merge(interview.codings, on="segment_id")
    order = {coder: place for place, coder in enumerate(active(interview))}
    place = rows["coder_id"].map(order)
    first = rows.assign(place=place).sort_values("place", kind="stable")
    return first.groupby("doc_id", sort=False)["coder_id"].first()


def coded(interview: Interview, coder: str | None = None) -> pd.DataFrame:
    """List one coder's codings with their segments, in the order of the text.

    Where none is named, they are those of `whose`.

    Returns
    -------
    DataFrame
        Columns of ``codings.csv`` and ``segments.csv``, and ``theme``.
    """
    rows = interview.segments.merge(interview.codings, on="segment_id")
    who = coder or rows["doc_id"].map(whose(interview))
    rows = rows[rows["coder_id"] == who].reset_index(drop=True)
    return rows.assign(theme=rows["code_id"].map(tree(interview)["theme"]))


def presence(
    interview: Interview,
    place: Place = "segment_id",
    level: Level = "code",
    coder: str | None = None,
) -> pd.DataFrame:
    """Tell which places bear which codes.

    Parameters
    ----------
    place : {"segment_id", "section", "turn", "speaker", "doc_id"}
        What is looked at; places without a name are left out.
    level : {"code", "theme"}
        Each code by itself, or each theme with all its codes.

    Returns
    -------
    DataFrame of bool, places × codes
        All places in the order of the text, all codes (themes) in the order of
        the codebook, those that are never used too.
    """
    outline = tree(interview)
    codes = outline.index if level == "code" else outline.index[outline["depth"] == 0]
    places = [p for p in dict.fromkeys(interview.segments[place]) if p]
    rows = coded(interview, coder)
    found = pd.crosstab(rows[place], rows["code_id" if level == "code" else "theme"])
    whole = found.reindex(index=places, columns=codes, fill_value=0) > 0
    return whole.rename_axis(index=None, columns=None)


def counts(
    interview: Interview,
    place: Place | None = None,
    level: Level = "theme",
    coder: str | None = None,
) -> pd.DataFrame:
    """Count coded segments by theme (or code) and by place.

    Parameters
    ----------
    place : {"section", "turn", "speaker", "doc_id"}, optional
        What the columns are; where none is named, the parts the text has, as
        `widest` names them.
    level : {"theme", "code"}
        What the rows are.

    Returns
    -------
    DataFrame of int, codes × places
        A segment counts once in a row, however many of its codes it bears.
        Index ``code_id``.
    """
    bears = presence(interview, "segment_id", level, coder)
    where = interview.segments.set_index("segment_id")[place or widest(interview)]
    places = [p for p in dict.fromkeys(where) if p]
    table = bears.groupby(where, sort=False).sum().reindex(places).T
    return table.astype(int).rename_axis(index=None, columns=None)


def frequency(interview: Interview) -> pd.DataFrame:
    """Count each code's segments, the share of text they cover, and their start.

    Returns
    -------
    DataFrame, one row per code in the order of the tree
        ``segments``; ``percent`` of all segments; ``coverage``, per cent of
        the text's code points (blanks and headings too) inside a segment with
        the code, each point once; ``first``, the first segment with it, or "".
    """
    bears = presence(interview)
    inside = {code: points(interview, bears.index[bears[code]]) for code in bears}
    length = sum(map(len, interview.texts.values()))
    table = pd.DataFrame({"segments": bears.sum()})
    table["percent"] = 100 * table["segments"] / max(len(bears), 1)
    table["coverage"] = [100 * inside[code].sum() / max(length, 1) for code in bears]
    table["first"] = [
        str(bears.index[bears[c]][0]) if bears[c].any() else "" for c in bears
    ]
    return table


def points(interview: Interview, segments: "pd.Index[str]") -> "np.ndarray":
    """Mark the code points of all texts, one after the other, inside segments.

    Returns
    -------
    array of bool
        As long as the texts together, in the order of ``documents.csv``.
    """
    marks = {doc: np.zeros(len(t), bool) for doc, t in interview.texts.items()}
    chosen = interview.segments[interview.segments["segment_id"].isin(segments)]
    for row in each(chosen):
        marks[str(row.doc_id)][row.start : row.end] = True
    return np.concatenate([*marks.values(), np.zeros(0, bool)])


def cooccurrence(
    interview: Interview, place: Place = "segment_id", level: Level = "code"
) -> pd.DataFrame:
    r"""Count how often two codes stand in the same place.

    Parameters
    ----------
    place : {"segment_id", "section", "turn", "speaker", "doc_id"}
        The definition: two codes co-occur in a segment that bears both, or,
        more widely, in a section (or turn) that bears both.
    level : {"code", "theme"}
        Each code by itself, or each theme.

    Returns
    -------
    DataFrame, one row per pair that co-occurs, most similar first
        ``first``, ``second`` (ids), ``both``, ``either`` (numbers of places),
        ``jaccard``, from above 0 to 1.

    Notes
    -----
    .. math:: J = \frac{n(A \cap B)}{n(A \cup B)}

    References
    ----------
    .. [1] Jaccard (1912). New Phytologist 11, 37-50.
       doi:10.1111/j.1469-8137.1912.tb05611.x
    """
    bears = presence(interview, place, level).astype(int)
    both = (bears.T @ bears).to_numpy()
    n, codes = both.diagonal(), list(bears.columns)
    rows = [
        (codes[i], codes[j], int(both[i, j]), int(n[i] + n[j] - both[i, j]))
        for i, j in zip(*np.triu_indices(len(codes), 1), strict=True)
        if both[i, j]
    ]
    table = pd.DataFrame(rows, columns=["first", "second", "both", "either"])
    table["jaccard"] = table["both"] / table["either"]
    return table.sort_values(
        ["jaccard", "both"], ascending=False, kind="stable", ignore_index=True
    )


def keyword(interview: Interview, pattern: str = "", width: int = 60) -> pd.DataFrame:
    """Show every occurrence of a word in its context, with where it stands.

    Parameters
    ----------
    interview : Interview
        The corpus.
    pattern : str
        A regular expression; upper and lower case are the same. Where none is
        given, the project's own interview is asked what is enough, others nothing.
    width : int
        Code points of context on either side, within the line.

    Returns
    -------
    DataFrame, one row per occurrence in the order of the texts
        ``doc_id``, ``line`` (from 1), ``start`` (code point of the text),
        ``segment_id`` (or "" outside all), ``left``, ``word``, ``right``.
    """
    rows = []
    pattern = pattern or ("suffi[a-z]*|enough" if interview.own else r"\b\B")
    for doc, text in interview.texts.items():
        inside = interview.segments[interview.segments["doc_id"] == doc]
        for found in re.finditer(pattern, text, re.IGNORECASE):
            start, end = found.span()
            left = text[:start].rpartition("\n")[2]
            right = text[end:].partition("\n")[0]
            left = left if len(left) <= width else "…" + left[-width:]
            right = right if len(right) <= width else right[:width] + "…"
            here = inside[(inside["start"] <= start) & (end <= inside["end"])]
            segment = here["segment_id"].iloc[0] if len(here) else ""
            line = text.count("\n", 0, start) + 1
            rows.append((doc, line, start, segment, left, found.group(), right))
    columns = ["doc_id", "line", "start", "segment_id", "left", "word", "right"]
    return pd.DataFrame(rows, columns=columns)


def discovery(interview: Interview) -> "pd.Series[int]":
    """Count the distinct codes met up to each segment along the text.

    Returns
    -------
    Series, indexed by segment
        Never falls. It says how codes come up inside one text; saturation is
        a matter between interviews and cannot be seen here.
    """
    met = presence(interview).cummax()
    return met.sum(axis="columns").astype(int)
