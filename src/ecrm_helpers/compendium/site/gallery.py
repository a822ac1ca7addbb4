"""The gallery: every figure of the pages, with what it says to who cannot see it."""

import base64
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

from bs4 import BeautifulSoup, Tag

from ecrm_helpers.compendium.render.exporters import sections
from ecrm_helpers.compendium.render.pictures import DPI, png, svg_of
from ecrm_helpers.compendium.site.index import FILES
from ecrm_helpers.printed import Edition, joined, say

#: Of the small pictures that the page holds; its links lead to the large ones.
_SMALL = (110, 32)


def gallery(pages: Sequence[Path], edition: Edition) -> str:
    """Write the page of all figures.

    Parameters
    ----------
    pages : sequence of path
        The HTML pages, in order.
    edition : {"fr", "en"}
        The language.

    Returns
    -------
    str
        Small pictures with captions, text alternatives and links to the files.
    """
    read = [BeautifulSoup(p.read_text(encoding="utf-8"), "html.parser") for p in pages]
    parts = [
        (soup.title.get_text(), "".join(_entries(found, page.name, edition)))
        for page, soup in zip(pages, read, strict=True)
        if soup.title and (found := soup.select("figure[id][data-number]"))
    ]
    intro = [say("gallery_intro", edition, dpi=DPI)]
    synthetic = any(soup.select_one(".band") for soup in read)
    title = say("gallery", edition)
    return sections(title, parts, edition, intro=intro, synthetic=synthetic)


def _entries(figures: Iterable[Tag], page: str, edition: Edition) -> Iterable[str]:
    for figure in figures:
        image, caption = figure.img, figure.figcaption
        assert image is not None
        assert caption is not None
        svg, name, alt = svg_of(image), str(figure["id"]), escape(str(image["alt"]))
        stem = f"../figures/{figure['data-number']}-{name}"
        for link in caption.select(".number a"):
            link["href"] = f"{page}#{name}"
        links = []
        source = str(image["src"])
        if svg is not None:
            links = [(kind, f"{stem}.{end}") for end, kind in FILES["figures"].items()]
            small = base64.b64encode(png(svg, *_SMALL)).decode()
            source = f"data:image/png;base64,{small}"
        listed = joined([f'<a href="{to}">{word}</a>' for word, to in links], edition)
        yield (
            f'<figure id="{name}"><img alt="{alt}" src="{source}">'
            f"<figcaption>{caption.decode_contents()}</figcaption></figure>"
            f"<p>{say('alternative', edition, text=alt)}</p><p>{listed}</p>"
        )
