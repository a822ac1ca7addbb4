"""The ledger: each printed number beside its recomputed value, and a verdict.

A match with a number that the data were built from says only that they were
built so; the ledger keeps such matches apart and never counts them as
evidence. A verdict other than agreement carries the reason that
``data/published/reasons.csv`` declares for it.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import isclose
from pathlib import Path

import pandas as pd

from ecrm_helpers.analysis import Anova
from ecrm_helpers.printed import agrees, decimal
from ecrm_helpers.published import Value, read_values
from ecrm_helpers.rows import read_rows

#: A recomputed quantity: a value, or the two ends of what rounding leaves of it.
Quantity = float | tuple[float, float]

#: Verdicts on a number that agrees with its recomputed value.
AGREEMENT = ("exact", "rounds_to")

#: Columns of ``reasons.csv``.
REASON = ("id", "verdict", "fr", "en")

VERDICTS = (
    *AGREEMENT,
    "rounded_twice",
    "contradicted",
    "claim_not_supported",
    "not_derivable",
    "undeclared",
)


@dataclass(frozen=True)
class Row:
    """One printed number or claim, with what was recomputed and the verdict."""

    id: str
    part: str
    section: str
    place: str
    item_fr: str
    item_en: str
    statistic: str
    printed: str
    known: str
    recomputed: float | None
    recomputed_to: float | None
    verdict: str
    reason_fr: str = ""
    reason_en: str = ""


def verdict(printed: str, statistic: str, value: float) -> str:
    """Judge a printed number by its recomputed value.

    Parameters
    ----------
    printed : str
        As printed, decimals kept.
    statistic : str
        ``"percent_lower_bound"`` claims more than the number printed; every
        other statistic claims the number.
    value : float
        Recomputed, at full precision.

    Returns
    -------
    str
        ``"exact"``, ``"rounds_to"``, ``"rounded_twice"`` (the value rounded
        to one more decimal rounds to the number printed, the value itself
        does not) or ``"contradicted"``.

    Examples
    --------
    >>> share = 100 * 31 / 73
    >>> verdict("42.5", "percent", share), verdict("43%", "percent", share)
    ('rounds_to', 'rounded_twice')
    >>> verdict("73", "n", 73), verdict("2.85", "mean", 2.58)
    ('exact', 'contradicted')
    """
    if statistic == "percent_lower_bound":
        return "rounds_to" if value > float(decimal(printed)) else "contradicted"
    # Sums of floats miss a whole number by their last digits on some machines.
    if isclose(decimal(printed), value, rel_tol=1e-12):
        return "exact"
    if agrees(printed, value):
        return "rounds_to"
    finer = Decimal(1).scaleb(int(decimal(printed).as_tuple().exponent) - 1)
    once = Decimal(repr(float(value))).quantize(finer, ROUND_HALF_UP)
    return "rounded_twice" if agrees(printed, Fraction(once)) else "contradicted"


def quantities(prefix: str, frame: pd.DataFrame) -> dict[str, float]:
    """Name each cell of a frame as a quantity: prefix, row, column.

    Examples
    --------
    >>> quantities("q10", pd.DataFrame({"n": [12, 61]}, index=["no", "yes"]))
    {'q10.no.n': 12.0, 'q10.yes.n': 61.0}
    """
    return {
        f"{prefix}.{row}.{column}": float(value)
        for column, values in frame.items()
        for row, value in values.items()
    }


def frequency_quantities(question: str, counts: pd.DataFrame) -> dict[str, float]:
    """Name the counts and percentages of one question, with their totals.

    Examples
    --------
    >>> counts = pd.DataFrame({"n": [1, 3], "percent": [25.0, 75.0]}, ["no", "yes"])
    >>> frequency_quantities("q10", counts)["q10.total.percent"]
    100.0
    """
    table = counts[["n", "percent"]]
    return quantities(question, pd.concat([table, table.sum().to_frame("total").T]))


def anova_quantities(prefix: str, result: Anova) -> dict[str, float]:
    """Name every cell of an analysis of variance as a quantity."""
    cells = asdict(result)
    return {f"{prefix}.{k}": v for k, v in cells.items() if not isinstance(v, dict)}


def compare(
    part: str, recomputed: Mapping[str, Quantity], folder: Path, *, origin: str
) -> list[Row]:
    """Hold one notebook's share of the printed numbers against its results.

    Parameters
    ----------
    part : str
        The notebook's number, such as ``"03"``.
    recomputed : mapping of quantity to float or (float, float)
        Everything the notebook recomputed, at full precision; two ends where
        the published text leaves a band.
    folder : path
        Holds ``values.csv`` and ``reasons.csv``.
    origin : {"reconstructed", "own"}
        Of the answers: on an author's own, no match is built in.

    Returns
    -------
    list of Row
        One per printed number or claim of the part; context is left out.

    Raises
    ------
    ValueError
        A printed number has no recomputed value, or nothing printed asks for
        a value that was recomputed.
    """
    values = [v for v in read_values(folder / "values.csv").values() if v.part == part]
    asked = {value.quantity for value in values} - {""}
    if asked != recomputed.keys():
        raise ValueError(
            f"part {part}: "
            f"printed but not recomputed: {sorted(asked - recomputed.keys())}; "
            f"recomputed but not printed: {sorted(recomputed.keys() - asked)}"
        )
    reasons = {row["id"]: row for row in read_rows(folder / "reasons.csv", REASON)}
    return [
        _judge(value, recomputed.get(value.quantity), reasons.get(value.id), origin)
        for value in values
        if value.known != "context"
    ]


def _judge(
    value: Value, quantity: Quantity | None, reason: dict[str, str] | None, origin: str
) -> Row:
    """Compute the verdict of a number; take a declared one for a claim in words."""
    low, high = quantity if isinstance(quantity, tuple) else (quantity, None)
    row = Row(
        *value[:8],
        known=value.known if origin == "reconstructed" else "compared",
        recomputed=low,
        recomputed_to=high,
        verdict="undeclared",
    )
    if low is not None:
        ends = [low] if high is None else [low, high]
        found = [verdict(value.printed, value.statistic, end) for end in ends]
        worst = max(found, key=VERDICTS.index)
        if worst in AGREEMENT:
            return replace(row, verdict=worst)
        if reason is None or reason["verdict"] != worst:
            return row
    if reason is None:
        return row
    return replace(
        row, verdict=reason["verdict"], reason_fr=reason["fr"], reason_en=reason["en"]
    )
