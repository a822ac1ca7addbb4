"""The ledger: each printed number beside its recomputed value, and a verdict.

A match with a number that the data were built from says only that they were
built so; the ledger keeps such matches apart and never counts them as
evidence. A verdict other than agreement carries the reason that
``data/published/reasons.csv`` declares for it, with its numbers filled in.

Where a value can be reached by two roads that share no code (the package on
the answers; exact fractions from the printed summary alone), both stand in the
row, and a row whose roads part is never in agreement.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import isclose, isfinite

from ecrm_helpers.ledger.implied import Implied
from ecrm_helpers.ledger.terms import AGREEMENT, VERDICTS
from ecrm_helpers.printed import EDITIONS, Wrong, agrees, decimal, interval
from ecrm_helpers.printed.blanks import Exact, Quantity, fill
from ecrm_helpers.printed.numbers import exact
from ecrm_helpers.statistics.analysis import COHEN_1988
from ecrm_helpers.study.published import Published, Reason, Value

#: What a word claims, where it claims a bound: most is more than half; strong
#: is Cohen's (1988) large.
CLAIMED = {"majorité": 50, "grande partie": 50, "forte": COHEN_1988["r"][-1]}

#: What is counted in the study's file, whatever the answers.
DECLARED = ("questionnaire.", "interview.")


@dataclass(frozen=True)
class Row:
    """One printed number or claim, with what was recomputed and the verdict.

    `known` is that of the value; beside an author's own answers ``"compared"``,
    or ``"declared"`` of what no file of answers says. `second` is the second road,
    where there is one.
    """

    value: Value
    known: str
    verdict: str
    recomputed: Quantity | None = None
    second: Implied | None = None
    reason_fr: str = ""
    reason_en: str = ""

    @property
    def agrees(self) -> bool:
        """Whether the printed text agrees with what was recomputed."""
        return self.verdict in AGREEMENT


def verdict(
    printed: str,
    statistic: str,
    value: Exact,
    *,
    others: Iterable[Exact] = (),
    end: bool = False,
) -> str:
    """Judge a printed number by its recomputed value.

    Tried in this order, the simplest explanation first. Rounding halves down
    or to even and cutting off never go up, rounding twice always does, so
    those two cannot both hold.

    Parameters
    ----------
    printed : str
        As printed, decimals kept.
    statistic : str
        One that ends in ``"_lower_bound"`` or ``"_upper_bound"`` claims more or
        less than what is printed; every other claims the number.
    value : float or Fraction
        Recomputed, at full precision.
    others : iterable of float or Fraction
        The same from other sample sizes that the chapter prints.
    end : bool
        The value is an end of a band, so it need not be reached itself.

    Returns
    -------
    str
        ``"exact"``; ``"rounds_to"`` (halves away from zero);
        ``"other_rounding"`` (halves down or to even, or cut off);
        ``"rounded_twice"`` (first to one more decimal); ``"different_n"`` (one
        of `others` rounds to it); or ``"contradicted"``.

    Examples
    --------
    >>> share = 100 * 31 / 73
    >>> verdict("42.5", "percent", share), verdict("43%", "percent", share)
    ('rounds_to', 'rounded_twice')
    >>> verdict("2.67", "mean", 2.675), verdict("2.85", "mean", 2.58)
    ('other_rounding', 'contradicted')
    >>> verdict("19.7", "percent", 16.44, others=[100 * 12 / 61])
    'different_n'
    """
    if not isfinite(value):
        return "contradicted"
    found = exact(value)
    if statistic.endswith("_bound"):
        more, limit = statistic.endswith("lower_bound"), _limit(printed)
        holds = found > limit if more else found < limit
        return "exact" if holds else "contradicted"
    # Sums of floats miss a whole number by their last digits on some machines.
    if isclose(decimal(printed), found, rel_tol=1e-12):
        return "exact"
    if interval(printed, "either" if end else "half_up").holds(found):
        return "rounds_to"
    if agrees(printed, found) or interval(printed, "truncated").holds(found):
        return "other_rounding"
    finer = Decimal(1).scaleb(int(decimal(printed).as_tuple().exponent) - 1)
    once = Decimal(repr(float(value))).quantize(finer, ROUND_HALF_UP)
    if agrees(printed, Fraction(once)):
        return "rounded_twice"
    near = interval(printed, "half_up")
    return (
        "different_n" if any(near.holds(exact(x)) for x in others) else "contradicted"
    )


def _limit(printed: str) -> Fraction:
    words = [limit for word, limit in CLAIMED.items() if word in printed]
    return exact(words[0]) if words else Fraction(decimal(printed))


def compare(
    part: str,
    recomputed: Mapping[str, Quantity],
    published: Published,
    *,
    origin: str,
    second: Mapping[str, Implied] | None = None,
) -> list[Row]:
    """Hold one notebook's share of the printed numbers against its results.

    Parameters
    ----------
    part : str
        The notebook's number, such as ``"03"``.
    recomputed : mapping of quantity to number or (number, number)
        Everything the notebook recomputed, at full precision; two ends where
        the published text leaves a band. May hold more than is printed: facts
        that reasons speak of.
    published : Published
        Its values and reasons.
    origin : {"reconstructed", "own"}
        Of the answers. On an author's own no match is built in, and no printed
        summary gives a second road. A disagreement is a finding that needs no
        declared reason, unless the study names these answers beside its print.
    second : mapping of quantity to Implied, optional
        The second road, as `implied.implied` gives it.

    Returns
    -------
    list of Row
        One per printed number or claim of the part; context is left out.

    Raises
    ------
    Wrong
        A printed number has no recomputed value, or a reason a blank that
        nothing fills.
    """
    every = published.values.values()
    values = [v for v in every if v.part == part and v.known != "context"]
    own = origin == "own"
    missing = sorted({v.quantity for v in values} - {"", *recomputed})
    if missing and not own:
        named, known = ", ".join(missing), ", ".join(sorted(recomputed))
        raise Wrong("not_recomputed", part=part, missing=named, known=known)
    sizes = {int(v.printed) for v in every if v.statistic == "n"}
    return [
        _row(
            value,
            None if own else (second or {}).get(value.quantity),
            recomputed,
            sizes,
            published.reasons.get(value.id),
            own=own,
            free=own and not published.study.answers,
        )
        for value in values
    ]


def _row(
    value: Value,
    second: Implied | None,
    recomputed: Mapping[str, Quantity],
    sizes: set[int],
    reason: Reason | None,
    *,
    own: bool,
    free: bool,
) -> Row:
    """Compute a number's verdict; take the declared one for a claim in words."""
    first = recomputed.get(value.quantity)
    found = reason.verdict if reason else "undeclared"
    if own and first is None and value.quantity:
        found = "not_derivable"  # the answers are too few, or too much alike
    if first is not None:
        parted = second is not None and not _meet(first, second.value)
        # The exact road is the same on every machine, so it is the one judged.
        judged = first if second is None or parted else second.value
        found = _worst(value, judged, _other_sizes(value, recomputed, sizes))
        if found == "contradicted" and _otherwise(value, recomputed):
            found = "depends_on_definition"
        declared = found in AGREEMENT or free
        declared = declared or (reason is not None and reason.verdict == found)
        found = found if declared and not parted else "undeclared"
    known = value.known
    if own and value.quantity:
        known = "declared" if value.quantity.startswith(DECLARED) else "compared"
    # A reason speaks of the published material, so not beside other answers.
    if free or reason is None or found != reason.verdict:
        return Row(value, known, found, first, second)
    told = {"fr": reason.fr, "en": reason.en}
    texts = [fill(told[edition], recomputed, edition) for edition in EDITIONS]
    return Row(value, known, found, first, second, *texts)


def _worst(value: Value, quantity: Quantity, others: Sequence[Exact]) -> str:
    band = isinstance(quantity, tuple)
    ends = quantity if isinstance(quantity, tuple) else (quantity,)
    found = [
        verdict(value.printed, value.statistic, end, others=others, end=band)
        for end in ends
    ]
    return max(found, key=VERDICTS.index)


def _otherwise(value: Value, recomputed: Mapping[str, Quantity]) -> bool:
    """Tell whether a bound holds with the answers at the midpoint counted in.

    Nothing printed says whether an answer at the midpoint is favourable.
    """
    other = recomputed.get(value.quantity.replace(".above_midpoint", ".from_midpoint"))
    if ".above_midpoint" not in value.quantity or other is None:
        return False
    return _worst(value, other, []) in AGREEMENT


def _other_sizes(
    value: Value, recomputed: Mapping[str, Quantity], sizes: set[int]
) -> list[Fraction]:
    """Give a share again over every other N the chapter prints, and no others."""
    count = recomputed.get(f"{value.quantity.removesuffix('.percent')}.n")
    if value.statistic != "percent" or not isinstance(count, int | float):
        return []
    return [Fraction(100 * int(count), size) for size in sizes if size >= count]


def _meet(first: Quantity, second: Quantity) -> bool:
    """Tell whether two roads arrive at one value, up to floating point."""
    ends = [x if isinstance(x, tuple) else (x, x) for x in (first, second)]
    return all(
        isclose(float(a), float(b), rel_tol=1e-9) for a, b in zip(*ends, strict=True)
    )
