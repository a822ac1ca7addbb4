"""Files: where a project lies, what is read with limits, what is written whole.

Every file is written here, whole or not at all; what comes from elsewhere is read so
far and no further. Only the standard library, and what says faults, stand below it.
"""

import csv
import io
import os
import shutil
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from ecrm_helpers.printed import Wrong, refusal, told

#: The file that makes a folder a project.
STUDY = "study.yml"

#: So much of a file from elsewhere is read, in bytes, where no one says otherwise.
LARGEST = 20_000_000

#: How workbooks are made: a text stays a text, whatever it begins with.
AS_TEXT = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


class FileError(Wrong):
    """A file cannot be read or written as asked; the message says which and why."""


class TooLargeError(FileError):
    """A file has more bytes than are read."""


class RowsError(FileError):
    """The file is no table of the compendium; the message lists every fault."""


def project_folder(folder: Path | None = None) -> Path:
    """Find the folder of the project that one works on.

    Parameters
    ----------
    folder : path, optional
        The folder itself. Without one: the nearest that holds ``study.yml``,
        upwards from where one stands; never where the package was installed.

    Returns
    -------
    path

    Raises
    ------
    FileError
        There is none.
    """
    here = Path(folder or ".").resolve()
    tried = [here] if folder else [here, *here.parents]
    found = next((place for place in tried if (place / STUDY).is_file()), None)
    if found is None:
        key = "no_project_there" if folder else "no_project"
        raise FileError(key, folder=here, name=STUDY)
    return found


def in_project(path: Path | str) -> Path:
    """Give a path from the project's folder; one that is whole stays as it is."""
    return Path(path) if Path(path).is_absolute() else project_folder() / path


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """Give a place to write to; `path` is what was written there, when all of it was.

    Raises
    ------
    OSError
        The system refuses, and now says at which file.

    Examples
    --------
    >>> with whole(Path("notes.txt")) as place:  # doctest: +SKIP
    ...     place.write_text("all of it")
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(path.name + ".partial")
    try:
        yield partial
        partial.replace(path)
    except OSError as error:  # a full disk does not say where it was met
        if str(error.filename or partial) == str(partial):
            error.filename = str(path)
        raise
    finally:
        partial.unlink(missing_ok=True)


def write_whole(contents: Mapping[Path, bytes]) -> list[Path]:
    """Write files, each whole, and none where one cannot be written; name them."""
    with ExitStack() as written:
        for path, content in contents.items():
            written.enter_context(whole(path)).write_bytes(content)
    return list(contents)


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    write_whole({path: content})


def require_empty(folder: Path) -> None:
    """Refuse a folder that something is in already, before the work is done.

    Raises
    ------
    FileError
        There is something in it, or it is a file.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FileError("folder_not_empty", folder=folder)


def write_folder(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Write a new folder whole or not at all; a name may have folders in it.

    Raises
    ------
    FileError
        As `require_empty`.
    """
    require_empty(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    partial = Path(tempfile.mkdtemp(prefix=f".{folder.name}", dir=folder.parent))
    try:
        for name, content in contents.items():
            place = partial / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
        partial.chmod(0o755)
        if folder.exists():
            folder.rmdir()
        os.replace(partial, folder)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def content(path: Path, most: int = LARGEST) -> bytes:
    """Read a file, and no more of it than `most` bytes.

    Raises
    ------
    TooLargeError
        It has more.
    FileError
        It is missing or cannot be read.
    """
    try:
        with path.open("rb") as file:
            # Room is taken before it is read; a pipe has no size.
            size = os.fstat(file.fileno()).st_size or most
            found = file.read(min(size, most) + 1)
    except OSError as error:
        why = refusal(error)
        raise FileError("file_unreadable", path=path, why=why) from None
    if len(found) > most:
        raise TooLargeError("file_large", path=path, most=most)
    return found


def text_of(raw: bytes, what: str) -> str:
    """Decode a text as UTF-8, or as the UTF-16 that its mark announces.

    Raises
    ------
    FileError
        It is in another encoding, or holds a NUL, which no text does.
    """
    marked = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = raw.decode("utf-16" if marked else "utf-8")
    except UnicodeDecodeError as error:
        raise FileError("not_utf8", what=what, place=error.start) from None
    if "\0" in text:
        raise FileError("not_utf8", what=what, place=text.index("\0"))
    return text


def read_rows(
    path: Path, columns: Sequence[str] = (), *, mark: str = ","
) -> list[dict[str, str]]:
    """Read a table of the compendium: comma-separated, UTF-8, with a header.

    A row that is wider or narrower than the header would shift its values to
    other columns unseen, so it is refused with its line number.

    Parameters
    ----------
    path : path
        The file.
    columns : sequence of str, optional
        The columns it must have, in order; any where none are given.
    mark : str
        What parts the cells.

    Returns
    -------
    list of dict
        One mapping from column to text for each row.

    Raises
    ------
    RowsError
        The file is missing, empty or not CSV in UTF-8, has other columns or
        one twice, or a row has more or fewer cells than the header.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = (line.replace("\r\n", "\n") for line in file)
            reader = csv.reader(lines, strict=True, delimiter=mark)
            rows = [(reader.line_num, row) for row in reader if row]
    except FileNotFoundError:
        raise RowsError("rows_none", path=path) from None
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise RowsError("rows_unreadable", path=path, why=error) from None
    if any("\0" in cell for _, row in rows for cell in row):
        raise RowsError("rows_unreadable", path=path, why="NUL")
    if not rows:
        raise RowsError("rows_empty", path=path)
    header = rows[0][1]
    if columns and tuple(header) != tuple(columns):
        wanted, found = ", ".join(columns), ", ".join(header)
        raise RowsError("rows_columns", path=path, wanted=wanted, found=found)
    faults = [
        told("rows_twice", name=name, k=n)
        for name, n in Counter(header).items()
        if n > 1
    ] + [
        told("rows_ragged", line=line, cells=len(row), width=len(header))
        for line, row in rows[1:]
        if len(row) != len(header)
    ]
    if faults:
        raise RowsError("rows_faults", *faults, path=path, k=len(faults))
    return [dict(zip(header, row, strict=True)) for _, row in rows[1:]]


def comma_separated(
    rows: Iterable[Iterable[object]], *, end: str = "\n", mark: str = ","
) -> str:
    r"""Write rows of cells as CSV.

    Examples
    --------
    >>> comma_separated([("id", "said"), (1, "a, b")])
    'id,said\n1,"a, b"\n'
    """
    text = io.StringIO()
    csv.writer(text, lineterminator=end, delimiter=mark).writerows(rows)
    return text.getvalue()


def safe_cell(text: str) -> str:
    """Keep a spreadsheet from taking a text for a formula.

    Examples
    --------
    >>> safe_cell("=1+1"), safe_cell("Oui")
    ("'=1+1", 'Oui')
    """
    return f"'{text}" if text.lstrip().startswith(("=", "+", "-", "@")) else text


def packed(
    members: Mapping[str, bytes],
    *,
    day: tuple[int, int, int] = (1980, 1, 1),
    smaller: bool = True,
) -> bytes:
    """Zip members with one date, so that equal content gives equal bytes.

    Not made `smaller` they are equal on every machine, whichever library packs.
    """
    out = io.BytesIO()
    kind = zipfile.ZIP_DEFLATED if smaller else zipfile.ZIP_STORED
    with zipfile.ZipFile(out, "w") as archive:
        for name, member in members.items():
            info = zipfile.ZipInfo(name, (*day, 0, 0, 0))
            info.create_system = 3  # the same on every platform
            archive.writestr(info, member, kind)
    return out.getvalue()


def unpacked(archive: bytes) -> dict[str, bytes]:
    """Give the members of an archive that we or our tools made, each by its name."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}
