"""The study as declared: what was asked, what is claimed, how it is decided.

Reads ``study.yml``, holds it against its schema, and gives frozen records.
Everything that is particular to one study (labels, scales, hypotheses, rules)
stands in that file; the rest of the package takes it from here.

The lowest floor beside `printed`, whose editions it shares.
"""

from collections.abc import Iterator
from operator import itemgetter
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from ecrm_helpers.files import FileError, content, in_project
from ecrm_helpers.printed import Told, Wrong, keyed, told, words
from ecrm_helpers.study import testing
from ecrm_helpers.study.coherence import (
    Found,
    of_languages,
    of_levels,
    of_paths,
    of_scores,
)
from ecrm_helpers.study.questionnaire import Study
from ecrm_helpers.study.texts import Place

#: Largest study that is read, in bytes.
LARGEST = 10_000_000

#: What pydantic finds and we have words for.
SCHEMA = keyed(
    "schema_",
    "schema_extra_forbidden schema_missing schema_literal_error "
    "schema_string_type schema_int_type schema_int_parsing schema_bool_type "
    "schema_bool_parsing schema_tuple_type schema_dict_type schema_model_type "
    "schema_date_type schema_date_from_datetime_parsing",
)


class StudyError(Wrong):
    """``study.yml`` cannot be used; the message lists every place at fault."""


#: libyaml's, which takes a tenth of the time.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_study(path: Path | str = "study.yml") -> Study:
    """Read a study and hold it against the schema.

    Parameters
    ----------
    path : path
        The file; a relative path starts at the project's folder.

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
    path = in_project(path)
    try:
        text = content(path, LARGEST).decode("utf-8")
        tree, raw = yaml.compose(text, _LOADER), yaml.load(text, _LOADER)
        again = list(given_twice(tree))
    except FileError as error:
        if not path.exists():
            raise StudyError("study_none", path=path) from None
        raise StudyError(error.told.key, **error.told.values) from None
    except (yaml.YAMLError, UnicodeDecodeError, ValueError) as error:
        raise StudyError("study_unreadable", path=path, why=error) from None
    except RecursionError:
        why = told("study_endless")
        raise StudyError("study_unreadable", path=path, why=why) from None
    twice = told("study_twice")
    faults = [(line, _at(line, where, twice)) for line, where in again]
    try:
        study = Study.model_validate(raw)
        faults += [
            (line, _at(line, where, what))
            for where, what in _cross_faults(study)
            for line in [line_of(tree, where)]
        ]
    except ValidationError as error:
        faults += [_of_schema(tree, fault) for fault in error.errors()]
    if faults:
        listed = [fault for _, fault in sorted(faults, key=itemgetter(0))]
        raise StudyError("study_breaks", *listed, path=path, k=len(listed))
    return study


def _at(line: int, where: Place, what: Told | str) -> Told:
    """Say of a place what is wrong there."""
    place = ".".join(map(str, where)) or "study"
    return told("study_place", line=line, place=place, what=what)


def _of_schema(tree: yaml.Node | None, fault: ErrorDetails) -> tuple[int, Told]:
    """Take over what pydantic found, in our words where there are some."""
    where, kind = fault["loc"], fault["type"]
    line = line_of(tree, where)
    key = SCHEMA.get(kind, kind if kind in words() else None)
    return line, _at(
        line, where, Told(key, fault.get("ctx", {})) if key else fault["msg"]
    )


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
        if name not in study.questions and not study.role(name):
            known = ", ".join((*study.questions, *study.scores))
            yield where, told("study_no_question", name=name, known=known)
        elif where[0] != "hypotheses" and named.count((where, name)) > 1:
            yield where, told("study_crossed_itself", name=name)
        elif where[0] == "cross_tables" and study.role(name) != "choice":
            yield where, told("study_crossed_scale", name=name)
        elif (
            where[0] == "hypotheses"
            and name in study.questions
            and (study.questions[name].kind == "matrix")
        ):
            yield where, told("study_no_variable", name=name)
    yield from of_scores(study)
    for key in study.hypotheses:
        for part, what in testing.faults(study, key):
            yield ("hypotheses", key, part), what
    yield from of_levels(study)
    yield from of_languages(study)
    yield from of_paths(study)


def given_twice(
    node: yaml.Node | None, where: Place = ()
) -> Iterator[tuple[int, Place]]:
    r"""Find keys given twice, of which YAML would keep the last without a word.

    Examples
    --------
    >>> list(given_twice(yaml.compose("a: 1\nb: {c: 1, c: 2}")))
    [(2, ('b', 'c'))]
    """
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                yield key.start_mark.line + 1, (*where, key.value)
            seen.add(key.value)
            yield from given_twice(value, (*where, key.value))


def line_of(node: yaml.Node | None, where: Place) -> int:
    r"""Give the line of a place in the file, or of what it should stand in.

    Examples
    --------
    >>> tree = yaml.compose("a: 1\nb:\n  - 2\n  - 3")
    >>> line_of(tree, ("b", 1)), line_of(tree, ("b", "d"))
    (4, 2)
    """
    line = 1
    for step in where:
        if isinstance(node, yaml.MappingNode):
            pairs = [pair for pair in node.value if pair[0].value == str(step)]
            held = [(key.start_mark.line, value) for key, value in pairs]
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            held = [(one.start_mark.line, one) for one in node.value[step : step + 1]]
        else:
            held = []
        if not held:
            break
        line, node = held[0][0] + 1, held[0][1]
    return line
