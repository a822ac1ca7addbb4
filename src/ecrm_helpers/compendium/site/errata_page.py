"""The page of errata, with the identities that confirm how the text was read."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup

from ecrm_helpers.compendium.plan import notebook
from ecrm_helpers.compendium.render.exporters import sections
from ecrm_helpers.compendium.render.record import Page
from ecrm_helpers.ledger.errata import errata_list, errata_table, sorted_errata
from ecrm_helpers.ledger.identities import identities_table
from ecrm_helpers.ledger.quantities import facts, recompute
from ecrm_helpers.printed import Edition, say
from ecrm_helpers.study import read_published, read_study
from ecrm_helpers.study.published import Value

#: Notebooks and their pages' records.
Books = Sequence[tuple[Path, Page]]


def errata_page(
    root: Path, edition: Edition, books: Books = (), *, given: bool = False
) -> tuple[BeautifulSoup, dict[str, Any]]:
    """Write the page of errata: those that touch a conclusion, then the others.

    Parameters
    ----------
    books : sequence of (path, Page)
        The notebooks that were run, with the records of their pages: errata link
        to what shows their values.
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
    errata = sorted_errata(published.errata)
    touching = [erratum for erratum in errata if erratum.effect_fr]
    links = _links(published.values, books)
    shown = errata_table(errata, known, edition)
    read = identities_table(published.values, edition)
    first = errata_list(touching, known, edition, links=links)
    rest = errata_list(
        errata[len(touching) :], known, edition, first=len(touching) + 1, links=links
    )
    counts = {"k": len(touching), "rest": len(errata) - len(touching)}
    whole = shown.html.replace("table", "table annex", 1)
    parts = [
        (say("errata_touching", edition, **counts), first),
        (
            say("errata_others", edition, **counts),
            f'<div class="screen annex">{rest}</div>{whole}',
        ),
        (say("how_read", edition), read.html),
    ]
    standing = "to_reply" if given else "not_endorsed"
    intro = [say(key, edition) for key in ("errata_intro", standing)]
    page = sections(say("errata", edition), parts, edition, intro=intro, lead="E")
    return page, {piece.id: piece.content for piece in (shown, read)}


def _links(values: Mapping[str, Value], books: Books) -> dict[str, tuple[str, str]]:
    """Say where each value is shown: address and name of table or agreement."""
    found = {}
    for book, page in books:
        part, places = book.stem[:2], notebook.named(book, "shows")
        labels = {shown.id: shown.label.strip(" .") for shown in page.shown}
        for name, value in values.items():
            where = places.get(value.place, f"agreement-{part}")
            if value.part == part and where in labels:
                found[name] = (f"{book.stem}.html#{where}", labels[where])
    return found
