"""The study as declared: what was asked, what is claimed, how it is decided.

Reads ``study.yml``, holds it against its schema, and gives frozen records.
Everything that is particular to one study (labels, scales, hypotheses, rules)
stands in that file; the rest of the package takes it from here.

The lowest floor beside `printed`, whose editions it shares.
"""

import datetime
import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal, Self

import yaml
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    ValidationError,
    model_validator,
)

from ecrm_helpers.marks import Place, given_twice, line_of
from ecrm_helpers.printed import Edition

#: The folder of the compendium; relative paths of parameters start here, so
#: that a notebook finds its data from whatever folder it is run in.
ROOT = Path(__file__).resolve().parents[2]


#: Rows that a file of answers may hold and that may be set aside.
Rule = Literal["before_opening", "double", "earlier_version", "contradictory"]

#: What is found of an association, by the rule of its hypothesis.
Association = Literal["supported", "not_supported", "not_assessable"]


class StudyError(ValueError):
    """``study.yml`` cannot be used; the message lists every reason."""


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Bilingual(_Record):
    """A text in both editions."""

    fr: str
    en: str

    def __getitem__(self, edition: Edition) -> str:
        """Give the text of one edition."""
        return self.fr if edition == "fr" else self.en


class Level(Bilingual):
    """One answer of a closed question: as answered, other spellings, its labels."""

    answer: str
    also: tuple[str, ...] = ()


def _compiles(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"not a regular expression: {error}") from None
    return pattern


Patterns = tuple[Annotated[str, AfterValidator(_compiles)], ...]


class Item(Bilingual):
    """One row of a matrix: how its column is recognised, and its labels."""

    patterns: Patterns


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

    @model_validator(mode="after")
    def _answers_are_declared(self) -> Self:
        closed = self.kind in ("choice", "multiple")
        if closed and not self.levels:
            raise ValueError("a choice question needs its levels")
        if not closed and self.scale is None:
            raise ValueError(
                "a scale or matrix question needs its scale, such as [1, 7]"
            )
        if self.scale and self.scale[0] >= self.scale[1]:
            raise ValueError("a scale goes from its lowest point to its highest")
        if bool(self.items) != (self.kind == "matrix"):
            raise ValueError("a matrix needs its items, and nothing else has any")
        if self.reliability and self.kind != "matrix":
            raise ValueError("only a matrix has a reliability")
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
    thesis_verdict: Literal["accepted", "rejected"]
    variables: tuple[str, ...] = ()
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

    exclude: tuple[Rule, ...]
    double_within_seconds: int
    version_within_minutes: int
    version_differs_in: int
    other: Level


class Study(_Record):
    """The whole of ``study.yml``."""

    title: Bilingual
    respondents: int
    opened: datetime.date
    closed: datetime.date
    reading: Reading
    agreement: dict[str, Level]
    questions: dict[str, Question]
    associations: tuple[tuple[str, str], ...]
    hypotheses: dict[str, Hypothesis]

    @property
    def columns(self) -> dict[str, Question]:
        """Each column of the answers, a matrix's items apart, and its question."""
        return {
            column: question
            for name, question in self.questions.items()
            for column in (question.items or (name,))
        }

    def levels(self, question: Question) -> dict[str, Level]:
        """Give the levels of a question; a matrix has those of agreement."""
        return self.agreement if question.kind == "matrix" else question.levels


def read_study(path: Path | str = "study.yml") -> Study:
    """Read a study and hold it against the schema.

    Parameters
    ----------
    path : path
        The file; a relative path starts at the compendium's folder.

    Returns
    -------
    Study

    Raises
    ------
    StudyError
        The file is missing, is not YAML, or breaks the schema. The message
        lists every place at fault.

    Examples
    --------
    >>> study = read_study()
    >>> study.questions["q3"].scale, study.hypotheses["h2"].variables
    ((1, 7), ('q3', 'q4'))
    """
    path = ROOT / path
    try:
        text = path.read_text(encoding="utf-8")
        tree, raw = yaml.compose(text, yaml.SafeLoader), yaml.safe_load(text)
    except FileNotFoundError:
        raise StudyError(f"{path}: no such file; a study needs its study.yml") from None
    except (OSError, yaml.YAMLError, UnicodeDecodeError, ValueError) as error:
        raise StudyError(f"{path}: not readable as YAML: {error}") from None
    faults = list(given_twice(tree))
    try:
        study = Study.model_validate(raw)
        faults += [(line_of(tree, fault[0]), *fault) for fault in _cross_faults(study)]
    except ValidationError as error:
        faults += [
            (line_of(tree, fault["loc"]), fault["loc"], fault["msg"])
            for fault in error.errors()
        ]
    if faults:
        places = [
            f"  line {line}, {'.'.join(map(str, where)) or 'study'}: {what}"
            for line, where, what in sorted(faults, key=lambda fault: fault[0])
        ]
        raise StudyError(
            f"{path}: {len(places)} place(s) break the schema\n" + "\n".join(places)
        )
    return study


def _cross_faults(study: Study) -> Iterator[tuple[Place, str]]:
    """Find what each part allows, and the whole does not."""
    named: list[tuple[Place, str]] = [
        (("associations", place), name)
        for place, pair in enumerate(study.associations)
        for name in pair
    ]
    named += [
        (("hypotheses", key, "variables", place), name)
        for key, hypothesis in study.hypotheses.items()
        for place, name in enumerate(hypothesis.variables)
    ]
    for where, name in named:
        if name not in study.questions:
            yield where, f"no question {name}; there are {', '.join(study.questions)}"
    yield from _levels_twice(("agreement",), list(study.agreement.items()))
    for name, question in study.questions.items():
        levels = list(question.levels.items())
        yield from _levels_twice(("questions", name, "levels"), levels)
        if question.kind == "matrix" and question.scale != (1, len(study.agreement)):
            allowed = f"[1, {len(study.agreement)}], a point for each level"
            yield ("questions", name, "scale"), f"must be {allowed} of agreement"


def _levels_twice(
    where: Place, levels: Sequence[tuple[str, Level]]
) -> Iterator[tuple[Place, str]]:
    seen: dict[str, str] = {}
    for key, level in levels:
        for spelling in {plain(text) for text in (level.answer, *level.also)}:
            if seen.setdefault(spelling, key) != key:
                yield (*where, key), f"level given twice: {level.answer}"


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
