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
from material.strange import of_a_stranger

#: How others check it out: each line ends as in other systems.
ENDED = "* text=auto eol=crlf\n*.png binary\n*.pdf binary\ndata/synthetic/* -text\n"
#: What a shell may have set.
SETTINGS = {"LC_ALL": "C", "TZ": "Pacific/Apia", "OMP_NUM_THREADS": "2",
            "PYTHONHASHSEED": "1", "MPLBACKEND": "TkAgg", "COLUMNS": "20"}  # fmt: skip
#: Another user's, to whom root's own home is open as far as Python lies in it.
OPENED = """
umask 022
if [ "$1" != "${1#"$2"/}" ]; then
  held=$(mktemp -d); mount --bind "$1" "$held"; mount -t tmpfs -o mode=755 none "$2"
  mkdir -p "$1"; mount --move "$held" "$1"
fi
shift 2
umask 077
exec setpriv --reuid 65534 --regid 65534 --clear-groups "$@"
"""


def copy_of_the_checkout(folder):
    """Copy what git keeps."""
    files = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.splitlines()  # fmt: skip
    for name in files:
        if (ROOT / name).exists():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)


def cloned(source, folder):
    """Clone what a folder holds: the last of two commits, with other line ends."""
    own = ("-c", "user.name=a", "-c", "user.email=a@example.org")
    again = ("commit", "-q", "--allow-empty", "-m")
    for words in (("init", "-q"), ("add", "-A"), (*again, "1"), (*again, "2")):
        subprocess.run(["git", *own, *words], cwd=source, check=True)
    words = ("clone", "-q", "--depth", "1", "--no-checkout", f"file://{source}")
    subprocess.run(["git", *words, folder], check=True)
    (folder / ".git/info/attributes").write_text(ENDED)
    subprocess.run(["git", "checkout", "-q", "HEAD"], cwd=folder, check=True)


@pytest.fixture
def stranger():
    """Give a folder that others may enter, and how to run as one: not root."""
    ours = [sys.base_prefix, str(Path("~root").expanduser())]
    another = ["unshare", "--mount", "sh", "-ec", OPENED, "sh", *ours]
    tried = [*another, sys.executable, "-c", "import pandas, sys; print(sys.version)"]
    said = ""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        with suppress(OSError):
            asked = subprocess.run(tried, capture_output=True, text=True, check=False)
            said = asked.stdout.strip()
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        yield Path(folder), another if said == sys.version else []


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


def test_the_pages_are_the_same_bytes_everywhere_and_however_they_are_made(
    output, stranger
):
    """Forked here, one at a time, in a home full of settings; there all else at once.

    A shallow clone with other line ends, in a path of 200 characters with blanks,
    accents and an apostrophe; a user who is not root, has no home and settings of
    their own, another locale, zone, mask and seed of hashing; two notebooks at a
    time, each in a kernel started afresh. Without ``.git`` all of it stays valid.
    """
    place, another = stranger
    odd = "une copie d'été (l’autre)"
    copy = place / odd / "é".ljust(199 - len(str(place / odd)), "n")
    copy_of_the_checkout(place / "whole")
    cloned(place / "whole", copy)
    strange = os.environ | of_a_stranger(place / "home") | SETTINGS
    strange["PATH"] = f"{place / 'bin'}:{os.environ['PATH']}"
    strange.pop("HOME", None)
    (place / "bin").mkdir()
    (place / "bin/pandoc").write_text("#!/bin/sh\necho pandoc 99.0\n")
    (place / "bin/pandoc").chmod(0o755)
    for path in (place, *place.rglob("*")) if another else ():
        os.chown(path, 65534, 65534)
    command = [*another, sys.executable, "-m", "ecrm_helpers", "reproduce", "--plain"]
    given = {"cwd": copy, "env": strange | {"PYTHONPATH": str(copy / "src")}}
    done = subprocess.run(
        [*command, "--jobs", "2"], capture_output=True, umask=0o077, **given
    )
    assert done.returncode == 0, done.stderr.decode()
    assert len(str(copy)) == 200
    assert b"\r\n" in (copy / "study.yml").read_bytes()
    assert (copy / ".git/shallow").exists()
    here, there = sums(output), sums(copy / "output")
    assert "output/fr/index.html" in there
    assert here.keys() == there.keys()
    assert [name for name in there if here[name] != there[name]
            and alone(ROOT / name) != alone(copy / name)] == []  # fmt: skip
    files = [path for path in (copy / "output").rglob("*") if path.is_file()]
    leaking = [path for path in files if str(place).encode() in path.read_bytes()]
    assert leaking == []
    shutil.rmtree(copy / ".git")
    subprocess.run([*command, "--check"], check=True, capture_output=True, **given)
