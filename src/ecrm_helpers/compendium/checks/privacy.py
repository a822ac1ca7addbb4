"""No person in the data, nor in what is made from them: a gate, not a promise.

`scan` reads every file of ``data/`` and ``output/`` and names each place that
looks like a person: an e-mail address, a telephone number, a column of names
or of moments, a natural person other than the thesis's author, and the author
outside the reference. It never repeats what it found.

Not read: ``data/raw/`` and ``output/private/``, where an author's own answers
lie (git ignores both, and what is made from them is read in ``output/``), and
pictures. Of a PDF the
running text is read, and lines are counted in it. A file without a trace is not
read again as long as it and all of this package are the same: hashes say so.
"""

import hashlib
import html
import json
import re
from collections.abc import Iterator, Mapping
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

import yaml

from ecrm_helpers.answers.personal import COLUMNS, EMAIL, PHONE
from ecrm_helpers.compendium.checks.texts import JSON, name_of, read, texts
from ecrm_helpers.compendium.plan.project import PACKAGE
from ecrm_helpers.compendium.plan.stamps import digest, digests, fingerprint
from ecrm_helpers.files import read_rows, write_atomically
from ecrm_helpers.printed import language, say
from ecrm_helpers.study import plain

ALLOW = "data/privacy_allow.csv"
#: Files in which nothing was found, under the hash of what it was looked for by.
_CLEAN = "output/.stamps/privacy"

#: What tells of no person: embedded files, hashes, outlines of drawings.
_MACHINE = re.compile(
    r"data:[\w/+.-]+;base64,[\w+/=]+"
    r"|(?<![\w+/])[\w+/]{160,}={0,2}"
    r"|\b[0-9a-f]{32,}\b|sha(?:256|384|512)-[\w+/=]+"
    r'|\b(?:d|points|transform|viewBox)=\\?"[^"]*"'
)
_MOMENT = re.compile(
    r"\b(?:\d{4}[-/]\d{1,2}[-/]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4})"
    r"[T ,]+\d{1,2}[:h]\d{2}"
)
#: Where other files than CSV name their columns: HTML, JSON, sheets.
_HEAD = re.compile(r"<thead\b.*?</thead>", re.DOTALL)
_TH = re.compile(r"<th\b[^>]*>([^<]*)<")
_KEY = re.compile(r'"([^"\\\n]{2,40})"\s*:')
#: Keys of programs' own records, papermill's of a failed run among them.
_RECORDS = {"name", "start_time", "end_time"}
_CELL = re.compile(r"<(?:t|w:t|text:p)\b[^>]*>([^<]*)<")
#: Tables and pages made beside their CSV and HTML.
_MADE = re.compile(r"output/\w\w/(?:tables/\d+\.\d+-|tables/[DE]\.|docx/)")
#: Salted hashes of the surnames of the other natural persons the thesis names.
_PERSONS = {"bdb90411e72046e4", "f37787a391836079"}
_DOCUMENTS = ("*.md", "*.cff", "*.yml", "docs/*.md", "notebooks/*.ipynb")


class _Finding(NamedTuple):
    file: str
    line: int
    what: str
    text: str

    def ways(self) -> tuple[str, str]:
        """Give what allows it: its text, or the kind that it is, in English."""
        return self.text, say(self.what, "en")


def scan(root: Path, *, strict: bool = True) -> list[str]:
    """List every trace of a person in ``data/`` and ``output/``.

    Parameters
    ----------
    root : path
        The compendium's folder. ``data/privacy_allow.csv``, where there is
        one, allows findings: ``file``, ``text`` (as found, or a kind of finding
        for all of that kind in the file), ``reason``.
    strict : bool
        Whether files are read in which nothing was found the last time, by the
        same rules.

    Returns
    -------
    list of str
        File, line and kind of each finding that is not allowed; each
        allowance without a reason, and each that allows nothing. Empty when
        all is well.

    Raises
    ------
    RowsError
        The list of allowances is not a table with those columns.

    Examples
    --------
    >>> from ecrm_helpers.files import project_folder
    >>> scan(project_folder() / "data/interview")
    []
    """
    path = root / ALLOW
    rows = read_rows(path, ("file", "text", "reason")) if path.exists() else []
    found = list(_findings(root) if strict else _found_anew(root))
    allowed = {(row["file"], row["text"]) for row in rows}
    stale = allowed - {(one.file, way) for one in found for way in one.ways()}
    # The list itself holds the texts that it allows.
    allowed |= {(ALLOW, row["text"]) for row in rows}
    fault = partial(say, edition=language(), allow=ALLOW)
    unreasoned = [row["file"] for row in rows if not row["reason"].strip()]
    return [
        *(
            fault(
                "privacy_found",
                file=one.file,
                line=one.line,
                what=say(one.what, language()),
            )
            for one in found
            if not {(one.file, way) for way in one.ways()} & allowed
        ),
        *(fault("privacy_no_reason", file=file) for file in unreasoned),
        *(fault("privacy_stale", file=file) for file, _ in sorted(stale)),
    ]


def _found_anew(root: Path) -> list[_Finding]:
    """Look where something was found before, or never looked for."""
    place, code = root / _CLEAN, digests(PACKAGE, [PACKAGE])
    by = [root / name for name in ("CITATION.cff", "requirements.lock")]
    rules = fingerprint({**code, **digests(root, filter(Path.exists, by))})
    try:
        kept: dict[str, dict[str, str]] = json.loads(place.read_text(encoding="utf-8"))
        clean = dict(kept[rules])
    except (OSError, ValueError, LookupError, TypeError):
        clean = {}  # none, damaged, or by other rules
    found = list(_findings(root, clean))
    write_atomically(place, json.dumps({rules: clean}, indent=1).encode())
    return found


def _findings(root: Path, clean: dict[str, str] | None = None) -> Iterator[_Finding]:
    """Look into every file but those that are `clean`; add to these."""
    author, clean = _author(root), {} if clean is None else clean
    for path in read(root, _CLEAN):
        content = digest(path)
        if clean.pop(name_of(path, root), "") != content:
            found = [one for text in texts(path, root) for one in _in(*text, author)]
            yield from found
            if found:
                continue
        clean[name_of(path, root)] = content
    for path in sorted(p for pattern in _DOCUMENTS for p in root.glob(pattern)):
        file, text = name_of(path, root), path.read_text(encoding="utf-8")
        yield from _placed(file, text, _persons(text))
        yield from _placed(file, text, _outside_reference(text, author))


def _in(file: str, text: str, author: Mapping[str, str]) -> Iterator[_Finding]:
    shown = _MACHINE.sub(lambda part: "\n" * part[0].count("\n"), text)
    yield from _placed(file, shown, _traces(file, shown))
    yield from _placed(file, text, _outside_reference(text, author))


def _placed(
    file: str, text: str, traces: Iterator[tuple[str, int, str]]
) -> Iterator[_Finding]:
    for what, place, found in traces:
        yield _Finding(file, text.count("\n", 0, place) + 1, what, found)


def _traces(file: str, text: str) -> Iterator[tuple[str, int, str]]:
    """Give kind, place and text of each trace in one file."""
    if "@" in text:
        for match in EMAIL.finditer(text):
            yield "privacy_email", match.start(), match[0]
    for match in PHONE.finditer(text):
        yield "privacy_telephone", match.start(), match[0]
    for place, cell in _header_cells(file, text):
        for what, words in COLUMNS.items():
            if words.fullmatch(plain(cell)):
                yield what, place, cell
    if file.endswith((".csv", ".tsv", ".txt")) or "!" in file.replace("!docProps", ""):
        for match in _MOMENT.finditer(text):
            yield "privacy_moment", match.start(), match[0]
    yield from _persons(text)


def _header_cells(file: str, text: str) -> Iterator[tuple[int, str]]:
    """Give what names a column: first line, header of a table, key, cell of a sheet."""
    if file.endswith((".csv", ".tsv", ".txt")):
        for match in re.finditer(r"[^,;\t]+", text.split("\n", 1)[0]):
            yield match.start(), match[0]
    for head in _HEAD.finditer(text):
        for match in _TH.finditer(text, head.start(), head.end()):
            yield match.start(), html.unescape(match[1])
    if file.endswith(JSON):
        for match in _KEY.finditer(text):
            if match[1] not in _RECORDS:
                yield match.start(), match[1]
    # A made table says its columns in CSV and HTML too; there a cell is a cell.
    if "!" in file and not _MADE.match(file):
        for match in _CELL.finditer(text):
            yield match.start(), html.unescape(match[1])


def _persons(text: str) -> Iterator[tuple[str, int, str]]:
    """Find named persons by the hashes of the words."""
    for word in sorted(filter(_is_person, set(re.findall(r"[^\W\d_]{3,}", text)))):
        for match in re.finditer(rf"\b{word}\b", text):
            yield "privacy_person", match.start(), word


@cache
def _is_person(word: str) -> bool:
    salted = f"ecrm privacy {plain(word)}"
    return hashlib.sha256(salted.encode()).hexdigest()[:16] in _PERSONS


def _author(root: Path) -> Mapping[str, str]:
    """Take the author's name and the thesis's title from the reference."""
    path = root / "CITATION.cff"
    if not path.exists():
        return {}
    thesis = yaml.safe_load(path.read_text(encoding="utf-8"))["references"][0]
    return {"name": thesis["authors"][0]["family-names"], "title": thesis["title"]}


def _outside_reference(
    text: str, author: Mapping[str, str]
) -> Iterator[tuple[str, int, str]]:
    """Find the author's name where the title is not, or a second time."""
    if not author:
        return
    name = r"\b" + r"\W{1,3}".join(author["name"].split()) + r"\b"
    found = list(re.finditer(name, text, re.IGNORECASE))
    referring = found and _ascii(author["title"]) in _ascii(text)
    for match in found[1 if referring else 0 :]:
        yield "privacy_author", match.start(), match[0]


def _ascii(text: str) -> str:
    """Keep what every format writes alike, wherever it breaks a line or a word."""
    return "".join(re.findall(r"[a-z0-9]+", html.unescape(text).lower()))
