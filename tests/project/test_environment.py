"""What a machine needs: locks that agree, a bootstrap that says what is missing."""

import builtins
import contextlib
import hashlib
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
import venv
import zipfile
from pathlib import Path
from string import Formatter

import pytest
import yaml
from conftest import ROOT

sys.path.insert(0, str(ROOT))
import bootstrap

PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)==(\S+)(?: ; (.+?))?(?: \\)?$", re.MULTILINE)


def pins(lock):
    text = (ROOT / lock).read_text(encoding="utf-8")
    return {(name, version, marker) for name, version, marker in PIN.findall(text)}


@pytest.mark.parametrize(
    "superset", ["requirements-test.lock", "requirements-lab.lock"]
)
def test_supersets_hold_the_same_pins(superset):
    def named(found):
        return {(name, version) for name, version, _ in found}

    small, large = pins("requirements.lock"), pins(superset)
    assert len(small) > 90
    assert named(small) < named(large)
    # No package of the small lock has a further version in the large one.
    ours = {name for name, _, _ in small}
    assert {(n, v) for n, v in named(large) if n in ours} == named(small)


@pytest.mark.parametrize("lock", list(bootstrap.LOCKS))
def test_every_pin_has_hashes_and_no_address(lock):
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "://" not in text
    entries = re.split(r"\n(?=[a-z0-9])", text)[1:]
    assert all("--hash=sha256:" in entry for entry in entries)


def test_the_lab_lock_brings_jupyterlab_and_the_others_do_not():
    assert "jupyterlab" in {name for name, _, _ in pins("requirements-lab.lock")}
    assert "jupyterlab" not in {name for name, _, _ in pins("requirements.lock")}


def test_conda_takes_its_packages_from_the_lab_lock():
    declared = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    assert declared["channels"] == ["conda-forge"]
    python, pip, packages = declared["dependencies"]
    assert (pip, packages) == ("pip", {"pip": ["-r requirements-lab.lock"]})
    assert re.fullmatch(r"python=3\.1[1-4]", python)
    assert "pip install --no-deps -e ." in (ROOT / "postBuild").read_text()


def test_without_venv_the_message_names_the_package(monkeypatch, capsys):
    ordinary = builtins.__import__

    def without(name, *rest):
        if name == "ensurepip":
            raise ImportError(name)
        return ordinary(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    assert bootstrap.main(["reproduce"]) == 2
    assert "sudo apt install python3-venv" in capsys.readouterr().err


def test_an_old_python_is_refused_with_the_version_needed(monkeypatch, capsys):
    monkeypatch.setattr(bootstrap.sys, "version_info", (3, 10, 0))
    assert bootstrap.main(["reproduce"]) == 2
    assert "Python 3.11 or newer is needed" in capsys.readouterr().err


def test_the_bootstrap_imports_the_standard_library_only():
    text = (ROOT / "bootstrap.py").read_text(encoding="utf-8")
    imported = set(re.findall(r"^(?:from|import) (\w+)", text, re.MULTILINE))
    assert imported <= sys.stdlib_module_names


def test_make_help_lists_every_target():
    shown = subprocess.run(
        ["make", "--no-print-directory", "help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.search(r"^\.PHONY: (.+)$", text, re.MULTILINE)[1].split()
    assert [line.split()[0] for line in shown.splitlines()] == targets


def test_checksums_of_the_data_hold():
    from ecrm_helpers.compendium.checks.checksums import changed

    assert changed(ROOT / "data") == []


def test_a_changed_lost_or_new_file_breaks_the_checksums(tmp_path):
    from ecrm_helpers.compendium.checks.checksums import changed, write

    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text("1\n")
    write(tmp_path)
    assert changed(tmp_path) == []
    for path in tmp_path.iterdir():  # as a checkout of another system has them
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert changed(tmp_path) == []
    (tmp_path / "a.csv").write_text("2\n")
    (tmp_path / "b.csv").unlink()
    (tmp_path / "c.csv").write_text("3\n")
    assert changed(tmp_path) == [
        "a.csv: changed",
        "b.csv: missing",
        "c.csv: not listed",
    ]


def test_a_package_cut_in_the_cache_is_named_by_its_files(tmp_path):
    packages = tmp_path / "lib/python3.11/site-packages"
    (packages / "a-1.dist-info").mkdir(parents=True)
    rows = "a.py,sha256=x,4\nb.py,sha256=x,4\nc.py,sha256=x,4\nd.pem,sha256=x,9\n"
    (packages / "a-1.dist-info/RECORD").write_text(f"{rows}a-1.dist-info/RECORD,,\n")
    for name, text in {"a.py": "1234", "b.py": "12", "d.pem": "12"}.items():
        (packages / name).write_text(text)
    assert bootstrap._cut(tmp_path) == ["b.py", "c.py"]


@pytest.mark.parametrize("lock", list(bootstrap.LOCKS))
def test_uv_is_cut_out_of_a_lock_with_all_its_hashes(lock):
    entry = bootstrap._entry(ROOT / lock, "uv").splitlines()
    assert entry[0].startswith("uv==")
    assert len(entry) > 10
    assert all(line.strip().startswith("--hash=sha256:") for line in entry[1:])


def test_a_lock_without_uv_says_what_to_run(tmp_path):
    (tmp_path / "empty.lock").write_text("numpy==2\n")
    with pytest.raises(bootstrap.BootstrapError, match=r"empty\.lock does not pin uv"):
        bootstrap._entry(tmp_path / "empty.lock", "uv")


def test_lint_names_the_checks_it_has(capsys):
    assert bootstrap.main(["lint", "stile", "types"]) == 2
    said = capsys.readouterr().err
    assert "lint has no check stile; it has style, format, types, imports" in said


HOOKS = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"]


@pytest.mark.parametrize("key", bootstrap.SAID)
def test_bootstrap_says_the_same_in_both_languages(key, monkeypatch):
    french, english = bootstrap.SAID[key]
    names = {name for _, name, _, _ in Formatter().parse(french) if name}
    assert names == {name for _, name, _, _ in Formatter().parse(english) if name}
    values = dict.fromkeys(names, "X")
    assert bootstrap.say(key, **values) == english.format(**values)
    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")
    assert bootstrap.say(key, **values) == french.format(**values)


def test_bootstrap_refuses_in_french_where_the_shell_speaks_it(monkeypatch, capsys):
    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")
    assert bootstrap.main(["lint", "stile"]) == 2
    assert "erreur\N{NO-BREAK SPACE}: lint n'a pas de contrôle stile" in (
        capsys.readouterr().err
    )


@pytest.mark.parametrize("hook", HOOKS[0]["hooks"], ids=lambda hook: hook["id"])
def test_the_command_of_every_hook_runs_what_lint_and_tests_have(hook, monkeypatch):
    """What it runs is a check of `make lint`, or tests of the name that it gives."""
    python, script, *words = shlex.split(hook["entry"])
    assert (python, script, hook["language"]) == ("python3", "bootstrap.py", "system")
    called = []
    monkeypatch.setattr(bootstrap, "_environment", lambda *_: Path(sys.executable))
    monkeypatch.setattr(bootstrap, "_call", lambda *call: called.append(call[1:]) or 0)
    assert bootstrap.main(words) == 0
    (command,) = called
    if words[0] == "lint":
        assert command == bootstrap.LINT[words[1]]
    else:
        assert command == ("-m", "pytest", *words[1:])
        _, file, option, name = words
        assert option == "-k"
        assert re.search(rf"^def test_\w*{name}\b", (ROOT / file).read_text(), re.M)


@pytest.fixture
def installed(monkeypatch):
    """List the environments that packages are put into; leave pip out of them."""
    done = []
    monkeypatch.setattr(bootstrap, "_install", lambda python, *_: done.append(python))
    monkeypatch.setattr(bootstrap, "_empty", venv.create)
    return done


def environment_in(root, monkeypatch):
    monkeypatch.setattr(bootstrap, "ROOT", root)
    return bootstrap._environment(".venv", "requirements.lock")


def test_an_environment_that_came_along_with_a_copy_is_made_anew(
    tmp_path, monkeypatch, installed
):
    first = tmp_path / "first"
    first.mkdir()
    for name in ("requirements.lock", "requirements-test.lock", "pyproject.toml"):
        shutil.copy(ROOT / name, first)
    made = environment_in(first, monkeypatch)
    assert environment_in(first, monkeypatch) == made
    assert installed == [made]
    (made.parent / "left").touch()
    for place in (tmp_path / "a copy", tmp_path / "moved"):
        shutil.copytree(first, place, symlinks=True)
        assert (place / ".venv/bin/left").exists()
        assert environment_in(place, monkeypatch) == place / ".venv/bin/python"
        assert not (place / ".venv/bin/left").exists()
        environment_in(place, monkeypatch)
    environment_in(first, monkeypatch)
    assert installed == [made, place.with_name("a copy") / ".venv/bin/python",
                         place / ".venv/bin/python"]  # fmt: skip


def test_a_changed_lock_keeps_the_environment_and_another_python_does_not(
    tmp_path, monkeypatch, installed
):
    for name in ("requirements.lock", "requirements-test.lock", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    created = []
    monkeypatch.setattr(
        bootstrap, "_empty", lambda home: created.append(venv.create(home))
    )
    for changed, times in (("", 1), ("requirements.lock", 1), (".venv/pyvenv.cfg", 2)):
        path = tmp_path / (changed or "requirements.lock")
        text = path.read_text().replace("version = 3", "version = 2")
        path.write_text(f"{text}{'# changed' * bool(changed)}\n")
        environment_in(tmp_path, monkeypatch)
        assert len(created) == times


def test_an_environment_that_was_half_made_is_made_anew(
    tmp_path, monkeypatch, installed
):
    for name in ("requirements.lock", "requirements-test.lock", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    venv.create(tmp_path / ".venv")  # killed before it had pip: no stamp
    (tmp_path / ".venv/left").touch()
    environment_in(tmp_path, monkeypatch)
    assert not (tmp_path / ".venv/left").exists()
    # Killed while packages came: it is kept, and they are put in again.
    (tmp_path / ".venv/made-from").write_text("nothing yet")
    (tmp_path / ".venv/left").touch()
    environment_in(tmp_path, monkeypatch)
    assert (tmp_path / ".venv/left").exists()
    assert len(installed) == 2


def test_a_package_changed_by_hand_is_put_right(tmp_path, monkeypatch, installed):
    for name in ("requirements.lock", "requirements-test.lock", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    python = environment_in(tmp_path, monkeypatch)
    (places,) = (tmp_path / ".venv").glob("lib/*/site-packages")
    (places / "pandas-2.2.3.dist-info").mkdir()
    for _ in range(2):
        environment_in(tmp_path, monkeypatch)
    assert installed == [python, python]


def test_bootstrap_imports_nothing_of_the_users_path(tmp_path):
    """Called without make, it starts itself again without what Python was told."""
    for name in ("json", "tempfile", "tomllib"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('taken')\n")
    done = subprocess.run(
        [sys.executable, str(ROOT / "bootstrap.py"), "lint", "stile"],
        env={**os.environ, "PYTHONPATH": str(tmp_path), "PYTHONOPTIMIZE": "2"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "stile" in done.stderr
    assert "taken" not in done.stderr


HOSTILE = """
UV_SYSTEM_PYTHON UV_PYTHON UV_TARGET UV_EXCLUDE_NEWER UV_PROJECT_ENVIRONMENT
PIP_USER PIP_TARGET PIP_PREFIX PIP_REQUIRE_VIRTUALENV PIP_CONSTRAINT PYTHONPATH
PYTHONHOME PYTHONSTARTUP PYTHONOPTIMIZE PYTHONWARNINGS CONDA_PREFIX
__PYVENV_LAUNCHER__ JUPYTER_PATH IPYTHONDIR MPLCONFIGDIR MATPLOTLIBRC
PYPANDOC_PANDOC GIT_DIR
""".split()
NAMED = "UV_INDEX_URL UV_CACHE_DIR PIP_INDEX_URL PIP_CERT PIP_CONFIG_FILE HTTPS_PROXY"
SHOW = "import json, os, sys; json.dump(dict(os.environ), open(sys.argv[1], 'w'))"


def test_no_child_sees_what_leads_to_another_python(tmp_path, monkeypatch):
    for name in (*HOSTILE, *NAMED.split()):
        monkeypatch.setenv(name, str(tmp_path / "elsewhere"))
    python, said = Path(sys.executable), tmp_path / "seen.json"
    bootstrap._need(python, "-c", SHOW, str(said))
    seen = json.loads(said.read_text())
    assert seen.keys().isdisjoint(HOSTILE)
    assert seen.keys() >= {*NAMED.split()}
    assert seen["VIRTUAL_ENV"] == str(python.parents[1])


def test_uv_is_told_the_python_it_installs_into(tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(bootstrap, "_need", lambda *words, **_: asked.append(words))
    python = tmp_path / "bin/python"
    bootstrap._install(python, "requirements.lock")
    assert ["download" in asked[0], "install" in asked[1]] == [True, True]
    for words in asked[2:]:
        assert words[words.index("--python") + 1] == str(python)
    assert [words[words.index("pip") + 1] for words in asked[2:]] == [
        "sync", "install", "uninstall",
    ]  # fmt: skip


@pytest.mark.parametrize("all_of_it", ["C", "fr_FR.UTF-8"])
def test_a_folder_with_accents_is_found_in_any_locale(tmp_path, monkeypatch, all_of_it):
    monkeypatch.setenv("LC_ALL", all_of_it)
    venv.create(tmp_path / "été")
    (packages,) = (tmp_path / "été").glob("lib/*/site-packages")
    (packages / "ours.pth").write_text(f"{tmp_path}/été/src\n", encoding="utf-8")
    said = tmp_path / "seen.json"
    assert bootstrap._call(tmp_path / "été/bin/python", "-c", SHOW, str(said)) == 0
    assert json.loads(said.read_text())["LC_MESSAGES"] == all_of_it


def test_of_uvs_settings_only_where_packages_come_from_is_heard(tmp_path, monkeypatch):
    """A target in uv.toml would be emptied of what is not in the lock."""
    (tmp_path / "uv").mkdir()
    (tmp_path / "uv/uv.toml").write_text(
        'python-preference = "system"\nnative-tls = true\n'
        '[[index]]\nurl = "https://example.org/é\\"x"\ndefault = true\n'
        '[pip]\ntarget = "/theirs"\nprefix = "/theirs"\nsystem = true\n'
        'find-links = ["/wheels"]\nexclude-newer = "2020-01-01"\n'
    )
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.delenv("UV_CONFIG_FILE", raising=False)
    assert tomllib.loads(bootstrap._heard(bootstrap._settings_of_uv())) == {
        "native-tls": True,
        "index": [{"url": 'https://example.org/é"x', "default": True}],
        "pip": {"find-links": ["/wheels"]},
    }
    (tmp_path / "uv/uv.toml").write_text("no toml")
    with pytest.raises(OSError, match=r"Expected '=' after a key"):
        bootstrap._settings_of_uv()


@pytest.mark.slow
def test_a_target_in_pips_settings_takes_no_package(tmp_path, monkeypatch):
    """The wheel of a package that is made here goes into the environment named."""
    python, settings = tmp_path / "ours/bin/python", tmp_path / "pip.conf"
    venv.create(tmp_path / "ours", with_pip=True)
    wheel = tmp_path / "wheelhouse/kept-1-py3-none-any.whl"
    wheel.parent.mkdir()
    with zipfile.ZipFile(wheel, "w") as packed:
        for name, text in {
            "METADATA": "Metadata-Version: 2.1\nName: kept\nVersion: 1\n",
            "WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
            "RECORD": "",
        }.items():
            packed.writestr(f"kept-1.dist-info/{name}", text)
    held = hashlib.sha256(wheel.read_bytes()).hexdigest()
    (tmp_path / "small.lock").write_text(f"kept==1 --hash=sha256:{held}\n")
    settings.write_text(f"[install]\ntarget = {tmp_path}/theirs\nuser = true\n")
    monkeypatch.setenv("PIP_CONFIG_FILE", str(settings))
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "_entry", lambda lock, _: lock.read_text())
    (tmp_path / "folder").mkdir()
    one = contextlib.nullcontext(str(tmp_path / "folder"))
    monkeypatch.setattr(bootstrap.tempfile, "TemporaryDirectory", lambda: one)
    with pytest.raises(bootstrap.BootstrapError):  # it is not uv that was put there
        bootstrap._install(python, "small.lock")
    assert (tmp_path / "folder/uv/kept-1.dist-info").exists()
    assert not (tmp_path / "theirs").exists()


def test_what_only_jupyterlab_uses_is_in_its_lock_alone():
    small, lab = (
        {name for name, _, _ in pins(f"requirements{kind}.lock")}
        for kind in ("", "-lab")
    )
    assert small.isdisjoint(bootstrap.UNUSED)
    assert lab >= {*bootstrap.UNUSED}


@pytest.mark.slow
def test_uv_changes_no_other_environment_than_the_one_named(tmp_path, monkeypatch):
    """The user's variables name another Python; it keeps what it has."""
    theirs, ours = tmp_path / "theirs", tmp_path / "ours"
    for place in (theirs, ours):
        venv.create(place)
    packages = next(theirs.glob("lib/*/site-packages")) / "kept-1.dist-info"
    packages.mkdir()
    (packages / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: kept\nVersion: 1\n"
    )
    (packages / "RECORD").write_text("kept-1.dist-info/METADATA,,\n")
    monkeypatch.setenv("UV_SYSTEM_PYTHON", "1")
    monkeypatch.setenv("UV_PYTHON", str(theirs / "bin/python"))
    monkeypatch.setenv("VIRTUAL_ENV", str(theirs))
    empty = tmp_path / "empty.lock"
    empty.touch()
    bootstrap._need(
        Path(sys.executable), "-m", "uv", "pip", "sync", "--quiet",
        "--allow-empty-requirements", "--python", str(ours / "bin/python"), str(empty),
    )  # fmt: skip
    assert (packages / "METADATA").exists()


def test_a_folder_that_cannot_be_written_is_said_in_one_line(
    tmp_path, monkeypatch, capsys
):
    def refuse(*_):
        raise PermissionError(13, "Permission denied", str(tmp_path / ".venv"))

    monkeypatch.setattr(bootstrap, "_environment", refuse)
    assert bootstrap.main(["reproduce"]) == 2
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 1
    assert f"{tmp_path}/.venv: the system refuses (Permission denied)" in said[0]


@pytest.mark.parametrize("name", ['enquête "finale".csv', "a$b `id` 'c'.csv", "$(id)"])
def test_make_hands_a_file_on_as_it_is_named(tmp_path, name):
    python = tmp_path / "python"
    python.write_text('#!/bin/sh\nfor word; do echo "$word"; done\n')
    python.chmod(0o755)
    done = subprocess.run(
        ["make", "-s", f"PYTHON={python}", "reproduce", f"SURVEY={name}"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    words = done.stdout.splitlines()
    assert words[words.index("--survey") + 1] == name
