"""What each column of clean answers holds: the data dictionary of a study.

Made from ``study.yml`` alone: for people as labels, for programs as a Data
Package with a Table Schema (Frictionless, version 1).
"""

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from ecrm_helpers.answers.columns.typed import categories
from ecrm_helpers.files import read_rows, write_atomically
from ecrm_helpers.study import Bilingual, Question, Study, read_study

#: Where the Data Package stands, and the answers that it describes.
PLACE = "data/datapackage.json"
_TYPES = {"choice": "string", "number": "number", "date": "date"}
#: What is the same for every study.
SAID = yaml.safe_load((files(__package__) / "datapackage.yml").read_text("utf-8"))


def answers(question: Question, study: Study) -> dict[str | int, Bilingual]:
    """Give the answers of a question that have a label, in order.

    Levels by the text of the answer, the free answer last; points of a scale by
    number: all that have words, or its two ends; of a box, whether it is ticked.
    """
    if question.closed:
        other = [study.reading.other] if question.other else []
        every = [*question.points.values(), *other]
        return dict(zip(categories(question, study), every, strict=True))
    if question.kind == "multiple":
        return {0: Bilingual(fr="Non", en="No"), 1: Bilingual(fr="Oui", en="Yes")}
    if question.points and question.scale:
        return dict(enumerate(question.points.values(), question.scale[0]))
    return dict(zip(question.scale or (), question.ends or (), strict=False))


def datapackage(study: Study, columns: list[str]) -> dict[str, Any]:
    """Describe the answers as a Data Package.

    Parameters
    ----------
    columns : list of str
        The columns of the reconstructed answers, ``id`` first; none without them.

    Returns
    -------
    dict
        As the JSON file has it. Beyond the standard's own properties: ``nature``
        of a resource, and where it is ``kept``; ``titles``, ``labels`` and
        ``published`` of a field.
    """
    own = ["id", *study.columns]
    titles = {"title": study.title.en, "titles": study.title.model_dump()}
    resources = [SAID["own"] | {"data": [own]} | _table(study, own)]
    if columns:
        resources.insert(0, SAID["reconstructed"] | _table(study, columns))
    return SAID["package"] | titles | {"resources": resources}


def _table(study: Study, columns: list[str]) -> dict[str, Any]:
    fields = [_field(name, study) for name in columns if name in study.columns]
    return {
        "profile": "tabular-data-resource",
        "schema": {
            "fields": [SAID["respondent"], *fields],
            "missingValues": [""],
            "primaryKey": "id",
        },
    }


def _field(column: str, study: Study) -> dict[str, Any]:
    question, label = study.columns[column], study.label(column)
    labels = [
        {"value": value, "fr": text.fr, "en": text.en}
        for value, text in answers(question, study).items()
    ]
    ends = question.scale or ((0, 1) if question.kind == "multiple" else ())
    allowed: dict[str, Any] = dict(zip(("minimum", "maximum"), ends, strict=False))
    if question.closed:
        allowed = {"enum": categories(question, study)}
    return {
        "name": column,
        "type": _TYPES.get(question.kind, "integer"),
        "title": label.en,
        "titles": label.model_dump(),
        "constraints": allowed,
        "labels": labels,
        "published": question.published,
    }


def build(root: Path) -> Path:
    """Write ``data/datapackage.json`` from ``study.yml``; give its place.

    Parameters
    ----------
    root : path
        The project's folder, with the reconstructed answers if it has any.

    Returns
    -------
    path
    """
    study, place = read_study(root / "study.yml"), root / PLACE
    rebuilt = place.parent / SAID["reconstructed"]["path"]
    # A study that nothing is printed of may stand beside another's answers.
    kept = study.published and rebuilt.exists()
    columns = list(read_rows(rebuilt)[0]) if kept else []
    write_atomically(place, written(study, columns))
    return place


def written(study: Study, columns: list[str]) -> bytes:
    """Write the Data Package of a study, as the file has it."""
    text = json.dumps(datapackage(study, columns), ensure_ascii=False, indent=1)
    return text.encode() + b"\n"
