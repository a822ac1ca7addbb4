"""Transcripts in Word or plain text, with their codes where they have some.

Codes stand in comments (their author is the coder) or in a column of a table
beside the text.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ecrm_helpers.files import content
from ecrm_helpers.interview.anchors import folded, normal
from ecrm_helpers.interview.exchange.archives import decoded
from ecrm_helpers.interview.exchange.carried import Carried, Lost, Quotation, lost
from ecrm_helpers.interview.exchange.own import names
from ecrm_helpers.interview.exchange.own.columns import Roles, roles
from ecrm_helpers.interview.exchange.own.headers import reports_in
from ecrm_helpers.interview.exchange.own.word import Comment, Written, read_word
from ecrm_helpers.interview.tables import InterviewError
from ecrm_helpers.printed import told

#: Endings of the files that are read.
KINDS = (".docx", ".txt", ".vtt", ".srt")

#: Who coded, where the file does not say.
CODER = "C1"


def read_transcripts(paths: Sequence[Path]) -> Carried:
    """Read transcripts, each a document, into one corpus.

    Parameters
    ----------
    paths : sequence of path
        ``.docx``, ``.txt``, ``.vtt`` or ``.srt`` files.

    Raises
    ------
    FileError
        A file cannot be read.
    InterviewError
        A file is no Word document, or files hold no text.
    """
    parts = [_Transcript(name, path) for name, path in _named(paths).items()]
    reports = [
        told("transcripts_report", path=part.path, program=program, ways=ways)
        for part in parts
        for program, ways in reports_in(part.text)
    ]
    if reports:
        raise InterviewError("transcripts_reports", *reports, k=len(reports))
    if blank := [str(part.path) for part in parts if not part.text.strip()]:
        raise InterviewError("transcripts_blank", files=", ".join(blank))
    quotations = tuple(q for part in parts for q in part.quotations)
    return Carried(
        {part.name: part.text for part in parts},
        names.book(name for part in parts for name in part.given),
        quotations,
        {c["coder"]: (c["coder"], "") for q in quotations for c in q.codings},
        lost=tuple([line for part in parts for line in part.lost] + _rare(parts)),
        bold={part.name: part.bold for part in parts},
    )


def _rare(parts: "Sequence[_Transcript]") -> list[Lost]:
    """List the comments that are codes used once where most serve more often."""
    codings = [c for part in parts for q in part.quotations for c in q.codings]
    times = Counter(coding["code"] for coding in codings)
    if 2 * sum(n for n in times.values() if n > 1) < len(codings):
        return []
    return [line for part in parts for of, line in part.short if times[of] == 1]


def _named(paths: Sequence[Path]) -> dict[str, Path]:
    """Name each document after its file; where two are alike, with more of its path."""
    files = {path.resolve(): path for path in paths}
    ways = [
        [path.stem for path in files],
        [path.name for path in files],
        [f"{path.name} ({path.parent.name})" for path in files],
        [f"{path.name} ({n})" for n, path in enumerate(files, 1)],
    ]
    keys = [[*map(folded, way)] for way in ways]
    own = [
        next(w[n] for w, k in zip(ways, keys, strict=True) if k.count(k[n]) == 1)
        for n in range(len(files))
    ]
    return dict(zip(map(normal, own), files.values(), strict=True))


@dataclass
class _Transcript:
    """One document: its text, the codings in it, and what has no place.

    `short` are the codes that comments may be, with the line that would say so.
    """

    name: str
    path: Path
    text: str = ""
    bold: frozenset[int] = frozenset()
    spans: dict[int, tuple[int, int]] = field(default_factory=dict)
    given: list[str] = field(default_factory=list)
    quotations: list[Quotation] = field(default_factory=list)
    lost: list[Lost] = field(default_factory=list)
    short: list[tuple[str, Lost]] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.path.suffix.lower() == ".docx":
            self._read(read_word(self.path))
        else:
            text, older = decoded(content(self.path), str(self.path))
            self.text = normal(text)
            if older:
                self._lose("", "doubt_encoding")

    def _lose(self, *line: str) -> None:
        self.lost.append(lost(self.name, *line))

    def _read(self, written: Written) -> None:
        tables = []
        beside, spoken = set(), set()
        for rows in written.tables:
            cells = [_cells(written, row) for row in rows]
            if not (found := roles(cells)):
                if shown := next((" | ".join(c) for c in cells if len({*c}) > 1), ""):
                    self._lose(shown, "doubt_table")
                continue
            tables.append((rows, found))
            for place, row in enumerate(rows):
                beside |= {line for lines in row.values() for line in lines}
                for column in _spoken(found) if place >= found.body else ():
                    spoken |= set(row.get(column, []))
            of_codes = [*cells[: found.body], *_beside(written, rows, found)]
            for words, doubt in found.doubts(of_codes):
                self._lose(words, doubt)
        self._compose(written, beside - spoken)
        for rows, found in tables:
            self._table(written, rows, found)
        for name, comment in written.comments.items():
            if not comment.reply_to:
                self._comment(name, written)
        for note in written.notes:
            self._lose(note, "lost_note")
        self._colours(written)

    def _colours(self, written: Written) -> None:
        """List what is coloured, where nothing codes it."""
        spans = [(q.start or 0, len(q.words)) for q in self.quotations]
        for line, first, last, colour in written.coloured:
            a, b = (self.spans.get(line, (0, 0))[0] + end for end in (first, last))
            coded = any(at < b and a < at + length for at, length in spans)
            words = self.text[a:b] if line in self.spans and not coded else ""
            if words.strip():
                self._lose(words, "lost_colour", colour)

    def _compose(self, written: Written, beside: set[int]) -> None:
        """Put the text together; cells of one row stand in one line, by tabs."""
        bold, number, before = set(), -1, None
        for place, line in enumerate(written.lines):
            if place in beside or not line.text.strip():
                continue
            row = bool(line.cell and before and line.cell[:2] == before[:2])
            mark = "\t" if row and line.cell != before else "\n"
            self.text += mark if self.text else ""
            number = self.text.count("\n")
            start = len(self.text)
            self.text += line.text
            self.spans[place] = start, len(self.text)
            before = line.cell
            if line.bold:
                bold.add(number)
        self.bold = frozenset(bold)

    def _table(
        self, written: Written, rows: list[dict[int, list[int]]], found: Roles
    ) -> None:
        """Take the passages of a table with the codes beside them."""
        beside = found.filled([*[[""]] * found.body, *_beside(written, rows, found)])
        for row, cells in zip(rows[found.body :], beside, strict=True):
            said = row.get(found.one["text"], [])
            lines = [n for n in said if n in self.spans]
            for view in found.views(cells):
                given, memo, voids = codes_in(cells, view)
                coder = view.cell(cells, "coder") or CODER
                coding = {"coder": coder, "date": "", "memo": memo}
                for cell in voids:
                    words = "\n".join(written.lines[n].text for n in lines)
                    self._lose(words, "lost_void", cell, coder)
                if lines:
                    span = self.spans[lines[0]][0], self.spans[lines[-1]][1]
                    self._take(span, given, coding)
                elif given or memo:
                    self._lose(memo, "lost_words", "; ".join(given), coder)
        for header in found.rest.values():
            self._lose(header, "lost_column")

    def _comment(self, name: str, written: Written) -> None:
        """Take a comment for codes of its passage, or list it."""
        comment = written.comments[name]
        given, memo = names.read(comment.lines)
        replies = [
            f"{reply.author} : {' '.join(reply.lines)}"
            for reply in written.comments.values()
            if reply.reply_to == name
        ]
        coding = {
            "coder": comment.author or CODER,
            "date": comment.date,
            "memo": "\n".join(filter(None, [memo, *replies])),
        }
        if not any(map(names.SURE.search, comment.lines)):
            who = "; ".join(given), coding["coder"]
            line = lost(self.name, "", "doubt_note", *who)
            self.short += [(names.key(name), line) for name in given]
        span = self._span(comment)
        if given and span is None:
            codes = "; ".join(given)
            self._lose(coding["memo"], "lost_anchor", codes, coding["coder"])
        else:
            point = comment.start == comment.end
            self._take(span or (0, 0), given, coding, "doubt_point" * point)

    def _span(self, comment: Comment) -> tuple[int, int] | None:
        """Find a comment's passage; at a point it is the line that it stands in."""
        if comment.start is None or comment.end is None:
            return None
        first, last = comment.start[0], comment.end[0]
        inside = [n for n in self.spans if first <= n <= last]
        if not inside:
            return None
        start, end = self.spans[inside[0]][0], self.spans[inside[-1]][1]
        point = comment.start == comment.end
        if first in self.spans and not point:
            start = min(start + comment.start[1], self.spans[first][1])
        if last in self.spans and not point:
            end = min(self.spans[last][0] + comment.end[1], end)
        words = self.text[start:end]
        start += len(words) - len(words.lstrip())
        return (start, start + len(words.strip())) if words.strip() else None

    def _take(
        self,
        span: tuple[int, int],
        given: list[str],
        coding: dict[str, str],
        doubt: str = "",
    ) -> None:
        """Note the codings of a passage; a memo without any is listed."""
        if not given:
            if coding["memo"]:
                self._lose(coding["memo"], "lost_comment", "", coding["coder"])
            return
        self.given += given
        codings = tuple({**coding, "code": names.key(name)} for name in given)
        words = self.text[slice(*span)]
        self.quotations.append(Quotation(self.name, span[0], words, codings, {}, doubt))


def _cells(written: Written, row: Mapping[int, list[int]]) -> list[str]:
    """Give a row's cells, the lines of each parted as they are."""
    last = max(row, default=-1)
    return [
        "\n".join(written.lines[n].text.strip() for n in row.get(column, []))
        for column in range(last + 1)
    ]


def _beside(
    written: Written, rows: Sequence[Mapping[int, list[int]]], found: Roles
) -> list[list[str]]:
    """Give the cells beside each row's passage; one over both is a heading."""
    said = found.one["text"]
    return [
        _cells(written, {c: of for c, of in row.items() if of != row.get(said, [])})
        for row in rows[found.body :]
    ]


def _spoken(found: Roles) -> set[int]:
    """Name the columns whose words are the text."""
    return {c for role, c in found.one.items() if role in ("text", "speaker")}


def codes_in(row: Sequence[str], found: Roles) -> tuple[list[str], str, list[str]]:
    """Read the codes that a row of a table names, its memo, and what names none."""
    codes: list[str] = []
    memos = [found.cell(row, "memo")]
    voids: list[str] = []
    for above, cell in found.given(row):
        parts = cell.split("\n")
        voids += filter(names.void, parts)
        named = [part for part in parts if not names.void(part)]
        given, memo = names.read(named, sure=found.program)
        codes += [" > ".join(filter(None, [above, name])) for name in given]
        memos.append(memo)
    return list(dict.fromkeys(codes)), "\n".join(filter(None, memos)), voids
