"""The door for answers, and the data set built to fit the printed values.

What the reconstructed answers satisfy is recomputed with plain pandas and
scipy, from the printed texts, not with the compendium's own estimates.
"""

import io
import itertools
from functools import cache

import pandas as pd
import pytest
from conftest import ROOT
from scipy import stats

from ecrm_helpers.answers.audit import Refused
from ecrm_helpers.answers.read import (
    AnswersError,
    read_answers,
)
from ecrm_helpers.answers.reconstruct import SEED, build, group_summary, reconstruct
from ecrm_helpers.study import read_study
from ecrm_helpers.study.published import read_values

SURVEY = "data/reconstructed/survey.csv"
STUDY = read_study()
PRINTED = {
    name: value.printed
    for name, value in read_values(ROOT / "data/published/values.csv").items()
}
COLUMNS = ("q1", "q2", "q3", "q4", "q10", "q11", "q12")
LEVELS = [
    (question, key)
    for question in ("q1", "q2", "q10", "q12")
    for key in STUDY.questions[question].levels
]


@cache
def rebuilt(seed=SEED):
    return reconstruct(read_values(ROOT / "data/published/values.csv"), STUDY, seed)


@cache
def survey(seed=SEED):
    return pd.read_csv(io.StringIO(rebuilt(seed)))


def as_printed(name):
    """Allow half a unit of the last printed digit, ties either way."""
    text = PRINTED[name].replace(",", ".").rstrip("*")
    half_unit = 0.5 * 10.0 ** -len(text.partition(".")[2])
    return pytest.approx(float(text), abs=half_unit + 1e-12)


seeds = pytest.mark.parametrize("seed", [SEED, 1, 2, 3, 4])


# --- The reconstructed answers


def test_the_committed_answers_are_the_bytes_that_the_seed_gives():
    assert (ROOT / SURVEY).read_bytes() == rebuilt().encode()


def test_building_writes_the_same_bytes_and_leaves_nothing_else(tmp_path):
    for name in ("data/published/values.csv", "study.yml"):
        copy = tmp_path / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes((ROOT / name).read_bytes())
    written = build(tmp_path)
    assert written == tmp_path / SURVEY
    assert written.read_bytes() == rebuilt().encode()
    assert list(written.parent.iterdir()) == [written]


def test_another_seed_gives_other_answers():
    assert len({rebuilt(seed) for seed in (SEED, 1, 2, 3, 4)}) == 5


@seeds
def test_there_are_73_marked_respondents_with_answers_to_seven_questions(seed):
    assert tuple(survey(seed).columns) == ("id", *COLUMNS)
    assert survey(seed)["id"].tolist() == [f"REC-{row:03}" for row in range(1, 74)]
    assert survey(seed).notna().all(axis=None)


@seeds
@pytest.mark.parametrize(("question", "key"), LEVELS)
def test_each_level_has_its_printed_count_and_percentage(seed, question, key):
    answer = STUDY.questions[question].levels[key].answer
    count = (survey(seed)[question] == answer).sum()
    assert count == int(PRINTED[f"{question}_{key}_n"])
    # The printed percentages are of 73, whatever is counted here.
    assert 100 * count / 73 == as_printed(f"{question}_{key}_pct")


@seeds
@pytest.mark.parametrize("group", ["no", "yes", "total"])
def test_each_group_has_its_printed_descriptives(seed, group):
    follows = {"no": ["Non"], "yes": ["Oui"], "total": ["Non", "Oui"]}[group]
    scores = survey(seed).loc[survey(seed)["q10"].isin(follows), "q11"]
    low, high = stats.t.interval(0.95, len(scores) - 1, scores.mean(), scores.sem())
    cells = {
        "n": len(scores),
        "mean": scores.mean(),
        "sd": scores.std(),
        "se": scores.sem(),
        "ci_low": low,
        "ci_high": high,
        "min": scores.min(),
        "max": scores.max(),
    }
    for name, value in cells.items():
        assert value == as_printed(f"h3_{group}_{name}")


@seeds
def test_the_groups_have_the_printed_analysis_of_variance(seed):
    parts = [part["q11"] for _, part in survey(seed).groupby("q10")]
    f, p = stats.f_oneway(*parts)
    within = sum((len(part) - 1) * part.var() for part in parts)
    total = 72 * survey(seed)["q11"].var()
    cells = {
        "ss_between": total - within,
        "ms_between": total - within,
        "f": f,
        "p": p,
        "ss_within": within,
        "ms_within": within / 71,
        "ss_total": total,
    }
    for name, value in cells.items():
        assert value == as_printed(f"h3_{name}")


@seeds
def test_the_scales_have_the_printed_correlation(seed):
    r, p = stats.pearsonr(survey(seed)["q3"], survey(seed)["q4"])
    # The upper end would print as .739.
    assert 0.7375 <= r < 0.7385
    assert p == as_printed("h2_p")
    assert survey(seed)[["q3", "q4", "q11"]].stack().between(1, 7).all()


def test_a_group_summary_is_the_printed_row_or_the_whole_scale():
    values = read_values(ROOT / "data/published/values.csv")
    no, wide = (group_summary(values, "no", (1, 7), ends=e) for e in (True, False))
    assert (no.n, no.mean, no.sd, no.low, no.high) == (12, "2.58", ",900", 1, 7)
    assert (no.minimum, no.maximum) == no.ends == (1, 4)
    assert (wide.minimum, wide.maximum, wide.ends) == (None, None, (1, 7))


def test_a_printed_row_that_nothing_fits_stops_the_reconstruction():
    values = read_values(ROOT / "data/published/values.csv")
    values["h3_no_mean"] = values["h3_no_mean"]._replace(printed="2.59")
    said = (
        r"group 'no'. The printed mean is impossible; the nearest possible: 2.58, 2.67"
    )
    with pytest.raises(ValueError, match=said):
        reconstruct(values, STUDY)


# --- What reconstructed answers may say

PUBLISHED = [{"q3", "q4"}, {"q10", "q11"}]


def test_only_a_published_association_is_handed_out():
    answers = read_answers(SURVEY, STUDY)
    for first, second in itertools.permutations(COLUMNS, 2):
        if {first, second} in PUBLISHED:
            both = answers.pair(first, second)
            assert (list(both), len(both)) == ([first, second], 73)
            continue
        words = f"{first}×{second}: this association was never .*: q3×q4, q10×q11"
        with pytest.raises(AnswersError, match=words):
            answers.pair(first, second)


def test_only_a_published_distribution_is_handed_out():
    answers = read_answers(SURVEY, STUDY)
    assert answers.origin == "reconstructed"
    for question in COLUMNS:
        if question in ("q3", "q4", "q11"):
            words = f"{question}: its distribution was never"
            with pytest.raises(AnswersError, match=words):
                answers.distribution(question)
        else:
            assert answers.distribution(question).name == question


# --- Answers that were given


def form(**changed):
    """Give the text of a file of answers: two respondents, changed where named."""
    given = {"id": ["A", "B"]}
    for name, question in STUDY.columns.items():
        levels = [level.answer for level in question.levels.values()]
        given[name] = levels[:1] * 2 if levels else [3, 5]
    return pd.DataFrame(given | changed).to_csv(index=False)


def saved(folder, text):
    path = folder / "answers.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_own_answers_are_typed_and_may_be_used_freely(tmp_path):
    text = form(q3=["", 1], q11=[5, 7], q10=["Oui", ""])
    answers = read_answers(saved(tmp_path, text), STUDY)
    assert (answers.origin, answers.basis) == ("own", "own")
    assert list(answers.frame.index) == ["A", "B"]
    assert answers.frame["q3"].dtype == answers.frame["q11"].dtype == "Int64"
    assert answers.frame["q3"].tolist() == [pd.NA, 1]
    assert answers.distribution("q11").tolist() == [5, 7]
    assert list(answers.pair("q3", "q10")) == ["q3", "q10"]
    assert set(answers.known("scale")) == {"q3", "q4", "q8", "q9", "q11"}


def test_of_reconstructed_answers_only_what_was_published_is_known():
    answers = read_answers(SURVEY, STUDY)
    assert set(answers.known("closed")) == {"q1", "q2", "q10", "q12"}
    assert answers.known("scale") == answers.known("matrix") == {}
    assert list(answers.frame) == list(COLUMNS)


def test_one_reconstructed_row_makes_all_answers_reconstructed(tmp_path):
    text = form(id=["A", "REC-007"])
    answers = read_answers(saved(tmp_path, text), STUDY)
    assert (answers.origin, answers.basis) == ("reconstructed", "reconstructed")
    with pytest.raises(AnswersError, match="q11: its distribution was never published"):
        answers.distribution("q11")


def test_invented_answers_are_shown_as_answers_and_called_synthetic():
    answers = read_answers("data/synthetic/export.csv", STUDY)
    assert (answers.origin, answers.basis) == ("synthetic", "own")


def test_a_question_that_was_not_answered_is_refused():
    answers = read_answers(SURVEY, STUDY)
    with pytest.raises(AnswersError, match="no answers to q8; there are q1, q2, q3"):
        answers.pair("q11", "q8")
    with pytest.raises(AnswersError, match="no answers to q5_1; there are q1"):
        answers.distribution("q5_1")


def test_only_reconstructed_answers_may_lack_a_question(tmp_path):
    own = pd.read_csv(ROOT / SURVEY).assign(id=[f"A{k}" for k in range(73)])
    with pytest.raises(Refused, match="q8"):
        read_answers(saved(tmp_path, own.to_csv(index=False)), STUDY)
    fewer = pd.read_csv(ROOT / SURVEY).drop(columns="q3")
    with pytest.raises(Refused, match="q3"):
        read_answers(saved(tmp_path, fewer.to_csv(index=False)), STUDY)


def test_free_answers_are_a_level_only_where_there_are_any(tmp_path):
    plain = read_answers(saved(tmp_path, form()), STUDY)
    assert list(plain.levels("q12")) == ["employee", "company", "student"]
    free = read_answers(saved(tmp_path, form(q12=["Retraité", "Employé"])), STUDY)
    assert list(free.levels("q12")) == ["employee", "company", "student", "other"]
    assert free.distribution("q12").tolist() == ["other", "employee"]


def test_free_answers_are_no_group(tmp_path):
    text = form(q10=["Oui, mais rarement", "Oui"], q12=["Employé", "Étudiant"])
    answers = read_answers(saved(tmp_path, text), STUDY)
    both = answers.pair("q10", "q12")
    first, second = both["q10"], both["q12"]
    assert first.isna().tolist() == [True, False]
    assert list(first.cat.categories) == ["no", "yes"]
    assert second.tolist() == ["employee", "student"]
    assert list(second.cat.categories) == ["employee", "company", "student"]


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(Refused, match=r"none\.csv"):
        read_answers(tmp_path / "none.csv", STUDY)
