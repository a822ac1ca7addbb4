"""Each answer as the questionnaire has it: a level, a point, or missing.

One column at a time, and each of its different texts once. What a column
cannot hold is a fault with its lines; nothing is guessed or averaged.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from ecrm_helpers.answers.audit import Other, listed, quoted
from ecrm_helpers.answers.personal import without_persons
from ecrm_helpers.printed import Told, told
from ecrm_helpers.study import Question, Study, plain

_WHOLE = re.compile(r"([0-9]{1,9})(?:\.0+)?")
_NUMBER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?")
_SEPARATORS = re.compile(r"\s*[,;]\s*")


class Answer(NamedTuple):
    """What one text of a column stands for."""

    value: str | int | None = None
    other: str = ""
    contradicts: bool = False
    wrong: bool = False


@dataclass(frozen=True)
class Column:
    """One question's answers, and what was met on the way.

    `codes` tell the texts of the cells apart, free texts included.
    """

    values: pd.Series
    codes: np.ndarray
    contradictory: np.ndarray
    others: Sequence[Other]
    notes: Sequence[Told]
    faults: Sequence[Told]


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
    study : Study
        The questionnaire.
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
    known = _known(study.columns[name], study, labels, recodes)
    answers = [known.read(text) for text in different]
    values = np.array([answer.value for answer in answers], dtype=object)[codes]
    times = np.bincount(codes, minlength=len(different))
    counts = {
        "read_recoded": sum(times[[known.recoded(text) for text in different]]),
        "read_respelled": sum(times[[known.respelled(text) for text in different]]),
    }
    at = np.asarray(lines)
    met = {plain(labels.get(text, text)) for text in different}
    unused = ", ".join(quoted(answer) for answer in recodes if answer not in met)
    return Column(
        _typed(values, study.columns[name], study),
        codes,
        np.array([answer.contradicts for answer in answers])[codes],
        list(_others(name, answers, codes, at)),
        [
            *(told(key, question=name, k=k) for key, k in counts.items() if k),
            *([told("read_unused", question=name, answers=unused)] if unused else []),
        ],
        [
            told(
                "fault_answer",
                question=name,
                found=quoted(without_persons(different[n])),
                lines=listed(list(at[codes == n])),
                allowed=known.allowed,
            )
            for n, answer in enumerate(answers)
            if answer.wrong
        ],
    )


def _others(
    name: str, answers: Sequence[Answer], codes: np.ndarray, at: np.ndarray
) -> Iterator[Other]:
    free = np.array([bool(answer.other) for answer in answers])[codes]
    for row in np.flatnonzero(free):
        text = without_persons(answers[codes[row]].other)
        yield Other(int(at[row]), name, text)


def _typed(values: np.ndarray, question: Question, study: Study) -> pd.Series:
    if not question.closed:
        return pd.Series(pd.array(values, dtype="Int64"))
    return pd.Series(pd.Categorical(values, categories(question, study), ordered=True))


def categories(question: Question, study: Study) -> list[str]:
    """Give the answers that a closed question may have, in order."""
    other = [study.reading.other.answer] if question.other else []
    return [*question.answers.values(), *other]


@dataclass(frozen=True)
class _Known:
    """What the texts of one column may stand for."""

    question: Question
    labels: Mapping[str, str]
    recodes: Mapping[str, str]
    other: str
    spelled: Mapping[str, str]
    points: Mapping[str, int]
    allowed: str

    def recoded(self, text: str) -> bool:
        return bool(text) and plain(self.labels.get(text, text)) in self.recodes

    def respelled(self, text: str) -> bool:
        return text not in self.points and plain(text) in self.spelled

    def read(self, text: str) -> Answer:
        """Give what a text stands for, after the table of recodes."""
        if self.recoded(text):
            text = self.recodes[plain(self.labels.get(text, text))]
        if not text:
            return Answer()
        return self._level(text) if self.question.closed else self._point(text)

    def _level(self, text: str) -> Answer:
        said = self.labels.get(text, text).strip()
        if found := self.spelled.get(plain(said)):
            return Answer(found)
        if plain(said) == plain(self.other) and self.question.other:
            return Answer(self.other)
        parts = {self.spelled.get(plain(part)) for part in _SEPARATORS.split(said)}
        if self.question.kind == "multiple" and None not in parts:
            alone = parts.pop()
            return Answer(contradicts=True) if parts else Answer(alone)
        if not self.question.other or _NUMBER.fullmatch(said):
            return Answer(wrong=True)
        return Answer(self.other, other=said)

    def _point(self, text: str) -> Answer:
        """Give the point of a scale; a label counts before the code it stands on."""
        said = plain(self.labels.get(text, text))
        if level := self.spelled.get(said):
            return Answer(self.points[level])
        low, high = self.question.scale or (0, 0)
        ends = [{plain(end.fr), plain(end.en)} for end in self.question.ends or ()]
        for point, names in zip((low, high), ends, strict=False):
            if text in self.labels and said in names:
                return Answer(point, wrong=text != str(point))
        labelled = self.labels.get(text, text)
        whole = _WHOLE.fullmatch(labelled) or _WHOLE.fullmatch(text)
        if whole and low <= int(whole[1]) <= high:
            return Answer(int(whole[1]))
        return Answer(wrong=True)


def _known(
    question: Question,
    study: Study,
    labels: Mapping[str, str],
    recodes: Mapping[str, str],
) -> _Known:
    levels = study.levels(question).values()
    spelled = {
        plain(text): level.answer
        for level in levels
        for text in (level.answer, *level.also)
    }
    points = {level.answer: n for n, level in enumerate(levels, 1)}
    low, high = question.scale or (0, 0)
    allowed = (
        categories(question, study) if question.closed else [f"{low}–{high}", *points]
    )
    other = study.reading.other.answer
    return _Known(question, labels, recodes, other, spelled, points, ", ".join(allowed))
