"""Results whose statistic, degrees of freedom and p stand in cells of their own.

A table is put into lines that name what each cell holds, "F = 6,980 ; ddl1 = 1 ;
ddl2 = 71 ; p = ,010", and the lines are read as any text. Names stand above
(APA, SPSS) or to the left (matrices of correlations, "Khi-deux", "Z").
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from ecrm_helpers.ledger.checked_text.blocks import Place, Table
from ecrm_helpers.ledger.checked_text.headings import RESIDUAL, heading
from ecrm_helpers.ledger.checked_text.plain import plain
from ecrm_helpers.ledger.checked_text.vocabulary import STATISTICS

Rows = list[list[str]]
Line = tuple[int, str]

_SAID = {"df": "ddl", "df1": "ddl1", "df2": "ddl2", "n": "N", "chi2": "χ2"}
_NUMBER = re.compile(r"[<>≤≥=]?\s?-?\s?(?:\d|[.,]\s?\d)")
_FILLED = re.compile(rf"{_NUMBER.pattern}|[-.]$")
_NS = re.compile(r"n\.?\s?s\.?", re.IGNORECASE)
#: The columns of R's tables of variance and of coefficients.
_COLUMN = r"(?:Df|df|Sum Sq|Mean Sq|Estimate|Std\. Error|[Ftz] value|Pr\(>\|?\w+\|?\))"
_R_HEAD = re.compile(rf"{_COLUMN}(?: {_COLUMN}){{2,}}")
_R_NUMBER = r"-?\d+(?:\.\d+)?(?:e[-+]?\d+)?"
_RESIDUAL_DF = r"on (\d+) degrees of freedom"
_NOTE = re.compile(r"(?<=\d)\s?(?:\^\{[^{}]*\}|\([a-z]\)|[a-z])$")


def lines(table: Table) -> Iterator[tuple[str, Place]]:
    """Put a table into lines of text, each with its row.

    Parameters
    ----------
    table : Table
        Rows of cells as they stand in the document.

    Yields
    ------
    text, place
        A line for each statistic that has a cell of its own, and one for the
        rest of each row.

    Examples
    --------
    >>> rows = (("", "t", "ddl", "p"), ("Confiance", "2,20", "28", "0,036"))
    >>> [text for text, _ in lines(Table(rows, Place(table=1)))]
    ['t = 2,20 ; ddl = 28 ; p = 0,036', 'Confiance']
    """
    wide = max((len(row) for row in table.rows), default=0)
    rows = [
        [*(_cell(cell) for cell in row), *[""] * (wide - len(row))]
        for row in table.rows
    ]
    names = _names(rows)
    roles = [heading(name) for name in names]
    column = _labels(rows)
    if any(role in STATISTICS or role in ("p", "value") for role in roles):
        said = _across(rows, names, roles)
    elif column is not None:
        said = _down(rows, column)
    else:
        said = ((number, _joined(row)) for number, row in enumerate(rows))
    for number, text in said:
        place = replace(table.place, row=number + 1)
        yield text, place.beginning(_joined(rows[number]))


def printed(text: str) -> str:
    """Name the numbers of R's tables of variance and coefficients, pasted as text.

    Parameters
    ----------
    text : str
        Plain text (see `plain`), without its line breaks.

    Returns
    -------
    str
        Each row that has a p as a result; all else as it was.

    Examples
    --------
    >>> head = "Df Sum Sq Mean Sq F value Pr(>F) "
    >>> printed(head + "group 1 8.12 8.12 6.98 0.0101 * Residuals 71 82.57 1.16")
    'group F(1, 71) = 6.98, p = 0.0101. * Residuals 71 82.57 1.16'
    """
    head = _R_HEAD.search(text)
    if not head:
        return text
    names = re.findall(_COLUMN, head[0])
    below = re.sub(r"< (?=\d)", "<", text[head.end() :]).strip()
    rest = _residual_df(names, below)

    def result(row: re.Match[str]) -> str:
        cell = dict(zip(names, row[0].split(" "), strict=True))
        test = next((name for name in names if name.endswith("value")), "")
        own = [cell[name] for name in ("Df", "df") if name in cell]
        df = ", ".join([*own, *rest])
        p = cell[names[-1]]
        label = f"{test[:1]}({df})" if df else test[:1]
        return f"{label} = {cell[test]}, p {p if p[0] == '<' else f'= {p}'}."

    numbers = " ".join([*[_R_NUMBER] * (len(names) - 1), f"<?{_R_NUMBER}"])
    below = re.sub(rf" {_RESIDUAL_DF}", "", below)
    return text[: head.start()] + re.sub(rf"(?<= ){numbers}(?![\w.])", result, below)


def _residual_df(names: list[str], below: str) -> list[str]:
    """Find the degrees of freedom that R's tables print beside the rows."""
    if "F value" in names and "Df" in names:
        at = names.index("Df")
        found = re.search(rf"Residuals (?:{_R_NUMBER} ){{{at}}}(\d+)", below)
    else:
        found = re.search(_RESIDUAL_DF, below)
    return [found[1]] if found and "df" not in names else []


def _cell(text: str) -> str:
    """Make a cell plain; three stars alone are p below .001."""
    return "< .001" if text.strip() == "***" else plain(text).strip()


def _joined(row: list[str]) -> str:
    return " ; ".join(filter(None, row))


def _head(rows: Rows) -> int:
    """Count the rows before the first that holds a number, or a dash for none."""
    numbered = (i for i, row in enumerate(rows) if any(map(_FILLED.match, row)))
    return next(numbered, len(rows))


def _names(rows: Rows) -> list[str]:
    """Give each column's lowest heading that names something, else its lowest."""
    columns = zip(*rows[: _head(rows)], strict=True)
    found = [[cell for cell in reversed(column) if cell] for column in columns]
    return [next(filter(heading, cells), (*cells, "")[0]) for cells in found]


def _named(name: str, cell: str) -> str:
    """Write a cell after its name: "p < .001", "F(1, 71) = 6.98"."""
    role = heading(name)
    if role == "p" and _NS.fullmatch(cell):
        return cell
    own = role not in _SAID and role != "p" and "(" in name
    label = name if own or role == "p" else _SAID.get(role, role)
    label = label if role != "p" or _plain_p(label) else "p"
    cell = _NOTE.sub("", cell)
    return f"{label} {cell}" if cell[0] in "<>≤≥=" else f"{label} = {cell}"


def _plain_p(label: str) -> bool:
    """Tell whether a name of p tells on how many sides it looks."""
    return bool(re.search(r"latéral|tailed|sided", label, re.IGNORECASE))


def _told(cell: str) -> bool:
    return bool(_NUMBER.match(cell) or _NS.fullmatch(cell))


def _across(rows: Rows, names: list[str], roles: list[str]) -> Iterator[Line]:
    """Read a table whose names stand above."""
    tests = [c for c, role in enumerate(roles) if role in STATISTICS or role == "value"]
    for number in range(_head(rows), len(rows)):
        row, used = rows[number], set[int]()
        label = next(filter(heading, row[:2]), "")
        for before, column, after in zip(
            [-1, *tests], tests, [*tests[1:], len(row)], strict=False
        ):
            name = label if roles[column] == "value" else names[column]
            if not _told(row[column]) or heading(name) not in STATISTICS:
                continue
            own = [*range(column + 1, after), *range(before + 1, column)]
            p = [c for c in own if roles[c] == "p" and _told(row[c])][:1]
            sizes = [c for c in own if roles[c] == "n" and row[c]][:1]
            df = _degrees(rows, number, own, roles, heading(name))
            said = [_named(names[c], row[c]) for c in (*sizes, *p)]
            yield number, " ; ".join([_named(name, row[column]), *df, *said])
            used |= {column, *p}
        yield number, _joined(_rest(row, used, names, roles))


def _rest(
    row: list[str], used: set[int], names: list[str], roles: list[str]
) -> list[str]:
    """Give the cells that no result has used; a p among them under its name."""
    return [
        _named(names[c], cell) if roles[c] == "p" and _told(cell) else cell
        for c, cell in enumerate(row)
        if c not in used and cell and roles[c] not in ("df", "df1", "df2")
    ]


def _degrees(
    rows: Rows, number: int, own: list[int], roles: list[str], test: str
) -> list[str]:
    """Give the degrees of freedom of a row; F takes its second from the residual's."""
    row = rows[number]
    both = [c for key in ("df1", "df2") for c in own if roles[c] == key and row[c]][:2]
    if both:
        return [f"{_SAID[roles[c]]} = {row[c]}" for c in both]
    column = next((c for c in own if roles[c] == "df" and row[c]), None)
    if column is None:
        return []
    below = next((r for r in rows[number + 1 :] if RESIDUAL.search(_label(r))), None)
    if test == "F" and below and re.fullmatch(r"\d+(?:[.,]\d+)?", row[column]):
        return [f"ddl1 = {row[column]}", f"ddl2 = {below[column]}"]
    return [f"ddl = {row[column]}"]


def _label(row: list[str]) -> str:
    return " ".join(cell for cell in row[:2] if not _NUMBER.match(cell))


def _labels(rows: Rows) -> int | None:
    """Find the column whose cells name a statistic and a p, if one does."""
    for column, cells in enumerate(zip(*rows, strict=True)):
        roles = {heading(cell) for cell in cells}
        if "p" in roles and roles & STATISTICS.keys():
            return column
    return None


def _down(rows: Rows, labels: int) -> Iterator[Line]:
    """Read a table whose names stand to the left, each pair of a matrix once."""
    ranks = {heading(cell) for row in rows for cell in row[:labels]} & {"rho", "tau"}
    seen: dict[frozenset[str], str] = {}
    for number, column, text in _groups(rows, labels, "".join(ranks)):
        left = [cell for row in rows[: number + 1] for cell in row[:labels] if cell]
        pair = frozenset((*left[-1:], rows[0][column]))
        diagonal = re.fullmatch(r"\S+ = [-+]?1(?:[.,]0+)?(?: ; N = \d+)?", text)
        if diagonal or (len(pair) == 2 and seen.get(pair) == text):
            continue
        seen[pair] = text
        yield number, text
    for number, row in enumerate(rows):
        if not heading(row[labels]):
            yield number, _joined(row)


def _groups(rows: Rows, labels: int, ranks: str) -> Iterator[tuple[int, int, str]]:
    """Give each run of named cells of a column: first row, column, text."""
    for column in range(labels + 1, len(rows[0])):
        first, parts, roles = 0, list[str](), set[str]()
        for number, row in enumerate([*rows, [""] * len(rows[0])]):
            name = row[labels]
            role = heading(name)
            if not role or role in roles:
                if parts:
                    yield first, column, " ; ".join(parts)
                parts, roles = [], set()
            if role and not parts:
                first = number
            if role:
                roles.add(role)
            if role and _told(row[column]):
                parts.append(
                    _named(ranks if ranks and role == "r" else name, row[column])
                )
