"""The structure of items: KMO, Bartlett, eigenvalues and loadings as R gives them."""

import numpy as np
import pandas as pd
import pytest
from oracles import print_out

from ecrm_helpers.statistics import analysis
from ecrm_helpers.statistics.analysis import AnalysisError

R = print_out("structure")
RANKS = print_out("further_ranks")
NAMES = ("rating", "complaints", "privileges", "learning", "raises")
ATTITUDE = [*NAMES, "critical", "advance"]
ITEMS = {
    "two": pd.DataFrame(
        {
            name: [R[f"cars.{name}.{i}"] for i in range(1, 33)]
            for name in ("mpg", "disp", "hp", "drat", "wt", "qsec", "gear", "carb")
        }
    ),
    "one": pd.DataFrame(
        {n: [RANKS[f"attitude.{n}.{i}"] for i in range(1, 31)] for n in ATTITUDE}
    ),
}


@pytest.mark.parametrize(("name", "items"), ITEMS.items(), ids=list(ITEMS))
def test_the_structure_of_items_is_that_of_r(name, items):
    found = analysis.structure(items)
    ours = (found.kmo, found.chi2, found.p)
    assert ours == pytest.approx(tuple(R[f"{name}.{k}"] for k in ("kmo", "chi2", "p")))
    roots = [R[f"{name}.root.{j}"] for j in found.eigenvalues.index]
    assert found.eigenvalues.to_list() == pytest.approx(roots)
    assert found.loadings.shape[1] == {"two": 2, "one": 1}[name]
    for component in found.loadings:
        for item, loading in found.loadings[component].items():
            theirs = R[f"{name}.load.{item}.{component}"]
            assert loading == pytest.approx(theirs, abs=1e-5), (item, component)


def test_items_drawn_by_chance_do_not_pass_for_several_things():
    # Horn (1965): eigenvalues of unrelated items lie beyond 1, and not beyond chance.
    draw = np.random.default_rng(7).integers(1, 6, (80, 6))
    found = analysis.structure(pd.DataFrame(draw, columns=list("abcdef")))
    assert (found.eigenvalues > 1).sum() > 1
    assert found.loadings.shape[1] == 1
    again = analysis.structure(pd.DataFrame(draw, columns=list("abcdef")))
    assert found.by_chance.equals(again.by_chance)


@pytest.mark.parametrize(
    ("change", "why"),
    [({"b": 3}, "vary"), ({"b": [1, 2, 3, 4, 5] * 4}, "follow from one another")],
)
def test_items_without_a_structure_are_refused(change, why):
    items = pd.DataFrame({"a": [1, 2, 3, 4, 5] * 4, "c": [5, 1, 4, 2, 2] * 4})
    with pytest.raises(AnalysisError, match=why):
        analysis.structure(items.assign(**change))
    with pytest.raises(AnalysisError, match="3 items"):
        analysis.structure(items)
