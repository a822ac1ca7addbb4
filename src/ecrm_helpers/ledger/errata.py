"""The errata: what is inconsistent in the text, what holds, and a better wording.

They describe the text, not its author. Their numbers are filled in from what
was recomputed, so that an erratum cannot outlive the number it speaks of.
"""

from collections.abc import Iterable, Mapping, Sequence
from html import escape

import pandas as pd

from ecrm_helpers.printed import Edition, joined, say
from ecrm_helpers.printed.blanks import Quantity, fill
from ecrm_helpers.shown.piece import Piece
from ecrm_helpers.shown.tables import table
from ecrm_helpers.study.published import Erratum


def sorted_errata(errata: Iterable[Erratum]) -> list[Erratum]:
    """Put those that touch a conclusion first, each kind in the order of the text."""
    return sorted(errata, key=lambda erratum: not erratum.effect_fr)


def errata_list(
    errata: Sequence[Erratum],
    facts: Mapping[str, Quantity],
    edition: Edition,
    *,
    first: int = 1,
    links: Mapping[str, tuple[str, str]],
) -> str:
    """List errata one under the other: what holds, its effect, a better wording.

    Parameters
    ----------
    first : int
        The number of the first.
    links : mapping of value's id to (str, str)
        Where each is shown: address, and what that is called.

    Returns
    -------
    str
        HTML.
    """
    blocks = []
    for number, erratum in enumerate(errata, first):
        told = {
            what: escape(fill(erratum.text(what, edition), facts, edition))
            for what in ("place", "holds", "effect", "corrected")
        }
        quoted = escape(say("quoted", edition, text=erratum.printed))
        found = dict.fromkeys(links[v] for v in erratum.values.split() if v in links)
        shown = joined(
            (f'<a href="{href}">{name}</a>' for href, name in found), edition
        )
        lines = {
            "what_holds": told["holds"],
            "effect_on": told["effect"],
            "corrected_wording": told["corrected"],
            "shown_at": shown,
        }
        rows = "".join(
            f"<p><strong>{said(key, edition)}</strong> {text}</p>"
            for key, text in lines.items()
            if text
        )
        head = f"<strong>{number}.</strong> {told['place']}, {quoted}"
        blocks.append(f'<li id="erratum-{erratum.id}">{head}{rows}</li>')
    return f'<ul class="findings">{"".join(blocks)}</ul>'


def said(key: str, edition: Edition) -> str:
    """Say a heading within a line."""
    return say("lead", edition, text=say(key, edition))


def filled(
    errata: Sequence[Erratum], facts: Mapping[str, Quantity], edition: Edition
) -> dict[str, list[str]]:
    """Fill the blanks of each text of the errata, or fail as `errata_table` does."""
    return {
        what: [fill(e.text(what, edition), facts, edition) for e in errata]
        for what in ("place", "holds", "effect", "corrected")
    }


def errata_table(
    errata: Sequence[Erratum], facts: Mapping[str, Quantity], edition: Edition
) -> Piece:
    """Show the errata as a table.

    Parameters
    ----------
    errata : sequence of Erratum
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
    none, told = say("no_effect", edition), filled(errata, facts, edition)
    quoted = [say("quoted", edition, text=e.printed) for e in errata]
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
        frame, "errata", say("caption_errata", edition), edition, source="source_errata"
    )
