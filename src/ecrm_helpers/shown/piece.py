"""A piece of a page: what a notebook cell shows, and what it leaves behind.

A cell ends in a piece. Jupyter displays its HTML; its metadata carry kind, id
and content, so that the compendium can take tables, figures, results and
ledger rows out of an executed notebook and write them to files. A notebook
itself writes nothing.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from html import escape
from typing import Any, Literal

from ecrm_helpers.printed import label_of
from ecrm_helpers.shown.lab import leave_out, numbered

Kind = Literal["table", "figure", "result", "ledger", "origin", "text"]


#: Where a caption begins.
_HEAD = re.compile("<(fig)?caption>")


def badge(text: str, tone: str = "") -> str:
    """Write a verdict as a badge that carries its word; `tone` is its colour.

    Examples
    --------
    >>> badge("contradicted", "no"), badge("not derivable")
    ('<span class="badge no">contradicted</span>', \
'<span class="badge">not derivable</span>')
    """
    return f'<span class="{f"badge {tone}".strip()}">{escape(text)}</span>'


def id_of(question: str) -> str:
    """Give what ids of a question's tables and figures say after ``tab-`` or ``fig-``.

    A letter with a number, such as ``q12``, is no name of anything else on a
    page; every other name gets a prefix, or "reliability" would be two tables.

    Examples
    --------
    >>> id_of("q12"), id_of("reliability")
    ('q12', 'q-reliability')
    """
    numbered = re.fullmatch(r"[A-Za-z]+\d+", question)
    return question if numbered else f"q-{question}"


def slug(name: str) -> str:
    """Write a name as an id: letters, digits and hyphens.

    Examples
    --------
    >>> slug("H 2/b")
    'H-2-b'
    """
    return re.sub(r"[^\w-]+", "-", name)


@dataclass(frozen=True)
class Piece:
    """One thing shown: its HTML, its plain text, and its content for files.

    `content` is what the compendium keeps: the record of a table
    (`tables.table`), SVG text of a figure, a JSON-ready mapping of a result, the
    rows of the ledger with the record of their table, the origin of answers. `without`
    names tags: later cells with one of them are pointless after this piece, and
    the compendium neither runs nor shows them.
    """

    kind: Kind
    id: str
    html: str
    plain: str
    content: Any = field(default=None, repr=False)
    without: tuple[str, ...] = ()

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> tuple[Mapping[str, str], Mapping[str, Any]]:
        leave_out(self.id, self.without)
        data = {"text/html": numbered(self.id, self.html), "text/plain": self.plain}
        kept = {"kind": self.kind, "id": self.id, "content": self.content}
        left_out = {"without": list(self.without)} if self.without else {}
        return data, {"ecrm": {**kept, **left_out}}


def of_hypothesis(name: str, *pieces: Piece) -> list[Piece]:
    """Give pieces the name of a hypothesis, where several have such a piece.

    Ids end with it, and captions begin with it.

    Examples
    --------
    >>> html = '<div id="tab-anova"><caption>ANOVA</caption></div>'
    >>> of_hypothesis("h5", Piece("table", "tab-anova", html, "ANOVA"))[0].html
    '<div id="tab-anova-h5"><caption>H5 – ANOVA</caption></div>'
    """
    lead, made = f"{label_of(name)} – ", []
    for piece in pieces:
        new, plain, content = f"{piece.id}-{slug(name)}", piece.plain, piece.content
        html = piece.html.replace(f'id="{piece.id}"', f'id="{new}"')
        if piece.kind in ("table", "figure"):
            html = _HEAD.sub(lambda tag: tag[0] + escape(lead), html, count=1)
            plain = lead + plain
        if isinstance(content, Mapping):
            content = {**content, "caption": lead + content["caption"]}
        made.append(replace(piece, id=new, html=html, plain=plain, content=content))
    return made
