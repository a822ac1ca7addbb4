"""A printed number: the text, the values it may stand for, and the way back.

The only place that rounds. A printed number is text, because ``"3.50"`` and
``"3.5"`` claim different precision; what it claims is an interval, kept in
exact fractions. The way back, from a value to the page, knows French and
English notation.
"""

import math
import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Literal, NamedTuple

from ecrm_helpers.printed.told import Wrong
from ecrm_helpers.printed.words import Edition, language

MINUS = "\N{MINUS SIGN}"
HELD = "\N{NO-BREAK SPACE}"
_NUMBER = re.compile(r"[-\N{MINUS SIGN}]?(?:\d+(?:[.,]\d+)?|[.,]\d+)")


#: How a program rounds the last printed digit. "either" allows both ways of
#: treating a tie, for when the program is not known; "truncated" cuts off.
Rounding = Literal["half_up", "half_even", "either", "truncated"]


class Interval(NamedTuple):
    """An interval of values, each end included or not."""

    low: Fraction
    high: Fraction
    low_in: bool = True
    high_in: bool = True

    def mapped(self, factor: int | Fraction, shift: int | Fraction = 0) -> "Interval":
        """Multiply by a positive factor and shift."""
        ends = (self.low * factor + shift, self.high * factor + shift)
        return Interval(*ends, self.low_in, self.high_in)

    def holds(self, value: Fraction) -> bool:
        """Tell whether a value lies inside.

        Examples
        --------
        >>> half_open = Interval(Fraction(1), Fraction(3), low_in=False)
        >>> half_open.holds(Fraction(1)), half_open.holds(Fraction(3))
        (False, True)
        """
        return (
            self.low < value < self.high
            or (value == self.low and self.low_in)
            or (value == self.high and self.high_in)
        )

    def integers(self) -> range:
        """Give the whole numbers inside.

        Examples
        --------
        >>> Interval(Fraction(1), Fraction(3), low_in=False).integers()
        range(2, 4)
        """
        low = math.ceil(self.low) if self.low_in else math.floor(self.low) + 1
        high = math.floor(self.high) + 1 if self.high_in else math.ceil(self.high)
        return range(low, high)


def decimal(text: str) -> Decimal:
    """Read the first number of a printed text, with its decimals kept.

    Parameters
    ----------
    text : str
        As printed: ``",900"``, ``".738**"``, ``"84%"``, ``"0.05 (5%)"``.

    Returns
    -------
    Decimal
        With as many decimals as were printed.

    Raises
    ------
    TypeError
        `text` is not text, so its precision is lost.
    Wrong
        No number stands in `text`.

    Examples
    --------
    >>> decimal(",900"), decimal(".738**"), decimal("84%")
    (Decimal('0.900'), Decimal('0.738'), Decimal('84'))
    """
    if not isinstance(text, str):
        raise TypeError(
            f"a printed number must be text, as printed, not {text!r}: "
            f'3.5 and "3.50" claim different precision'
        )
    found = _NUMBER.search(text)
    if found is None:
        raise Wrong("not_a_number", text=text)
    return Decimal(found.group().replace(",", ".").replace(MINUS, "-"))


def interval(text: str, rounding: Rounding = "either") -> Interval:
    """Give the values that a printed number may stand for.

    Parameters
    ----------
    text : str
        The number as printed.
    rounding : {"either", "half_up", "half_even", "truncated"}
        The program's rule; halves up means away from zero.

    Returns
    -------
    Interval
        Half a unit of the last printed digit to each side, or a whole unit
        away from zero where the number was truncated.

    Examples
    --------
    >>> interval("2.58")[:2]
    (Fraction(103, 40), Fraction(517, 200))
    >>> interval("2.5", "half_up")[2:], interval("2.5", "half_even")[2:]
    ((True, False), (False, False))
    """
    shown = decimal(text)
    unit = Fraction(Decimal(1).scaleb(int(shown.as_tuple().exponent)))
    value, sign = Fraction(shown), (shown > 0) - (shown < 0)
    low, high = value - unit / 2, value + unit / 2
    if rounding == "truncated":
        low, high = value - unit * (sign <= 0), value + unit * (sign >= 0)
    if rounding in ("truncated", "half_up"):
        return Interval(low, high, sign > 0, sign < 0)
    even = rounding == "either" or value / unit % 2 == 0
    return Interval(low, high, even, even)


def agrees(text: str, value: float | Fraction) -> bool:
    """Tell whether `value` rounds to the number printed, ties either way.

    Examples
    --------
    >>> agrees("0.05", 0.0549), agrees("0.050", 0.0549)
    (True, False)
    >>> agrees(",900", 0.9003)
    True
    """
    if isinstance(value, float) and not math.isfinite(value):
        return False
    return interval(text).holds(exact(value))


def exact(value: float | Fraction) -> Fraction:
    """Give the decimal that a float was written as, not its binary tail."""
    return value if isinstance(value, Fraction) else Fraction(repr(float(value)))


def number(
    value: float, decimals: int, edition: Edition | None = None, *, lead: bool = True
) -> str:
    """Write an estimate with a fixed number of decimals.

    Parameters
    ----------
    value : float
        Any real number; NaN gives a dash.
    decimals : int
        Digits after the mark; halves are rounded away from zero.
    edition : {"fr", "en"}, optional
        French takes a decimal comma; the chosen one where none is given.
    lead : bool
        Keep the zero before the mark. English style drops it for quantities
        that cannot exceed 1 (r, p); French keeps it always.

    Examples
    --------
    >>> number(0.738, 2, "fr"), number(0.738, 2, "en", lead=False)
    ('0,74', '.74')
    >>> number(-0.834, 2, "en")
    '−0.83'
    """
    if not math.isfinite(value):
        return "–" if math.isnan(value) else ("−∞" if value < 0 else "∞")
    unit = Decimal(1).scaleb(-decimals)
    text = f"{Decimal(repr(float(value))).quantize(unit, ROUND_HALF_UP):f}"
    if (edition or language()) == "fr":
        text = text.replace(".", ",")
    elif not lead:
        text = re.sub(r"^(-?)0\.", r"\1.", text)
    if not text.strip("-0.,"):
        text = text.removeprefix("-")
    return text.replace("-", MINUS)


def digits_for(error: float) -> int:
    """Count the decimals that show two digits of a standard error: two or more.

    Examples
    --------
    >>> [digits_for(error) for error in (12.3, 0.31, 0.00042, 0.0)]
    [2, 2, 5, 2]
    """
    return max(2, 1 - math.floor(math.log10(error))) if error > 0 else 2


def p_value(value: float, edition: Edition | None = None) -> str:
    """Write a p value with three decimals, never as zero.

    Examples
    --------
    >>> p_value(0.01013, "fr"), p_value(1e-13, "en")
    ('= 0,010', '< .001')
    """
    sign = "" if value < 0.001 else "= "
    return sign + p_cell(value, edition)


def p_cell(value: float, edition: Edition | None = None) -> str:
    """Write a p value as it stands in a cell of a table.

    Examples
    --------
    >>> p_cell(0.01013, "fr"), p_cell(1e-13, "en")
    ('0,010', '< .001')
    """
    least = "< " if value < 0.001 else ""
    return least + number(max(value, 0.001), 3, edition, lead=False)


def within_one(decimals: int) -> Callable[[float, Edition | None], str]:
    """Give the writer of what cannot exceed 1: r, a share of variance, V, alpha.

    Examples
    --------
    >>> within_one(3)(0.738, "en"), within_one(3)(0.738, "fr")
    ('.738', '0,738')
    """
    return lambda value, edition: number(value, decimals, edition, lead=False)


def fine_p(value: float, edition: Edition | None = None) -> str:
    r"""Write a p value with five decimals, or as a power of ten below that.

    For the ends of a range, which three decimals would not tell apart.

    Examples
    --------
    >>> fine_p(0.0007859, "fr"), fine_p(2.1e-7, "en")
    ('0,00079', '2.1\xa0×\xa010⁻⁷')
    >>> fine_p(0.0, "en")  # Too small for the computer, and never zero.
    '< 1.0\xa0×\xa010⁻³⁰⁰'
    """
    if value == 0:
        return f"< {scientific(1e-300, edition)}"
    if value < 1e-5:
        return scientific(value, edition)
    return number(value, 5, edition, lead=False)


def scientific(value: float, edition: Edition | None = None) -> str:
    r"""Write a very small or large number by its power of ten.

    Examples
    --------
    >>> scientific(8.9e-14, "fr"), scientific(0.01013, "en")
    ('8,9\xa0×\xa010⁻¹⁴', '1.0\xa0×\xa010⁻²')
    """
    digits, _, power = f"{value:.1e}".partition("e")
    raised = str(int(power)).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
    return f"{number(float(digits), 1, edition)}{HELD}×{HELD}10{raised}"


def design(value: float, edition: Edition | None = None, *, lead: bool = False) -> str:
    """Write an exact design value (a level, a size) in full, never rounded.

    English has a level as it has p: without a leading zero, unless one is asked for.

    Examples
    --------
    >>> design(0.05, "fr"), design(0.05, "en"), design(80.0, "en")
    ('0,05', '.05', '80')
    """
    text = f"{Decimal(repr(value)).normalize():f}"
    if (edition or language()) == "fr":
        return text.replace(".", ",")
    return text.removeprefix("0") if "." in text and not lead else text
