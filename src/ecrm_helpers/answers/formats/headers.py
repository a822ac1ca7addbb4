"""Where the header of a table stands: in its first row, lower, or in two rows.

The header is the row, or the two rows read as one, in which most questions of
the study are found. A title may stand above it; SurveyMonkey and merged cells
put a question above its items, Qualtrics a row of its own below.
"""

import operator
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from ecrm_helpers.answers.audit import listed
from ecrm_helpers.answers.words import WORDS
from ecrm_helpers.printed import Told, told
from ecrm_helpers.study import plain

#: How many columns of the questionnaire a header has.
Score = Callable[[Sequence[str]], int]
#: A row of a file: its number, and its cells.
Row = tuple[int, list[str]]

#: So many rows from the top may hold the header.
_DEEP = 10
#: What SurveyMonkey writes below a question that has no items.
_RESPONSE = {*WORDS["response"]}
_QUALTRICS, _DAY = '{"ImportId"', "StartDate"


class Headed(NamedTuple):
    """A table parted into header and rows; `names` are a program's short names."""

    header: list[str]
    rows: list[Row]
    names: list[str]
    notes: list[Told]


def headed(rows: Sequence[Row], score: Score) -> Headed:
    """Find the header of a table.

    Parameters
    ----------
    rows : sequence of (int, list of str)
        Those that hold something, with their numbers in the file.
    score : callable
        Counts the questions that a header has a column for.

    Returns
    -------
    Headed

    Examples
    --------
    >>> rows = [(1, ["Survey", ""]), (3, ["Age", "Sex"]), (4, ["31", "F"])]
    >>> found = headed(rows, lambda header: len({"Age", "Sex"} & set(header)))
    >>> found.header, found.rows
    (['Age', 'Sex'], [(4, ['31', 'F'])])
    """
    single = {place: rows[place][1] for place in range(min(_DEEP, len(rows)))}
    pairs = range(min(_DEEP, len(rows)) - 1)
    names_items = any(_names_items(rows, place) for place in pairs)
    double = {
        place: _merged(rows[place][1], rows[place + 1][1])
        for place in (pairs if names_items else ())
    }
    # Qualtrics has the questions above a row of its own, below their short names.
    above = next((p for p, row in single.items() if _imported(row)), 0) - 1
    named = [p + 1 for p in pairs if _is_named(rows[p][1], rows[p + 1][1])]
    above = max([above, *named])
    best = max(single, key=lambda place: (score(single[place]), place == above, -place))
    pair = max(double, key=lambda place: (score(double[place]), -place), default=None)
    if pair is not None and _is_pair(rows, pair, best, score, double[pair]):
        below = list(rows[pair + 2 :])
        line, next_line = rows[pair][0], rows[pair + 1][0]
        note = told("read_two_headers", first=line, second=next_line)
        return Headed(double[pair], below, [], [note])
    below = [row for row in rows[best + 1 :] if not _imported(row[1])]
    names = rows[0][1] if best == 1 == above else []
    notes = [told("read_header_row", row=rows[best][0])] if best else []
    header = rows[best][1]
    alike = [2 * score(row) > score(header) for _, row in below[:2]]
    second = {below[0][0]} if alike == [True, False] else set()
    again = [line for line, row in below if line in second or _repeats(row, header)]
    if again:
        notes.append(told("read_header_again", lines=listed(again)))
        below = [row for row in below if row[0] not in again]
    return Headed(rows[best][1], below, list(names), notes)


def _is_pair(
    rows: Sequence[Row], pair: int, best: int, score: Score, header: list[str]
) -> bool:
    """Tell whether two rows make one header: they hold more, or say so."""
    more, alone = score(header), score(rows[best][1])
    of_program = {plain(cell) for cell in rows[pair][1]} & {*WORDS["details"]}
    of_program |= {plain(cell) for cell in rows[pair + 1][1]} & _RESPONSE
    said = more == alone > 0 and bool(of_program)
    return _names_items(rows, pair) and (more > alone or said)


def _names_items(rows: Sequence[Row], pair: int) -> bool:
    """Tell whether a row names items below another: of numbers alone it does not."""
    above, below = rows[pair][1], rows[pair + 1][1]
    named = any(sign.isalpha() for text in below for sign in plain(text))
    return named and _spans(above, below)


def _spans(first: Sequence[str], second: Sequence[str]) -> bool:
    """Tell whether a lower row names items: most, where it is filled, share a head.

    Under a header alone, every cell of a respondent has a head of its own.
    """
    filled = [
        (bool(top), bool(below) and plain(below) not in _RESPONSE)
        for top, below in zip(first, second, strict=False)
    ]
    shared = sum(pair == ((True, True), (False, True)) for pair in pairwise(filled))
    return 2 * shared >= sum(top and below for top, below in filled)


def _merged(first: Sequence[str], second: Sequence[str]) -> list[str]:
    """Write a question above its items as one header, as forms do: with brackets."""
    held, header = "", []
    for top, below in zip(first, second, strict=False):
        held = top or held
        alone = not below or plain(below) in _RESPONSE
        header.append(held if alone else f"{held} [{below}]")
    return header


def _repeats(row: Sequence[str], header: Sequence[str]) -> bool:
    """Tell whether a row says what the header says, and nothing else.

    A box that is ticked may say the words above it too.
    """
    filled = sum(map(bool, header))
    if 2 * sum(map(operator.eq, row, header)) <= filled:  # blanks too: quickly no
        return False
    told = [(cell, head) for cell, head in zip(row, header, strict=False) if cell]
    return 2 * len(told) > filled and all(cell == head for cell, head in told)


def _is_named(first: Sequence[str], second: Sequence[str]) -> bool:
    """Tell Qualtrics' short names by a day's that has words below it."""
    days = (below for top, below in zip(first, second, strict=False) if top == _DAY)
    return any(text and not text[0].isdigit() for text in days)


def _imported(row: Sequence[str]) -> bool:
    held = _QUALTRICS in "".join(row)  # quickly no, of a million rows
    return held and any(cell.startswith(_QUALTRICS) for cell in row)
