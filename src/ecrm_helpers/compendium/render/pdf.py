"""From HTML pages to one tagged PDF: pandoc reads, Typst sets.

Both come as Python packages: no LaTeX, no browser. Typst refuses what
PDF/UA-1 forbids, such as a picture without a text alternative. The same page
gives the same bytes: no date, no system font.
"""

import tempfile
from pathlib import Path

import typst

from ecrm_helpers.compendium.render.paper import (
    RELEASED,
    TEMPLATES,
    Paper,
    PaperError,
    html,
    lists,
    pandoc,
)


def from_paper(paper: Paper, **chapter: str) -> bytes:
    """Set pages as one PDF.

    Parameters
    ----------
    paper : Paper
        What of the pages belongs on paper.
    **chapter : str
        ``title``, ``subtitle``, ``author``: given, a title page, a table of
        contents and the lists of tables and of figures come first, and each
        page opens a new one.

    Returns
    -------
    bytes
        PDF/UA-1 and PDF/A-2a, by Typst's own checks.

    Raises
    ------
    PaperError
        pandoc or Typst refuses the pages.
    """
    variables = {
        "title": paper.title,
        "running": paper.running(chapter.get("title", paper.title)),
        "author": "",
        "date": f"year: {RELEASED.year}, month: {RELEASED.month}, day: {RELEASED.day}",
        "lang": paper.edition,
        **chapter,
    }
    if chapter:
        variables |= {"chapter": "true", **lists(paper.edition)}
    filled = (f"--variable={name}:{_escaped(text)}" for name, text in variables.items())
    template = f"--template={TEMPLATES / 'thesis.typ'}"
    with tempfile.TemporaryDirectory() as folder:
        options = (template, *filled)
        whole, edition = html(paper.parts), paper.edition
        text = pandoc(whole, "typst", *options, edition=edition, folder=folder)
        return _set(text, folder)


def _set(source: bytes, folder: str) -> bytes:
    """Compile a Typst text; its pictures are in the folder."""
    path = Path(folder) / "page.typ"
    path.write_bytes(source)
    try:
        made = typst.compile(
            str(path),
            root=folder,
            ignore_system_fonts=True,
            pdf_standards=["ua-1", "a-2a"],
            timestamp=0,
        )
    except typst.TypstError as error:
        why = f"{error.message} {'; '.join(error.hints)}"
        raise PaperError("typst_refuses", why=why) from None
    assert isinstance(made, bytes)
    return made


def _escaped(text: str) -> str:
    """Keep Typst from reading markup into a title."""
    return "".join(f"\\{c}" if c in '\\#*_$"<>@`[]' else c for c in text)
