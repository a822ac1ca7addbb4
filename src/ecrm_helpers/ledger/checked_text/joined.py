"""Which degrees of freedom, N and p belong to which statistic."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from ecrm_helpers.ledger.checked_text.claims import beside, contradicts
from ecrm_helpers.ledger.checked_text.tokens import Token, sentences
from ecrm_helpers.ledger.checked_text.vocabulary import WEAK

#: What may stand between a p and the statistic after it.
_BESIDE = re.compile(
    r"[\s,;:()\[\]]*(?:(?:pour|avec|et|où|for|with|and|where)\b)?[\s,;:(\[]*"
    r"(?:(?:un|une|a|an|le|la|the)\s)?"
)
#: Correlations, whose p follows from the number of pairs.
BY_SIZE = ("r", "rho", "tau")
#: How far a verdict in words may stand from its statistic.
_NEAR = 60


@dataclass(frozen=True)
class Found:
    """A statistic with what belongs to it; or a part that belongs to none."""

    statistic: Token | None
    p: Token | None = None
    df: tuple[Token, ...] = ()
    n: Token | None = None
    word: Token | None = None

    @property
    def parts(self) -> list[Token]:
        """All tokens, as they stand in the text."""
        every = (self.statistic, self.p, self.word, *self.df, self.n)
        return sorted((t for t in every if t), key=lambda t: t.start)

    @property
    def text(self) -> str:
        """The text from the first part to the last."""
        parts = self.parts
        whole = parts[0].match.string
        return whole[parts[0].start : max(part.end for part in parts)]


def joined(text: str, alpha: float = 0.05) -> Iterator[Found]:
    """Join the tokens of a plain text to results, sentence by sentence.

    Parameters
    ----------
    text : str
        As `plain` gives it.
    alpha : float, in (0, 1)
        The level at which the text decides.

    Yields
    ------
    Found
        In the order of the text; the parts that joined no statistic too, and each
        word on significance that the p beside it contradicts.
    """
    for tokens in sentences(text):
        words = dict(beside(tokens))
        rest = [t for t in tokens if t.kind != "sig" and t not in words]
        found = list(_results(rest))
        found += [
            Found(None, p=p, word=word)
            for word, p in words.items()
            if contradicts(word, p, alpha)
        ]
        used = {part for each in found for part in each.parts}
        found += [
            Found(None, p=token) if token.kind != "df" else Found(None, df=(token,))
            for token in rest
            if token not in used and _tells(token)
        ]
        yield from sorted(found, key=lambda each: each.parts[0].start)


def _tells(token: Token) -> bool:
    """Tell whether a part that joined nothing is to be named as not read."""
    if token.kind == "p":
        return bool(token.part("label") or token.part("low"))
    return token.kind == "df" or (token.kind == "ns" and not token.part("said"))


def _results(tokens: list[Token]) -> Iterator[Found]:
    places = [i for i, token in enumerate(tokens) if token.kind == "statistic"]
    owed = _p_of(tokens)
    taken: set[Token] = set()
    for place, following in pairwise([*places, len(tokens)]):
        statistic, after = tokens[place], tokens[place + 1 : following]
        before = [t for t in reversed(tokens[:place]) if t not in taken]
        df = _df_of(statistic, after, before)
        sizes = [t for t in (*after, *before) if t.kind == "n"]
        n = sizes[0] if sizes and statistic.test in BY_SIZE and not df else None
        n = None if re.search(r"\d", _given(statistic)) else n
        p = owed.get(statistic)
        taken |= {*df, *after}
        if p or _given(statistic) or not statistic.match[0].startswith(WEAK):
            yield Found(statistic, p, df, n)


def _given(statistic: Token) -> str:
    return statistic.part("inside") or statistic.part("sub")


def _df_of(
    statistic: Token, after: list[Token], before: list[Token]
) -> tuple[Token, ...]:
    """Give the tokens of its degrees of freedom: two where they are numbered."""
    if re.search(r"\d", _given(statistic)):
        return ()
    here = [t for t in after if t.kind == "df"] or [
        t for t in before[:2] if t.kind == "df"
    ]
    numbered = [t for t in here if t.part("nth") or re.match("num|denom", t.match[0])]
    return tuple(numbered[:2] or here[:1])


def _p_of(tokens: list[Token]) -> dict[Token, Token]:
    """Give each statistic its p: the next in its brackets, else the one before."""
    order = [t for t in tokens if t.kind in ("statistic", "p", "ns")]
    found: dict[Token, Token] = {}
    turned = _turned(order)
    for back, token, ahead in zip(
        [None, *order], order, [*order[1:], None], strict=False
    ):
        if token.kind != "statistic":
            continue
        if not back or back in found.values() or not _beside(back, token):
            back = None
        if not ahead or ahead.kind == "statistic" or _far(token, ahead):
            ahead = None
        own = ahead and ahead.inside[: len(token.inside)] == token.inside
        if p := (back if turned or not own else ahead) or ahead:
            found[token] = p
    for p in [t for t in order if t.part("label") == "ps"]:  # Of all before it.
        for token in order[: order.index(p)]:
            if token.kind == "statistic":
                found.setdefault(token, p)
    return found


def _turned(order: list[Token]) -> bool:
    """Tell whether each p of a sentence stands before its statistic."""
    kinds = [t.kind == "statistic" for t in order]
    return (
        kinds == [False, True] * (len(kinds) // 2)
        and bool(kinds)
        and all(_beside(*two) for two in zip(order[::2], order[1::2], strict=True))
    )


def _beside(p: Token, statistic: Token) -> bool:
    gap = p.match.string[p.end : statistic.start]
    return p.kind == "p" and bool(p.part("label")) and bool(_BESIDE.fullmatch(gap))


def _far(statistic: Token, p: Token) -> bool:
    """Tell whether words such as "not significant" are too far to belong to it."""
    in_words = p.word and (p.kind != "ns" or p.part("said"))
    return bool(in_words) and p.start - statistic.end > _NEAR
