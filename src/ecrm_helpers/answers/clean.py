"""Each answer as the questionnaire has it: a level, a point, or missing.

One column at a time, and each of its different texts once. What a column
cannot hold is a fault with its lines; nothing is guessed or averaged.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from ecrm_helpers.answers.audit import Note, Other, listed, note, quoted
from ecrm_helpers.answers.personal import without_persons
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
    notes: Sequence[Note]
    faults: Sequence[Note]


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
    question = study.columns[name]
    cells = np.array([text.strip() for text in texts], dtype=object)
    codes, different = pd.factorize(cells)
    reader = _Reader(question, study, labels, recodes)
    answers = [reader.read(text) for text in different]
    values = np.array([answer.value for answer in answers], dtype=object)[codes]
    wrong = [n for n, answer in enumerate(answers) if answer.wrong]
    at = np.asarray(lines)
    faults = [
        note(
            "fault_answer",
            question=name,
            found=quoted(without_persons(different[n])),
            lines=listed(list(at[codes == n])),
            allowed=reader.allowed,
        )
        for n in wrong
    ]
    other = np.array([bool(answer.other) for answer in answers])[codes]
    others = [
        Other(int(at[row]), name, without_persons(answers[codes[row]].other))
        for row in np.flatnonzero(other)
    ]
    times = np.bincount(codes, minlength=len(different))
    counts = {
        "read_recoded": sum(times[[reader.recoded(text) for text in different]]),
        "read_respelled": sum(times[[reader.respelled(text) for text in different]]),
    }
    notes = [Note(key, {"question": name, "k": k}) for key, k in counts.items() if k]
    contradicts = np.array([answer.contradicts for answer in answers])[codes]
    return Column(
        _typed(values, question, study), codes, contradicts, others, notes, faults
    )


def _typed(values: np.ndarray, question: Question, study: Study) -> pd.Series:
    if not question.closed:
        return pd.Series(pd.array(values, dtype="Int64"))
    return pd.Series(pd.Categorical(values, categories(question, study), ordered=True))


def categories(question: Question, study: Study) -> list[str]:
    """Give the answers that a closed question may have, in order."""
    other = [study.reading.other.answer] if question.other else []
    return [*question.answers.values(), *other]


class _Reader:
    """Reads the texts of one column."""

    def __init__(
        self,
        question: Question,
        study: Study,
        labels: Mapping[str, str],
        recodes: Mapping[str, str],
    ) -> None:
        self.question, self.labels, self.recodes = question, labels, recodes
        self.other = study.reading.other
        levels = study.levels(question).values()
        self.spelled = {
            plain(text): level.answer
            for level in levels
            for text in (level.answer, *level.also)
        }
        self.points = {level.answer: n for n, level in enumerate(levels, 1)}
        self.allowed = ", ".join(
            categories(question, study)
            if question.closed
            else [f"{question.scale[0]}–{question.scale[1]}", *self.points]
            if question.scale
            else []
        )

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
        if plain(said) == plain(self.other.answer) and self.question.other:
            return Answer(self.other.answer)
        parts = {self.spelled.get(plain(part)) for part in _SEPARATORS.split(said)}
        if self.question.kind == "multiple" and None not in parts:
            alone = parts.pop()
            return Answer(contradicts=True) if parts else Answer(alone)
        if not self.question.other or _NUMBER.fullmatch(said):
            return Answer(wrong=True)
        return Answer(self.other.answer, other=said)

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
