"""The ledger: each printed number beside its recomputed value, and a verdict.

A match with a number that the data were built from says only that they were
built so; the ledger keeps such matches apart and never counts them as
evidence. A verdict other than agreement carries the reason that
``data/published/reasons.csv`` declares for it.
"""

import csv
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path

import pandas as pd

from ecrm_helpers.analysis import Anova
from ecrm_helpers.printed import Edition, Value, agrees, decimal, number, read_values, say, scientific
from ecrm_helpers.shown.piece import Piece
from ecrm_helpers.shown.tables import table
from ecrm_helpers.study import ROOT

#: Verdicts on a number that agrees with its recomputed value.
AGREEMENT = ("exact", "rounds_to")

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
    >>> verdict("42.5", "percent", 100 * 31 / 73), verdict("43%", "percent", 100 * 31 / 73)
    ('rounds_to', 'rounded_twice')
    >>> verdict("73", "n", 73), verdict("2.85", "mean", 2.58)
    ('exact', 'contradicted')
    """
    if statistic == "percent_lower_bound":
        return "rounds_to" if value > float(decimal(printed)) else "contradicted"
    if Fraction(decimal(printed)) == Fraction(repr(float(value))):
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
    >>> counts = pd.DataFrame({"n": [1, 3], "percent": [25.0, 75.0]}, index=["no", "yes"])
    >>> frequency_quantities("q10", counts)["q10.total.percent"]
    100.0
    """
    table = counts[["n", "percent"]]
    return quantities(question, pd.concat([table, table.sum().to_frame("total").T]))


def anova_quantities(prefix: str, result: Anova) -> dict[str, float]:
    """Name every cell of an analysis of variance as a quantity."""
    cells = asdict(result)
    return {f"{prefix}.{k}": v for k, v in cells.items() if not isinstance(v, dict)}


def compare(part: str, recomputed: Mapping[str, float], folder: Path) -> list[Row]:
    """Hold one notebook's share of the printed numbers against its results.

    Parameters
    ----------
    part : str
        The notebook's number, such as ``"03"``.
    recomputed : mapping of quantity to float
        Everything the notebook recomputed, at full precision.
    folder : path
        Holds ``values.csv`` and ``reasons.csv``.

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
            f"part {part}: printed but not recomputed: {sorted(asked - recomputed.keys())}; "
            f"recomputed but not printed: {sorted(recomputed.keys() - asked)}"
        )
    reasons = _read_reasons(folder / "reasons.csv")
    return [
        _judge(value, recomputed.get(value.quantity), reasons.get(value.id))
        for value in values
        if value.known != "context"
    ]


def _read_reasons(path: Path) -> dict[str, dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def _judge(
    value: Value, recomputed: float | None, reason: dict[str, str] | None
) -> Row:
    """Compute the verdict of a number; take a declared one for a claim in words."""
    row = Row(
        value.id, value.part, value.section, value.place, value.item_fr, value.item_en,
        value.statistic, value.printed, value.known, recomputed, "undeclared",
    )
    if recomputed is not None:
        found = verdict(value.printed, value.statistic, recomputed)
        if found in AGREEMENT:
            return replace(row, verdict=found)
        if reason is None or reason["verdict"] != found:
            return row
    if reason is None:
        return row
    return replace(
        row, verdict=reason["verdict"], reason_fr=reason["fr"], reason_en=reason["en"]
    )


def agreement(
    part: str,
    recomputed: Mapping[str, float],
    edition: Edition,
    folder: Path | str = "data/published",
) -> Piece:
    """Show one notebook's part of the agreement with the thesis.

    Parameters
    ----------
    part : str
        The notebook's number.
    recomputed : mapping of quantity to float
        Everything the notebook recomputed.
    edition : {"fr", "en"}
        The language.
    folder : path
        Of the published values; a relative path starts at the compendium's
        folder.

    Returns
    -------
    Piece
        Its content holds the rows.
    """
    rows = compare(part, recomputed, ROOT / folder)
    shown = pd.DataFrame(
        {
            say("place", edition): [_place(r, edition) for r in rows],
            say("item", edition): [_item(r, edition) for r in rows],
            say("printed", edition): [r.printed for r in rows],
            say("recomputed", edition): [_shown(r, edition) for r in rows],
            say("known_as", edition): [say(r.known, edition) for r in rows],
            say("verdict", edition): [_reasoned(r, edition) for r in rows],
        },
        index=pd.RangeIndex(1, len(rows) + 1),
    )
    piece = table(
        shown, f"agreement-{part}", say("caption_agreement", edition), edition,
        source="source_published", note=summary(rows, edition),
    )
    return replace(piece, kind="ledger", content=[asdict(row) for row in rows])


def _place(row: Row, edition: Edition) -> str:
    # Tables of the tri à plat go by their question's number in both editions.
    named = row.place if row.place.startswith("Q") else say(f"place_{row.place}", edition)
    return say("section_of", edition, section=row.section, place=named)


def _item(row: Row, edition: Edition) -> str:
    item = row.item_fr if edition == "fr" else row.item_en
    return f"{item}, {say(row.statistic, edition)}"


def _shown(row: Row, edition: Edition) -> str:
    """Write the recomputed value with two decimals more than were printed."""
    if row.recomputed is None:
        return ""
    if 0 < abs(row.recomputed) < 1e-5:
        return scientific(row.recomputed, edition)
    places = -int(decimal(row.printed).as_tuple().exponent)
    whole = row.recomputed == round(row.recomputed)
    return number(row.recomputed, 0 if whole and not places else places + 2, edition)


def _reasoned(row: Row, edition: Edition) -> str:
    reason = row.reason_fr if edition == "fr" else row.reason_en
    name = say(f"verdict_{row.verdict}", edition)
    return say("because", edition, answer=name, reason=reason) if reason else name


def summary(rows: list[Row], edition: Edition) -> str:
    """Count the verdicts in words, matches that are no evidence apart.

    Examples
    --------
    >>> row = Row("n", "01", "2", "text", "", "", "n", "73", "built_in", 73.0, "exact")
    >>> summary([row], "en")
    '1 value compared: 1 match built into the data (no evidence).'
    """
    built_in = [row for row in rows if row.known == "built_in" and row.verdict in AGREEMENT]
    others = Counter(row.verdict for row in rows if row not in built_in)
    counts = [
        say("counted", edition, n=n, what=say(f"verdict_{name}", edition))
        for name in VERDICTS
        if (n := others[name])
    ]
    if built_in:
        key = "matches_built_in" if len(built_in) > 1 else "match_built_in"
        counts.append(say(key, edition, n=len(built_in)))
    key = "values_compared" if len(rows) > 1 else "value_compared"
    return say(key, edition, n=len(rows), counts=", ".join(counts))
