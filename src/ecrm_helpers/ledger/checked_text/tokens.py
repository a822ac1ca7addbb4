"""The parts of results in a plain text: statistics, degrees of freedom, N and p."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ecrm_helpers.ledger.checked_text import vocabulary as said
from ecrm_helpers.ledger.checked_text.numerals import GOES_ON

Kind = Literal["effect", "p", "ns", "sig", "df", "n", "statistic", "stop"]

#: In order of precedence where two begin at one place.
_PATTERNS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("effect", re.compile(said.EFFECT)),
    ("p", re.compile(said.BETWEEN)),
    ("p", re.compile(said.P)),
    ("ns", re.compile(said.NS)),
    ("p", re.compile(said.LEVEL)),
    ("sig", re.compile(said.SIGNIFICANT)),
    ("df", re.compile(said.DF_BEHIND)),
    ("df", re.compile(said.DF)),
    ("n", re.compile(said.N)),
    ("statistic", re.compile(said.STATISTIC)),
    ("stop", re.compile(said.STOP)),
)
_GOES_ON = re.compile(GOES_ON)


@dataclass(frozen=True, eq=False)
class Token:
    """A part of a result, where it stands, and the brackets it stands in."""

    kind: Kind
    match: re.Match[str]
    inside: tuple[int, ...]

    @property
    def start(self) -> int:
        """Where it begins."""
        return self.match.start()

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.match.end()

    @property
    def cut(self) -> bool:
        """Whether its number goes on beyond what was read."""
        text = self.match.string
        return self.kind not in ("ns", "sig") and bool(_GOES_ON.match(text, self.end))

    def part(self, name: str) -> str:
        """Give a named group of the pattern; "" where it has none."""
        return self.match.groupdict().get(name) or ""

    @property
    def word(self) -> bool:
        """Whether it says in words, or by "NS", what p is."""
        in_words = self.kind == "p" and not self.part("label") + self.part("low")
        return self.kind in ("ns", "sig") or in_words

    @property
    def test(self) -> str:
        """The key of the statistic."""
        return next((name for name in said.STATISTICS if self.part(name)), "")


def sentences(text: str) -> Iterator[list[Token]]:
    """Give the tokens of each sentence of a plain text.

    Examples
    --------
    >>> [[t.kind for t in s] for s in sentences("t(28) = 2.2 (cf. A), p = .04. And ns")]
    [['statistic', 'p'], ['ns']]
    """
    found: list[Token] = []
    for token in _tokens(text):
        if token.kind == "stop" and not _aside(token):
            yield found
            found = []
        elif token.kind not in ("stop", "effect"):
            found.append(token)
    yield found


def _tokens(text: str) -> Iterator[Token]:
    brackets, place = _brackets(text), 0
    ahead = [pattern.search(text) for _, pattern in _PATTERNS]
    while any(ahead):
        for i, match in enumerate(ahead):
            if match and match.start() < place:
                ahead[i] = _PATTERNS[i][1].search(text, place)
        starts = [match.start() if match else len(text) + 1 for match in ahead]
        first = starts.index(min(starts))
        match = ahead[first]
        if match is None:
            return
        yield Token(_PATTERNS[first][0], match, brackets[match.start()])
        place = max(match.end(), place + 1)


def _brackets(text: str) -> list[tuple[int, ...]]:
    """Give the places of the brackets that are open at each character."""
    within: tuple[int, ...] = ()
    given = []
    for place, letter in enumerate(text):
        given.append(within)
        if letter in "([":
            within = (*within, place)
        elif letter in ")]":
            within = within[:-1]
    return [*given, within]


def _aside(stop: Token) -> bool:
    """Tell whether a full stop stands in a short bracket: "(men vs. Women)"."""
    text = stop.match.string
    return bool(stop.inside) and bool(
        re.match(r"\([^()]{0,60}\)", text[stop.inside[-1] :])
    )
