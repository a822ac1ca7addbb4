"""A result's p recomputed from its statistic, within what rounding leaves."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from math import inf, sqrt
from typing import Literal

from scipy import special

from ecrm_helpers.ledger.checked_text.claims import Claim, Verdict, claim
from ecrm_helpers.ledger.checked_text.joined import BY_SIZE, Found
from ecrm_helpers.ledger.checked_text.numerals import (
    Ends,
    Numeral,
    degrees,
    readings,
    writing,
)
from ecrm_helpers.ledger.checked_text.tokens import Token

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
    "word",
]


def _of_t(t: float, df: float) -> float:
    return 2 * float(special.stdtr(df, -t))


def _of_z(z: float) -> float:
    return 2 * float(special.ndtr(-z))


def _of_r(r: float, df: float) -> float:
    return _of_t(r * sqrt(df / (1 - r**2)), df)


#: Two-sided p of a size of statistic and its degrees of freedom. That of ranks is
#: known between two limits: no ties at all, and nothing but ties.
TAILS: dict[str, tuple[Callable[..., float], ...]] = {
    "t": (_of_t,),
    "r": (_of_r,),
    "z": (_of_z,),
    "F": (lambda f, df1, df2: float(special.fdtrc(df1, df2, f)),),
    "chi2": (lambda x, df: float(special.chdtrc(df, x)),),
    "rho": (_of_r, lambda rho, df: _of_z(rho * sqrt(df + 1))),
    "tau": (
        lambda tau, df: _of_z(tau * sqrt(df + 1)),
        lambda tau, df: _of_z(tau * sqrt(4.5 * (df + 2) * (df + 1) / (2 * df + 9))),
    ),
}
DEGREES = {"t": 1, "r": 1, "z": 0, "F": 2, "chi2": 1, "rho": 1, "tau": 1}
#: Two steps of what ranks of n can give: exact p and corrections lie within.
STEPS: dict[str, Callable[[float], float]] = {
    "rho": lambda n: 24 / (n * (n**2 - 1)),
    "tau": lambda n: 8 / (n * (n - 1)),
}
#: Of p times n below it, limits say little of the exact p of ranks; of few, nothing.
_FAR, _MANY = 0.1, 50
#: Statistics that have a sign, and so a one-sided test.
SIGNED = ("t", "z", *BY_SIZE)

_ONE_SIDED = re.compile(
    r"(?:one|1)[- ](?:sided|tailed)|unilatéra\w*"
    r"|(?<!non[ -])(?<![\w-])direction(?:al|nel)",
    re.IGNORECASE,
)
#: A perfect correlation, as far as its p can be computed.
_MOST = 1 - 1e-12
_DENIED = re.compile(
    r"(?:\b(?:no|not|non|pas|aucune?|never|jamais|sans|without|neither|nor|ni|cannot"
    r"|plutôt qu\w*|rather than|instead of|au lieu d\w*)\b|n't\b)[^.;:!?]{0,40}$",
    re.IGNORECASE,
)
_DENIED_AFTER = re.compile(
    r"\w*\s(?:tests?\s)?(?:n'|ne\s|(?:was|were|is)(?:n't|\snot))"
)


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
    if found.word:
        return Judged("decision_error", "word")
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


def _degrees(found: Found, mark: str) -> list[list[Ends]]:
    statistic = found.statistic
    assert statistic is not None
    wanted = DEGREES[statistic.test]
    if not wanted:
        return [[]]
    inside = statistic.part("inside") or statistic.part("sub")
    size = re.fullmatch(r"\s?[nN]\s?[=:]\s?(\d+)\s?", inside)
    if statistic.test in BY_SIZE and (found.n or size):
        text = found.n.part("n") if found.n else size[1] if size else ""
        n = float(re.sub("[ ,]", "", text))
        return [[(n - 2, n - 2)]]
    parts = [part.part("df") for part in found.df] or [inside]
    text = " ; ".join(parts)
    with_n = statistic.test in ("chi2", *BY_SIZE)
    ways = degrees(text, wanted, mark, with_n=with_n)
    if statistic.test in STEPS:  # Ranks have no degrees of freedom: it may be N.
        ways += [[(low - 2, high - 2)] for ((low, high),) in ways]
    return ways


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
    if test in STEPS:
        step = STEPS[test](df[0][0] + 2)
        size = (max(size[0] - step, 0.0), min(size[1] + step, _MOST))
    every = [of(*corner) for of in TAILS[test] for corner in product(size, *df)]
    p = (min(every), max(every))
    known = p
    if test in STEPS and p[0] * df[0][0] < _FAR:
        known = (0.0 if df[0][0] < _MANY else p[0] / 10, p[1])
    if told.outside:
        return Judged(told.wrong(known, alpha), "p_outside", p, given)
    if told.agrees(known, alpha):
        return Judged("consistent", "p_zero" if told.zero else "", p, given)
    half = (known[0] / 2, p[1] / 2)
    if test in SIGNED and told.agrees(half, alpha) and side is not False:
        if side:
            return Judged("consistent", "one_sided", p, given)
        return Judged(told.wrong(known, alpha), "if_one_sided", p, given)
    if test in SIGNED and side and told.agrees((1 - half[1], 1 - half[0]), alpha):
        return Judged("consistent", "one_sided", p, given)
    return Judged(told.wrong(known, alpha), "", p, given)


def _size(test: str, sign: str, value: Numeral) -> Ends | None:
    """Give the ends of a statistic's size; None where there is no such one."""
    low, high = value.ends
    if (test in ("F", "chi2") and value.value < 0) or (
        test in BY_SIZE and abs(value.value) > 1
    ):
        return None
    bound = abs(float(value.value))
    if sign in "<≤":
        return 0.0, bound
    most = _MOST if test in BY_SIZE else inf
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
