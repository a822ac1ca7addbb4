"""Nothing is done twice: what is stale is known from what it was made from."""

import json
import shutil
from dataclasses import replace

import pytest
from material.small_runs import WHOLE, edit, redone, run, state, times

from ecrm_helpers.compendium.plan.project import plan, stale


def test_everything_is_made_once(whole):
    made = state(whole)
    assert {"fr/html/02_b.html", "fr/pdf/chapter.pdf", "fr/index.html"} <= made.keys()
    assert {"fr/docx/02_b.docx", "fr/docx/chapter.docx"} <= made.keys()
    before = times(whole)
    assert run(whole) is False
    assert redone(whole, before) == set()


def test_the_record_speaks_of_every_edition_asked_for(whole):
    def recorded():
        text = (whole.output / "run.json").read_text(encoding="utf-8")
        return json.loads(text)["editions"]

    both = replace(whole, editions=("fr", "en"))
    run(replace(whole, editions=("en",)))
    assert recorded() == ["en"]
    run(whole)
    assert recorded() == ["fr"]
    assert run(both) is True
    assert recorded() == ["fr", "en"]
    assert run(both) is run(whole) is False
    (whole.output / "run.json").unlink()
    assert run(whole) is True
    assert recorded() == ["fr"]


def test_pages_lead_to_the_other_edition_as_long_as_there_is_one(whole):
    def leads():
        pages = ("index.html", "html/02_b.html", "html/01_a.html", "html/gallery.html")
        return {" hreflang=" in (whole.output / "fr" / p).read_text() for p in pages}

    both = replace(whole, editions=("fr", "en"))
    assert leads() == {False}
    assert run(both) is True
    assert leads() == {True}
    assert stale(whole) == stale(both) == []
    shutil.rmtree(whole.output / "en")
    assert "fr/page/02_b" in stale(whole)
    assert run(whole) is True
    assert leads() == {False}
    run(replace(whole, editions=("en",)))
    assert leads() == {False}  # what was not asked for stays as it is
    assert run(whole) is True
    assert leads() == {True}
    edit(whole.root / "notebooks/02_b.ipynb", 4, "n + 3")  # for English pages too
    assert run(whole) is True
    assert leads() == {(whole.output / "en/index.html").exists()} == {False}
    assert run(whole) is False


#: What is made of all pages.
SUMMING_UP = {"fr/check", "fr/chapter", "fr/site", "fr/report"}


def test_what_is_stale_is_named_and_nothing_is_made(project):
    assert set(stale(project)) == SUMMING_UP | {
        f"fr/{step}/{book}"
        for step in ("run", "page")
        for book in ("01_a", "02_b", "03_c")
    }
    assert state(project) == {}


def test_what_is_made_anew_is_what_is_named_and_the_rest_keeps_its_time(whole):
    assert stale(whole) == []
    edit(whole.root / "notebooks/02_b.ipynb", 4, "n + 3")
    assert set(stale(whole)) == SUMMING_UP | {"fr/run/02_b", "fr/page/02_b"}
    before = json.loads((whole.output / "run.json").read_text())["steps"]
    files = times(whole)
    assert run(whole) is True
    assert redone(whole, files) == WHOLE | {"02_b.html", "02_b.pdf"}
    after = json.loads((whole.output / "run.json").read_text())["steps"]
    assert before.keys() == after.keys()
    assert after["fr/run/01_a"] == before["fr/run/01_a"] > 0.1


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda root: (root / "data/answers.csv").write_text("id\n2\n"), {"02_b"}),
        (lambda root: (root / "output/fr/html/03_c.html").write_text("x"), {"03_c"}),
        (lambda root: (root / "output/fr/pdf/03_c.pdf").unlink(), {"03_c"}),
    ],
    ids=["data", "edited page", "lost page"],
)
def test_only_what_depends_on_a_change_is_made_again(whole, change, expected):
    kept, before = state(whole), times(whole)
    change(whole.root)
    assert run(whole) is True
    changed = redone(whole, before) - WHOLE
    assert changed == {f"{name}.{end}" for name in expected for end in ("html", "pdf")}
    if "output" in str(change.__code__.co_consts):
        assert state(whole) == kept


def test_an_edited_executed_notebook_is_run_again(whole):
    kept = state(whole)
    edit(whole.output / "fr/executed/02_b.ipynb", 0, "# something else")
    assert run(whole) is True
    assert state(whole) == kept


def every_step(project):
    return sorted(plan(project))


@pytest.mark.parametrize("name", ["study.yml", "requirements.lock"])
def test_study_and_lock_concern_every_page(whole, name):
    """What is stale is made anew: the tests around this one."""
    with (whole.root / name).open("a") as file:
        file.write("\n# changed\n")
    assert sorted(stale(whole)) == every_step(whole)


def test_parameters_concern_every_page(whole):
    given = replace(whole, parameters={"n": 5})
    assert sorted(stale(given)) == every_step(given)


def test_package_code_concerns_every_page(whole, tmp_path):
    copy = tmp_path / "package"
    shutil.copytree(whole.package, copy, ignore=shutil.ignore_patterns("__pycache__"))
    copied = replace(whole, package=copy)
    assert stale(copied) == []
    with (copy / "statistics/analysis/groups.py").open("a") as file:
        file.write("# changed\n")
    assert sorted(stale(copied)) == every_step(copied)


def test_a_given_file_that_changes_makes_its_notebook_stale(project):
    own = project.root / "own.csv"
    own.write_text("1")
    given, made_from = replace(project, parameters={"n": str(own)}), []
    for name in ("own.csv", "own.csv", "recodes.csv", "exclusions.csv"):
        made_from.append(plan(given)["fr/run/01_a"].made_from)
        (project.root / name).write_text(f"{len(made_from)}")
    assert len(set(made_from)) == 3  # the first writes what was there
