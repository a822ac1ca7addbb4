"""The records of a study: questions, levels, hypotheses, rules of reading.

`study` reads them from a file and holds them against one another.
"""

import datetime
import re
import unicodedata
from functools import lru_cache
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, model_validator
from pydantic_core import PydanticCustomError

from ecrm_helpers.printed import Edition

#: Rows that a file of answers may hold and that may be set aside.
Rule = Literal["before_opening", "double", "earlier_version", "contradictory"]

#: What is found of an association, by the rule of its hypothesis.
#: "opposite" and "other_order": it is none of chance, but not as expected.
Association = Literal[
    "supported", "not_supported", "not_assessable", "opposite", "other_order"
]


#: What tests a hypothesis.
Test = Literal["correlation", "groups", "crossed", "regression", "paired", "statements"]


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Bilingual(_Record):
    """A text in both editions."""

    fr: str
    en: str

    def __getitem__(self, edition: Edition) -> str:
        """Give the text of one edition."""
        return self.fr if edition == "fr" else self.en

    def said(self, edition: Edition) -> str:
        """Give the text of one edition, as every message does."""
        return self[edition]


class Level(Bilingual):
    """One answer of a closed question: as answered, other spellings, its labels."""

    answer: str
    also: tuple[str, ...] = ()


def _fault(key: str, **values: str) -> PydanticCustomError:
    """Make an error of the schema whose kind is a phrase's key."""
    return PydanticCustomError(key, "{message}", {"message": key, **values})


def _compiles(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise _fault("study_pattern", why=str(error)) from None
    return pattern


Patterns = tuple[Annotated[str, AfterValidator(_compiles)], ...]


class Item(Bilingual):
    """One row of a matrix: how its column is recognised, and its labels."""

    patterns: Patterns
    #: Whether agreeing with it says the opposite of agreeing with the others.
    reversed: bool = False


class Question(_Record):
    """One question of the questionnaire."""

    kind: Literal["choice", "multiple", "scale", "matrix"]
    patterns: Patterns = ()
    published: Literal["distribution", "correlation", "groups", "nothing"]
    label: Bilingual
    short: Bilingual | None = None
    levels: dict[str, Level] = {}
    other: bool = False
    scale: tuple[int, int] | None = None
    ends: tuple[Bilingual, Bilingual] | None = None
    items: dict[str, Item] = {}
    #: Whether the items of a matrix measure one thing, so that their sum and
    #: its reliability mean something.
    reliability: bool = False
    not_one_scale: Bilingual | None = None

    @model_validator(mode="after")
    def _answers_are_declared(self) -> Self:
        closed = self.kind in ("choice", "multiple")
        if closed and not self.levels:
            raise _fault("study_needs_levels")
        if not closed and self.scale is None:
            raise _fault("study_needs_scale")
        if self.scale and self.scale[0] >= self.scale[1]:
            raise _fault("study_scale_order")
        if bool(self.items) != (self.kind == "matrix"):
            raise _fault("study_items")
        if self.reliability and self.kind != "matrix":
            raise _fault("study_reliability")
        return self

    @property
    def closed(self) -> bool:
        """Whether its answers are levels, not points of a scale."""
        return self.kind in ("choice", "multiple")

    @property
    def answers(self) -> dict[str, str]:
        """Each level's key and the text of its answer."""
        return {key: level.answer for key, level in self.levels.items()}

    @property
    def keys(self) -> dict[str, str]:
        """Each answer's text and the key of its level."""
        return {level.answer: key for key, level in self.levels.items()}

    def labels(self, edition: Edition) -> dict[str, str]:
        """Each level's key and how it shall be read."""
        return {key: level[edition] for key, level in self.levels.items()}

    @property
    def name(self) -> Bilingual:
        """The short label where there is one, else the whole."""
        return self.short or self.label


class Hypothesis(_Record):
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
    codes: dict[Literal["for", "against", "nuance"], tuple[str, ...]] = {}
    weights: dict[str, int] = {}
    tested_as_worded: bool
    reason: Bilingual
    findings: tuple[Bilingual, ...]
    limits: tuple[Bilingual, ...]


class Reading(_Record):
    """How a file of answers is read: which rows are set aside, by which bounds."""

    #: Only what the file itself proves; every other rule only flags.
    exclude: tuple[Rule, ...] = ("before_opening", "double", "earlier_version")
    #: Rules that may set aside more than one row in twenty.
    accept: tuple[Rule, ...] = ()
    double_within_seconds: int = 120
    version_within_minutes: int = 60
    version_differs_in: int = 3
    other: Level


class Study(_Record):
    """The whole of ``study.yml``."""

    title: Bilingual
    published: str | None = None
    respondents: int | None = None
    opened: datetime.date
    closed: datetime.date
    reading: Reading
    agreement: dict[str, Level]
    questions: dict[str, Question]
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

    def name(self, column: str) -> Bilingual:
        """Name a column for its reader: a question by its short label, an item."""
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
        question = self.columns[column]
        if column not in question.items:
            return question.label
        item, whole = question.items[column], question.label
        return Bilingual(fr=f"{whole.fr} : {item.fr}", en=f"{whole.en}: {item.en}")

    def levels(self, question: Question) -> dict[str, Level]:
        """Give the levels of a question; a matrix has those of agreement."""
        return self.agreement if question.kind == "matrix" else question.levels


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Write a text in small letters, without accents or punctuation.

    Examples
    --------
    >>> plain("Tout à fait\N{NO-BREAK SPACE}d\N{RIGHT SINGLE QUOTATION MARK}accord ")
    'tout a fait d accord'
    """
    letters = unicodedata.normalize("NFKD", text.casefold())
    kept = (c for c in letters if not unicodedata.combining(c))
    return " ".join(re.findall(r"[^\W_]+", "".join(kept)))
