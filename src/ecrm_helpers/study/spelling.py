"""The texts that a level is known by, however they are written."""

import unicodedata
from collections.abc import Iterable, Sequence

from ecrm_helpers.study.texts import Level, plain, visible


class Spellings:
    """The texts that levels are known by, in either language.

    A text is compared in small letters without accents or punctuation; where
    that would not tell two levels apart (``< 5 ans``, ``> 5 ans``), with its signs.

    Examples
    --------
    >>> ages = [Level(answer=text, fr=text, en=text) for text in ("< 5 ans", "> 5 ans")]
    >>> known = Spellings(ages)
    >>> known.answer("<5 ANS"), known.answer("5 ans")
    ('< 5 ans', None)
    """

    def __init__(self, levels: Iterable[Level]) -> None:
        levels = list(levels)
        own = [(text, one.answer) for one in levels for text in (one.answer, *one.also)]
        labels = [(text, one.answer) for one in levels for text in (one.fr, one.en)]
        self._known = {**_sure(labels), **_sure(own)}

    def answer(self, text: str) -> str | None:
        """Give the answer of the level that a text stands for, if it is one's."""
        return self._known.get(f"={signed(text)}") or self._known.get(plain(text))


def _sure(texts: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Keep the ways to write a text that only one answer has."""
    ways: dict[str, set[str]] = {}
    for text, answer in texts:
        for way in (f"={signed(text)}", plain(text)):
            ways.setdefault(way, set()).add(answer)
    return {way: min(of) for way, of in ways.items() if way and len(of) == 1}


def signed(text: str) -> str:
    """Write a text in small letters without blanks, its signs kept.

    Examples
    --------
    >>> signed("C ++"), signed("L’un")
    ('c++', "l'un")
    """
    text = unicodedata.normalize("NFKC", visible(text)).casefold()
    return "".join(text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").split())
