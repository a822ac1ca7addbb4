"""A runner that cannot be falsely green: each way to fail, on small notebooks."""

import pytest
from material.small_books import PIECE, book

from ecrm_helpers.compendium.plan.notebook import NotebookError
from ecrm_helpers.compendium.run.execute import execute, pieces

pytestmark = pytest.mark.made


@pytest.fixture
def target(tmp_path):
    return tmp_path / "out" / "01_small.ipynb"


def assert_nothing_that_looks_made(target, failed=True):
    kept = [path.name for path in target.parent.glob("*")]
    assert kept == (["01_small.failed.ipynb"] if failed else [])


def test_a_good_notebook_is_kept_with_its_parameters_and_pieces(tmp_path, target):
    source = book(
        tmp_path / "01_small.ipynb", PIECE, "Piece()", "n + 1", produces=["tab"]
    )
    steps = []
    made = execute(source, target, {"n": 41}, lambda *step: steps.append(step))
    assert [piece["content"] for piece in pieces(made.cells)] == ["a,b"]
    assert made.cells[-1].outputs[0].data["text/plain"] == "42"
    assert steps[-1] == (5, 5)
    assert [path.name for path in target.parent.glob("*")] == ["01_small.ipynb"]


def test_two_runs_give_the_same_bytes(tmp_path, target):
    source = book(tmp_path / "01_small.ipynb", "n * 2")
    content = []
    for _ in range(2):
        execute(source, target, {"n": 2})
        content.append(target.read_bytes())
    assert content[0] == content[1]
    assert str(tmp_path).encode() not in content[0]


def test_an_unknown_parameter_is_refused_with_the_known_ones(tmp_path, target):
    source = book(tmp_path / "01_small.ipynb", "n")
    with pytest.raises(
        NotebookError, match=r"no parameter alhpa; it declares edition, n"
    ):
        execute(source, target, {"alhpa": 0.01})
    assert not target.parent.exists()


@pytest.mark.parametrize("given", [{}, {"n": 1}])
def test_a_missing_parameters_cell_is_refused(tmp_path, target, given):
    source = book(tmp_path / "01_small.ipynb", "n = 1", parameters=None)
    with pytest.raises(NotebookError, match="0 cells are tagged 'parameters'"):
        execute(source, target, given)


@pytest.mark.parametrize("failing", [0, 1, 2], ids=["first", "middle", "last"])
def test_a_failing_cell_names_notebook_cell_and_error(tmp_path, target, failing):
    cells = ["1", "2", "3"]
    cells[failing] = "1 / 0"
    source = book(tmp_path / "01_small.ipynb", *cells)
    words = rf"01_small.ipynb, cell {failing + 2} \(cell-{failing}\): ZeroDivisionError"
    with pytest.raises(NotebookError, match=words):
        execute(source, target, {"n": 1})
    assert_nothing_that_looks_made(target)


def test_a_failure_removes_no_evidence_and_a_later_success_does(tmp_path, target):
    source = book(tmp_path / "01_small.ipynb", "1 / n")
    with pytest.raises(NotebookError):
        execute(source, target, {"n": 0})
    execute(source, target, {"n": 1})
    assert [path.name for path in target.parent.glob("*")] == ["01_small.ipynb"]


def test_leaving_early_without_an_error_is_a_failure(tmp_path, target):
    # papermill takes SystemExit(0) for success and leaves the rest out.
    source = book(tmp_path / "01_small.ipynb", "raise SystemExit(0)", "n")
    with pytest.raises(
        NotebookError, match="stopped without an error before cell cell-1"
    ):
        execute(source, target, {})
    assert_nothing_that_looks_made(target)


def test_a_dying_kernel_is_a_failure(tmp_path, target):
    source = book(tmp_path / "01_small.ipynb", "import os; os._exit(1)")
    with pytest.raises(NotebookError, match=r"01_small.ipynb: Kernel died"):
        execute(source, target, {})
    assert not target.exists()


def test_two_pieces_of_one_id_are_refused_with_both_cells(tmp_path, target):
    source = book(tmp_path / "01_small.ipynb", PIECE, "Piece()", "n", "Piece()")
    with pytest.raises(NotebookError, match=r"tab \(cell-1, cell-3\)"):
        execute(source, target, {})
    assert_nothing_that_looks_made(target)


def test_a_declared_output_that_is_not_made_is_a_failure(tmp_path, target):
    source = book(
        tmp_path / "01_small.ipynb",
        PIECE,
        "Piece()",
        produces=["tab", "fig-a", "fig-b"],
    )
    with pytest.raises(NotebookError, match="declared but not made: fig-a, fig-b"):
        execute(source, target, {})
    assert_nothing_that_looks_made(target)


def test_a_file_that_is_no_notebook_is_refused(tmp_path, target):
    source = tmp_path / "01_small.ipynb"
    source.write_text("{broken", encoding="utf-8")
    with pytest.raises(NotebookError, match="not readable as a notebook"):
        execute(source, target, {})
