"""A whole printed table: groups that must also agree with its total and its ANOVA.

A total row and an analysis of variance say nothing about the groups that their
sums do not; but rounding leaves each group several sums, and not every
combination of them gives the total and the ANOVA that are printed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product
from math import prod

from ecrm_helpers.admissible.space import space
from ecrm_helpers.admissible.summary import AdmissibleError, Summary, sums
from ecrm_helpers.printed import interval

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

    Parameters
    ----------
    table : Table
        The printed rows and cells.

    Returns
    -------
    list
        Combinations of one pair (sum, sum of squares) for each group.

    Raises
    ------
    AdmissibleError
        The total is not of as many answers as the groups have, or a printed
        cell of the analysis of variance is not known by that name.

    Examples
    --------
    >>> no = Summary(12, "2.58", ",900", 1, 4, attained=True)
    >>> yes = Summary(61, "3.41", "1,006", 1, 5, attained=True)
    >>> agreeing(Table((no, yes), anova={"f": "6.980"}))
    [((31, 89), (208, 770))]
    >>> agreeing(Table((no, yes), anova={"f": "6.890"}))
    []
    """
    n = sum(group.n for group in table.groups)
    if table.total is not None and table.total.n != n:
        raise AdmissibleError(f"the total has n = {table.total.n}; the groups have {n}")
    joined = None if table.total is None else sums(table.total)
    return [
        combined
        for combined in product(*(sums(group) for group in table.groups))
        if (joined is None or tuple(map(sum, zip(*combined, strict=True))) in joined)
        and _anova_fits(table, combined)
    ]


def count(table: Table) -> int:
    """Count the combinations of histograms that fit the whole table.

    Parameters
    ----------
    table : Table
        The printed rows and cells.

    Returns
    -------
    int
        Exact at any size.
    """
    return sum(
        prod(
            space(group, [pair]).count
            for group, pair in zip(table.groups, combined, strict=True)
        )
        for combined in agreeing(table)
    )


def _anova_fits(table: Table, combined: Sums) -> bool:
    cells = anova_cells([group.n for group in table.groups], combined)
    unknown = sorted(table.anova.keys() - cells.keys())
    if unknown:
        raise AdmissibleError(
            f"no ANOVA cell {', '.join(unknown)}; there are {', '.join(cells)}"
        )
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
