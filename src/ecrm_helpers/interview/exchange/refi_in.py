"""REFI-QDA projects (``.qdpx``) and codebooks (``.qdc``), read with tolerance.

Programs differ: a byte order mark, ``Sources/`` for ``sources/``, another name
for the project file, CRLF, offsets over another text, empty elements that the
schema forbids. What can be understood is; places are found by the quoted
words.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any
from xml.etree.ElementTree import Element, tostring

from pydantic import ValidationError
from pyrefiqda import models
from xsdata.exceptions import ParserError
from xsdata.formats.dataclass.parsers.config import ParserConfig
from xsdata_pydantic.bindings import XmlParser

from ecrm_helpers.files import content
from ecrm_helpers.interview.anchors import normal
from ecrm_helpers.interview.exchange.archives import decoded, members, sound
from ecrm_helpers.interview.exchange.carried import (
    Carried,
    Code,
    Quotation,
    lost,
    values,
)
from ecrm_helpers.interview.exchange.databases import distinct
from ecrm_helpers.interview.exchange.positions import Places, Selection
from ecrm_helpers.interview.exchange.refi_rest import key, local, rest, variables
from ecrm_helpers.interview.tables import InterviewError, guid
from ecrm_helpers.printed import told


def read_codebook(path: Path) -> Carried:
    """Read a ``.qdc`` file.

    Raises
    ------
    InterviewError
        It is not a codebook in XML.
    """
    _, book = _parsed(content(path), models.CodeBook, str(path))
    return Carried({}, tuple(_codes(book.codes.code, "", {})))


def read_project(path: Path) -> Carried:
    """Read a ``.qdpx`` file.

    Raises
    ------
    InterviewError
        It is not a sound archive with one project in XML, or a text in it is
        in another encoding.
    """
    inside = members(path, lambda name: name.lower().endswith(".qde"))
    if len(inside) != 1:
        found = ", ".join(inside) or told("nothing_found")
        raise InterviewError("refi_projects", path=path, found=found)
    ((name, xml),) = inside.items()
    root, project = _parsed(xml, models.Project, f"{path}: {name}")
    sources = _named(_texts(project.sources))
    written = project.notes.note if project.notes else []
    read = _read(path, {**sources, **{id(note): note for note in written}})
    texts = {name: text for name, (text, _) in read.items()}
    notes = {key(n.guid): texts.get(id(n), "") for n in written}
    plain = {name: texts[name] for name in sources if name in texts}
    codes = project.code_book.codes.code if project.code_book else []
    taken = tuple(_codes(codes, "", notes))
    quotations = [
        q for n, s in sources.items() for q in _quotations(s, n, plain, notes)
    ]
    files = {name: values(s.description).get("file", "") for name, s in sources.items()}
    documents = {key(s.guid): n for n, s in sources.items() if n in plain}
    respondents, placed = variables(root, documents)
    lacking = [n for n in sources if n not in plain]
    comments = [line for n, s in sources.items() for line in _comments(s, n, notes)]
    return Carried(
        plain,
        taken,
        tuple(quotations),
        _coders(project, quotations),
        {n: f for n, f in files.items() if Path(f).name == f and f.endswith(".txt")},
        (
            *(lost(n, "", "lost_no_text") for n in lacking),
            *(lost(n, "", "doubt_encoding") for n in plain if read[n][1]),
            *comments,
            *rest(root, notes, {code.key: code.name for code in taken}, placed),
        ),
        respondents=respondents,
    )


def _texts(sources: Any) -> list[Any]:
    """Collect what has a plain text: texts, the text of a PDF or of a picture."""
    if not sources:
        return []
    found = list(sources.text_source)
    for of, part in (
        ("pdfsource", "representation"),
        ("picture_source", "text_description"),
    ):
        for source in getattr(sources, of):
            if text := getattr(source, part):
                text.name = source.name or text.name
                text.guid = source.guid
                found.append(text)
    return found


def _read(path: Path, sources: Mapping[Any, Any]) -> dict[Any, tuple[str, bool]]:
    """Read the texts that are there, and no more, and tell whose signs are doubtful."""
    paths = {k: _place(source.plain_text_path) for k, source in sources.items()}
    wanted = {place.name for place in paths.values() if place.name}
    raw = members(path, lambda name: _place(name).name in wanted)
    inside = {_place(name): decoded(text) for name, text in raw.items()}
    found = {k: source.plain_text_content for k, source in sources.items()}
    read = {k: (t, False) if t else _inside(inside, paths[k]) for k, t in found.items()}
    return {k: of for k, of in read.items() if of is not None}


def _place(named: str | None) -> PurePosixPath:
    """Give a source's path without its kind, to be compared in one case."""
    path = (named or "").rpartition("://")[2].replace("\\", "/").lower()
    return PurePosixPath(path.lstrip("/"))


def _inside(
    texts: Mapping[PurePosixPath, tuple[str, bool]], place: PurePosixPath
) -> tuple[str, bool] | None:
    """Find a text of the archive by its path, or by its name in any folder."""
    named = {p: text for p, text in texts.items() if p.name == place.name}
    exact = [text for p, text in named.items() if f"/{p}".endswith(f"/{place}")]
    only = exact or list(named.values())
    return only[0] if len(only) == 1 else None


def _named(sources: Any) -> dict[str, Any]:
    """Give each source a name of its own."""
    named: dict[str, Any] = {}
    for source in sources:
        name = normal(source.name or key(source.guid))
        named[f"{name} ({key(source.guid)})" if name in named else name] = source
    return named


def _coders(project: Any, quotations: list[Quotation]) -> dict[str, tuple[str, str]]:
    """Give each user's id and name; whoever coded without being one, too."""
    users = {key(u.guid): u for u in (project.users.user if project.users else [])}
    called = {k: u.id or u.name or k for k, u in users.items()}
    often = Counter(called.values())
    # NVivo's ids are initials: two users may have the same.
    own = {k: c if often[c] == 1 else users[k].name or c for k, c in called.items()}
    coders = {k: (name, users[k].name or "") for k, name in distinct(own).items()}
    for coding in (c for q in quotations for c in q.codings):
        coders.setdefault(coding["coder"], (coding["coder"] or "unknown", ""))
    return coders


def _parsed(xml: bytes, kind: Any, what: str) -> tuple[Any, Any]:
    """Parse XML into pyrefiqda's models, once it is known to be safe.

    Other versions of the standard's namespace, and none, are read as 1.0.

    Raises
    ------
    InterviewError
        Its root or namespace is another, or it does not hold to the standard.
    """
    root = sound(xml, what)
    space, _, name = root.tag.rpartition("}")
    if name != kind.__name__:
        wanted = kind.__name__
        raise InterviewError("xml_root", what=what, found=root.tag, wanted=wanted)
    wanted = f"urn:QDA-XML:{name.lower()}:1.0"
    if space and not space.lower().startswith(f"{{urn:qda-xml:{name.lower()}:"):
        found = space.removeprefix("{")
        raise InterviewError("refi_namespace", what=what, found=found, wanted=wanted)
    _identified(root, what)
    for element in root.iter():
        if local(element) == "Code":
            element.attrib.setdefault("isCodable", "true")
        element.tag = f"{{{wanted}}}{local(element)}"
    config = ParserConfig(
        fail_on_unknown_properties=False, fail_on_converter_warnings=True
    )
    try:
        return root, XmlParser(config=config).from_bytes(tostring(root), kind)
    except (ParserError, ValidationError, ValueError) as error:
        raise InterviewError("refi_unsound", what=what, why=error) from None


def _identified(root: Element, what: str) -> None:
    """Give what has no identifier one of its own; the only such code takes "".

    Raises
    ------
    InterviewError
        Several codes have one identifier.
    """
    codes: dict[str, list[Element]] = {}
    for element in root.iter():
        if local(element) == "Code":
            codes.setdefault(key(element.get("guid")), []).append(element)
    blank = codes.pop("", [])
    twice = [of for of in codes.values() if len(of) > 1]
    if twice:
        names = "; ".join(", ".join(e.get("name") or "" for e in of) for of in twice)
        raise InterviewError("refi_twice", what=what, names=names)
    for place, element in enumerate(root.iter()):
        if not element.get("guid"):
            element.set("guid", guid("element", f"{element.get('name')}/{place}"))
        if len(blank) == 1 and element.get("targetGUID") == "":
            element.set("targetGUID", blank[0].get("guid") or "")


def _codes(codes: Any, parent: str, notes: Mapping[str, str]) -> Iterator[Code]:
    """Give the codes, each below its parent, with what its note says."""
    for code in codes:
        own: dict[str, str] = {}
        definition, _, rest = (code.description or "").rpartition("\n\n")
        own = values(rest)
        definition = definition if own else code.description or ""
        for note in getattr(code, "note_ref", []):
            text = notes.get(key(note.target_guid), "")
            own = own or values(text)
            if not values(text):
                definition = f"{definition}\n\n{text}".strip()
        mine = key(code.guid)
        yield Code(mine, parent, code.name, definition, {"guid": mine, **own})
        yield from _codes(code.code, mine, notes)


def _quotations(
    source: Any, name: str, texts: Mapping[str, str], notes: Mapping[str, str]
) -> Iterator[Quotation]:
    raw = texts.get(name, "")
    selections = [_selection(s) for s in source.plain_text_selection]
    places = Places(raw, selections)
    for selection, carried in zip(source.plain_text_selection, selections, strict=True):
        (start, end), doubt = places.place(carried)
        words = places.text[start:end]
        codings = tuple(_coding(c, selection, notes) for c in selection.coding)
        own = values(selection.description)
        yield Quotation(name, start, words or carried.name, codings, own, doubt)
    if source.coding:
        codings = tuple(_coding(c, source, notes) for c in source.coding)
        yield Quotation(name, 0, places.text, codings)


def _selection(selection: Any) -> Selection:
    return Selection(
        selection.start_position, selection.end_position, selection.name or ""
    )


def _coding(coding: Any, selection: Any, notes: Mapping[str, str]) -> dict[str, str]:
    """Take a coding; coder, date and memos may stand on its selection instead."""
    day = coding.creation_date_time or selection.creation_date_time
    whole = hasattr(selection, "plain_text_path")
    found = {
        "code": key(coding.code_ref.target_guid),
        "coder": key(
            coding.creating_user or ("" if whole else selection.creating_user)
        ),
        "date": f"{day.year:04}-{day.month:02}-{day.day:02}" if day else "",
    }
    memos = [] if whole else [_memo(selection, notes)]
    for note in coding.note_ref:
        text = notes.get(key(note.target_guid), "")
        own = values(text)
        memos.append(own.pop("memo", "") if own else text)
        found |= own
    return found | {"memo": "; ".join(dict.fromkeys(filter(None, memos)))}


def _memo(selection: Any, notes: Mapping[str, str]) -> str:
    """Give what is noted about a selection, beside what we wrote there ourselves."""
    about = selection.description or ""
    texts = [notes.get(key(n.target_guid), "") for n in selection.note_ref]
    said = ["" if values(about) else about.strip(), *texts]
    return "; ".join(filter(None, said))


def _comments(
    source: Any, name: str, notes: Mapping[str, str]
) -> Iterator[tuple[str, ...]]:
    """List the comments on passages without a code."""
    for selection in source.plain_text_selection:
        memo = _memo(selection, notes)
        if memo and not selection.coding:
            yield lost(name, memo, "lost_comment")
