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

    `mean` and `sd` are text, as printed. `low` and `high` bound the scale;
    `minimum` and `maximum` are the lowest and the highest answer given, where
    they are printed. `ddof` is 1 for the sample SD, 0 for the population SD.
    """

    n: int
    mean: str
    sd: str
    low: int
    high: int
    minimum: int | None = None
    maximum: int | None = None
    ddof: int = 1
    rounding: Rounding = "either"

    @property
    def ends(self) -> tuple[int, int]:
        """The lowest and the highest answer that the row allows."""
        low = self.low if self.minimum is None else self.minimum
        return low, self.high if self.maximum is None else self.maximum

    @property
    def attained(self) -> set[int]:
        """The points that were answered at least once."""
        return {p for p in (self.minimum, self.maximum) if p is not None}


def sums(summary: Summary) -> list[tuple[int, int]]:
    r"""List the pairs (sum, sum of squares) that round to the printed values.

    Parameters
    ----------
    summary : Summary
        The printed row.

    Returns
    -------
    list of (int, int)
        In ascending order; empty when the printed mean or SD cannot occur.

    Raises
    ------
    AdmissibleError
        There are fewer than 2 answers, the scale has no 2 to 21 points, the
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
    totals = interval(summary.mean, summary.rounding).mapped(n).integers()
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
    points = summary.high - summary.low + 1
    minimum, maximum = summary.ends
    if summary.n < 2:
        raise AdmissibleError("too_few_answers", n=summary.n)
    if not 2 <= points <= 21:
        raise AdmissibleError("scale_points", points=points, **scale)
    if not summary.low <= minimum <= maximum <= summary.high:
        ends = {"minimum": minimum, "maximum": maximum}
        raise AdmissibleError("ends_off_scale", **ends, **scale)
    if interval(summary.sd).high < 0:
        raise AdmissibleError("sd_negative", sd=summary.sd)


def _variance(summary: Summary) -> Interval:
    low, high, low_in, high_in = interval(summary.sd, summary.rounding)
    if low < 0:
        low, low_in = Fraction(0), True
    return Interval(low**2, high**2, low_in, high_in)
