"""What is made from what: a name that gives no file is refused, not passed over."""

import json
import shutil
import subprocess
from dataclasses import replace

import pytest
from conftest import ROOT

from ecrm_helpers.compendium.plan.git import blob_of
from ecrm_helpers.compendium.plan.project import NOT_RUN, Project, data_step, plan
from ecrm_helpers.compendium.plan.stamps import Stamp, alone, digests, sweep
from ecrm_helpers.files import FileError

PROJECT = Project(ROOT, ("fr",), {})


@pytest.mark.parametrize("make", [lambda path: None, lambda path: path.mkdir()])
def test_a_path_that_gives_no_file_is_refused(tmp_path, make):
    (tmp_path / "there").touch()
    make(tmp_path / "gone")
    with pytest.raises(FileError, match="gone: no file there"):
        digests(tmp_path, [tmp_path / "there", tmp_path / "gone"])


def test_a_room_that_has_moved_is_refused():
    assert PROJECT.code("files.py").keys() == {"files.py"}
    with pytest.raises(FileError, match=r"rows\.py: no file there"):
        PROJECT.code("answers", "rows.py")


def test_compiled_files_change_nothing(tmp_path):
    shutil.copytree(PROJECT.package, tmp_path / "package")
    (tmp_path / "package/__pycache__").mkdir(exist_ok=True)
    (tmp_path / "package/__pycache__/files.pyc").touch()
    copy = Project(ROOT, ("fr",), {}, package=tmp_path / "package")
    assert copy.code(besides=["cli"]) == PROJECT.code(besides=["cli"])


def test_every_room_that_is_left_out_of_a_run_is_there():
    assert all((PROJECT.package / name).exists() for name in NOT_RUN)
    assert plan(PROJECT).keys() >= {"fr/run/01_descriptives", "fr/site"}
    assert data_step(PROJECT) is not None


def test_what_a_notebook_declares_to_read_must_be_there(tmp_path):
    for name in ("study.yml", "requirements.lock"):
        shutil.copy(ROOT / name, tmp_path)
    shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks")
    with pytest.raises(FileError, match="no file there"):
        plan(Project(tmp_path, ("fr",), {}))


@pytest.mark.parametrize("text", ["", "null", "1", "{}", '{"from": "x"}', "[1]", "\0"])
def test_a_damaged_record_makes_the_step_be_done_again(tmp_path, text):
    stamp = Stamp(tmp_path, "step")
    (tmp_path / "step.json").write_text(text)
    assert not stamp.fresh(tmp_path, "x")
    assert (stamp.made(), stamp.seconds()) == ([], 0)
    stamp.clear(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_record_removes_nothing_outside_the_project(tmp_path):
    (tmp_path / "outside").touch()
    root = tmp_path / "project"
    root.mkdir()
    kept = {"from": "x", "made": {"../outside": "", str(tmp_path / "outside"): ""}}
    (root / "step.json").write_text(json.dumps(kept | {"seconds": 1}))
    Stamp(root, "step").clear(root)
    assert (tmp_path / "outside").exists()


def test_a_damaged_lock_is_done_without_and_heals(tmp_path):
    (tmp_path / "lock").write_bytes(b"no database" * 200)
    with alone(tmp_path, lambda: None):
        pass
    with alone(tmp_path, lambda: None):
        pass


def test_a_lock_that_cannot_be_written_is_refused_by_name(tmp_path):
    (tmp_path / "lock").mkdir()
    with pytest.raises(FileError, match=r"lock: cannot be written"):
        with alone(tmp_path, lambda: None):
            pass


def test_what_no_fresh_step_made_is_removed_with_or_without_records(tmp_path):
    output, records = tmp_path / "fr", tmp_path / "records"
    output.mkdir()
    for name in ("kept.html", "old.html", "nobody's.html"):
        (output / name).touch()
    for name in ("kept", "old"):
        Stamp(records, name).set(tmp_path, "x", [output / f"{name}.html"], 0)
    sweep(tmp_path, records, [output], {"kept"})
    assert [path.name for path in output.iterdir()] == ["kept.html"]
    assert [path.name for path in records.iterdir()] == ["kept.json"]


def git(folder, *words):
    author = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    command = ["git", *author, *words]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True)


def test_git_shows_what_a_page_names_and_no_git_is_needed_to_name_it(tmp_path):
    git(tmp_path, "init", "-q")
    for name, text in (("one", b"\xc3\xa9\n1\n"), ("other", b"\xc3\xa9\r\n1\r\n")):
        (tmp_path / name).write_bytes(text)
        assert blob_of(tmp_path / name) == blob_of(tmp_path / "one")
    git(tmp_path, "add", "one")
    shown = git(tmp_path, "show", blob_of(tmp_path / "one"))
    assert shown.stdout == (tmp_path / "one").read_bytes()


def test_a_file_that_was_edited_is_not_fresh(tmp_path):
    (tmp_path / "page.html").write_text("made")
    stamp = Stamp(tmp_path / "records", "page")
    stamp.set(tmp_path, "x", [tmp_path / "page.html"], 0)
    assert stamp.fresh(tmp_path, "x")
    assert not stamp.fresh(tmp_path, "y")
    (tmp_path / "page.html").write_text("edited")
    assert not stamp.fresh(tmp_path, "x")


def test_pages_hang_on_the_code_that_renders_them_and_runs_do_not(tmp_path):
    shutil.copytree(PROJECT.package, tmp_path / "package")
    copy = replace(PROJECT, package=tmp_path / "package")
    before = plan(copy)
    style = tmp_path / "package/compendium/render/templates/thesis.css"
    style.write_text(style.read_text() + "\n")
    after = plan(copy)
    changed = {name for name in after if after[name] != before[name]}
    assert "fr/page/01_descriptives" in changed
    assert not any("/run/" in name for name in changed)
