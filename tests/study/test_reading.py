"""The questionnaire as data: what breaks it is named, with its line."""

import re

import pytest
from conftest import ROOT

from ecrm_helpers.answers.columns.headers import Headers
from ecrm_helpers.cli import main
from ecrm_helpers.study import StudyError, read_study
from ecrm_helpers.study.testing import asking_for, method_of, variables_of

TEXT = (ROOT / "study.yml").read_text(encoding="utf-8")


def line_of(part, text):
    """Count the lines down to the last place of a part."""
    return text[: text.rindex(part)].count("\n") + 1


BROKEN = {
    "an unknown key": (
        "    other: true\n",
        "    otter: true\n",
        "otter",
        "not permitted",
    ),
    "a level twice": (
        'website: {answer: "Site web", fr',
        'website: {answer: "liens sponsorisés", fr',
        'website: {answer: "liens',
        "level given twice: liens sponsorisés",
    ),
    "a key twice": ('      "no": {', '      "yes": {', '"yes": {', "is given twice"),
    "a hypothesis on an unknown question": (
        "variables: [q3, q4]",
        "variables: [q3, q13]",
        "[q3, q13]",
        "no question q13; there are q1, q2",
    ),
    "a test that its variables do not allow": (
        "variables: [q10, q11]",
        "variables: [q10, q11]\n    test: paired",
        "test: paired",
        "paired: does not fit these variables; they allow: groups",
    ),
    "a variable named twice": (
        "variables: [q3, q4]",
        "variables: [q3, q3]",
        "[q3, q3]",
        "names a variable twice",
    ),
    "a sign of a variable that does not explain": (
        "variables: [q3, q4]",
        "variables: [q3, q5_1, q4]\n    expects: {q4: positive}",
        "expects: {q4",
        "of all or of each of the",
    ),
    "a cross-table of a scale": (
        "  - [q12, q2]",
        "  - [q12, q3]",
        "  - [q12, q3]",
        "q3 is a scale; a cross-table counts answers of choices",
    ),
    "a question crossed with itself": (
        "  - [q12, q2]",
        "  - [q12, q12]",
        "  - [q12, q12]",
        "q12 is crossed with itself; give two questions",
    ),
    "an association of an unknown question": (
        "  - [q10, q11]",
        "  - [q10, q99]",
        "q99",
        "no question q99",
    ),
    "a pattern that is none": (r"['\bdecouv']", "['(']", "['(']", "not a regular"),
    "a question written as a pattern": (
        r"['\bdecouv']",
        "['Où avez-vous découvert']",
        "['Où avez-vous",
        "fits no header because of O é ù",
    ),
    "a scale without points": (
        "scale: [1, 7]\n    ends",
        "scale: [7, 1]\n    ends",
        "q3:\n",
        "lowest point",
    ),
    "a matrix with another scale": (
        "scale: [1, 7]\n    items",
        "scale: [1, 5]\n    items",
        "scale: [1, 5]",
        "[1, 7], a point for each level (7)",
    ),
    "answers outside the project": (
        "published: ",
        "answers: ../../etc/passwd\npublished: ",
        "answers: ../",
        "'../../etc/passwd' leads out of the project's folder",
    ),
    "an interview of another system's root": (
        "interview: data/interview",
        "interview: C:\\talks",
        "interview: C",
        "leads out of",
    ),
    "a rule that is none": (
        "[before_opening, double,",
        "[before_opening, twice,",
        "twice,",
        "before_opening",
    ),
}


@pytest.mark.parametrize(
    ("part", "put", "mark", "words"), BROKEN.values(), ids=list(BROKEN)
)
def test_what_breaks_a_study_is_named_with_its_line(tmp_path, part, put, mark, words):
    text = TEXT.replace(part, put, 1)
    assert text != TEXT
    path = tmp_path / "study.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(StudyError, match=re.escape(words)) as caught:
        read_study(path)
    assert f"line {line_of(mark, text)}, " in str(caught.value)
    assert f"ligne {line_of(mark, text)}, " in caught.value.said("fr")


def test_every_fault_of_a_study_is_named_at_once(tmp_path):
    path = tmp_path / "study.yml"
    text = TEXT.replace("kind: scale", "kind: scales").replace("rule:", "rules:")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(StudyError, match=r"\d+ place") as caught:
        read_study(path)
    # Five scales; each of three hypotheses has another key for its rule.
    assert len(str(caught.value).splitlines()) == 1 + 5 + 3


def test_faults_are_said_in_the_language_asked_for(tmp_path, capsys):
    path = tmp_path / "study.yml"
    text = TEXT.replace("kind: scale", "kind: scales", 1).replace("1, 7]", "1, x]", 1)
    path.write_text(text, encoding="utf-8")
    answers = str(ROOT / "data/synthetic/export.csv")
    for language, words in (
        ("fr", "valeur inconnue\N{NO-BREAK SPACE}; permises"),
        ("en", "unknown val"),
    ):
        assert main(["read", answers, "--study", str(path), "--lang", language]) == 2
        told = capsys.readouterr().err
        assert words in told
        assert {"fr": "nombre entier", "en": "a whole number"}[language] in told
        assert "Traceback" not in told


def test_a_study_that_is_no_yaml_is_named(tmp_path):
    path = tmp_path / "study.yml"
    for content in (b"a: [", b"\xff\xfe", b""):
        path.write_bytes(content)
        with pytest.raises(StudyError, match=r"study\.yml"):
            read_study(path)


def test_a_study_that_is_too_large_or_no_file_is_named(tmp_path):
    path = tmp_path / "study.yml"
    path.write_bytes(b"#" * 10_000_001)
    with pytest.raises(StudyError, match="10000000"):
        read_study(path)
    with pytest.raises(StudyError, match=str(tmp_path)):
        read_study(tmp_path)


@pytest.mark.parametrize("text", ["questions: &q {x: *q}", "a: " + 2000 * "["])
def test_a_study_that_holds_itself_or_is_too_deep_is_refused(tmp_path, text):
    path = tmp_path / "study.yml"
    path.write_text(text + "]" * text.count("["))
    with pytest.raises(StudyError, match=r"study\.yml"):
        read_study(path)


def test_every_label_is_recognised_as_its_own_column():
    study = read_study()
    headers = Headers(study)
    for column, question in study.columns.items():
        item = question.items.get(column)
        label = question.label.fr
        assert headers.score([f"{label} [{item.fr}]" if item else label]) == 1
        assert headers.score([column.upper()]) == 1


ASKED = {
    ("q3", "q4"): "correlation",
    ("q5_1", "q4"): "correlation",
    ("q10", "q11"): "groups",
    ("q11", "q10"): "groups",
    ("q10", "q12"): "crossed",
    ("q3", "q8", "q4"): "regression",
    ("q5", "q4"): None,
    ("q1", "q3", "q4"): None,
    (): None,
}


@pytest.mark.parametrize(("variables", "test"), ASKED.items(), ids=str)
def test_the_test_follows_from_the_kinds_of_the_variables(variables, test):
    study = read_study()
    claim = study.hypotheses["h2"].model_copy(update={"variables": variables})
    asked = study.model_copy(update={"hypotheses": {"any name": claim}})
    assert method_of(asked, "any name") == test
    assert asking_for(asked, "groups") == ["any name"] * (test == "groups")


def test_a_choice_that_groups_a_scale_comes_first_whatever_the_order():
    study = read_study()
    claim = study.hypotheses["h3"].model_copy(update={"variables": ("q11", "q10")})
    asked = study.model_copy(update={"hypotheses": {"h": claim}})
    assert variables_of(asked, "h") == ("q10", "q11")


def test_columns_are_worked_out_once_and_anew_for_a_copy():
    study = read_study()
    assert study.columns is study.columns
    copy = study.model_copy(update={"questions": {"q3": study.questions["q3"]}})
    assert list(copy.columns) == ["q3"] != list(study.columns)
