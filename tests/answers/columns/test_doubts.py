"""What a person must look at: free answers that are levels, numbers far out, days."""

import csv

import openpyxl
import pandas as pd
import pyreadstat
import pytest
from material.forms import STUDY, sav
from material.one_export import GIVEN
from material.studies.small import answers, level, question, scale, study

from ecrm_helpers.answers.audit import Refused
from ecrm_helpers.answers.door import read_file
from ecrm_helpers.answers.drafting import draft
from ecrm_helpers.study import read_study

LEVELS = {"web": level("Sur internet"), "shop": level("En boutique")}
CHOICE = {"how": question("choice", "Comment", other=True, levels=LEVELS)}
TEXTS = ["Sur internet", "En boutique"]


def heads(read):
    return "\n".join(read.audit.head("en"))


@pytest.mark.parametrize("form", ["{n} - {text}", "{n}. {text}", "({n}) {text}"])
def test_a_number_before_a_level_of_a_choice_says_nothing(tmp_path, form):
    rows = [[form.format(n=n, text=text)] for n, text in enumerate(TEXTS, 1)]
    read = answers(tmp_path, CHOICE, ["Comment"], rows)
    assert read.frame["how"].tolist() == TEXTS


def test_a_number_before_a_point_must_be_its_own(tmp_path):
    words = {"n": level("Jamais"), "o": level("Souvent"), "a": level("Toujours")}
    asked = {"often": question("scale", "Quand", levels=words)}
    read = answers(tmp_path, asked, ["Quand"], [["1 - Jamais"], ["3 - Toujours"]])
    assert read.frame["often"].tolist() == [1, 3]
    with pytest.raises(Refused, match="3 - Jamais"):
        answers(tmp_path, asked, ["Quand"], [["3 - Jamais"], ["1 - Toujours"]])


def test_levels_in_an_unknown_form_are_no_free_answers(tmp_path):
    rows = [[f"<p>{text}</p>"] for text in TEXTS * 3]
    with pytest.raises(Refused, match="6 answers of 6 are no level"):
        answers(tmp_path, CHOICE, ["Comment"], rows)


def test_a_few_that_name_a_level_are_said_at_the_head(tmp_path):
    rows = [*([text] for text in TEXTS * 5), ["Plutôt en boutique"]]
    read = answers(tmp_path, CHOICE, ["Comment"], rows)
    assert "free answers that name a level" in heads(read)
    assert "1 (lines 12)" in heads(read)


def test_a_free_answer_given_often_may_be_a_level(tmp_path):
    rows = [[text] for text in [*TEXTS * 5, *["La radio"] * 3, "Un livre"]]
    read = answers(tmp_path, CHOICE, ["Comment"], rows)
    assert "perhaps levels: la radio (3)" in heads(read)


@pytest.mark.parametrize(
    "head",
    [
        ["Comment", "Comment [Autre]"],
        ["how", "how[other]"],
        ["Comment - Selected Choice", "Comment - Autre (précisez) - Text"],
        ["Comment", "Autre (veuillez préciser)"],
    ],
)
@pytest.mark.parametrize("chosen", ["", "Autre", "-oth-", "Autre (précisez)"])
def test_what_was_written_beside_a_choice_is_its_free_answer(tmp_path, head, chosen):
    asked = {**CHOICE, "mark": scale("Note")}
    rows = [["Sur internet", "", "3"], [chosen, "La radio", "4"]]
    read = answers(tmp_path, asked, [*head, "Note"], rows)
    assert read.frame["how"].tolist() == ["Sur internet", "Autre"]
    assert [other.text for other in read.audit.others] == ["La radio"]


AGES = [str(age) for age in range(20, 60, 2)]


def aged(tmp_path, *more, **said):
    asked = {"age": question("number", "Age", **said)}
    return answers(tmp_path, asked, ["Age"], [[age] for age in [*AGES, *more]])


@pytest.mark.parametrize("mark", ["999", "-99", "99", "88", "-9", "-1", "0"])
def test_what_marks_no_answer_stands_in_no_mean_unsaid(tmp_path, mark):
    with pytest.raises(Refused, match=rf"age: {mark} often marks.*lines: 22, 23"):
        aged(tmp_path, mark, mark)
    absent = {"none": {**level(mark), "apart": True}}
    read = aged(tmp_path, mark, mark, levels=absent)
    assert read.frame["age"].mean() == 39  # of 20, 22, ..., 58
    assert read.audit.apart == {"age": {mark: 2}}
    read = aged(tmp_path, mark, between=[-100, 1000])
    assert read.frame["age"].max() == max(58, int(mark))


def test_numbers_outside_those_that_may_be_are_refused(tmp_path):
    with pytest.raises(Refused, match=r"61.*18–60.*22"):
        aged(tmp_path, "61", between=[18, 60])


def test_numbers_far_from_the_others_are_said(tmp_path):
    assert "read as they stand: 180 (lines 22)" in heads(aged(tmp_path, "180"))
    assert len(aged(tmp_path, "75", "77").audit.head("en")) == 1


def test_days_that_may_be_read_otherwise_are_said(tmp_path):
    asked = {"day": question("date", "Jour")}
    read = answers(tmp_path, asked, ["Jour"], [["03/04/1991"], ["05/06/1992"]])
    assert "day, dates read day first" in heads(read)
    read = answers(tmp_path, asked, ["Jour"], [["23/04/55"], ["24/05/07"]])
    assert [str(day)[:4] for day in read.frame["day"]] == ["1955", "2007"]
    assert "day, years of two digits" in heads(read)


def test_rows_that_repeat_the_header_are_no_answers(tmp_path):
    asked = {**CHOICE, "mark": scale("Note")}
    head = ["Comment", "Note"]
    rows = [["how", "mark"], ["Sur internet", "3"], head, ["En boutique", "4"]]
    read = answers(tmp_path, asked, head, rows)
    assert read.frame["mark"].tolist() == [3, 4]
    assert "rows that repeat the header, not read: 2, 4" in read.audit.said("en")


def test_a_draft_counts_every_answer(tmp_path):
    path = tmp_path / "answers.csv"
    path.write_text("Comment,Avis\n" + "En boutique,Bon\n" * 9, encoding="utf-8")
    assert "(9 rows)" in draft(path, "en").text


def test_a_draft_of_qualtrics_reads_its_own_file(tmp_path):
    path, to = tmp_path / "answers.csv", tmp_path / "my.yml"
    rows = ['True,Yes,"Mail,Post"', "False,No,Mail", "True,Yes,Post"] * 5
    head = "Finished,Happy,Ways - Selected Choice"
    path.write_text("\n".join([head, *rows]), encoding="utf-8")
    to.write_text(draft(path, "en").text, encoding="utf-8")
    frame, audit = read_file(path, read_study(to))
    assert list(frame) == ["q1", "q2_mail", "q2_post"]
    assert set(frame["q1"]) == {"Yes", "No"}
    assert "a preview or unfinished, read as the others: 5" in audit.said("en")


def test_rows_that_nobody_sent_are_said(tmp_path):
    asked = {**CHOICE, "mark": scale("Note")}
    head = ["Date d'envoi", "End Date", "Status", "Comment", "Note"]
    rows = [["", "2024-03-05", "IP Address", "En boutique", str(n)] for n in [1, 2] * 6]
    rows[2][2], rows[5][1] = "Survey Preview", ""
    read = answers(tmp_path, asked, head, rows)
    assert "a preview or unfinished, read as the others: 1 (lines 4)" in heads(read)
    assert "without a moment, where the others have one: 1 (lines 7)" in heads(read)


@pytest.mark.slow
def test_labels_of_codes_that_nobody_gave_may_turn_the_scale(tmp_path):
    given = [{**row, "q11": "4"} for row in GIVEN]
    path = sav(tmp_path / "answers.sav", given)
    frame, _ = read_file(path, STUDY)
    assert set(frame["q11"]) == {4}
    column = f"V{list(STUDY.columns).index('q11') + 1}"
    relabelled(path, {column: {1.0: "Excellent", 7.0: "Mauvais"}})
    with pytest.raises(Refused, match="Excellent"):
        read_file(path, STUDY)


def relabelled(path, labels):
    frame, meta = pyreadstat.read_sav(str(path))
    known = {**meta.variable_value_labels, **labels}
    names = meta.column_names_to_labels
    pyreadstat.write_sav(
        frame, str(path), column_labels=names, variable_value_labels=known
    )


def test_stata_s_letters_are_no_answers(tmp_path):
    path = tmp_path / "answers.dta"
    frame = pd.DataFrame({"how": [1, "b", 2], "mark": [3.0, 4.0, 5.0]}, dtype="object")
    pyreadstat.write_dta(
        frame.astype({"mark": float}), str(path),
        variable_value_labels={"how": {1: "Sur internet", 2: "En boutique"}},
        missing_user_values={"how": ["b"]},
    )  # fmt: skip
    asked = read_study(study(tmp_path, {**CHOICE, "mark": scale("Note")}))
    frame, audit = read_file(path, asked)
    assert frame["how"].isna().tolist() == [False, True, False]
    assert audit.others == []


def test_a_row_of_tests_is_nobody_and_a_word_of_it_is_said(tmp_path):
    asked = {**CHOICE, "age": question("number", "Age")}
    rows = [["Sur internet", "20"], ["test", "Test 1"], ["Test", "33"]]
    read = answers(tmp_path, asked, ["Comment", "Age"], rows)
    assert read.frame["age"].tolist() == [20, 33]
    assert read.audit.rules == {"test": 1}
    assert "kept (lines 4)" in heads(read)


def test_a_scale_in_words_of_which_the_file_has_numbers_alone_is_to_be_checked(
    tmp_path,
):
    words = {"n": level("Jamais"), "o": level("Souvent"), "a": level("Toujours")}
    asked = {"often": question("scale", "Quand", levels=words)}
    read = answers(tmp_path, asked, ["Quand"], [["1"], ["3"], [""], ["2"]])
    assert read.frame["often"].dropna().tolist() == [1, 3, 2]
    assert "first to last: often" in heads(read)
    told = answers(tmp_path, asked, ["Quand"], [["1"], ["Toujours"]])
    assert "first to last" not in heads(told)


def test_counts_below_a_gap_and_rows_under_a_merged_cell_are_said(tmp_path):
    asked = {**CHOICE, "age": question("number", "Age"), "mark": scale("Note")}
    book = openpyxl.Workbook()
    rows = [[text, 20 + n, 3] for n, text in enumerate(TEXTS * 4)]
    for row in [["Comment", "Age", "Note"], *rows, [], [None, 44]]:
        book.active.append(row)
    book.active.merge_cells("A3:A5")
    book.save(tmp_path / "a.xlsx")
    _, audit = read_file(tmp_path / "a.xlsx", read_study(study(tmp_path, asked)))
    told = "\n".join(audit.head("en"))
    assert "2 rows under a merged cell, read as without an answer (lines 4, 5)" in told
    assert "1 rows nearly empty, below a gap at the foot of the table" in told


@pytest.mark.parametrize("ages", [["2"], ["140"]])
def test_an_age_that_hardly_anybody_has_is_to_be_checked(tmp_path, ages):
    rows = [[str(n)] for n in (21, 34, 52)] + [ages]
    read = answers(tmp_path, {"age": question("number", "Age")}, ["Age"], rows)
    assert f"read as they stand: {ages[0]} (lines 5)" in heads(read)
    young = [["2"], ["3"], ["1"]]
    read = answers(tmp_path, {"age": question("number", "Age")}, ["Age"], young)
    assert "as they stand" not in heads(read)


def test_a_cell_shown_as_a_percentage_is_one(tmp_path):
    asked = {"part": question("number", "Part")}
    book = openpyxl.Workbook()
    for row in (["Part", "Poids"], [0.45, 0.9], [0.125, 1.1]):
        book.active.append(row)
    for line, form in ((2, "0%"), (3, "0.0%")):
        book.active.cell(line, 1).number_format = form
    book.save(tmp_path / "a.xlsx")
    frame, audit = read_file(tmp_path / "a.xlsx", read_study(study(tmp_path, asked)))
    assert frame["part"].tolist() == [45, 12.5]
    assert "results are not weighted: Poids" in "\n".join(audit.head("en"))


def test_a_day_in_another_century_is_to_be_checked(tmp_path):
    asked = {"day": question("date", "Venu le")}
    rows = [[f"{n}/03/{2020 + n % 4}"] for n in range(13, 22)] + [["12/03/2204"]]
    assert "read as they stand: 2204" in heads(
        answers(tmp_path, asked, ["Venu le"], rows)
    )


MET = [("Une femme", "25", "Jamais", "2"), ("Un homme", "31", "Souvent", "4")] * 6
ASKED = ["Vous êtes", "Votre âge", "Achetez-vous en ligne ?", "Note"]


@pytest.mark.parametrize(
    ("head", "more"),
    [
        ([*ASKED, "", ""], ["", ""]),
        (["E-mail", *ASKED, "E-mail"], ["p{n}@a.fr", "q{n}@a.fr"]),
        ([*ASKED, "Vos réseaux"], ["Facebook;Instagram, TikTok;"]),
        ([*ASKED, "Avis [Prix]", "Avis [Prix] [Score]"], ["Ne sait pas", "0 / 1"]),
        ([*ASKED, "__version__", "Bus _ a", "Pris _ b"], ["v1", "3", "1"]),
    ],
)
def test_a_draft_loses_nobody_for_what_stands_beside_the_questions(
    tmp_path, head, more
):
    """Empty heads, one twice, marks in cells, quizzes: each cost a respondent."""
    path, to = tmp_path / "a.csv", tmp_path / "my.yml"
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerow(head)
        for n, row in enumerate(MET):
            beside = [text.format(n=n) for text in more]
            first = beside[:1] if head[0] == "E-mail" else []
            csv.writer(out).writerow([*first, *row, *beside[len(first) :]])
    to.write_text(draft(path, "fr").text, encoding="utf-8")
    frame, audit = read_file(path, read_study(to))
    assert (audit.rows, audit.valid) == (12, 12)
    assert frame["q2"].tolist() == [25, 31] * 6
    assert frame["q3"].tolist() == [1, 4] * 6 or set(frame["q3"]) == {
        "Jamais",
        "Souvent",
    }


@pytest.mark.parametrize(
    ("codes", "ends"), [("123459", "[1, 5]"), ("1256789", "[1, 10]")]
)
def test_a_draft_takes_a_9_far_above_the_points_for_no_answer(tmp_path, codes, ends):
    path = tmp_path / "a.csv"
    path.write_text("Avis\n" + "\n".join(codes * 4) + "\n", encoding="utf-8")
    assert f"scale: {ends}" in draft(path, "fr").text


def test_a_point_beside_another_highest_one_is_refused(tmp_path):
    asked = {"note": scale("Note", 1, 5)}
    with pytest.raises(Refused, match="4/10"):
        answers(tmp_path, asked, ["Note"], [["2/5"], ["4/10"]])


def test_marks_of_no_answer_among_the_others_are_said(tmp_path):
    ages = [18, 22, 25, 33, 41, 77, 77, 77, 88, 88, 90, 70, 69, 81, 44]
    points = [1, 2, 3, 4, 5, 8, 9, 8, 1, 2, 3, 4, 5, 1, 2]
    asked = {"age": question("number", "Age"), "note": scale("Note", 1, 10)}
    rows = list(zip(ages, points, strict=True))
    said = heads(answers(tmp_path, asked, ["Age", "Note"], rows))
    assert "stand: 77, 88 (lines 7, 8, 9, 10, 11)" in said
    assert "stand: 8, 9 (lines 7, 8, 9)" in said


def test_a_mark_among_missing_answers_is_refused_with_its_line(tmp_path):
    asked = {"age": question("number", "Age"), "note": scale("Note")}
    rows = [[20 + n, 3] for n in range(9)] + [["", 4], [99, 5]]
    with pytest.raises(Refused, match=r"99.*12"):
        answers(tmp_path, asked, ["Age", "Note"], rows)
