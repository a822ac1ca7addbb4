"""What is made from what: a name that gives no file is refused, not passed over."""

import shutil

import pytest
from conftest import ROOT

from ecrm_helpers.compendium.plan.project import NOT_RUN, Project, data_step, plan
from ecrm_helpers.compendium.plan.stamps import digests
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
