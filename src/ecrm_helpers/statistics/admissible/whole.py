"""A whole printed table: groups that must also agree with its total and its ANOVA.

Rounding leaves each group several sums, and not every combination of them
gives the total and the ANOVA that are printed. A minimum and a maximum of the
total bound every group, and some group must attain each.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from itertools import combinations, product
from math import prod

import numpy as np
from numpy.typing import NDArray

from ecrm_helpers.printed import interval
from ecrm_helpers.statistics.admissible.layers import Histograms
from ecrm_helpers.statistics.admissible.space import LIMIT, Measure, space
from ecrm_helpers.statistics.admissible.summary import AdmissibleError, Summary, sums

#: Draws from the rows are tried so often before they are called too few.
MOST_TRIES = 1000

#: Sum and sum of squares of each group.
Sums = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Table:
    """Printed rows of the groups, and what is printed of them together.

    `total` is the row of all answers. `anova` holds printed cells as text,
    under ``ss_between``, ``ms_between``, ``f``, ``ss_within``, ``ms_within``
    and ``ss_total``; any may be left out.
    """

    groups: tuple[Summary, ...]
    total: Summary | None = None
    anova: Mapping[str, str] = field(default_factory=dict)


def agreeing(table: Table) -> list[Sums]:
    """List the sums of all groups that agree with the whole table.

    Returns
    -------
    list
        Combinations of one pair (sum, sum of squares) for each group.

    Raises
    ------
    AdmissibleError
        The total is not of as many answers as the groups have, the rows are
        of different scales, or a printed cell of the analysis of variance is
        not known by that name.

    Examples
    --------
    >>> no = Summary(12, "2.58", ",900", 1, 7, 1, 4)
    >>> yes = Summary(61, "3.41", "1,006", 1, 7, 1, 5)
    >>> agreeing(Table((no, yes), anova={"f": "6.980"}))
    [((31, 89), (208, 770))]
    >>> agreeing(Table((no, yes), anova={"f": "6.890"}))
    []
    """
    n = sum(group.n for group in table.groups)
    rows = (*table.groups, table.total or table.groups[0])
    if rows[-1].n != n and table.total is not None:
        raise AdmissibleError("other_total", total=rows[-1].n, groups=n)
    scales = sorted({row.scale for row in rows})
    if len(scales) > 1:
        raise AdmissibleError("other_scales", scales=scales)
    joined = None if table.total is None else sums(table.total)
    return [
        combined
        for combined in product(*(sums(group) for group in table.groups))
        if (joined is None or tuple(map(sum, zip(*combined, strict=True))) in joined)
        and _anova_fits(table, combined)
    ]


def count(table: Table) -> int:
    """Count the combinations of histograms that fit the whole table.

    Returns
    -------
    int
        Exact at any size.

    Raises
    ------
    AdmissibleError
        As `agreeing` and `space` do.
    """

    @cache
    def counted(group: Summary, pair: tuple[int, int], within: tuple[int, int]) -> int:
        return space(group, [pair], within).count

    # By inclusion and exclusion of the ends that some group must attain.
    ends = sorted(table.total.attained) if table.total else []
    return sum(
        (-1) ** size
        * prod(
            counted(group, pair, _within(table, without))
            for group, pair in zip(table.groups, combined, strict=True)
        )
        for combined in agreeing(table)
        for size in range(len(ends) + 1)
        for without in combinations(ends, size)
    )


def histograms(table: Table, limit: int = LIMIT) -> tuple[Histograms, ...]:
    """List every combination of histograms that fits the whole table.

    Returns
    -------
    tuple of array of int, shape (combinations, points)
        One array for each group; equal rows stand for one combination.

    Raises
    ------
    AdmissibleError
        There are more than `limit`.

    Examples
    --------
    >>> no = Summary(12, "2.58", ",900", 1, 7, 1, 4)
    >>> yes = Summary(61, "3.41", "1,006", 1, 7, 1, 5)
    >>> [len(side) for side in histograms(Table((no, yes)))]
    [134, 134]
    """
    points = int(np.diff(table.groups[0].scale)[0]) + 1
    parts = [[np.zeros((0, points), np.int64) for _ in table.groups]]
    for combined in agreeing(table):
        spaces = [
            space(group, [pair], _within(table))
            for group, pair in zip(table.groups, combined, strict=True)
        ]
        many = prod(found.count for found in spaces)
        if many > limit:
            raise AdmissibleError("too_many_combinations", k=many, limit=limit)
        listed = [found.histograms(limit) for found in spaces]
        places = np.indices([len(group) for group in listed]).reshape(len(listed), -1)
        sides = [group[place] for group, place in zip(listed, places, strict=True)]
        can = _attains(table, sides)
        parts.append([side[can] for side in sides])
    return tuple(np.concatenate(side) for side in zip(*parts, strict=True))


def sample(
    table: Table, k: int, rng: np.random.Generator, measure: Measure = "histograms"
) -> tuple[Histograms, ...]:
    """Draw combinations of histograms that fit the whole table.

    Parameters
    ----------
    measure : {"histograms", "ordered"}
        Every combination of histograms alike, or every combination of ordered
        data sets alike.

    Returns
    -------
    tuple of array of int, shape (k, points)
        One array for each group; equal rows stand for one combination.

    Raises
    ------
    AdmissibleError
        Nothing fits, or so few combinations of draws from the rows fit the
        whole table that it cannot be drawn from in this way.
    """
    if not count(table):
        raise AdmissibleError("nothing_to_draw")
    spaces = [space(group) for group in table.groups]
    kept: list[list[Histograms]] = []
    for _ in range(MOST_TRIES):
        sides = [found.sample(k, rng, measure) for found in spaces]
        can = _agrees(table, sides)
        kept.append([side[can] for side in sides])
        if sum(len(part[0]) for part in kept) >= k:
            return tuple(np.concatenate(side)[:k] for side in zip(*kept, strict=True))
    raise AdmissibleError("too_few_drawn", tried=MOST_TRIES * k, k=k)


def _within(table: Table, without: tuple[int, ...] = ()) -> tuple[int, int]:
    """Give the ends of the total, moved inwards where they are left out."""
    first = table.groups[0]
    low, high = table.total.ends if table.total else first.scale
    return low + (low in without), high - (high in without)


def _agrees(table: Table, sides: list[Histograms]) -> NDArray[np.bool_]:
    """Tell which combinations have sums and ends that the whole table allows."""
    low, high = table.groups[0].scale
    points = np.arange(low, high + 1)
    reached = np.hstack([side @ np.array([points, points**2]).T for side in sides])
    allowed = {sum(combined, ()) for combined in agreeing(table)}
    sums_fit = np.array([tuple(row) in allowed for row in reached.tolist()], bool)
    return sums_fit & _attains(table, sides)


def _attains(table: Table, sides: list[Histograms]) -> NDArray[np.bool_]:
    """Tell which combinations have the minimum and the maximum of the total."""
    if table.total is None:
        return np.ones(len(sides[0]), bool)
    joined = np.sum(sides, axis=0)
    points, (low, high) = (
        np.arange(joined.shape[1]) + table.total.scale[0],
        table.total.ends,
    )
    beyond = joined[:, (points < low) | (points > high)].any(axis=1)
    attained = joined[:, np.isin(points, list(table.total.attained))].all(axis=1)
    return ~beyond & attained


def _anova_fits(table: Table, combined: Sums) -> bool:
    cells = anova_cells([group.n for group in table.groups], combined)
    unknown = sorted(table.anova.keys() - cells.keys())
    if unknown:
        named, known = ", ".join(unknown), ", ".join(cells)
        raise AdmissibleError("no_anova_cell", unknown=named, known=known)
    rule = table.groups[0].rounding
    printed = ((cells[key], interval(text, rule)) for key, text in table.anova.items())
    return all(value is not None and allowed.holds(value) for value, allowed in printed)


def anova_cells(sizes: Sequence[int], combined: Sums) -> dict[str, Fraction | None]:
    """Compute the analysis of variance of groups from their sums, in exact fractions.

    Parameters
    ----------
    sizes : sequence of int
        How many answers each group has.
    combined : tuple of (int, int)
        Sum and sum of squares of each group.

    Returns
    -------
    dict
        Under the names of `Table.anova`; F of x/0 is None.

    Examples
    --------
    >>> anova_cells([12, 61], ((31, 89), (208, 770)))["ss_total"]
    Fraction(5586, 73)
    """
    n, groups = sum(sizes), len(sizes)
    total = sum(s for s, _ in combined)
    squares = Fraction(sum(q for _, q in combined))
    means = sum(Fraction(s * s, m) for (s, _), m in zip(combined, sizes, strict=True))
    between, within = means - Fraction(total**2, n), squares - means
    ms_between, ms_within = between / (groups - 1), within / (n - groups)
    return {
        "ss_between": between,
        "ms_between": ms_between,
        "f": ms_between / ms_within if ms_within else None,
        "ss_within": within,
        "ms_within": ms_within,
        "ss_total": between + within,
    }
