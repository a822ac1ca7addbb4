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


def written_out(
    errata: Iterable[Erratum], facts: Mapping[str, Quantity], edition: Edition
) -> list[dict[str, str]]:
    """Give each erratum's texts, with every blank filled."""
    return [
        {
            what: fill(erratum.text(what, edition), facts, edition)
            for what in ("place", "holds", "effect", "corrected")
        }
        for erratum in errata
    ]


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
    every = zip(errata, written_out(errata, facts, edition), strict=True)
    for number, (erratum, texts) in enumerate(every, first):
        told = {what: escape(text) for what, text in texts.items()}
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
    heads = {"place": "place", "printed": "printed", "holds": "what_holds"}
    heads |= {"effect": "effect_on", "corrected": "corrected_wording"}
    frame = pd.DataFrame(written_out(errata, facts, edition), columns=list(heads))
    frame["printed"] = [say("quoted", edition, text=e.printed) for e in errata]
    frame["effect"] = frame["effect"].replace("", say("no_effect", edition))
    frame.columns = pd.Index([say(key, edition) for key in heads.values()])
    frame.index = pd.RangeIndex(1, len(errata) + 1)
    return table(
        frame, "errata", say("caption_errata", edition), edition, source="source_errata"
    )
