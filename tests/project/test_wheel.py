"""The package installed from its wheel, in an environment of its own."""

import os
import site
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest
from conftest import ROOT

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "uv", "build", "--wheel", "--out-dir", folder, ROOT],
        capture_output=True,
        check=True,
    )
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def ecrm(wheel, tmp_path_factory):
    """Give a call of the command, run in a folder, whatever the checkout holds."""
    home = tmp_path_factory.mktemp("own") / "env"
    venv.create(home)
    python = home / "bin/python"
    subprocess.run(
        [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--no-deps",
         "--python", python, wheel],
        check=True,
    )  # fmt: skip
    # The packages it depends on are those of this environment; it itself is not:
    # a link to the checkout is not followed from here.
    (own,) = (home / "lib").glob("python*/site-packages")
    (own / "others.pth").write_text(f"{site.getsitepackages()[0]}\n")

    def call(folder, *arguments):
        return subprocess.run(
            [home / "bin/ecrm", *map(str, arguments)],
            cwd=folder,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
            capture_output=True,
            text=True,
            check=False,
        )

    found = subprocess.run(
        [python, "-c", "import ecrm_helpers; print(ecrm_helpers.__file__)"],
        cwd=own,
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(found.stdout.strip()).is_relative_to(home)
    return call


def test_the_wheel_holds_every_file_of_the_package(wheel):
    source = ROOT / "src"
    wanted = {
        path.relative_to(source).as_posix()
        for path in (source / "ecrm_helpers").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    with zipfile.ZipFile(wheel) as archive:
        assert wanted <= set(archive.namelist())


def test_verbs_that_need_no_project_work_in_an_empty_folder(ecrm, tmp_path):
    (tmp_path / "a.txt").write_text("t(70) = 2.10, p = 0.039\n")
    checked = ecrm(tmp_path, "check-text", "a.txt")
    assert (checked.returncode, checked.stderr) == (0, "")
    assert "p = 0.039" in checked.stdout
    row = "--n 61 --mean 3.41 --sd 1.006 --scale 1 7 --min 1 --max 5".split()
    assert ecrm(tmp_path, "admissible", *row).stdout == "67 histograms fit.\n"
    groups = "--group 12 2.58 ,900 1 4 --group 61 3.41 1.006 1 5 --scale 1 7".split()
    assert ecrm(tmp_path, "robustness", *groups).returncode == 0
    answers = ["read", ROOT / "data/synthetic/export.csv"]
    read = ecrm(tmp_path, *answers, "--study", ROOT / "study.yml", "--to", "b.csv")
    assert (read.returncode, read.stderr) == (0, "")
    assert (tmp_path / "b.csv").exists()


def test_a_verb_that_needs_a_project_says_so(ecrm, tmp_path):
    for verb in (["verify"], ["data"], ["read", ROOT / "data/synthetic/export.csv"]):
        done = ecrm(tmp_path, *verb)
        assert done.returncode == 2
        assert str(tmp_path) in done.stderr
        assert "--project" in done.stderr
        assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_project_is_where_one_stands_or_the_one_named(ecrm, tmp_path):
    inner = ROOT / "notebooks"
    inside = ecrm(inner, "reproduce", "--check")
    named = ecrm(tmp_path, "reproduce", "--check", "--project", ROOT)
    assert inside.returncode in (0, 1)
    assert (inside.stdout, inside.stderr) == (named.stdout, named.stderr)
