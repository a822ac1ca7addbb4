"""The ledger on a page: printed and recomputed values side by side."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path

import pandas as pd

from ecrm_helpers.printed import Edition, decimal, number, say, scientific
from ecrm_helpers.shown.ledger import AGREEMENT, VERDICTS, Quantity, Row, compare
from ecrm_helpers.shown.piece import Piece
from ecrm_helpers.shown.tables import table
from ecrm_helpers.study import ROOT


def show(
    part: str,
    recomputed: Mapping[str, Quantity],
    edition: Edition,
    *,
    origin: str = "reconstructed",
    folder: Path | str = "data/published",
) -> Piece:
    """Show one notebook's part of the agreement with the thesis.

    Parameters
    ----------
    part : str
        The notebook's number.
    recomputed : mapping of quantity to float or (float, float)
        Everything the notebook recomputed; two ends where only a band is known.
    edition : {"fr", "en"}
        The language.
    origin : {"reconstructed", "own"}
        Of the answers the results come from.
    folder : path
        Of the published values; a relative path starts at the compendium's
        folder.

    Returns
    -------
    Piece
        Its content holds the rows.
    """
    rows = compare(part, recomputed, ROOT / folder, origin=origin)
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
        shown,
        f"agreement-{part}",
        say("caption_agreement", edition),
        edition,
        source="source_published",
        note=summary(rows, edition),
    )
    return replace(piece, kind="ledger", content=[asdict(row) for row in rows])


def _place(row: Row, edition: Edition) -> str:
    # Tables of the tri à plat go by their question's number in both editions.
    named = (
        row.place if row.place.startswith("Q") else say(f"place_{row.place}", edition)
    )
    if row.section == "conclusion":
        return say("conclusion", edition)
    return say("section_of", edition, section=row.section, place=named)


def _item(row: Row, edition: Edition) -> str:
    item = row.item_fr if edition == "fr" else row.item_en
    return f"{item}, {say(row.statistic, edition)}"


def _shown(row: Row, edition: Edition) -> str:
    """Write the recomputed value, or the two ends of its band."""
    ends = [end for end in (row.recomputed, row.recomputed_to) if end is not None]
    texts = [_precise(end, row.printed, edition) for end in ends]
    if len(texts) < 2:
        return "".join(texts)
    return say("range", edition, low=texts[0], high=texts[1])


def _precise(value: float, printed: str, edition: Edition) -> str:
    """Write a value with two decimals more than were printed."""
    if 0 < abs(value) < 1e-5:
        return scientific(value, edition)
    places = -int(decimal(printed).as_tuple().exponent)
    whole = value == round(value)
    return number(value, 0 if whole and not places else places + 2, edition)


def _reasoned(row: Row, edition: Edition) -> str:
    reason = row.reason_fr if edition == "fr" else row.reason_en
    name = say(f"verdict_{row.verdict}", edition)
    return say("because", edition, answer=name, reason=reason) if reason else name


def summary(rows: list[Row], edition: Edition) -> str:
    """Count the verdicts in words, matches that are no evidence apart.

    Examples
    --------
    >>> place = ["n", "01", "2", "text", "Total", "Total", "n", "73"]
    >>> row = Row(*place, "built_in", 73.0, None, "exact")
    >>> summary([row], "en")
    '1 value compared: 1 match built into the data (no evidence).'
    """
    built_in = [
        row for row in rows if row.known == "built_in" and row.verdict in AGREEMENT
    ]
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
