"""Whether anything fits: a row, a mean alone, a percentage; exact on any scale.

Counting goes through the histograms of a scale; asking whether there is one
does not, so that long scales and means over several items can be asked too.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from ecrm_helpers.printed import Rounding, interval
from ecrm_helpers.statistics.admissible.summary import AdmissibleError, Summary, sums

#: After so many steps a search is given up, and says so.
MOST_STEPS = 2_000_000


def fits(summary: Summary, pairs: Sequence[tuple[int, int]] | None = None) -> bool:
    """Tell whether some answers give a printed row.

    Parameters
    ----------
    pairs : sequence of (int, int), optional
        Take these sums and sums of squares, not those that round to the row.

    Returns
    -------
    bool

    Raises
    ------
    AdmissibleError
        The row makes no sense, or the search was given up.

    Examples
    --------
    >>> fits(Summary(45, "19.4", "19.9", 0, 60))
    True
    >>> fits(Summary(14, "5.18", "1.50", 1, 7))
    False
    >>> fits(Summary(14, "5.18", "1.50", 1, 7, items=2))
    True
    """
    wanted = sums(summary) if pairs is None else pairs
    low, high = summary.ends
    attained = summary.attained
    if any(not low <= point <= high for point in attained):
        return False
    n = summary.n - len(attained)
    for s, q in wanted:
        s, q = s - sum(attained), q - sum(point**2 for point in attained)
        if _exists(n, high - low, s - n * low, q - 2 * low * s + n * low**2):
            return True
    return False


def _exists(n: int, top: int, total: int, squares: int) -> bool:
    """Tell whether n whole numbers from 0 to top have this sum and squares.

    Counts are set from the top down. What is left must lie between the squares
    of equal numbers and of numbers at the ends; the count that leaves it in the
    same place between the two is tried first. What failed is not tried again.
    """
    failed: set[tuple[int, int, int, int]] = set()

    def search(v: int, k: int, s: int, q: int) -> bool:
        if not _within(v, k, s, q) or (v, k, s, q) in failed:
            return False
        if v <= 2:
            return _settled(v, k, s, q)
        if len(failed) > MOST_STEPS:
            asked = {"n": n, "top": top, "total": total, "squares": squares}
            raise AdmissibleError("existence_unsettled", steps=MOST_STEPS, **asked)
        place = _place(v, k, s, q)
        most = min(k, s // v, q // v**2)
        left = [(k - c, s - c * v, q - c * v * v) for c in range(most + 1)]
        left = [each for each in left if _within(v - 1, *each)]
        left.sort(key=lambda each: abs(_place(v - 1, *each) - place))
        if any(search(v - 1, *each) for each in left):
            return True
        failed.add((v, k, s, q))
        return False

    return search(top, n, total, squares)


def squares(v: int, k: int, s: int) -> tuple[int, int]:
    """Give the least and the most squares of k numbers from 0 to v with sum s."""
    level, more = divmod(s, k) if k else (0, 0)
    full, rest = divmod(s, v) if v else (0, 0)
    return k * level**2 + more * (2 * level + 1), full * v**2 + rest**2


def _within(v: int, k: int, s: int, q: int) -> bool:
    if k < 0 or not 0 <= s <= k * v or (q - s) % 2:
        return False
    low, high = squares(v, k, s)
    return low <= q <= high


def _place(v: int, k: int, s: int, q: int) -> Fraction:
    low, high = squares(v, k, s)
    return Fraction(q - low, high - low) if high > low else Fraction(0)


def _settled(v: int, k: int, s: int, q: int) -> bool:
    """With numbers 0, 1 and 2, sum and squares leave one way or none."""
    twos = (q - s) // 2
    return 0 <= twos <= (k if v == 2 else 0) and 0 <= s - 2 * twos <= k - twos


def totals(summary: Summary) -> range:
    """Give the sums of all answers, in steps of the scale, that give the mean.

    Parameters
    ----------
    summary : Summary
        The printed row; its SD is not looked at.

    Returns
    -------
    range
        Empty where the mean is impossible (GRIM [1]_).

    References
    ----------
    .. [1] Brown & Heathers (2017). Soc. Psychol. Personal. Sci. 8, 363-369.
       doi:10.1177/1948550616673876

    Examples
    --------
    >>> totals(Summary(28, "5.19", None, 1, 7)), totals(Summary(28, "5.18", None, 1, 7))
    (range(146, 146), range(145, 146))
    """
    whole = interval(summary.mean, summary.rounding).mapped(summary.n * summary.items)
    found, (least, most) = whole.integers(), summary.reach
    return range(max(found.start, least), max(min(found.stop, most + 1), least))


def counts(percentage: str, n: int, rounding: Rounding = "either") -> range:
    """Give the counts out of n that a printed percentage may stand for.

    Examples
    --------
    >>> counts("17.8", 73), counts("17,9", 73)
    (range(13, 14), range(14, 14))
    """
    found = interval(percentage, rounding).mapped(Fraction(n, 100)).integers()
    return range(max(found.start, 0), max(min(found.stop, n + 1), found.start, 0))


def sizes(rows: Iterable[Summary]) -> list[int]:
    """Give the n of those rows that something fits, a mean alone or with its SD."""
    return [row.n for row in rows if (fits(row) if row.sd is not None else totals(row))]
