"""What the texts of one column may stand for: a level, a point, a number, a day."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import pandas as pd

from ecrm_helpers.answers.columns.cells import (
    is_marker,
    is_own_words,
    no_words,
    rated,
    unnumbered,
)
from ecrm_helpers.answers.columns.typed import categories
from ecrm_helpers.answers.columns.values import EXAMPLES, days, numbers
from ecrm_helpers.answers.formats.tables import cell_text
from ecrm_helpers.printed import Told
from ecrm_helpers.study import Question, Spellings, Study, plain

_WHOLE = re.compile(r"([0-9]{1,9})(?:[.,]0+)?")
#: What asks for a number of years, and not for a year.
_IN_YEARS = re.compile(
    r"^(?!.*(?:naissance|birth|born|nee? en)).*?\b(ages?|how old|anciennete|seniority"
    r"|(?:combien d|nombre d|en) annees|annees d|(?:how many|in) years|years of)\b"
)
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
class Known:
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
    doubts: Sequence[Told] = ()

    def text(self, cell: str) -> str:
        """Give what a cell says: an SPSS code by its label."""
        return self.labels.get(cell, cell).strip()

    def recoded(self, cell: str) -> bool:
        """Tell whether the table of recodes has a cell."""
        return bool(cell) and plain(self.text(cell)) in self.recodes

    def respelled(self, cell: str) -> bool:
        """Tell whether a cell is a level in other letters."""
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
        if level is None and is_marker(said) and cell not in self.on_scale:
            return Answer(marker=True)
        if self.question.closed:
            return self._level(said)
        return self._point(cell) if self.question.scale else self._value(cell)

    def _value(self, cell: str) -> Answer:
        """Read a number or a day; a code with a label is neither."""
        readable = self.read_value and cell not in self.labels
        value = self.read_value(cell) if self.read_value and readable else None
        inside = not isinstance(value, float) or self._may_be(value)
        return Answer(value, wrong=value is None or self.is_year(cell) or not inside)

    def _may_be(self, value: float) -> bool:
        low, high = self.question.between or (value, value)
        return low <= value <= high

    @cached_property
    def in_years(self) -> str:
        """The word that asks for a number of years, and not for a year."""
        label = self.question.label
        found = _IN_YEARS.search(f"{plain(label.fr)} {plain(label.en)}")
        return found[1] if found else ""

    def is_year(self, cell: str) -> bool:
        """Tell whether a cell writes a year where a number of years is asked for."""
        value = self.read_value(cell) if self.read_value and self.in_years else None
        return isinstance(value, float) and 1900 <= value < 2100

    def _level(self, said: str) -> Answer:
        _, bare = unnumbered(said)
        named = self.spelled.answer(bare) if bare[:1].isalpha() else None
        if found := self.spelled.answer(said) or named:
            return Answer(found)
        if self.question.other and (
            plain(said) == plain(self.other) or is_own_words(said)
        ):
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
        if not digits_of(cell) and not rated(cell):
            return self._labelled(cell)
        return Answer(wrong=True) if self.turned else self._number(cell)

    def misleading(self, met: Collection[str]) -> list[str]:
        """Give the codes on the scale whose labels say what nobody here knows.

        Nobody need have given such an answer: its label may turn the scale round.
        """
        return sorted(c for c in self.on_scale - {*met} if self.read(c).wrong)

    @cached_property
    def on_scale(self) -> set[str]:
        """The labelled codes that are points of the scale."""
        low, high = self.question.scale or (0, -1)
        points = {str(point) for point in range(low, high + 1)}
        return {code for code in self.labels if digits_of(code) in points}

    @cached_property
    def turned(self) -> bool:
        """Whether labels stand on other codes than their points: bare codes mislead."""
        points = {digits_of(code): self._labelled(code).value for code in self.labels}
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
        point = number or digits_of(cell)
        if not said or digits_of(self.text(cell)):
            return self._number(digits_of(self.text(cell)) or point)
        level = self.spelled.answer(said) or ""
        if (stands := self.points.get(level)) is not None:
            return Answer(stands, wrong=number not in ("", str(stands)))
        ends = zip(self.question.scale or (), self.question.ends or (), strict=False)
        for stands, end in ends:
            if plain(said) in {plain(end.fr), plain(end.en)}:
                return Answer(stands, wrong=point not in ("", str(stands)))
        return Answer(wrong=True)

    def _number(self, cell: str) -> Answer:
        low, high = self.question.scale or (0, 0)
        point, highest = (int(digits_of(cell) or -1), None)
        if told := rated(cell):
            point, highest = told
        inside = low <= point <= high and highest in (None, high)
        return Answer(point) if inside else Answer(wrong=True)


def digits_of(cell: str) -> str:
    """Give a whole number's digits, written out or with zeros behind a point."""
    found = _WHOLE.fullmatch(cell)
    return str(int(found[1])) if found else ""


def known_of(
    question: Question,
    study: Study,
    labels: Mapping[str, str],
    recodes: Mapping[str, str],
    different: Iterable[str],
) -> Known:
    """Gather what the texts of a column may stand for.

    Parameters
    ----------
    question, study
        What is asked, and in which study.
    labels, recodes : mapping of str to str
        As `cleaned` takes them.
    different : iterable of str
        The different texts of the column.

    Returns
    -------
    Known
    """
    low, high = question.scale or (0, 0)
    points = {level.answer: n for n, level in enumerate(question.points.values(), low)}
    if question.closed:
        allowed = categories(question, study)
    else:
        allowed = [f"{low}–{high}", *points] if question.scale else []
    apart = [level.answer for level in question.levels.values() if level.apart]
    values: Callable[[str], float | pd.Timestamp | None] | None = None
    doubts = list[Told]()
    if question.kind == "number":
        values = numbers(different, question.unit)
    elif question.kind == "date":
        values, doubts = days(different)
    ends = ["–".join(map(cell_text, question.between))] if question.between else []
    allowed = [EXAMPLES[question.kind], *ends] if values else allowed
    return Known(
        question,
        labels,
        recodes,
        study.reading.other.answer,
        Spellings(question.levels.values()),
        points,
        apart,
        values,
        ", ".join([*allowed, *apart]),
        doubts,
    )
