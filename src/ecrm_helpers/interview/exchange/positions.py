"""Where a selection stands, whatever its program counts.

Positions stand in the file's text, in code points. Programs also count CRLF as
one, UTF-16 units, or over composed letters. A selection's name is often the
quotation, so the names of a text tell how its program counts; a name that is
only a label moves nothing.
"""

import re
from dataclasses import dataclass
from functools import cached_property

from ecrm_helpers.interview.anchors import normal

Span = tuple[int, int]
#: So many signs are no chance beginning of a passage.
_LONG = 20
_ELLIPSIS = re.compile(r"\s*(…|\.\.\.)$")


@dataclass(frozen=True)
class Counting:
    """A text as a program counts it: by code points, or by UTF-16 units."""

    text: str
    wide: bool = False

    @cached_property
    def plain(self) -> bool:
        """Whether offsets need no carrying."""
        return not self.wide and normal(self.text) == self.text

    def at(self, offset: int) -> int:
        r"""Carry an offset to the normal form of the text.

        >>> Counting("a\r\nb").at(3), Counting("e\u0301x").at(2)
        (2, 1)
        """
        offset = max(offset, 0)
        if self.plain:
            return min(offset, len(self.text))
        if self.wide:
            units = self.text.encode("utf-16-le", "surrogatepass")[: 2 * offset]
            return len(normal(units.decode("utf-16-le", "ignore")))
        return len(normal(self.text[:offset]))


def countings(raw: str) -> list[Counting]:
    """List the ways to count a text that differ, the standard's first."""
    bare = raw.removeprefix("\ufeff")
    ways = dict.fromkeys([bare, bare.replace("\r\n", "\n"), normal(bare), raw])
    wide = any(ord(sign) > 0xFFFF for sign in bare)
    return [Counting(text) for text in ways] + [
        Counting(text, wide=True) for text in ways if wide
    ]


@dataclass(frozen=True)
class Selection:
    """A selection as carried: what its program counted, and its name."""

    start: int
    end: int
    name: str

    @cached_property
    def stem(self) -> tuple[str, bool]:
        """The name with single blanks and no ellipsis, and whether it had one."""
        whole = " ".join(normal(self.name).split())
        stem = _ELLIPSIS.sub("", whole)
        return stem, stem != whole


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
        votes = [
            sum(self._confirmed(w, s) * len(s.stem[0]) for s in selections)
            for w in ways
        ]
        best = sorted(range(len(ways)), key=lambda n: -votes[n])
        self.ways = [ways[n] for n in best] if len(ways) > 1 else ways

    def _confirmed(self, way: Counting, selection: Selection) -> int:
        """Say how well a name fits the passage, as counted so; 0 for not at all.

        Best to the letter, then with other blanks, then as its beginning.
        """
        stem, cut = selection.stem
        words = self.text[way.at(selection.start) : way.at(selection.end)]
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
        spans = [(w.at(selection.start), w.at(selection.end)) for w in self.ways]
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
        return taken, "doubt_outside" if outside else "doubt_name" * cut

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
