"""Which rows of a file are respondents: those that answered something asked.

Spreadsheets hold more: rows with a moment and nothing else, and below the table
the totals and means that somebody added.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import takewhile

import numpy as np
import pandas as pd

from ecrm_helpers.answers.audit import SetAside, listed
from ecrm_helpers.answers.columns.match import Columns
from ecrm_helpers.answers.formats.tables import Sheet
from ecrm_helpers.answers.words import WORDS
from ecrm_helpers.printed import Told, told
from ecrm_helpers.study import plain

#: A row of a file: its number, and its cells.
Row = tuple[int, Sequence[str]]

#: What a spreadsheet's user writes before a line of totals.
_SUMS = {*WORDS["sums"]}

#: What is written to try a form.
_TEST = re.compile(
    r"(?:ceci est un |this is a )?(?:test|essai)(?:ing)?s?[ \d.!]*", re.I
)
#: In so few rows of a column it is no level of a question.
_TRIES = 3

#: Columns in which programs write of the row itself.
ABOUT = re.compile("|".join(WORDS["about"]))
#: Columns in which forms say whether a row was sent, and what they say if not.
_STATE = re.compile(r"status|statut|(?:response )?type|finished|completed?|terminee?")
_UNSENT = re.compile(
    r"(?:finished|complete.?|termine.*) (?:0|no|non|false|faux)"
    r"|.* (?:survey preview|spam)"
)
#: In a file of which so many of a hundred rows have a moment, one without is strange.
_DATED = 90

#: So many lines below a table may be totals.
_BELOW = 12


def no_respondents(sheet: Sheet, asked: Collection[int]) -> dict[int, SetAside]:
    """Find the rows that are nobody's answers.

    Parameters
    ----------
    asked : collection of int
        The places of the questions' columns.

    Returns
    -------
    dict of int to SetAside
        By line of the file: ``no_answer`` where no column of the questionnaire
        holds anything, ``test`` where all say that they are a test, ``footer``
        where totals stand below the table.
    """
    held = sheet.cells[:, [*asked]]
    tries = np.isin(held, _tries(held.ravel()))
    answered = (held != "").sum(axis=1)
    silent = (answered == 0) & bool(asked)
    trying = (answered > 1) & (tries.sum(axis=1) == answered)
    found = dict[int, SetAside]()
    for rule, why, rows in (
        ("no_answer", told("flag_no_answer"), silent),
        ("test", told("flag_test"), trying),
    ):
        found |= {
            sheet.lines[n]: SetAside(rule, why) for n in np.flatnonzero(rows).tolist()
        }
    for n in np.flatnonzero(~(silent | trying))[-_BELOW:]:
        if _is_sum(sheet.rows[n], asked):
            found[sheet.lines[n]] = SetAside("footer", told("flag_footer"))
    return dict(sorted(found.items()))


def _tries(cells: np.ndarray) -> list[str]:
    """Give the different texts that are written to try a form."""
    return [text for text in pd.unique(cells) if _TEST.fullmatch(text)]


def unsent(sheet: Sheet, columns: Columns) -> Iterator[Told]:
    """Say which rows may be nobody's: previews, unfinished, without a moment, a try.

    Yields
    ------
    Told
        With the lines; nothing is set aside.
    """
    heads = {place: plain(text) for place, text in enumerate(sheet.header)}
    state = {place: text for place, text in heads.items() if _STATE.fullmatch(text)}
    rows = list(zip(sheet.lines, sheet.rows, strict=True))
    unsent = [
        line
        for line, row in rows
        if any(
            _UNSENT.fullmatch(f"{text} {plain(row[p])}") for p, text in state.items()
        )
    ]
    at = columns.moment
    bare = [line for line, row in rows if at is not None and not row[at]]
    if 100 * len(bare) > (100 - _DATED) * len(rows):
        bare = []
    below = _below_a_gap(rows, {*columns.places.values()})
    found = {"read_unsent": unsent, "read_undated": bare, "read_tried": _tried(sheet)}
    for key, lines in {**found, "read_below": below}.items():
        if lines:
            yield told(key, k=len(lines), lines=listed(lines))


def _tried(sheet: Sheet) -> list[int]:
    """Give the lines in which somebody wrote a test, where few did in a column."""
    if not (words := _tries(sheet.cells.ravel())):
        return []
    tries = np.isin(sheet.cells, words)
    rows = tries[:, tries.sum(axis=0) <= _TRIES].any(axis=1)
    return [sheet.lines[n] for n in np.flatnonzero(rows).tolist()]


def _below_a_gap(rows: Sequence[Row], asked: Collection[int]) -> list[int]:
    """Give the last lines, if they answer less than half and blank ones part them."""

    def sparse(row: Row) -> bool:
        return 2 * sum(bool(row[1][place]) for place in asked) < len(asked)

    last = [line for line, _ in takewhile(sparse, reversed(rows))]
    above = rows[-len(last) - 1][0] if 0 < len(last) < len(rows) else 0
    return last[::-1] if above and last[-1] - above > 1 else []


def _is_sum(row: Sequence[str], asked: Collection[int]) -> bool:
    """Tell a line of totals by a word in its first cell, or outside the answers."""
    held = [place for place, cell in enumerate(row) if cell]
    return any(
        plain(row[place]) in _SUMS
        for place in held
        if place == held[0] or place not in asked
    )


def without(sheet: Sheet, lines: Mapping[int, SetAside]) -> Sheet:
    """Give a file's table without some of its rows."""
    kept = [n for n, line in enumerate(sheet.lines) if line not in lines]
    rows, left = [sheet.rows[n] for n in kept], [sheet.lines[n] for n in kept]
    return replace(sheet, rows=rows, lines=left)
