"""Which column holds which question: by the text of its header, never by place.

A header is compared in small letters, without accents or punctuation, with
the patterns that the study declares. Its number may be wrong; it only decides
where the text leaves more than one question.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from ecrm_helpers.answers.audit import RECONSTRUCTED, quoted
from ecrm_helpers.answers.formats.tables import Sheet
from ecrm_helpers.answers.personal import COLUMNS, sender_kind
from ecrm_helpers.printed import Told, told
from ecrm_helpers.study import Item, Question, Study, plain

_NUMBERED = re.compile(r"^(?:q(?:uestion)? ?)?(\d+) (?=\D)")
_ITEM = re.compile(r"^(.*)\[(.*)\]\s*$", re.DOTALL)
_NEAR = 3
#: So much alike a label must be to one of the study, from 0 to 1.
_ALIKE = 0.5


@dataclass(frozen=True)
class Columns:
    """The place of each question's column, and what the others are."""

    places: dict[str, int]
    id: int | None
    moment: int | None
    senders: Mapping[int, str]
    personal: Sequence[str]
    ignored: Sequence[str]
    notes: Sequence[Told]
    faults: Sequence[Told]


def score(header: Sequence[str], study: Study) -> int:
    """Count the questions that a header has a column for; a column counts once."""
    found = [_candidates(text, study) for text in header]
    sure = set().union(*(names for names in found if len(names) == 1))
    return len(sure) + sum(len(names) > 1 for names in found)


def matched(sheet: Sheet, study: Study) -> Columns:
    """Find each question's column, and every reason why one cannot be found."""
    found = [
        _candidates(text, study) or _candidates(name, study)
        for text, name in zip(sheet.header, sheet.names or sheet.header, strict=True)
    ]
    claims: dict[str, list[int]] = {name: [] for name in study.columns}
    for place, names in enumerate(found):
        if len(names) == 1:
            claims[names.pop()].append(place)
    claims = {
        name: _narrowed(name, held, sheet, study) for name, held in claims.items()
    }
    claimed = {place for places in claims.values() for place in places}
    free = [
        place
        for place, names in enumerate(found)
        if len(names) < 2 and place not in claimed
    ]
    kinds = {place: _kind(sheet, place) for place in free}
    places = {name: held[0] for name, held in claims.items() if held}
    moments = [place for place in free if kinds[place] == "moment"]
    others = [sheet.header[p] for p in free if kinds[p] == "" and sheet.header[p]]
    ids = next((p for p in free if kinds[p] == "id"), None)
    if ids is not None and any(
        row[ids].startswith(RECONSTRUCTED) for row in sheet.rows
    ):
        # What the thesis prints nothing of was not reconstructed.
        for name, question in study.columns.items():
            if question.published == "nothing" and not claims[name]:
                del claims[name]
    return Columns(
        places,
        ids,
        moments[0] if moments else None,
        {p: kinds[p] for p in free if kinds[p] in ("address", "name")},
        [sheet.header[p] for p in free if kinds[p] not in ("", "id")],
        others,
        list(_notes(sheet, study, places)),
        [
            *_ambiguous(sheet, found),
            *_misnamed(sheet, study, places),
            *_missing(sheet, study, claims, others),
        ],
    )


def _narrowed(
    name: str, places: Sequence[int], sheet: Sheet, study: Study
) -> list[int]:
    """Leave out of a question's columns what a program adds to it in brackets.

    Of those that still share a header, a program's short name tells them apart.
    """
    held = list(places)
    if len(held) > 1 and not study.columns[name].items:
        held = [p for p in held if not _parts(sheet.header[p])[1]] or held
    if len(held) > 1 and sheet.names:
        held = [p for p in held if plain(sheet.names[p]) == plain(name)] or held
    return held


def _candidates(header: str, study: Study) -> set[str]:
    """Give the columns that a header may be; its number decides between several."""
    text = plain(header)
    for column in study.columns:
        if text == plain(column):
            return {column}
    stem, item = (plain(part) for part in _parts(header))
    found = {
        column
        for name, question in study.questions.items()
        for column in _columns(name, question, _NUMBERED.sub("", stem), item)
    }
    number = _NUMBERED.match(stem)
    if len(found) > 1 and number:
        same = {c for c in found if c.split("_")[0] == f"q{number[1]}"}
        return same or found
    return found


def _parts(header: str) -> tuple[str, str]:
    bracket = _ITEM.match(header)
    return (bracket[1], bracket[2]) if bracket else (header, "")


def _columns(name: str, question: Question, stem: str, item: str) -> Iterator[str]:
    hits = (re.search(pattern, stem) for pattern in question.patterns)
    hit = next(filter(None, hits), None)
    if hit and not question.items:
        yield name
    elif hit:
        # Without brackets the item stands behind the question.
        rest = item or stem[hit.end() :]
        yield from (c for c, one in question.items.items() if _is_item(one, rest))


def _is_item(item: Item, text: str) -> bool:
    return any(re.search(pattern, text) for pattern in item.patterns)


def _kind(sheet: Sheet, place: int) -> str:
    """Tell id, moment, address, name, other personal and any other column apart."""
    texts = [plain(t) for t in (sheet.header[place], *sheet.names[place : place + 1])]
    if any(COLUMNS["column of moments"].fullmatch(text) for text in texts):
        return "moment"
    cells = [cell for row in sheet.rows if (cell := row[place].strip())]
    if told := sender_kind(" ".join(texts), cells):
        return told
    return "id" if "id" in texts else ""


def _notes(sheet: Sheet, study: Study, places: dict[str, int]) -> Iterator[Told]:
    for column, place in places.items():
        number = _NUMBERED.match(plain(sheet.header[place]))
        if number and f"q{number[1]}" != column.split("_")[0]:
            header = quoted(sheet.header[place])
            yield told("read_number", question=column, header=header)
        named = plain(sheet.names[place]) if sheet.names else ""
        others = {plain(name) for name in study.columns if name != column}
        if named in others:
            yield told("read_name", question=column, name=sheet.names[place])
    if list(places.values()) != sorted(places.values()):
        yield told("read_order")


def _misnamed(sheet: Sheet, study: Study, places: dict[str, int]) -> Iterator[Told]:
    """Name the columns whose short name is a question's, and whose label is not."""
    for column, place in places.items():
        header = sheet.header[place]
        by_name = sheet.names and plain(header) != plain(sheet.names[place])
        if not by_name or column in _candidates(header, study):
            continue
        labels = study.label(column)
        if max(_likeness(header, labels.fr), _likeness(header, labels.en)) < _ALIKE:
            found = {"name": sheet.names[place], "label": quoted(header)}
            yield told("fault_misnamed", question=column, asked=labels, **found)


def _likeness(header: str, label: str) -> float:
    return SequenceMatcher(None, plain(label), plain(header[:200])).ratio()


def _ambiguous(sheet: Sheet, found: Sequence[set[str]]) -> Iterator[Told]:
    for place, names in enumerate(found):
        if len(names) > 1:
            header, among = quoted(sheet.header[place]), ", ".join(sorted(names))
            yield told("fault_ambiguous", header=header, questions=among)


def _missing(
    sheet: Sheet, study: Study, claims: dict[str, list[int]], others: Sequence[str]
) -> Iterator[Told]:
    """Name the questions without a column, and those with more than one."""
    for column, places in claims.items():
        if len(places) > 1:
            headers = " | ".join(quoted(sheet.header[place]) for place in places)
            yield told("fault_question_twice", question=column, headers=headers)
        elif not places:
            label = study.label(column)
            near = " | ".join(quoted(text) for text in _nearest(label.fr, others))
            yield told(
                "fault_question_missing", question=column, label=label, near=near or "-"
            )


def _nearest(label: str, headers: Sequence[str]) -> list[str]:
    """Give the headers without a question that are most like a label."""

    def likeness(header: str) -> float:
        return _likeness(header, label)

    return sorted(headers, key=likeness, reverse=True)[:_NEAR]
