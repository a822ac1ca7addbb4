"""Answers become levels and points, or stay apart with their text."""

import csv

import pandas as pd
import pytest
from material.one_export import changed, read, save
from material.studies import every_kind
from material.studies.small import study

from ecrm_helpers.answers.door import read_file
from ecrm_helpers.study import read_study


@pytest.mark.parametrize("text", ["Tout fait d'accord", "Tout à fait d’accord", "7"])
def test_the_misprinted_level_and_both_apostrophes_are_one_level(tmp_path, text):
    frame, _ = read(tmp_path, body=changed("q5_1", text))
    assert frame["q5_1"].iloc[0] == 7


@pytest.mark.parametrize("text", ["Oui, mais rarement", "Oui;un peu", "Par un ami"])
def test_a_free_answer_stays_other_with_its_text_apart(tmp_path, text):
    frame, audit = read(tmp_path, body=changed("q10", text))
    assert frame["q10"].iloc[0] == "Autre"
    assert [tuple(other) for other in audit.others] == [(2, "q10", text)]


def test_a_table_recodes_answers_and_says_so(tmp_path):
    table = "question,answer,becomes,reason\n"
    save(
        tmp_path,
        table + "q10,Oui mais rarement,Oui,a yes\nq3,99,,no answer\nq3,88,,as well\n",
        "recodes.csv",
    )
    body = changed("q3", "99", body=changed("q10", "Oui, mais rarement"))
    frame, audit = read(tmp_path, body=body)
    assert frame["q10"].iloc[0] == "Oui"
    assert frame["q3"].iloc[0] is pd.NA
    assert not audit.others
    assert "q3: answers recoded by the table: 1" in audit.said("en")
    assert "q3: recodes of the table that match no answer: 88" in audit.said("en")


def test_missing_answers_are_counted_not_filled(tmp_path):
    frame, audit = read(tmp_path, body=changed("q3", " ", body=changed("q12", "")))
    assert frame["q3"].iloc[0] is pd.NA
    assert frame["q3"].dtype == "Int64"
    assert frame["q12"].isna().iloc[0]
    assert {k for k, v in audit.missing.items() if v} == {"q3", "q12"}
    assert frame["q12"].cat.ordered


def test_answers_counted_apart_are_spelled_as_the_study_has_them(tmp_path):
    path = tmp_path / "answers.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([every_kind.HEAD, *every_kind.rows()])
    file = study(tmp_path, every_kind.QUESTIONS, **every_kind.MORE)
    said = read_file(path, read_study(file))[1].said("en")
    assert "Sans opinion" in said
    assert "spellings" not in said
