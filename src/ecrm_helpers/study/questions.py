"""What was asked: the questions, their answers, and scores made of them."""

from typing import Literal, Self

from pydantic import Field, model_validator

from ecrm_helpers.printed import Edition
from ecrm_helpers.study.texts import Bilingual, Level, Patterns, Record, fault


class Item(Bilingual):
    """One row of a matrix: how its column is recognised, and its labels."""

    patterns: Patterns
    #: Whether agreeing with it says the opposite of agreeing with the others.
    reversed: bool = False


class Question(Record):
    """One question of the questionnaire."""

    kind: Literal["choice", "multiple", "scale", "matrix"]
    patterns: Patterns = ()
    published: Literal["distribution", "correlation", "groups", "nothing"]
    label: Bilingual
    short: Bilingual | None = None
    levels: dict[str, Level] = Field(default_factory=dict)
    other: bool = False
    scale: tuple[int, int] | None = None
    ends: tuple[Bilingual, Bilingual] | None = None
    items: dict[str, Item] = Field(default_factory=dict)
    #: Whether the items of a matrix measure one thing, so that their sum and
    #: its reliability mean something.
    reliability: bool = False
    not_one_scale: Bilingual | None = None

    @model_validator(mode="after")
    def _answers_are_declared(self) -> Self:
        closed = self.kind in ("choice", "multiple")
        if closed and not self.levels:
            raise fault("study_needs_levels")
        if not closed and self.scale is None:
            raise fault("study_needs_scale")
        if self.scale and self.scale[0] >= self.scale[1]:
            raise fault("study_scale_order")
        if bool(self.items) != (self.kind == "matrix"):
            raise fault("study_items")
        if self.reliability and self.kind != "matrix":
            raise fault("study_reliability")
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
