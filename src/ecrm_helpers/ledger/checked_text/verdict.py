"""A result's p recomputed from its statistic, within what rounding leaves."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from math import inf, sqrt
from typing import Literal

from scipy import stats

from ecrm_helpers.ledger.checked_text.joined import Found
from ecrm_helpers.ledger.checked_text.numerals import (
    Ends,
    Numeral,
    degrees,
    readings,
    writing,
)
from ecrm_helpers.ledger.checked_text.tokens import Token

Verdict = Literal[
    "consistent",
    "inconsistent",
    "decision_error",
    "impossible",
    "not_recomputable",
    "not_read",
]
Note = Literal[
    "",
    "no_formula",
    "df_unclear",
    "out_of_range",
    "one_sided",
    "if_one_sided",
    "p_zero",
    "p_outside",
    "from_n",
    "no_p",
    "alone",
    "cut",
]
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

_ONE_SIDED = re.compile(
    r"(?:one|1)[- ](?:sided|tailed)|unilatéra\w*"
    r"|(?<!non[ -])(?<![\w-])direction(?:al|nel)",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"(?:\b(?:no|not|non|pas|aucune?|never|jamais|sans|without|neither|nor|ni|cannot"
    r"|plutôt qu\w*|rather than|instead of|au lieu d\w*)\b|n't\b)[^.;:!?]{0,40}$",
    re.IGNORECASE,
)
_DENIED_AFTER = re.compile(
    r"\w*\s(?:tests?\s)?(?:n'|ne\s|(?:was|were|is)(?:n't|\snot))"
)


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


@dataclass(frozen=True)
class Judged:
    """A verdict with its reason, and what was read."""

    verdict: Verdict
    note: Note = ""
    p: Ends | None = None
    df: tuple[float, ...] = ()


def judge(found: Found, text: str, alpha: float) -> Judged:
    """Recompute p and hold it against what is said.

    Parameters
    ----------
    found : Found
        The parts of a result.
    text : str
        The paragraph: it may say that a test is one-sided.
    alpha : float, in (0, 1)
        The level at which the text decides.

    Returns
    -------
    Judged
        "inconsistent" only where every reading of the numbers is.
    """
    statistic = found.statistic
    if any(part.cut for part in found.parts):
        return Judged("not_read", "cut")
    if statistic is None or found.p is None:
        return Judged("not_read", "no_p" if statistic else "alone")
    if statistic.test not in TAILS:
        return Judged("not_recomputable", "no_formula")
    mark = writing(*(part.match[0] for part in found.parts if part.kind != "n"))
    ways = _degrees(found, mark)
    if not ways:
        return Judged("not_recomputable", "df_unclear")
    told, side = claim(found.p), _side(found.p, text)
    values = readings(statistic.part("value"), mark)
    judged = (
        _judged(statistic, value, df, told, side, alpha)
        for df, value in product(ways, values)
    )
    best = min(judged, key=lambda each: _ORDER.index(each.verdict))
    from_n = best.verdict == "consistent" and not best.note and found.n
    return Judged(best.verdict, "from_n" if from_n else best.note, best.p, best.df)


_ORDER = ("consistent", "inconsistent", "decision_error", "impossible")


def claim(token: Token) -> Claim:
    """Read what a token says of p."""
    if token.kind == "ns":
        return Claim(())
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
    number = _small(token.part("p"))
    power = number.power - 2 * bool(token.part("percent"))
    return Claim(((sign, Numeral(number.digits, power)),))


def _small(text: str) -> Numeral:
    return readings(text, ",")[0]


def _degrees(found: Found, mark: str) -> list[list[Ends]]:
    statistic = found.statistic
    assert statistic is not None
    wanted = DEGREES[statistic.test]
    if not wanted:
        return [[]]
    inside = statistic.part("inside") or statistic.part("sub")
    size = re.fullmatch(r"\s?[nN]\s?[=:]\s?(\d+)\s?", inside)
    if statistic.test == "r" and (found.n or size):
        text = found.n.part("n") if found.n else size[1] if size else ""
        n = float(re.sub("[ ,]", "", text))
        return [[(n - 2, n - 2)]]
    parts = [part.part("df") for part in found.df] or [inside]
    text = " ; ".join(parts)
    return degrees(text, wanted, mark, with_n=statistic.test in ("chi2", "r"))


def _judged(
    statistic: Token,
    value: Numeral,
    df: list[Ends],
    told: Claim,
    side: bool | None,
    alpha: float,
) -> Judged:
    test, given = statistic.test, tuple(round(sum(ends) / 2, 6) for ends in df)
    size = _size(test, statistic.part("sign").replace(":", "=") or "=", value)
    if size is None or any(end <= 0 for ends in df for end in ends):
        return Judged("impossible", "out_of_range", None, given)
    every = [TAILS[test](*corner) for corner in product(size, *df)]
    p = (min(every), max(every))
    if told.outside:
        return Judged(told.wrong(p, alpha), "p_outside", p, given)
    if told.agrees(p, alpha):
        return Judged("consistent", "p_zero" if told.zero else "", p, given)
    half = (p[0] / 2, p[1] / 2)
    if test in SIGNED and told.agrees(half, alpha) and side is not False:
        if side:
            return Judged("consistent", "one_sided", p, given)
        return Judged(told.wrong(p, alpha), "if_one_sided", p, given)
    if test in SIGNED and side and told.agrees((1 - half[1], 1 - half[0]), alpha):
        return Judged("consistent", "one_sided", p, given)
    return Judged(told.wrong(p, alpha), "", p, given)


def _size(test: str, sign: str, value: Numeral) -> Ends | None:
    """Give the ends of a statistic's size; None where there is no such one."""
    low, high = value.ends
    if (test in ("F", "chi2") and value.value < 0) or (
        test == "r" and abs(value.value) > 1
    ):
        return None
    bound = abs(float(value.value))
    if sign in "<≤":
        return 0.0, bound
    most = 1 - 1e-12 if test == "r" else inf
    if sign in ">≥":
        return bound, most
    nearest = 0.0 if low <= 0 <= high else min(abs(low), abs(high))
    return nearest, min(max(abs(low), abs(high)), most)


def _side(p: Token, text: str) -> bool | None:
    """Tell whether a test is said to be one-sided; None where nothing is said."""
    label = p.part("label")
    if re.search(r"bilat|two|2-", label, re.IGNORECASE):
        return False
    if re.search(r"unilat|one|1-", label, re.IGNORECASE):
        return True
    said = (
        not _DENIED.search(text[: m.start()]) and not _DENIED_AFTER.match(text, m.end())
        for m in _ONE_SIDED.finditer(text)
    )
    return True if any(said) else None
