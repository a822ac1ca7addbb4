"""Nothing is done twice: what is stale is known from what it was made from."""

import json
import shutil
from dataclasses import replace

import pytest
from material.small_runs import ALL, WHOLE, edit, redone, run, state, times

from ecrm_helpers.compendium.plan.project import Project, plan, stale


def test_everything_is_made_once(project):
    assert run(project) is True
    made = state(project)
    assert {"fr/html/02_b.html", "fr/pdf/chapter.pdf", "fr/index.html"} <= made.keys()
    assert {"fr/docx/02_b.docx", "fr/docx/chapter.docx"} <= made.keys()
    before = times(project)
    assert run(project) is False
    assert redone(project, before) == set()


def test_the_record_speaks_of_every_edition_asked_for(project):
    def recorded():
        text = (project.output / "run.json").read_text(encoding="utf-8")
        return json.loads(text)["editions"]

    both = Project(project.root, ("fr", "en"), {})
    for edition in ("en", "fr"):
        run(Project(project.root, (edition,), {}))
    assert recorded() == ["fr"]
    assert run(both) is True
    assert recorded() == ["fr", "en"]
    assert run(both) is run(project) is False
    (project.output / "run.json").unlink()
    assert run(project) is True
    assert recorded() == ["fr"]


def test_what_is_stale_is_named_and_nothing_is_made(project):
    assert {"fr/run/01_a", "fr/chapter", "fr/report"} <= set(stale(project))
    assert state(project) == {}
    run(project)
    assert stale(project) == []
    edit(project.root / "notebooks/02_b.ipynb", 4, "n + 3")
    assert set(stale(project)) == {
        f"fr/{step}" for step in ("run/02_b", "page/02_b", "chapter", "site", "report")
    }


def test_the_time_of_a_step_is_kept_when_it_is_not_done_again(project):
    run(project)
    before = json.loads((project.output / "run.json").read_text())["steps"]
    edit(project.root / "notebooks/02_b.ipynb", 4, "n + 3")
    run(project)
    after = json.loads((project.output / "run.json").read_text())["steps"]
    assert before.keys() == after.keys()
    assert after["fr/run/01_a"] == before["fr/run/01_a"] > 0.1


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda root: edit(root / "notebooks/01_a.ipynb", 4, "n + 2"), {"01_a"}),
        (lambda root: (root / "data/answers.csv").write_text("id\n2\n"), {"02_b"}),
        (lambda root: (root / "output/fr/html/03_c.html").write_text("x"), {"03_c"}),
        (lambda root: (root / "output/fr/pdf/03_c.pdf").unlink(), {"03_c"}),
    ],
    ids=["notebook", "data", "edited page", "lost page"],
)
def test_only_what_depends_on_a_change_is_made_again(project, change, expected):
    run(project)
    kept, before = state(project), times(project)
    change(project.root)
    assert run(project) is True
    changed = redone(project, before) - WHOLE
    assert changed == {f"{name}.{end}" for name in expected for end in ("html", "pdf")}
    if "output" in str(change.__code__.co_consts):
        assert state(project) == kept


def test_an_edited_executed_notebook_is_run_again(project):
    run(project)
    kept = state(project)
    edit(project.output / "fr/executed/02_b.ipynb", 0, "# something else")
    assert run(project) is True
    assert state(project) == kept


def test_study_lock_and_parameters_concern_every_page(project):
    run(project)
    for name in ("study.yml", "requirements.lock"):
        before = times(project)
        with (project.root / name).open("a") as file:
            file.write("\n# changed\n")
        run(project)
        assert redone(project, before) == ALL
    before = times(project)
    run(Project(project.root, ("fr",), {"n": 5}))
    assert redone(project, before) == ALL


def test_package_code_concerns_every_page(project, tmp_path):
    copy = tmp_path / "package"
    shutil.copytree(project.package, copy, ignore=shutil.ignore_patterns("__pycache__"))
    project = Project(project.root, ("fr",), {}, package=copy)
    run(project)
    before = times(project)
    with (copy / "statistics/analysis/groups.py").open("a") as file:
        file.write("# changed\n")
    run(project)
    assert redone(project, before) == ALL


def test_a_given_file_that_changes_makes_its_notebook_stale(project):
    own = project.root / "own.csv"
    own.write_text("1")
    given, made_from = replace(project, parameters={"n": str(own)}), []
    for name in ("own.csv", "own.csv", "recodes.csv", "exclusions.csv"):
        made_from.append(plan(given)["fr/run/01_a"].made_from)
        (project.root / name).write_text(f"{len(made_from)}")
    assert len(set(made_from)) == 3  # the first writes what was there
