"""Plain numbers and days, as people and programs write them in a cell."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

import pandas as pd

from ecrm_helpers.answers.audit import listed
from ecrm_helpers.answers.formats.moments import UNSURE, moments
from ecrm_helpers.answers.formats.tables import cell_text
from ecrm_helpers.answers.words import WORDS
from ecrm_helpers.printed import Told, told
from ecrm_helpers.study import Bilingual, plain

#: What is allowed where a number or a day is asked for.
EXAMPLES = {
    "number": "23, 23,5, 23.5 (+ unit: …)",
    "date": "2022-07-14, 14/07/2022, 14 juillet 2022",
}

#: Blanks between thousands, in any form.
_BLANKS = re.compile(r"(?<=\d)[\s\u00a0\u202f'’](?=\d{3}(?:\D|$))")
_BELOW_ONE = re.compile(r"^[+-]?0([.,])")
_NUMBER = re.compile(r"(?P<sign>[€$£]?)\s*([+-]?\d+(?:[.,]\d+)*)\s*(\D*)")


def numbers(
    texts: Iterable[str], unit: Bilingual | None = None
) -> Callable[[str], float | None]:
    """Learn from a column's texts how its numbers are written; give their reader.

    A comma or a point is a decimal mark where one text shows it: one mark with
    other than three digits behind it, or nought before it. Where all have three,
    ``1,234`` may be either, and is read as neither. A column counts in one unit:
    what stands beside another is not read.

    Parameters
    ----------
    texts : iterable of str
        The different texts of the column.
    unit : Bilingual, optional
        What may stand beside a number, besides years, hours, currencies.

    Returns
    -------
    callable
        Gives the number that a text writes, None where it writes none.

    Examples
    --------
    >>> read = numbers(["23", "1 250,5 €", "€ 25", "environ 30", "2 ans", "1 k€"])
    >>> [read(text) for text in ("23", "1 250,5 €", "€ 25", "environ 30", "2 ans")]
    [23.0, 1250.5, 25.0, None, None]
    >>> numbers(["1,234", "2,500"])("1,234") is None
    True
    """
    own = [plain(unit.fr), plain(unit.en)] if unit else []
    units: list[list[str]] = [*WORDS["units"], own]
    written = [found for text in texts if (found := _parted(text))]
    marks = [re.findall(r"[.,]\d+", number) for number, _ in written]
    decimal = {held[-1][0] for held in marks if held and _is_decimal(held)}
    decimal |= {mark for number, _ in written for mark in _BELOW_ONE.findall(number)}
    thousands = {held[0][0] for held in marks if len(held) > 1} - decimal
    met = Counter(n for _, one in written for n, of in enumerate(units) if one in of)
    known = {""}.union(*(units[n] for n, _ in met.most_common(1)))

    def read(text: str) -> float | None:
        number, beside = _parted(text) or ("", "?")
        if beside not in known:
            return None
        for mark in thousands:
            number = number.replace(mark, "")
        held = re.findall(r"[.,]", number)
        if len(held) > 1 or (held and held[0] not in decimal):
            return None
        value = float(number.replace(",", "."))
        # Beside "45 %", 0.45 may be the same.
        return None if "%" in known and not beside and 0 < value < 1 else value

    return read


def _parted(text: str) -> tuple[str, str] | None:
    """Part a number from what stands beside it, signs kept: "60+" is no number."""
    found = _NUMBER.fullmatch(_BLANKS.sub("", text.strip()))
    if found is None or (found["sign"] and found[3]):
        return None
    beside = (found["sign"] or found[3]).strip().removesuffix(".")
    return found[2], plain(beside) or beside


def _is_decimal(held: Sequence[str]) -> bool:
    """Whether the last mark of a number parts off decimals."""
    last = held[-1]
    alone = sum(one[0] == last[0] for one in held) == 1
    return alone and (len(last) != 4 or len(held) > 1)


def days(
    texts: Iterable[str],
) -> tuple[Callable[[str], pd.Timestamp | None], list[Told]]:
    """Learn from a column's texts whether day or month comes first.

    Parameters
    ----------
    texts : iterable of str
        The different texts of the column.

    Returns
    -------
    callable
        Gives the day that a text writes, None where it writes none.
    list of Told
        Why it may be another day.

    Examples
    --------
    >>> read, _ = days(["7/14/1990", "02/03/1991", "1990"])
    >>> [str(read(text))[:10] for text in ("02/03/1991", "1990")]
    ['1991-02-03', 'None']
    """
    written = list(dict.fromkeys(texts))
    found, notes = moments(written, None, None)
    if found is None:
        return lambda text: None, []
    known = dict(zip(written, found.dt.normalize(), strict=True))
    unsure = [note for note in notes if note.key in UNSURE]
    return (
        lambda text: known.get(text) if known.get(text) is not pd.NaT else None,
        unsure,
    )


#: Fewer numbers are not compared; more than so many spreads of the middle half
#: beyond it are far; marks of no answer, where they end the others.
_COMPARED, _FAR = 8, 3
#: So near numbers are compared in how often they were given.
_NEAR = 5
#: Where most are older, so few and so many years are doubtful.
_GROWN, _AGES = 15, (5, 105)
_MARK = re.compile(r"-?(?:9{2,}|8{2,}|7{2,})|-[1-9]")
#: Beyond the others by such a share of their range: nines, and the other marks; of
#: fewer others none is beyond.
_NINES, _OTHERS, _FEW = 0.2, 0.5, 3


def no_answers(values: pd.Series, *, ages: bool = False) -> list[float]:
    """Give the numbers that mark no answer in many files, and lie beyond the others.

    Of ages of grown people, also nought.

    Examples
    --------
    >>> no_answers(pd.Series([21, 23, 30, 41, 99, -9, 0]), ages=True)
    [-9.0, 0.0, 99.0]
    >>> no_answers(pd.Series([82, 88, 95, 97, 99]))
    []
    """
    held = values.dropna().astype(float)
    texts = {value: cell_text(value) for value in held.unique().tolist()}
    marks = {value for value, text in texts.items() if _MARK.fullmatch(text)}
    marks |= {0.0} & {*texts} if ages and held.median() > _GROWN else set()
    others = held[~held.isin(marks)]
    if len(others) < _FEW:
        return []
    low, high = others.min(), others.max()

    def beyond(value: float) -> bool:
        room = (high - low) * (_NINES if texts[value][0] == "9" else _OTHERS)
        return value > high + room or (value <= 0 and low > max(value, -1))

    return sorted(filter(beyond, marks))


def _heaped(values: pd.Series) -> list[float]:
    """Give the marks that several gave, and more than gave any number near them."""
    times = values.value_counts()
    marks = [n for n in times.index[times > 1] if _MARK.fullmatch(cell_text(n))]
    far = {n: (times.index - n).map(abs) for n in marks}
    near = {n: times[(far[n] > 0) & (far[n] <= _NEAR)].max() for n in marks}
    return [n for n in marks if not near[n] >= times[n]]


def above_a_gap(points: Iterable[int], gap: int = 1) -> list[int]:
    """Give the points 7, 8 and 9 that stand alone above a gap, as marks of no answer.

    Examples
    --------
    >>> above_a_gap([1, 2, 3, 4, 5, 8, 9]), above_a_gap([1, 2, 3, 6, 7, 8, 10])
    ([8, 9], [])
    """
    met = sorted(set(points))
    starts = [high for low, high in pairwise(met) if high - low > gap]
    top = [point for point in met if starts and point >= starts[-1]]
    return top if {*top} <= {7, 8, 9} and len(met) - len(top) > 1 else []


def far_out(
    name: str, values: pd.Series, lines: Sequence[int], *, ages: bool = False
) -> list[Told]:
    """Say which numbers of a column are so far from the others that they may be none.

    Of ages, also those that hardly anybody who answers has.

    Examples
    --------
    >>> ages = pd.Series([21, 23, 24, 26, 30, 31, 35, 40, 999])
    >>> far_out("age", ages, range(2, 11))[0].said("en")[-17:]
    'd: 999 (lines 10)'
    """
    held = values.dropna().astype(float)
    if held.empty or (len(held) < _COMPARED and not ages):
        return []
    low, high = held.quantile(0.25), held.quantile(0.75)
    room = _FAR * (high - low) or float("inf")
    ends = held.isin([held.min(), held.max()]) & held.duplicated(keep=False)
    marks = held.map(cell_text).str.fullmatch(_MARK) & (ends | held.isin(_heaped(held)))
    far = marks | (held < low - room) | (held > high + room)
    far |= ages & (held.median() > _GROWN) & ~held.between(*_AGES)
    far |= (held < 0) & ((held < 0).mean() < 1 / 2)
    if not far.any():
        return []
    found = ", ".join(dict.fromkeys(map(cell_text, held[far].sort_values())))
    where = listed([lines[int(row)] for row in held.index[far]])
    return [told("read_far_out", question=name, found=found, lines=where)]


def in_doubt(
    name: str, values: pd.Series, high: int, lines: Sequence[int]
) -> list[Told]:
    """Say which points of a scale are read, and mark no answer in many files."""
    held = values.dropna().astype(int)
    top = above_a_gap(held.tolist())
    marks = [v for v in _heaped(held) if 10 < v < high] if high > 10 else []
    found = marks or ([] if high in top else top)
    if not found:
        return []
    where = listed([lines[int(row)] for row in held.index[held.isin(found)]])
    texts = ", ".join(map(str, found))
    return [told("read_far_out", question=name, found=texts, lines=where)]
