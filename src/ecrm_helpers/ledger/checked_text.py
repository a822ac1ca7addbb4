"""Results of tests as a text reports them, each p recomputed from its statistic.

A text prints a statistic, its degrees of freedom and p; the three must agree
within what rounding leaves of each. Read in French or English: "ddl" or "df",
decimal comma or point, no-break spaces, "=", "<", ">" or "ns". The idea, and
the meaning of the verdicts, are statcheck's [1]_.

References
----------
.. [1] Nuijten, Hartgerink, van Assen, Epskamp & Wicherts (2016). Behavior
   Research Methods 48, 1205-1226. doi:10.3758/s13428-015-0664-2
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import inf, sqrt
from pathlib import Path
from typing import Literal

import pypandoc
from bs4 import BeautifulSoup
from scipy import stats

from ecrm_helpers.printed import MINUS, decimal, interval

Verdict = Literal["consistent", "inconsistent", "decision_error", "not_recomputable"]
Note = Literal[
    "",
    "no_formula",
    "df_unclear",
    "out_of_range",
    "one_sided",
    "if_one_sided",
    "p_zero",
]
Ends = tuple[float, float]

#: Two-sided p of a size of statistic and its degrees of freedom.
TAILS: dict[str, Callable[..., float]] = {
    "t": lambda t, df: 2 * float(stats.t.sf(t, df)),
    "r": lambda r, df: 2 * float(stats.t.sf(r * sqrt(df / (1 - r**2)), df)),
    "z": lambda z: 2 * float(stats.norm.sf(z)),
    "F": lambda f, df1, df2: float(stats.f.sf(f, df1, df2)),
    "chi2": lambda x, df: float(stats.chi2.sf(x, df)),
}
DEGREES = {"t": 1, "r": 1, "z": 0, "F": 2, "chi2": 1}
#: Statistics that have a sign, and so a one-sided test.
SIGNED = ("t", "r", "z")

_NAMES = {
    "chi2": r"[χΧXx]\s?[²2]|[ck]hi[ -]?(?:[²2]|deux|carré|squared?)|H|Q[bw]?",
    "rank": r"U|W|ρ|τ|rs|rho|tau",
    **{name: name for name in ("t", "r", "F")},
    "z": "[zZ]",
}
_NUM = r"[+-]?\s?(?:\d+(?:[.,]\d+)?|[.,]\d+)"
_POWER = r"[eE]-?\d+|\s?[×x]\s?10\^?-?\d+"
_NAME = "|".join(f"(?P<{test}>{names})" for test, names in _NAMES.items())
_ANY = "|".join(_NAMES.values())
_RESULT = re.compile(
    rf"(?<![\w.])(?:{_NAME})\s?(?:[(\[](?P<df>[^()\[\]]*)[)\]])?\s?"
    rf"(?P<sign>[=<>])\s?(?P<value>{_NUM})(?![.,]?\d|{_POWER})"
    rf"(?:\s?[,;]\s?(?P<df_after>(?:ddl|df|dl)\s?=?\s?{_NUM}"
    rf"(?:\s?(?:et|and|;|,)\s?\d+(?:[.,]\d+)?(?!\d))?))?"
    # What may stand between, but no other result and no end of a sentence.
    rf"(?:(?!(?<!\w)(?:(?:{_ANY})\s?\(|[zZ]\s?=)|[.!?]\s+[A-ZÀ-Ý]).){{0,80}}?"
    r"(?:(?<!\w)(?:[pP](?:[- ]?value)?|[sS]ig\.?)\s?(?P<p_sign>[=<>≤≥])\s?"
    rf"(?P<p>{_NUM})(?P<p_scale>{_POWER}|\s?%)?|(?<!\w)(?P<ns>n\.?\s?s)(?!\w))"
)
_ONE_SIDED = re.compile(r"one[- ](?:sided|tailed)|unilatéra", re.IGNORECASE)


@dataclass(frozen=True)
class Checked:
    """A result found in a text, and whether its parts agree.

    `p` holds the ends of the recomputed two-sided p, over what rounding leaves
    of statistic and degrees of freedom; None where nothing can be recomputed.
    """

    paragraph: int
    text: str
    test: str
    verdict: Verdict
    p: Ends | None = None
    note: Note = ""


def read_paragraphs(path: Path) -> list[str]:
    """Read the paragraphs of a Word, Markdown or text file, cells included.

    Parameters
    ----------
    path : path
        A ``.docx``, ``.md``, ``.markdown`` or ``.txt`` file, text in UTF-8.

    Returns
    -------
    list of str

    Raises
    ------
    ValueError
        There is no such file, it is of another kind, or it cannot be read.
    """
    readers = {".docx": "docx", ".md": "markdown", ".markdown": "markdown", ".txt": ""}
    kind = readers.get(path.suffix.lower())
    if kind is None or not path.is_file():
        what = "no such file" if kind is not None else f"files of kind {path.suffix!r}"
        raise ValueError(
            f"{path}: {what}; what can be read is {', '.join(readers)}: "
            f"save the text as one of these"
        )
    try:
        if not kind:
            return re.split(r"\n\s*\n", path.read_text(encoding="utf-8-sig"))
        html = pypandoc.convert_file(
            path, "html", kind, extra_args=["--wrap=none", "--sandbox"]
        )
    except (RuntimeError, UnicodeDecodeError) as error:
        raise ValueError(
            f"{path}: not readable as {kind or 'text in UTF-8'}: save it anew ({error})"
        ) from None
    return BeautifulSoup(html, "html.parser").get_text().splitlines()


def check(paragraphs: Sequence[str], *, alpha: float = 0.05) -> list[Checked]:
    """Find the results that a text reports, and recompute each p.

    Parameters
    ----------
    paragraphs : sequence of str
        The text; a result does not go over from one to the next.
    alpha : float, in (0, 1)
        The level at which the text decides; p = alpha counts as significant.

    Returns
    -------
    list of Checked
        In the order of the text. "decision_error": inconsistent, and p lies on
        the other side of `alpha`. A p is taken as two-sided; where only the
        one-sided p agrees, the result is consistent if its paragraph says
        "one-sided", "one-tailed" or "unilatéral", and a note tells.

    Examples
    --------
    >>> text = "t(48) = 1.02, p < .05 ; F(1 ; 71) = 6,98, p = 0,010 ; U = 20, ns"
    >>> [found.verdict for found in check([text])]
    ['decision_error', 'consistent', 'not_recomputable']
    """
    return [
        _checked(match, place, bool(_ONE_SIDED.search(text)), alpha)
        for place, text in enumerate(filter(str.strip, paragraphs), 1)
        for match in _results(text)
    ]


def _results(text: str) -> Iterator[re.Match[str]]:
    raised = text.translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789", "*"))
    plain = re.sub(f"[{MINUS}–‑]", "-", re.sub(r"\s+", " ", raised))
    # Thousands are set off by a comma before a point, by a space before a comma.
    return _RESULT.finditer(
        re.sub(r"(?<=\d),(?=\d{3}\.\d)|(?<=\d) (?=\d{3},\d)", "", plain)
    )


def _checked(
    match: re.Match[str], place: int, one_sided: bool, alpha: float
) -> Checked:
    test = next(name for name in _NAMES if match[name])
    said = (place, match[0], match[test])
    if test not in TAILS:
        return Checked(*said, "not_recomputable", note="no_formula")
    wanted = DEGREES[test]
    given = match["df"] or match["df_after"] or ""
    degrees = _degrees(given, wanted) if wanted else []
    if len(degrees) != wanted:
        return Checked(*said, "not_recomputable", note="df_unclear")
    low, high = _size(match["sign"], match["value"])
    if (test == "r" and high >= 1) or any(end <= 0 for df in degrees for end in df):
        return Checked(*said, "not_recomputable", note="out_of_range")
    every = [TAILS[test](*corner) for corner in product((low, high), *degrees)]
    p = (min(every), max(every))
    if _agrees(match, p, alpha):
        return Checked(*said, "consistent", p, "p_zero" if _is_zero(match) else "")
    half = (p[0] / 2, p[1] / 2)
    if test in SIGNED and _agrees(match, half, alpha):
        if one_sided:
            return Checked(*said, "consistent", p, "one_sided")
        return Checked(*said, _wrong(match, p, alpha), p, "if_one_sided")
    return Checked(*said, _wrong(match, p, alpha), p)


def _degrees(text: str, count: int) -> list[Ends]:
    """Read degrees of freedom; whole ones are exact, others were rounded."""
    bare = re.sub(r"[,;]?\s?[nN]\s?=.*|(?:ddl|df|dl)\s?=?", "", text).strip()
    # A comma sets degrees apart only where neither a semicolon nor a space does.
    marks = (r"\s?(?:;|et|and)\s?", r",\s", ",") if count > 1 else ()
    mark = next((mark for mark in marks if re.search(mark, bare)), None)
    parts = re.split(mark, bare) if mark else [bare]
    if not all(re.fullmatch(r"\d+(?:[.,]\d+)?", part) for part in parts):
        return []
    return [_ends(part) if set(part) & set(".,") else _exact(part) for part in parts]


def _exact(text: str) -> Ends:
    return float(text), float(text)


def _ends(text: str) -> Ends:
    low, high, *_ = map(float, interval(text.replace(" ", "")))
    return low, high


def _size(sign: str, value: str) -> Ends:
    """Give the ends of a statistic's size; "F < 1" leaves all below open."""
    low, high = _ends(value)
    if sign == "=":
        nearest = 0.0 if low <= 0 <= high else min(abs(low), abs(high))
        return nearest, max(abs(low), abs(high))
    bound = abs(float(decimal(value)))
    return (0.0, bound) if sign == "<" else (bound, inf)


def _agrees(match: re.Match[str], p: Ends, alpha: float) -> bool:
    if match["ns"]:
        return p[1] > alpha
    bound, sign = _printed_p(match), match["p_sign"]
    if sign == "=":
        low, high, *_ = map(float, interval(match["p"]).mapped(_scale(match)))
        return p[0] <= high and p[1] >= low
    return {
        "<": p[0] < bound,
        "≤": p[0] <= bound,
        ">": p[1] > bound,
        "≥": p[1] >= bound,
    }[sign]


def _scale(match: re.Match[str]) -> Fraction:
    """Give what a printed p is multiplied by: "%", "e-3", "× 10⁻³" or nothing."""
    scale = match["p_scale"] or ""
    power = re.search(r"-?\d+$", scale)
    return Fraction(10) ** int(power[0]) if power else Fraction(1, 100 if scale else 1)


def _printed_p(match: re.Match[str]) -> float:
    return float(Fraction(decimal(match["p"])) * _scale(match))


def _is_zero(match: re.Match[str]) -> bool:
    return match["p_sign"] == "=" and not decimal(match["p"])


def _wrong(match: re.Match[str], p: Ends, alpha: float) -> Verdict:
    """Tell whether a disagreement also turns the decision at alpha."""
    bound = inf if match["ns"] else _printed_p(match)
    significant = bound <= alpha and match["p_sign"] in ("=", "<", "≤")
    other_side = p[0] > alpha if significant else p[1] <= alpha
    # "p > .01" decides nothing at .05.
    open_ended = match["p_sign"] in (">", "≥") and bound < alpha
    return "decision_error" if other_side and not open_ended else "inconsistent"
