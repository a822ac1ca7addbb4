"""Where a quotation stands in a text: by its words, never by offset alone.

Programs count offsets in bytes, in UTF-16 units or over other line ends, so a
place is found by the quoted words; the offset only says which of several
equal passages is meant. All offsets here are Unicode code points, and an end
is exclusive.
"""

import re
import unicodedata


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
    words = normal(quotation).split()
    if not words:
        return None
    if text.startswith(normal(quotation), max(near, 0)):
        return max(near, 0), max(near, 0) + len(normal(quotation))
    pattern = r"\s+".join(map(re.escape, words))
    places = [found.span() for found in re.finditer(pattern, text)]
    return min(places, key=lambda span: abs(span[0] - near), default=None)
