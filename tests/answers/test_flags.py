"""Rows that need a decision: flagged by line, set aside or kept with a reason."""

import datetime

import pytest
from material.forms import texts
from material.one_export import (
    BODY,
    GIVEN,
    HEAD,
    MESSY,
    RULES,
    WELL,
    read,
    refused,
    save,
)

from ecrm_helpers.answers.door import as_csv


def test_rows_are_flagged_by_line_and_rules_set_them_aside(tmp_path):
    frame, audit = read(tmp_path, body=MESSY)
    assert [(flag.line, flag.rule) for flag in audit.flags] == RULES
    assert list(audit.excluded) == [14, 15, 16, 17]
    assert (audit.rows, audit.valid, len(frame)) == (17, 13, 13)


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


def test_a_table_keeps_a_row_or_sets_another_aside_with_its_reason(tmp_path):
    table = "row,decision,reason\n16,keep,asked again\n3,exclude,an employee\n"
    save(tmp_path, table, "exclusions.csv")
    frame, audit = read(tmp_path, body=MESSY)
    assert list(audit.excluded) == [3, 14, 15, 17]
    assert audit.excluded[3] == "an employee"
    assert frame.loc["L16"].isna()["q10"]
    assert len(frame) == 13


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
    for words in ("reason is missing", '"400", "keep"', '"4", "perhaps"'):
        assert words in said
