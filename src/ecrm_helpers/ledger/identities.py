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
    told = [
        ("01", "counts_add", _counts_add(values)),
        ("01", "shares_of_counts", _shares(values)),
        ("01", "text_repeats", _repeats(values)),
        ("03", "groups_add", _groups_add(_Print(values))),
        ("03", "se_of_sd", _standard_errors(_Print(values))),
        ("03", "interval_of_se", _intervals(_Print(values))),
        ("03", "ss_of_sd", _sums_of_squares(_Print(values))),
        ("03", "anova_cells", _anova(_Print(values))),
    ]
    found = []
    for part, name, holding in told:
        each = list(holding)
        found.append(Identities(name, part, sum(each), len(each)))
    return found


def _questions(values: Mapping[str, Value]) -> list[str]:
    return [
        k.removesuffix("_total_n")
        for k in values
        if k.startswith("q") and k.endswith("_total_n")
    ]


def _levels(values: Mapping[str, Value], question: str) -> list[str]:
    cells = (k for k in values if k.startswith(f"{question}_") and k.endswith("_n"))
    return [k.removesuffix("_n") for k in cells if k != f"{question}_total_n"]


def _counts_add(values: Mapping[str, Value]) -> Iterator[bool]:
    whole = _Print(values).whole
    for question in _questions(values):
        parts = sum(whole(f"{level}_n") for level in _levels(values, question))
        yield parts == whole(f"{question}_total_n") == whole("n")


def _shares(values: Mapping[str, Value]) -> Iterator[bool]:
    whole = _Print(values).whole
    for question in _questions(values):
        for level in _levels(values, question):
            share = Fraction(100 * whole(f"{level}_n"), whole(f"{question}_total_n"))
            yield interval(values[f"{level}_pct"].printed).holds(share)


def _repeats(values: Mapping[str, Value]) -> Iterator[bool]:
    """Comments that repeat a percentage of a table, digit for digit."""
    for name, value in values.items():
        cell = values.get(name.removesuffix("_text"))
        if cell and name.endswith("_pct_text") and "." in value.printed:
            yield value.printed.removesuffix("%") == cell.printed


def _groups_add(cells: _Print) -> Iterator[bool]:
    n = {row: cells.whole(f"h3_{row}_n") for row in ROWS}
    yield n["no"] + n["yes"] == n["total"]
    means = [f"h3_{row}_mean" for row in ROWS]

    def whole(no: float, yes: float) -> float:
        return (n["no"] * no + n["yes"] * yes) / n["total"]

    yield cells.gives(means[2], whole, *means[:2])


def _standard_errors(cells: _Print) -> Iterator[bool]:
    for row in ROWS:
        root = sqrt(cells.whole(f"h3_{row}_n"))
        yield cells.gives(f"h3_{row}_se", lambda sd, n=root: sd / n, f"h3_{row}_sd")


def _intervals(cells: _Print) -> Iterator[bool]:
    for row in ROWS:
        t = float(special.stdtrit(cells.whole(f"h3_{row}_n") - 1, 0.975))
        for end, half in (("low", -t), ("high", t)):
            yield cells.gives(
                f"h3_{row}_ci_{end}",
                lambda mean, se, half=half: mean + half * se,
                f"h3_{row}_mean",
                f"h3_{row}_se",
            )


def _sums_of_squares(cells: _Print) -> Iterator[bool]:
    df = {row: cells.whole(f"h3_{row}_n") - 1 for row in ROWS}
    sds = [f"h3_{row}_sd" for row in ROWS]

    def within(no: float, yes: float) -> float:
        return df["no"] * no**2 + df["yes"] * yes**2

    yield cells.gives("h3_ss_within", within, *sds[:2])
    yield cells.gives("h3_ss_total", lambda sd: df["total"] * sd**2, sds[2])


def _anova(cells: _Print) -> Iterator[bool]:
    df = {k: cells.whole(f"h3_df_{k}") for k in ("between", "within", "total")}
    yield df["between"] == len(ROWS) - 2
    yield df["within"] == cells.whole("h3_total_n") - len(ROWS) + 1
    yield df["between"] + df["within"] == df["total"]
    ss = [f"h3_ss_{key}" for key in ("between", "within", "total")]
    yield cells.gives(ss[2], lambda between, within: between + within, *ss[:2])
    for key in ("between", "within"):
        yield cells.gives(f"h3_ms_{key}", lambda ss, n=df[key]: ss / n, f"h3_ss_{key}")
    means = ("h3_ms_between", "h3_ms_within")
    yield cells.gives("h3_f", lambda between, within: between / within, *means)
    yield cells.gives(
        "h3_p", lambda f: float(special.fdtrc(df["between"], df["within"], f)), "h3_f"
    )


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
