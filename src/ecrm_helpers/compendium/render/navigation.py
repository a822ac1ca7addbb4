"""The way from page to page: to the index, to the page before, to the next."""

import os
from collections.abc import Sequence
from html import escape

from ecrm_helpers.printed import Edition, say, typeset


def linked(page: str, here: str, order: Sequence[str], edition: Edition) -> str:
    """Put links to the index and to the neighbours at the head of a page.

    Parameters
    ----------
    page : str
        The page, as a template wrote it: with the list of its contents.
    here : str
        Its place in the edition's folder, such as ``"html/errata.html"``.
    order : sequence of str
        The places of all pages, the index first. A page that is not among
        them gets the link to the index alone.

    Returns
    -------
    str

    Examples
    --------
    >>> order = ["index.html", "html/a.html", "html/b.html"]
    >>> page = linked('<nav class="contents">', "html/b.html", order, "en")
    >>> "../index.html" in page, '"a.html"' in page
    (True, True)
    """
    place = order.index(here) if here in order else 0
    links = [("to_index", order[0])] if place or here not in order else []
    if here in order:
        links += [("to_previous", order[place - 1])] if place > 1 else []
        links += [("to_next", target) for target in order[place + 1 : place + 2]]
    listed = "".join(
        f'<li><a href="{escape(_from(here, target))}">{say(key, edition)}</a></li>'
        for key, target in links
    )
    label = escape(typeset(say("navigation", edition), edition))
    head, mark, rest = page.partition("<nav ")
    nav = f'<nav class="pages" aria-label="{label}"><ul>{listed}</ul></nav>\n'
    return head + nav + mark + rest


def _from(here: str, target: str) -> str:
    return os.path.relpath(target, os.path.dirname(here)).replace(os.sep, "/")
