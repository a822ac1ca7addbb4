"""Nothing done twice, nothing half made, the same bytes: on small and on real books."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace

import nbformat
import pytest
from conftest import ROOT
from material.small_books import PIECE, book

from ecrm_helpers.cli import main
from ecrm_helpers.compendium.plan.notebook import NotebookError
from ecrm_helpers.compendium.plan.project import Project, ReproduceError, plan, stale
from ecrm_helpers.compendium.plan.stamps import alone
from ecrm_helpers.compendium.run import reproduce as module
from ecrm_helpers.compendium.run.progress import Progress
from ecrm_helpers.compendium.run.reproduce import reproduce


@pytest.fixture
def project(tmp_path):
    """Make a compendium of three small notebooks; the second reads data/."""
    shutil.copy(ROOT / "study.yml", tmp_path)
    shutil.copy(ROOT / "requirements.lock", tmp_path)
    (tmp_path / "data").mkdir()
    (tmp_path / "data/answers.csv").write_text("id\n1\n")
    (tmp_path / "notebooks").mkdir()
    for name in ("01_a", "02_b", "03_c"):
        path = tmp_path / f"notebooks/{name}.ipynb"
        book(path, PIECE.replace('"tab"', f'"{name[3:]}"'), "Piece()", "n + 1")
        made = nbformat.read(path, as_version=4)
        title = nbformat.v4.new_markdown_cell(f"# {name}", id="title")
        made.cells.insert(0, title)
        made.metadata["ecrm"]["reads"] = ["data"] if name == "02_b" else []
        nbformat.write(made, path)
    return Project(tmp_path, ("fr",), {})


def run(project, jobs=1):
    with open(os.devnull, "w") as nowhere:
        return reproduce(project, jobs, Progress(nowhere))


#: Files that show how long the run took: the only ones that differ between runs.
TIMED = {"run.json", "ro-crate-metadata.json"}
TIMED |= {"reviewer-report.html", "reviewer-report.pdf"}


def state(project):
    """Give every made file with its content, but those that tell of times."""
    return {
        path.relative_to(project.output).as_posix(): path.read_bytes()
        for path in project.output.rglob("*")
        if path.is_file() and path.name not in TIMED and ".stamps" not in path.parts
    }


def times(project):
    files = project.output.rglob("*")
    return {
        p.name: p.stat().st_mtime_ns
        for p in files
        if p.suffix in (".html", ".pdf") and p.name not in TIMED
    }


def edit(path, cell, source):
    made = nbformat.read(path, as_version=4)
    made.cells[cell].source = source
    nbformat.write(made, path)


def redone(project, before):
    return {name for name, when in times(project).items() if before.get(name) != when}


def test_everything_is_made_once(project):
    assert run(project) is True
    made = state(project)
    assert {"fr/html/02_b.html", "fr/pdf/chapter.pdf", "fr/index.html"} <= made.keys()
    assert {"fr/docx/02_b.docx", "fr/docx/chapter.docx"} <= made.keys()
    before = times(project)
    assert run(project) is False
    assert redone(project, before) == set()


def test_a_second_real_run_says_so_and_loads_nothing_slow(capsys):
    # The checkout's own output: made when missing, so that the second run is one.
    assert main(["reproduce"]) == 0
    capsys.readouterr()
    script = (
        "import sys; from ecrm_helpers.cli import main; main(['reproduce']); "
        "print(sorted({'pandas', 'papermill', 'nbconvert'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert "everything is up to date" in done.stdout
    assert done.stdout.splitlines()[-1] == "[]"


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


WHOLE = {"chapter.pdf", "index.html", "gallery.html"}
ALL = WHOLE | {f"{b}.{e}" for b in ("01_a", "02_b", "03_c") for e in ("html", "pdf")}


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
    with (copy / "analysis/groups.py").open("a") as file:
        file.write("# changed\n")
    run(project)
    assert redone(project, before) == ALL


@pytest.mark.parametrize("failing", ["01_a", "02_b", "03_c"])
def test_a_failing_notebook_leaves_no_page_that_looks_made(project, failing):
    run(project)
    edit(project.root / f"notebooks/{failing}.ipynb", 4, "1 / 0")
    with pytest.raises(NotebookError, match=f"{failing}.ipynb, cell 5 .*ZeroDivision"):
        run(project)
    left = state(project)
    assert f"fr/executed/{failing}.failed.ipynb" in left
    for lost in (f"fr/html/{failing}.html", f"fr/pdf/{failing}.pdf", "fr/index.html"):
        assert lost not in left
    assert "fr/pdf/chapter.pdf" not in left
    edit(project.root / f"notebooks/{failing}.ipynb", 4, "n + 1")
    run(project)
    assert {"fr/index.html", f"fr/html/{failing}.html"} <= state(project).keys()
    assert not any("failed" in name for name in state(project))


@pytest.mark.parametrize("step", ["page", "_chapter", "keep"])
def test_an_interruption_leaves_nothing_half_made(project, monkeypatch, step):
    run(project)
    kept = state(project)
    edit(project.root / "notebooks/02_b.ipynb", 4, "n + 1  # again")

    def interrupted(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(module, step, interrupted)
        with pytest.raises(KeyboardInterrupt):
            run(project)
    left = state(project)
    assert not any(name.endswith(".partial") for name in left)
    assert "fr/index.html" not in left
    run(project)
    assert state(project).keys() == kept.keys()


def test_what_a_study_has_no_use_for_is_taken_away(project):
    path = project.root / "notebooks/02_b.ipynb"
    made = nbformat.read(path, as_version=4)
    made.metadata["ecrm"]["decides"] = "h2"
    nbformat.write(made, path)
    run(project)
    whole = state(project)
    assert "fr/html/02_b.html" in whole
    run(replace(project, decides=("h3",)))
    left = state(project)
    assert not [name for name in left if "02_b" in name]
    assert "02_b" not in left["fr/index.html"].decode()
    run(replace(project, decides=("h2",)))
    assert state(project).keys() == whole.keys()


def test_a_given_file_that_changes_makes_its_notebook_stale(project):
    own = project.root / "own.csv"
    own.write_text("1")
    given, made_from = replace(project, parameters={"n": str(own)}), []
    for name in ("own.csv", "own.csv", "recodes.csv", "exclusions.csv"):
        made_from.append(plan(given)["fr/run/01_a"].made_from)
        (project.root / name).write_text(f"{len(made_from)}")
    assert len(set(made_from)) == 3  # the first writes what was there


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


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["reproduce", "-p", "alhpa", "0.01"], 2, "they declare alpha, "),
        (
            ["reproduce", "-p", "edition", "en"],
            2,
            "parameter edition is set by --edition",
        ),
    ],
)
def test_wrong_usage_ends_with_status_2_and_a_message(capsys, arguments, status, words):
    assert main(arguments) == status
    assert words in capsys.readouterr().err


@pytest.mark.parametrize(
    "wrong", [["--edition", "de"], ["--jobs", "0"], ["--job", "x"]]
)
def test_wrong_options_are_refused(capsys, wrong):
    with pytest.raises(SystemExit) as stop:
        main(["reproduce", *wrong])
    assert stop.value.code == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "(see ecrm reproduce --help)" in said


def copy_of_the_checkout(folder):
    files = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.splitlines()  # fmt: skip
    for name in files:
        if (ROOT / name).exists():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)


def test_two_runs_from_scratch_give_the_same_bytes(tmp_path):
    """One at a time and two at a time, in two folders, from two seeds of hashing."""
    made = []
    for jobs in (1, 2):
        folder = tmp_path / f"copy-{jobs}"
        copy_of_the_checkout(folder)
        environment = os.environ | {
            "PYTHONPATH": str(folder / "src"),
            "PYTHONHASHSEED": str(jobs),
        }
        subprocess.run(
            [sys.executable, "-m", "ecrm_helpers", "reproduce", "--jobs", str(jobs)],
            cwd=tmp_path, env=environment, check=True, capture_output=True,
        )  # fmt: skip
        made.append(state(Project(folder, (), {})))
        record = json.loads((folder / "output/run.json").read_text())
        assert record["made"]["output/fr/index.html"]
    assert made[0].keys() == made[1].keys()
    assert [name for name in made[0] if made[0][name] != made[1][name]] == []
    leaks = [n for n, content in made[0].items() if str(tmp_path).encode() in content]
    assert leaks == []


def test_a_second_run_at_the_same_time_waits_for_the_first(tmp_path):
    said = []
    with alone(tmp_path, lambda: said.append("first waits")):
        script = (
            "from pathlib import Path; import sys; "
            "from ecrm_helpers.compendium.stamps import alone\n"
            "with alone(Path(sys.argv[1]), lambda: print('waiting', flush=True)): "
            "print('in')"
        )
        command = [sys.executable, "-c", script, str(tmp_path)]
        second = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert second.stdout.readline() == "waiting\n"
        assert second.poll() is None
    assert second.communicate(timeout=20)[0] == "in\n"
    assert said == []


ROW = {"id": "h3_f", "known": "derived", "verdict": "undeclared", "second_road": None}
ROW |= {"section": "3.3.2", "place": "text", "item_fr": "F", "item_en": "F"}
ROW |= {"statistic": "F", "printed": "6.890", "decimals": 3}
ROW |= {"recomputed": 6.98, "recomputed_to": None}


def test_an_undeclared_disagreement_fails_the_run_after_all_pages_are_made(
    project, monkeypatch, capsys
):
    path = project.root / "notebooks/03_c.ipynb"
    source = nbformat.read(path, as_version=4).cells[2].source
    ledger = source.replace('"kind": "table"', '"kind": "ledger"')
    edit(
        path,
        2,
        ledger.replace(
            '"content": "a,b"', f'"content": {{"rows": [{ROW}], "table": {{}}}}'
        ),
    )
    monkeypatch.chdir(project.root)
    for _ in range(2):  # made once; nothing to do the second time, and still wrong
        assert main(["reproduce"]) == 1
        assert "undeclared disagreement: h3_f" in capsys.readouterr().err
        made = state(project)
        assert {
            "fr/html/03_c.html",
            "fr/pdf/chapter.pdf",
            "fr/index.html",
        } <= made.keys()
    # With another parameter a disagreement is what the run was made to find.
    assert main(["reproduce", "-p", "n", "5"]) == 0
