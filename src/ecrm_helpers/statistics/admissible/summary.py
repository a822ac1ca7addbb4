"""A printed row, and the sums that round to it."""

from dataclasses import dataclass
from fractions import Fraction

from ecrm_helpers.printed import Interval, Rounding, Wrong, interval

#: More pairs of sums than this are not gone through.
MOST_SUMS = 2_000_000


class AdmissibleError(Wrong):
    """The summary cannot be used, or its space not be listed."""


@dataclass(frozen=True)
class Summary:
    """One printed row: n, mean, SD, scale, and how they were made.

    `mean` and `sd` are text, as printed; `sd` is None where only the mean is.
    `low` and `high` bound the scale; `minimum` and `maximum` are the lowest and
    the highest answer given, where they are printed. `ddof` is 1 for the sample
    SD, 0 for the population SD. An answer is a whole number, or with `items`
    the mean of so many whole numbers: a scale in steps of 1/items.
    """

    n: int
    mean: str
    sd: str | None
    low: int
    high: int
    minimum: int | Fraction | None = None
    maximum: int | Fraction | None = None
    ddof: int = 1
    rounding: Rounding = "either"
    items: int = 1

    @property
    def scale(self) -> tuple[int, int]:
        """The lowest and the highest point, in steps."""
        return self.low * self.items, self.high * self.items

    @property
    def ends(self) -> tuple[int, int]:
        """The lowest and the highest answer that the row allows, in steps."""
        low, high = self.scale
        low = low if self.minimum is None else int(self.minimum * self.items)
        return low, high if self.maximum is None else int(self.maximum * self.items)

    @property
    def attained(self) -> set[int]:
        """The points that were answered at least once, in steps."""
        ends = (self.minimum, self.maximum)
        return {int(end * self.items) for end in ends if end is not None}

    @property
    def reach(self) -> tuple[int, int]:
        """The least and the greatest sum; attained ends take one answer each."""
        low, high = self.ends
        least = low * self.n + sum(point - low for point in self.attained)
        return least, high * self.n - sum(high - point for point in self.attained)


def sums(summary: Summary) -> list[tuple[int, int]]:
    r"""List the pairs (sum, sum of squares) that round to the printed values.

    Returns
    -------
    list of (int, int)
        In ascending order; empty when the printed mean or SD cannot occur.

    Raises
    ------
    AdmissibleError
        There are fewer than 2 answers, no SD, or no 2 to 101 points, the
        minimum and maximum do not lie in order on it, the SD is negative, or
        so many answers with so few decimals leave too many pairs.

    Notes
    -----
    .. math:: Q = (n - \mathit{ddof}) s^2 + S^2 / n, \qquad S \equiv Q \pmod 2

    GRIM [1]_ is the case in which no `S` is left, GRIMMER that in which no
    `Q` is.

    References
    ----------
    .. [1] Brown & Heathers (2017). Soc. Psychol. Personal. Sci. 8, 363-369.
       doi:10.1177/1948550616673876

    Examples
    --------
    >>> sums(Summary(12, "2.58", ",900", 1, 7))
    [(31, 89)]
    >>> sums(Summary(28, "5.19", "1.00", 1, 7))
    []
    """
    require_sense(summary)
    n, variance = summary.n, _variance(summary)
    means = interval(summary.mean, summary.rounding).mapped(n * summary.items)
    totals = means.integers()
    spread = int((variance.high - variance.low) * n)
    if len(totals) * spread > MOST_SUMS:
        row = {"n": n, "mean": summary.mean, "sd": summary.sd}
        k = len(totals) * spread
        raise AdmissibleError("too_many_sums", k=k, most=MOST_SUMS, **row)
    found = []
    for total in totals:
        squares = variance.mapped(n - summary.ddof, Fraction(total**2, n))
        found += [(total, q) for q in squares.integers() if (q - total) % 2 == 0]
    return found


def require_sense(summary: Summary) -> None:
    """Refuse a row that cannot be meant; see `sums`."""
    scale = {"low": summary.low, "high": summary.high}
    points = summary.scale[1] - summary.scale[0] + 1
    minimum, maximum = summary.ends
    if summary.n < 2:
        raise AdmissibleError("too_few_answers", n=summary.n)
    if not 2 <= points <= 101:
        raise AdmissibleError("scale_points", points=points, **scale)
    if not summary.scale[0] <= minimum <= maximum <= summary.scale[1]:
        low, high = (Fraction(end, summary.items) for end in (minimum, maximum))
        ends = {"minimum": low, "maximum": high}
        raise AdmissibleError("ends_off_scale", **ends, **scale)
    for end in (summary.minimum, summary.maximum):
        if end is not None and Fraction(end * summary.items).denominator > 1:
            raise AdmissibleError("no_step", end=end, items=summary.items)
    if summary.sd is not None and interval(summary.sd).high < 0:
        raise AdmissibleError("sd_negative", sd=summary.sd)


def _variance(summary: Summary) -> Interval:
    if summary.sd is None:
        raise AdmissibleError("sd_missing")
    steps = interval(summary.sd, summary.rounding).mapped(summary.items)
    low, high, low_in, high_in = steps
    if low < 0:
        low, low_in = Fraction(0), True
    return Interval(low**2, high**2, low_in, high_in)
