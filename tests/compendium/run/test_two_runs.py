"""Two runs from scratch on the real notebooks."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from conftest import ROOT
from material.small_runs import TIMED


def copy_of_the_checkout(folder):
    """Copy what git keeps, and git itself: pages name the commit of their notebook."""
    files = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.splitlines()  # fmt: skip
    for name in files:
        if (ROOT / name).exists():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    if (ROOT / ".git").is_file():  # a second working tree of one repository
        shutil.copy(ROOT / ".git", folder)
    else:
        shutil.copytree(ROOT / ".git", folder / ".git")


def sums(folder):
    """Give the French edition's files with their hashes, but those that tell times."""
    made = json.loads((folder / "run.json").read_text(encoding="utf-8"))["made"]
    return {
        name: content
        for name, content in made.items()
        if not name.startswith("output/en/") and Path(name).name not in TIMED
    }


def test_two_runs_from_scratch_give_the_same_bytes(output, tmp_path):
    """One at a time here and two at a time in a copy, from two seeds of hashing."""
    copy = tmp_path / "copy"
    copy_of_the_checkout(copy)
    seed = {"PYTHONPATH": str(copy / "src"), "PYTHONHASHSEED": "1"}
    subprocess.run(
        [sys.executable, "-m", "ecrm_helpers", "reproduce", "--jobs", "2"],
        cwd=copy, env=os.environ | seed, check=True, capture_output=True,
    )  # fmt: skip
    here, there = sums(output), sums(copy / "output")
    assert "output/fr/index.html" in there
    assert here.keys() == there.keys()
    assert [name for name in there if here[name] != there[name]] == []
    files = [path for path in (copy / "output").rglob("*") if path.is_file()]
    leaking = [path for path in files if str(tmp_path).encode() in path.read_bytes()]
    assert leaking == []
