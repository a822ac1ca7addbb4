"""Two nbconvert exporters: a page for a thesis, and the same page as PDF.

One HTML master per notebook; everything else is made from it. They are
registered with nbconvert as ``thesis-html`` and ``thesis-pdf`` and take any
notebook. Cells tagged with the other language are left out.
"""

import re
from collections.abc import Iterator, Sequence
from html import escape
from importlib.resources import files
from pathlib import Path
from typing import Any

import jinja2
from bs4 import BeautifulSoup, NavigableString, Tag
from latex2mathml.converter import convert as mathml
from nbconvert.exporters import HTMLExporter
from nbconvert.preprocessors import TagRemovePreprocessor
from nbformat import NotebookNode
from traitlets import Unicode, default

from ecrm_helpers.compendium import pdf
from ecrm_helpers.printed import Edition, say

TEMPLATES = Path(str(files("ecrm_helpers").joinpath("templates")))

_EDITION = re.compile(r"^edition\s*=\s*[\"'](fr|en)[\"']", re.MULTILINE)
_MATH = re.compile(r"\$\$(.+?)\$\$|\$(\S(?:.*?\S)?)\$", re.DOTALL)
_SPACED = re.compile(r" (?=[:;!?%»])|(?<=«) ")


class ThesisHTMLExporter(HTMLExporter):
    """Export a notebook as one self-contained, accessible page."""

    export_from_notebook = "Thesis page (HTML)"
    edition = Unicode(
        "", help="Language of the page, fr or en; found in the notebook if empty."
    ).tag(config=True)

    @default("template_name")
    def _template_name_default(self) -> str:
        return "thesis"

    @default("extra_template_basedirs")
    def _extra_template_basedirs_default(self) -> list[str]:
        return [str(TEMPLATES)]

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
            The page, and the resources.
        """
        edition = self._edition_of(nb)
        other = {"fr": "en", "en": "fr"}[edition]
        keep = TagRemovePreprocessor(enabled=True, remove_cell_tags={other})
        nb, resources = keep.preprocess(nb, resources or {})
        resources.setdefault("metadata", {}).setdefault("name", "notebook")
        resources["edition"] = edition
        resources["css"] = (TEMPLATES / "thesis.css").read_text(encoding="utf-8")
        resources["words"] = {k: say(k, edition) for k in ("skip", "contents", "code")}
        self.exclude_anchor_links = True
        html, resources = super().from_notebook_node(nb, resources, **kw)
        return finish(html, edition, resources["metadata"]["name"]), resources

    def _edition_of(self, nb: NotebookNode) -> Edition:
        """Take the edition asked for, or the one last set in a code cell."""
        cells = [cell.source for cell in nb.cells if cell.cell_type == "code"]
        set_to = _EDITION.findall("\n".join(cells))
        return "en" if (self.edition or (set_to or ["fr"])[-1]) == "en" else "fr"


class ThesisPDFExporter(ThesisHTMLExporter):
    """Export a notebook as an accessible PDF, made from its page."""

    export_from_notebook = "Thesis page (PDF)"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".pdf"

    @default("template_extension")
    def _template_extension_default(self) -> str:
        return ".html.j2"  # the PDF is made from the same page

    def from_notebook_node(  # type: ignore[override]
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[bytes, dict[str, Any]]:
        """Make the PDF.

        Parameters
        ----------
        nb : NotebookNode
            An executed notebook.
        resources : dict, optional
            As nbconvert passes them; ``metadata.name`` names the page.

        Returns
        -------
        (bytes, dict)
            The PDF, and the resources.
        """
        html, resources = super().from_notebook_node(nb, resources, **kw)
        resources["output_extension"] = ".pdf"
        return pdf.from_pages([html]), resources


def sections(
    title: str,
    parts: Sequence[tuple[str, str]],
    edition: Edition,
    *,
    intro: Sequence[str] = (),
    notice: str = "",
    synthetic: bool = False,
) -> str:
    """Make a page that is no notebook's.

    Parameters
    ----------
    title : str
        The page's heading.
    parts : sequence of (str, str)
        Heading and HTML of each section.
    edition : {"fr", "en"}
        The language.
    intro : sequence of str
        Paragraphs before the first section.
    notice : str
        What must be known before anything is read; shown in a box.
    synthetic : bool
        Whether the page is made from synthetic data, and must say so.

    Returns
    -------
    str
    """
    loader = jinja2.FileSystemLoader(TEMPLATES)
    template = jinja2.Environment(loader=loader, autoescape=True)
    html = template.get_template("page.html.j2").render(
        edition=edition,
        css=(TEMPLATES / "thesis.css").read_text(encoding="utf-8"),
        title=title,
        notice=notice,
        intro=intro,
        parts=parts,
        say={key: say(key, edition) for key in ("skip", "contents")},
    )
    return finish(html, edition, "", synthetic=synthetic)


def finish(html: str, edition: Edition, name: str, *, synthetic: bool = False) -> str:
    """Give a page what its notebook does not hold: numbers, contents, scopes.

    Parameters
    ----------
    html : str
        The page as the template wrote it.
    edition : {"fr", "en"}
        Its language.
    name : str
        The notebook's name; its leading number numbers tables and figures.
    synthetic : bool
        Whether the page is made from synthetic data; a page whose answers say
        so need not be told.

    Returns
    -------
    str
    """
    page = BeautifulSoup(html, "html.parser")
    main = page.find("main")
    assert isinstance(main, Tag)  # the template writes it
    if synthetic or main.select_one(".notice.synthetic"):
        band = page.new_tag("div", attrs={"class": "band"})
        band.append(page.new_tag("p", string=say("synthetic_band", edition)))
        main.insert(0, band)
    heading = main.find("h1")
    if heading is not None and page.title is not None:
        page.title.string = heading.get_text()
    _write_formulas(main)
    _number(main, edition, name)
    for cell in main.select("thead th, tr:first-child:not(tbody tr) th"):
        cell["scope"] = "colgroup" if int(str(cell.get("colspan", 1))) > 1 else "col"
    for cell in main.select("tbody th"):
        cell["scope"] = "rowgroup" if int(str(cell.get("rowspan", 1))) > 1 else "row"
    for empty in main.select("thead th:empty"):
        empty.name, empty.attrs = "td", {}
    for image in main.select("img:not([alt]), img[alt='']"):
        image["alt"] = say("no_alt", edition)
    for table in main.find_all("table"):
        table.wrap(page.new_tag("div", attrs={"class": "scroll", "tabindex": "0"}))
    _contents(page, main)
    if edition == "fr":
        _space(page)
    return str(page)


def _texts(part: Tag, holding: re.Pattern[str]) -> Iterator[NavigableString]:
    """Give the running texts that hold a pattern; code is no running text."""
    for text in list(part.find_all(string=holding)):
        if not text.find_parent(["pre", "code", "style", "script", "math"]):
            yield text


def _write_formulas(main: Tag) -> None:
    """Write TeX between dollars as MathML, which browsers show by themselves.

    Only in prose: the cells of a table hold data, and a dollar there is a dollar.
    """
    for text in _texts(main, _MATH):
        if text.find_parent("table"):
            continue
        whole, start, written = str(text), 0, ""
        for match in _MATH.finditer(whole):
            display = "block" if match[1] else "inline"
            written += escape(whole[start : match.start()])
            written += mathml(match[1] or match[2], display=display)
            start = match.end()
        written += escape(whole[start:])
        text.replace_with(BeautifulSoup(written, "html.parser"))


def _number(main: Tag, edition: Edition, name: str) -> None:
    """Give each table and each figure its number, after the notebook's own."""
    lead = re.match(r"0*(\d+)", name)
    for kind, selector in (("table", "caption"), ("figure", "figcaption")):
        for place, caption in enumerate(main.select(selector), 1):
            number = f"{lead[1]}.{place}" if lead else str(place)
            caption.insert(0, say(f"numbered_{kind}", edition, number=number))


def _contents(page: BeautifulSoup, main: Tag) -> None:
    """List the second-level headings where the template left room."""
    headings = main.find_all("h2")
    place = page.select_one("nav.contents")
    if place is None or len(headings) < 2:
        return
    entries = page.new_tag("ol")
    for count, heading in enumerate(headings, 1):
        heading["id"] = f"section-{count}"
        link = page.new_tag("a", href=f"#section-{count}")
        link.string = heading.get_text()
        entry = page.new_tag("li")
        entry.append(link)
        entries.append(entry)
    place.append(entries)


def _space(page: BeautifulSoup) -> None:
    """Keep French punctuation on the line of its word."""
    for text in _texts(page, _SPACED):
        kept = _SPACED.sub("\N{NO-BREAK SPACE}", str(text))
        text.replace_with(NavigableString(kept))
