"""The second road: what the printed summary alone implies, in exact fractions.

Nothing here sees an answer, pandas, pingouin or `analysis`. Sums come from the
printed means and standard deviations, shares from the printed counts, counts
from the printed shares; p values from scipy's special functions. Where rounding
leaves more than one value, the two ends of the band are given; where it leaves
none, nothing is.
"""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import product
from math import sqrt
from typing import NamedTuple

from scipy import special

from ecrm_helpers.answers.reconstruct import group_summary
from ecrm_helpers.printed import interval
from ecrm_helpers.printed.blanks import Exact, Quantity, band
from ecrm_helpers.statistics.admissible import anova_cells, sums
from ecrm_helpers.study import Study
from ecrm_helpers.study.published import Value


class Implied(NamedTuple):
    """A value reached from print alone, and how (a phrase's key)."""

    value: Quantity
    how: str


def implied(values: Mapping[str, Value], study: Study) -> dict[str, Implied]:
    """Reach every quantity that the printed text alone determines.

    Parameters
    ----------
    study : Study
        Its choice questions and groups.

    Returns
    -------
    dict of quantity to Implied
    """
    found = dict(_dates(values))
    for name, question in study.questions.items():
        if question.published == "distribution":
            found |= _shares(values, name, list(question.levels))
    groups, scale = list(study.questions["q10"].levels), study.questions["q11"].scale
    assert scale is not None  # a scale question has one
    return found | _correlation(values) | _groups(values, groups, scale)


def _dates(values: Mapping[str, Value]) -> Iterator[tuple[str, Implied]]:
    opened, closed = (
        datetime.datetime.strptime(values[f"period_{end}"].printed, "%d/%m/%Y")
        for end in ("start", "end")
    )
    yield "period.days", Implied((closed - opened).days + 1, "road_dates")


def _shares(
    values: Mapping[str, Value], question: str, levels: Sequence[str]
) -> dict[str, Implied]:
    """Shares from counts; counts from shares, where one whole number fits."""
    counts = {key: int(values[f"{question}_{key}_n"].printed) for key in levels}
    total = sum(counts.values())
    found = {
        f"{question}.total.n": Implied(total, "road_sum"),
        f"{question}.total.percent": Implied(Fraction(100), "road_sum"),
        "sample.n": Implied(total, "road_sum"),
        "h2.n": Implied(total, "road_sum"),
    }
    for key, count in counts.items():
        share = Implied(Fraction(100 * count, total), "road_share")
        found[f"{question}.{key}.percent"] = share
        printed = interval(values[f"{question}_{key}_pct"].printed)
        fitting = printed.mapped(Fraction(total, 100)).integers()
        if len(fitting) == 1:
            found[f"{question}.{key}.n"] = Implied(fitting[0], "road_count")
    if {"employee", "student"} <= counts.keys():
        most = Fraction(100 * (counts["employee"] + counts["student"]), total)
        found[f"{question}.employee_or_student.percent"] = Implied(most, "road_share")
    return found


def _correlation(values: Mapping[str, Value]) -> dict[str, Implied]:
    """Test the printed r at both ends of its rounding, by the incomplete beta."""
    low, high, *_ = interval(values["h2_r"].printed)
    df = int(values["h2_n"].printed) - 2
    p = [float(special.betainc(df / 2, 0.5, float(1 - r**2))) for r in (high, low)]
    return {
        "h2.r_self": Implied(Fraction(1), "road_identity"),
        "h2.p": Implied((p[0], p[1]), "road_beta"),
        "h2.shared_variance.percent": Implied((100 * low**2, 100 * high**2), "road_r"),
    }


def _groups(
    values: Mapping[str, Value], groups: Sequence[str], scale: tuple[int, int]
) -> dict[str, Implied]:
    """Everything of Q11 by Q10, for all sums that round to the printed rows."""
    rows = [group_summary(values, key, scale) for key in groups]
    sizes = [row.n for row in rows]
    ends = [row.ends for row in rows]
    reached = [
        _described(sizes, ends, combined, groups)
        for combined in product(*(sums(row) for row in rows))
    ]
    found = {
        name: Implied(band(each[name] for each in reached), "road_sums")
        for name in (reached[0] if reached else ())
    }
    most = [_most_fives(row.n, pair, row.ends[1]) for row in rows for pair in sums(row)]
    if len(most) == len(rows) and set(ends) <= {(1, 4), (1, 5)}:
        share = Fraction(100 * sum(most), sum(sizes))
        found["q11.above_midpoint.percent"] = Implied(share, "road_solved")
    return found


def _described(
    sizes: Sequence[int],
    ends: Sequence[tuple[int, int]],
    combined: Sequence[tuple[int, int]],
    groups: Sequence[str],
) -> dict[str, Exact]:
    """Describe the groups and their total, and compare them, from their sums."""
    n, s, q = sum(sizes), sum(s for s, _ in combined), sum(q for _, q in combined)
    low, high = min(a for a, _ in ends), max(b for _, b in ends)
    whole = (
        *zip(groups, sizes, combined, ends, strict=True),
        ("total", n, (s, q), (low, high)),
    )
    found: dict[str, Exact] = {}
    for name, size, (total, squares), (least, most) in whole:
        mean = Fraction(total, size)
        variance = (squares - mean * total) / (size - 1)
        half = float(special.stdtrit(size - 1, 0.975)) * sqrt(variance / size)
        row: dict[str, Exact] = {"n": size, "mean": mean, "min": least, "max": most}
        row |= {"sd": _root(variance), "se": _root(variance / size)}
        row |= {"low": float(mean) - half, "high": float(mean) + half}
        found |= {f"h3.{name}.{key}": value for key, value in row.items()}
    df = len(sizes) - 1, n - len(sizes)
    cells = anova_cells(sizes, tuple(combined))
    found |= {f"h3.{key}": value for key, value in cells.items() if value is not None}
    f = float(cells["f"] or 0)
    found |= {"h3.df_between": df[0], "h3.df_within": df[1], "h3.df_total": n - 1}
    return found | {"h3.p": float(special.fdtrc(*df, f))}


def _root(value: Fraction) -> Fraction:
    """Give a square root to 28 digits."""
    return Fraction((Decimal(value.numerator) / Decimal(value.denominator)).sqrt())


def _most_fives(n: int, pair: tuple[int, int], high: int) -> int:
    """Give the most answers of 5 that a row from 1 to `high` (4 or 5) allows.

    With c4 and c5 tried, the three sums n, S, Q leave c1, c2, c3 one solution.
    """
    best = 0
    for c5, c4 in product(range(1, n), range(n)) if high == 5 else ():
        m, s, q = n - c4 - c5, pair[0] - 4 * c4 - 5 * c5, pair[1] - 16 * c4 - 25 * c5
        c3, odd = divmod(q - m - 3 * (s - m), 2)
        c2 = s - m - 2 * c3
        if not odd and min(c2, c3) >= 0 and c2 + c3 < m:
            best = max(best, c5)
    return best
