"""Each answer as the questionnaire has it: a level, a point, or missing.

One column at a time, and each of its different texts once. What a column
cannot hold is a fault with its lines; nothing is guessed or averaged.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import numpy as np
import pandas as pd

from ecrm_helpers.answers.audit import Other, listed, quoted
from ecrm_helpers.answers.columns.cells import (
    is_marker,
    labels_twice,
    no_words,
    unnumbered,
)
from ecrm_helpers.answers.columns.typed import categories, typed
from ecrm_helpers.answers.columns.values import EXAMPLES, days, numbers
from ecrm_helpers.answers.personal import without_persons
from ecrm_helpers.printed import Told, told
from ecrm_helpers.study import Question, Spellings, Study, plain

_WHOLE = re.compile(r"([0-9]{1,9})(?:\.0+)?")
_SEPARATORS = re.compile(r"\s*[,;]\s*")


class Answer(NamedTuple):
    """What one text of a column stands for."""

    value: str | float | pd.Timestamp | None = None
    other: str = ""
    contradicts: bool = False
    wrong: bool = False
    marker: bool = False
    apart: str = ""


@dataclass(frozen=True)
class Column:
    """One question's answers, and what was met on the way.

    `codes` tell the texts of the cells apart, free texts included; `apart` says of
    each answer that is counted apart which rows gave it.
    """

    values: pd.Series
    codes: np.ndarray
    contradictory: np.ndarray
    others: Sequence[Other]
    notes: Sequence[Told]
    faults: Sequence[Told]
    apart: Mapping[str, np.ndarray] = field(default_factory=dict)


def cleaned(
    name: str,
    texts: Sequence[str],
    lines: Sequence[int],
    study: Study,
    labels: Mapping[str, str],
    recodes: Mapping[str, str],
) -> Column:
    """Hold one column against its question.

    Parameters
    ----------
    name : str
        The column, such as ``q3`` or ``q5_1``.
    texts : sequence of str
        Its cells, one for each row.
    lines : sequence of int
        Their lines in the file.
    labels : mapping of str to str
        A statistics program's codes and their labels.
    recodes : mapping of str to str
        Spellings, as `plain` gives them, and the answer each becomes.

    Returns
    -------
    Column
        Levels as an ordered categorical, points as ``Int64``.
    """
    cells = np.array([text.strip() for text in texts], dtype=object)
    codes, different = pd.factorize(cells)
    known = _known(study.columns[name], study, labels, recodes, different)
    answers = [known.read(text) for text in different]
    values = _filled([answer.value for answer in answers])[codes]
    times = np.bincount(codes, minlength=len(different))
    counts = {
        "read_recoded": sum(times[[known.recoded(text) for text in different]]),
        "read_respelled": sum(times[[known.respelled(text) for text in different]]),
        "read_markers": sum(times[[one.marker for one in answers]]),
    }
    at = np.asarray(lines)
    met = {plain(labels.get(text, text)) for text in different}
    unused = ", ".join(quoted(answer) for answer in recodes if answer not in met)
    return Column(
        typed(values, study.columns[name], study),
        codes,
        np.array([answer.contradicts for answer in answers])[codes],
        list(_others(name, answers, codes, at)),
        [
            *(told(key, question=name, k=k) for key, k in counts.items() if k),
            *([told("read_unused", question=name, answers=unused)] if unused else []),
        ],
        [
            *labels_twice(name, labels),
            *(
                _fault(name, different[n], known, list(at[codes == n]))
                for n, answer in enumerate(answers)
                if answer.wrong
            ),
        ],
        {
            of: np.array([answer.apart == of for answer in answers])[codes]
            for of in dict.fromkeys(answer.apart for answer in answers if answer.apart)
        },
    )


def _filled(values: Sequence[object]) -> np.ndarray:
    """Make an array of values as they are: no moment becomes a number."""
    held = np.empty(len(values), dtype=object)
    held[:] = values
    return held


def _fault(name: str, cell: str, known: "_Known", lines: list[int]) -> Told:
    """Say that a cell is no answer to its question; of a code, with its label."""
    found = quoted(without_persons(cell))
    values = {"question": name, "lines": listed(lines), "allowed": known.allowed}
    if cell in known.labels:
        label = quoted(without_persons(known.labels[cell]))
        return told("fault_label", found=found, label=label, **values)
    if known.turned and _whole(cell):
        return told("fault_turned", found=found, question=name, lines=listed(lines))
    return told("fault_answer", found=found, **values)


def _others(
    name: str, answers: Sequence[Answer], codes: np.ndarray, at: np.ndarray
) -> Iterator[Other]:
    free = np.array([bool(answer.other) for answer in answers])[codes]
    for row in np.flatnonzero(free):
        text = without_persons(answers[codes[row]].other)
        yield Other(int(at[row]), name, text)


@dataclass(frozen=True)
class _Known:
    """What the texts of one column may stand for."""

    question: Question
    labels: Mapping[str, str]
    recodes: Mapping[str, str]
    other: str
    spelled: Spellings
    points: Mapping[str, int]
    apart: Collection[str]
    read_value: Callable[[str], float | pd.Timestamp | None] | None
    allowed: str

    def text(self, cell: str) -> str:
        """Give what a cell says: an SPSS code by its label."""
        return self.labels.get(cell, cell).strip()

    def recoded(self, cell: str) -> bool:
        return bool(cell) and plain(self.text(cell)) in self.recodes

    def respelled(self, cell: str) -> bool:
        known = self.spelled.answer(cell) is not None
        return known and cell not in {*self.points, *self.apart}

    def read(self, cell: str) -> Answer:
        """Give what a cell stands for, after the table of recodes."""
        if self.recoded(cell):
            cell = self.recodes[plain(self.text(cell))]
        if not cell:
            return Answer()
        said = self.text(cell)
        level = self.spelled.answer(said)
        if level in self.apart:
            return Answer(apart=level or "")
        if level is None and is_marker(said):
            return Answer(marker=True)
        if self.question.closed:
            return self._level(said)
        return self._point(cell) if self.question.scale else self._value(cell)

    def _value(self, cell: str) -> Answer:
        """Read a number or a day; a code with a label is neither."""
        readable = self.read_value and cell not in self.labels
        value = self.read_value(cell) if self.read_value and readable else None
        return Answer(value, wrong=value is None)

    def _level(self, said: str) -> Answer:
        if found := self.spelled.answer(said):
            return Answer(found)
        if plain(said) == plain(self.other) and self.question.other:
            return Answer(self.other)
        parts = {self.spelled.answer(part) for part in _SEPARATORS.split(said) if part}
        if parts and None not in parts:
            alone = parts.pop()
            return Answer(contradicts=True) if parts else Answer(alone)
        if not self.question.other or no_words(said):
            return Answer(wrong=True)
        return Answer(self.other, other=said)

    def _point(self, cell: str) -> Answer:
        """Give the point of a scale; a label counts before the code it stands on."""
        if cell in self.labels:
            return self._labelled(cell)
        if level := self.spelled.answer(cell):
            return Answer(self.points[level])
        return Answer(wrong=True) if self.turned else self._number(cell)

    @cached_property
    def turned(self) -> bool:
        """Whether labels stand on other codes than their points: bare codes mislead."""
        points = {_whole(code): self._labelled(code).value for code in self.labels}
        return any(
            point not in (None, int(code or -1)) for code, point in points.items()
        )

    def _labelled(self, cell: str) -> Answer:
        """Hold a code's label against the scale; a number before it must agree."""
        if (
            stands := self.points.get(self.spelled.answer(self.text(cell)) or "")
        ) is not None:
            return Answer(stands)
        number, said = unnumbered(self.text(cell))
        point = number or _whole(cell)
        if not said or _whole(self.text(cell)):
            return self._number(_whole(self.text(cell)) or point)
        level = self.spelled.answer(said) or ""
        if (stands := self.points.get(level)) is not None:
            return Answer(stands, wrong=number not in ("", str(stands)))
        ends = zip(self.question.scale or (), self.question.ends or (), strict=False)
        for stands, end in ends:
            if plain(said) in {plain(end.fr), plain(end.en)}:
                return Answer(stands, wrong=point != str(stands))
        return Answer(wrong=True)

    def _number(self, cell: str) -> Answer:
        low, high = self.question.scale or (0, 0)
        whole = _whole(cell)
        inside = bool(whole) and low <= int(whole) <= high
        return Answer(int(whole)) if inside else Answer(wrong=True)


def _whole(cell: str) -> str:
    """Give a whole number's digits, written out or with zeros behind a point."""
    found = _WHOLE.fullmatch(cell)
    return str(int(found[1])) if found else ""


def _known(
    question: Question,
    study: Study,
    labels: Mapping[str, str],
    recodes: Mapping[str, str],
    different: Iterable[str],
) -> _Known:
    low, high = question.scale or (0, 0)
    points = {level.answer: n for n, level in enumerate(question.points.values(), low)}
    if question.closed:
        allowed = categories(question, study)
    else:
        allowed = [f"{low}–{high}", *points] if question.scale else []
    apart = [level.answer for level in question.levels.values() if level.apart]
    values: Callable[[str], float | pd.Timestamp | None] | None = None
    if question.kind in ("number", "date"):
        read = numbers if question.kind == "number" else days
        values = read(different, question.unit)
        allowed = [EXAMPLES[question.kind]]
    return _Known(
        question,
        labels,
        recodes,
        study.reading.other.answer,
        Spellings(question.levels.values()),
        points,
        apart,
        values,
        ", ".join([*allowed, *apart]),
    )
