"""REFI-QDA projects (``.qdpx``) and codebooks (``.qdc``), read with tolerance.

Programs differ: a byte order mark, ``Sources/`` for ``sources/``, another name
for the project file, CRLF, offsets over another text, empty elements that the
schema forbids. What can be understood is; places are found by the quoted
words.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from pydantic import ValidationError
from pyrefiqda import models
from xsdata.exceptions import ParserError
from xsdata.formats.dataclass.parsers.config import ParserConfig
from xsdata_pydantic.bindings import XmlParser

from ecrm_helpers.files import content, text_of
from ecrm_helpers.interview.anchors import anchor, normal
from ecrm_helpers.interview.exchange.archives import members, sound
from ecrm_helpers.interview.exchange.carried import Carried, Code, Quotation, values
from ecrm_helpers.interview.tables import InterviewError
from ecrm_helpers.printed import told

_NOT_PLAIN = "a source that is not plain text"


def read_codebook(path: Path) -> Carried:
    """Read a ``.qdc`` file.

    Raises
    ------
    InterviewError
        It is not a codebook in XML.
    """
    book = _parsed(content(path), models.CodeBook, str(path))
    return Carried({}, tuple(_codes(book.codes.code, "", {})))


def read_project(path: Path) -> Carried:
    """Read a ``.qdpx`` file.

    Raises
    ------
    InterviewError
        It is not a sound archive with one project in XML, or a text in it is
        missing or in another encoding.
    """
    inside = members(path)
    projects = [name for name in inside if name.lower().endswith(".qde")]
    if len(projects) != 1:
        found = ", ".join(projects) or told("nothing_found")
        raise InterviewError("refi_projects", path=path, found=found)
    project = _parsed(inside[projects[0]], models.Project, f"{path}: {projects[0]}")

    def text(source: Any) -> str:
        return source.plain_text_content or _file(inside, source.plain_text_path, path)

    notes = {
        _key(n.guid): text(n) for n in (project.notes.note if project.notes else [])
    }
    codes = project.code_book.codes.code if project.code_book else []
    sources = _named(project.sources.text_source if project.sources else [])
    plain = {
        name: text(source)
        for name, source in sources.items()
        if source.plain_text_content or source.plain_text_path
    }
    quotations = [
        q for n, s in sources.items() for q in _quotations(s, n, plain, notes)
    ]
    files = {name: values(s.description).get("file", "") for name, s in sources.items()}
    return Carried(
        plain,
        tuple(_codes(codes, "", notes)),
        tuple(quotations),
        _coders(project, quotations),
        {n: f for n, f in files.items() if Path(f).name == f and f.endswith(".txt")},
        (
            *_others(project),
            *((n, "", "", _NOT_PLAIN) for n in sources if n not in plain),
        ),
    )


def _named(sources: Any) -> dict[str, Any]:
    """Give each source a name of its own."""
    named: dict[str, Any] = {}
    for source in sources:
        name = source.name or _key(source.guid)
        named[f"{name} ({_key(source.guid)})" if name in named else name] = source
    return named


def _coders(project: Any, quotations: list[Quotation]) -> dict[str, tuple[str, str]]:
    """Give each user's id and name; whoever coded without being one, too."""
    coders = {
        _key(u.guid): (u.id or u.name or _key(u.guid), u.name or "")
        for u in (project.users.user if project.users else [])
    }
    for coding in (c for q in quotations for c in q.codings):
        coders.setdefault(coding["coder"], (coding["coder"] or "unknown", ""))
    return coders


def _parsed(xml: bytes, kind: Any, what: str) -> Any:
    """Parse XML into pyrefiqda's models, once it is known to be safe."""
    root = sound(xml, what)
    if root.tag.rpartition("}")[2] != kind.__name__:
        wanted = kind.__name__
        raise InterviewError("xml_root", what=what, found=root.tag, wanted=wanted)
    config = ParserConfig(
        fail_on_unknown_properties=False, fail_on_converter_warnings=True
    )
    try:
        return XmlParser(config=config).from_bytes(xml, kind)
    except (ParserError, ValidationError, ValueError) as error:
        raise InterviewError("refi_unsound", what=what, why=error) from None


def _key(guid: str) -> str:
    """Compare identifiers without braces and in one case."""
    return guid.strip("{}").lower()


def _file(inside: Mapping[str, bytes], named: str | None, path: Path) -> str:
    """Find a source in the archive: by its name, whatever folder it is in."""
    wanted = PurePosixPath((named or "").partition("://")[2] or named or "").name
    for name, raw in inside.items():
        if wanted and PurePosixPath(name).name.lower() == wanted.lower():
            return text_of(raw, f"{path}: {name}")
    raise InterviewError("refi_no_source", path=path, name=named)


def _codes(codes: Any, parent: str, notes: Mapping[str, str]) -> Iterator[Code]:
    """Give the codes, each below its parent, with what its note says."""
    for code in codes:
        own: dict[str, str] = {}
        definition, _, rest = (code.description or "").rpartition("\n\n")
        own = values(rest)
        definition = definition if own else code.description or ""
        for note in getattr(code, "note_ref", []):
            text = notes.get(_key(note.target_guid), "")
            own = own or values(text)
            if not values(text):
                definition = f"{definition}\n\n{text}".strip()
        key = _key(code.guid)
        yield Code(key, parent, code.name, definition, {"guid": key, **own})
        yield from _codes(code.code, key, notes)


def _quotations(
    source: Any, name: str, texts: Mapping[str, str], notes: Mapping[str, str]
) -> Iterator[Quotation]:
    raw = texts.get(name, "")
    for selection in source.plain_text_selection:
        start, end = selection.start_position, selection.end_position
        words = _words(
            normal(raw), raw.removeprefix("\ufeff")[start:end], selection.name, start
        )
        codings = tuple(_coding(c, notes) for c in selection.coding)
        yield Quotation(name, start, words, codings, values(selection.description))
    if source.coding:
        codings = tuple(_coding(c, notes) for c in source.coding)
        yield Quotation(name, 0, raw, codings)


def _words(text: str, slice_: str, name: str | None, start: int) -> str:
    """Take the passage's words: its name where that is a quotation, else the slice.

    A name cut short (with an ellipsis) or made up is no quotation of the whole.
    """
    if name and name.split() and anchor(text, name, start):
        whole = " ".join(slice_.split()).startswith(" ".join(name.split()))
        return slice_ if whole and len(name) < len(slice_.strip()) else name
    return slice_ or name or ""


def _coding(coding: Any, notes: Mapping[str, str]) -> dict[str, str]:
    day = coding.creation_date_time
    found = {
        "code": _key(coding.code_ref.target_guid),
        "coder": _key(coding.creating_user or ""),
        "date": f"{day.year:04}-{day.month:02}-{day.day:02}" if day else "",
    }
    for note in coding.note_ref:
        text = notes.get(_key(note.target_guid), "")
        found |= values(text) or {"memo": text}
    return found


def _others(project: Any) -> Iterator[tuple[str, str, str, str]]:
    """List the sources that are not text."""
    kinds = ("picture_source", "pdfsource", "audio_source", "video_source")
    for source in (
        s for kind in kinds for s in getattr(project.sources, kind, None) or []
    ):
        yield (source.name or source.guid, "", "", _NOT_PLAIN)
