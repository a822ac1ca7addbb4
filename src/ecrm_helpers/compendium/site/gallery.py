"""The gallery: every figure of the pages, with what it says to who cannot see it."""

import base64
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

from ecrm_helpers.compendium.render.exporters import sections
from ecrm_helpers.compendium.render.pictures import DPI, png
from ecrm_helpers.compendium.render.record import Page, Shown
from ecrm_helpers.compendium.site.index import FILES
from ecrm_helpers.printed import Edition, joined, say

#: Of the small pictures that the page holds; its links lead to the large ones.
_SMALL = (110, 32)


def gallery(pages: Sequence[Page], home: Path, edition: Edition) -> str:
    """Write the page of all figures.

    Parameters
    ----------
    pages : sequence of Page
        The records of the pages, in order.
    home : path
        The edition's folder, which holds the figures' files.

    Returns
    -------
    str
        Small pictures with captions, text alternatives and links to the files.
    """
    parts = [
        (page.title, "".join(_entries(figures, page.name, home, edition)))
        for page in pages
        if (figures := [s for s in page.shown if s.kind == "figure" and s.files])
    ]
    intro = [say("gallery_intro", edition, dpi=DPI)]
    synthetic = any(page.synthetic for page in pages)
    title = say("gallery", edition)
    return str(sections(title, parts, edition, intro=intro, synthetic=synthetic))


def _entries(
    figures: Iterable[Shown], page: str, home: Path, edition: Edition
) -> Iterable[str]:
    for figure in figures:
        alt = escape(figure.alternative)
        label = f'<a href="{page}.html#{figure.id}">{escape(figure.label)}</a>'
        links = [
            f'<a href="../{file}">{FILES[Path(file).suffix]}</a>'
            for file in figure.files
        ]
        yield (
            f'<figure id="{figure.id}">'
            f'<img alt="{alt}" src="{_small(home / figure.files[0])}"><figcaption>'
            f'<span class="number">{label}</span>{escape(figure.caption)}'
            f"</figcaption></figure><p>{say('alternative', edition, text=alt)}</p>"
            f"<p>{joined(links, edition)}</p>"
        )


def _small(path: Path) -> str:
    """Give a picture for the page itself: of a drawing a small one."""
    content, kind = path.read_bytes(), path.suffix.removeprefix(".")
    if kind == "svg":
        content, kind = png(content, *_SMALL), "png"
    return f"data:image/{kind};base64,{base64.b64encode(content).decode()}"
