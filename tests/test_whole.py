"""Whole tables: groups that agree with a printed total and a printed ANOVA."""

from itertools import product

import numpy as np
import pytest
from scipy import stats

from ecrm_helpers.admissible import AdmissibleError, Summary, Table, agreeing, count
from ecrm_helpers.answers.reconstruct import whole_table
from ecrm_helpers.published import read_values
from ecrm_helpers.study import ROOT

PRINTED = whole_table(
    read_values(ROOT / "data/published/values.csv"), groups=["no", "yes"]
)


def test_the_thesis_s_table_leaves_one_pair_of_sums_and_134_pairs_of_histograms():
    assert agreeing(PRINTED) == [((31, 89), (208, 770))]
    assert count(PRINTED) == 134


@pytest.mark.parametrize("cell", PRINTED.anova)
def test_any_misread_cell_of_the_anova_is_noticed(cell):
    text = PRINTED.anova[cell]
    last = str((int(text[-1]) + 5) % 10)
    wrong = Table(PRINTED.groups, PRINTED.total, {cell: text[:-1] + last})
    assert agreeing(wrong) == []
    assert count(wrong) == 0


@pytest.mark.parametrize(("mean", "sd"), [("3.28", "1,031"), ("3.27", "1,032")])
def test_a_misread_total_is_noticed(mean, sd):
    wrong = Table(PRINTED.groups, Summary(73, mean, sd, 1, 5, attained=True))
    assert agreeing(wrong) == []


def test_small_tables_are_counted_as_by_brute_force():
    """Every two sets of answers on 1 to 4, held against printed rows and F."""
    first, second = (2, 3, 3), (1, 1, 2, 4)
    f = stats.f_oneway(first, second).statistic

    def row(answers):
        mean, sd = np.mean(answers), np.std(answers, ddof=1)
        return Summary(len(answers), f"{mean:.1f}", f"{sd:.1f}", 1, 4)

    printed = Table((row(first), row(second)), row(first + second), {"f": f"{f:.1f}"})
    fitting = set()
    for a in product(range(1, 5), repeat=3):
        for b in product(range(1, 5), repeat=4):
            if tuple(sorted(a)) != a or tuple(sorted(b)) != b:
                continue
            if len(set(a)) == len(set(b)) == 1:
                continue
            shown = (row(a), row(b), row(a + b))
            if shown != (*printed.groups, printed.total):
                continue
            if f"{stats.f_oneway(a, b).statistic:.1f}" == printed.anova["f"]:
                fitting.add((a, b))
    assert count(printed) == len(fitting) > 0


def test_a_total_of_other_answers_and_an_unknown_cell_are_refused():
    with pytest.raises(AdmissibleError, match="total has n = 70; the groups have 73"):
        agreeing(Table(PRINTED.groups, Summary(70, "3.27", "1,031", 1, 5)))
    with pytest.raises(AdmissibleError, match="no ANOVA cell F; there are ss_between"):
        agreeing(Table(PRINTED.groups, anova={"F": "6.980"}))
