"""A run takes nothing from the user's home, environment or working folder."""

import json
import os
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from material.small_books import book

from ecrm_helpers.answers.audit import Other
from ecrm_helpers.cli import reproduce as cli
from ecrm_helpers.compendium.run import kernel
from ecrm_helpers.compendium.run.execute import execute, pieces
from ecrm_helpers.compendium.run.kernel import LOADED
from ecrm_helpers.programs import FORKS

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
def test_a_kernel_is_this_python_and_sees_nothing_of_the_users(hostile, afresh, forked):
    if forked and not FORKS:
        pytest.skip("kernels are not forked here")
    source = book(hostile / "01_small.ipynb", SEEN)
    target = hostile / "out/01_small.ipynb"
    if forked:
        with kernel.forked():
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


def test_of_a_file_that_lies_elsewhere_its_name_alone_is_kept(tmp_path, capfd):
    source = book(tmp_path / "01_small.ipynb", "print(n)", "import sys", "n")
    target, given = tmp_path / "out/01_small.ipynb", tmp_path / 'a "b" é/given.csv'
    made = execute(source, target, {"n": str(given)})
    assert str(tmp_path) not in str(made)
    assert made.cells[2].outputs[0].text == "given.csv\n"
    kept = target.read_text(encoding="utf-8")
    assert "given.csv" in kept
    assert tmp_path.name not in kept


def test_what_a_program_warns_of_is_told_and_not_published(tmp_path, capsys):
    warned = "import sys; sys.stderr.write('failed: /home/someone');"
    source = book(tmp_path / "01_small.ipynb", warned)
    target = tmp_path / "out/01_small.ipynb"
    made = execute(source, target, {})
    assert [out.name for out in made.cells[1].outputs if "name" in out] == []
    said = capsys.readouterr().err
    assert "01_small.ipynb, cell cell-0: a program warns" in said
    assert "/home/someone" in said


def test_free_answers_go_to_a_file_that_no_page_and_no_archive_holds(tmp_path):
    others = [Other(3, "q1", "=a, b"), Other(4, "q1", "c")]
    cli._keep_apart(tmp_path / cli.FREE, Other._fields, others)
    kept = (tmp_path / "output/private/free_answers.csv").read_text()
    assert kept == 'line,question,text\n3,q1,"\'=a, b"\n4,q1,c\n'


@pytest.mark.parametrize("name", LOADED)
def test_what_is_loaded_beforehand_is_there(name):
    assert find_spec(name)
