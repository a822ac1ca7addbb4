"""Zip archives and XML from other programs: opened with limits, or refused."""

import io
import zipfile
from pathlib import Path, PurePosixPath
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from ecrm_helpers.files import LARGEST, FileError, TooLargeError, content
from ecrm_helpers.printed import Told, told

#: All members of an archive together, in bytes, and their number; each is held
#: to `LARGEST`.
LARGEST_SUM, MOST_MEMBERS = 60_000_000, 500


def members(path: Path) -> dict[str, bytes]:
    """Read a zip archive whole, each member under its name.

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
            faults = _faults(entries)
            if faults:
                k = len(faults)
                raise FileError("interview_faults", *faults, folder=path, k=k)
            return {e.filename: _member(archive, e, path) for e in entries}
    except (zipfile.BadZipFile, NotImplementedError, EOFError) as error:
        raise FileError("archive_unsound", path=path, why=error) from None


def _faults(entries: list[zipfile.ZipInfo]) -> list[Told]:
    faults = []
    if len(entries) > MOST_MEMBERS:
        faults.append(told("archive_members", k=len(entries), most=MOST_MEMBERS))
    if (total := sum(e.file_size for e in entries)) > LARGEST_SUM:
        faults.append(told("archive_unpacked", size=total, most=LARGEST_SUM))
    for entry in entries:
        name = entry.filename.replace("\\", "/")
        place = PurePosixPath(name)
        if place.is_absolute() or ".." in place.parts or ":" in name:
            faults.append(told("archive_leaves", name=entry.filename))
        if entry.file_size > LARGEST:
            size = entry.file_size
            faults.append(told("archive_member_large", name=name, size=size))
        if entry.flag_bits & 1:
            faults.append(told("archive_encrypted", name=name))
    return faults


def _member(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, path: Path) -> bytes:
    """Read one member; its header may understate its size."""
    with archive.open(entry) as file:
        found = file.read(LARGEST + 1)
    if len(found) > LARGEST:
        raise TooLargeError("archive_understated", path=path, name=entry.filename)
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
        raise FileError("xml_unsafe", what=what, kind=kind) from None
    except (ParseError, LookupError, ValueError) as error:
        raise FileError("xml_unsound", what=what, why=error) from None
    return root
