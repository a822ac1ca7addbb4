"""A spreadsheet of one's own: passages and their codes, and whose interview it is.

The passages are looked for in the transcripts, which are given beside it.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ecrm_helpers.interview.anchors import loose, normal, places
from ecrm_helpers.interview.exchange.archives import sheets_of
from ecrm_helpers.interview.exchange.carried import Carried, Lost, Quotation, lost
from ecrm_helpers.interview.exchange.own import names
from ecrm_helpers.interview.exchange.own.columns import Roles, listed, roles
from ecrm_helpers.interview.exchange.own.headers import book
from ecrm_helpers.interview.exchange.own.transcripts import CODER, KINDS, codes_in
from ecrm_helpers.interview.tables import InterviewError
from ecrm_helpers.printed import told
from ecrm_helpers.study import plain

#: Endings that programs leave in a document's name, or take off it.
_ENDINGS = (*KINDS, ".doc", ".odt", ".rtf", ".pdf", ".html")


def read_sheet(path: Path, transcripts: Carried) -> Carried:
    """Read a table of passages and codes.

    Parameters
    ----------
    path : path
        ``.xlsx`` or ``.csv``, with a column of passages (quotation, verbatim,
        extrait …) and one or more of codes (code, thème, or a column for each
        code, marked with x); also, where there are any, of the interview, the
        coder and a memo. Sheets may be one for each interview.
    transcripts : Carried
        What the passages are from, as `read_transcripts` gives it.

    Raises
    ------
    InterviewError
        No sheet has such columns, or no transcripts are given.
    """
    sheets, doubtful = sheets_of(path)
    reader = _Sheets(transcripts.texts)
    reader.lost += [lost("", path.name, "doubt_encoding")] * doubtful
    grids = {n: r if roles(r) else listed(r, reader.named) for n, r in sheets.items()}
    found = {name: (rows, of) for name, rows in grids.items() if (of := roles(rows))}
    means = {n: m for rows in sheets.values() for n, m in book(rows)}
    if not found and means:
        return Carried({}, names.book(means, means))
    if not found:
        headers = [
            ", ".join(c for c in rows[0] if c) for rows in sheets.values() if rows
        ]
        has = " / ".join(headers) or told("nothing_found")
        raise InterviewError("quoted_columns", path=path, found=has)
    if not transcripts.texts:
        raise InterviewError("quoted_texts", path=path)
    said = {
        of.cell(r, "document") for rows, of in found.values() for r in of.filled(rows)
    }
    reader.only = len(said) == len(transcripts.texts) == 1
    for name, (rows, of) in found.items():
        for row in of.filled(rows):
            for view in of.views(row):
                reader.row(row, view, name)
        doubts = [(header, "lost_column") for header in of.rest.values()]
        doubts += of.doubts(rows)
        reader.lost += [lost("", words, key) for words, key in doubts]
    unread = [name for name, rows in sheets.items() if rows and name not in found]
    reader.lost += [lost("", name, "lost_sheet") for name in unread]
    coders = {c["coder"]: (c["coder"], "") for q in reader.taken for c in q.codings}
    codes = {code.key: code for code in names.book(reader.given)}
    carried = replace(
        transcripts,
        codes=tuple(({c.key: c for c in transcripts.codes} | codes).values()),
        quotations=(*transcripts.quotations, *reader.taken),
        coders={**transcripts.coders, **coders},
        lost=(*transcripts.lost, *reader.lost),
    )
    program = any(of.program for _, of in found.values())
    return carried if program else names.parted(carried)


@dataclass
class _Sheets:
    """Takes rows, one after the other; an empty cell of interview repeats the last."""

    texts: Mapping[str, str]
    only: bool = False  # one text for the only document, whatever each is called

    def __post_init__(self) -> None:
        self.taken: list[Quotation] = []
        self.given: list[str] = []
        self.lost: list[Lost] = []
        times = Counter(map(_bare, self.texts))
        self._known = {_bare(n): n for n in self.texts if times[_bare(n)] == 1}
        self._before: dict[str, str] = {}

    def row(self, row: Sequence[str], of: Roles, sheet: str) -> None:
        """Take a row's passage with its codes, or list it."""
        said = of.cell(row, "document") or self._before.get(sheet, "")
        self._before[sheet] = said
        given, memo, voids = codes_in(row, of)
        coder = of.cell(row, "coder") or CODER
        words, source = self._sourced(of.cell(row, "text"), said)
        said = said or source
        mine = of.cell(row, "id")
        if mine.startswith(("imid:", "avid:")):  # QualCoder's areas and moments
            self.lost.append(lost(said, memo, "lost_area", "; ".join(given), coder))
            return
        self.lost += [lost(said, words, "lost_void", cell, coder) for cell in voids]
        if not words or not given:
            if words or given or memo:
                key = "lost_no_code" if words else "lost_words"
                at = said, ": ".join(filter(None, [words, memo]))
                self.lost.append(lost(*at, key, "; ".join(given), coder))
            return
        self.given += given
        coding = {"coder": coder, "date": "", "memo": memo}
        codings = tuple({**coding, "code": names.key(name)} for name in given)
        document = self._document(said, sheet, words)
        new = Quotation(document, None, words, codings, {"id": mine})
        last = (*self.taken[-1:], new)[0]
        known = {(c["code"], c["coder"]) for c in last.codings}
        same = (last.document, last.words, last.own) == (document, words, new.own)
        if same and not known & {(c["code"], c["coder"]) for c in codings}:
            # Another row of one passage, not another passage of the same words.
            new = replace(self.taken.pop(), codings=(*last.codings, *codings))
        self.taken.append(new)

    def _sourced(self, cell: str, said: str) -> tuple[str, str]:
        """Part a passage from the interview that is named behind it: "(E1, l. 3)"."""
        found = re.fullmatch(r"(.+?)\s*[(\[]([^()\[\]]+)[)\]]\.?", cell, re.DOTALL)
        source = self.named(re.split("[,;:]", found[2])[0]) if found else ""
        whole = any(places(normal(text), cell) for text in self.texts.values())
        if whole or (said and source != self.named(said)):
            source = ""
        return _unquoted(found[1] if found and source else cell), source

    def _document(self, said: str, sheet: str, words: str) -> str:
        """Find the interview a row is of: by name, by sheet, or by its words."""
        if said and not self.only:
            return self.named(said) or said
        if _bare(sheet) in self._known:
            return self._known[_bare(sheet)]
        if len(self.texts) == 1:
            return next(iter(self.texts))
        texts = {name: normal(text) for name, text in self.texts.items()}
        having = [n for n, text in texts.items() if places(text, words)]
        having = having or [n for n, text in texts.items() if loose(text, words)]
        return having[0] if len(having) == 1 else ""

    def named(self, said: str) -> str:
        """Find the interview of a name, or the only one with its number: "E1".

        ATLAS.ti puts a number before the name.
        """
        said = re.sub(r"^D?\s?\d+\s?:\s*(?=\S)", "", said)
        if said in self.texts:
            return said
        if _bare(said) in self._known:
            return self._known[_bare(said)]
        wanted = plain(said).split()[-1:]
        digits = "".join(c for c in said if c.isdigit()).lstrip("0")
        having = [
            name
            for name in self.texts
            if wanted == plain(Path(name).stem).split()[-1:]
            or (digits and digits == "".join(filter(str.isdigit, name)).lstrip("0"))
        ]
        return having[0] if len(having) == 1 and wanted else ""


def _bare(name: str) -> str:
    """Give a name's letters and figures alone, without the endings of files."""
    while Path(name).suffix.lower() in _ENDINGS:
        name = name.removesuffix(Path(name).suffix)
    return plain(name).replace(" ", "")


def _unquoted(words: str) -> str:
    """Take the quotation marks off a passage that stands wholly in them."""
    bare = words.strip()
    for first, last in ("«»", '""', "“”", "''"):
        if len(bare) > 1 and bare[0] == first and bare[-1] == last:
            inner = bare[1:-1].strip()
            if first not in inner and last not in inner:
                return inner
    return bare
