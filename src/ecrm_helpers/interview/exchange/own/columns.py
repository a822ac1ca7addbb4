"""What the columns of a table of one's own are, by their headers or their cells."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from statistics import mean

from ecrm_helpers.interview.exchange.own.headers import (
    FEW,
    LOWEST,
    level_of,
    role_of,
    roles_in,
)
from ecrm_helpers.study import plain

#: What a cell holds that only says yes, and what says no.
_YES = ("x", "1", "oui", "yes", "o", "✓", "✔", "✗", "●", "true", "vrai")
_MARKS = {*_YES, "", "0", "non", "no", "false", "faux", "-", "–", "—", "n/a", "s.o."}
#: A header that names whose codes stand below it.
_WHOSE = re.compile(r"[Cc]od\w*\s*[-–(:]?\s*([A-ZÀ-Ý]\w+)\)?\s*")
#: The least length of a passage, on average, and the most of a name of a code.
_LONG, _SHORT = 25, 40
#: What stands before an item of a list.
_ITEM = re.compile(r"^\s*([-–—•*]+|\d{1,2}[.)](?=\s))\s*")

Rows = Sequence[Sequence[str]]


@dataclass(frozen=True)
class Roles:
    """The columns of a table by their role; each code column with its level.

    `marked` are columns that only say yes or no: their header is a code.
    `rest` have no role. `body` is the first row below the header; `guessed`
    are the words of a row that is taken for a header by its looks alone; `ones`
    are headers of columns that say yes in every row, amid some that do not. `whose`
    are columns of codes that have each a coder's name; `coder` is the only one.
    `program` tells that a coding program wrote it, and so all codes are names.
    """

    one: dict[str, int]
    codes: dict[int, int]
    marked: dict[int, str]
    rest: dict[int, str]
    body: int
    guessed: str = ""
    ones: tuple[str, ...] = ()
    whose: dict[int, str] = field(default_factory=dict)
    coder: str = ""
    program: bool = False

    def views(self, row: Sequence[str]) -> "Sequence[Roles]":
        """Give a view for each coder with a column who codes the row; at least one."""
        views = [
            replace(self, codes={c: self.codes[c]}, whose={}, coder=name)
            for c, name in self.whose.items()
        ]
        return [v for v in views if any(v.given(row))] or views[:1] or [self]

    def filled(self, rows: Rows) -> Rows:
        """Give the rows below the header; a theme goes on where a code stands alone.

        Programs write every row in full.
        """
        if self.program:
            return rows[self.body :]
        last = max(self.codes.values(), default=0)
        upper = [c for c in sorted(self.codes, key=self.codes.__getitem__)
                 if self.codes[c] < last]  # fmt: skip
        lower = [c for c in self.codes if self.codes[c] == last]
        return _gone_on(rows[self.body :], upper, lower)

    def doubts(self, rows: Rows) -> Iterator[tuple[str, str]]:
        """Give what stays doubtful of the columns, each with its phrase's key."""
        headers = rows[self.body - 1]
        pairs = zip(rows[self.body :], self.filled(rows), strict=True)
        alone = [next(self.given(of))[1] for was, of in pairs
                 if [*self.given(was)] != [*self.given(of)]]  # fmt: skip
        if alone:
            yield "; ".join(dict.fromkeys(alone)), "doubt_theme"
        if self.guessed:
            yield self.guessed, "doubt_header"
        for level in sorted(set(self.codes.values())):
            here = [headers[c] for c, at in self.codes.items() if at == level]
            of = [header for header in here if role_of(header) == "code"]
            # "Code 1", "Code 2" are several codes; "Code A." and "Code B." may not be.
            if len({re.sub(r"\W|\d", "", plain(header)) for header in of}) > 1:
                yield " | ".join(of), "doubt_coders" if self.whose else "doubt_columns"
        if self.ones:
            yield " | ".join(self.ones), "doubt_ones"

    def cell(self, row: Sequence[str], role: str) -> str:
        """Give a row's cell of a role, or ""."""
        if role == "coder" and self.coder:
            return self.coder
        place = self.one.get(role)
        return row[place].strip() if place is not None and place < len(row) else ""

    def given(self, row: Sequence[str]) -> Iterator[tuple[str, str]]:
        """Give each code cell of a row, with the path that stands above it."""
        cells = [
            [row[c].strip() for c, of in self.codes.items()
             if of == level and c < len(row) and row[c].strip()]
            for level in sorted(set(self.codes.values()))
        ]  # fmt: skip
        *above, last = list(filter(None, cells)) or [[]]
        if self.program:  # QualCoder's categories, the nearest first
            above = [[name] for of in reversed(above) for name in reversed(of)]
        yield from ((" > ".join(of[0] for of in above), cell) for cell in last)
        yield from (
            ("", name)
            for c, name in self.marked.items()
            if c < len(row) and _yes(row[c])
        )


def roles(rows: Rows) -> Roles | None:
    """Tell what the columns of a table of passages and codes are.

    Parameters
    ----------
    rows : sequence of sequences of str
        All rows; the header may stand below a title, or be missing where of
        two columns the left one holds passages and the right one short names.

    Returns
    -------
    Roles or None
        None where no column holds passages, or none codes.

    Examples
    --------
    >>> roles([["Verbatim", "Thème"], ["Le prix, d'abord.", "Prix"]]).one
    {'text': 0}
    """
    for place, row in enumerate(rows[:10]):
        found = _by_header(row, rows[place + 1 :], place + 1)
        if found:
            return found
    return _by_cells(rows)


def listed(rows: Rows, known: Callable[[str], str]) -> Rows:
    r"""Write a grid of themes and interviews as a list of passages.

    Parameters
    ----------
    rows : sequence of sequences of str
        With an interview in each column and themes before them, or an interview
        in each row and a theme above each column. A cell has a passage a line.
    known : callable
        Gives the interview that a name is of, or "".

    Returns
    -------
    sequence of sequences of str
        With a header that `roles` knows; none where it is no such grid.

    Examples
    --------
    >>> listed([["Code", "e1"], ["Prix", "- Cher.\n- Trop."]], {"e1": "e1"}.get)
    [['document', 'verbatim', 'Code'], ['e1', 'Cher.', 'Prix'], ['e1', 'Trop.', 'Prix']]
    """
    for at, header in enumerate(rows[:10]):
        docs = [c for c, of in enumerate(header) if known(of) and role_of(of) != "code"]
        rest = [c for c in range(len(header)) if c not in docs]
        body = [[*row, *header[len(row) :]] for row in rows[at + 1 :]]
        if docs and any(role_of(header[c]) == "code" for c in rest):
            heads = ["document", "verbatim", *(header[c] for c in rest)]
            return [heads] + [
                [header[c], line, *(row[of] for of in rest)]
                for row in body
                for c in docs
                for line in _passages(row[c])
            ]
        others = any(role_of(cell) for cell in header[1:])
        whose = role_of(header[0]) == "document" or not header[0].strip()
        first = next((n for n, row in enumerate(body) if known(row[0])), None)
        if whose and not others and first is not None:
            columns = zip(header, *body[:first], strict=True)
            named = _gone_on(columns, range(first), [first])
            themes = [" > ".join(dict.fromkeys(filter(None, of))) for of in named]
            return [["document", "verbatim", "code"]] + [
                [row[0], line, theme]
                for row in body[first:]
                for theme, cell in zip(themes[1:], row[1:], strict=False)
                for line in _passages(cell)
            ]
    return []


def _gone_on(
    rows: Iterable[Sequence[str]], upper: Sequence[int], lower: Sequence[int]
) -> list[list[str]]:
    """Let a theme go on down its column, where what is below it stands alone."""
    found, above = [], dict[int, str]()
    columns = [*upper, *lower]
    for cells in rows:
        row = [*cells, *[""] * (max(columns, default=0) + 1 - len(cells))]
        for place, c in enumerate(upper):
            if row[c].strip():
                above = {k: above[k] for k in upper[:place] if k in above} | {c: row[c]}
            elif any(row[k].strip() for k in columns[place + 1 :]):
                row[c] = above.get(c, "")
        found.append(row)
    return found


def _passages(cell: str) -> list[str]:
    """Part a cell's passages: a line each, an item of a list, or in marks each."""
    lines = re.split(r"\n|(?<=[»”])\s*[;,/]?\s*(?=[«“])", cell)
    bare = [_ITEM.sub("", line).strip() for line in lines]
    return [line for line in bare if line]


def _by_header(header: Sequence[str], body: Rows, at: int) -> Roles | None:
    names = [" ".join(cell.split()) for cell in header]
    said = [{row[c].strip().casefold() for row in body if c < len(row)}
            for c in range(len(names))]  # fmt: skip
    of, known = roles_in(names)
    codes = {c: level_of(names[c]) for c, role in enumerate(of) if role == "code"}
    whose = _whose(names, of, codes)
    codes = codes or dict.fromkeys(whose, LOWEST)
    one = {
        r: of.index(r) for r in of if r not in ("", "code") and of.index(r) not in codes
    }
    rest = [c for c in range(len(names)) if c not in {*codes, *one.values()}]
    marks = [c for c in rest if names[c] and {*_YES} & said[c] and _MARKS >= said[c]]
    # A one in every row numbers something, unless other columns say yes and no.
    ones = [c for c in marks if said[c] == {"1"}]
    if ones == marks:
        ones, marks = [], []
    if "text" not in one or not (codes or marks):
        return None
    left = {c: names[c] or str(c + 1) for c in rest if c not in marks}
    left = {c: name for c, name in left.items() if names[c] or said[c] - {""}}
    marked = {c: names[c] for c in marks}
    once = tuple(names[c] for c in ones)
    return Roles(one, codes, marked, left, at, ones=once, whose=whose, program=known)


def _whose(
    names: Sequence[str], of: Sequence[str], codes: Collection[int]
) -> dict[int, str]:
    """Tell whose the columns of codes are, where each has a coder's name."""
    if not codes:
        theirs = {
            c: re.sub(r"(?i)^cod\w+ (par|by) ", "", names[c])
            for c, role in enumerate(of)
            if role == "coder"
        }
    else:
        found = {c: _WHOSE.fullmatch(names[c]) for c in codes}
        theirs = {c: m[1] for c, m in found.items() if m}
    every = len(set(theirs.values())) > 1 and len(theirs) >= len(codes)
    return theirs if every else {}


def _yes(cell: str) -> bool:
    return cell.strip().casefold() in _YES


def _by_cells(rows: Rows) -> Roles | None:
    """Take of two columns the left for passages where the right has short names."""
    if len(rows) < 2 or {len(row) for row in rows} != {2}:
        return None
    left, right = ([row[c].strip() for row in rows] for c in (0, 1))
    known = role_of(left[0]) == "text"
    like = len(left[0].split()) < FEW and left[0][-1:].isalpha()
    head = int(known or (like and right[0] not in right[1:]))
    names = [cell for cell in right[head:] if any(map(str.isalpha, cell))]
    long = mean(map(len, left[head:])) >= _LONG
    if not names or not long or max(map(len, names)) > _SHORT:
        return None
    guessed = " | ".join(rows[0]) if head and not known else ""
    return Roles({"text": 0}, {1: LOWEST}, {}, {}, head, guessed)
