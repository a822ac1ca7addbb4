"""Drafts from exports: what programs add is no question, and nobody is lost."""

import csv
import datetime

import openpyxl
import pytest

from ecrm_helpers.answers.door import read_file
from ecrm_helpers.answers.drafting import draft
from ecrm_helpers.study import read_study

SITES = ["Facebook", "TikTok"]


def drafted(tmp_path, head, rows):
    """Give the draft of a file, and its own file read by it."""
    path, to = tmp_path / "answers.csv", tmp_path / "my.yml"
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([head, *rows])
    return reread(path, to)


def reread(path, to):
    to.write_text(draft(path, "fr").text, encoding="utf-8")
    study = read_study(to)
    return study, read_file(path, study)[0]


@pytest.mark.parametrize(
    ("beside", "chosen"),
    [
        ("Métier [Autre]", "Autre"),
        ("Métier - Autre - Texte", "Autre"),
        ("Autre (veuillez préciser)", ""),
        ("Other", ""),
    ],
)
def test_who_wrote_something_else_is_in_the_draft(tmp_path, beside, chosen):
    rows = [["Salarié", "", "3"], [chosen, "au foyer", "4"], ["Étudiant", "", "2"]] * 4
    study, frame = drafted(tmp_path, ["Métier", beside, "Note"], rows)
    assert frame["q1"].tolist() == ["Salarié", "Autre", "Étudiant"] * 4
    assert list(study.questions) == ["q1", "q2"]


def test_columns_of_programs_are_no_questions(tmp_path):
    about = {
        "lastpage. Dernière page": "3", "Tête de série": "82", "Progression": "100",
        "ID du répondant": "118", "Langue de départ": "fr", "_index": "4",
        "TEMPS_SAISIE": "4,5", "N°": "7", "deviceid": "a:b",
        "Canal de distribution": "e",
        "Durée (en secondes)": "250", "_status": "submitted",
    }  # fmt: skip
    rows = [[*about.values(), note] for note in "1234512345"]
    study, _ = drafted(tmp_path, [*about, "Note"], rows)
    assert [one.label.fr for one in study.questions.values()] == ["Note"]


def test_items_in_round_brackets_are_boxes_of_one_question(tmp_path):
    head = [f"Vos réseaux ? (plusieurs) ({site})" for site in SITES]
    rows = [["true", "false"], ["true", "true"], ["false", "true"]] * 3
    study, frame = drafted(tmp_path, head, rows)
    assert study.questions["q1"].kind == "multiple"
    assert frame.to_numpy().tolist() == [[1, 0], [1, 1], [0, 1]] * 3


def test_no_answer_in_french_is_no_point_of_a_scale(tmp_path):
    words = ["NSP", "SO", "néant", "Je ne sais pas", "sans objet", "-", "NR"]
    rows = [[text] for text in [*"12345" * 4, *words]]
    study, frame = drafted(tmp_path, ["Satisfaction"], rows)
    assert study.questions["q1"].scale == (1, 5)
    assert (frame["q1"].count(), frame["q1"].mean()) == (20, 3)


def test_levels_that_differ_by_accents_are_one(tmp_path):
    rows = [[text] for text in ["Élevé", "Eleve", "ÉLEVÉ ", "Très bas", "Tres bas"] * 5]
    study, frame = drafted(tmp_path, ["Niveau"], rows)
    assert len(study.questions["q1"].levels) == 2
    assert frame["q1"].value_counts().tolist() == [15, 10]


def test_points_written_with_a_comma_and_nought_are_whole(tmp_path):
    _, frame = drafted(tmp_path, ["Satisfaction"], [[f"{n},0"] for n in "12345" * 2])
    assert frame["q1"].tolist() == [1, 2, 3, 4, 5] * 2


def test_days_of_a_workbook_are_asked_for(tmp_path):
    book, days = (
        openpyxl.Workbook(),
        [datetime.datetime(2024, 3, n) for n in range(1, 9)],
    )
    for cell in ["Dernière visite", *days]:
        book.active.append([cell])
    book.save(tmp_path / "a.xlsx")
    study, frame = reread(tmp_path / "a.xlsx", tmp_path / "my.yml")
    assert study.questions["q1"].kind == "date"
    assert frame["q1"].tolist() == days


def test_qualtrics_short_names_stand_above_the_questions(tmp_path):
    head = ["StartDate", "Finished", "Q1"]
    rows = [["Date de début", "Terminé", "Satisfaction"]]
    rows += [["2024-03-05 10:00:00", "Vrai", note] for note in "12345" * 2]
    study, frame = drafted(tmp_path, head, rows)
    assert [one.label.fr for one in study.questions.values()] == ["Satisfaction"]
    assert len(frame) == 10


def test_own_columns_of_framaforms_are_no_questions_and_tell_when(tmp_path):
    own = ["N° de série", "SID", "Heure de soumission", "Brouillon", "UID"]
    head = [f"Détails de la soumission [{one}]" for one in own]
    rows = [
        [n, 13000 + n, f"2024-03-{n:02} 10:00:00", 0, n, ["Femme", "Homme"][n % 2]]
        for n in range(1, 13)
    ]
    study, _ = drafted(tmp_path, [*head, "Vous êtes"], rows)
    assert [one.asked for one in study.questions.values()] == [("Vous êtes",)]
    _, audit = read_file(tmp_path / "answers.csv", study)
    assert str(audit.collected[1]) == "2024-03-12"


def test_stars_and_marks_of_a_highest_one_are_points(tmp_path):
    texts = [("3 étoiles", "2/5", "★★★☆☆"), ("1 étoile", "4 sur 5", "★☆☆☆☆")] * 6
    _, frame = drafted(tmp_path, ["Accueil", "Prix", "Lieu"], texts)
    assert frame.head(2).to_numpy().tolist() == [[3, 2, 3], [1, 4, 1]]


def test_boxes_under_their_own_words_are_one_question(tmp_path):
    rows = [["Facebook", "", "F"], ["", "TikTok", "H"], ["Facebook", "TikTok", "F"]] * 4
    _, frame = drafted(tmp_path, ["Facebook", "TikTok", "Sexe"], rows)
    assert frame.iloc[:3, :2].to_numpy().tolist() == [[1, 0], [0, 1], [1, 1]]


def test_letters_before_levels_are_no_points(tmp_path):
    rows = [["a) Oui"], ["b) Non"], ["c) Ne plus"]] * 4
    study, _ = drafted(tmp_path, ["Reviendrez-vous ?"], rows)
    assert study.questions["q1"].kind == "choice"
