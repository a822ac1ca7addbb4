"""From HTML pages to one tagged PDF: pandoc reads, Typst sets.

Both come as Python packages: no LaTeX, no browser. Typst refuses what
PDF/UA-1 forbids, such as a picture without a text alternative. The same page
gives the same bytes: no date, no system font.
"""

import datetime
import subprocess
import tempfile
from pathlib import Path

import pypandoc
import typst
from bs4 import BeautifulSoup, Tag

#: The date PDF/A asks for: of this version of the compendium (CITATION.cff), so
#: that two runs give the same bytes.
RELEASED = datetime.date(2026, 11, 23)

_TEMPLATES = Path(__file__).resolve().parents[1] / "templates"


class PDFError(RuntimeError):
    """The PDF could not be made; the message says by which program and why."""


def from_pages(pages: list[str], **chapter: str) -> bytes:
    """Set finished pages as one PDF.

    Parameters
    ----------
    pages : list of str
        HTML pages, as the exporter makes them, in order.
    **chapter : str
        ``title``, ``subtitle``, ``author``, ``contents``: given, a title page
        and a table of contents come first, and each page opens a new one.

    Returns
    -------
    bytes
        PDF/UA-1 and PDF/A-2a, by Typst's own checks.

    Raises
    ------
    PDFError
        pandoc or Typst refuses the pages.
    """
    soups = [BeautifulSoup(page, "html.parser") for page in pages]
    first = soups[0]
    assert isinstance(first.html, Tag)
    assert first.title is not None
    variables = {
        "title": first.title.get_text(),
        "running": first.title.get_text(),
        "author": "",
        "date": f"year: {RELEASED.year}, month: {RELEASED.month}, day: {RELEASED.day}",
        "lang": str(first.html["lang"]),
        **chapter,
    }
    if chapter:
        variables |= {"chapter": "true", "running": chapter["title"]}
    if band := next(filter(None, (soup.select_one(".band") for soup in soups)), None):
        variables["running"] += f" – {band.get_text()}"
    body = "\n".join(_printed_part(soup) for soup in soups)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "page.typ"
        source.write_text(_typst(body, variables, folder), encoding="utf-8")
        try:
            made = typst.compile(
                str(source),
                root=folder,
                ignore_system_fonts=True,
                pdf_standards=["ua-1", "a-2a"],
                timestamp=0,
            )
        except typst.TypstError as error:
            hints = "; ".join(error.hints)
            raise PDFError(f"typst refuses the page: {error.message} {hints}") from None
    assert isinstance(made, bytes)
    return made


def _printed_part(soup: BeautifulSoup) -> str:
    """Keep what belongs on paper: no code, no scroll frames."""
    main = soup.find("main")
    assert isinstance(main, Tag)
    for code in main.select("details.code"):
        code.decompose()
    for frame in main.select(".scroll"):
        frame.unwrap()
    for part in main.select("[id]"):
        del part["id"]  # four notebooks in one PDF must not share an id
    return main.decode_contents()


def _typst(body: str, variables: dict[str, str], folder: str) -> str:
    """Write HTML as Typst; pictures go to files in `folder`."""
    command = [
        pypandoc.get_pandoc_path(),
        "--from=html",
        "--to=typst",
        "--wrap=none",
        f"--lua-filter={_TEMPLATES / 'thesis.lua'}",
        f"--template={_TEMPLATES / 'thesis.typ'}",
        *(f"--variable={name}:{_escaped(text)}" for name, text in variables.items()),
    ]
    done = subprocess.run(
        command, input=body.encode(), cwd=folder, capture_output=True, check=False
    )
    if done.returncode:
        raise PDFError(f"pandoc refuses the page: {done.stderr.decode().strip()}")
    return done.stdout.decode()


def _escaped(text: str) -> str:
    """Keep Typst from reading markup into a title."""
    return "".join(f"\\{c}" if c in '\\#*_$"<>@`[]' else c for c in text)
