"""Rows that need a decision: flagged by line, set aside or kept with a reason."""

import datetime
import hashlib
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from conftest import often
from hypothesis import given, settings
from hypothesis import strategies as st
from material.forms import COLUMNS, STUDY, csv_text, rows, texts
from material.one_export import (
    BODY,
    GIVEN,
    HEAD,
    MESSY,
    RULES,
    WELL,
    changed,
    read,
    refused,
    save,
)

from ecrm_helpers.answers.audit import Refused
from ecrm_helpers.answers.door import admit, as_csv, read_file


def test_rows_are_flagged_by_line_and_rules_set_them_aside(tmp_path):
    frame, audit = read(tmp_path, body=MESSY)
    assert [(flag.line, flag.rule) for flag in audit.flags] == RULES
    assert {line: one.rule for line, one in audit.excluded.items()} == dict(RULES[:3])
    assert (audit.rows, audit.valid, len(frame)) == (17, 14, 14)


MOMENTS = {
    "Sheets": "%d/%m/%Y %H:%M:%S",
    "direct download": "%Y/%m/%d %I:%M:%S %p UTC+1",
    "narrow space": "%Y/%m/%d %I:%M:%S\u202f%p GMT+01:00",
    "ISO": "%Y-%m-%dT%H:%M:%S+01:00",
    "ISO, universal": "%Y-%m-%dT%H:%M:%SZ",
    "a day": "%Y-%m-%d",
    "month first": "%m/%d/%Y %H:%M:%S",
}


@pytest.mark.parametrize("moment", MOMENTS.values(), ids=list(MOMENTS))
def test_what_was_sent_before_the_survey_is_known_however_moments_are_written(
    tmp_path, moment
):
    early = [{**GIVEN[0], "Horodateur": datetime.datetime(2022, 6, 30, 13, 5)}]
    later = [{**row, "Horodateur": row["Horodateur"].replace(day=20)} for row in GIVEN]
    _, audit = read(tmp_path, *texts([*later, *early], moment))
    flags = [(flag.line, flag.rule) for flag in audit.flags]
    assert (14, "before_opening") in flags
    assert len([rule for _, rule in flags if rule == "before_opening"]) == 1
    assert ("month first" in audit.said("en")) is moment.startswith("%m")


def test_the_first_moment_of_the_survey_is_not_before_it(tmp_path):
    opened = datetime.datetime.combine(STUDY.opened, datetime.time())
    later = [{**row, "Horodateur": row["Horodateur"].replace(day=20)} for row in GIVEN]
    for moment, early in ((opened, 0), (opened - datetime.timedelta(seconds=1), 1)):
        sent = [{**GIVEN[0], "Horodateur": moment}]
        _, audit = read(tmp_path, *texts([*later, *sent], MOMENTS["ISO, universal"]))
        rules = [flag.rule for flag in audit.flags]
        assert rules.count("before_opening") == early


def test_a_table_keeps_a_row_or_sets_another_aside_with_its_reason(tmp_path):
    table = "row,decision,reason\n16,keep,asked again\n3,exclude,an employee\n"
    save(tmp_path, table, "exclusions.csv")
    frame, audit = read(tmp_path, body=MESSY)
    assert list(audit.excluded) == [3, 14, 15]
    assert audit.excluded[3] == ("table", "an employee")
    assert frame.loc["L16"].isna()["q10"]
    assert len(frame) == 14


def test_without_moments_the_same_answers_are_flagged_and_kept(tmp_path):
    body = [cells[1:] for cells in (*BODY, BODY[3])]
    frame, audit = read(tmp_path, HEAD[1:], body)
    assert [(flag.line, flag.rule) for flag in audit.flags] == [(14, "identical")]
    assert (len(frame), dict(audit.excluded)) == (13, {})


def test_the_same_sender_is_the_same_respondent(tmp_path):
    body = [[*cells, f"p{n % 11}@example.org"] for n, cells in enumerate(BODY)]
    frame, audit = read(tmp_path, [*HEAD, "Adresse e-mail"], body)
    assert [(flag.line, flag.rule) for flag in audit.flags] == [(2, "earlier_version")]
    assert "Adresse e-mail" in audit.personal
    assert "example" not in audit.json("en") + as_csv(frame).decode()


def test_a_table_of_exclusions_without_a_reason_or_a_row_is_refused(tmp_path):
    table = "row,decision,reason\n3,exclude,\n400,keep,x\n4,perhaps,x\n"
    save(tmp_path, table, "exclusions.csv")
    said = refused(tmp_path, WELL)
    assert "reasons: 3" in said
    for words in ("reason is missing", 'row 400, "keep"', 'row 4, "perhaps"'):
        assert words in said


@pytest.mark.parametrize("table", ["3,exclude,a reason\n", "<xml/>\n", "\0\0\n"])
def test_a_table_of_exclusions_that_is_a_single_line_excludes_nobody_unseen(
    tmp_path, table
):
    save(tmp_path, table, "exclusions.csv")
    assert "exclusions.csv" in refused(tmp_path, WELL)


# --- Nobody is set aside without evidence


PLACEHOLDERS = ("anonymous", "Anonyme", "n/a", "-", "")


@pytest.mark.parametrize("word", PLACEHOLDERS)
def test_a_word_that_stands_for_nobody_is_no_sender(tmp_path, word):
    body = [[*cells, word, word] for cells in BODY]
    frame, audit = read(tmp_path, [*HEAD, "Email", "Name"], body)
    assert (len(frame), dict(audit.excluded)) == (12, {})
    assert "senders told apart" not in audit.said("en")


def test_some_who_give_no_address_hide_nobody_who_does(tmp_path):
    who = (
        ["anonymous"] * 6 + [f"p{n}@example.org" for n in range(5)] + ["p4@example.org"]
    )
    body = [[*cells, name] for cells, name in zip(BODY, who, strict=True)]
    _, audit = read(tmp_path, [*HEAD, "Email"], body)
    assert {line: one.rule for line, one in audit.excluded.items()} == {
        12: "earlier_version"
    }
    assert "senders told apart by the columns: Email" in audit.said("en")


@pytest.mark.parametrize(
    "cells",
    [
        [f"192.168.0.{n % 2}" for n in range(12)],
        ["Ooredoo", "Djezzy", "Mobilis"] * 4,
        ["Ana", "Ali", "Nour", "Sam", "Lina", "Adam"] * 2,
        [f"Classe {n % 3}" for n in range(12)],
    ],
    ids=["network", "operator", "first names", "class"],
)
def test_what_several_people_share_names_no_sender(tmp_path, cells):
    """Under four names at once: any of them that named a sender would take rows."""
    names = ["Nom", "Adresse IP", "Opérateur mobile", "Prénom"]
    body = [[*row, *[cell] * 4] for row, cell in zip(BODY, cells, strict=True)]
    frame, audit = read(tmp_path, [*HEAD, *names], body)
    assert (len(frame), dict(audit.excluded)) == (12, {})


def short_study(questions):
    """Give a study of a few scales."""
    asked = {name: STUDY.questions[name] for name in ("q3", "q4", "q8", "q9", "q11")}
    kept = dict(list(asked.items())[:questions])
    return STUDY.model_copy(
        update={"questions": kept, "hypotheses": {}, "associations": ()}
    )


@settings(max_examples=often(15), deadline=None)
@given(st.integers(2, 5), st.integers(10, 120), st.integers(0, 10**6))
def test_a_class_that_answers_in_one_hour_is_whole(questions, people, seed):
    """Answers alike and near by chance alone set nobody aside, or stop the run."""
    random, study = Random(seed), short_study(questions)
    columns = list(study.columns)
    start = datetime.datetime(2022, 7, 8, 9)
    body = [
        [
            (start + datetime.timedelta(seconds=random.randrange(3600))).isoformat(" "),
            *(str(random.choice((3, 4, 5))) for _ in columns),
        ]
        for _ in range(people)
    ]
    with TemporaryDirectory() as folder:
        text = csv_text(
            ["Horodateur", *(HEAD[1 + COLUMNS.index(c)] for c in columns)], body
        )
        path = save(Path(folder), text)
        _, audit = read_file(path, study)
    assert 20 * len(audit.excluded) <= people


def test_rows_alike_where_asked_and_unlike_elsewhere_are_two_people(tmp_path):
    twin = [["08/07/2022 09:03:25", *BODY[0][1:]]]
    body = [[*cells, str(n)] for n, cells in enumerate([*BODY, *twin])]
    frame, audit = read(tmp_path, [*HEAD, "Vos remarques"], body)
    assert [(flag.line, flag.rule) for flag in audit.flags] == [(14, "identical")]
    assert len(frame) == 13


def test_rows_without_an_answer_and_totals_are_no_respondents(tmp_path):
    empty = ["12/07/2022 10:00:00", *[""] * len(COLUMNS)]
    means = ["Moyenne", *["4" if c in ("q3", "q4") else "" for c in COLUMNS]]
    frame, audit = read(tmp_path, body=[*BODY[:3], empty, *BODY[3:], empty, means])
    assert audit.rules == {"no_answer": 2, "footer": 1}
    assert (audit.rows, len(frame)) == (15, 12)
    assert "rows set aside, without any answer: 2" in audit.said("en")


def test_an_answer_called_like_a_total_stays_an_answer(tmp_path):
    body = changed("q1", "Total", row=11)
    assert len(read(tmp_path, body=body)[0]) == 12


# --- What an author decides of a row


def test_a_row_that_cannot_be_read_can_be_set_aside(tmp_path):
    save(tmp_path, "row,decision,reason\n2,exclude,a test\n", "exclusions.csv")
    frame, audit = read(tmp_path, body=changed("q3", "test"))
    assert (len(frame), audit.rules) == (11, {"table": 1})


@pytest.mark.parametrize("name", ["moment", "id"])
def test_a_moment_or_an_id_names_one_row_in_every_form(tmp_path, name):
    head, body = ["id", *HEAD], [[f"P{n}", *cells] for n, cells in enumerate(BODY)]
    table = (
        f"{name},decision,reason\n{dict(moment=BODY[7][0], id='P7')[name]},exclude,x\n"
    )
    save(tmp_path, table, "exclusions.csv")
    for form in ({}, {"delimiter": ";"}):
        frame, _ = read(tmp_path, head, body, **form)
        assert list(frame.index) == [f"P{n}" for n in range(12) if n != 7]


def test_lines_are_for_one_file_alone(tmp_path):
    path = save(tmp_path, WELL)
    other = save(tmp_path, WELL.replace("\r\n", "\n"), "other.csv")
    save(tmp_path, "row,decision,reason\n4,exclude,x\n", "exclusions.csv")
    with pytest.raises(
        Refused, match=r"several files lie beside it \(export.csv, other"
    ):
        read_file(path, STUDY)
    sha = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
    save(tmp_path, f"row,sha256,decision,reason\n4,{sha},exclude,x\n", "exclusions.csv")
    assert len(read_file(path, STUDY)[0]) == 11
    with pytest.raises(Refused, match="was made for another file"):
        read_file(other, STUDY)


def test_a_moment_that_several_rows_share_names_none(tmp_path):
    body = [[BODY[0][0], *cells[1:]] for cells in BODY]
    table = f"moment,decision,reason\n{BODY[0][0]},exclude,x\n"
    save(tmp_path, table, "exclusions.csv")
    said = refused(tmp_path, csv_text(HEAD, body))
    assert "names several rows of the file: 2, 3" in said


# --- More than one row in twenty


def test_a_rule_that_takes_many_rows_stops_until_it_is_accepted(tmp_path):
    path = save(tmp_path, csv_text(HEAD, MESSY))
    with pytest.raises(Refused) as caught:
        admit(path, STUDY)
    said = caught.value.said("en")
    for rule in ("double", "before_opening", "contradictory"):
        assert f"--accept {rule}" in said
    rules = ("double", "before_opening", "contradictory")
    assert len(admit(path, STUDY, rules)[0]) == 14
    reading = STUDY.reading.model_copy(update={"accept": rules})
    assert len(admit(path, STUDY.model_copy(update={"reading": reading}))[0]) == 14


def test_one_row_in_twenty_is_not_many(tmp_path):
    early = ["01/07/2022 10:00:00", *BODY[1][1:]]
    body = [[cells[0], *BODY[n % 12][1:]] for n, cells in enumerate(texts(rows(19))[1])]
    for more, stops in ((1, False), (2, True)):
        path = save(tmp_path, csv_text(HEAD, [*body, *[early] * more]))
        if stops:
            with pytest.raises(Refused, match="would be set aside"):
                admit(path, STUDY)
        else:
            assert len(admit(path, STUDY)[0]) == 19


def test_who_sent_the_same_answers_twice_is_counted_once(tmp_path):
    body = [[*cells, f"p{n}@example.org"] for n, cells in enumerate(BODY)]
    again = [*body, body[3]]
    frame, audit = read(tmp_path, [*HEAD, "Adresse e-mail"], again)
    assert dict(audit.rules) == {"double": 1}
    assert len(frame) == len(BODY)
