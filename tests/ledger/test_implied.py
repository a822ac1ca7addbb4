"""The second road, against R's print-outs, fractions by hand and brute force."""

import ast
from fractions import Fraction
from itertools import product

import pytest
from conftest import ROOT
from oracles import print_out

from ecrm_helpers.ledger import implied as module
from ecrm_helpers.ledger.identities import identities
from ecrm_helpers.ledger.implied import implied
from ecrm_helpers.ledger.quantities import facts, recompute
from ecrm_helpers.ledger.verdicts import _meet
from ecrm_helpers.study import read_published, read_study
from ecrm_helpers.study.published import Values

STUDY = read_study()
PUBLISHED = read_published(STUDY)
VALUES = PUBLISHED.values
FOUND = {name: way.value for name, way in implied(VALUES, STUDY).items()}


def changed(name, text):
    """Give the printed values with one of them changed."""
    values = Values(VALUES)
    values[name] = values[name]._replace(printed=text)
    return values


def test_the_second_road_shares_no_code_with_the_first():
    tree = ast.parse((ROOT / "src/ecrm_helpers/ledger/implied.py").read_text("utf-8"))
    imported = {n.module for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
    imported |= {
        a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names
    }
    assert not {m for m in imported if "analysis" in m or m in ("pandas", "pingouin")}
    assert "scipy.stats" not in imported
    assert not hasattr(module, "stats")


def test_groups_are_those_that_r_prints():
    # R's own rows came from one data set; the sums here came from print alone.
    for name, value in print_out("groups").items():
        key = f"h3.{name.removeprefix('anova.')}"
        if name.startswith(("no.", "yes.", "total.", "anova.")):
            assert float(FOUND[key]) == pytest.approx(value, rel=1e-9), name


def test_fractions_by_hand():
    assert FOUND["h3.no.mean"] == Fraction(31, 12)
    assert FOUND["h3.ss_total"] == 859 - Fraction(239**2, 73)
    assert FOUND["q12.employee.percent"] == Fraction(3100, 73)
    assert FOUND["q12.employee.n"] == 31
    assert FOUND["period.days"] == 25 + 3  # 7 to 31 July, 1 to 3 August
    assert FOUND["h2.shared_variance.percent"] == (
        Fraction("54.390625"),
        Fraction("54.538225"),
    )


def test_p_of_the_printed_r_is_what_r_prints():
    low, high = FOUND["h2.p"]
    assert low == pytest.approx(print_out("correlation")["r0.7385.p"], rel=1e-9)
    assert high == pytest.approx(print_out("correlation")["r0.7375.p"], rel=1e-9)


def test_the_largest_share_above_the_midpoint_by_brute_force():
    # All histograms over 1..5 of 61 answers with sum 208 and squares 770.
    fives = [
        c5
        for c5, c4, c3 in product(range(1, 61), repeat=3)
        if 16 * c4 + 25 * c5 + 9 * c3 <= 770
        for c2 in [208 - 61 - 2 * c3 - 3 * c4 - 4 * c5]
        for c1 in [61 - c2 - c3 - c4 - c5]
        if c1 >= 1 and c2 >= 0 and c1 + 4 * c2 + 9 * c3 + 16 * c4 + 25 * c5 == 770
    ]
    assert FOUND["q11.above_midpoint.percent"] == Fraction(100 * max(fives), 73)


def test_both_roads_meet_wherever_there_are_two():
    first = facts(VALUES, recompute(ROOT, PUBLISHED))
    assert FOUND.keys() <= first.keys()
    assert [k for k in FOUND if not _meet(first[k], FOUND[k])] == []


def test_what_rounding_leaves_open_is_a_band():
    # SD 1.0 of 61 answers with sum 208: squares 764, 766 … 774, so 770 inside.
    found = implied(changed("h3_yes_sd", "1.0"), STUDY)
    low, high = found["h3.yes.sd"].value
    assert (60 * low**2, 60 * high**2) == (
        pytest.approx(764 - 208**2 / 61),
        pytest.approx(774 - 208**2 / 61),
    )
    assert found["h3.no.sd"].value == FOUND["h3.no.sd"]
    assert "q11.above_midpoint.percent" not in found


def test_an_impossible_mean_leaves_nothing_of_the_groups():
    found = implied(changed("h3_no_mean", "2.55"), STUDY)
    assert [k for k in found if k.startswith("h3.")] == []


# --- Identities


def holding(values):
    return sum(each.hold for each in identities(values))


def test_every_identity_of_the_printed_numbers_holds():
    assert all(each.hold == each.of > 0 for each in identities(VALUES))


CELLS = [
    name
    for name, v in VALUES.items()
    if v.place in ("descriptives", "anova")
    and v.statistic not in ("min", "max", "percent")
] + [name for name in VALUES if name.startswith("q") and name.endswith(("_n", "_pct"))]


@pytest.mark.parametrize("name", [c for c in CELLS if not c.endswith("total_pct")])
def test_a_digit_misread_in_any_cell_breaks_an_identity(name):
    text = VALUES[name].printed
    places = [i for i, c in enumerate(text) if c.isdigit()]
    # The last digit of F lies within what the rounded mean squares leave open.
    place = places[-2] if name == "h3_f" else places[-1]
    wrong = str((int(text[place]) + 5) % 10)
    misread = changed(name, text[:place] + wrong + text[place + 1 :])
    assert holding(misread) < holding(VALUES)
