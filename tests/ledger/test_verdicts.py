"""The ledger: every verdict by example, and what a disagreement needs."""

import csv
from decimal import ROUND_DOWN, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from functools import partial

import numpy as np
import pytest
from conftest import often
from hypothesis import given, settings
from hypothesis import strategies as st

from ecrm_helpers.ledger import verdicts as ledger
from ecrm_helpers.ledger.implied import Implied
from ecrm_helpers.ledger.terms import AGREEMENT, VERDICTS
from ecrm_helpers.ledger.verdicts import verdict
from ecrm_helpers.study import Published, read_published, read_study
from ecrm_helpers.study.published import Value

compare = partial(ledger.compare, origin="reconstructed")

PUBLISHED = read_published(read_study())


@pytest.mark.parametrize(
    ("printed", "statistic", "value", "expected"),
    [
        ("73", "n", 73, "exact"),
        ("6.850", "sum_of_squares", 6.85, "exact"),
        ("1", "pearson_r", 1.0, "exact"),
        (",900", "sd", 0.9003366, "rounds_to"),
        (".000", "p_two_sided", 9.4e-14, "rounds_to"),
        ("42.5", "percent", 100 * 31 / 73, "rounds_to"),
        # 31 of 73 is 42.466: to 42.5, and from there to 43.
        ("43%", "percent", 100 * 31 / 73, "rounded_twice"),
        ("42%", "percent", 100 * 31 / 73, "rounds_to"),
        ("0.4", "p", 0.3451, "rounded_twice"),
        ("0.4", "p", 0.3449, "contradicted"),
        ("2.85", "mean", 2.58, "contradicted"),
        ("73", "n", 74, "contradicted"),
        # The half to even goes down, cutting off too; 2.665 is no tie of 2.67.
        ("2.67", "mean", 2.675, "other_rounding"),
        ("2.66", "mean", 2.665, "other_rounding"),
        ("2.67", "mean", 2.6799, "other_rounding"),
        ("-2.67", "mean", -2.6799, "other_rounding"),
        ("2.68", "mean", 2.675, "rounds_to"),
        ("0.01", "p_upper_bound", 0.0099, "exact"),
        ("0.01", "p_upper_bound", 0.01, "contradicted"),
        ("forte association", "r_lower_bound", 0.7375, "exact"),
        ("forte association", "r_lower_bound", 0.5, "contradicted"),
        ("la majorité", "percent_lower_bound", 50.1, "exact"),
        ("la grande partie", "percent_lower_bound", 50.0, "contradicted"),
        ("2.58", "mean", float("nan"), "contradicted"),
        ("plus que 50%", "percent_lower_bound", 50.1, "exact"),
        ("plus que 50%", "percent_lower_bound", 50.0, "contradicted"),
        ("plus que 50%", "percent_lower_bound", 20.5, "contradicted"),
    ],
)
def test_a_verdict_follows_from_text_and_value(printed, statistic, value, expected):
    assert verdict(printed, statistic, value) == expected


def test_a_sum_of_floats_that_misses_a_whole_number_by_its_last_digit_is_exact():
    # r of a scale with itself, as some processors add it up.
    assert verdict("1", "pearson_r", np.float64(0.9999999999999998)) == "exact"
    assert verdict("1", "pearson_r", 0.999999) == "rounds_to"


@given(value=st.decimals(-99, 99, places=5), places=st.integers(0, 3))
@settings(derandomize=True, deadline=None)
def test_each_rounding_rule_is_told_from_the_others(value, places):
    unit = Decimal(1).scaleb(-places)
    right = value.quantize(unit, ROUND_HALF_UP)
    for way in (ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_HALF_DOWN, ROUND_DOWN):
        shown = value.quantize(unit, way)
        found = verdict(str(shown), "mean", float(value))
        assert (found in AGREEMENT) is (shown == right)
        assert found in (*AGREEMENT, "other_rounding")
    for far in (right - 2 * unit, right + 2 * unit):
        assert verdict(str(far), "mean", float(value)) == "contradicted"


@given(value=st.decimals(0, 99, places=5))
@settings(derandomize=True, deadline=None, max_examples=often(300))
def test_rounded_twice_is_rounding_to_one_more_digit_first(value):
    once = value.quantize(Decimal("0.1"), ROUND_HALF_UP)
    twice = once.quantize(Decimal(1), ROUND_HALF_UP)
    right = value.quantize(Decimal(1), ROUND_HALF_UP)
    found = verdict(str(twice), "percent", float(value))
    assert found == "rounded_twice" if twice != right else found in AGREEMENT


def test_another_n_is_tried_last_and_only_those_given():
    share, others = 100 * 12 / 73, [100 * 12 / 61]
    assert verdict("19.7", "percent", share, others=others) == "different_n"
    assert verdict("16.4", "percent", share, others=others) == "rounds_to"
    assert verdict("17", "percent", 16.46, others=[17.0]) == "rounded_twice"
    assert verdict("17.1", "percent", share, others=others) == "contradicted"


def value(name, printed="73", quantity="", known="derived", part="01", statistic="n"):
    return Value(
        name, part, "3", "text", name, name, statistic, printed, quantity, known, ""
    )


@pytest.fixture
def published(tmp_path):
    """Write values and reasons, and give the record of them."""

    def write(*values, reasons=()):
        for name, header, lines in (
            ("values", Value._fields, values),
            ("reasons", ("id", "verdict", "fr", "en"), reasons),
        ):
            path = tmp_path / f"{name}.csv"
            with path.open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows([header, *lines])
        return Published(PUBLISHED.study, tmp_path)

    return write


def test_each_printed_number_of_the_part_gets_a_row_and_context_none(published):
    printed = published(
        value("a", "73", "n"),
        value("b", "42", "share"),
        value("c", known="context"),
        value("d", part="02", quantity="elsewhere"),
    )
    listed = compare("01", {"n": 73, "share": 42.4}, printed)
    assert [(row.value.id, row.verdict) for row in listed] == [
        ("a", "exact"),
        ("b", "rounds_to"),
    ]
    assert [row.recomputed for row in listed] == [73, 42.4]


def test_what_is_printed_must_be_recomputed(published):
    printed = published(value("a", quantity="n"), value("b", quantity="share"))
    words = "part 01: printed but not recomputed: n, share; recomputed: mean"
    with pytest.raises(ValueError, match=words):
        compare("01", {"mean": 1.0}, printed)


def test_a_share_follows_from_another_n_only_if_the_chapter_prints_that_n(published):
    # 12 of 61 is 19.7 %, 12 of 70 is 17.1 %; the chapter prints no N of 70.
    sizes = (value("n", "73", "n"), value("yes", "61", "h3.yes.n"))
    found = {"n": 73, "h3.yes.n": 61, "q.no.n": 12, "q.no.percent": 100 * 12 / 73}
    for text, expected in (("19.7", "different_n"), ("17.1", "contradicted")):
        share = value("share", text, "q.no.percent", statistic="percent")
        reason = ("share", expected, "fr.", "en.")
        rows = compare("01", found, published(*sizes, share, reasons=[reason]))
        assert rows[-1].verdict == expected


def test_where_two_roads_part_no_row_agrees_and_no_reason_helps(published):
    wrong = ("a", "contradicted", "fr.", "en.")
    for reasons in ([], [wrong]):
        printed = published(value("a", "73", "n"), reasons=reasons)
        for road in (73, (72, 74)):
            (row,) = compare("01", {"n": 73}, printed, second={"n": Implied(road, "")})
            assert row.agrees is (road == 73)
            assert road == 73 or row.verdict == "undeclared"


def test_every_class_of_verdict_can_come_out(published):
    """One row for each class, each with the reason that it needs."""
    found = {"n": 73, "h3.yes.n": 61, "m": 2.675, "q.n": 12, "q.percent": 16.46}
    found |= {"a.above_midpoint.percent": 20.5, "a.from_midpoint.percent": 61.6}
    texts = {
        "exact": ("73", "n", "n"),
        "rounds_to": ("2.68", "m", "mean"),
        "other_rounding": ("2.67", "m", "mean"),
        "rounded_twice": ("17", "q.percent", "percent"),
        "different_n": ("19.7", "q.percent", "percent"),
        "depends_on_definition": (
            "50",
            "a.above_midpoint.percent",
            "percent_lower_bound",
        ),
        "contradicted": ("30", "q.percent", "percent"),
        "claim_not_supported": ("jeune", "", "word"),
        "not_derivable": ("la plupart", "", "word"),
        "undeclared": ("31", "q.percent", "percent"),
    }
    rows = [value(name, t, q, statistic=s) for name, (t, q, s) in texts.items()]
    reasons = [(name, name, "fr.", "en.") for name in texts if name != "undeclared"]
    printed = published(*rows, value("yes", "61", "h3.yes.n"), reasons=reasons)
    told = {row.value.id: row.verdict for row in compare("01", found, printed)}
    assert {name: told[name] for name in texts} == {name: name for name in VERDICTS}


def test_a_disagreement_is_undeclared_until_its_very_verdict_has_a_reason(published):
    wrong = value("a", "43", "share")
    share = {"share": 100 * 31 / 73}
    assert compare("01", share, published(wrong))[0].verdict == "undeclared"
    other = published(wrong, reasons=[("a", "contradicted", "fr", "en")])
    assert compare("01", share, other)[0].verdict == "undeclared"
    declared = published(wrong, reasons=[("a", "rounded_twice", "deux fois", "twice")])
    row = compare("01", share, declared)[0]
    assert (row.verdict, row.reason_fr, row.reason_en) == (
        "rounded_twice",
        "deux fois",
        "twice",
    )


def test_answers_that_a_study_names_beside_its_print_are_held_as_ours_are(published):
    wrong, share = value("a", "43", "share"), {"share": 100 * 31 / 73}
    reasons = ((), [("a", "rounded_twice", "deux fois", "twice")])
    found = []
    for printed in (published(wrong, reasons=each) for each in reasons):
        study = printed.study.model_copy(update={"answers": "data/raw/a.csv"})
        named = Published(study, printed.folder)
        (row,) = ledger.compare("01", share, named, origin="own")
        found.append((row.verdict, row.reason_en, row.known))
    assert found == [
        ("undeclared", "", "compared"),
        ("rounded_twice", "twice", "compared"),
    ]


def test_a_reason_is_not_shown_beside_an_agreement(published):
    printed = published(
        value("a", "73", "n"), reasons=[("a", "contradicted", "fr", "en")]
    )
    row = compare("01", {"n": 73}, printed)[0]
    assert (row.verdict, row.reason_en) == ("exact", "")


def test_a_claim_in_words_takes_its_declared_verdict(published):
    claim = value("a", "la majorité", statistic="word", known="claim")
    assert compare("01", {}, published(claim))[0].verdict == "undeclared"
    printed = published(claim, reasons=[("a", "not_derivable", "fr", "en")])
    assert compare("01", {}, printed)[0].verdict == "not_derivable"
    assert compare("01", {}, printed)[0].recomputed is None


def test_a_reason_takes_its_numbers_from_what_was_recomputed(published):
    claim = value("a", "la moitié", statistic="word", known="claim")
    reason = ("a", "claim_not_supported", "{k}/{n} = {p:1} %.", "{k}/{n} = {p:1} %.")
    printed = published(claim, reasons=[reason])
    found = {"k": 35, "n": 73, "p": 100 * 35 / 73}
    (row,) = compare("01", found, printed)
    assert (row.reason_fr, row.reason_en) == ("35/73 = 47,9 %.", "35/73 = 47.9 %.")
    with pytest.raises(ValueError, match=r"cannot fill p; blanks are .* among k, n$"):
        compare("01", {"k": 35, "n": 73}, printed)


def test_beside_an_authors_own_answers_a_disagreement_is_a_finding(published):
    reasons = [
        ("a", "contradicted", "fr.", "en."),
        ("c", "not_derivable", "fr.", "en."),
    ]
    printed = published(
        value("a", "73", "n", known="built_in"),
        value("b", "42", "share"),
        value("c", "la plupart", statistic="word", known="claim"),
        reasons=reasons,
    )
    second = {"n": Implied(73, "")}
    rows = ledger.compare(
        "01", {"n": 70, "share": 12.0}, printed, origin="own", second=second
    )
    assert [(r.known, r.verdict, r.second, r.reason_en) for r in rows] == [
        ("compared", "contradicted", None, ""),
        ("compared", "contradicted", None, ""),
        ("claim", "not_derivable", None, ""),
    ]
