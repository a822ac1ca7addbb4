"""Where a quotation stands in a text: by its words, never by offset alone.

Programs count offsets in bytes, in UTF-16 units or over other line ends, so a
place is found by the quoted words; the offset only says which of several
equal passages is meant. All offsets here are Unicode code points, and an end
is exclusive.
"""

import re
import unicodedata
from itertools import takewhile

#: Marks that word processors put for those of a keyboard.
_MARKS = str.maketrans("’‘ʼ“”«»‐‑–—−", "'''" + '"' * 4 + "-" * 5)
#: So many signs on either side are compared.
_AMID = 400
#: Words left out of a quotation.
_LEFT_OUT = re.compile(r"[\[(]\s*(?:…|\.{3})\s*[\])]|…|\.{3}")


def normal(text: str) -> str:
    r"""Give a text in the form that offsets count in: NFC, LF, no mark before it.

    Examples
    --------
    >>> normal("\ufeffe\u0301te\u0301\r\n") == "été\n"
    True
    """
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", plain)


def folded(text: str) -> str:
    """Give a name as names are compared: normal, in one case, single blanks.

    Examples
    --------
    >>> folded(" Fide\u0301lite\u0301  Prix") == folded("fidélité prix")
    True
    """
    return " ".join(normal(text).split()).casefold()


def anchor(text: str, quotation: str, near: int = 0) -> tuple[int, int] | None:
    """Find a quotation in a text.

    Parameters
    ----------
    text : str
        In the form that `normal` gives.
    quotation : str
        Its words; any blank stands for any run of blanks.
    near : int
        Where the quotation stands just here, to the letter, it is this place;
        otherwise, of several, the one whose start is nearest to this.

    Returns
    -------
    (int, int) or None
        Start and end in code points, end exclusive; None where the words do
        not occur.

    Examples
    --------
    >>> anchor("le site, le réseau", "le", near=9), anchor("un site", "blog")
    ((9, 11), None)
    """
    words = normal(quotation)
    if not words.strip():
        return None
    if text.startswith(words, max(near, 0)):
        return max(near, 0), max(near, 0) + len(words)
    found = places(text, quotation)
    return min(found, key=lambda span: abs(span[0] - near), default=None)


def counterpart(
    text: str, other: str, quotation: str, start: int
) -> tuple[tuple[int, int] | None, bool]:
    """Find in a text what stands at a place of another version of it.

    Of several places of the words, it is the one amid the same words.

    Returns
    -------
    (int, int) or None
        As `anchor`.
    bool
        Whether several places have as much in common.

    Examples
    --------
    >>> counterpart("Un. Oui. Deux. Oui.", "Titre. Un. Oui. Deux. Oui.", "Oui.", 11)
    ((4, 8), False)
    """
    end = start + len(quotation)
    if text == other:
        return (start, end), False
    before, after = other[max(start - _AMID, 0) : start][::-1], other[end:][:_AMID]

    def common(span: tuple[int, int]) -> int:
        here = text[max(span[0] - _AMID, 0) : span[0]][::-1], text[span[1] :][:_AMID]
        pairs = (
            zip(*of, strict=False) for of in zip(here, (before, after), strict=True)
        )
        return sum(len([*takewhile(lambda p: p[0] == p[1], of)]) for of in pairs)

    found = sorted(places(text, quotation), key=common, reverse=True)
    return next(iter(found), None), len({*map(common, found[:2])}) < len(found[:2])


def places(text: str, quotation: str) -> list[tuple[int, int]]:
    """Find all places of a quotation, any blank for any run of blanks.

    Quotation marks, apostrophes and dashes of any kind are the same.

    Examples
    --------
    >>> places("d’abord, d'abord", "d'abord")
    [(0, 7), (9, 16)]
    """
    pattern = r"\s+".join(map(re.escape, _typed(normal(quotation)).split()))
    if not pattern:
        return []
    return [found.span() for found in re.finditer(pattern, _typed(text))]


def loose(text: str, quotation: str) -> tuple[int, int] | None:
    """Find a quotation whose case differs, or that leaves words out ("[…]").

    Returns
    -------
    (int, int) or None
        From its first part to its last; None where a part is not there, or
        the first is there more than once.

    Examples
    --------
    >>> loose("Le prix, je crois, d'abord.", "le prix […] d'abord")
    (0, 26)
    """
    lowered = text.lower()
    if len(lowered) != len(text):
        return None
    spans: list[tuple[int, int]] = []
    for part in filter(str.strip, _LEFT_OUT.split(quotation.lower())):
        found = places(lowered, part)
        later = [span for span in found if not spans or span[0] >= spans[-1][1]]
        if not later or (not spans and len(found) > 1):
            return None
        spans.append(later[0])
    return (spans[0][0], spans[-1][1]) if spans else None


def _typed(text: str) -> str:
    """Write marks as a keyboard does, sign for sign."""
    return text.translate(_MARKS)
