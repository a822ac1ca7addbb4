"""A run takes nothing from the user's home, environment or working folder."""

import json
import os
import sys
from pathlib import Path

import pytest
from material.small_books import book

from ecrm_helpers.compendium.run.execute import execute, pieces
from ecrm_helpers.compendium.run.kernel import forked as kernels_forked
from ecrm_helpers.programs import FORKS, pandoc, pandoc_program, surroundings

pytestmark = pytest.mark.made

#: What a kernel sees of where it runs, as a piece of a notebook.
SEEN = """
class Seen:
    def _repr_mimebundle_(self, **_):
        import os, sys, locale, matplotlib, ecrm_helpers
        seen = {"python": sys.executable, "ours": ecrm_helpers.__file__,
                "size": matplotlib.rcParams["font.size"], "home": os.environ["HOME"],
                "zone": os.environ["TZ"], "marked": "marked" in globals(),
                "there": os.getcwd(), "path": sys.path, "names": sorted(os.environ)}
        piece = {"kind": "table", "id": "seen", "content": seen}
        return {"text/plain": "-"}, {"ecrm": piece}
Seen()"""


@pytest.fixture
def hostile(tmp_path, monkeypatch):
    """Fill a home, a kernelspec and a working folder with settings of someone's."""
    home, work = tmp_path / "home", tmp_path / "wörk d'été"
    start = home / ".ipython/profile_default/startup"
    spec = home / "jupyter/kernels/python3"
    for folder in (start, spec, work, home / ".config/matplotlib", home / "bin"):
        folder.mkdir(parents=True)
    (start / "00.py").write_text("marked = 1; print('taken')")
    (spec / "kernel.json").write_text(
        json.dumps({"argv": ["/bin/false"], "display_name": "x", "language": "python"})
    )
    for place in (home / ".config/matplotlib", work):
        (place / "matplotlibrc").write_text("font.size: 22\n")
    (work / "pandas.py").write_text("raise SystemExit('taken')")
    (home / "start.py").write_text("marked = 1")
    (home / "bin/pandoc").write_text("#!/bin/sh\necho pandoc 99.0\n")
    (home / "bin/pandoc").chmod(0o755)
    given = {"HOME": home, "JUPYTER_PATH": home / "jupyter", "TZ": "Pacific/Apia",
             "PYTHONSTARTUP": home / "start.py", "PYTHONPATH": work, "LC_ALL": "C",
             "IPYTHONDIR": home / ".ipython", "OMP_NUM_THREADS": "7",
             "PATH": f"{home / 'bin'}:{os.environ['PATH']}"}  # fmt: skip
    for name, value in given.items():
        monkeypatch.setenv(name, str(value))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    return work


@pytest.mark.parametrize("forked", [False, True])
def test_a_kernel_is_this_python_and_sees_nothing_of_the_users(hostile, forked):
    if forked and not FORKS:
        pytest.skip("kernels are not forked here")
    source = book(hostile / "01_small.ipynb", SEEN)
    target = hostile / "out/01_small.ipynb"
    if forked:
        with kernels_forked():
            made = execute(source, target, {}, home=hostile)
    else:
        made = execute(source, target, {}, home=hostile)
    (piece,) = pieces(made.cells)
    seen = piece["content"]
    assert Path(seen["python"]) == Path(sys.executable)
    assert seen["ours"] == sys.modules["ecrm_helpers"].__file__
    assert (seen["size"], seen["zone"], seen["marked"]) == (10.0, "UTC", False)
    assert seen["there"] == str(hostile)
    assert str(hostile) not in seen["path"]
    assert "" not in seen["path"]
    assert os.environ["HOME"] not in seen["home"]
    assert {"PYTHONSTARTUP", "JUPYTER_PATH", "LC_ALL"}.isdisjoint(seen["names"])


def test_pandoc_is_the_locked_one_and_reads_no_folder_of_the_users(hostile):
    said = pandoc(["--version"]).stdout.decode()
    assert "99.0" not in said
    assert pandoc_program().is_relative_to(Path(sys.prefix).resolve()) or (
        "site-packages" in pandoc_program().parts
    )
    title = pandoc(
        ["-s", "-thtml", "-fhtml", "--metadata=title:été – œ"], b"<p>"
    ).stdout
    assert "<title>été – œ</title>" in title.decode()


def test_the_surroundings_are_the_same_whatever_is_set(monkeypatch):
    before = surroundings()
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "3")
    monkeypatch.setenv("SEABORN_DATA", "elsewhere")
    assert surroundings() == before
