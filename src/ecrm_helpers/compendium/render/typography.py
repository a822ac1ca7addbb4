"""The text of a page as print wants it: apostrophes, quotation marks, spaces, code."""

import re
from collections.abc import Iterator
from html import escape

from bs4 import BeautifulSoup, NavigableString, Tag

from ecrm_helpers.printed import Edition, typeset

#: Attributes that hold text for a reader.
_READ = {"alt", "title", "aria-label", "data-number", "data-label"}

#: Whose text is no running text.
_CODED = {"pre", "code", "style", "script", "math"}

_CODE = re.compile(r"`([^`]+)`")


def texts(part: Tag, holding: re.Pattern[str]) -> Iterator[NavigableString]:
    """Give the running texts that hold a pattern; code is no running text."""
    for text in list(part.find_all(string=True)):
        if holding.search(text) and _CODED.isdisjoint(p.name for p in text.parents):
            yield text


def set_page(page: BeautifulSoup, edition: Edition) -> None:
    """Set all that is read on a page; what stands between backticks as code."""
    for text in texts(page, _CODE):
        written = _CODE.sub(r"<code>\1</code>", escape(str(text), quote=False))
        text.replace_with(BeautifulSoup(written, "html.parser"))
    for text in texts(page, re.compile(".")):
        kept = typeset(str(text), edition)
        if kept != text:
            text.replace_with(NavigableString(kept))
    for part in page.find_all(True):
        for name in part.attrs.keys() & _READ:
            part[name] = typeset(str(part[name]), edition)
