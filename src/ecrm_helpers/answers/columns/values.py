"""Plain numbers and days, as people and programs write them in a cell."""

import re
from collections.abc import Callable, Iterable, Sequence

import pandas as pd

from ecrm_helpers.answers.audit import listed
from ecrm_helpers.answers.formats.moments import moments
from ecrm_helpers.answers.formats.tables import cell_text
from ecrm_helpers.printed import Told, told
from ecrm_helpers.study import Bilingual, plain

#: What is allowed where a number or a day is asked for.
EXAMPLES = {"number": "23, 23,5, 23.5", "date": "2022-07-14, 14/07/2022"}

#: Blanks between thousands, in any form.
_BLANKS = re.compile(r"(?<=\d)[\s\u00a0\u202f'’](?=\d{3}(?:\D|$))")
_NUMBER = re.compile(r"([+-]?\d+(?:[.,]\d+)*)\s*(\D*)")
#: What may stand behind a number whatever it counts.
_UNITS = {"", "an", "ans", "annee", "annees", "year", "years", "years old", "y", "yo"}


def numbers(
    texts: Iterable[str], unit: Bilingual | None = None
) -> Callable[[str], float | None]:
    """Learn from a column's texts how its numbers are written; give their reader.

    A comma or a point is a decimal mark where one text shows it: one mark with
    other than three digits behind it. Where all have three, ``1,234`` may be
    either, and is read as neither.

    Parameters
    ----------
    texts : iterable of str
        The different texts of the column.
    unit : Bilingual, optional
        What may stand behind a number, besides years.

    Returns
    -------
    callable
        Gives the number that a text writes, None where it writes none.

    Examples
    --------
    >>> read = numbers(["23", "1 250,5", "25 ans", "environ 30"])
    >>> [read(text) for text in ("23", "1 250,5", "25 ans", "environ 30")]
    [23.0, 1250.5, 25.0, None]
    >>> numbers(["1,234", "2,500"])("1,234") is None
    True
    """
    units = _UNITS | ({plain(unit.fr), plain(unit.en)} if unit else set())
    written = [_NUMBER.fullmatch(_BLANKS.sub("", text)) for text in texts]
    marks = [re.findall(r"[.,]\d+", found[1]) for found in written if found]
    decimal = {held[-1][0] for held in marks if held and _is_decimal(held)}
    thousands = {held[0][0] for held in marks if len(held) > 1} - decimal

    def read(text: str) -> float | None:
        found = _NUMBER.fullmatch(_BLANKS.sub("", text))
        if found is None or plain(found[2]) not in units:
            return None
        number = found[1]
        for mark in thousands:
            number = number.replace(mark, "")
        held = re.findall(r"[.,]", number)
        if len(held) > 1 or (held and held[0] not in decimal):
            return None
        return float(number.replace(",", "."))

    return read


def _is_decimal(held: Sequence[str]) -> bool:
    """Whether the last mark of a number parts off decimals."""
    last = held[-1]
    alone = sum(one[0] == last[0] for one in held) == 1
    return alone and (len(last) != 4 or len(held) > 1)


def days(
    texts: Iterable[str], unit: Bilingual | None = None
) -> Callable[[str], pd.Timestamp | None]:
    """Learn from a column's texts whether day or month comes first; give their reader.

    Parameters
    ----------
    texts : iterable of str
        The different texts of the column.
    unit : None
        Days have none.

    Returns
    -------
    callable
        Gives the day that a text writes, None where it writes none.

    Examples
    --------
    >>> read = days(["7/14/1990", "02/03/1991", "1990"])
    >>> [str(read(text))[:10] for text in ("02/03/1991", "1990")]
    ['1991-02-03', 'None']
    """
    written = list(dict.fromkeys(texts))
    found, _ = moments(written, None, None)
    if found is None:
        return lambda text: None
    known = dict(zip(written, found.dt.normalize(), strict=True))
    return lambda text: known.get(text) if known.get(text) is not pd.NaT else None


#: Fewer numbers are not compared; more than so many spreads of the middle half
#: beyond it are far; marks of no answer, where they end the others.
_COMPARED, _FAR = 8, 3
_MARK = re.compile(r"-?(?:9{2,}|8{2,})")


def far_out(name: str, values: pd.Series, lines: Sequence[int]) -> list[Told]:
    """Say which numbers of a column are so far from the others that they may be none.

    Examples
    --------
    >>> ages = pd.Series([21, 23, 24, 26, 30, 31, 35, 40, 999])
    >>> far_out("age", ages, range(2, 11))[0].said("en")
    'to check: age, numbers far from the others, read as they stand: 999 (lines 10)'
    """
    held = values.dropna().astype(float)
    if len(held) < _COMPARED:
        return []
    low, high = held.quantile(0.25), held.quantile(0.75)
    room = _FAR * (high - low) or float("inf")
    ends = held.isin([held.min(), held.max()]) & held.duplicated(keep=False)
    marks = held.map(cell_text).str.fullmatch(_MARK) & ends
    far = marks | (held < low - room) | (held > high + room)
    far |= (held < 0) & ((held < 0).mean() < 1 / 2)
    if not far.any():
        return []
    found = ", ".join(dict.fromkeys(map(cell_text, held[far].sort_values())))
    where = listed([lines[int(row)] for row in held.index[far]])
    return [told("read_far_out", question=name, found=found, lines=where)]
