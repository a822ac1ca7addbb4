"""Nothing half made, nothing that looks made: failures, interruptions, refusals."""

from dataclasses import replace

import nbformat
import pytest
from material.small_runs import edit, run, state

from ecrm_helpers.cli import main
from ecrm_helpers.compendium.plan.notebook import NotebookError
from ecrm_helpers.compendium.plan.project import (
    Project,
    ReproduceError,
    plan,
    proof_step,
)
from ecrm_helpers.compendium.run import kernel
from ecrm_helpers.compendium.run import reproduce as module
from ecrm_helpers.compendium.run.progress import Progress


@pytest.mark.parametrize("failing", ["01_a", "02_b", "03_c"])
def test_a_failing_notebook_leaves_no_page_that_looks_made(whole, failing):
    edit(whole.root / f"notebooks/{failing}.ipynb", 4, "1 / 0")
    with pytest.raises(NotebookError, match=f"{failing}.ipynb, cell 5 .*ZeroDivision"):
        run(whole)
    left = state(whole)
    assert f"fr/executed/{failing}.failed.ipynb" in left
    for lost in (f"fr/html/{failing}.html", f"fr/pdf/{failing}.pdf", "fr/index.html"):
        assert lost not in left
    assert "fr/pdf/chapter.pdf" not in left
    edit(whole.root / f"notebooks/{failing}.ipynb", 4, "n + 1")
    run(whole)
    assert {"fr/index.html", f"fr/html/{failing}.html"} <= state(whole).keys()
    assert not any("failed" in name for name in state(whole))


@pytest.mark.parametrize("step", ["page", "around.chapter_files", "keep"])
def test_an_interruption_leaves_nothing_half_made(whole, monkeypatch, step):
    kept = state(whole)
    edit(whole.root / "notebooks/02_b.ipynb", 4, "n + 1  # again")

    def interrupted(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(f"{module.__name__}.{step}", interrupted)
        with pytest.raises(KeyboardInterrupt):
            run(whole)
    left = state(whole)
    assert not any(name.endswith(".partial") for name in left)
    assert "fr/index.html" not in left
    run(whole)
    assert state(whole).keys() == kept.keys()


def test_prose_that_changes_runs_nothing_and_gives_what_a_run_gives(whole, monkeypatch):
    source = whole.root / "notebooks/02_b.ipynb"
    cells = nbformat.read(source, as_version=4).cells
    prose = next(n for n, cell in enumerate(cells) if cell.cell_type == "markdown")
    edit(source, prose, f"{cells[prose].source}, in other words")

    def forbidden(*_):
        raise AssertionError("a notebook was run")

    with monkeypatch.context() as patch, (whole.root / "said").open("w") as said:
        patch.setattr(module._Run, "_execute", forbidden)
        patch.setattr(kernel, "forked", forbidden)
        assert module.reproduce(whole, 1, Progress(said))
        revised = state(whole)
        assert b"in other words" in revised["fr/html/02_b.html"]
        edit(source, 4, "n + 1  # in other words")
        with pytest.raises(AssertionError, match="a notebook was run"):
            module.reproduce(whole, 1, Progress(said))
    edit(source, 4, cells[4].source)
    run(whole)
    assert state(whole) == revised


def test_the_index_leads_to_the_proof_as_long_as_it_holds(whole):
    step = proof_step(plan(whole), "fr")
    proof = whole.output / "fr/html/proof.html"
    proof.write_text("proof")
    step.stamp(whole).set(whole.root, step.made_from, [proof], 0)
    for _ in range(2):
        run(whole)
        assert proof.exists()
        assert 'href="html/proof.html"' in state(whole)["fr/index.html"].decode()
    edit(whole.root / "notebooks/02_b.ipynb", 4, "n + 1  # again")
    run(whole)
    assert not proof.exists()
    assert "proof.html" not in state(whole)["fr/index.html"].decode()


def test_what_a_study_has_no_use_for_is_taken_away(whole):
    path = whole.root / "notebooks/02_b.ipynb"
    book = nbformat.read(path, as_version=4)
    book.metadata["ecrm"]["decides"] = ["correlation"]
    nbformat.write(book, path)
    run(replace(whole, decides={"x": "correlation"}))
    made = state(whole)
    assert "fr/html/02_b.html" in made
    run(replace(whole, decides={"x": "groups"}))
    left = state(whole)
    assert not [name for name in left if "02_b" in name]
    assert "02_b" not in left["fr/index.html"].decode()
    run(replace(whole, decides={"x": "correlation"}))
    assert state(whole).keys() == made.keys()


def test_an_unknown_parameter_is_refused_before_anything_runs(project):
    wrong = Project(project.root, ("fr",), {"alhpa": 0.01})
    with pytest.raises(
        ReproduceError, match=r"no notebook has a parameter alhpa; .* n"
    ):
        run(wrong)
    assert state(project) == {}


def test_a_piece_missing_from_its_page_is_an_error(project):
    path = project.root / "notebooks/01_a.ipynb"
    made = nbformat.read(path, as_version=4)
    made.metadata["ecrm"]["produces"] = ["a"]  # made, but as plain text without its id
    nbformat.write(made, path)
    with pytest.raises(
        ReproduceError, match=r"01_a\.ipynb: made but not on its page: a"
    ):
        run(project)


ROW = {"id": "h3_f", "known": "derived", "verdict": "undeclared", "second_road": None}

ROW |= {"section": "3.3.2", "place": "text", "item_fr": "F", "item_en": "F"}

ROW |= {"statistic": "F", "printed": "6.890", "decimals": 3}

ROW |= {"recomputed": 6.98, "recomputed_to": None}


def test_an_undeclared_disagreement_fails_the_run_after_all_pages_are_made(
    whole, monkeypatch, capsys
):
    path = whole.root / "notebooks/03_c.ipynb"
    source = nbformat.read(path, as_version=4).cells[2].source
    ledger = source.replace('"kind": "table"', '"kind": "ledger"')
    edit(
        path,
        2,
        ledger.replace(
            '"content": "a,b"', f'"content": {{"rows": [{ROW}], "table": {{}}}}'
        ),
    )
    monkeypatch.chdir(whole.root)
    for _ in range(2):  # made once; nothing to do the second time, and still wrong
        assert main(["reproduce"]) == 1
        assert "undeclared disagreement: h3_f" in capsys.readouterr().err
        made = state(whole)
        assert {
            "fr/html/03_c.html",
            "fr/pdf/chapter.pdf",
            "fr/index.html",
        } <= made.keys()
    # With another parameter a disagreement is what the run was made to find.
    assert main(["reproduce", "-p", "n", "5"]) == 0
