"""``ecrm study``: from an export to the first page, no pattern written by hand."""

import csv

import pandas as pd
import pyreadstat
import pytest
import yaml
from material.studies import real_kinds
from material.studies.cells import shown

from ecrm_helpers.answers.door import read_file
from ecrm_helpers.cli import main
from ecrm_helpers.study import read_study


def drafted(folder, source, language="en"):
    to = folder / "my.yml"
    status = main(["study", "--from", str(source), "--to", str(to), "--lang", language])
    return status, to


def saved(folder, head, rows, name="export.csv"):
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([head, *rows])
    return path


def kinds(study):
    return [question.kind for question in study.questions.values()]


def test_a_form_with_words_boxes_and_an_age_is_drafted_and_read(tmp_path):
    source = saved(tmp_path, *real_kinds.shopping())
    status, to = drafted(tmp_path, source)
    assert status == 0
    study = read_study(to)
    assert kinds(study) == [
        *(
            "number",
            "choice",
            "scale",
            "scale",
            "matrix",
            "multiple",
            "matrix",
            "choice",
        )
    ]
    frame, audit = read_file(source, study)
    assert (audit.rows, audit.valid) == (137, 137)
    age, _, often, _, weight, boxes, sites, _ = study.questions.values()
    assert [of.answer for of in often.points.values()] == real_kinds.OFTEN
    assert [of.answer for of in weight.points.values()] == real_kinds.WEIGHT
    assert {of.answer for of in boxes.levels.values()} == set(real_kinds.FACTORS)
    assert [of.answer for of in sites.levels.values() if of.apart] == ["Don't know"]
    assert age.label.en == "What is your age?"
    text = to.read_text(encoding="utf-8")
    assert "p1@example.org" not in text
    assert "Anything you would like to add" in text
    # Counted in the file itself.
    _, rows = real_kinds.shopping()
    ticked = [sum(factor in row[9].split(";") for row in rows)
              for factor in real_kinds.FACTORS]  # fmt: skip
    held = dict(zip([of.answer for of in boxes.levels.values()],
                    frame.filter(regex="^q6_").sum(), strict=True))  # fmt: skip
    assert [held[factor] for factor in real_kinds.FACTORS] == ticked


def test_39_items_of_one_scale_are_drafted_as_a_matrix(tmp_path):
    source = saved(tmp_path, *real_kinds.burnout())
    status, to = drafted(tmp_path, source, "fr")
    assert status == 0
    study = read_study(to)
    assert kinds(study) == ["matrix", "choice", "number", "number", "choice"]
    assert len(study.questions["q1"].items) == 39
    assert study.questions["q1"].scale == (1, 5)
    _, audit = read_file(source, study)
    assert audit.valid == 120


def test_a_field_form_s_moments_and_ids_are_known(tmp_path):
    source = saved(tmp_path, *real_kinds.field_form())
    status, to = drafted(tmp_path, source)
    assert status == 0
    study = read_study(to)
    assert kinds(study) == ["matrix"]
    assert (study.questions["q1"].scale, str(study.opened)) == ((1, 10), "2024-03-04")
    _, audit = read_file(source, study)
    assert audit.valid == 148


LABELS = {
    "vote": {0: "Clinton", 1: "Dole"},
    "educ": {1: "1-8 grades", 2: "Some high school", 3: "High school graduate",
             4: "Some college", 5: "College degree", 6: "Master's", 7: "PhD"},
    "selfLR": {1: "Extremely liberal", 7: "Extremely conservative"},
}  # fmt: skip


@pytest.mark.parametrize("ending", ["csv", pytest.param("dta", marks=pytest.mark.slow)])
def test_anes96_is_drafted_from_a_table_and_from_stata(tmp_path, ending):
    from statsmodels.datasets import anes96

    data, source = anes96.load_pandas().data, tmp_path / f"anes96.{ending}"
    if ending == "csv":
        data.to_csv(source, index=False)
    else:
        pyreadstat.write_dta(data, str(source), variable_value_labels=LABELS)
    status, to = drafted(tmp_path, source)
    assert status == 0
    study = read_study(to)
    asked = {of.asked[0]: (name, of) for name, of in study.questions.items()}
    frame, audit = read_file(source, study)
    assert audit.valid == 944
    for column, (name, question) in asked.items():
        if question.kind in ("number", "scale") and not question.levels:
            assert frame[name].astype(float).tolist() == data[column].tolist()
    wanted = {"age": "number", "TVnews": "scale", "popul": "number", "vote": "choice"}
    assert {column: asked[column][1].kind for column in wanted} == wanted
    assert asked["selfLR"][1].scale == (1, 7)
    if ending == "dta":
        assert asked["selfLR"][1].ends[1].en == "Extremely conservative"
        votes = frame[asked["vote"][0]].value_counts()
        assert votes.to_dict() == {"Clinton": 551, "Dole": 393}  # statsmodels' own


@pytest.mark.slow
def test_the_draft_makes_the_first_page_as_it_is(tmp_path):
    source = saved(tmp_path, *real_kinds.shopping())
    _, to = drafted(tmp_path, source)
    pieces = shown(source, to, "en")
    assert {"tab-q2", "tab-q6", "fig-q6", "tab-numbers", "fig-q5"} <= set(pieces)


def test_words_without_a_known_order_wait_for_a_person(tmp_path, capsys):
    head = [f"Grid [{item}]" for item in "abc"]
    rows = [[["S", "N", "A"][(row + k) % 3] for k in range(3)] for row in range(30)]
    status, to = drafted(tmp_path, saved(tmp_path, head, rows))
    assert status == 1
    assert "put its levels in order" in capsys.readouterr().out
    text = to.read_text(encoding="utf-8")
    to.write_text(text.replace("    ordered: false\n", ""), encoding="utf-8")
    assert kinds(read_study(to)) == ["matrix"]


def test_a_file_that_is_there_is_not_replaced(tmp_path, capsys):
    source = saved(tmp_path, ["Age"], [["20"], ["30"]])
    (tmp_path / "my.yml").write_text("mine", encoding="utf-8")
    status, to = drafted(tmp_path, source)
    assert (status, to.read_text(encoding="utf-8")) == (2, "mine")
    assert "is there already" in capsys.readouterr().err


def test_what_is_no_file_of_answers_is_refused_and_nothing_written(tmp_path):
    source = tmp_path / "export.csv"
    source.write_bytes(b"")
    status, to = drafted(tmp_path, source)
    assert (status, to.exists()) == (2, False)


def test_a_draft_is_yaml_whatever_the_texts_hold(tmp_path):
    head = ['A "quoted": text #1', "yes", "- dash", "Question\nin two lines"]
    rows = [[k, k, k, k] for k in ("no", "on", "{x}", "no", "on", "{x}") for _ in "ab"]
    status, to = drafted(tmp_path, saved(tmp_path, head, rows))
    questions = yaml.safe_load(to.read_text(encoding="utf-8"))["questions"]
    assert [question["asked"] for question in questions.values()] == head
    assert status == 0
    frame, _ = read_file(tmp_path / "export.csv", read_study(to))
    assert pd.unique(frame["q1"]).tolist() == ["no", "on", "{x}"]


@pytest.mark.parametrize(
    "header",
    ["Question {n} : d'accord ?", "{n}. Je suis satisfait", "{n}) Clair",
     "Q{n} - Oui ?", "Question {n}", "Item {n}", "Clair ? {n}", "Note ({n})"],
)  # fmt: skip
def test_columns_told_apart_by_their_number_alone_are_each_its_own(tmp_path, header):
    head = [header.format(n=n) for n in range(1, 12)]
    rows = [[(row * (k % 6 + 1) + k) % 7 + 1 for k in range(11)] for row in range(40)]
    source = saved(tmp_path, head, rows)
    status, to = drafted(tmp_path, source)
    assert status == 0
    frame, audit = read_file(source, read_study(to))
    assert audit.rows == 40
    held = frame.select_dtypes("number")
    assert held.to_numpy().tolist() == rows


def test_a_row_of_numbers_is_no_part_of_a_header(tmp_path, capsys):
    source = saved(tmp_path, ["1", "2", "3"], [["4", "7", "1"], ["5", "6", "2"]])
    assert drafted(tmp_path, source)[0] == 2
    assert "none of its 3 columns" in capsys.readouterr().err
