"""Agreement between coders, against published tables and identities.

Reference values: Cohen's and Fleiss's tables as worked in Fleiss, Cohen &
Everitt (1969), Feinstein & Cicchetti (1990), and Krippendorff (2011).
"""

import krippendorff
import numpy as np
import pytest
from conftest import ROOT, often
from hypothesis import given, settings
from hypothesis import strategies as st
from material import artificial
from statsmodels.stats.inter_rater import cohens_kappa

from ecrm_helpers.compendium.run.execute import execute, pieces
from ecrm_helpers.interview.coders import compare
from ecrm_helpers.interview.coefficients import ac1, alpha, measure
from ecrm_helpers.interview.tables import InterviewError, read_interview
from ecrm_helpers.interview.units import bears, units

#: table, kappa, its SE and 95 % interval, Scott's pi, AC1
PUBLISHED = [
    (
        [[88, 14, 18], [10, 40, 10], [2, 6, 12]],
        (0.491525, 0.051002, 0.391564, 0.591487),
        0.487179,
        0.575972,
    ),
    (
        [[106, 10, 4], [22, 28, 10], [2, 12, 6]],
        (0.428571, 0.053711, 0.323300, 0.533843),
        0.427208,
        0.593565,
    ),
    (
        [[40, 9], [6, 45]],
        (0.699519, 0.071394, 0.559590, 0.839448),
        0.699248,
        0.700748,
    ),
    (
        [[80, 10], [5, 5]],
        (0.318182, 0.133457, 0.056612, 0.579752),
        0.314286,
        0.808000,
    ),
]


def judgements(table):
    """Give two coders' yes and no for a 2 × 2 table (first row: yes)."""
    (a, b), (c, d) = table
    first = np.repeat([True, True, False, False], [a, b, c, d])
    second = np.repeat([True, False, True, False], [a, b, c, d])
    return first[:, None], second[:, None]


@pytest.mark.parametrize(("table", "kappa", "pi", "gwet"), PUBLISHED)
def test_ac1_and_kappa_are_the_published_ones(table, kappa, pi, gwet):
    assert ac1(np.array(table)) == pytest.approx(gwet, abs=5e-7)
    found = cohens_kappa(np.array(table))
    theirs = found.kappa, found.std_kappa, found.kappa_low, found.kappa_upp
    assert theirs == pytest.approx(kappa, abs=5e-7)


@pytest.mark.parametrize(("table", "kappa", "pi", "gwet"), PUBLISHED[2:])
def test_two_coders_get_the_published_values(table, kappa, pi, gwet):
    found = measure(*judgements(table), resamples=0)
    n = sum(map(sum, table))
    assert (found.units, found.both, found.neither) == (n, table[0][0], table[1][1])
    assert (found.first_only, found.second_only) == (table[0][1], table[1][0])
    assert found.percent == pytest.approx(100 * (table[0][0] + table[1][1]) / n)
    ours = found.kappa, found.kappa_low, found.kappa_high
    assert ours == pytest.approx((kappa[0], *kappa[2:]), abs=5e-7)
    assert found.ac1 == pytest.approx(gwet, abs=5e-7)
    # Alpha is pi with a correction for small samples (Krippendorff 2011).
    assert found.alpha == pytest.approx(1 - (1 - pi) * (2 * n - 1) / (2 * n), abs=1e-6)


def test_the_library_gives_krippendorffs_nominal_alpha():
    # Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability", data C.
    rows = ["1233214 12...", "12332241 25.3", ".333234225 1.", "12332441 251."]
    rows = [r.replace(" ", "") for r in rows]
    data = [[np.nan if c == "." else float(c) for c in row] for row in rows]
    assert {len(row) for row in data} == {12}
    found = {
        level: krippendorff.alpha(data, level_of_measurement=level)
        for level in ("nominal", "interval")
    }
    assert found["nominal"] == pytest.approx(0.743421, abs=5e-7)
    assert found["interval"] == pytest.approx(0.849107, abs=5e-7)


marks = st.lists(st.tuples(st.booleans(), st.booleans()), min_size=2, max_size=30)


@settings(deadline=None, max_examples=often(60))
@given(said=marks)
def test_neither_order_nor_naming_changes_a_coefficient(said):
    first, second = (np.array(x)[:, None] for x in zip(*said, strict=True))
    found = measure(first, second, resamples=0)
    swapped = measure(second, first, resamples=0)
    turned = measure(~first, ~second, resamples=0)
    mixed = measure(first[::-1], second[::-1], resamples=0)
    for other in (swapped, turned, mixed):
        for name in ("percent", "kappa", "alpha", "ac1"):
            mine, theirs = getattr(found, name), getattr(other, name)
            assert (mine is None) == (theirs is None)
            assert mine is None or theirs == pytest.approx(mine, abs=1e-9)


@given(said=st.lists(st.booleans(), min_size=2, max_size=30))
@settings(derandomize=True, deadline=None)
def test_a_coder_agrees_wholly_with_themselves(said):
    mine = np.array(said)[:, None]
    found = measure(mine, mine, resamples=0)
    assert (found.percent, found.first_only, found.second_only) == (100, 0, 0)
    whole = 1 if len(set(said)) == 2 else None
    assert (found.kappa, found.alpha, found.ac1) == (whole, whole, 1)


def test_the_interval_of_alpha_holds_it_and_comes_again_with_its_seed():
    first, second = judgements([[40, 9], [6, 45]])
    found = measure(first, second)
    assert found.alpha_low < found.alpha < found.alpha_high
    # A normal interval is near: alpha's SE is close to kappa's here.
    assert found.alpha_low == pytest.approx(0.5596, abs=0.03)
    assert found.alpha_high == pytest.approx(0.8394, abs=0.03)
    assert measure(first, second) == found
    assert measure(first, second, seed=2) != found


def test_alpha_is_not_defined_where_all_say_the_same():
    assert np.isnan(alpha(np.array([True, True]), np.array([True, True])))


# --- Two coders of one text


@pytest.fixture
def talk(tmp_path):
    """Give the artificial transcript of two artificial coders."""
    return read_interview(artificial.written(tmp_path / "talk"))


def test_every_count_and_disagreement_is_that_of_plain_sets(talk):
    found = compare(talk, "one", "two", resamples=0)
    one, two = (
        {(t, c) for t, c, who in artificial.CODINGS if who == coder}
        for coder in ("one", "two")
    )
    used = {code for _, code in one | two}
    everything = {(turn, code) for turn, *_ in artificial.TURNS for code in used}
    over_all = found.over_all
    assert (over_all.both, over_all.first_only, over_all.second_only) == (
        len(one & two),
        len(one - two),
        len(two - one),
    )
    assert over_all.neither == len(everything - one - two)
    listed = {
        (row.unit, row.code_id, row.given_by)
        for row in found.disagreements.itertuples()
    }
    assert listed == {(*x, "first") for x in one - two} | {
        (*x, "second") for x in two - one
    }
    assert found.unit == "turn"
    assert found.over_characters.units == len(talk.texts["talk"])


def test_a_boundary_one_letter_off_changes_no_unit(talk):
    cut = units(talk)
    codes = list(talk.codebook["code_id"])
    before = bears(talk, "one", cut, codes)
    moved = cut.assign(start=cut["start"] + 1, end=cut["end"] + 1)
    assert bears(talk, "one", moved, codes).equals(before)


def test_coders_without_codings_cannot_be_compared(talk):
    with pytest.raises(InterviewError, match="no coding to compare"):
        compare(talk, "three", "four")


@pytest.mark.made
@pytest.mark.parametrize("edition", ["fr", "en"])
def test_notebook_04_works_on_another_folder_with_two_coders(tmp_path, edition):
    folder = artificial.written(tmp_path / "talk")
    book = execute(
        ROOT / "notebooks/04_interview_coding.ipynb",
        tmp_path / "made.ipynb",
        {
            "edition": edition,
            "interview_data": str(folder),
            "material": "transcript",
            "respondents": 2,
        },
    )
    made = {piece["id"]: piece["content"] for piece in pieces(book.cells)}
    (by_hand,) = (cell for cell in book.cells if cell.id == "coders-by-hand")
    (held,) = pieces([by_hand])
    assert held["content"].keys() == {"percent", "kappa", "alpha"}
    assert len(made["tab-coders"]["rows"]) == 2 + 4  # two totals, codes
    assert len(made["tab-disagreements"]["rows"]) == 3
    assert made["h1"]["association"] == "not_supported"
