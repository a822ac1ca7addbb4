"""What a file is, by its bytes; what cannot be read, with the way out."""

import gzip
import io
import re
import zipfile
import zlib
from contextlib import suppress
from pathlib import Path

from ecrm_helpers import files
from ecrm_helpers.answers.audit import Refused, quoted
from ecrm_helpers.answers.words import WORDS
from ecrm_helpers.printed import told

#: Largest file that is read, in bytes.
LARGEST = 500_000_000

#: What a name says that a file is.
ENDINGS: dict[str, str] = WORDS["endings"]
_SIGNATURES = (
    (b"$FL2", "SAV"),
    (b"$FL3", "SAV"),
    (b"<stata_dta>", "DTA"),
    (b"HEADER RECORD*******LIB", "XPT"),
    (b"%PDF", "PDF"),
    (b"RDX", "RDATA"),
    (b"SQLite format 3", "SQLITE"),
)
_HTML = re.compile(rb"\s*<(?:!doctype|html|head|body|table|\?xml|meta|script)", re.I)
_JSON = re.compile(rb"\s*(?:\{\s*[\"}]|\[\s*[{\[\"])")
_PORTABLE = b"SPSS PORT FILE"
#: Older Stata files begin with their version and how they order bytes.
_STATA = re.compile(rb"[\x68-\x73][\x01\x02]\x01\x00")
#: What a workbook's member is called, for each program.
_MEMBERS = (
    ("xl/workbook.xml", "XLSX"),
    ("content.xml", "ODS"),
    ("index.html", "OMV"),
    ("manifest.json", "JASP"),
)
#: What is known and not read, and the phrase that tells the way out.
WAYS_OUT = {
    "OMV": "way_out_omv",
    "JASP": "way_out_jasp",
    "RDATA": "way_out_rdata",
    "JSON": "way_out_json",
    "PROTECTED": "way_out_protected",
    "XLSB": "way_out_xlsb",
}


def content(path: Path) -> bytes:
    """Read a file's bytes.

    Raises
    ------
    Refused
        It is missing, unreadable, empty or too large.
    """
    try:
        found = files.content(path, LARGEST)
    except files.TooLargeError:
        raise Refused(str(path), [told("fault_large", most=LARGEST)]) from None
    except files.FileError as error:
        why = told("fault_unreadable", why=error.told.values["why"])
        raise Refused(str(path), [why]) from None
    if not found.strip(b"\0 \r\n\t\xef\xbb\xbf\xff\xfe"):
        raise Refused(str(path), [told("fault_empty")])
    return found


def form_of(path: Path, found: bytes) -> str:
    """Tell the forms of answers apart, by the bytes.

    Raises
    ------
    Refused
        It is something else, or not what its name says.
    """
    kind = _kind(found)
    if kind in WAYS_OUT:
        raise Refused(str(path), [told(WAYS_OUT[kind])])
    named = ENDINGS.get(path.suffix.lower())
    if kind != named:
        fault = told("fault_form", found=kind, named=path.suffix or "-")
        raise Refused(str(path), [fault])
    return kind.lower()


def _kind(found: bytes) -> str:
    for start, kind in _SIGNATURES:
        if found.startswith(start):
            return kind
    if found.startswith(b"PK"):
        return _archive(found)
    if found.startswith(b"\xd0\xcf\x11\xe0"):
        protected = "EncryptedPackage".encode("utf-16-le") in found
        return "PROTECTED" if protected else "XLS"
    if found.startswith((b"\x1f\x8b", b"BZh", b"\xfd7zXZ")):
        return (
            "RDATA" if _unpacked(found).startswith((b"RDX", b"X\n", b"RDA")) else "GZIP"
        )
    if _PORTABLE in found[:600].replace(b"\r", b"").replace(b"\n", b""):
        return "POR"
    if _STATA.match(found):
        return "DTA"
    if _HTML.match(found[:500]):
        return "HTML"
    return "JSON" if _JSON.match(found[:500]) else "CSV"


def _archive(found: bytes) -> str:
    """Tell a workbook from an archive, by its members."""
    with suppress(zipfile.BadZipFile):
        names = set(zipfile.ZipFile(io.BytesIO(found)).namelist())
        if "xl/workbook.bin" in names:
            return "XLSB"
        for member, kind in _MEMBERS:
            if member in names:
                return kind
        return "ZIP"
    return "XLSX"


def _unpacked(found: bytes) -> bytes:
    """Give the first bytes of what gzip holds."""
    with suppress(OSError, EOFError, zlib.error):
        return gzip.GzipFile(fileobj=io.BytesIO(found)).read(8)
    return b"RDX" if not found.startswith(b"\x1f\x8b") else b""


def only_member(path: Path, found: bytes) -> tuple[Path, bytes]:
    """Take the one file out of an archive, as forms are downloaded.

    Returns
    -------
    path
        Of the archive, and within it of the file.
    bytes
        Its content.

    Raises
    ------
    Refused
        The archive is damaged, too large or locked, or holds several files or none.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(found)) as archive:
            held = [one for one in archive.infolist() if _is_file(one.filename)]
            if len(held) != 1:
                names = ", ".join(quoted(one.filename) for one in held) or "-"
                fault = told("fault_members", k=len(held), names=names)
                raise Refused(str(path), [fault])
            with archive.open(held[0]) as member:
                inside = member.read(LARGEST + 1)
    except (zipfile.BadZipFile, RuntimeError, OSError, zlib.error) as error:
        why = told("fault_damaged", form="ZIP", why=quoted(str(error)))
        raise Refused(str(path), [why]) from None
    if len(inside) > LARGEST:
        raise Refused(str(path), [told("fault_large", most=LARGEST)])
    return path / Path(held[0].filename).name, inside


def _is_file(name: str) -> bool:
    hidden = name.startswith("__MACOSX/") or Path(name).name.startswith(".")
    return not name.endswith("/") and not hidden
