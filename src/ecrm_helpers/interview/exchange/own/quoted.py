"""A spreadsheet of one's own: passages and their codes, and whose interview it is.

The passages are looked for in the transcripts, which are given beside it.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ecrm_helpers.interview.anchors import loose, normal, places
from ecrm_helpers.interview.exchange.archives import book_of, csv_rows
from ecrm_helpers.interview.exchange.carried import Carried, Lost, Quotation, lost
from ecrm_helpers.interview.exchange.own import names
from ecrm_helpers.interview.exchange.own.columns import Roles, listed, roles
from ecrm_helpers.interview.exchange.own.transcripts import CODER, KINDS, codes_in
from ecrm_helpers.interview.tables import InterviewError
from ecrm_helpers.printed import told
from ecrm_helpers.study import plain


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
    sheets = _sheets(path)
    reader = _Sheets(transcripts.texts)
    grids = {n: r if roles(r) else listed(r, reader.named) for n, r in sheets.items()}
    found = {name: (rows, of) for name, rows in grids.items() if (of := roles(rows))}
    if not found:
        headers = [
            ", ".join(c for c in rows[0] if c) for rows in sheets.values() if rows
        ]
        has = " / ".join(headers) or told("nothing_found")
        raise InterviewError("quoted_columns", path=path, found=has)
    if not transcripts.texts:
        raise InterviewError("quoted_texts", path=path)
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
    return replace(
        transcripts,
        codes=tuple(({c.key: c for c in transcripts.codes} | codes).values()),
        quotations=(*transcripts.quotations, *reader.taken),
        coders={**transcripts.coders, **coders},
        lost=(*transcripts.lost, *reader.lost),
    )


def _sheets(path: Path) -> dict[str, list[list[str]]]:
    """Read the rows of every sheet, all cells as text."""
    if path.suffix.lower() == ".csv":
        rows = csv_rows(path)
        width = max(map(len, rows), default=0)
        return {"": [[*row, *[""] * (width - len(row))] for row in rows]}
    try:
        return {sheet.title: _rows(sheet) for sheet in book_of(path).worksheets}
    except (ValueError, KeyError) as error:
        raise InterviewError("at_file", path=path, why=error) from None


def _rows(sheet: Any) -> list[list[str]]:
    """Read the rows that are not blank; a merged cell stands in each of its rows."""
    rows = [
        ["" if cell is None else str(cell) for cell in row]
        for row in sheet.iter_rows(values_only=True)
    ]
    for area in sheet.merged_cells.ranges:
        for row in rows[area.min_row : area.max_row]:
            row[area.min_col - 1] = rows[area.min_row - 1][area.min_col - 1]
    return [row for row in rows if any(map(str.strip, row))]


@dataclass
class _Sheets:
    """Takes rows, one after the other; an empty cell of interview repeats the last."""

    texts: Mapping[str, str]

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
        given, memo = codes_in(row, of)
        coder = of.cell(row, "coder") or CODER
        words, source = self._sourced(of.cell(row, "text"), said)
        said = said or source
        if not words or not given:
            if words or given or memo:
                key = "lost_no_code" if words else "lost_words"
                at = said, ": ".join(filter(None, [words, memo]))
                self.lost.append(lost(*at, key, "; ".join(given), coder))
            return
        self.given += given
        coding = {"coder": coder, "date": "", "memo": memo}
        codings = tuple({**coding, "code": names.key(name)} for name in given)
        new = Quotation(self._document(said, sheet, words), None, words, codings)
        last = (*self.taken[-1:], new)[0]
        known = {(c["code"], c["coder"]) for c in last.codings}
        same = (last.document, last.words) == (new.document, words)
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
        if said:
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
        """Find the interview of a name, or the only one with its number: "E1"."""
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
    """Give a name's letters and figures alone, without the ending of a file."""
    return plain(name.removesuffix(Path(name).suffix)
                 if Path(name).suffix.lower() in (*KINDS, ".doc") else name
                 ).replace(" ", "")  # fmt: skip


def _unquoted(words: str) -> str:
    """Take the quotation marks off a passage that stands wholly in them."""
    bare = words.strip()
    for first, last in ("«»", '""', "“”", "''"):
        if len(bare) > 1 and bare[0] == first and bare[-1] == last:
            inner = bare[1:-1].strip()
            if first not in inner and last not in inner:
                return inner
    return bare
