"""Scores: several answers as one number, and what cannot be one is refused."""

import subprocess
from math import isnan

import pandas as pd
import pyreadstat
import pytest
from material.studies.small import answers, both, question, scale, study

from ecrm_helpers.answers import export
from ecrm_helpers.answers.door import read_file
from ecrm_helpers.answers.read import AnswersError
from ecrm_helpers.cli import main
from ecrm_helpers.study import StudyError, read_study

WRITERS = {"csv": export.to_csv, "xlsx": export.to_xlsx, "sav": export.to_sav}
ITEMS = {
    f"m_{n}": {"patterns": [f"^{word}"], **both(word)}
    for n, word in enumerate(("un", "deux"), 1)
}
QUESTIONS = {
    "a": scale("Alpha"),
    "b": scale("Beta"),
    "m": question("matrix", "Matrice", scale=[1, 5], items=ITEMS),
}
LEVELS = {f"l{n}": {"answer": f"mot {n}", **both(f"mot {n}")} for n in range(1, 6)}
HEAD = ["Alpha", "Beta", "Matrice [un]", "Matrice [deux]"]
ROWS = [["1", "2", "mot 3", "mot 5"], ["5", "", "mot 1", "2"], ["", "", "mot 4", ""]]


def score(kind, of, **more):
    return {"kind": kind, "of": of, "label": both("Score"), **more}


def made(tmp_path, **scores):
    return answers(tmp_path, QUESTIONS, HEAD, ROWS, agreement=LEVELS, scores=scores)


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        # Worked by hand: 1 2 3 5 · 5 – 1 2 · – – 4 –
        (score("mean", ["a", "b", "m"]), [2.75, None, None]),
        (score("mean", ["a", "b", "m"], needs=3), [2.75, 8 / 3, None]),
        (score("sum", ["a", "b", "m"]), [11, None, None]),
        (score("sum", ["a", "b", "m"], needs=1), [11, 32 / 3, 16]),
        (score("mean", ["a", "m_2"], reversed=["a"]), [5, 1.5, None]),
    ],
)
def test_a_score_is_the_mean_or_the_sum_of_enough_answers(tmp_path, given, wanted):
    found = made(tmp_path, s=given).distribution("s")
    for value, want in zip(found, wanted, strict=True):
        assert isnan(value) if want is None else value == pytest.approx(want)


@pytest.mark.needs("pspp", "pspp")
def test_the_syntax_makes_the_scores_that_the_chapter_has(tmp_path):
    """By hand: 11, 32/3 and 16; 5 and 1.5."""
    enough = score("sum", ["a", "b", "m"], needs=1)
    read = made(tmp_path, s=enough, t=score("mean", ["a", "m_2"], reversed=["a"]))
    (tmp_path / "a.sav").write_bytes(export.to_sav(read.frame, read.study, "", "en"))
    asked = export.syntax(read.frame, read.study, "a.sav", "own", "en")
    (tmp_path / "a.sps").write_bytes(asked)
    command = ["pspp", "-O", "format=csv", "-o", "out.csv", "a.sps"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    out = (tmp_path / "out.csv").read_text(encoding="utf-8")
    assert "Score,3,12.56,2.99,10.67,16.00" in out
    assert "Score,2,3.25,2.47,1.50,5.00" in out


def test_a_score_stands_beside_a_scale_and_knows_its_ends(tmp_path):
    read = made(tmp_path, s=score("sum", ["m"]))
    assert read.pair("s", "a")["s"].tolist()[:2] == [8, 3]
    assert read.pair("m_1", "s")["m_1"].tolist() == [3, 1, 4]
    assert (read.study.role("s"), read.study.role("m")) == ("scale", "")
    assert read.study.range_of("s") == (2, 10)
    assert read.study.label("s").en == "Score"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (score("mean", ["a", "z"]), "z is no scale, no item and no matrix"),
        (score("mean", ["a", "a"]), "a counts twice"),
        (score("mean", ["m", "m_1"]), "m_1 counts twice"),
        (score("mean", ["a"]), "two items or more"),
        (score("mean", ["a", "b"], needs=3), "from 1 to 2"),
        (score("mean", ["a", "b"], reversed=["m_1"]), "m_1 is no item of this score"),
        (score("median", ["a", "b"]), "mean"),
    ],
)
def test_a_score_that_cannot_be_is_refused_with_its_reason(tmp_path, given, words):
    with pytest.raises(StudyError, match=words):
        made(tmp_path, s=given)


def test_scales_of_different_points_make_no_score(tmp_path):
    questions = {"a": scale("Alpha"), "b": scale("Beta", 0, 10)}
    scores = {"a": score("mean", ["a", "b"])}
    path = study(tmp_path, questions, scores=scores)
    with pytest.raises(StudyError, match="different scales") as caught:
        read_study(path)
    assert "a is a question" in str(caught.value)


def test_without_the_answers_there_is_no_score(tmp_path):
    read = made(tmp_path, s=score("mean", ["a", "b"]))
    less = type(read)(read.frame.drop(columns="b"), read.audit, read.published)
    with pytest.raises(AnswersError, match="s"):
        less.distribution("s")


def test_scores_are_columns_of_every_export_and_the_door_passes_them_by(tmp_path):
    """By hand: 2.75 and 8 / 3 of the first two rows, too few answers in the third."""
    read = made(tmp_path, s=score("mean", ["a", "b", "m"], needs=3))
    for form, write in WRITERS.items():
        path = tmp_path / f"out.{form}"
        path.write_bytes(write(read.frame, read.study, "", "en"))
        frame, _ = read_file(path, read.study)
        pd.testing.assert_frame_equal(frame, read.frame, check_dtype=False)
    held = [
        pd.read_csv(tmp_path / "out.csv")["s"],
        pd.read_excel(tmp_path / "out.xlsx", engine="openpyxl")["s"],
        pyreadstat.read_sav(tmp_path / "out.sav")[0]["s"],
    ]
    for column in held:
        assert column[:2].tolist() == pytest.approx([2.75, 8 / 3])
        assert isnan(column[2])


def test_the_verb_writes_scores_and_reads_what_it_wrote(tmp_path):
    made(tmp_path, s=score("mean", ["m"], needs=1))
    arguments = ["--study", str(tmp_path / "study.yml"), "--to"]
    path, clean = str(tmp_path / "answers.csv"), str(tmp_path / "clean.csv")
    assert main(["read", path, *arguments, clean]) == 0
    assert pd.read_csv(clean)["s"].tolist() == [4, 1.5, 4]
    again = str(tmp_path / "again.csv")
    assert main(["read", clean, *arguments, again]) == 0
    assert pd.read_csv(again).equals(pd.read_csv(clean))
