"""The paragraphs and tables of a document, whatever program wrote it."""

import re
from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from defusedxml import ElementTree

from ecrm_helpers import programs
from ecrm_helpers.ledger.checked_text.blocks import (
    Block,
    DocumentError,
    Place,
    Table,
    Text,
)
from ecrm_helpers.ledger.checked_text.documents import pdf, word
from ecrm_helpers.ledger.checked_text.plain import LOWERED, RAISED

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from bs4 import Tag

_BLOCKS = re.compile(
    r"p|li|h[1-6]|dt|dd|pre|blockquote|figcaption|caption|div|body|section"
)
#: A line that rules off the parts of a table; a cell that is a number.
_RULE = re.compile(r"[-–—─━=+|:\s]+")
_NUMBER = re.compile(r"[<>]?\s?[-−]?(?:\d+[.,]?\d*|[.,]\d+)\S?")
#: Stands for a table while pandoc reads the rest.
_HELD = "\N{OBJECT REPLACEMENT CHARACTER}"


def read_blocks(path: Path) -> list[Block]:
    """Read the paragraphs and tables of a document, notes and text boxes included.

    Parameters
    ----------
    path : path
        A file of one of the kinds of `READ`; texts in UTF-8.

    Returns
    -------
    list of Text or Table
        In the order of the document; a Word file's notes and text boxes last.

    Raises
    ------
    DocumentError
        There is no such file, it is of another kind, it cannot be read, or it
        is a PDF without text.
    """
    kind, kinds = path.suffix.lower(), ", ".join(READ)
    if kind not in READ:
        raise DocumentError("document_kind", file=path, kind=kind or "?", kinds=kinds)
    if not path.is_file():
        raise DocumentError("document_missing", file=path, kinds=kinds)
    try:
        return list(READ[kind](path))
    except DocumentError:
        raise
    except (RuntimeError, BadZipFile, KeyError, SyntaxError, ValueError) as error:
        form = "text (UTF-8)" if isinstance(error, UnicodeDecodeError) else kind[1:]
        raise DocumentError(
            "document_unreadable", file=path, kind=form, why=error
        ) from None


def _text(path: Path) -> Iterator[Block]:
    yield from _written(path.read_text(encoding="utf-8-sig"))


def _markdown(path: Path) -> Iterator[Block]:
    """Let pandoc read Markdown, but for the tables that it has no word for."""
    kept: list[Table] = []
    paragraphs = []
    for block in _written(path.read_text(encoding="utf-8-sig"), joining="\n"):
        if isinstance(block, Table):
            kept.append(block)
        paragraphs.append(block.text if isinstance(block, Text) else _HELD)
    tables = iter(kept)
    source = "\n\n".join(paragraphs)
    read = _converted(source, "markdown-yaml_metadata_block-fancy_lists-example_lists")
    for block in read:
        held = isinstance(block, Text) and block.text.strip() == _HELD
        yield next(tables) if held else block


def _written(text: str, joining: str = " ") -> Iterator[Block]:
    """Part a text at its blank lines, and lines of cells from others."""
    tables = number = 0
    for paragraph in re.split(r"\n\s*\n", text.replace("\r\n", "\n")):
        for rows, lines in _runs(
            [row for row in paragraph.splitlines() if row.strip()]
        ):
            if rows:
                tables += 1
                yield Table(rows, Place(table=tables))
            else:
                number += 1
                yield Text(joining.join(lines), Place(number))


def _runs(lines: list[str]) -> Iterator[tuple[tuple[tuple[str, ...], ...], list[str]]]:
    """Part a paragraph into tables, as rows, and the lines above and below them.

    Without a line beside it a table is one by its gaps alone, else by its numbers.
    """
    parted = [(k, [*run]) for k, run in groupby(lines, lambda line: _is_row(line))]
    alone = len(parted) == 1
    found = [_rows(run, alone=alone) if is_row else () for is_row, run in parted]
    if "Pr(>" in "".join(lines) or not any(found):
        found, parted = [()], [(False, lines)]
    yield from (
        (rows, run) for rows, (_, run) in zip(found, parted, strict=True) if run
    )


def _is_row(line: str) -> bool:
    return len(_cells(line)) > 1 or bool(_RULE.fullmatch(line))


def _rows(lines: list[str], *, alone: bool) -> tuple[tuple[str, ...], ...]:
    """Give the cells of lines that make a table; by what is blank in all, if any."""
    kept = [line for line in lines if not _RULE.fullmatch(line)]
    split = [_cells(line) for line in kept]
    numbered = sum(any(map(_NUMBER.fullmatch, row)) for row in split)
    if len(kept) < 2 or not (alone or 2 * numbered >= len(kept)):
        return ()
    used = {n for line in kept for n, sign in enumerate(line) if not sign.isspace()}
    used |= {m.end() for line in kept for m in re.finditer(r"\S(?=\s\S)", line)}
    marks = "".join(" x"[n in used] for n in range(max(used) + 1))
    spans = [found.span() for found in re.finditer("x+", marks)]
    even = "\t" not in "".join(kept) and "|" not in "".join(kept)
    if even and len(spans) >= max(map(len, split)):
        split = [tuple(line[a:b].strip() for a, b in spans) for line in kept]
    return tuple(split)


def _cells(line: str) -> tuple[str, ...]:
    if "\t" in line:
        return tuple(cell.strip() for cell in line.rstrip("\n").split("\t"))
    if line.count("|") > 1 and not re.search(r"\|[tz]\|", line):
        return tuple(cell.strip() for cell in line.strip().strip("|").split("|"))
    # R's headings have no cell above the rows' names: see `tables.printed`.
    return (line,) if "Pr(>" in line else tuple(re.split(r"\s{2,}", line.strip()))


def _latex(path: Path) -> Iterator[Block]:
    return _converted(path.read_text(encoding="utf-8-sig"), "latex")


def _odt(path: Path) -> Iterator[Block]:
    """Let pandoc read LibreOffice's text, but for what it leaves out.

    Its formulas are written out first; its text boxes come last.
    """
    document = BytesIO()
    with ZipFile(path) as archive, ZipFile(document, "w") as copied:
        root = ElementTree.fromstring(archive.read("content.xml"))
        _write_formulas(root, archive)
        for name in archive.namelist():
            content = archive.read(name)
            whole = ElementTree.tostring(root) if name == "content.xml" else content
            copied.writestr(name, whole)
    yield from _converted(document.getvalue(), "odt")
    boxes = (box for box in root.iter() if box.tag.startswith(_DRAWN))
    texts = ("".join(map(_paragraphs, box)).strip() for box in boxes)
    for number, text in enumerate(filter(None, texts), 1):
        yield Text(text, Place(number, note=True))


def _write_formulas(root: "Element", archive: ZipFile) -> None:
    """Put the text of each formula where its frame stands."""
    for frame in list(root.iter(f"{_DRAWN}frame")):
        for held in frame.iter(f"{_DRAWN}object"):
            folder = next((v for k, v in held.items() if k.endswith("}href")), "")
            name = f"{folder.removeprefix('./').rstrip('/')}/content.xml"
            inside = archive.read(name) if name in archive.namelist() else b"<none/>"
            formula = held if len(held) else ElementTree.fromstring(inside)
            if any(each.tag.endswith("}math") for each in formula.iter()):
                tail, text = frame.tail, _formula(formula)
                frame.clear()
                frame.tag, frame.text, frame.tail = _SPAN, text, tail
                break


def _formula(element: "Element") -> str:
    """Write MathML in a line, as `plain` reads it."""
    parts = [_formula(child) for child in element]
    kind = element.tag.rpartition("}")[2]
    if kind == "annotation":
        return ""
    if kind in ("msub", "msup"):
        return parts[0] + (LOWERED if kind == "msub" else RAISED).format(parts[1])
    if kind == "mfenced":
        return f"({', '.join(parts)})"
    if kind == "msubsup":
        return parts[0] + LOWERED.format(parts[1]) + RAISED.format(parts[2])
    return ("/" if kind == "mfrac" else "").join(parts) or (element.text or "").strip()


def _paragraphs(element: "Element") -> str:
    """Give the text of a box's paragraph; nothing of what holds a box of its own."""
    is_text = element.tag.endswith(("}p", "}h", "}list"))
    return f"{''.join(element.itertext())} " if is_text else ""


#: Boxes and shapes of LibreOffice, in which text may stand.
_DRAWN = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_SPAN = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}span"
_ASKED = ["--wrap=none", "--sandbox"]


def _converted(text: str | bytes, kind: str) -> Iterator[Block]:
    given = text.encode() if isinstance(text, str) else text
    done = programs.pandoc([f"--from={kind}", "--to=html", *_ASKED], given)
    if done.returncode:
        raise RuntimeError(done.stderr.decode("utf-8", "replace").strip())
    return _of_html(done.stdout.decode())


def _html(path: Path) -> Iterator[Block]:
    return _of_html(path.read_text(encoding="utf-8-sig"))


def _of_html(source: str) -> Iterator[Block]:
    """Give the innermost blocks of a page, and its tables."""
    from bs4 import BeautifulSoup  # slow to load

    page = BeautifulSoup(source, "html.parser")
    for gone in page(["script", "style", "template", "del", "s", "annotation", "head"]):
        gone.decompose()
    for mark, form in (("sub", LOWERED), ("sup", RAISED)):
        for tag in page(mark):
            tag.replace_with(form.format(tag.get_text()))
    for tag in page("br"):
        tag.replace_with(" ")
    page.smooth()
    tables = number = 0
    for tag in page.find_all(True):
        if tag.name == "table" and not tag.find("table"):
            tables += 1
            yield Table(tuple(map(_row, tag("tr"))), Place(table=tables))
        elif _BLOCKS.fullmatch(tag.name) and not tag.find_parent("table"):
            for text in _own(tag):
                number += 1
                yield Text(text, Place(number))


def _row(row: "Tag") -> tuple[str, ...]:
    """Give a row's cells; one over several columns is followed by empty ones."""
    cells: list[str] = []
    for cell in row(["td", "th"], recursive=False):
        span = str(cell.get("colspan", 1))
        cells += [cell.get_text(" ", strip=False).strip()]
        cells += [""] * ((int(span) if span.isdigit() else 1) - 1)
    return tuple(cells)


def _own(tag: "Tag") -> Iterator[str]:
    """Give the texts of a block that stand in no block inside it."""
    from bs4 import Tag  # loaded by now

    held = ""
    for child in tag.children:
        inner = isinstance(child, Tag) and (
            child.name == "table"
            or child.find(_BLOCKS)
            or _BLOCKS.fullmatch(child.name)
        )
        if inner and held.strip():
            yield held
        held = "" if inner else held + child.get_text()
    if held.strip():
        yield held


#: How a document of each kind is read.
READ: dict[str, Callable[[Path], Iterator[Block]]] = {
    ".docx": word.blocks,
    ".odt": _odt,
    ".pdf": pdf.blocks,
    ".md": _markdown,
    ".markdown": _markdown,
    ".html": _html,
    ".htm": _html,
    ".tex": _latex,
    ".txt": _text,
}
