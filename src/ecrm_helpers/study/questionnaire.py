"""The records of a study: its questions and scores, hypotheses, rules of reading.

`study` reads them from a file and holds them against one another.
"""

import datetime
from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from ecrm_helpers.study.questions import Question, Score
from ecrm_helpers.study.texts import Bilingual, Level, Record

#: Rows that a file of answers may hold and that may be set aside.
Rule = Literal["before_opening", "double", "earlier_version", "contradictory"]

#: What is found of an association, by the rule of its hypothesis.
#: "opposite" and "other_order": it is none of chance, but not as expected.
Association = Literal[
    "supported", "not_supported", "not_assessable", "opposite", "other_order"
]


#: What tests a hypothesis.
Test = Literal["correlation", "groups", "crossed", "regression", "paired", "statements"]


class Hypothesis(Record):
    """A claim, the thesis's verdict on it, and the rule that decides here.

    `findings` and `limits` are statements whose blanks code fills in: findings
    speak for the claim where its association is not refused, limits never do.
    """

    claim: Bilingual
    thesis_verdict: Literal["accepted", "rejected", "none"]
    variables: tuple[str, ...] = ()
    #: The test, where the kinds of the variables allow several.
    test: Literal["correlation", "regression", "paired"] | None = None
    #: The direction claimed: "positive" or "negative" of scales, in a regression
    #: also of each; of groups on a scale their levels, from high to low, as of two
    #: paired scales; of two choices the levels that go together.
    expects: str | tuple[str, ...] | dict[str, str] | None = None
    rule: Literal["p_below_alpha", "statements"]
    rule_in_words: Bilingual | None = None
    minimum_respondents: int = 1
    codes: dict[Literal["for", "against", "nuance"], tuple[str, ...]] = Field(
        default_factory=dict
    )
    weights: dict[str, int] = Field(default_factory=dict)
    tested_as_worded: bool
    reason: Bilingual
    #: The number on which the decision rests, for the head of a page.
    number: Bilingual | None = None
    findings: tuple[Bilingual, ...]
    limits: tuple[Bilingual, ...]


class Reading(Record):
    """How a file of answers is read: which rows are set aside, by which bounds."""

    #: Only what the file itself proves; every other rule only flags.
    exclude: tuple[Rule, ...] = ("before_opening", "double", "earlier_version")
    #: Rules that may set aside more than one row in twenty.
    accept: tuple[Rule, ...] = ()
    double_within_seconds: int = 120
    version_within_minutes: int = 60
    version_differs_in: int = 3
    other: Level


class Study(Record):
    """The whole of ``study.yml``."""

    title: Bilingual
    published: str | None = None
    respondents: int | None = None
    opened: datetime.date
    closed: datetime.date
    reading: Reading
    agreement: dict[str, Level]
    questions: dict[str, Question]
    scores: dict[str, Score] = Field(default_factory=dict)
    associations: tuple[tuple[str, str], ...] = ()
    cross_tables: tuple[tuple[str, str], ...] = ()
    hypotheses: dict[str, Hypothesis]

    @property
    def columns(self) -> dict[str, Question]:
        """Each column of the answers, a matrix's items apart, and its question."""
        return {
            column: question
            for name, question in self.questions.items()
            for column in (question.items or (name,))
        }

    def role(self, name: str) -> Literal["choice", "scale", ""]:
        """Tell what a variable of a hypothesis is: groups, numbers, or neither.

        Numbers are the points of a scale or of an item, and every score.

        Examples
        --------
        >>> from ecrm_helpers.study import read_study
        >>> [read_study().role(name) for name in ("q12", "q3", "q5_1", "q5")]
        ['choice', 'scale', 'scale', '']
        """
        if name in self.scores:
            return "scale"
        question = self.columns.get(name)
        if question is None:
            return ""
        return "choice" if question.closed else "scale"

    def range_of(self, name: str) -> tuple[float, float] | None:
        """Give the least and the greatest value of a scale, an item or a score."""
        if name not in self.scores:
            return self.columns[name].scale
        score, ends = self.scores[name], self.range_of(self.score_items(name)[0])
        times = len(self.score_items(name)) if score.kind == "sum" else 1
        return ends and (times * ends[0], times * ends[1])

    def score_items(self, score: str) -> list[str]:
        """Give the columns that a score is made of; a matrix stands for its items."""
        return [
            column
            for name in self.scores[score].of
            for column in (self.questions[name].items if name in self.questions else ())
            or (name,)
        ]

    def turned(self, score: str) -> Mapping[str, float]:
        """Give the columns that a score turns round, and the sum of their ends."""
        return {
            name: sum(self.columns[name].scale or ())
            for name in self.score_items(score)
            if name in self.scores[score].reversed
            or (name in (items := self.columns[name].items) and items[name].reversed)
        }

    def name(self, column: str) -> Bilingual:
        """Name a column or score for its reader: a question by its short label."""
        if column in self.scores:
            return self.scores[column].name
        question = self.columns[column]
        return question.items.get(column) or question.name

    def label(self, column: str) -> Bilingual:
        """Give the label of a column; an item of a matrix says whose item it is.

        Examples
        --------
        >>> from ecrm_helpers.study import read_study
        >>> read_study().label("q7_3").en
        'Importance of seven contact tools: Twitter'
        """
        if column in self.scores:
            return self.scores[column].label
        question = self.columns[column]
        if column not in question.items:
            return question.label
        item, whole = question.items[column], question.label
        return Bilingual(fr=f"{whole.fr} : {item.fr}", en=f"{whole.en}: {item.en}")

    def levels(self, question: Question) -> dict[str, Level]:
        """Give the levels of a question; a matrix has those of agreement."""
        return self.agreement if question.kind == "matrix" else question.levels
