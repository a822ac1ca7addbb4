"""The errata: what is inconsistent in the text, what holds, and a better wording.

They describe the text, not its author. Their numbers are filled in from what
was recomputed, so that an erratum cannot outlive the number it speaks of.
"""

from collections.abc import Mapping

import pandas as pd

from ecrm_helpers.printed import Edition, say
from ecrm_helpers.printed.blanks import Quantity, fill
from ecrm_helpers.shown.piece import Piece
from ecrm_helpers.shown.tables import table
from ecrm_helpers.study.published import Erratum


def errata_table(
    errata: list[Erratum], facts: Mapping[str, Quantity], edition: Edition
) -> Piece:
    """Show the errata as a table.

    Parameters
    ----------
    errata : list of Erratum
        As `Published` gives them.
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
