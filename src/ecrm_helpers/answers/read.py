"""The answers as the notebooks get them, and what may be said of them.

Reconstructed answers satisfy the printed values and nothing more, so
`distribution` and `pair` hand out only what the thesis printed of them; of
answers that somebody gave, or that were invented as a whole, they hand out all.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pandas as pd

from ecrm_helpers.answers.audit import Audit, Origin
from ecrm_helpers.answers.door import read_file
from ecrm_helpers.files import in_project
from ecrm_helpers.printed import Wrong
from ecrm_helpers.study import Level, Question, Study

#: What results rest on: answers, or what was printed of answers.
Basis = Literal["reconstructed", "own"]


class AnswersError(Wrong):
    """The answers do not tell what was asked of them; the message says why."""


@dataclass(frozen=True)
class Answers:
    """Answers held against their study, and how they were read."""

    frame: pd.DataFrame
    audit: Audit
    study: Study

    @property
    def origin(self) -> Origin:
        """Where the answers come from."""
        return self.audit.origin

    @property
    def basis(self) -> Basis:
        """What results rest on; answers invented as a whole count as answers."""
        return "reconstructed" if self.origin == "reconstructed" else "own"

    def known(self, kind: str) -> dict[str, Question]:
        """Give the questions of a kind whose answers may be shown, by name."""
        return {
            name: question
            for name, question in self.study.questions.items()
            if (kind == "closed" if question.closed else kind == question.kind)
            and (self.basis == "own" or question.published == "distribution")
        }

    def texts(self, name: str) -> dict[str, str]:
        """Give each level's key and the text of its answer."""
        return {key: level.answer for key, level in self.levels(name).items()}

    def levels(self, name: str) -> dict[str, Level]:
        """Give the levels of a closed question; free answers only where there are."""
        levels, other = self.study.questions[name].levels, self.study.reading.other
        free = (self.frame[name] == other.answer).any()
        return {**levels, **({"other": other} if free else {})}


def read_answers(path: Path | str, study: Study) -> Answers:
    """Read a file of answers through the door.

    Parameters
    ----------
    path : path
        CSV, XLSX or SAV, as `read_file` takes it, with its tables of
        exclusions and recodes beside it; a relative path starts at the
        project's folder.
    study : Study
        The questionnaire.

    Returns
    -------
    Answers
        One row per valid respondent; of reconstructed answers only the
        questions of which something was published.

    Raises
    ------
    Refused
        The file cannot be used; the message lists every reason.
    """
    frame, audit = read_file(in_project(path), study)
    return Answers(frame, audit, study)


def distribution(answers: Answers, name: str) -> pd.Series:
    """Give the answers to one question, or to one item of a matrix.

    Raises
    ------
    AnswersError
        The question was not answered; or the answers are reconstructed and
        its distribution was never published.
    """
    _require_columns(answers, name)
    published = answers.study.columns[name].published
    if answers.origin == "reconstructed" and published != "distribution":
        raise AnswersError("never_published", name=name)
    return answers.frame[name]


def pair(answers: Answers, first: str, second: str) -> tuple[pd.Series, pd.Series]:
    """Give the answers to two questions, for their association.

    Raises
    ------
    AnswersError
        A question was not answered; or the answers are reconstructed and the
        association of the two was never published.
    """
    _require_columns(answers, first, second)
    published = [set(known) for known in answers.study.associations]
    if answers.origin == "reconstructed" and {first, second} not in published:
        allowed = ", ".join("×".join(known) for known in answers.study.associations)
        two = {"first": first, "second": second}
        raise AnswersError("pair_never_published", allowed=allowed, **two)
    return answers.frame[first], answers.frame[second]


def grouped(answers: pd.Series, question: Question) -> pd.Series:
    """Give the level's key of each answer; free answers are no group.

    Parameters
    ----------
    answers : Series
        Answers to a closed question.
    question : Question
        Its levels, in order.

    Returns
    -------
    Series of ordered categories
        Missing where no level was chosen.
    """
    keys = answers.astype(object).map(question.keys)
    return keys.astype(pd.CategoricalDtype(list(question.levels), ordered=True))


def choices(answers: Answers, first: str, second: str) -> tuple[pd.Series, pd.Series]:
    """Give the levels' keys of two closed questions, for their cross-table.

    Raises
    ------
    AnswersError
        As `pair` does.
    """
    questions = answers.study.questions
    one, other = pair(answers, first, second)
    return grouped(one, questions[first]), grouped(other, questions[second])


def _require_columns(answers: Answers, *questions: str) -> None:
    absent = [name for name in questions if name not in answers.frame]
    if absent:
        named, known = ", ".join(absent), ", ".join(answers.frame.columns)
        raise AnswersError("no_answers_to", absent=named, known=known)
