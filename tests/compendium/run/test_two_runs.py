"""Two runs from scratch on the real notebooks."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from conftest import ROOT
from material.small_runs import TIMED


def copy_of_the_checkout(folder):
    """Copy what git keeps, and git itself: the record names the commit."""
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


def alone(path):
    """Read a page without its way to the other edition, which is made here alone."""
    text = path.read_bytes()
    if path.suffix != ".html":
        return text
    ways = (
        rb'<li><a [^>]*href="(?:\.\./)+en/(?:html/)?\w+\.html"[^>]*>.*?</a></li>',
        rb'<p class="meta">.*?</p>',  # of the index; it names the other edition too
    )
    return re.sub(b"|".join(ways), b"", text, flags=re.DOTALL)


def of_a_stranger(home):
    """Give an environment with settings of someone's at every place one may look."""
    start = home / ".ipython/profile_default/startup"
    spec = home / "jupyter/kernels/python3"
    for folder in (start, spec, home / ".config/matplotlib", home / "bin"):
        folder.mkdir(parents=True)
    (start / "00.py").write_text("import pandas; pandas.set_option('precision', 1)")
    (spec / "kernel.json").write_text('{"argv": ["/bin/false"], "display_name": "x"}')
    (home / ".config/matplotlib/matplotlibrc").write_text("font.size: 22\n")
    (home / "bin/pandoc").write_text("#!/bin/sh\necho pandoc 99.0\n")
    (home / "bin/pandoc").chmod(0o755)
    path = f"{home / 'bin'}:{os.environ['PATH']}"
    return {"HOME": str(home), "JUPYTER_PATH": str(home / "jupyter"), "PATH": path,
            "LC_ALL": "C", "TZ": "Pacific/Apia", "OMP_NUM_THREADS": "2"}  # fmt: skip


def test_the_pages_are_the_same_bytes_everywhere_and_however_they_are_made(
    output, tmp_path
):
    """Forked here, one at a time; in a copy at an odd place, a stranger's, plainly.

    There two notebooks run at a time, each in a kernel started afresh, under
    another seed of hashing, locale, zone and mask.
    """
    copy = tmp_path / "une copie d'été (l’autre)"
    copy_of_the_checkout(copy)
    seed = {"PYTHONPATH": str(copy / "src"), "PYTHONHASHSEED": "1"}
    subprocess.run(
        [sys.executable, "-m", "ecrm_helpers", "reproduce", "--plain", "--jobs", "2"],
        cwd=copy, env=os.environ | of_a_stranger(tmp_path / "home") | seed,
        check=True, capture_output=True, umask=0o077,
    )  # fmt: skip
    here, there = sums(output), sums(copy / "output")
    assert "output/fr/index.html" in there
    assert here.keys() == there.keys()
    assert [name for name in there if here[name] != there[name]
            and alone(ROOT / name) != alone(copy / name)] == []  # fmt: skip
    files = [path for path in (copy / "output").rglob("*") if path.is_file()]
    leaking = [path for path in files if str(tmp_path).encode() in path.read_bytes()]
    assert leaking == []
