"""The records of a study: its questions and scores, hypotheses, rules of reading.

`study` reads them from a file and holds them against one another.
"""

import datetime
from collections.abc import Mapping
from functools import cached_property
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from ecrm_helpers.printed import Edition, Wrong
from ecrm_helpers.study.questions import Question, Score
from ecrm_helpers.study.texts import Bilingual, Level, Record, texts_of

#: Rows that a file of answers may hold and that may be set aside.
Rule = Literal["before_opening", "double", "earlier_version", "contradictory"]

#: How respondents came to be asked.
Sampling = Literal["volunteers", "convenience", "quota", "random", "everyone"]

#: What is found of an association, by the rule of its hypothesis.
#: The last four: it is none of chance, but not as expected, or not all of it is shown.
Association = Literal[
    "supported", "not_supported", "not_assessable",
    "opposite", "other_order", "mixed", "steps_not_shown",
]  # fmt: skip


#: So many places that lack a text are named.
_NAMED = 5

#: What tests a hypothesis.
Test = Literal["correlation", "groups", "crossed", "regression", "paired", "statements"]


class Hypothesis(Record):
    """A claim, the thesis's verdict on it, and the rule that decides here.

    `findings` and `limits` are statements whose blanks code fills in: findings
    speak for the claim where its association is not refused, limits never do.
    """

    claim: Bilingual
    thesis_verdict: Literal["accepted", "rejected", "none"] = "none"
    variables: tuple[str, ...] = ()
    #: The test, where the kinds of the variables allow several.
    test: Literal["correlation", "regression", "paired"] | None = None
    #: The direction claimed: "positive" or "negative" of scales, in a regression
    #: also of each; of groups on a scale their levels, from high to low, as of two
    #: paired scales; of two choices the levels that go together.
    expects: str | tuple[str, ...] | dict[str, str] | None = None
    rule: Literal["p_below_alpha", "statements"] = "p_below_alpha"
    rule_in_words: Bilingual | None = None
    minimum_respondents: int = 1
    codes: dict[Literal["for", "against", "nuance"], tuple[str, ...]] = Field(
        default_factory=dict
    )
    weights: dict[str, int] = Field(default_factory=dict)
    #: Whether these variables test the hypothesis as it is worded, and why.
    tested_as_worded: bool | None = None
    reason: Bilingual | None = None
    #: The number on which the decision rests, for the head of a page.
    number: Bilingual | None = None
    findings: tuple[Bilingual, ...] = ()
    limits: tuple[Bilingual, ...] = ()

    @property
    def worded(self) -> str:
        """Whether it is tested as worded: a phrase's key; `taken` where none says."""
        said = {True: "tested", False: "not_tested", None: "taken"}
        return said[self.tested_as_worded]


class Reading(Record):
    """How a file of answers is read: which rows are set aside, by which bounds."""

    #: Only what the file itself proves; every other rule only flags.
    exclude: tuple[Rule, ...] = ("before_opening", "double", "earlier_version")
    #: Rules that may set aside more than one row in twenty.
    accept: tuple[Rule, ...] = ()
    double_within_seconds: int = 120
    version_within_minutes: int = 60
    version_differs_in: int = 3
    other: Level = Level(answer="Autre", also=("Other",), fr="Autre", en="Other")


class Study(Record):
    """The whole of ``study.yml``."""

    title: Bilingual
    published: str | None = None
    respondents: int | None = None
    opened: datetime.date | None = None
    closed: datetime.date | None = None
    #: How the respondents came to be asked.
    sampling: Sampling | None = None
    #: The file of the answers, where a project has its own.
    answers: str | None = None
    #: The folder of the coded interview, if any.
    interview: str | None = None
    reading: Reading = Reading()
    #: The levels of every matrix that names no others.
    agreement: dict[str, Level] = Field(default_factory=dict)
    #: More sets of levels, by name.
    level_sets: dict[str, dict[str, Level]] = Field(default_factory=dict)
    questions: dict[str, Question] = Field(default_factory=dict)
    scores: dict[str, Score] = Field(default_factory=dict)
    associations: tuple[tuple[str, str], ...] = ()
    cross_tables: tuple[tuple[str, str], ...] = ()
    hypotheses: dict[str, Hypothesis] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _levels_are_found(self) -> Self:
        sets = {**self.level_sets, "agreement": self.agreement}
        found = {}
        for name, question in self.questions.items():
            default = "agreement" if question.kind == "matrix" else ""
            levels = question.levels or sets.get(question.level_set or default, {})
            points = sum(not level.apart for level in levels.values())
            scaled = question.kind in ("scale", "matrix") and points
            scale = question.scale or ((1, points) if scaled else None)
            update = {"levels": levels, "scale": scale}
            found[name] = question.model_copy(update=update)
        object.__setattr__(self, "questions", found)
        return self

    def require(self, edition: Edition) -> None:
        """Stop where not every text is there in the language of an edition.

        Raises
        ------
        Wrong
            Naming the first places where it is not.
        """
        lacking = [
            ".".join(map(str, place))
            for place, text in texts_of(self)
            if text.only not in (None, edition)
        ]
        if lacking:
            places = ", ".join(lacking[:_NAMED])
            told = {"title": self.title, "k": len(lacking), "places": places}
            raise Wrong("study_lacks", which=edition, **told)

    @cached_property
    def owners(self) -> dict[str, str]:
        """Each column of the answers and its question: items and boxes apart."""
        return {
            column: name
            for name, question in self.questions.items()
            for column in (question.items or self.boxes(name) or (name,))
        }

    @cached_property
    def columns(self) -> dict[str, Question]:
        """Each column of the answers and what is asked there."""
        return {column: self.questions[name] for column, name in self.owners.items()}

    def model_copy(self, **how: Any) -> Self:
        """Copy a study; what was worked out of the old one does not go along."""
        copy = super().model_copy(**how)
        for kept in ("owners", "columns"):
            copy.__dict__.pop(kept, None)
        return copy

    def boxes(self, name: str) -> dict[str, Level]:
        """Give the columns of a question with boxes, and what each box says."""
        question = self.questions[name]
        if question.kind != "multiple":
            return {}
        free = {"other": self.reading.other} if question.other else {}
        every = {**question.levels, **(free if "other" not in question.levels else {})}
        return {f"{name}_{key}": level for key, level in every.items()}

    def part(self, column: str) -> Bilingual | None:
        """Give the item or the box that a column is, if it is one."""
        name = self.owners.get(column)
        if name is None:
            return None
        return self.questions[name].items.get(column) or self.boxes(name).get(column)

    def role(self, name: str) -> Literal["choice", "scale", ""]:
        """Tell what a variable of a hypothesis is: groups, numbers, or neither.

        Numbers are plain ones, the points of a scale or of an item, and scores.

        Examples
        --------
        >>> from ecrm_helpers.study import read_study
        >>> [read_study().role(name) for name in ("q12", "q3", "q5_1", "q5")]
        ['choice', 'scale', 'scale', '']
        """
        if name in self.scores:
            return "scale"
        question = self.columns.get(name)
        if question is None or question.kind in ("multiple", "date"):
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
        of = self.scores[score].of if score in self.scores else (score,)
        return [
            column
            for name in of
            for column in (self.questions[name].items if name in self.questions else ())
            or (name,)
        ]

    def turned(self, score: str) -> Mapping[str, float]:
        """Give the columns that a score or matrix turns, and the sum of their ends."""
        here = self.scores[score].reversed if score in self.scores else ()
        return {
            name: sum(self.columns[name].scale or ())
            for name in self.score_items(score)
            if name in here
            or (name in (items := self.columns[name].items) and items[name].reversed)
        }

    def name(self, column: str) -> Bilingual:
        """Name a column or score for its reader: a question by its short label."""
        if column in self.scores:
            return self.scores[column].name
        part = self.part(column)
        return part or (self.columns.get(column) or self.questions[column]).name

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
        whole = (self.columns.get(column) or self.questions[column]).label
        if (part := self.part(column)) is None:
            return whole
        return Bilingual(fr=f"{whole.fr} : {part.fr}", en=f"{whole.en}: {part.en}")
