"""Which rows of a file are respondents: those that answered something asked.

Spreadsheets hold more: rows with a moment and nothing else, and below the table
the totals and means that somebody added.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from ecrm_helpers.answers.audit import SetAside, listed
from ecrm_helpers.answers.columns.match import Columns
from ecrm_helpers.answers.formats.tables import Sheet
from ecrm_helpers.printed import Told, told
from ecrm_helpers.study import plain

#: What a spreadsheet's user writes before a line of totals.
_SUMS = {
    "total", "totaux", "somme", "sum", "moyenne", "moyennes", "mean", "means",
    "average", "ecart type", "standard deviation", "sd", "median", "mediane",
    "minimum", "maximum", "min", "max", "n", "count", "effectif", "nombre",
}  # fmt: skip

#: Columns in which programs write of the row itself.
ABOUT = re.compile(
    r"response ?type|finished|completed|progress|duration.*|(?:start|user) ?language"
    r"|(?:response|respondent|collector) ?id|uuid|recipient .*|external .*|seed"
    r"|(?:location )?(?:latitude|longitude)|distribution ?channel|last ?page|version"
    r"|submitted by|validation status"
)
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


def no_respondents(sheet: Sheet, columns: Columns) -> dict[int, SetAside]:
    """Find the rows that are nobody's answers.

    Returns
    -------
    dict of int to SetAside
        By line of the file: ``no_answer`` where no column of the questionnaire
        holds anything, ``footer`` where totals stand below the table.
    """
    asked = {*columns.places.values(), *chain.from_iterable(columns.more.values())}
    rows = dict(zip(sheet.lines, sheet.rows, strict=True))
    found = {
        line: SetAside("no_answer", told("flag_no_answer"))
        for line, row in rows.items()
        if asked and not any(row[place].strip() for place in asked)
    }
    last = [line for line in rows if line not in found][-_BELOW:]
    footer = {
        line: SetAside("footer", told("flag_footer"))
        for line in last
        if _is_sum(rows[line], asked)
    }
    return found | footer


def unsent(sheet: Sheet, columns: Columns) -> Iterator[Told]:
    """Say which rows may not have been sent: previews, unfinished, without a moment.

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
    bare = [line for line, row in rows if at is not None and not row[at].strip()]
    if 100 * len(bare) > (100 - _DATED) * len(rows):
        bare = []
    for key, lines in (("read_unsent", unsent), ("read_undated", bare)):
        if lines:
            yield told(key, k=len(lines), lines=listed(lines))


def _is_sum(row: Sequence[str], asked: set[int]) -> bool:
    """Tell a line of totals by a word in its first cell, or outside the answers."""
    held = [place for place, cell in enumerate(row) if cell.strip()]
    return any(
        plain(row[place]) in _SUMS
        for place in held
        if place == held[0] or place not in asked
    )


def without(sheet: Sheet, lines: Mapping[int, SetAside]) -> Sheet:
    """Give a file's table without some of its rows."""
    kept = [n for n, line in enumerate(sheet.lines) if line not in lines]
    told = {"rows": [sheet.rows[n] for n in kept]}
    return Sheet(**{**vars(sheet), **told, "lines": [sheet.lines[n] for n in kept]})
