"""When answers were gathered: what the file says, and what the study declares."""

import datetime
from dataclasses import replace

import pytest

from ecrm_helpers.answers.read import read_answers
from ecrm_helpers.printed import speaking
from ecrm_helpers.shown import survey


@pytest.fixture(scope="module")
def invented():
    return read_answers("data/synthetic/export.csv", "study.yml")


def sent(answers, *period):
    return replace(answers, audit=replace(answers.audit, collected=period or None))


def sampled(answers, edition="en"):
    with speaking(edition):
        return survey.sample(answers).plain


def test_the_days_are_those_of_the_rows_and_the_declared_ones_stand_beside(invented):
    said = sampled(invented)
    assert "120 answers, sent from 12 April 2031 to 2 May 2031, 21 days" in said
    assert "announces a survey from 7 July 2022 to 3 August 2022" in said
    assert "du 12 avril 2031 au 2 mai 2031" in sampled(invented, "fr")


def test_days_that_are_the_declared_ones_are_said_once(invented):
    study = invented.study
    said = sampled(sent(invented, study.opened, study.closed))
    assert "sent from 7 July 2022 to 3 August 2022, 28 days" in said
    assert "announces" not in said
    day_later = study.closed + datetime.timedelta(days=1)
    assert "announces" in sampled(sent(invented, study.opened, day_later))


def test_a_file_without_moments_says_so(invented):
    said = sampled(sent(invented))
    assert "does not say when they were sent" in said


def test_what_is_reconstructed_keeps_the_period_of_the_thesis():
    answers = read_answers("data/reconstructed/survey.csv", "study.yml")
    assert sampled(answers).startswith("The survey gathered 73")
