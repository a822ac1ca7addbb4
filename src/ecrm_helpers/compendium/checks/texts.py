"""What the gate reads: files of ``data/`` and ``output/``, each as text."""

import re
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from pypdfium2 import PdfDocument, PdfiumError

from ecrm_helpers.compendium.plan.project import PRIVATE

_UNREAD = (".png", ".jpg", ".jpeg", ".gif", ".webp")
#: Endings of files in which JSON stands.
JSON = (".json", ".ipynb")
_ZIPPED = (".xlsx", ".ods", ".docx", ".odt", ".zip")


def read(root: Path, besides: str) -> Iterator[Path]:
    """Name every file to read of ``data/`` and ``output/``, in order."""
    apart = {root / "data/raw", root / PRIVATE, root / besides}
    for path in sorted(
        p for top in ("data", "output") for p in (root / top).rglob("*")
    ):
        unread = path.suffix.lower() in _UNREAD or apart & {path, *path.parents}
        if path.is_file() and not unread:
            yield path


def texts(path: Path, root: Path) -> Iterator[tuple[str, str]]:
    """Give a file, and every member of an archive, as text."""
    ending = path.suffix.lower()
    if ending in _ZIPPED and zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            for member in archive.namelist():
                text = archive.read(member).decode(errors="replace")
                yield f"{name_of(path, root)}!{member}", text
    elif ending == ".pdf":
        yield name_of(path, root), _pdf_text(path)
    else:
        text = path.read_text(encoding="utf-8", errors="replace")  # "\n" at every end
        yield name_of(path, root), _unescaped(text) if ending in JSON else text


def _pdf_text(path: Path) -> str:
    """Give the running text of a PDF, page after page; none of a broken one."""
    try:
        with closing(PdfDocument(path)) as document:
            pages = [page.get_textpage().get_text_range() for page in document]
    except PdfiumError:
        return ""
    return "\n".join(pages).replace("\r\n", "\n")


def _unescaped(text: str) -> str:
    """Write the letters that JSON escapes, each line kept on its line."""
    return re.sub(
        r"\\(?:u([0-9a-fA-F]{4})|[nrt])", lambda m: chr(int(m[1] or "20", 16)), text
    )


def name_of(path: Path, root: Path) -> str:
    """Name a file from the project's folder."""
    return path.relative_to(root).as_posix()
