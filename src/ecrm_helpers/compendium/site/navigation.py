"""The way from page to page: a bar with every page's name, and to the neighbours."""

import os
from collections.abc import Mapping
from html import escape

from ecrm_helpers.compendium.plan.editions import other_edition
from ecrm_helpers.compendium.plan.project import Project, names
from ecrm_helpers.printed import Edition, say, typeset

_BAR = '<header class="site"></header>'


def placed(page: str, here: str, project: Project, edition: Edition) -> str:
    """Give a page its place on the site: its name, and the way to the others.

    Parameters
    ----------
    page : str
        As a template wrote it: with an empty bar at its head.
    here : str
        Its place in the edition's folder, such as ``"html/errata.html"``.

    Returns
    -------
    str
    """
    from ecrm_helpers.study import read_study  # slow to load

    site = read_study(project.root / project.study).title[edition]
    named = escape(typeset(site, edition))
    page = page.replace("</title>", f" – {named}</title>", 1)
    other = other_edition(project.editions, project.output, edition)
    return linked(page, here, names(project, edition), edition, other)


def linked(
    page: str, here: str, names: Mapping[str, str], edition: Edition, other: str = ""
) -> str:
    """Put links to all pages at the head of a page, to its neighbours at its foot.

    Parameters
    ----------
    page : str
        The page, as a template wrote it: with an empty bar at its head.
    here : str
        Its place in the edition's folder, such as ``"html/errata.html"``.
    names : mapping of str to str
        What each page is called, in the order of reading, under its place.
    other : str
        The folder of the other edition from this one's, where there is one.

    Returns
    -------
    str

    Examples
    --------
    >>> names = {"index.html": "Home", "html/a.html": "A", "html/b.html": "B"}
    >>> page = '<header class="site"></header></main>'
    >>> page = linked(page, "html/b.html", names, "en")
    >>> '<a href="../index.html">Home</a>' in page, "← A" in page
    (True, True)
    """
    items = [
        _item(_from(here, place), name, ' aria-current="page"' * (place == here))
        for place, name in names.items()
    ]
    if other:
        spoken = {"fr": "en", "en": "fr"}[edition]
        told = f' lang="{spoken}" hreflang="{spoken}"'
        items.append(_item(_from(here, f"{other}/{here}"), say("other", edition), told))
    label = escape(typeset(say("navigation", edition), edition))
    bar = f'<nav class="pages" aria-label="{label}"><ul>{"".join(items)}</ul></nav>'
    page = page.replace(_BAR, f'<header class="site">{bar}</header>', 1)
    return page.replace("</main>", f"{_neighbours(here, names, edition)}</main>", 1)


def _neighbours(here: str, names: Mapping[str, str], edition: Edition) -> str:
    """Link to the page before and to the next, each by its name."""
    places = list(names)
    if here not in places:
        return ""
    at = places.index(here)
    before = [(places[at - 1], "← {}")] if at else []
    after = [(place, "{} →") for place in places[at + 1 : at + 2]]
    items = "".join(
        _item(_from(here, place), told.format(names[place]))
        for place, told in before + after
    )
    label = escape(typeset(say("neighbours", edition), edition))
    return f'<nav class="turn" aria-label="{label}"><ul>{items}</ul></nav>'


def _item(target: str, name: str, more: str = "") -> str:
    return f'<li><a href="{escape(target)}"{more}>{escape(name)}</a></li>'


def _from(here: str, target: str) -> str:
    return os.path.relpath(target, os.path.dirname(here)).replace(os.sep, "/")
