"""Evidence for a hypothesis: directions, tallies, readings, variants."""

import pytest
from material import artificial
from material.interview import H1, sets

from ecrm_helpers.interview.evidence import (
    ledger,
    overturning,
    reading,
    sensitivity,
    statements,
    tally,
    weigh,
)
from ecrm_helpers.interview.tables import DIRECTIONS, InterviewError, read_interview


def test_the_direction_of_a_statement_follows_from_its_codes(ours):
    found = statements(ours, H1)
    expected = {}
    for way in ("for", "nuance", "against"):  # the later has the last word
        for segment, code in sets()[0]:
            if code in H1.codes[way]:
                expected[segment] = way
    assert found.to_dict() == expected


def test_the_ledger_goes_by_direction_then_by_the_order_of_the_text(ours):
    listed = ledger(ours, H1)
    places = [
        (DIRECTIONS.index(r.direction), r.segment_id) for r in listed.itertuples()
    ]
    assert places == sorted(places)
    assert tally(listed["direction"]) == {"for": 3, "against": 2, "nuance": 3}


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ("S05,", "S06,", "S05: its codes say against; the ledger lacks it"),
        (
            ",against,opinion,1,",
            ",for,opinion,1,",
            "S05: for, but its codes say against",
        ),
        (",opinion,1,", ",opinion,3,", "kind 'opinion' with weight '3'"),
        (",opinion,1,", ",hearsay,1,", "kind 'hearsay' with weight '1'"),
    ],
)
def test_a_ledger_that_does_not_fit_its_codes_is_refused(folder, before, after, fault):
    path = folder / "h1_evidence.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(InterviewError, match=r"h1_evidence\.csv") as caught:
        ledger(read_interview(folder, "fr"), H1)
    assert fault in str(caught.value)


@pytest.mark.parametrize(
    ("found", "says", "with_two"),
    [
        ((1, 0), "illustrated", "supported"),
        ((9, 1), "challenged", "not_supported"),
        ((0, 1), "contradicted", "not_supported"),
        ((0, 0), "silent", "not_supported"),
    ],
)
def test_presence_decides_and_number_does_not(found, says, with_two):
    counts = dict(zip(("for", "against"), found, strict=True))
    assert reading(counts) == says
    assert weigh(H1, 1, counts) == "not_assessable"
    assert weigh(H1, 2, counts) == with_two


def test_every_variant_is_the_ledger_without_what_it_names(ours):
    listed = ledger(ours, H1)
    variants = sensitivity(listed, H1, 1, {})
    assert len(variants) == 1 + len(listed) + 1
    for row in variants[variants["variant"] == "without"].itertuples():
        kept = listed[listed["segment_id"] != row.what]
        found = [(kept["direction"] == way).sum() for way in DIRECTIONS]
        assert [row[3], row.against, row.nuance] == found
    facts = variants[variants["variant"] == "facts"].iloc[0]
    assert (facts["for"], facts["against"], facts["reading"]) == (2, 0, "illustrated")
    assert set(variants["association"]) == {"not_assessable"}


def test_what_overturns_the_reading_does_so_and_nothing_less(ours):
    listed = ledger(ours, H1)
    for wanted, segments in overturning(listed).items():
        kept = listed[~listed["segment_id"].isin(segments)]
        assert reading(tally(kept["direction"])) == wanted
        for segment in segments:
            others = [s for s in segments if s != segment]
            less = listed[~listed["segment_id"].isin(others)]
            assert reading(tally(less["direction"])) == "challenged"


def test_another_coder_gives_another_reading(tmp_path):
    talk = read_interview(artificial.written(tmp_path))
    listed = ledger(talk, H1)
    others = {"two": statements(talk, H1, "two")}
    variants = sensitivity(listed, H1, 2, others).set_index("variant")
    assert variants.loc["all", "association"] == "not_supported"
    assert variants.loc["coder", "association"] == "supported"
    assert variants.loc["coder", "what"] == "two"


def test_codes_of_the_study_that_a_folder_lacks_are_refused_by_name(tmp_path):
    """Own interviews coded in Taguette, with the compendium's own study.yml."""
    from conftest import ROOT

    from ecrm_helpers.interview.exchange.formats import imported

    database = ROOT / "tests/material/interview_cases/blank_name.sqlite3"
    found, _ = imported(database)
    with pytest.raises(InterviewError) as why:
        statements(found, H1)
    for code in (code for codes in H1.codes.values() for code in codes):
        assert code in str(why.value)
    assert "reactivite" in str(why.value)
