"""Two runs from scratch on the real notebooks."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest
from conftest import ROOT
from material.small_runs import TIMED


def copy_of_the_checkout(folder):
    """Copy what git keeps, and git itself as little as an archive does."""
    files = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.splitlines()  # fmt: skip
    for name in files:
        if (ROOT / name).exists():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)


@pytest.fixture
def stranger():
    """Give a folder that others may enter, and whom to run as there: not root."""
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        who = {"user": 65534, "group": 65534, "extra_groups": []}
        command = [sys.executable, "-c", "import pandas, sys; print(sys.version)"]
        root = hasattr(os, "geteuid") and os.geteuid() == 0
        given = {"capture_output": True, "text": True, "check": False} | who
        # A Python in root's own home is not theirs: they would get another, or none.
        said = ""
        with suppress(PermissionError):
            said = root and subprocess.run(command, **given).stdout.strip()
        able = said == sys.version
        yield Path(folder), who if able else {}


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
    for folder in (start, spec, home / ".config/matplotlib", home / "bin",
                   home / ".jupyter"):  # fmt: skip
        folder.mkdir(parents=True)
    (start / "00.py").write_text("import pandas; pandas.set_option('precision', 1)")
    (spec / "kernel.json").write_text('{"argv": ["/bin/false"], "display_name": "x"}')
    (home / ".config/matplotlib/matplotlibrc").write_text("font.size: 22\n")
    (home / ".jupyter/jupyter_config.py").write_text(
        "c.TemplateExporter.exclude_output = True\n"
        "c.ClearOutputPreprocessor.enabled = True\n"
    )
    (home / "start.py").write_text("raise SystemExit('started')")
    (home / "bin/pandoc").write_text("#!/bin/sh\necho pandoc 99.0\n")
    (home / "bin/pandoc").chmod(0o755)
    path = f"{home / 'bin'}:{os.environ['PATH']}"
    return {"HOME": str(home), "JUPYTER_PATH": str(home / "jupyter"), "PATH": path,
            "LC_ALL": "C", "TZ": "Pacific/Apia", "OMP_NUM_THREADS": "2",
            "PYTHONSTARTUP": str(home / "start.py"), "PYTHONHASHSEED": "1",
            "MPLBACKEND": "TkAgg", "COLUMNS": "20"}  # fmt: skip


def test_the_pages_are_the_same_bytes_everywhere_and_however_they_are_made(
    output, stranger
):
    """Forked here, one at a time; there all at once that a stranger's machine has.

    A path of 200 characters with blanks, accents and an apostrophe, no ``.git``, a
    user who is not root and has settings of their own, another locale, zone, mask
    and seed of hashing; two notebooks at a time, each in a kernel started afresh.
    """
    place, who = stranger
    odd = "une copie d'été (l’autre)"
    copy = place / odd / "é".ljust(199 - len(str(place / odd)), "n")
    copy_of_the_checkout(copy)
    strange = of_a_stranger(place / "home")
    for path in (place, *place.rglob("*")):
        os.chown(path, who.get("user", -1), who.get("group", -1))
    subprocess.run(
        [sys.executable, "-m", "ecrm_helpers", "reproduce", "--plain", "--jobs", "2"],
        cwd=copy, env=os.environ | strange | {"PYTHONPATH": str(copy / "src")},
        check=True, capture_output=True, umask=0o077, **who,
    )  # fmt: skip
    assert len(str(copy)) == 200
    here, there = sums(output), sums(copy / "output")
    assert "output/fr/index.html" in there
    assert here.keys() == there.keys()
    assert [name for name in there if here[name] != there[name]
            and alone(ROOT / name) != alone(copy / name)] == []  # fmt: skip
    files = [path for path in (copy / "output").rglob("*") if path.is_file()]
    leaking = [path for path in files if str(place).encode() in path.read_bytes()]
    assert leaking == []
