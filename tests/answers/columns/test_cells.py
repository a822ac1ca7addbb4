"""What a cell says when it says no answer, and what a label says beside its code."""

import openpyxl
import pyreadstat
import pytest
from conftest import often
from hypothesis import given, settings
from hypothesis import strategies as st
from material.forms import AGREEMENT, STUDY, csv_text, sav, xlsx
from material.one_export import BODY, GIVEN, HEAD, changed, read, refused

from ecrm_helpers.answers.audit import Refused
from ecrm_helpers.answers.door import read_file
from ecrm_helpers.study import Level, Spellings


def written(columns, texts):
    """Give the rows with each of the texts in a row of its own, in all the columns."""
    body = BODY
    for row, text in enumerate(texts):
        for column in columns:
            body = changed(column, text, row, body)
    return body


def test_a_mark_of_no_answer_is_missing_and_counted(tmp_path):
    columns = ("q1", "q3", "q5_1")
    marks = ["N/A", "#N/A", "NaN", "-", "?", ".", "#NULL!"]
    frame, audit = read(tmp_path, body=written(columns, marks))
    for column in columns:
        assert frame[column].isna().tolist() == [True] * 7 + [False] * 5
        assert f"{column}: marks of no answer, read as missing: 7" in audit.said("en")


def test_what_a_program_wrote_is_no_free_answer(tmp_path):
    columns, texts = ("q1", "q12"), ["A1", "SQ001", "3", "#REF!", "#VALEUR!"]
    said = refused(tmp_path, csv_text(HEAD, written(columns, texts)))
    for column in columns:
        for text in texts:
            assert f'{column}: "{text}"' in said


def test_a_level_that_excel_made_a_date_is_refused(tmp_path):
    said = refused(tmp_path, csv_text(HEAD, changed("q1", "2022-05-03 00:00:00")))
    assert 'q1: "2022-05-03 00:00:00"' in said


def labelled(tmp_path, place, labels, **how):
    """Write an SPSS file, with other labels for the question in one place."""
    path = sav(tmp_path / "a.sav", GIVEN, **how)
    frame, meta = pyreadstat.read_sav(str(path))
    pyreadstat.write_sav(
        frame,
        str(path),
        column_labels=meta.column_names_to_labels,
        variable_value_labels={**meta.variable_value_labels, place: labels},
    )
    return path


Q3, Q5_1 = "V3", "V5"
LOW, HIGH = STUDY.columns["q3"].ends


@pytest.mark.slow
@pytest.mark.parametrize(
    "labels",
    [
        {1: "Très satisfait", 7: "Très insatisfait"},
        {1: HIGH.fr, 7: LOW.fr},
        {1: f"1 - {HIGH.fr}", 7: f"7 - {LOW.fr}"},
        {1: LOW.en, 7: "Refus de répondre"},
        {7: "Sans opinion"},
    ],
)
def test_a_label_that_the_study_does_not_know_is_refused(tmp_path, labels):
    path = labelled(tmp_path, Q3, labels)
    with pytest.raises(Refused, match="q3: the file gives code"):
        read_file(path, STUDY)


@pytest.mark.slow
@pytest.mark.parametrize(
    "labels",
    [
        {1: LOW.en, 7: HIGH.en},
        {1: f"1 - {LOW.fr}", 7: f"7 = {HIGH.fr}"},
        {n: str(n) for n in range(1, 8)},
    ],
)
def test_a_label_in_either_language_confirms_its_code(tmp_path, labels):
    frame, _ = read_file(labelled(tmp_path, Q3, labels), STUDY)
    assert frame["q3"].tolist() == [int(row["q3"]) for row in GIVEN]


@pytest.mark.slow
@given(st.permutations(range(7)))
@settings(max_examples=often(20), deadline=None)
def test_a_matrix_follows_its_labels_whatever_their_codes(tmp_path_factory, order):
    """Codes in any order, texts of the English edition: the points are the texts'."""
    folder = tmp_path_factory.mktemp("sav")
    english = [level.en for level in STUDY.agreement.values()]
    path = sav(folder / "a.sav", GIVEN, alphabetical=False)
    frame, meta = pyreadstat.read_sav(str(path))
    place = meta.column_labels.index(next(h for h in HEAD if "Affectueuse" in h))
    name = meta.column_names[place]
    frame[name] = frame[name].map({point + 1: order[point] + 1 for point in range(7)})
    labels = {order[point] + 1: english[point] for point in range(7)}
    pyreadstat.write_sav(
        frame,
        str(path),
        column_labels=meta.column_names_to_labels,
        variable_value_labels={**meta.variable_value_labels, name: labels},
    )
    read_points = read_file(path, STUDY)[0]["q5_1"].tolist()
    assert read_points == [AGREEMENT.index(row["q5_1"]) + 1 for row in GIVEN]


@pytest.mark.slow
@pytest.mark.parametrize(
    "labels",
    [
        {1: AGREEMENT[6], 7: AGREEMENT[0]},
        {0: AGREEMENT[0], 6: AGREEMENT[6]},
        {3: AGREEMENT[3]},
        {7: "Strongly disagree"},
    ],
)
def test_ends_on_other_codes_leave_the_codes_between_them_unread(tmp_path, labels):
    path = sav(tmp_path / "a.sav", GIVEN, alphabetical=False)
    _, meta = pyreadstat.read_sav(str(path))
    names = meta.column_names_to_labels
    name = next(n for n, text in names.items() if "Affect" in text)
    path = labelled(tmp_path, name, labels, alphabetical=False)
    with pytest.raises(Refused, match=r"q5_1: the file's labels stand on other codes"):
        read_file(path, STUDY)


@pytest.mark.slow
def test_two_codes_with_one_label_are_refused(tmp_path):
    labels = dict(enumerate(AGREEMENT, 1)) | {6: "D'accord", 7: "D'accord"}
    path = sav(tmp_path / "a.sav", GIVEN)
    _, meta = pyreadstat.read_sav(str(path))
    name = next(
        n for n, text in meta.column_names_to_labels.items() if "Affect" in text
    )
    with pytest.raises(Refused, match="codes 6, 7 share the label"):
        read_file(labelled(tmp_path, name, labels), STUDY)


SIGNS = [
    ("< 5 ans", "> 5 ans"),
    ("-18 ans", "+18 ans"),
    ("C", "C++"),
    ("⭐", "⭐⭐⭐"),
    ("😀", "😞"),
]


@pytest.mark.parametrize("two", SIGNS)
def test_levels_may_differ_by_their_signs_alone(two):
    known = Spellings([Level(answer=text, fr=text, en=text) for text in two])
    for text in two:
        assert known.answer(f" {text.replace(' ', '  ')} ") == text
    assert known.answer("C") in ("C", None)


@given(st.lists(st.text(min_size=1, max_size=8), min_size=1, max_size=5, unique=True))
def test_a_text_never_stands_for_another_level(texts):
    levels = [Level(answer=text, fr=text, en=text) for text in texts]
    known = Spellings(levels)
    for text in texts:
        assert known.answer(text) in (text, None)
        same = [other for other in texts if other.casefold() == text.casefold()]
        if len(same) == 1 and text.strip():
            found = known.answer(text)
            assert found is None or found == text


def test_a_header_twice_outside_the_questionnaire_hurts_nothing(tmp_path):
    head = [*HEAD, "Adresse e-mail", "Adresse e-mail"]
    body = [[*cells, f"p{n}@example.org", ""] for n, cells in enumerate(BODY)]
    assert len(read(tmp_path, head, body)[0]) == 12


@pytest.mark.parametrize("more", ["Score", "Feedback", "Autre"])
def test_what_a_program_adds_in_brackets_is_no_second_answer(tmp_path, more):
    head = [*HEAD, f"{HEAD[3]} [{more}]"]
    frame, audit = read(tmp_path, head, [[*cells, "1"] for cells in BODY])
    assert frame["q3"].tolist() == [int(row["q3"]) for row in GIVEN]
    assert any(more in name for name in audit.ignored)


@pytest.mark.slow
def test_a_variable_named_as_a_question_and_labelled_otherwise_is_refused(tmp_path):
    path = sav(tmp_path / "a.sav", GIVEN)
    frame, meta = pyreadstat.read_sav(str(path))
    labels = {**meta.column_names_to_labels, "V3": "Tranche d'âge"}
    pyreadstat.write_sav(
        frame.rename(columns={"V3": "q3"}),
        str(path),
        column_labels={"q3" if k == "V3" else k: v for k, v in labels.items()},
        variable_value_labels={
            k: v for k, v in meta.variable_value_labels.items() if k != "V3"
        },
    )
    with pytest.raises(Refused, match="q3: the variable q3 is labelled"):
        read_file(path, STUDY)


def test_hidden_rows_are_said(tmp_path):
    path = xlsx(tmp_path / "a.xlsx", GIVEN)
    book = openpyxl.load_workbook(path)
    for row in (3, 4, 7):
        book.active.row_dimensions[row].hidden = True
    book.save(path)
    frame, audit = read_file(path, STUDY)
    assert len(frame) == 12
    assert "3 hidden rows (filtered or hidden by hand)" in audit.said("en")
    assert "3, 4, 7" in audit.said("en")
