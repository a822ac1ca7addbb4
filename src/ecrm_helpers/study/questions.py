"""What was asked: the questions, their answers, and scores made of them."""

from typing import Literal, Self

from pydantic import Field, model_validator

from ecrm_helpers.printed import Edition
from ecrm_helpers.study.texts import Bilingual, Level, Patterns, Record, Texts, fault

#: Kinds of question: one answer of several, boxes of which several may be ticked,
#: a scale of points, several items on one scale, a plain number, a day.
Kind = Literal["choice", "multiple", "scale", "matrix", "number", "date"]


class Item(Bilingual):
    """One row of a matrix: how its column is recognised, and its labels."""

    asked: Texts = ()
    patterns: Patterns = ()
    #: Whether agreeing with it says the opposite of agreeing with the others.
    reversed: bool = False


class Question(Record):
    """One question of the questionnaire."""

    kind: Kind
    asked: Texts = ()
    patterns: Patterns = ()
    published: Literal["distribution", "correlation", "groups", "nothing"] = "nothing"
    label: Bilingual
    short: Bilingual | None = None
    levels: dict[str, Level] = Field(default_factory=dict)
    #: A draft says of levels that they are points, and not yet in their order.
    ordered: bool = True
    #: Of which set of the study its levels are, in place of its own.
    level_set: str | None = None
    other: bool = False
    scale: tuple[int, int] | None = None
    ends: tuple[Bilingual, Bilingual] | None = None
    items: dict[str, Item] = Field(default_factory=dict)
    #: What a number counts, where cells may say it: "23 ans".
    unit: Bilingual | None = None
    #: The least and the greatest number that it may be.
    between: tuple[float, float] | None = None
    #: Whether the file has it in several columns, of which a row fills one.
    joined: bool = False
    #: Whether the items of a matrix measure one thing, so that their sum and
    #: its reliability mean something.
    reliability: bool = False
    not_one_scale: Bilingual | None = None

    @model_validator(mode="after")
    def _answers_are_declared(self) -> Self:
        words = bool(self.levels or self.level_set)
        if self.kind in ("choice", "multiple") and not words:
            raise fault("study_needs_levels")
        if self.kind == "scale" and self.scale is None and not words:
            raise fault("study_needs_scale")
        if any(ends and ends[0] >= ends[1] for ends in (self.scale, self.between)):
            raise fault("study_scale_order")
        if self.scale and self.kind not in ("scale", "matrix"):
            raise fault("study_no_scale")
        if not self.ordered:
            raise fault("study_not_ordered")
        if bool(self.items) != (self.kind == "matrix"):
            raise fault("study_items")
        if self.reliability and self.kind != "matrix":
            raise fault("study_reliability")
        return self

    @property
    def closed(self) -> bool:
        """Whether its answers are levels of which one is chosen."""
        return self.kind == "choice"

    @property
    def points(self) -> dict[str, Level]:
        """Its levels, but for those that are counted apart."""
        return {key: level for key, level in self.levels.items() if not level.apart}

    @property
    def answers(self) -> dict[str, str]:
        """Each level's key and the text of its answer."""
        return {key: level.answer for key, level in self.points.items()}

    @property
    def keys(self) -> dict[str, str]:
        """Each answer's text and the key of its level."""
        return {level.answer: key for key, level in self.points.items()}

    def labels(self, edition: Edition) -> dict[str, str]:
        """Each level's key and how it shall be read."""
        return {key: level[edition] for key, level in self.points.items()}

    @property
    def name(self) -> Bilingual:
        """The short label where there is one, else the whole."""
        return self.short or self.label


class Score(Record):
    """A number made of several answers: their mean, or their sum."""

    kind: Literal["mean", "sum"]
    #: Scales, items of a matrix, or a matrix for all its items.
    of: tuple[str, ...]
    #: So many of them must be answered; without it, all.
    needs: int | None = None
    #: Those that are turned round here, besides items that are so anyway.
    reversed: tuple[str, ...] = ()
    label: Bilingual
    short: Bilingual | None = None

    @property
    def name(self) -> Bilingual:
        """The short label where there is one, else the whole."""
        return self.short or self.label
