"""From HTML pages to one tagged PDF: pandoc reads, Typst sets.

Both come as Python packages: no LaTeX, no browser. Typst refuses what
PDF/UA-1 forbids, such as a picture without a text alternative. The same page
gives the same bytes: no date, no system font.
"""

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import typst

from ecrm_helpers.compendium.render.paper import (
    RELEASED,
    TEMPLATES,
    Paper,
    PaperError,
    lists,
    pandoc,
)
from ecrm_helpers.programs import own_folder


def from_paper(paper: Paper, **chapter: str) -> bytes:
    """Set pages as one PDF.

    Parameters
    ----------
    paper : Paper
        What of the pages belongs on paper.
    **chapter : str
        ``title``, ``subtitle``, ``author``: given, a title page, a table of
        contents and the lists of tables and of figures come first, and each
        page opens a new one. ``slides`` alone: each heading opens a slide.

    Returns
    -------
    bytes
        PDF/UA-1 and PDF/A-2a, by Typst's own checks.

    Raises
    ------
    PaperError
        pandoc or Typst refuses the pages.
    """
    with tempfile.TemporaryDirectory(dir=own_folder()) as folder:
        return _set(_typst(paper, folder, **chapter), folder, _compiler())


def copies(paper: Paper, blanks: Iterable[Mapping[str, str]]) -> Iterator[bytes]:
    """Set the same pages many times, each time with other words in their blanks.

    Parameters
    ----------
    blanks : iterable of mapping of str to str
        For each PDF, the words of the page that stand for others, and these.

    Yields
    ------
    bytes
        As `from_paper` gives it.

    Raises
    ------
    PaperError
        pandoc or Typst refuses the pages.
    """
    with tempfile.TemporaryDirectory(dir=own_folder()) as folder:
        source, compiler = _typst(paper, folder).decode(), _compiler()
        for words in blanks:
            text = source
            for word, other in words.items():
                text = text.replace(word, _escaped(other))
            yield _set(text.encode(), folder, compiler)


def _typst(paper: Paper, folder: str, **chapter: str) -> bytes:
    """Write pages as a Typst text; their pictures go into the folder."""
    variables = {
        "title": paper.title,
        "running": paper.running(chapter.get("title", paper.title)),
        "author": "",
        "date": f"year: {RELEASED.year}, month: {RELEASED.month}, day: {RELEASED.day}",
        "lang": paper.edition,
        **chapter,
    }
    if "subtitle" in chapter:
        variables |= {"chapter": "true", **lists(paper.edition)}
    given = (f"--variable={name}:{_escaped(text)}" for name, text in variables.items())
    template = f"--template={TEMPLATES / 'thesis.typ'}"
    for name, drawing in paper.drawings.items():
        (Path(folder) / name).write_bytes(drawing)
    options, edition = (template, *given), paper.edition
    return pandoc(paper.html, "typst", *options, edition=edition, folder=folder)


def _compiler() -> typst.Compiler:
    """Open Typst, with its own fonts only; it is quicker from the second text on."""
    return typst.Compiler(ignore_system_fonts=True)


def _set(source: bytes, folder: str, compiler: typst.Compiler) -> bytes:
    """Compile a Typst text; its pictures are in the folder."""
    path = Path(folder) / "page.typ"
    path.write_bytes(source)
    try:
        made = compiler.compile(
            str(path),
            format="pdf",
            root=folder,
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
