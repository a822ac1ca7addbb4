"""Studies of a few questions, and their answers as files hold them."""

import csv

import yaml

from ecrm_helpers.answers.read import read_answers
from ecrm_helpers.study import read_study

BASE = {
    "title": {"fr": "Enquête courte", "en": "Short survey"},
    "opened": "2024-03-04",
    "closed": "2024-03-08",
    "reading": {"other": {"answer": "Autre", "fr": "Autre", "en": "Other"}},
    "agreement": {},
    "hypotheses": {},
}


def both(text):
    return {"fr": text, "en": text}


def level(text, **more):
    return {"answer": text, **both(text), **more}


def question(kind, label, **more):
    """Give a question that is known by its label."""
    asked = {"patterns": [f"^{label.lower()}"], "published": "nothing"}
    return {"kind": kind, "label": both(label), **asked, **more}


def scale(label, low=1, high=5):
    return question("scale", label, scale=[low, high])


def study(folder, questions, **more):
    path = folder / "study.yml"
    # Dates without quotes, as a person writes them.
    text = yaml.safe_dump(
        {**BASE, "questions": questions, **more}, allow_unicode=True, sort_keys=False
    )
    text = text.replace("'2024-03-04'", "2024-03-04").replace(
        "'2024-03-08'", "2024-03-08"
    )
    path.write_text(text, encoding="utf-8")
    return path


def answers(folder, questions, head, rows, **more):
    """Read rows of texts under a header as answers to the questions."""
    path = folder / "answers.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([head, *rows])
    return read_answers(path, read_study(study(folder, questions, **more)))
