"""Characters as programs, printers and readers of scans leave them, made plain."""

import html
import re
import unicodedata
from collections.abc import Callable

_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ"
_LOWERED = "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎"
#: Marks of a raised and of a lowered piece, as LaTeX has them.
RAISED, LOWERED = "^{{{}}}", "_{{{}}}"
_SIGNS = str.maketrans("⩽≦⩾≧≈≅≃≲≳∙⋅", "≤≤≥≥===≤≥··")

#: Letters and signs by their commands in LaTeX.
_COMMANDS = {"χ": "chi", "≤": "le(?:q|qslant)?", "≥": "ge(?:q|qslant)?"}
_COMMANDS |= {"<": "lt", ">": "gt", "η": "eta", "ρ": "rho", "=": "approx"}


def plain(text: str) -> str:
    """Write a text with plain letters, digits, dashes, signs and single spaces.

    Parameters
    ----------
    text : str
        With any spaces, dashes, invisible characters, mathematical letters,
        raised or lowered digits, entities, or emphasis of Markdown or LaTeX.

    Returns
    -------
    str
        What is raised stands in ``^{...}``, what is lowered in ``_{...}``.

    Examples
    --------
    >>> plain("𝜒²(1)\u00a0=\u202f4,10 ; *p* < 10⁻³")
    'χ^{2}(1) = 4,10 ; p < 10^{-3}'
    """
    text = html.unescape(text).replace("´", "'")
    text = re.sub(f"[{_RAISED}]+(?:,[{_RAISED}]+)*", _marked(RAISED), text)
    text = re.sub(f"[{_LOWERED}]+(?:,[{_LOWERED}]+)*", _marked(LOWERED), text)
    text = unicodedata.normalize("NFKC", text)
    text = "".join(c for c in text if unicodedata.category(c) != "Cf")
    text = re.sub(r"[\u2010-\u2015\u2212\ufe58]", "-", text).translate(_SIGNS)
    text = re.sub(r"<\s?=|=\s?<(?=\s?=)", "≤", re.sub(r">\s?=", "≥", text))
    return _without_markup(re.sub(r"\s+", " ", text)).replace("’", "'")


def shown(text: str) -> str:
    """Give a plain text back with its raised and lowered digits.

    Examples
    --------
    >>> shown("χ^{2}(1) = 4.10, p < 10^{-3}")
    'χ²(1) = 4.10, p < 10⁻³'
    """
    raise_, lower = (
        str.maketrans(dict(zip("0123456789+-=()", signs, strict=False)))
        for signs in (_RAISED, _LOWERED)
    )
    text = re.sub(r"\^\{([^{}]*)\}", lambda m: m[1].translate(raise_), text)
    return re.sub(r"_\{([^{}]*)\}", lambda m: m[1].translate(lower), text)


def _marked(form: str) -> Callable[[re.Match[str]], str]:
    return lambda m: form.format(unicodedata.normalize("NFKC", m[0]))


def _without_markup(text: str) -> str:
    """Take emphasis, dollars and the commands of LaTeX away; keep ``1.2*10``."""
    text = re.sub(r"(?<=\d)\s?\*\s?(?=10\b)", "×", text)
    text = re.sub(r"\\(?:times|cdot)\s?", "×", text)
    text = re.sub(r"(?<=\d)\{([.,])\}(?=\d)", r"\1", text)
    text = re.sub(r"\\(?:text\w*|math\w*|emph|num)\{([^{}]*)\}", r"\1", text)
    text = re.sub(r"\\(?:left|right)\b|\\[,;!()\[\]]|[$*]", "", text)
    for sign, command in _COMMANDS.items():
        text = re.sub(rf"\\(?:{command})(?![a-z])\s?", sign, text)
    text = re.sub(r"(?<!\w)_([^_{}]{1,40}?)_(?!\w)", r"\1", text)
    text = re.sub(r"</?(?:b|i|em|strong|span)\b[^<>]*>", "", text)
    text = re.sub(r"<sub>([^<>]*)</sub>|~(\S{1,12}?)~", r"_{\1\2}", text)
    return re.sub(r"<sup>([^<>]*)</sup>|\^(\S{1,8}?)\^", r"^{\1\2}", text)
