"""Where a selection stands, whatever its program counts.

Positions stand in the file's text, in code points. Programs also count CRLF as
one, UTF-16 units, bytes, or over composed letters. A selection's name is often the
quotation, so the names of a text tell how its program counts; a name that is
only a label moves nothing. Without names the ends of words tell: nobody marks many
passages that begin or end within a word.
"""

import re
from dataclasses import dataclass
from functools import cached_property

from ecrm_helpers.interview.anchors import normal

Span = tuple[int, int]
#: So many signs are no chance beginning of a passage.
_LONG = 20
#: Bytes in a unit that is counted.
_UNITS = {"utf-16-le": 2, "utf-8": 1}
#: So many passages torn, and more than half of them, show a count that is unknown.
_TORN = 8
_ELLIPSIS = re.compile(r"\s*(…|\.\.\.)$")


@dataclass(frozen=True)
class Selection:
    """A selection as carried: what its program counted, and its name."""

    start: int
    end: int
    name: str

    @property
    def label(self) -> str:
        """What a selection without a place is called: by its name or its ends."""
        return self.name or f"{self.start}–{self.end}"

    @cached_property
    def stem(self) -> tuple[str, bool]:
        """The name with single blanks and no ellipsis, and whether it had one."""
        whole = " ".join(normal(self.name).split())
        stem = _ELLIPSIS.sub("", whole)
        return stem, stem != whole


@dataclass(frozen=True)
class Counting:
    """A text as a program counts it: by code points, or by units of an encoding."""

    text: str
    units: str = ""

    @cached_property
    def plain(self) -> bool:
        """Whether offsets need no carrying."""
        return not self.units and normal(self.text) == self.text

    @cached_property
    def raw(self) -> bytes:
        """The text in the encoding whose units are counted."""
        return self.text.encode(self.units, "surrogatepass")

    def at(self, offset: int) -> int:
        r"""Carry an offset to the normal form of the text.

        >>> Counting("a\r\nb").at(3), Counting("e\u0301x").at(2)
        (2, 1)
        """
        offset = max(offset, 0)
        if self.plain:
            return min(offset, len(self.text))
        if self.units:
            before = self.raw[: _UNITS[self.units] * offset]
            return len(normal(before.decode(self.units, "ignore")))
        return len(normal(self.text[:offset]))

    def span(self, selection: Selection) -> Span:
        """Carry both ends of a selection."""
        return self.at(selection.start), self.at(selection.end)


def countings(raw: str) -> list[Counting]:
    """List the ways to count a text that differ, the standard's first."""
    bare = raw.removeprefix("\ufeff")
    ways = dict.fromkeys([bare, bare.replace("\r\n", "\n"), normal(bare), raw])
    few = "utf-16-le" * any(ord(sign) > 0xFFFF for sign in bare)
    units = ("", few, "utf-8" * (not bare.isascii()))
    return [Counting(text, of) for of in dict.fromkeys(units) for text in ways]


class Places:
    """Finds the places of a text's selections.

    Parameters
    ----------
    raw : str
        The text as the file holds it.
    selections : list of Selection
        All of this text: their names vote for how it was counted.
    """

    def __init__(self, raw: str, selections: list[Selection]) -> None:
        self.text = normal(raw)
        ways = countings(raw)
        fits = [[self._confirmed(way, s) for s in selections] for way in ways]
        votes = [
            sum(f * len(s.stem[0]) for f, s in zip(of, selections, strict=True))
            for of in fits
        ]
        free = [s for s, *of in zip(selections, *fits, strict=True) if not any(of)]
        torn = [sum(self._torn(way.span(s)) for s in free) for way in ways]
        #: Whether only the ends of words say how it was counted.
        self.counted = not any(votes) and torn[0] > 1 and 0 in torn
        votes = [-n for n in torn] if self.counted else votes
        best = sorted(range(len(ways)), key=lambda n: -votes[n])
        self.ways = [ways[n] for n in best]
        self.unknown = torn[best[0]] >= _TORN and 2 * torn[best[0]] > len(free)

    def _torn(self, span: Span) -> bool:
        """Tell whether a passage begins or ends within a word."""
        sides = (self.text[max(end - 1, 0) : end + 1] for end in span)
        return any(len(side) > 1 and side.isalnum() for side in sides)

    def _confirmed(self, way: Counting, selection: Selection) -> int:
        """Say how well a name fits the passage, as counted so; 0 for not at all.

        Best to the letter, then with other blanks, then as its beginning.
        """
        stem, cut = selection.stem
        words = self.text[slice(*way.span(selection))]
        whole = " ".join(words.split()) == stem
        begins = " ".join(words.split()).startswith(stem)
        # A short label may begin as a passage does that is counted otherwise.
        if not stem or not begins or not (whole or cut or len(stem) >= _LONG):
            return 0
        own, name = (re.sub(r"\s", " ", w) for w in (words, normal(selection.name)))
        if own == name or (cut and own.startswith(_ELLIPSIS.sub("", name))):
            return 4
        return 1 if words[:1].isspace() else 2 + whole

    def place(self, selection: Selection) -> tuple[Span, str]:
        """Find a selection's place.

        Returns
        -------
        (int, int)
            Start and end in the normal form of the text; empty where it has
            no place.
        str
            The key of the phrase that says what stays doubtful, or that it has
            no place; or "".
        """
        spans = [way.span(selection) for way in self.ways]
        stem, cut = selection.stem
        fits = [self._confirmed(way, selection) for way in self.ways]
        if max(fits):
            return spans[fits.index(max(fits))], ""
        taken = spans[0]
        longest = max(len(way.text) for way in self.ways)
        outside = selection.end > longest or selection.start < 0
        if stem and (found := self._quoted(selection, taken, outside)):
            near = min(found, key=lambda span: abs(span[0] - taken[0]))
            if len(found) > 1:
                return near, "doubt_several"
            asked = selection.end - selection.start
            known = abs(asked - (near[1] - near[0])) <= self._slack(near)
            # A few letters that no way of counting leads to may be a label.
            known &= len(stem) >= _LONG or any(abs(near[0] - s) < 3 for s, _ in spans)
            return near, "doubt_cut" if cut else "doubt_words" * (not known)
        if taken[1] <= taken[0]:
            return taken, "lost_words"
        if self.unknown:
            return (0, 0), "lost_counting"
        if outside or cut:
            return taken, "doubt_outside" if outside else "doubt_name"
        if self.counted and len({*spans}) > 1:
            return taken, "doubt_counting"
        return taken, "doubt_torn" * self._torn(taken)

    def _quoted(self, selection: Selection, taken: Span, outside: bool) -> list[Span]:
        """Find the name's words in the text, where they may be the passage's.

        A name that was cut, or that is as long as the passage, is a quotation;
        any other is a label, but where the position says nothing.
        """
        stem, cut = selection.stem
        asked = selection.end - selection.start
        blind = outside or asked <= 0
        pattern = r"\s+".join(map(re.escape, stem.split(" ")))
        if blind and not cut:  # a label, perhaps: no part of a word is it
            pattern = rf"(?<!\w){pattern}(?!\w)"
        found = [m.span() for m in re.finditer(pattern, self.text)]
        if cut:
            length = taken[1] - taken[0]
            return [(a, min(max(b, a + length), len(self.text))) for a, b in found]
        if blind:
            return found
        # An end that is counted in, or before the last sign, leaves one.
        return [
            s
            for s in found
            if abs(asked - (s[1] - s[0])) <= self._slack(s) + (s[0] == taken[0])
        ]

    def _slack(self, span: Span) -> int:
        """Say by how much programs may count a passage's length differently."""
        words = self.text[slice(*span)]
        return words.count("\n") + sum(ord(sign) > 0xFFFF for sign in words)
