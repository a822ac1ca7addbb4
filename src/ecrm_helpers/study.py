"""The study as declared: what was asked, what is claimed, how it is decided.

Reads ``study.yml``, holds it against its schema, and gives frozen records.
Everything that is particular to one study (labels, scales, hypotheses, rules)
stands in that file; the rest of the package takes it from here.

The lowest floor beside `printed`, whose editions it shares.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

import yaml
from pydantic import ValidationError

from ecrm_helpers.marks import Place, given_twice, line_of
from ecrm_helpers.questionnaire import (
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


class StudyError(ValueError):
    """``study.yml`` cannot be used; the message lists every reason."""


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
            yield where, f"no question {name}; there are {', '.join(study.questions)}"
        elif where[0] == "cross_tables" and not study.questions[name].closed:
            yield where, f"{name} is a scale; a cross-table counts answers of choices"
    for key, wanted in _TESTED.items():
        hypothesis = study.hypotheses.get(key)
        roles = (
            [_role(study, name) for name in hypothesis.variables]
            if hypothesis
            else wanted
        )
        if roles != wanted and "nothing" not in roles:
            told = f"{key} is tested on {' and '.join(wanted)}, in this order"
            yield ("hypotheses", key, "variables"), told
    yield from _levels_twice(("agreement",), list(study.agreement.items()))
    for name, question in study.questions.items():
        levels = list(question.levels.items())
        yield from _levels_twice(("questions", name, "levels"), levels)
        if question.kind == "matrix" and question.scale != (1, len(study.agreement)):
            allowed = f"[1, {len(study.agreement)}], a point for each level"
            yield ("questions", name, "scale"), f"must be {allowed} of agreement"


#: What the notebooks of two hypotheses test: a correlation, and groups on a scale.
_TESTED = {"h2": ["a scale", "a scale"], "h3": ["a choice", "a scale"]}


def _role(study: Study, name: str) -> str:
    question = study.questions.get(name)
    if question is None:
        return "nothing"
    return "a choice" if question.closed else f"a {question.kind}"


def _levels_twice(
    where: Place, levels: Sequence[tuple[str, Level]]
) -> Iterator[tuple[Place, str]]:
    seen: dict[str, str] = {}
    for key, level in levels:
        for spelling in {plain(text) for text in (level.answer, *level.also)}:
            if seen.setdefault(spelling, key) != key:
                yield (*where, key), f"level given twice: {level.answer}"
