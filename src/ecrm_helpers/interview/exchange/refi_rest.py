"""What a REFI-QDA project holds that the tables have no place for, listed.

Areas of pictures and pages, passages of audio and video, memos of documents
and of the project, variables, cases, sets, links, graphs and colours: each is
a line, with its words, codes and coder where it has them.
"""

from collections.abc import Container, Iterator, Mapping
from xml.etree.ElementTree import Element

from ecrm_helpers.interview.exchange.carried import Lost, add_variable, lost, values

#: What stands in a project beside codes, texts and their coders, and its phrase.
_KINDS = {
    "Variable": "lost_variable",
    "Case": "lost_case",
    "Set": "lost_set",
    "Link": "lost_link",
    "Graph": "lost_graph",
}
_SOURCES = ("TextSource", "PictureSource", "PDFSource", "AudioSource", "VideoSource")
_AREAS = (
    "PictureSelection",
    "PDFSelection",
    "AudioSelection",
    "VideoSelection",
    "TranscriptSelection",
)
#: What else may be coded, and by what part.
_CODED: dict[str, tuple[str, ...]] = dict.fromkeys(_SOURCES[1:3], _AREAS)
_CODED |= dict.fromkeys(_SOURCES[3:], (*_AREAS, "PlainTextSelection"))
_CODED["Note"] = ("PlainTextSelection",)


def local(element: Element) -> str:
    """Give an element's name without its namespace."""
    return element.tag.rpartition("}")[2]


def key(guid: str | None) -> str:
    """Compare identifiers without braces and in one case."""
    return (guid or "").strip("{}").lower()


def every(element: Element, kind: str) -> list[Element]:
    """Find all elements of a kind, however deep."""
    return [found for found in element.iter() if local(found) == kind]


def own(element: Element, kind: str) -> list[Element]:
    """Find an element's own parts of a kind."""
    return [part for part in element if local(part) == kind]


def refs(element: Element, kind: str) -> list[str]:
    """Give the identifiers that an element's own references name."""
    return [key(ref.get("targetGUID")) for ref in own(element, kind)]


def about(element: Element) -> str:
    """Give an element's description; "" where it has none."""
    found = (part.text for part in own(element, "Description"))
    return next((text for text in found if text and text.strip()), "")


def variables(
    project: Element, read: Mapping[str, str]
) -> tuple[dict[str, dict[str, str]], set[Element | str]]:
    """Give the variables of each text that was read: its own and its cases'.

    Returns
    -------
    dict of document to dict of name to value
        Several values of one variable, of several who speak, by ``;``.
    set
        The values (elements) and variables (identifiers) that are in it.
    """
    named = {
        key(v.get("guid")): v.get("name") or "" for v in every(project, "Variable")
    }
    found: dict[str, dict[str, str]] = {}
    taken: set[Element | str] = set()
    for owner in (o for kind in (*_SOURCES, "Case") for o in every(project, kind)):
        of_it = key(owner.get("guid")), *refs(owner, "SourceRef")
        docs = [read[guid] for guid in of_it if guid in read]
        for value in every(owner, "VariableValue") if docs else ():
            ref, *parts = value
            of = key(ref.get("targetGUID"))
            said = "".join(part.text or "" for part in parts)
            taken |= {value, of}
            for doc in docs:
                add_variable(found.setdefault(doc, {}), named.get(of, ""), said)
    return found, taken


def rest(
    project: Element,
    notes: Mapping[str, str],
    codes: Mapping[str, str],
    taken: Container[Element | str] = (),
) -> Iterator[Lost]:
    """List what has no place.

    Parameters
    ----------
    project : Element
        The root of the project.
    notes : mapping of identifier to text
        All notes.
    codes : mapping of identifier to name
        All codes.
    taken : container, optional
        The variables that have a place, as `variables` gives them.
    """
    users = {key(u.get("guid")): u.get("name") or "" for u in every(project, "User")}
    named = {key(e.get("guid")): e.get("name") or "" for e in project.iter()}
    yield from _marks(project, codes, users)
    for source in (s for kind in _SOURCES for s in every(project, kind)):
        name = source.get("name") or key(source.get("guid"))
        if not values(said := about(source)):
            yield from _line(name, said, "lost_document_memo")
        for value in every(source, "VariableValue"):
            if value not in taken:
                yield lost(name, _words(named, value), "lost_value")
    for kind, phrase in _KINDS.items():
        for element in every(project, kind):
            if key(element.get("guid")) in taken:
                continue
            yield lost("", _words(named, element), phrase)
    yield from _line("", about(project), "lost_project_memo")
    yield from _notes(project, notes)
    coloured = [c.get("name") or "" for c in every(project, "Code") if c.get("color")]
    if coloured:
        yield lost("", "", "lost_colours", "; ".join(coloured))
    groups = [c for c in every(project, "Code") if c.get("isCodable") == "false"]
    if groups:
        names = "; ".join(c.get("name") or "" for c in groups)
        yield lost("", "", "lost_not_codable", names)


def _line(document: str, words: str, phrase: str) -> Iterator[Lost]:
    if words.strip():
        yield lost(document, words.strip(), phrase)


def _marks(
    project: Element, codes: Mapping[str, str], users: Mapping[str, str]
) -> Iterator[Lost]:
    """List the codings of what is not text."""
    for kind, source in ((k, s) for k in _CODED for s in every(project, k)):
        name = source.get("name") or key(source.get("guid"))
        phrase = "lost_coded_note" if kind == "Note" else "lost_area"
        areas = [e for e in source.iter() if local(e) in _CODED[kind]]
        read = every(source, "Representation") + every(source, "TextDescription")
        if not areas and not read and kind != "Note":
            yield lost(name, "", "lost_source")
        for area in [source, *areas]:
            codings = own(area, "Coding")
            words = (area.get("name") or "") if area is not source else ""
            told = words if area is source else _joined(words, about(area))
            for coding in codings:
                named = "; ".join(codes.get(r, r) for r in refs(coding, "CodeRef"))
                who = key(coding.get("creatingUser"))
                yield lost(name, told, phrase, named, users.get(who, who))
            if area is not source and not codings and (told or kind != "Note"):
                yield lost(name, told, phrase)


def _notes(project: Element, notes: Mapping[str, str]) -> Iterator[Lost]:
    """List the notes that no code, coding or passage refers to."""
    taken: set[Element | str] = set()
    for kind in ("Code", "Coding", "PlainTextSelection"):
        for owner in every(project, kind):
            taken |= {*refs(owner, "NoteRef")}
    owners = {
        key(ref.get("targetGUID")): source.get("name") or ""
        for kind in _SOURCES
        for source in every(project, kind)
        for ref in every(source, "NoteRef")
    }
    for note in every(project, "Note"):
        guid = key(note.get("guid"))
        if guid not in taken:
            said = _joined(note.get("name"), notes.get(guid), about(note))
            yield lost(owners.get(guid, ""), said, "lost_note")


def _joined(*parts: str | None) -> str:
    return ": ".join(filter(None, parts))


def _words(named: Mapping[str, str], element: Element) -> str:
    """Say what an element holds: its name, and all texts and names in it."""
    parts = [element.get("name")]
    for inner in element.iter():
        ends = (inner.get("originGUID"), inner.get("targetGUID"))
        parts += [named.get(key(guid)) for guid in ends if guid]
        parts.append((inner.text or "").strip())
    return _joined(*dict.fromkeys(parts))
