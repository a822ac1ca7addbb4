"""The errata: what is inconsistent in the text, what holds, and a better wording.

They describe the text, not its author. Their numbers are filled in from what
was recomputed, so that an erratum cannot outlive the number it speaks of.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from ecrm_helpers.printed import Edition, say
from ecrm_helpers.printed.blanks import Quantity, fill
from ecrm_helpers.rows import read_rows
from ecrm_helpers.shown.piece import Piece
from ecrm_helpers.shown.tables import table
from ecrm_helpers.study.published import Value


class Erratum(NamedTuple):
    """One inconsistency, with its place and a corrected wording.

    `lines` are those of the OCR text; `printed` quotes a few words of them. An
    empty effect means that no conclusion depends on it. `values` names the rows
    of ``values.csv`` it concerns.
    """

    id: str
    lines: str
    place_fr: str
    place_en: str
    printed: str
    holds_fr: str
    holds_en: str
    effect_fr: str
    effect_en: str
    corrected_fr: str
    corrected_en: str
    values: str

    def text(self, what: str, edition: Edition) -> str:
        """Give place, holds, effect or corrected in one edition."""
        return str(getattr(self, f"{what}_{edition}"))


def read_errata(path: Path, values: Mapping[str, Value]) -> list[Erratum]:
    """Read the errata.

    Raises
    ------
    ValueError
        The file is no such table, or an erratum names a value that is not in
        ``values.csv``.
    """
    errata = [Erratum(**row) for row in read_rows(path, Erratum._fields)]
    unknown = [
        f"  {e.id}: {name}"
        for e in errata
        for name in e.values.split()
        if name not in values
    ]
    if unknown:
        raise ValueError(
            f"{path}: {len(unknown)} name(s) not in values.csv\n" + "\n".join(unknown)
        )
    return errata


def errata_table(
    errata: list[Erratum], facts: Mapping[str, Quantity], edition: Edition
) -> Piece:
    """Show the errata as a table.

    Parameters
    ----------
    errata : list of Erratum
        As `read_errata` gives them.
    facts : mapping of str to number or (number, number)
        What their blanks are filled with.

    Returns
    -------
    Piece

    Raises
    ------
    ValueError
        A blank has nothing to be filled with.
    """
    none = say("no_effect", edition)
    quoted = [say("quoted", edition, text=e.printed) for e in errata]
    told = {
        what: [fill(e.text(what, edition), facts, edition) for e in errata]
        for what in ("place", "holds", "effect", "corrected")
    }
    frame = pd.DataFrame(
        {
            say("place", edition): told["place"],
            say("printed", edition): quoted,
            say("what_holds", edition): told["holds"],
            say("effect_on", edition): [effect or none for effect in told["effect"]],
            say("corrected_wording", edition): told["corrected"],
        },
        index=pd.RangeIndex(1, len(errata) + 1),
    )
    return table(
        frame,
        "errata",
        say("caption_errata", edition),
        edition,
        source="source_errata",
    )
