"""Zip archives and XML from other programs: opened with limits, or refused."""

import io
import zipfile
from pathlib import Path, PurePosixPath
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from ecrm_helpers.files import LARGEST, FileError, TooLargeError, content

#: All members of an archive together, in bytes, and their number; each is held
#: to `LARGEST`.
LARGEST_SUM, MOST_MEMBERS = 60_000_000, 500


def members(path: Path) -> dict[str, bytes]:
    """Read a zip archive from elsewhere, each member under its name.

    Nothing is unpacked to disk: members are read into memory, and only so far.

    Raises
    ------
    FileError
        It is no zip, is damaged or encrypted, a member's name leaves the
        archive, or there are more members or bytes than are read.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content(path))) as archive:
            entries = [e for e in archive.infolist() if not e.is_dir()]
            if faults := _faults(entries):
                listed = "\n".join(f"  {fault}" for fault in faults)
                raise FileError(path, f"{len(faults)} fault(s)\n{listed}")
            return {e.filename: _member(archive, e, path) for e in entries}
    except (zipfile.BadZipFile, NotImplementedError, EOFError) as error:
        raise FileError(path, f"not a sound zip archive: {error}") from None


def _faults(entries: list[zipfile.ZipInfo]) -> list[str]:
    faults = []
    if len(entries) > MOST_MEMBERS:
        faults.append(f"{len(entries)} members; at most {MOST_MEMBERS} are read")
    if (total := sum(e.file_size for e in entries)) > LARGEST_SUM:
        faults.append(f"{total} bytes unpacked; at most {LARGEST_SUM} are read")
    for entry in entries:
        name = entry.filename.replace("\\", "/")
        place = PurePosixPath(name)
        if place.is_absolute() or ".." in place.parts or ":" in name:
            faults.append(f"member {entry.filename!r} would leave the archive")
        if entry.file_size > LARGEST:
            faults.append(f"member {name!r}: {entry.file_size} bytes unpacked")
        if entry.flag_bits & 1:
            faults.append(f"member {name!r} is encrypted")
    return faults


def _member(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, path: Path) -> bytes:
    """Read one member; its header may understate its size."""
    with archive.open(entry) as file:
        found = file.read(LARGEST + 1)
    if len(found) > LARGEST:
        raise TooLargeError(path, f"member {entry.filename!r} is too large")
    return found


def sound(xml: bytes, what: str) -> Element:
    """Parse XML that may be hostile, and give its root.

    Raises
    ------
    FileError
        It is not XML, or declares a document type or entities, which a
        project has no use for and an attack has.
    """
    try:
        root: Any = fromstring(xml, forbid_dtd=True)
    except DefusedXmlException as error:
        kind = type(error).__name__
        raise FileError(what, f"refused, as unsafe XML ({kind})") from None
    except (ParseError, LookupError, ValueError) as error:
        raise FileError(what, f"not sound XML: {error}") from None
    return root
