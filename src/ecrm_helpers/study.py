"""The study as declared: what was asked, what is claimed, how it is decided.

Reads ``study.yml``, holds it against its schema, and gives frozen records.
Everything that is particular to one study (labels, scales, hypotheses, rules)
stands in that file; the rest of the package takes it from here.

The lowest floor beside `printed`, whose editions it shares.
"""

import datetime
from pathlib import Path
from typing import Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from ecrm_helpers.printed import Edition

#: The folder of the compendium; relative paths of parameters start here, so
#: that a notebook finds its data from whatever folder it is run in.
ROOT = Path(__file__).resolve().parents[2]


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
    """One answer of a choice question: as answered, and its labels."""

    answer: str


class Question(_Record):
    """One question of the questionnaire."""

    kind: Literal["choice", "scale", "matrix"]
    published: Literal["distribution", "correlation", "groups", "nothing"]
    label: Bilingual
    short: Bilingual | None = None
    levels: dict[str, Level] = {}
    scale: tuple[int, int] | None = None

    @model_validator(mode="after")
    def _answers_are_declared(self) -> Self:
        answers = [level.answer for level in self.levels.values()]
        if self.kind == "choice" and not answers:
            raise ValueError("a choice question needs its levels")
        if self.kind != "choice" and self.scale is None:
            raise ValueError(
                "a scale or matrix question needs its scale, such as [1, 7]"
            )
        twice = sorted({answer for answer in answers if answers.count(answer) > 1})
        if twice:
            raise ValueError(f"level given twice: {', '.join(twice)}")
        return self

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


class Study(_Record):
    """The whole of ``study.yml``."""

    title: Bilingual
    respondents: int
    opened: datetime.date
    closed: datetime.date
    questions: dict[str, Question]
    associations: tuple[tuple[str, str], ...]
    hypotheses: dict[str, Hypothesis]

    @model_validator(mode="after")
    def _names_are_questions(self) -> Self:
        named = {q for pair in self.associations for q in pair}
        named |= {q for h in self.hypotheses.values() for q in h.variables}
        unknown = sorted(named - self.questions.keys())
        if unknown:
            raise ValueError(
                f"no question {', '.join(unknown)}; there are "
                f"{', '.join(self.questions)}"
            )
        return self


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
        return Study.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise StudyError(f"{path}: no such file; a study needs its study.yml") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise StudyError(f"{path}: not readable as YAML: {error}") from None
    except ValidationError as error:
        places = [
            f"  {'.'.join(map(str, fault['loc'])) or 'study'}: {fault['msg']}"
            for fault in error.errors()
        ]
        raise StudyError(
            f"{path}: {len(places)} place(s) break the schema\n" + "\n".join(places)
        ) from None
