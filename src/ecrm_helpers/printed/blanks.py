"""Blanks in a declared text, filled with recomputed values as an edition writes them.

Reasons and errata are declared as data, but their numbers are not: a text says
``{q12.employee.percent:2} %`` and code fills in 42.47, or 42,47 in French.
"""

import re
from collections.abc import Iterable, Mapping
from fractions import Fraction

from ecrm_helpers.printed import Edition, between, design, number, p_value, scientific
from ecrm_helpers.printed.told import Wrong, told

#: A recomputed quantity: a value, or the two ends of what rounding leaves of it.
Exact = float | Fraction
Quantity = Exact | tuple[Exact, Exact]

_BLANK = re.compile(r"\{([\w.]*)(?::(?:(\d)(r?)|([ep])))?\}")


def fill(text: str, facts: Mapping[str, Quantity], edition: Edition) -> str:
    """Fill the blanks of a declared text.

    Parameters
    ----------
    text : str
        Blanks are ``{name}`` (in full), ``{name:2}`` (2 decimals), ``{name:3r}``
        (3 decimals of what cannot exceed 1), ``{name:e}`` (power of ten) or
        ``{name:p}`` (a p value with its sign: ``= .010``).
    facts : mapping of str to number or (number, number)
        What can be filled in, at full precision.

    Returns
    -------
    str
        A band is written from one end to the other, unless both read alike.

    Raises
    ------
    Wrong
        A blank names nothing that can be filled in, or a brace is left over.

    Examples
    --------
    >>> fill("r² : {r2:1} %, N = {n}", {"r2": (54.39, 54.54), "n": 73}, "fr")
    'r² : 54,4 à 54,5 %, N = 73'
    """
    unknown = sorted({m[1] for m in _BLANK.finditer(text)} - facts.keys())
    if unknown or set(_BLANK.sub("", text)) & set("{}"):
        what = ", ".join(unknown) or told("its_braces")
        known = ", ".join(sorted(facts))
        raise Wrong("blanks_unfit", text=text, unknown=what, known=known)
    return _BLANK.sub(lambda blank: _written(facts[blank[1]], blank, edition), text)


def _written(quantity: Quantity, blank: re.Match[str], edition: Edition) -> str:
    ends = sorted(quantity) if isinstance(quantity, tuple) else [quantity]
    return between((_number(float(end), blank, edition) for end in ends), edition)


def band(values: Iterable[Exact]) -> Quantity:
    """Give the least and the greatest of values; the value itself where all are alike.

    Examples
    --------
    >>> band([3, 1, 2]), band([2])
    ((1, 3), 2)
    """
    found = sorted(values)
    return found[0] if found[0] == found[-1] else (found[0], found[-1])


def _number(value: float, blank: re.Match[str], edition: Edition) -> str:
    if blank[4]:
        return (scientific if blank[4] == "e" else p_value)(value, edition)
    if blank[2]:
        return number(value, int(blank[2]), edition, lead=not blank[3])
    return design(value, edition, lead=True)
