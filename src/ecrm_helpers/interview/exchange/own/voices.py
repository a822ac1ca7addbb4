"""Who speaks in a corpus: recognised, left out where asked, noted in the tables."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from ecrm_helpers.interview.anchors import folded, normal
from ecrm_helpers.interview.exchange.carried import Carried, Quotation, lost
from ecrm_helpers.interview.exchange.own.turns import Turn, counts, interviewers, turns
from ecrm_helpers.interview.tables import Interview, InterviewError, each, segments_of


@dataclass(frozen=True)
class Voices:
    """The turns of each text, and who asks."""

    turns: Mapping[str, Sequence[Turn]]
    asking: tuple[str, ...]

    @property
    def speakers(self) -> dict[str, int]:
        """The number of turns of each speaker."""
        return counts(self.turns)


def heard(carried: Carried, asking: Sequence[str] = ()) -> Voices:
    """Recognise who speaks in what was carried.

    Parameters
    ----------
    carried : Carried
        As a reader gives it.
    asking : sequence of str, optional
        Who interviews, as labelled; recognised where none are named.

    Raises
    ------
    InterviewError
        Somebody named speaks in no text.
    """
    texts = {name: normal(text) for name, text in carried.texts.items()}
    spelled: dict[str, str] = {}  # each name as it is written first
    found = {
        name: [
            replace(
                turn, speaker=spelled.setdefault(folded(turn.speaker), turn.speaker)
            )
            for turn in turns(text, carried.bold.get(name, ()))
        ]
        for name, text in texts.items()
    }
    if not asking:
        return Voices(found, tuple(interviewers(texts, found)))
    known = {folded(name): name for name in counts(found)}
    unknown = [name for name in asking if folded(name) not in known]
    if unknown:
        named, has = ", ".join(unknown), ", ".join(known.values()) or "–"
        raise InterviewError("voices_unknown", named=named, has=has)
    return Voices(found, tuple(known[folded(name)] for name in asking))


def without(carried: Carried, voices: Voices) -> Carried:
    """Leave out the words of who asks; what was coded of them is listed.

    Raises
    ------
    InterviewError
        Nobody who asks was recognised.
    """
    if not voices.asking:
        has = ", ".join(voices.speakers) or "–"
        raise InterviewError("voices_none", has=has)
    kept = {
        name: _kept(normal(text), voices.turns[name], voices.asking)
        for name, text in carried.texts.items()
    }
    texts = {
        name: "".join(normal(carried.texts[name])[a:b] for a, b in spans).rstrip()
        for name, spans in kept.items()
    }
    left, lines = [], list(carried.lost)
    for quotation in carried.quotations:
        moved = _moved(quotation, kept, texts)
        left.append(moved)
        if not moved.words.strip():
            left.pop()
            who = "; ".join(dict.fromkeys(c["coder"] for c in quotation.codings))
            codes = "; ".join(dict.fromkeys(c["code"] for c in quotation.codings))
            at = quotation.document, quotation.words
            lines.append(lost(*at, "lost_interviewer", codes, who))
    return replace(
        carried, texts=texts, quotations=tuple(left), lost=tuple(lines), bold={}
    )


def _kept(
    text: str, of: Sequence[Turn], asking: Sequence[str]
) -> list[tuple[int, int]]:
    """Give what stays of a text: all but the turns of who asks."""
    spans, at = [], 0
    for number, turn in enumerate(of):
        if turn.speaker in asking:
            spans.append((at, turn.start))
            at = of[number + 1].start if number + 1 < len(of) else len(text)
    return [*spans, (at, len(text))]


def _moved(
    quotation: Quotation,
    kept: Mapping[str, list[tuple[int, int]]],
    texts: Mapping[str, str],
) -> Quotation:
    """Carry a quotation to the text that stays."""
    if quotation.start is None or quotation.document not in kept:
        return quotation
    spans, length = kept[quotation.document], len(normal(quotation.words))

    def carry(place: int) -> int:
        return sum(max(0, min(place, b) - a) for a, b in spans)

    start, end = carry(quotation.start), carry(quotation.start + length)
    words = texts[quotation.document][start:end]
    start += len(words) - len(words.lstrip())
    whole = end - start == length
    doubt = quotation.doubt or "doubt_interviewer" * (not whole)
    return replace(quotation, start=start, words=words.strip(), doubt=doubt)


def noted(interview: Interview, voices: Voices) -> Interview:
    """Note who speaks each passage; without codings, each turn is a unit to code.

    What the interviewer says is no unit. Without turns the lines are the units.
    """
    if interview.segments.empty and interview.codings.empty:
        return replace(interview, segments=units(interview, voices))
    rows = interview.segments
    speakers = [
        r.speaker or _speaker(voices.turns.get(r.doc_id, ()), r.start)
        for r in each(rows)
    ]
    return replace(interview, segments=rows.assign(speaker=speakers))


def _speaker(of: Sequence[Turn], place: int) -> str:
    found = bisect_right([turn.start for turn in of], place) - 1
    return of[found].speaker if found >= 0 and place < of[found].end else ""


def units(interview: Interview, voices: Voices | None = None) -> pd.DataFrame:
    """Cut all texts into the turns of those who answer, or into their lines.

    Returns
    -------
    DataFrame
        With the columns of ``segments.csv``, each row with a turn of its own.
    """
    voices = voices or heard(Carried(interview.texts, ()))
    spans = [
        (doc, *span)
        for doc, text in interview.texts.items()
        for span in _cut(text, voices.turns.get(doc, ()), voices.asking)
    ]
    width = len(str(len(spans)))
    rows = []
    for n, (doc, a, b, who) in enumerate(spans, 1):
        of = f"{n:0{width}}"
        rows.append((f"S{of}", doc, a, b, interview.texts[doc][a:b], f"T{of}", who, ""))
    return segments_of(rows)


def _cut(
    text: str, of: Sequence[Turn], asking: Sequence[str]
) -> list[tuple[int, int, str]]:
    if of:
        said = [t for t in of if t.speaker not in asking and t.said < t.end]
        return [(turn.said, turn.end, turn.speaker) for turn in said]
    found, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            start = at + len(line) - len(line.lstrip())
            found.append((start, at + len(line.rstrip()), ""))
        at += len(line) + 1
    return found
