"""The same by hand: what differs from our result cannot pass, however it differs."""

import math
import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from material.small_books import book, by_hand

from ecrm_helpers.compendium.plan.notebook import NotebookError
from ecrm_helpers.compendium.run.execute import execute
from ecrm_helpers.compendium.run.plain import both, differing, unfit, wrapped

OURS = """
from types import SimpleNamespace as S
import numpy as np
import pandas as pd
ours = S(f=8.5, p=0.25, eta=S(value=0.1), none=None, word="f", rows=[1, 2])
table = pd.DataFrame({"percent": [40.0, 60.0]}, index=["a", "b"])
failed = ValueError("two groups are needed")
numbers = [8.0, 9.0]
"""


def left_without_a_kernel(cell):
    """Run a plain cell as the runner would and give it with what it leaves."""
    shown = []
    names = {"display": shown.append}
    exec(OURS, names)
    exec(wrapped(cell), names)
    (left,) = shown
    data, metadata = left._repr_mimebundle_()
    cell.outputs = [{"data": data, "metadata": metadata}]
    return cell


def without(*tags):
    """Give a cell that leaves out those with these tags."""
    kept = {"kind": "text", "id": "x", "without": list(tags)}
    return f"display({{'text/plain': ''}}, raw=True, metadata={{'ecrm': {kept}}})"


def run(folder, *cells):
    source = book(folder / "01_small.ipynb", OURS, *cells)
    return execute(source, folder / "out" / source.name, {})


@pytest.mark.made
def test_equal_values_pass_and_the_cell_is_kept_as_it_was_written(tmp_path):
    source = "m = sum(numbers) / 2\n{'f': m, 'p': 1 / 4, 'eta.value': 0.1}"
    cell = run(tmp_path, by_hand(source)).cells[-1]
    assert cell.source == source
    assert cell.outputs[0].data["text/plain"].startswith("{")


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("{'f': 8.5 * (1 + 2e-9)}", r"f: by hand 8\.500000017; in ours 8\.5\."),
        ("{'f': float('nan')}", "gives no number"),
        ("{'f': float('nan'), 'p': 0.25}", r"f: by hand nan; in ours 8\.5"),
        ("{'none': 1.0}", r"none: by hand 1\.0; in ours nan"),
        ("{'f': 8.5, 'q': 1.0}", r"q: by hand 1\.0; in ours nothing that is a number"),
        ("{'f': 8.5, 'q': None}", "q: by hand nan; in ours nothing that is a number"),
        ("{'f': '8.5', 'p': 0.25}", "f: by hand nothing that is a number; in ours 8.5"),
        ("{'rows': [2, 1]}", r"rows: by hand 2\.0; 1\.0; in ours 1\.0; 2\.0"),
        ("{'rows': [1, 2, 3]}", r"rows: by hand 1\.0; 2\.0; 3\.0; in ours"),
        ("{'word': 1.0}", "in ours nothing that is a number"),
        ("{}", "gives no number"),
        ("None", "gives no number"),
        ("8.5", "gives no number"),
    ],
)
def test_anything_else_is_said_to_differ(source, said):
    (found,) = differing(left_without_a_kernel(by_hand(source)), "en")
    assert re.search(said, found)


@pytest.mark.parametrize(
    ("source", "same_as"),
    [
        ("{'percent': pd.Series([40, 60])}", "table"),
        ("{'percent': np.array([40, 60])}", "table"),
        ("{'rows': [1, 2], 'none': None, 'f': 8.5 + 1e-9}", "ours"),
        ("{'a': 40, 'b': 60.0}", "table['percent']"),
    ],
)
def test_equal_values_are_not_said_to_differ(source, same_as):
    cell = left_without_a_kernel(by_hand(source, same_as))
    assert list(differing(cell, "en")) == []


@pytest.mark.made
def test_every_difference_is_listed_in_the_readers_language(tmp_path, monkeypatch):
    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")
    with pytest.raises(NotebookError) as raised:
        run(tmp_path, by_hand("{'f': 8, 'p': 0.5}"), by_hand("{'f': 9.5}"))
    told = str(raised.value).splitlines()
    assert [p.name for p in (tmp_path / "out").iterdir()] == ["01_small.failed.ipynb"]
    assert told[1:4] == [
        "  cellule cell-1 : f : à la main 8,0 ; dans ours 8,5. L'un des deux est faux.",
        "  cellule cell-1 : p : à la main 0,5 ; dans ours 0,25. "
        "L'un des deux est faux.",
        "  cellule cell-2 : f : à la main 9,5 ; dans ours 8,5. L'un des deux est faux.",
    ]


@pytest.mark.made
@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (by_hand("{'f': 8.5}", same_as=""), "ecrm.same_as does not say"),
        (by_hand("x = {'f': 8.5}"), "shows nothing"),
        (by_hand(""), "shows nothing"),
        (by_hand("{'f': ours.f}"), "uses ours, the result"),
        (by_hand("{'f': ours['f']}", "ours['f']"), "uses ours, the result"),
        (by_hand("{'f': 8.5", "ours"), "is no Python"),
        (by_hand("{'f': 8.5}", "ours = 1"), "is no expression"),
    ],
)
def test_a_cell_that_proves_nothing_is_refused_before_anything_runs(
    tmp_path, monkeypatch, cell, said
):
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    with pytest.raises(NotebookError, match=rf"cell cell-1: .*{said}"):
        run(tmp_path, cell)
    assert not (tmp_path / "out").exists()


@pytest.mark.made
def test_where_our_result_is_an_error_the_cell_is_neither_run_nor_kept(tmp_path):
    cell = by_hand("unknown_name\n{'f': 1}", same_as="failed")
    kept = run(tmp_path, without("reconstructed"), cell, "1").cells[1:]
    assert [c.id for c in kept] == ["cell-0", "cell-1", "cell-3"]


@pytest.mark.made
def test_on_the_published_material_every_such_cell_is_run(tmp_path):
    cell = by_hand("{'f': 1}", same_as="failed")
    with pytest.raises(NotebookError, match=r"not made: cell-2"):
        run(tmp_path, without("coders", "answers"), cell)


@pytest.mark.made
def test_a_result_that_nobody_bound_is_a_failure(tmp_path):
    with pytest.raises(NotebookError, match=r"cell-1\): NameError.*'anova'"):
        run(tmp_path, by_hand("{'f': 8.5}", same_as="anova"))


@pytest.mark.made
def test_a_cell_cannot_pass_by_forging_what_it_leaves(tmp_path):
    forged = (
        "kept = {'kind': 'same', 'id': 'same', 'content': {'f': [['1.0'], ['1.0']]}}\n"
        "display({'text/plain': ''}, raw=True, metadata={'ecrm': kept})\n"
        "{'f': 1.0}"
    )
    with pytest.raises(NotebookError, match="cell-1"):
        run(tmp_path, by_hand(forged))


def told(theirs, ours):
    """Hold two values against each other without a kernel."""
    data, metadata = both({"x": theirs}, {"x": ours})._repr_mimebundle_()
    cell = by_hand("{'x': 1}")
    cell.outputs = [{"data": data, "metadata": metadata}]
    return list(differing(cell, "en"))


numbers = st.floats(allow_nan=False, allow_infinity=False, min_value=1e-290).map(float)


@given(x=numbers)
def test_a_number_is_itself_as_a_numpy_number_and_in_a_series(x):
    assert told(x, np.float64(x)) == []
    assert told(pd.Series([x, x]), np.array([x, x])) == []


@given(x=numbers, parts=st.integers(2, 10**6))
def test_only_a_billionth_is_forgiven_however_small_the_number(x, parts):
    assert told(x * (1 + parts * 1e-9 + 1e-12), x) != [] or math.isinf(x * 2)
    assert told(x, x * (1 + 1e-10 / parts)) == [] or math.isinf(x * 2)


def test_beside_zero_a_rest_of_rounding_is_forgiven():
    assert told(1e-17, 0) == []
    assert told(1e-9, 0) != []
    assert told(float("inf"), float("inf")) == []
    assert told(float("inf"), 1e300) != []


def test_a_fit_cell_is_not_refused():
    assert not [*unfit(by_hand("{'f': numbers[0]}", "tests['welch']"), "fr")]
