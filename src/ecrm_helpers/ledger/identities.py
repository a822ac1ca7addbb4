"""Identities between printed numbers: what confirms that they were read right.

The printed values come from an OCR text. A digit misread in one cell would
break the identities that tie the cell to others: a standard error to its
standard deviation, a mean square to its sum of squares, counts to their total.
Each identity is held in intervals: it holds when some values that round to the
printed cells satisfy it, so no tolerance is chosen.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import sqrt

import pandas as pd
from scipy import special

from ecrm_helpers.printed import Edition, interval, keyed, say
from ecrm_helpers.shown.piece import Piece
from ecrm_helpers.shown.tables import table
from ecrm_helpers.study.published import Value

#: What each identity says.
IDENTITY = keyed(
    "identity_",
    "identity_counts_add identity_shares_of_counts identity_text_repeats "
    "identity_groups_add identity_se_of_sd identity_interval_of_se "
    "identity_ss_of_sd identity_anova_cells",
)

#: Of these, what is held between the tables of questions.
_FIRST = ("counts_add", "shares_of_counts", "text_repeats")

#: Rows of the Descriptives table.
ROWS = ("no", "yes", "total")


@dataclass(frozen=True)
class Identities:
    """Identities of one kind: in how many places there is one, and it holds."""

    name: str
    part: str
    hold: int
    of: int


@dataclass(frozen=True)
class _Print:
    """The printed cells, with the ends of what they may stand for."""

    values: Mapping[str, Value]

    def ends(self, cell: str) -> tuple[float, float]:
        low, high, *_ = interval(self.values[cell].printed)
        return float(low), float(high)

    def gives(self, cell: str, formula: Callable[..., float], *others: str) -> bool:
        """Tell whether a formula, monotone in each cell, can give a printed cell."""
        reached = [formula(*at) for at in product(*map(self.ends, others))]
        low, high = self.ends(cell)
        return min(reached) <= high and low <= max(reached)

    def whole(self, cell: str) -> int:
        """Read a count, which is printed in full."""
        return int(self.values[cell].printed)


def identities(values: Mapping[str, Value]) -> list[Identities]:
    """Hold every identity between the printed numbers.

    Returns
    -------
    list of Identities
        By kind, in the order of the chapter; none of another's printed values.
    """
    if not {"h3_f", "h3_total_n"} & values.keys():
        return []
    held = (*_of_questions(values), *_of_groups(_Print(values)))
    found: dict[str, list[bool]] = {name: [] for name in IDENTITY}
    for name, holds in held:
        found[name].append(holds)
    return [
        Identities(name, "01" if name in _FIRST else "03", sum(each), len(each))
        for name, each in found.items()
    ]


def _questions(values: Mapping[str, Value]) -> list[str]:
    return [
        k.removesuffix("_total_n")
        for k in values
        if k.startswith("q") and k.endswith("_total_n")
    ]


def _levels(values: Mapping[str, Value], question: str) -> list[str]:
    cells = (k for k in values if k.startswith(f"{question}_") and k.endswith("_n"))
    return [k.removesuffix("_n") for k in cells if k != f"{question}_total_n"]


def _of_questions(values: Mapping[str, Value]) -> Iterator[tuple[str, bool]]:
    whole = _Print(values).whole
    for question in _questions(values):
        total, levels = whole(f"{question}_total_n"), _levels(values, question)
        counts = {level: whole(f"{level}_n") for level in levels}
        yield "counts_add", sum(counts.values()) == total == whole("n")
        for level, count in counts.items():
            printed = interval(values[f"{level}_pct"].printed)
            yield "shares_of_counts", printed.holds(Fraction(100 * count, total))
    for name, value in values.items():
        cell = values.get(name.removesuffix("_text"))
        if cell and name.endswith("_pct_text") and "." in value.printed:
            # A comment that repeats a percentage of a table, digit for digit.
            yield "text_repeats", value.printed.removesuffix("%") == cell.printed


def _of_groups(cells: _Print) -> Iterator[tuple[str, bool]]:
    """Hold the rows of each group, and the analysis of variance of all."""
    n = {row: cells.whole(f"h3_{row}_n") for row in ROWS}
    yield "groups_add", n["no"] + n["yes"] == n["total"]
    df = {k: cells.whole(f"h3_df_{k}") for k in ("between", "within", "total")}
    yield "anova_cells", df["between"] == len(ROWS) - 2
    yield "anova_cells", df["within"] == n["total"] - len(ROWS) + 1
    yield "anova_cells", df["between"] + df["within"] == df["total"]
    for name, cell, formula, others in _formulas(n, df):
        named = [f"h3_{other}" for other in others.split()]
        yield name, cells.gives(f"h3_{cell}", formula, *named)


def _formulas(
    n: Mapping[str, int], df: Mapping[str, int]
) -> Iterator[tuple[str, str, Callable[..., float], str]]:
    """Give each identity's name, its cell, and what gives it of which others."""
    no, yes, total = (n[row] for row in ROWS)
    yield (
        *("groups_add", "total_mean"),
        *(lambda a, b: (no * a + yes * b) / total, "no_mean yes_mean"),
    )
    for row, size in n.items():
        t, root = float(special.stdtrit(size - 1, 0.975)), sqrt(size)
        ends = f"{row}_mean {row}_se"
        yield "se_of_sd", f"{row}_se", lambda sd, k=root: sd / k, f"{row}_sd"
        yield "interval_of_se", f"{row}_ci_low", lambda m, se, t=t: m - t * se, ends
        yield "interval_of_se", f"{row}_ci_high", lambda m, se, t=t: m + t * se, ends
    within = "no_sd yes_sd"
    yield (
        "ss_of_sd",
        "ss_within",
        lambda a, b: (no - 1) * a**2 + (yes - 1) * b**2,
        within,
    )
    yield "ss_of_sd", "ss_total", lambda sd: (total - 1) * sd**2, "total_sd"
    yield "anova_cells", "ss_total", lambda a, b: a + b, "ss_between ss_within"
    for key in ("between", "within"):
        yield "anova_cells", f"ms_{key}", lambda ss, k=df[key]: ss / k, f"ss_{key}"
    yield "anova_cells", "f", lambda a, b: a / b, "ms_between ms_within"
    freedom = df["between"], df["within"]
    yield "anova_cells", "p", lambda f: float(special.fdtrc(*freedom, f)), "f"


def identities_table(values: Mapping[str, Value], edition: Edition) -> Piece:
    """Show how many identities of each kind there are, and hold."""
    found = identities(values)
    frame = pd.DataFrame(
        {
            say("places", edition): [each.of for each in found],
            say("holding", edition): [each.hold for each in found],
        },
        index=[say(IDENTITY[each.name], edition) for each in found],
    )
    return table(
        frame,
        "tab-identities",
        say("caption_identities", edition),
        edition,
        source="source_published",
        note=say("note_identities", edition),
    )
