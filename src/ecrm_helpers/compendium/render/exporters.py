"""Three nbconvert exporters: a page for a thesis, the same as PDF and for Word.

One HTML master per notebook; everything else is made from it. They are
registered with nbconvert as ``thesis-html``, ``thesis-pdf`` and
``thesis-docx`` and take any notebook. Cells tagged with the other language, or
with ``lab``, what is said to someone at work in JupyterLab, are left out.
"""

import base64
import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import jinja2
from bs4 import BeautifulSoup
from jinja2.bccache import Bucket
from nbconvert.exporters import HTMLExporter
from nbconvert.preprocessors import TagRemovePreprocessor
from nbformat import NotebookNode
from traitlets import Unicode, default

from ecrm_helpers.compendium.render import docx, pdf
from ecrm_helpers.compendium.render.finishing import finish
from ecrm_helpers.compendium.render.given import in_force
from ecrm_helpers.compendium.render.paper import TEMPLATES, on_paper
from ecrm_helpers.printed import Edition, say

_OURS = jinja2.Environment(loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True)
_EDITION = re.compile(r"^edition\s*=\s*[\"'](fr|en)[\"']", re.MULTILINE)


class _Compiled(jinja2.BytecodeCache):
    """nbconvert's templates, compiled once for all pages, those of forks too."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key] = bucket.bytecode_to_string()


_COMPILED = _Compiled()


class ThesisHTMLExporter(HTMLExporter):
    """Export a notebook as one self-contained, accessible page."""

    export_from_notebook = "Thesis page (HTML)"
    edition = Unicode(
        "", help="Language of the page, fr or en; found in the notebook if empty."
    ).tag(config=True)

    blob = Unicode(
        "", help="Git's name of the content of the notebook's file, if it is known."
    ).tag(config=True)

    @default("template_name")
    def _template_name_default(self) -> str:
        return "thesis"

    @default("extra_template_basedirs")
    def _extra_template_basedirs_default(self) -> list[str]:
        return [str(TEMPLATES)]

    def _create_environment(self) -> jinja2.Environment:
        environment = super()._create_environment()  # type: ignore[no-untyped-call]
        environment.bytecode_cache = _COMPILED
        return environment

    def from_notebook_node(  # type: ignore[override]
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """Make the page.

        Parameters
        ----------
        nb : NotebookNode
            An executed notebook.
        resources : dict, optional
            As nbconvert passes them; ``metadata.name`` names the page.

        Returns
        -------
        (str, dict)
            The page, and the resources; among them the page as it was read.
        """
        edition = self._edition_of(nb)
        other = {"fr": "en", "en": "fr"}[edition]
        keep = TagRemovePreprocessor(enabled=True, remove_cell_tags={other, "lab"})
        nb, resources = keep.preprocess(in_force(nb, edition), resources or {})
        resources.setdefault("metadata", {}).setdefault("name", "notebook")
        resources["edition"] = edition
        resources["css"] = (TEMPLATES / "thesis.css").read_text(encoding="utf-8")
        resources["words"] = _words(edition)
        resources["blob"] = self.blob
        self.exclude_anchor_links = True
        html, resources = super().from_notebook_node(nb, resources, **kw)
        name = resources["metadata"]["name"]
        annex = nb.metadata.get("ecrm", {}).get("annex", [])
        resources["page"] = finish(html, edition, name, _shown(nb), annex=annex)
        return str(resources["page"]), resources

    def _edition_of(self, nb: NotebookNode) -> Edition:
        """Take the edition asked for, or the one last set in a code cell."""
        cells = [cell.source for cell in nb.cells if cell.cell_type == "code"]
        set_to = _EDITION.findall("\n".join(cells))
        return "en" if (self.edition or (set_to or ["fr"])[-1]) == "en" else "fr"


def _shown(nb: NotebookNode) -> dict[str, list[str]]:
    """Name the table that shows each row of a table of agreement, if there is one."""
    tables = nb.metadata.get("ecrm", {}).get("shows", {})
    outputs = (output for cell in nb.cells for output in cell.get("outputs", []))
    pieces = [output.get("metadata", {}).get("ecrm", {}) for output in outputs]
    return {
        piece["id"]: [
            tables.get(row["place"], piece["id"]) for row in piece["content"]["rows"]
        ]
        for piece in pieces
        if piece.get("kind") == "ledger"
    }


class ThesisDocxExporter(ThesisHTMLExporter):
    """Export a notebook as a Word file, made from its page."""

    export_from_notebook = "Thesis page (Word)"
    paper = docx

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return f".{self.paper.__name__.rpartition('.')[2]}"

    @default("template_extension")
    def _template_extension_default(self) -> str:
        return ".html.j2"  # made from the same page

    def from_notebook_node(  # type: ignore[override]
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[bytes, dict[str, Any]]:
        """Make the file.

        Parameters
        ----------
        nb : NotebookNode
            An executed notebook.
        resources : dict, optional
            As nbconvert passes them; ``metadata.name`` names the page.

        Returns
        -------
        (bytes, dict)
            The file, and the resources.
        """
        _, resources = super().from_notebook_node(nb, resources, **kw)
        resources["output_extension"] = self.file_extension
        return self.paper.from_paper(on_paper([resources["page"]])), resources


class ThesisPDFExporter(ThesisDocxExporter):
    """Export a notebook as an accessible PDF, made from its page."""

    export_from_notebook = "Thesis page (PDF)"
    paper = pdf


def sections(
    title: str,
    parts: Sequence[tuple[str, str]],
    edition: Edition,
    *,
    intro: Sequence[str] = (),
    notice: str = "",
    lead: str = "",
    synthetic: bool = False,
) -> BeautifulSoup:
    """Make a page that is no notebook's.

    Parameters
    ----------
    title : str
        The page's heading.
    parts : sequence of (str, str)
        Heading and HTML of each section.
    intro : sequence of str
        Paragraphs before the first section.
    notice : str
        What must be known before anything is read; shown in a box.
    lead : str
        What the numbers of tables and figures begin with.
    synthetic : bool
        Whether the page is made from synthetic data, and must say so.

    Returns
    -------
    BeautifulSoup
    """
    said = {"title": title, "notice": notice, "intro": intro, "parts": parts}
    html = rendered("page.html.j2", edition, **said)
    return finish(html, edition, lead, synthetic=synthetic)


def rendered(template: str, edition: Edition, **values: object) -> str:
    """Fill in a page's template; it takes its words with ``say(key)``."""
    page = _OURS.get_template(template)
    css = (TEMPLATES / "thesis.css").read_text(encoding="utf-8")
    return page.render(edition=edition, css=css, say=_words(edition), **values)


def _words(edition: Edition) -> Callable[..., str]:
    """Give what says a phrase in a template: its key, and its blanks."""
    return lambda key, **blanks: say(key, edition, **blanks)


def scripted(script: str, block: Mapping[str, object]) -> dict[str, str]:
    """Give a page its script: the text, its hash for the page's policy, its data."""
    text = (TEMPLATES / script).read_text(encoding="utf-8")
    hashed = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    # "<" would end the block if it began a closing tag.
    data = json.dumps(block, ensure_ascii=False).replace("<", r"\u003c")
    return {"script": text, "hash": f"sha256-{hashed}", "data": data}
