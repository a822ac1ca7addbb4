"""Programs of others: the locked ones, with nothing of the user's."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ecrm_helpers.printed import Wrong
from ecrm_helpers.programs import (
    FORKS,
    nursery,
    own_folder,
    pandoc,
    pandoc_program,
    surroundings,
)
from ecrm_helpers.study import read_study


def test_pandoc_is_the_locked_one_and_reads_no_folder_of_the_users(
    tmp_path, monkeypatch
):
    (tmp_path / "pandoc").write_text("#!/bin/sh\necho pandoc 99.0\n")
    (tmp_path / "pandoc").chmod(0o755)
    (tmp_path / ".local/share/pandoc").mkdir(parents=True)
    # pandoc would make every Word file from this.
    (tmp_path / ".local/share/pandoc/reference.docx").write_text("taken")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("PYPANDOC_PANDOC", str(tmp_path / "pandoc"))
    assert "99.0" not in pandoc(["--version"]).stdout.decode()
    assert "site-packages" in pandoc_program().parts
    made = pandoc(["--from=html", "--to=docx", "--output=-"], b"<p>one")
    assert made.stdout.startswith(b"PK")


def test_a_title_reaches_pandoc_whatever_the_locale(monkeypatch):
    monkeypatch.setenv("LC_ALL", "C")
    asked = ["--standalone", "--to=html", "--from=html", "--metadata=title:été – œ"]
    assert "<title>été – œ</title>" in pandoc(asked, b"<p>").stdout.decode()


def test_the_surroundings_are_the_same_whatever_is_set(monkeypatch):
    before = surroundings()
    for name in ("OPENBLAS_NUM_THREADS", "SEABORN_DATA", "LC_ALL", "PYTHONPATH", "TZ"):
        monkeypatch.setenv(name, "elsewhere")
    monkeypatch.setenv("HOME", "/nonexistent")
    assert surroundings() == before
    assert before["TZ"] == "UTC"
    assert before["HOME"] == str(own_folder())
    assert before["OMP_NUM_THREADS"] == "1"
    assert not {"LC_ALL", "SEABORN_DATA"} & before.keys()


@pytest.mark.skipif(not FORKS, reason="nothing is forked here")
def test_a_forked_process_is_what_python_would_be(tmp_path):
    (tmp_path / "said.py").write_text("import sys; print(sys.argv[1:], __name__)")
    given = surroundings() | {"PYTHONPATH": str(tmp_path)}
    with nursery(["json", "a_module_that_is_not_there"]) as parent:
        assert parent.run(["-m", "said", "a"], tmp_path, given) == (
            0,
            "['a'] __main__\n",
        )
        ends = [parent.run(["-c", text], tmp_path, given) for text in (
            "raise SystemExit(3)", "raise SystemExit('why')", "1 / 0", "exit()",
        )]  # fmt: skip
    assert [status for status, _ in ends] == [3, 1, 1, 0]
    assert ends[1][1] == "why\n"
    assert ends[2][1].endswith("ZeroDivisionError: division by zero\n")


@pytest.mark.skipif(not FORKS, reason="nothing is forked here")
def test_a_function_is_called_in_another_process_as_here(capsys):
    with nursery(["json"]) as parent:
        assert parent.call(sorted, [2, 1]) == [1, 2]
        assert parent.call(os.getpid) != os.getpid()
        with pytest.raises(Wrong, match="nowhere") as refused:
            parent.call(read_study, Path("nowhere.yml"))
        assert refused.value.said("fr") != refused.value.said("en")
        with pytest.raises(RuntimeError, match=r"^7"):
            parent.call(os._exit, 7)
    assert capsys.readouterr() == ("", "")


@pytest.mark.skipif(not FORKS, reason="nothing is forked here")
def test_what_is_forked_ends_with_its_parent(tmp_path):
    said = tmp_path / "pid"
    script = f"import os, time; open({str(said)!r}, 'w').write(str(os.getpid()))"
    script += "; time.sleep(60)"
    with nursery([]) as parent:
        asked = {"arguments": ["-c", script], "environment": surroundings()}
        pid = parent.ask(**asked, cwd=str(tmp_path))
        while not (said.exists() and said.read_text()):
            pass
        assert int(said.read_text()) == pid
    end = time.monotonic() + 20
    while alive(pid) and time.monotonic() < end:
        time.sleep(0.05)
    assert not alive(pid)


def alive(pid):
    """Tell whether a process runs; one that nobody has asked after is over too."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


LEFT = "import os, sys; from ecrm_helpers.programs import own_folder as own; own(); "


@pytest.mark.skipif(os.name != "posix", reason="nothing is locked here")
def test_what_a_killed_process_left_goes_with_the_next_and_no_others_does(tmp_path):
    given = {"env": os.environ | {"TMPDIR": str(tmp_path)}}

    def ended(how):
        return subprocess.run([sys.executable, "-c", LEFT + how], **given).returncode

    (tmp_path / "ecrm-theirs").mkdir()  # it does not say who holds it
    assert ended("os.kill(os.getpid(), 9)") == -9
    assert len(list(tmp_path.glob("ecrm-*/held"))) == 1
    command = [sys.executable, "-c", LEFT + "print(flush=True); sys.stdin.read()"]
    both = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, **given, **both) as alive:
        alive.stdout.readline()
        assert ended("") == 0
        (held,) = tmp_path.glob("ecrm-*/held")
        alive.stdin.close()
    assert not held.exists()
    assert [path.name for path in tmp_path.iterdir()] == ["ecrm-theirs"]
