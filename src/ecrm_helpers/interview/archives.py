"""Zip archives and XML from elsewhere: opened with limits, or refused.

Nothing is unpacked to disk: members are read into memory, and only so far.
"""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from ecrm_helpers.interview.tables import InterviewError
from ecrm_helpers.printed import Told, told

#: Largest file or member, and all members of an archive together, in bytes.
LARGEST, LARGEST_SUM = 20_000_000, 60_000_000
MOST_MEMBERS = 500


def packed(members: Mapping[str, bytes]) -> bytes:
    """Zip members with one fixed date, so that equal content gives equal bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.create_system = 3  # the same on every platform
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return out.getvalue()


def content(path: Path) -> bytes:
    """Read a file, unless it is missing or too large.

    Raises
    ------
    InterviewError
        It cannot be read, or has more than `LARGEST` bytes.
    """
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise InterviewError("archive_large", path=path, size=size, most=LARGEST)
        return path.read_bytes()
    except OSError as error:
        why = error.strerror
        raise InterviewError("archive_unreadable", path=path, why=why) from None


def members(path: Path) -> dict[str, bytes]:
    """Read a zip archive whole, each member under its name.

    Raises
    ------
    InterviewError
        It is no zip, is damaged or encrypted, a member's name leaves the
        archive, or there are more members or bytes than are read.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content(path))) as archive:
            entries = [e for e in archive.infolist() if not e.is_dir()]
            faults = _faults(entries)
            if faults:
                k = len(faults)
                raise InterviewError("interview_faults", *faults, folder=path, k=k)
            return {e.filename: _read(archive, e, path) for e in entries}
    except (zipfile.BadZipFile, NotImplementedError, EOFError) as error:
        raise InterviewError("archive_unsound", path=path, why=error) from None


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


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, path: Path) -> bytes:
    """Read one member; its header may understate its size."""
    with archive.open(entry) as file:
        found = file.read(LARGEST + 1)
    if len(found) > LARGEST:
        raise InterviewError("archive_understated", path=path, name=entry.filename)
    return found


def sound(xml: bytes, what: str) -> Element:
    """Parse XML that may be hostile, and give its root.

    Raises
    ------
    InterviewError
        It is not XML, or declares a document type or entities, which a
        project has no use for and an attack has.
    """
    try:
        root: Any = fromstring(xml, forbid_dtd=True)
    except DefusedXmlException as error:
        kind = type(error).__name__
        raise InterviewError("xml_unsafe", what=what, kind=kind) from None
    except (ParseError, LookupError, ValueError) as error:
        raise InterviewError("xml_unsound", what=what, why=error) from None
    return root


def text_of(raw: bytes, what: str) -> str:
    """Decode a text as UTF-8, or as the UTF-16 that its mark announces.

    Raises
    ------
    InterviewError
        It is in another encoding.
    """
    marked = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        return raw.decode("utf-16" if marked else "utf-8")
    except UnicodeDecodeError as error:
        raise InterviewError("not_utf8", what=what, place=error.start) from None
