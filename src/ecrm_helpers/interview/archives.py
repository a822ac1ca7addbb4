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
            raise InterviewError(f"{path}: {size} bytes; at most {LARGEST} are read")
        return path.read_bytes()
    except OSError as error:
        raise InterviewError(f"{path}: cannot be read: {error.strerror}") from None


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
                raise InterviewError(
                    f"{path}: {len(faults)} fault(s)\n"
                    + "\n".join(f"  {fault}" for fault in faults)
                )
            return {e.filename: _read(archive, e, path) for e in entries}
    except (zipfile.BadZipFile, NotImplementedError, EOFError) as error:
        raise InterviewError(f"{path}: not a sound zip archive: {error}") from None


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


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, path: Path) -> bytes:
    """Read one member; its header may understate its size."""
    with archive.open(entry) as file:
        found = file.read(LARGEST + 1)
    if len(found) > LARGEST:
        raise InterviewError(f"{path}: member {entry.filename!r} is too large")
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
        raise InterviewError(f"{what}: refused, as unsafe XML ({kind})") from None
    except (ParseError, LookupError, ValueError) as error:
        raise InterviewError(f"{what}: not sound XML: {error}") from None
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
        raise InterviewError(
            f"{what}: not UTF-8 (byte {error.start}); save it in UTF-8 and try again"
        ) from None
