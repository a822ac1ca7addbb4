"""Numbers, days, scales in words, answers counted apart, columns that are joined."""

import math

import pandas as pd
import pyreadstat
import pytest
from material.studies.small import answers, level, question, scale, study

from ecrm_helpers.answers.audit import Refused
from ecrm_helpers.answers.door import read_file
from ecrm_helpers.answers.export import to_csv, to_sav, to_xlsx
from ecrm_helpers.study import StudyError, read_study

AGE = {"age": question("number", "Age")}
OFTEN = {
    f"l{n}": level(word) for n, word in enumerate(["Jamais", "Parfois", "Souvent"])
}
UNSURE = {"dk": level("Sans opinion", also=["NSP"], apart=True)}


def listed(values):
    """Give values with None where one is missing."""
    return [None if pd.isna(value) else value for value in values]


def column(tmp_path, questions, head, cells):
    return answers(tmp_path, questions, [head], [[cell] for cell in cells])


@pytest.mark.parametrize(
    ("cells", "wanted"),
    [
        (["23", "31 ans", "", "45,5"], [23, 31, None, 45.5]),
        (["1 250", "1\N{NO-BREAK SPACE}300,5", "2"], [1250, 1300.5, 2]),
        (["1.250,5", "1.300,25"], [1250.5, 1300.25]),
        (["1,250.5", "1,300"], [1250.5, 1300]),
        (["-3", "+4"], [-3, 4]),
        (["23.0", "N/A", "24"], [23, None, 24]),
        (["300 euros", "1 200,50 €", "€ 90", "1800 EUR"], [300, 1200.5, 90, 1800]),
        (["45 %", "50", "12,5%"], [45, 50, 12.5]),
        (["0,523", "1,250"], [0.523, 1.25]),
    ],
)
def test_a_number_is_read_as_it_is_written(tmp_path, cells, wanted):
    found = column(tmp_path, AGE, "Age", [*cells, "7"]).frame["age"]
    # A row that holds nothing at all is no respondent.
    left = [value for cell, value in zip(cells, wanted, strict=True) if cell]
    assert listed(found) == [*left, 7]


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (["vingt", "30"], '"vingt"'),
        (["1,250", "2,500"], '"1,250"'),
        (["20-30", "25"], '"20-30"'),
        (["60+", "25"], '"60+"'),
        (["6 mois", "2 ans", "3 ans"], '"6 mois"'),
        (["10 k€", "300 €"], '"10 k€"'),
        (["0,45", "50 %", "12 %"], '"0,45"'),
        (["1998", "25 ans"], '"1998" is a year'),
    ],
)
def test_what_is_no_number_for_sure_is_refused_with_its_line(tmp_path, cells, words):
    with pytest.raises(Refused) as caught:
        column(tmp_path, AGE, "Age", cells)
    told = caught.value.said("en")
    assert words in told
    assert "lines: 2" in told


def test_days_tell_whether_the_month_comes_first(tmp_path):
    born = {"born": question("date", "Ne le")}
    read = column(tmp_path, born, "Ne le", ["02/03/1990", "12/25/1991", "1/1/1992"])
    days = read.frame["born"].dt.strftime("%Y-%m-%d").tolist()
    assert days == ["1990-02-03", "1991-12-25", "1992-01-01"]
    with pytest.raises(Refused, match="1990"):
        column(tmp_path, born, "Ne le", ["02/03/1990", "en 1990"])


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("12 mars 2024", "2024-03-12"),
        ("March 12, 2024", "2024-03-12"),
        ("mar. 1er août 2024 à 10:30", "2024-08-01"),
        ("Tuesday, Feb 3rd 2024", "2024-02-03"),
        ("12-déc-2023", "2023-12-12"),
        ("30 juil. 2024 14:00:01", "2024-07-30"),
    ],
)
def test_a_month_may_be_named(tmp_path, written, day):
    arrived = {"day": question("date", "Venu le")}
    read = column(tmp_path, arrived, "Venu le", [written, "25/12/2023"])
    assert read.frame["day"].dt.strftime("%Y-%m-%d").tolist() == [day, "2023-12-25"]
    with pytest.raises(Refused, match="12 marche 2024"):
        column(tmp_path, arrived, "Venu le", [written, "12 marche 2024"])


def test_a_year_of_birth_is_read_where_it_is_asked(tmp_path):
    born = {"born": question("number", "Annee de naissance")}
    read = column(tmp_path, born, "Annee de naissance", ["1998", "2001"])
    assert read.frame["born"].tolist() == [1998, 2001]


@pytest.mark.parametrize(
    "declared", [{"levels": {**OFTEN, **UNSURE}}, {"level_set": "s"}]
)
def test_words_are_the_points_of_a_scale_and_no_opinion_stands_apart(
    tmp_path, declared
):
    asked = {"use": question("scale", "Usage", **declared)}
    cells = [["Souvent"], ["jamais"], ["NSP"], ["Sans opinion"], ["Parfois"], [""]]
    read = answers(
        tmp_path, asked, ["Usage"], cells, level_sets={"s": {**OFTEN, **UNSURE}}
    )
    assert listed(read.frame["use"]) == [3, 1, None, None, 2]
    # The last row holds nothing at all, and is no respondent.
    assert read.audit.valid == 5
    assert read.audit.missing == {"use": 2}
    assert read.audit.apart == {"use": {"Sans opinion": 2}}
    assert read.study.questions["use"].scale == (1, 3)


def test_two_matrices_have_levels_of_their_own(tmp_path):
    items = {"a": {"asked": "un", "fr": "un"}, "b": {"asked": "deux", "fr": "deux"}}
    other = {"c": {"asked": "un", "fr": "un"}, "d": {"asked": "deux", "fr": "deux"}}
    questions = {
        "m": question("matrix", "Usages", items=items, level_set="often"),
        "k": question("matrix", "Avis", items=other),
    }
    head = ["Usages [un]", "Usages [deux]", "Avis [un]", "Avis [deux]"]
    rows = [["Souvent", "Jamais", "Oui", "Non"], ["Parfois", "Parfois", "Non", "Oui"]]
    read = answers(
        tmp_path, questions, head, rows, level_sets={"often": OFTEN},
        agreement={"n": level("Non"), "o": level("Oui")},
    )  # fmt: skip
    assert read.frame.to_numpy().tolist() == [[3, 1, 2, 1], [2, 2, 1, 2]]


def test_a_renamed_question_is_joined_and_a_row_that_fills_both_is_named(tmp_path):
    asked = {"mark": {**scale("Note"), "patterns": [], "joined": True,
                      "asked": ["Notez", "Notez le service"]}}  # fmt: skip
    head, rows = ["Notez", "Notez le service"], [["3", ""], ["", "5"], ["2", "2"]]
    read = answers(tmp_path, asked, head, rows)
    assert read.frame["mark"].tolist() == [3, 5, 2]
    with pytest.raises(Refused, match="differ, lines: 3"):
        answers(tmp_path, asked, head, [["3", ""], ["1", "5"]])
    alone = {"mark": {**asked["mark"], "joined": False}}
    with pytest.raises(Refused, match="joined: true"):
        answers(tmp_path, alone, head, rows)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (question("scale", "A", levels=OFTEN, scale=[1, 5]), "a point for each level"),
        (question("scale", "A", level_set="x"), "no such set"),
        (question("number", "A", levels=OFTEN), "counted apart"),
        (question("choice", "A", levels=OFTEN, scale=[1, 3]), "only a scale"),
        (question("scale", "A", levels=OFTEN, ordered=False), "from low to high"),
    ],
)
def test_what_a_question_cannot_be_is_named(tmp_path, asked, words):
    with pytest.raises(StudyError, match=words):
        read_study(study(tmp_path, {"a": asked}))


@pytest.mark.slow
def test_every_kind_is_written_for_spreadsheets_and_spss_and_read_again(tmp_path):
    from material.studies import every_kind

    read = answers(
        tmp_path, every_kind.QUESTIONS, every_kind.HEAD, every_kind.rows(),
        **every_kind.MORE,
    )  # fmt: skip
    told = read.frame, read.study, "", "fr"
    for write, ending in ((to_csv, "csv"), (to_xlsx, "xlsx"), (to_sav, "sav")):
        path = tmp_path / f"again.{ending}"
        path.write_bytes(write(*told))
        again, _ = read_file(path, read.study)
        for name in read.frame:
            assert listed(read.frame[name]) == listed(again[name]), (ending, name)
    frame, meta = pyreadstat.read_sav(str(tmp_path / "again.sav"))
    assert meta.variable_value_labels["nets_l1"] == {0: "Non", 1: "Oui"}
    assert not math.isnan(frame["age"].sum())
