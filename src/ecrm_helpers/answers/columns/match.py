"""Which column holds which question: by the text of its header, never by place."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from ecrm_helpers.answers.audit import RECONSTRUCTED, quoted
from ecrm_helpers.answers.columns.cells import is_own_words
from ecrm_helpers.answers.columns.headers import (
    NUMBERED,
    QUIZ,
    Headers,
    own_head,
    parts,
)
from ecrm_helpers.answers.formats.tables import Sheet
from ecrm_helpers.answers.personal import COLUMNS, sender_kind
from ecrm_helpers.printed import Told, told
from ecrm_helpers.study import Study, plain

_NEAR = 3
#: So much alike a label must be to one of the study, from 0 to 1.
_ALIKE = 0.5


@dataclass(frozen=True)
class Columns:
    """The place of each question's column, and what the others are.

    `more` are the further places of a question that several columns hold, `beside`
    those of what was written beside the levels of one.
    """

    places: dict[str, int]
    more: dict[str, Sequence[int]]
    beside: dict[str, int]
    id: int | None
    moment: int | None
    senders: Mapping[int, str]
    personal: Sequence[str]
    ignored: Sequence[str]
    notes: Sequence[Told]
    faults: Sequence[Told]


def matched(sheet: Sheet, headers: Headers) -> Columns:
    """Find each question's column, and every reason why one cannot be found."""
    study = headers.study
    found = [
        set() if name in study.scores else headers.named(text, name)
        for text, name in zip(sheet.header, sheet.names or sheet.header, strict=True)
    ]
    claims: dict[str, list[int]] = {
        name: [] for name in (*study.columns, *study.questions)
    }
    for place, names in enumerate(found):
        if len(names) == 1:
            claims[min(names)].append(place)
    claims = {
        name: _narrowed(name, held, sheet, study)
        for name, held in _boxed(claims, headers).items()
    }
    beside = _beside(sheet, claims, headers)
    claimed = {place for places in claims.values() for place in places}
    claimed |= {*beside.values()}
    free = [
        place
        for place, names in enumerate(found)
        if len(names) < 2 and place not in claimed
    ]
    kinds = {place: kind_of(sheet, place) for place in free}
    places = {name: held[0] for name, held in claims.items() if held}
    moments = [place for place in free if kinds[place] == "moment"]
    others = [sheet.header[p] for p in free if kinds[p] == "" and sheet.header[p]]
    ids = next((p for p in free if kinds[p] == "id"), None)
    if ids is not None and any(
        who.startswith(RECONSTRUCTED) for who in sheet.cells[:, ids]
    ):
        # What the thesis prints nothing of was not reconstructed.
        for name, question in study.columns.items():
            if question.published == "nothing" and not claims.get(name, [0]):
                del claims[name]
    several = {name: held[1:] for name, held in claims.items() if _may(name, study)}
    return Columns(
        places,
        {name: held for name, held in several.items() if held},
        beside,
        ids,
        moments[0] if moments else None,
        {p: kinds[p] for p in free if kinds[p] in ("address", "name")},
        [sheet.header[p] for p in free if kinds[p] not in ("", "id")],
        others,
        list(_notes(sheet, study, places)),
        [
            *_ambiguous(sheet, found),
            *_misnamed(sheet, headers, places),
            *_missing(sheet, study, claims, others),
        ],
    )


def _beside(
    sheet: Sheet, claims: Mapping[str, Sequence[int]], headers: Headers
) -> dict[str, int]:
    """Find what was written beside a choice, in a column of its own.

    Its header repeats the question, or it stands at its right.
    """
    taken = {place for places in claims.values() for place in places}
    free = [place for place in range(len(sheet.header)) if place not in taken]
    own = [place for place in free if is_own_words(sheet.header[place])]
    choices = [
        name
        for name, question in headers.study.questions.items()
        if question.closed and question.other and len(claims[name]) == 1
    ]
    of = {place: headers.beside(sheet.header[place]) for place in free if choices}
    found: dict[str, int] = {}
    for name in choices:
        named = [place for place in free if of[place] == name]
        near = [place for place in own if place == claims[name][0] + 1]
        if named or near:
            found[name] = [*named, *near][0]
    return found


def _boxed(claims: dict[str, list[int]], headers: Headers) -> dict[str, list[int]]:
    """Keep of a question with boxes their columns, or the one column of them all."""
    left = dict(claims)
    for name, boxes in headers.boxes.items():
        held = [box for box in boxes if claims[box]]
        alone = len(boxes) == 1 or held == [f"{name}_other"]
        if len(held) > 1 or (held and not claims[name] and alone):
            left.pop(name)
            if f"{name}_other" not in held:
                left.pop(f"{name}_other", None)
        elif boxes:
            left[name] = claims[name] or [p for box in held for p in claims[box]]
            left = {key: places for key, places in left.items() if key not in boxes}
        elif headers.study.questions[name].items:
            left.pop(name)
    return left


def _may(column: str, study: Study) -> bool:
    """Whether several columns of a file may be one: joined, or a box's own words."""
    question = study.columns.get(column) or study.questions[column]
    return question.joined or (
        question.kind == "multiple" and column.endswith("_other")
    )


def texts(
    sheet: Sheet, columns: Columns, column: str, *, words: bool = False
) -> tuple[list[str], list[int]]:
    """Give the cells of a column, of several joined the one that is filled.

    Parameters
    ----------
    column : str
        Of the study.
    words : bool
        Give what a program's codes stand for; joined columns always do.

    Returns
    -------
    list of str
    list of int
        The rows in which two are filled, and not alike; the last is given.
    """
    places = [columns.places[column], *columns.more.get(column, ())]
    if column in columns.beside:
        return _with_words(sheet, places[0], columns.beside[column]), []
    held = [sheet.cells[:, place].tolist() for place in places]
    if sheet.labels and (words or len(places) > 1):
        of = [sheet.labels[place] for place in places]
        held = [
            [known.get(one, one) for one in cells]
            for known, cells in zip(of, held, strict=True)
        ]
    if len(held) == 1:
        return held[0], []
    rows = [[cell for cell in row if cell] for row in zip(*held, strict=True)]
    twice = [n for n, row in enumerate(rows) if len(set(row)) > 1]
    return [row[-1] if row else "" for row in rows], twice


def _with_words(sheet: Sheet, place: int, beside: int) -> list[str]:
    """Give a choice's cells, and where none of its levels was taken what is beside."""
    labels = sheet.labels[place] if sheet.labels else {}
    return [
        words if words and (not cell or is_own_words(labels.get(cell, cell))) else cell
        for cell, words in sheet.cells[:, [place, beside]]
    ]


def _narrowed(
    name: str, places: Sequence[int], sheet: Sheet, study: Study
) -> list[int]:
    """Leave out of a question's columns what a program adds to it in brackets.

    Of those that still share a header, a program's short name tells them apart.
    """
    held = [p for p in places if not QUIZ.fullmatch(sheet.header[p])] or list(places)
    if _may(name, study):
        return held
    if len(held) > 1 and study.part(name) is None:
        held = [p for p in held if not parts(sheet.header[p])[1]] or held
    if len(held) > 1 and sheet.names:
        held = [p for p in held if plain(sheet.names[p]) == plain(name)] or held
    return held


def kind_of(sheet: Sheet, place: int) -> str:
    """Tell id, moment, address, name, other personal and any other column apart."""
    header = sheet.header[place]
    names = header, own_head(header), *sheet.names[place : place + 1]
    texts = [plain(text) for text in names]
    if any(COLUMNS["privacy_column_moments"].fullmatch(text) for text in texts):
        return "moment"
    if told := sender_kind(" ".join(texts), list(filter(None, sheet.cells[:, place]))):
        return told
    return "id" if "id" in texts else ""


def _notes(sheet: Sheet, study: Study, places: dict[str, int]) -> Iterator[Told]:
    known = {plain(name) for name in study.columns} if sheet.names else set()
    for column, place in places.items():
        number = NUMBERED.match(plain(sheet.header[place]))
        if number and f"q{number[1]}" != column.split("_")[0]:
            header = quoted(sheet.header[place])
            yield told("read_number", question=column, header=header)
        named = plain(sheet.names[place]) if sheet.names else ""
        if named in known and named != plain(column):
            yield told("read_name", question=column, name=sheet.names[place])
    asked = [places[column] for column in study.columns if column in places]
    if asked != sorted(asked):
        yield told("read_order")


def _misnamed(sheet: Sheet, headers: Headers, places: dict[str, int]) -> Iterator[Told]:
    """Name the columns whose short name is a question's, and whose label is not."""
    study = headers.study
    for column, place in places.items():
        header = sheet.header[place]
        by_name = sheet.names and plain(header) != plain(sheet.names[place])
        of_header = headers.of(header)
        boxes = (headers.boxes.get(name, {}) for name in of_header)
        if not by_name or column in of_header or any(column in one for one in boxes):
            continue
        stem = study.columns[column].asked if column in study.columns else ()
        if plain(header) in map(plain, stem):
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
        if len(places) > 1 and not _may(column, study):
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
