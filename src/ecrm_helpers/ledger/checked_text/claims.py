"""What a text says of p, in numbers and in words, and whether the two agree."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import inf
from typing import Literal

from ecrm_helpers.ledger.checked_text.numerals import Ends, Numeral, readings
from ecrm_helpers.ledger.checked_text.tokens import Token

Verdict = Literal[
    "consistent",
    "inconsistent",
    "decision_error",
    "impossible",
    "not_recomputable",
    "not_read",
]
#: What may stand between a word and the p after it, and between a p and its word.
_WORD_P = re.compile(
    r"(?:\s[\w'’-]+){0,4}\s?[,;(\[]?\s?(?:(?:avec|with|à|at|car|as)\s)?"
)
_P_WORD = re.compile(
    r"\s?[,(\[]\s?(?:(?:donc|soit|et|est|ce qui est|so|thus|hence|which is)\s){0,2}"
)
#: What takes from a word its plain meaning.
_UNLESS = re.compile(
    r"\b(?:n[oe]n?|n'|not|nor?|pas|ni|aucune?|sans|without|neither|never|jamais|if|si|whether"
    r"|marginal\w*|tend\w*|presque|quasi\w*|almost|nearly|appr\w+|seuil|level)\b|n't\b",
    re.IGNORECASE,
)
_CORRECTED = re.compile(r"[^.;]{0,40}(?:corr[ei]|bonferroni|holm|ajust|adjust)", re.I)


@dataclass(frozen=True)
class Claim:
    """What a text says of p: bounds, each with its sign, or "not significant"."""

    bounds: tuple[tuple[str, Numeral], ...]

    @property
    def shown(self) -> str:
        """As "= 0.036"; "ns" for words."""
        return ", ".join(f"{s} {float(n.value):.12g}" for s, n in self.bounds) or "ns"

    @property
    def outside(self) -> bool:
        """Whether no p can be so: below zero, or above one."""
        return any(not 0 <= n.value <= 1 for _, n in self.bounds)

    @property
    def zero(self) -> bool:
        """Whether p is said to be nothing."""
        return any(sign == "=" and not n.value for sign, n in self.bounds)

    def agrees(self, p: Ends, alpha: float) -> bool:
        """Tell whether some p between these ends is as said."""
        if not self.bounds:
            return p[1] > alpha
        return not self.outside and all(_fits(*bound, p) for bound in self.bounds)

    def wrong(self, p: Ends, alpha: float) -> Verdict:
        """Tell whether a disagreement also turns the decision at alpha."""
        sign, numeral = self.bounds[-1] if self.bounds else (">", None)
        bound = float(numeral.value) if numeral else inf
        significant = bound <= alpha and sign in "=<≤"
        other_side = p[0] > alpha if significant else p[1] <= alpha
        # "p > .01" decides nothing at .05, nor "p < .10" where it does not hold.
        undecided = sign in ">≥" and bound < alpha
        return "decision_error" if other_side and not undecided else "inconsistent"


def _fits(sign: str, numeral: Numeral, p: Ends) -> bool:
    if sign == "=":
        low, high = numeral.ends
        return p[0] <= high and p[1] >= low
    bound = float(numeral.value)
    return {
        "<": p[0] < bound,
        "≤": p[0] <= bound,
        ">": p[1] > bound,
        "≥": p[1] >= bound,
    }[sign]


def claim(token: Token) -> Claim:
    """Read what a token says of p."""
    if token.kind == "ns":
        return Claim(((">", _number(token)),) if token.part("p") else ())
    if low := token.part("low"):
        turned = str.maketrans("<≤>≥", ">≥<≤")
        bounds = [(token.part("low_sign").translate(turned), _small(low))]
        if high := token.part("high"):
            bounds.append((token.part("high_sign"), _small(high)))
        return Claim(tuple(sorted(bounds, key=lambda bound: bound[0] in "<≤")))
    sign = token.part("sign").replace(":", "=") or "="
    if token.part("below") or not token.part("label"):
        sign = "<" if not re.search("égal|equal", token.part("below")) else "≤"
    elif token.part("above"):
        sign = ">" if not re.search("égal|equal", token.part("above")) else "≥"
    return Claim(((sign, _number(token)),))


def _number(token: Token) -> Numeral:
    number = _small(token.part("p"))
    return Numeral(number.digits, number.power - 2 * bool(token.part("percent")))


def _small(text: str) -> Numeral:
    return readings(text, ",")[0]


def beside(tokens: list[Token]) -> Iterator[tuple[Token, Token]]:
    """Give each word on significance with the p that stands beside it.

    A statistic may stand between: "significatif (t(28) = 2,20 ; p = 0,036)".
    """
    for i, (first, second) in enumerate(pairwise(tokens)):
        between = first.match.string[first.end : second.start]
        if first.word and _WORD_P.fullmatch(between):
            parts = (t for t in tokens[i + 1 :] if t.kind not in ("df", "n"))
            ahead = [t for t, _ in zip(parts, range(2), strict=False)]
            ahead = ahead[1:] if second.kind == "statistic" else ahead
            yield from ((first, p) for p in ahead[:1] if p.part("label"))
        elif second.word and first.part("label") and _P_WORD.fullmatch(between):
            yield second, first


def contradicts(word: Token, p: Token, alpha: float) -> bool:
    """Tell whether a word on significance and the p beside it cannot both be right.

    Parameters
    ----------
    word, p : Token
        As `beside` gives them.
    alpha : float, in (0, 1)
        The level, where the word names none.
    """
    text = word.match.string
    if p.cut or p.part("low") or _CORRECTED.match(text, word.end):
        return False
    sign, numeral = claim(p).bounds[0]
    level = float(_number(word).value) if word.part("p") else alpha
    low, high = numeral.ends if sign == "=" else (float(numeral.value),) * 2
    if word.kind == "ns":
        return sign not in ">≥" and high <= level
    before = re.split(r"[.;:!?(]", text[max(0, word.start - 60) : word.start])[-1]
    return sign not in "<≤" and low > level and not _UNLESS.search(before)
