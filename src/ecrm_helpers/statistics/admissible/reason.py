"""Why nothing fits a printed row, and the nearest values that would."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import groupby, product
from math import ceil, floor, sqrt
from typing import Literal

from ecrm_helpers.printed import Told, decimal, keyed, told
from ecrm_helpers.statistics.admissible.existence import fits, squares, totals
from ecrm_helpers.statistics.admissible.summary import Summary, require_sense

_SAID = keyed("reason_", "reason_mean reason_min reason_max reason_ends reason_sd")


@dataclass(frozen=True)
class Reason:
    """The printed value that nothing fits, and the nearest that something does.

    `value` is ``"mean"`` when no whole sum gives the mean (GRIM) or the scale
    does not hold it; ``"sd"`` when some sum does, but no answers on the scale
    with that sum have the SD (GRIMMER); ``"min"``, ``"max"`` or ``"ends"``
    (both) when mean and SD are possible on the scale, but not between the
    printed ends. `nearest` are printed as that value was.
    """

    value: Literal["mean", "sd", "min", "max", "ends"]
    nearest: tuple[str, ...]

    def told(self) -> Told:
        """Say it in words, with the nearest possible values."""
        return told(_SAID[self.value], nearest=", ".join(self.nearest) or "–")


def reason(summary: Summary) -> Reason | None:
    """Say which printed value makes a row impossible.

    Returns
    -------
    Reason or None
        None when something fits.

    Raises
    ------
    AdmissibleError
        The row makes no sense; see `sums`.

    Examples
    --------
    >>> reason(Summary(28, "5.19", "1.00", 1, 7))
    Reason(value='mean', nearest=('5.18', '5.21'))
    >>> reason(Summary(12, "2.58", ",950", 1, 7))
    Reason(value='sd', nearest=('0.900', '0.996'))
    >>> reason(Summary(12, "2.58", ",900", 1, 7, minimum=1, maximum=6))
    Reason(value='max', nearest=('4',))
    """
    require_sense(summary)
    possible = totals(summary)
    if summary.sd is None:
        return None if possible else Reason("mean", _nearest_means(summary))
    if fits(summary):
        return None
    if fits(replace(summary, minimum=None, maximum=None)):
        return _ends_reason(summary)
    if not possible:
        return Reason("mean", _nearest_means(summary))
    return Reason("sd", _nearest_sds(summary, summary.sd, possible))


Ends = tuple[Fraction | None, ...]


def _ends_reason(summary: Summary) -> Reason:
    """Move one printed end as little as need be, else both, until something fits."""
    asked = summary.minimum, summary.maximum
    low, high = summary.scale
    scale = [Fraction(step, summary.items) for step in range(low, high + 1)]

    def moves(ends: Ends) -> list[Fraction]:
        given = zip(asked, ends, strict=True)
        return [abs(Fraction(b or 0) - Fraction(a or 0)) for a, b in given]

    def effort(ends: Ends) -> tuple[int, Fraction]:
        return sum(map(bool, moves(ends))), sum(moves(ends), Fraction(0))

    choices = product(*([None] if end is None else scale for end in asked))
    for _, alike in groupby(sorted(choices, key=effort), effort):
        fit = [ends for ends in alike if _possible(summary, ends)]
        moved = {k for ends in fit for k, step in enumerate(moves(ends)) if step}
        if len(moved) == 1:
            (k,) = moved
            return Reason("max" if k else "min", tuple(str(ends[k]) for ends in fit))
        if fit:
            break
    return Reason("ends", tuple(f"{low}–{high}" for low, high in fit))


def _possible(summary: Summary, ends: Ends) -> bool:
    low, high = ends
    if low is not None and high is not None and low > high:
        return False
    return fits(replace(summary, minimum=low, maximum=high))


def _nearest_means(summary: Summary) -> tuple[str, ...]:
    n = summary.n * summary.items
    place = Fraction(decimal(summary.mean)) * n
    low, high = summary.reach
    below, above = (min(max(end, low), high) for end in (floor(place), ceil(place)))
    return _written((Fraction(total, n) for total in (below, above)), summary.mean)


def _nearest_sds(summary: Summary, printed: str, totals: range) -> tuple[str, ...]:
    """Look from the printed SD outwards for squares that some answers have."""
    n, divisor = summary.n, summary.n - summary.ddof
    sd = Fraction(decimal(printed)) * summary.items
    found = []
    for total in totals:
        least, most = _squares(summary, total)
        near = round(divisor * sd**2 + Fraction(total**2, n))
        start = min(max(near, least), most)
        for ways in (range(start, least - 1, -1), range(start, most + 1)):
            q = next((q for q in ways if fits(summary, [(total, q)])), None)
            if q is not None:
                found.append((q - Fraction(total**2, n)) / divisor)
    below = [variance for variance in found if variance <= sd**2]
    above = [variance for variance in found if variance > sd**2]
    nearest = [*sorted(below)[-1:], *sorted(above)[:1]]
    roots = (Fraction(sqrt(v)) / summary.items for v in nearest)
    return _written(roots, printed)


def _squares(summary: Summary, total: int) -> tuple[int, int]:
    """Bound the sum of squares: all answers together, or all at the ends."""
    n, (low, high) = summary.n, summary.ends
    least, most = squares(high - low, n, total - n * low)
    moved = 2 * low * total - n * low**2
    return least + moved, most + moved


def _written(values: Iterator[Fraction], like: str) -> tuple[str, ...]:
    """Print values with as many decimals as the text they stand beside."""
    unit = Decimal(1).scaleb(int(decimal(like).as_tuple().exponent))
    exact = (Decimal(v.numerator) / Decimal(v.denominator) for v in values)
    return tuple(dict.fromkeys(str(v.quantize(unit, ROUND_HALF_UP)) for v in exact))
