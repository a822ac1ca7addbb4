"""REFI-QDA projects (``.qdpx``) and codebooks (``.qdc``), read with tolerance.

Programs differ: a byte order mark, ``Sources/`` for ``sources/``, another name
for the project file, CRLF, offsets over another text, empty elements that the
schema forbids. What can be understood is; places are found by the quoted
words.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from xml.etree.ElementTree import Element

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
from ecrm_helpers.interview.exchange.refi_rest import (
    about,
    every,
    key,
    local,
    own,
    refs,
    rest,
    variables,
)
from ecrm_helpers.interview.tables import InterviewError, guid
from ecrm_helpers.printed import told


def read_codebook(path: Path) -> Carried:
    """Read a ``.qdc`` file.

    Raises
    ------
    InterviewError
        It is not a codebook in XML.
    """
    root = _parsed(content(path), "CodeBook", str(path))
    return Carried({}, tuple(_codes(root, {})))


def read_project(path: Path) -> Carried:
    """Read a ``.qdpx`` file.

    Raises
    ------
    InterviewError
        It is not a sound archive with one project in XML.
    """
    inside = members(path, lambda name: name.lower().endswith(".qde"))
    if len(inside) != 1:
        found = ", ".join(inside) or told("nothing_found")
        raise InterviewError("refi_projects", path=path, found=found)
    ((name, xml),) = inside.items()
    root = _parsed(xml, "Project", f"{path}: {name}")
    sources = _named(_texts(root))
    written = every(root, "Note")
    read = _read(path, [*sources.values(), *written])
    plain = {name: read[of][0] for name, of in sources.items() if of in read}
    notes = {key(n.get("guid")): read.get(n, ("", ""))[0] for n in written}
    taken = tuple(_codes(root, notes))
    quotations = [
        q for n, s in sources.items() for q in _quotations(s, n, plain, notes)
    ]
    files = {name: values(about(s)).get("file", "") for name, s in sources.items()}
    documents = {key(s.get("guid")): n for n, s in sources.items() if n in plain}
    respondents, placed = variables(root, documents)
    return Carried(
        plain,
        taken,
        tuple(quotations),
        _coders(root, quotations),
        {n: f for n, f in files.items() if Path(f).name == f and f.endswith(".txt")},
        (
            *(lost(n, "", "lost_no_text") for n in sources if n not in plain),
            *(lost(n, "", "doubt_encoding") for n in plain if read[sources[n]][1]),
            *(line for n, s in sources.items() for line in _comments(s, n, notes)),
            *rest(root, notes, {code.key: code.name for code in taken}, placed),
        ),
        respondents=respondents,
    )


def _texts(root: Element) -> Iterator[Element]:
    """Give what has a plain text: texts, the text of a PDF or of a picture."""
    yield from every(root, "TextSource")
    for kind, part in (
        ("PDFSource", "Representation"),
        ("PictureSource", "TextDescription"),
    ):
        for source in every(root, kind):
            for text in own(source, part):
                for name in ("name", "guid"):
                    text.set(name, source.get(name) or text.get(name) or "")
                yield text


def _read(path: Path, texts: Sequence[Element]) -> dict[Element, tuple[str, str]]:
    """Read the texts that are there, and no more, and tell whose signs are doubtful."""
    paths = {text: _place(text.get("plainTextPath")) for text in texts}
    wanted = {place.name for place in paths.values() if place.name}
    raw = members(path, lambda name: _place(name).name in wanted)
    inside = {_place(name): decoded(text) for name, text in raw.items()}
    found = {}
    for text, place in paths.items():
        said = "".join(part.text or "" for part in own(text, "PlainTextContent"))
        if there := (said, "") if said else _inside(inside, place):
            found[text] = there
    return found


def _place(named: str | None) -> PurePosixPath:
    """Give a source's path without its kind, to be compared in one case."""
    path = (named or "").rpartition("://")[2].replace("\\", "/").lower()
    return PurePosixPath(path.lstrip("/"))


def _inside(
    texts: Mapping[PurePosixPath, tuple[str, str]], place: PurePosixPath
) -> tuple[str, str] | None:
    """Find a text of the archive by its path, or by its name in any folder."""
    named = {p: text for p, text in texts.items() if p.name == place.name}
    exact = [text for p, text in named.items() if f"/{p}".endswith(f"/{place}")]
    only = exact or list(named.values())
    return only[0] if len(only) == 1 else None


def _named(sources: Iterable[Element]) -> dict[str, Element]:
    """Give each source a name of its own."""
    named: dict[str, Element] = {}
    for source in sources:
        mine = key(source.get("guid"))
        name = normal(source.get("name") or mine)
        named[f"{name} ({mine})" if name in named else name] = source
    return named


def _coders(root: Element, quotations: list[Quotation]) -> dict[str, tuple[str, str]]:
    """Give each user's id and name; whoever coded without being one, too."""
    users = {key(user.get("guid")): user for user in every(root, "User")}
    called = {k: u.get("id") or u.get("name") or k for k, u in users.items()}
    often = Counter(called.values())
    # NVivo's ids are initials: two users may have the same.
    full = {k: user.get("name") or "" for k, user in users.items()}
    unlike = {k: c if often[c] == 1 else full[k] or c for k, c in called.items()}
    coders = {k: (name, full[k]) for k, name in distinct(unlike).items()}
    for coding in (c for q in quotations for c in q.codings):
        coders.setdefault(coding["coder"], (coding["coder"] or "unknown", ""))
    return coders


def _parsed(xml: bytes, wanted: str, what: str) -> Element:
    """Parse XML, once it is known to be safe; any version of the standard's.

    Raises
    ------
    InterviewError
        Its root or namespace is another, codes have one identifier, or positions
        are no numbers.
    """
    root = sound(xml, what)
    space, _, name = root.tag.rpartition("}")
    if name != wanted:
        raise InterviewError("xml_root", what=what, found=root.tag, wanted=wanted)
    if space and not space.lower().startswith(f"{{urn:qda-xml:{name.lower()}:"):
        known, found = f"urn:QDA-XML:{name.lower()}:1.0", space.removeprefix("{")
        raise InterviewError("refi_namespace", what=what, found=found, wanted=known)
    _identified(root, what)
    wrong = [
        f"{element.get('name') or element.get('guid')} ({', '.join(_ends(element))})"
        for element in every(root, "PlainTextSelection")
        if not all(re.fullmatch(r"-?\d+", end) for end in _ends(element))
    ]
    if wrong:
        raise InterviewError("refi_unsound", what=what, why="; ".join(wrong))
    return root


def _identified(root: Element, what: str) -> None:
    """Give what has no identifier one of its own; the only such code takes "".

    Raises
    ------
    InterviewError
        Several codes have one identifier.
    """
    codes: dict[str, list[Element]] = {}
    for element in every(root, "Code"):
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


def _codes(above: Element, notes: Mapping[str, str]) -> Iterator[Code]:
    """Give the codes, each below its parent, with what its note says."""
    if local(above) not in ("Codes", "Code"):
        above = next(iter(every(above, "Codes")), above)
    parent = key(above.get("guid")) if local(above) == "Code" else ""
    for code in own(above, "Code"):
        definition, _, last = about(code).rpartition("\n\n")
        noted = values(last)
        definition = definition if noted else about(code)
        for ref in refs(code, "NoteRef"):
            text = notes.get(ref, "")
            noted = noted or values(text)
            if not values(text):
                definition = f"{definition}\n\n{text}".strip()
        mine, name = key(code.get("guid")), code.get("name") or ""
        yield Code(mine, parent, name, definition, {"guid": mine, **noted})
        yield from _codes(code, notes)


def _quotations(
    source: Element, name: str, texts: Mapping[str, str], notes: Mapping[str, str]
) -> Iterator[Quotation]:
    chosen = own(source, "PlainTextSelection")
    selections = [_selection(each) for each in chosen]
    places = Places(texts.get(name, ""), selections)
    for selection, carried in zip(chosen, selections, strict=True):
        (start, end), doubt = places.place(carried)
        words = places.text[start:end] or carried.label
        codings = _codings(selection, notes)
        noted = values(about(selection))
        yield Quotation(name, start, words, codings, noted, doubt)
    if codings := _codings(source, notes):
        yield Quotation(name, 0, places.text, codings)


def _selection(element: Element) -> Selection:
    start, end = map(int, _ends(element))
    return Selection(start, end, element.get("name") or "")


def _ends(element: Element) -> list[str]:
    return [element.get(name) or "" for name in ("startPosition", "endPosition")]


def _codings(owner: Element, notes: Mapping[str, str]) -> tuple[dict[str, str], ...]:
    """Take codings; coder, date and memos may stand on their selection instead."""
    whole = local(owner) != "PlainTextSelection"
    found = []
    for coding in own(owner, "Coding"):
        day, user = (
            coding.get(name) or owner.get(name) or ""
            for name in ("creationDateTime", "creatingUser")
        )
        if whole:
            user = coding.get("creatingUser") or ""
        code = next(iter(refs(coding, "CodeRef")), "")
        dated = re.match(r"\d{4}-\d\d-\d\d", day)
        memos = [] if whole else [_memo(owner, notes)]
        noted: dict[str, str] = {}
        for ref in refs(coding, "NoteRef"):
            text = notes.get(ref, "")
            said = values(text)
            memos.append(said.pop("memo", "") if said else text)
            noted |= said
        memo = "; ".join(dict.fromkeys(filter(None, memos)))
        who = {"coder": key(user), "date": dated[0] if dated else ""}
        found.append({"code": code, **who, **noted, "memo": memo})
    return tuple(found)


def _memo(selection: Element, notes: Mapping[str, str]) -> str:
    """Give what is noted about a selection, beside what we wrote there ourselves."""
    said = about(selection)
    texts = [notes.get(ref, "") for ref in refs(selection, "NoteRef")]
    return "; ".join(filter(None, ["" if values(said) else said.strip(), *texts]))


def _comments(
    source: Element, name: str, notes: Mapping[str, str]
) -> Iterator[tuple[str, ...]]:
    """List the comments on passages without a code."""
    for selection in own(source, "PlainTextSelection"):
        memo = _memo(selection, notes)
        if memo and not own(selection, "Coding"):
            yield lost(name, memo, "lost_comment")
