"""The answers as the notebooks get them, and what may be said of them.

Reconstructed answers satisfy the printed values and nothing more, so
`Answers.distribution` and `Answers.pair` hand out only what the thesis printed
of them; of answers that somebody gave, or that were invented as a whole, all.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pandas as pd

from ecrm_helpers.answers.audit import Audit, Origin
from ecrm_helpers.answers.door import read_file
from ecrm_helpers.answers.reconstruct import whole_table
from ecrm_helpers.answers.scores import score, turned
from ecrm_helpers.files import in_project
from ecrm_helpers.printed import Wrong, interval
from ecrm_helpers.statistics.admissible import Table
from ecrm_helpers.study import Level, Question, Study, read_published, read_study
from ecrm_helpers.study.published import Published, Value
from ecrm_helpers.study.questionnaire import Test
from ecrm_helpers.study.testing import asking_for, method_of, variables_of

#: What results rest on: answers, or what was printed of answers.
Basis = Literal["reconstructed", "own"]


class AnswersError(Wrong):
    """The answers do not tell what was asked of them; the message says why."""


@dataclass(frozen=True)
class Answers:
    """Answers held against their study, how they were read, what was printed of them.

    `frame` holds them as they were read, a row for each respondent: a choice by
    its text, a scale by its point.
    """

    frame: pd.DataFrame
    audit: Audit
    published: Published

    @property
    def study(self) -> Study:
        """The questionnaire."""
        return self.published.study

    @property
    def printed(self) -> Mapping[str, Value]:
        """The printed values; none where the study has none."""
        return self.published.values

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

    def levels(self, name: str) -> dict[str, Level]:
        """Give the levels of a closed question; free answers only where there are."""
        levels, other = self.study.questions[name].points, self.study.reading.other
        free = (self.frame[name] == other.answer).any()
        return {**levels, **({"other": other} if free else {})}

    def distribution(self, name: str) -> pd.Series:
        """Give the answers to one question, or to one item of a matrix.

        Returns
        -------
        Series
            Points of a scale as numbers; choices as ordered categories, the
            keys of their levels, with ``other`` where there are free answers.

        Raises
        ------
        AnswersError
            The question was not answered; or the answers are reconstructed and
            its distribution was never published.
        """
        self._require(name)
        question = self.study.columns.get(name)
        printed = question and question.published == "distribution"
        if self.origin == "reconstructed" and not printed:
            raise AnswersError("never_published", name=name)
        closed = self.study.role(name) == "choice"
        return self._column(name, self.levels(name) if closed else {})

    def tested(self, test: Test) -> list[str]:
        """Name the hypotheses that ask for a test, and whose answers may be compared.

        Examples
        --------
        >>> read_answers("data/reconstructed/survey.csv", "study.yml").tested("groups")
        ['h3']
        """
        return [
            name
            for name in asking_for(self.study, test)
            if self.basis == "own" or test in ("correlation", "groups")
            if self._compared(*variables_of(self.study, name))
        ]

    def asked(self, hypothesis: str) -> pd.DataFrame:
        """Give the answers to the variables of a hypothesis, as `pair` does.

        Whoever is alone in a group is in none, where two groups are larger: the
        spread of one answer is unknown.
        """
        data = self.pair(*variables_of(self.study, hypothesis))
        if method_of(self.study, hypothesis) != "groups":
            return data
        by, _ = data
        sizes = data.dropna()[by].value_counts()
        alone = data[by].isin(sizes.index[sizes == 1]) & ((sizes > 1).sum() > 1)
        return data.assign(**{str(by): data[by].mask(alone)})

    def pair(self, *names: str) -> pd.DataFrame:
        """Give the answers to two variables or more, for their association.

        Returns
        -------
        DataFrame, a column for each
            As `distribution` gives each; but a free answer is no level, and
            missing.

        Raises
        ------
        AnswersError
            A question was not answered; or the answers are reconstructed and
            their association was never published.
        """
        self._require(*names)
        if not self._compared(*names):
            allowed = ", ".join("×".join(known) for known in self.study.associations)
            asked = "×".join(names)
            raise AnswersError("pair_never_published", allowed=allowed, asked=asked)
        study = self.study
        columns = {
            n: study.columns[n].points if study.role(n) == "choice" else {}
            for n in names
        }
        return pd.DataFrame({n: self._column(n, of) for n, of in columns.items()})

    def turned(self, name: str) -> pd.DataFrame:
        """Give the answers of a score or matrix with its reversed items turned round.

        Returns
        -------
        DataFrame, shape (respondents, items)
        """
        return turned(self.frame, self.study, name)

    def score(self, name: str) -> pd.Series:
        """Give a score, as `scores.score` does."""
        return score(self.frame, self.study, name)

    def items(self, name: str) -> pd.DataFrame:
        """Give the answers to a matrix as they were given, a column for each item."""
        return self.frame[list(self.study.questions[name].items)].astype(float)

    def ticked(self, name: str) -> pd.DataFrame:
        """Give the boxes of a question: 1 ticked, 0 not, missing if unanswered.

        The box for everything else is there only where somebody ticked it.
        """
        held = [box for box in self.study.boxes(name) if box in self.frame]
        ticked, other = self.frame[held].astype(float), f"{name}_other"
        nobody = other in ticked and not ticked[other].any()
        return ticked.drop(columns=other) if nobody else ticked

    @property
    def scores(self) -> list[str]:
        """The scores whose answers are all there, and may be shown."""
        read, own = set(self.frame), self.basis == "own"
        study = self.study
        return [s for s in study.scores if own and {*study.score_items(s)} <= read]

    def r_known(self, hypothesis: str, r: float) -> list[float]:
        """Give what is known of a correlation: it, or both ends of the printed one.

        Parameters
        ----------
        hypothesis : str
            Under whose name r is printed.
        r : float
            Of these answers.
        """
        if self.basis == "own":
            return [r]
        return [
            float(end) for end in interval(self.printed[f"{hypothesis}_r"].printed)[:2]
        ]

    def printed_rows(self, scale: str, by: str, *, ends: bool = True) -> Table:
        """Give the printed rows of a scale by group, with total and ANOVA.

        Parameters
        ----------
        scale, by : str
            The two questions.
        ends : bool
            With the printed minima and maxima.
        """
        of, groups = self.study.questions[scale], self.study.questions[by]
        assert of.scale is not None  # a scale question has one
        return whole_table(self.printed, list(groups.levels), of.scale, ends=ends)

    def _compared(self, *names: str) -> bool:
        """Whether the association of questions may be told."""
        published = [set(known) for known in self.study.associations]
        return self.origin != "reconstructed" or set(names) in published

    def _column(self, name: str, levels: Mapping[str, Level]) -> pd.Series:
        if name in self.study.scores:
            return self.score(name)
        if not levels:
            return self.frame[name].astype(float)
        keys = {level.answer: key for key, level in levels.items()}
        kind = pd.CategoricalDtype(list(levels), ordered=True)
        return self.frame[name].astype(object).map(keys).astype(kind)

    def _require(self, *questions: str) -> None:
        of, study = self.frame, self.study
        absent = [
            name
            for name in questions
            if not set(study.score_items(name) if name in study.scores else [name])
            <= set(of)
        ]
        if absent:
            named, known = ", ".join(absent), ", ".join(self.frame.columns)
            raise AnswersError("no_answers_to", absent=named, known=known)


def read_answers(path: Path | str, study: Published | Study | Path | str) -> Answers:
    """Read a file of answers through the door.

    Parameters
    ----------
    path : path
        CSV, XLSX or SAV, as `read_file` takes it, with its tables of
        exclusions and recodes beside it; a relative path starts at the
        project's folder.
    study : Published, Study or path
        The questionnaire with what is printed, the questionnaire, or its file.

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
    if isinstance(study, Path | str):
        study = read_study(study)
    published = read_published(study) if isinstance(study, Study) else study
    frame, audit = read_file(in_project(path), published.study)
    return Answers(frame, audit, published)
