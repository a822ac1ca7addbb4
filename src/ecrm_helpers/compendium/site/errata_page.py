"""The page of errata, with the identities that confirm how the text was read."""

from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup

from ecrm_helpers.compendium.render.exporters import sections
from ecrm_helpers.ledger.errata import errata_table
from ecrm_helpers.ledger.identities import identities_table
from ecrm_helpers.ledger.quantities import facts, recompute
from ecrm_helpers.printed import Edition, say
from ecrm_helpers.study import read_published, read_study


def errata_page(
    root: Path, edition: Edition, *, given: bool = False
) -> tuple[BeautifulSoup, dict[str, Any]]:
    """Write the page of errata.

    Parameters
    ----------
    given : bool
        Whether the pages are made from answers that were given: who gave them
        may be the author, so nothing is said of who took no part.

    Returns
    -------
    (BeautifulSoup, dict)
        The page, and the records of its tables, each under its id.
    """
    published = read_published(read_study(root / "study.yml"), root)
    known = facts(published.values, recompute(root, published))
    shown = errata_table(published.errata, known, edition)
    read = identities_table(published.values, edition)
    parts = [("", shown.html), (say("how_read", edition), read.html)]
    standing = "to_reply" if given else "not_endorsed"
    intro = [say(key, edition) for key in ("errata_intro", standing)]
    page = sections(say("errata", edition), parts, edition, intro=intro, lead="E")
    return page, {piece.id: piece.content for piece in (shown, read)}
