"""Numbers as French and English texts write them, and what they may stand for.

``1,204`` is 1204 in English and 1.204 in French: the other numbers of the same
result tell which; where they do not, both readings count.
"""

import re
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from ecrm_helpers.printed import interval

Ends = tuple[float, float]

_SPACED = r"\d{1,3}(?: \d{3})+(?:[.,]\d+)?(?!\d)"
_SET_OFF = (
    r"\d{1,3}(?:,\d{3})+\.\d+|\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:,\d{3}){2,}(?!\d)"
)
#: "6, 98" with the space of a scan or of a typist, where a list cannot go on so.
_PARTED = r"\d+, \d{1,3}(?=\s?(?:[,;)\]]|$|p\b|et\b|and\b))"
_PLAIN = r"\d+[.,]\d+|(?<!\d)[.,] ?\d+|\d+"
_POWER = r"(?:\^\{-?\d+\}|\^?\(-?\d+\)|\^-?\d+|-\d+)"
_TIMES = rf"\s?[×x·]\s?10{_POWER}|\s?[eE]\s?[-+]?\d+(?!\w)"
#: A number, and the power of ten that may follow it.
NUMBER = (
    rf"[-+]?\s?(?:10{_POWER}|(?:{_SPACED}|{_SET_OFF}|{_PARTED}|{_PLAIN})(?:{_TIMES})?)"
)
#: A p, whose digits scans and typists set apart: "0, 010", ".0 3 6", ". 001".
SMALL = (
    rf"(?:[01]?[.,]\d(?: \d(?!\d)){{2,}}|0 ?[.,] ?\d+(?:{_TIMES})?|0(?= ?[;)]|$)"
    rf"|{NUMBER})"
)
#: What shows that a number goes on beyond what was read of it.
GOES_ON = (
    r"\s?(?:[×·^‰{]|x\s?10)|[.,]?\d|-[.,]?\d|[eE][-+]?\d"
    r"|\s\d+(?![\d.,]*\s?(?:%|ddl|df|dl|deg|[nN]\s?=))"
)
_SCALED = re.compile(rf"(.*?)(?:\s?(?:[×x·]\s?)?10({_POWER})|\s?[eE]\s?([-+]?\d+))$")


@dataclass(frozen=True)
class Numeral:
    """A number as printed: its digits with a point, and its power of ten."""

    digits: str
    power: int = 0

    @property
    def value(self) -> Fraction:
        """The number itself."""
        return Fraction(self.digits) * Fraction(10) ** self.power

    @property
    def ends(self) -> Ends:
        """What rounding leaves of it."""
        low, high, *_ = interval(self.digits).mapped(Fraction(10) ** self.power)
        return float(low), float(high)


def writing(*texts: str) -> str:
    """Tell the decimal mark of numbers that leave no doubt: ".", "," or ""."""
    joined = " ; ".join(texts)
    point = re.search(r"\d*\.\d", joined)
    comma = re.search(r"(?<!\d)0?,\d|\d,(?:\d{1,2}|\d{4,})(?!\d)", joined)
    if bool(point) == bool(comma):
        return ""
    return "." if point else ","


def readings(text: str, mark: str = "") -> list[Numeral]:
    """Give what a printed number may stand for.

    Parameters
    ----------
    text : str
        As `NUMBER` or `SMALL` match it.
    mark : {".", ",", ""}
        The decimal mark of its neighbours.

    Returns
    -------
    list of Numeral
        One; two where a lone mark before three digits leaves a doubt.

    Examples
    --------
    >>> [n.digits for n in readings("1,204", ".")], len(readings("1,204"))
    (['1204'], 2)
    >>> readings("1.2×10^{-5}"), readings("10-3")
    ([Numeral(digits='1.2', power=-5)], [Numeral(digits='1', power=-3)])
    """
    scaled = _SCALED.fullmatch(text)
    if scaled:
        power = int(re.sub(r"[^\d-]", "", scaled[2] or scaled[3]))
        return [Numeral(n.digits, power) for n in readings(scaled[1] or "1", mark)]
    bare = text.replace(" ", "").removeprefix("+")
    if "," in bare and "." in bare:
        last = max(bare, key=lambda c: bare.rfind(c) if c in ".," else -1)
        return [Numeral(bare.replace({",": ".", ".": ","}[last], "").replace(",", "."))]
    if mark == "," and re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", bare):
        return [Numeral(bare), Numeral(bare.replace(".", ""))]
    whole = re.fullmatch(r"-?[1-9]\d{0,2}(?:,\d{3})+", bare) and ", " not in text
    as_point, as_whole = Numeral(bare.replace(",", ".")), Numeral(bare.replace(",", ""))
    if whole and bare.count(",") > 1:
        return [as_whole]
    if not whole or mark == ",":
        return [as_point]
    return [as_whole] if mark == "." else [as_whole, as_point]


def degrees(text: str, wanted: int, mark: str, *, with_n: bool) -> list[list[Ends]]:
    """Read degrees of freedom; whole ones are exact, others were rounded.

    Parameters
    ----------
    text : str
        What stands in brackets, below the line or after "ddl".
    wanted : int
        How many the test has.
    mark : {".", ",", ""}
        The decimal mark of the numbers beside them.
    with_n : bool
        A second number may be the sample's size.

    Returns
    -------
    list of list of (float, float)
        Each reading; none where they are unclear.

    Examples
    --------
    >>> degrees("1, 1,204", 2, ".", with_n=False)
    [[(1.0, 1.0), (1204.0, 1204.0)]]
    >>> degrees("1,16,88", 2, ",", with_n=False)
    []
    """
    bare = re.sub(r"[,;]?\s?[nN]\s?[=:].*|d\.?d\.?l\.?|[dD]\.?[fFlL]\.?", "", text)
    bare = re.sub(r"(?<![A-Za-z])[lI](?![A-Za-z])", "1", bare).replace("O", "0")
    bare = re.sub(r"[=:{}]|^\s*[,;]|(?<=\d)\s(?=[,;])", "", bare).strip()
    marks = (r"\s?(?:;|/|\bet\b|\band\b|&)\s?", r",\s", ",")
    several = wanted > 1 or with_n
    used = next((m for m in marks if several and re.search(m, bare)), None)
    ways = [re.split(used, bare) if used else [bare]]
    if with_n and used == ",":  # 1,204 may be one number, or one and a size.
        ways += [[bare]] if re.fullmatch(r"\d{1,3},\d{3}", bare) else []
    found = []
    for parts in ways:
        parts = parts[:1] if with_n and len(parts) == 2 else parts
        read = [_one(part.strip(), mark) for part in parts]
        found += [list(way) for way in product(*read) if len(way) == wanted]
    return found


def _one(text: str, mark: str) -> list[Ends]:
    if not re.fullmatch(r"-?(?:\d{1,3}(?: \d{3})+|\d+(?:,\d{3})*)(?:[.,]\d+)?", text):
        return []
    return [
        n.ends if "." in n.digits else (float(n.value), float(n.value))
        for n in readings(text, mark)
    ]
