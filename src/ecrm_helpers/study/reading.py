"""The study as declared: what was asked, what is claimed, how it is decided.

Reads ``study.yml``, holds it against its schema, and gives frozen records.
Everything that is particular to one study (labels, scales, hypotheses, rules)
stands in that file; the rest of the package takes it from here.

The lowest floor beside `printed`, whose editions it shares.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from ecrm_helpers.marks import Place, given_twice, line_of
from ecrm_helpers.printed import Edition, say, words
from ecrm_helpers.study.questionnaire import (
    ROOT,
    Association,
    Bilingual,
    Hypothesis,
    Item,
    Level,
    Question,
    Rule,
    Study,
    plain,
)

__all__ = [
    "ROOT",
    "Association",
    "Bilingual",
    "Hypothesis",
    "Item",
    "Level",
    "Question",
    "Rule",
    "Study",
    "StudyError",
    "plain",
    "read_study",
]

#: A place, a phrase's key, and what fills its blanks.
Found = tuple[Place, str, Mapping[str, object]]


class Fault(NamedTuple):
    """A place of ``study.yml`` and what is wrong there: a phrase's key.

    What pydantic alone has words for is in `other`.
    """

    line: int
    where: Place
    key: str
    values: Mapping[str, object] = {}
    other: str = ""

    def said(self, edition: Edition) -> str:
        """Write the fault in one edition, on one line."""
        what = say(self.key, edition, **self.values) if self.key else self.other
        place = ".".join(map(str, self.where)) or "study"
        return say("study_place", edition, line=self.line, place=place, what=what)


class StudyError(ValueError):
    """``study.yml`` cannot be used; the message lists every reason, in any edition."""

    def __init__(self, path: Path, key: str, faults: Sequence[Fault], why: str) -> None:
        self.path, self.key, self.faults, self.why = path, key, faults, why
        super().__init__(self.said("en"))

    def said(self, edition: Edition) -> str:
        """Write the message in one edition."""
        told = {"path": self.path, "why": self.why, "k": len(self.faults)}
        lines = [f"  {fault.said(edition)}" for fault in self.faults]
        return "\n".join([say(self.key, edition, **told), *lines])


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
        raise StudyError(path, "study_none", [], "") from None
    except (OSError, yaml.YAMLError, UnicodeDecodeError, ValueError) as error:
        raise StudyError(path, "study_unreadable", [], str(error)) from None
    faults = [Fault(line, where, "study_twice") for line, where in given_twice(tree)]
    try:
        study = Study.model_validate(raw)
        faults += [
            Fault(line_of(tree, where), where, key, values)
            for where, key, values in _cross_faults(study)
        ]
    except ValidationError as error:
        faults += [_of_schema(tree, fault) for fault in error.errors()]
    if faults:
        listed = sorted(faults, key=lambda fault: fault.line)
        raise StudyError(path, "study_breaks", listed, "")
    return study


def _of_schema(tree: yaml.Node | None, fault: ErrorDetails) -> Fault:
    """Take over what pydantic found, in our words where there are some."""
    where, kind = fault["loc"], fault["type"]
    key = next((k for k in (kind, f"schema_{kind}") if k in words()), "")
    values = dict(fault.get("ctx", {}))
    return Fault(line_of(tree, where), where, key, values, fault["msg"])


def _cross_faults(study: Study) -> Iterator[Found]:
    """Find what each part allows, and the whole does not."""
    named: list[tuple[Place, str]] = [
        ((key, place), name)
        for key in ("associations", "cross_tables")
        for place, pair in enumerate(getattr(study, key))
        for name in pair
    ]
    named += [
        (("hypotheses", key, "variables", place), name)
        for key, hypothesis in study.hypotheses.items()
        for place, name in enumerate(hypothesis.variables)
    ]
    for where, name in named:
        if name not in study.questions:
            known = ", ".join(study.questions)
            yield where, "study_no_question", {"name": name, "known": known}
        elif where[0] == "cross_tables" and not study.questions[name].closed:
            yield where, "study_crossed_scale", {"name": name}
    for key, wanted in _TESTED.items():
        if key not in study.hypotheses:
            continue
        roles = [_role(study, name) for name in study.hypotheses[key].variables]
        if roles != wanted and "" not in roles:
            yield ("hypotheses", key, "variables"), f"study_tested_{key}", {}
    yield from _levels_twice(("agreement",), list(study.agreement.items()))
    for name, question in study.questions.items():
        levels = list(question.levels.items())
        yield from _levels_twice(("questions", name, "levels"), levels)
        if question.kind == "matrix" and question.scale != (1, len(study.agreement)):
            points = {"points": len(study.agreement)}
            yield ("questions", name, "scale"), "study_matrix_scale", points


#: What the notebooks of two hypotheses test: a correlation, and groups on a scale.
_TESTED = {"h2": ["scale", "scale"], "h3": ["choice", "scale"]}


def _role(study: Study, name: str) -> str:
    question = study.questions.get(name)
    if question is None:
        return ""
    return "choice" if question.closed else question.kind


def _levels_twice(where: Place, levels: Sequence[tuple[str, Level]]) -> Iterator[Found]:
    seen: dict[str, str] = {}
    for key, level in levels:
        for spelling in {plain(text) for text in (level.answer, *level.also)}:
            if seen.setdefault(spelling, key) != key:
                yield (*where, key), "study_level_twice", {"level": level.answer}
