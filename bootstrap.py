"""Make the environment a verb needs, then run the verb in it.

Needs Python 3.11 and nothing else: only its standard library. ``make`` calls
it; without make, ``python3 bootstrap.py reproduce --edition en`` does the same.

Each environment is made once from its lock, with every package held to its
hashes, and made again only when the lock or Python has changed, or the folder
was copied or moved.
"""

import os
import sys

if __name__ == "__main__" and not sys.flags.isolated and os.name != "nt":
    # Nothing that the user's PYTHONPATH holds is imported below.
    os.execv(sys.executable, [sys.executable, "-I", *sys.argv])

import csv
import hashlib
import json
import platform
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent

#: Environment and lock of each verb; every other verb is the package's own.
TESTING = ("test", "lint", "prove", "docs", "lock")
ENVIRONMENTS = dict.fromkeys(TESTING, (".venv", "requirements-test.lock"))
ENVIRONMENTS["lab"] = (".venv-lab", "requirements-lab.lock")
REPRODUCE = (".venv", "requirements.lock")

#: A lock that holds all of another: its environment serves for both.
SUPERSETS = {"requirements.lock": "requirements-test.lock"}

#: What is demanded by packages in use but loaded by none of what is used of them:
#: regressions of pingouin's, completion of IPython's, a debugger. JupyterLab has all.
UNUSED = ("scikit-learn", "jedi", "debugpy")

#: Endings of what computes; certificates and settings are a machine's own affair.
CODE = (".py", ".so", ".pyd", ".dylib", ".dll")

#: Packages with tests of their own inside, which nothing here runs.
TESTED = ("matplotlib", "pandas", "scipy", "statsmodels", "xarray")

LOCKS = {
    "requirements.lock": "",
    "requirements-test.lock": "test",
    "requirements-lab.lock": "lab",
}

#: Checks of `lint`: all, or those named.
LINT = {
    "style": ("-m", "ruff", "check", "."),
    "format": ("-m", "ruff", "format", "--check", "."),
    "types": ("-m", "mypy"),
    "imports": (
        "-c",
        "from importlinter.cli import lint_imports_command as run; run()",
    ),
}


#: Variables that would lead a program to another Python, other packages or other
#: settings; of pip's and uv's, where packages come from is kept.
FOREIGN = re.compile(
    r"PYTHON|VIRTUAL_ENV$|CONDA|__PYVENV|PYPANDOC|GIT_|JUPYTER_P|IPYTHON|MPL|MATPLOTLIB"
    r"|(?:PIP|UV)_(?!INDEX|EXTRA_INDEX|DEFAULT_|FIND_LINKS|TRUSTED_HOST|INSECURE_HOST"
    r"|NO_INDEX|CERT|CLIENT_CERT|NATIVE_TLS|SYSTEM_CERTS|PROXY|CACHE_DIR|HTTP_|TIMEOUT"
    r"|RETRIES|OFFLINE|CONFIG_FILE|KEYRING|CONCURRENT)"
)
#: What is heard of a settings file of uv's: where packages come from.
SOURCES = re.compile(
    r"(?:extra-|default-)?index|no-index$|find-links$|allow-insecure-host$|native-tls$"
    r"|system-certs$|https?-proxy$|no-proxy$|offline$|cache-dir$|keyring-provider$"
)
#: JupyterLab's settings here: pages of text are read, and no news is asked for.
LAB_SETTINGS = {
    "@jupyterlab/docmanager-extension:plugin": {
        "defaultViewers": {"markdown": "Markdown Preview"}
    },
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false"},
}


#: What is said, in French and in English; the package's phrases are not there yet.
SAID = {
    "error": ("erreur\N{NO-BREAK SPACE}: {what}", "error: {what}"),
    "making": (
        "environnement {folder} en cours d'installation, d'après {lock} : environ "
        "0,7 Go (1 Go pour JupyterLab ou les tests), une à cinq minutes selon la "
        "connexion",
        "making {folder} from {lock}: about 0.7 GB (1 GB for JupyterLab "
        "or tests), one to five minutes, as your connection allows",
    ),
    "python": (
        "il faut Python 3.11 ou plus récent ; celui-ci est {found}. Pour en nommer un "
        "autre : make PYTHON=python3.12 …",
        "Python 3.11 or newer is needed; this is {found}. Name another one: "
        "make PYTHON=python3.12 …",
    ),
    "venv": (
        "ce Python ne peut pas faire d'environnement. Sous Debian et Ubuntu : "
        "sudo apt install python3-venv (ou {package})",
        "this Python cannot make environments. On Debian and Ubuntu: "
        "sudo apt install python3-venv (or {package})",
    ),
    "system": (
        "{file} : le système refuse ({why}). Le dossier et .venv doivent pouvoir être "
        "écrits, et le disque avoir de la place.",
        "{file}: the system refuses ({why}). The folder and .venv must be writable, "
        "and the disk not full.",
    ),
    "lint": (
        "lint n'a pas de contrôle {unknown} ; il a {known}",
        "lint has no check {unknown}; it has {known}",
    ),
    "pin": (
        "{lock} ne fixe pas {package} : lancez make lock",
        "{lock} does not pin {package}: run make lock",
    ),
    "wheelhouse": (
        "les paquets n'ont pu être installés ; les lignes ci-dessus disent pourquoi. "
        "wheelhouse/ a les paquets d'un seul système et d'une seule version de "
        "Python : ailleurs, retirez-le, et ils viendront d'un index de paquets.",
        "the packages could not be installed; the lines above say why. wheelhouse/ "
        "holds wheels of one platform and Python version: elsewhere, remove it, and "
        "they come from a package index.",
    ),
    "cut": (
        "{folder} : des fichiers de paquets sont coupés ({files}) ; le disque ou le "
        "cache de paquets est endommagé : supprimez le dossier et relancez.",
        "{folder}: files of packages are cut ({files}); the disk or the cache of "
        "packages is damaged: remove the folder, then run it again.",
    ),
    "index": (
        "les paquets n'ont pu être installés ; les lignes ci-dessus disent pourquoi. "
        "La première fois, il faut une connexion à un index de paquets, et 1 Go de "
        "place sur le disque.",
        "the packages could not be installed; the lines above say why. A connection "
        "to a package index, and 1 GB of room on the disk, are needed the first time.",
    ),
}


def in_french() -> bool:
    """Tell whether the shell's messages are in French."""
    named = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return next(filter(None, named), "").startswith("fr")


def say(key: str, **values: object) -> str:
    """Say one of the texts in the language of the shell's messages."""
    french, english = SAID[key]
    return (french if in_french() else english).format(**values)


class BootstrapError(Exception):
    """The environment cannot be made; the message says what to do."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(say(key, **values))


def main(arguments: list[str]) -> int:
    """Run one verb with its arguments and give its exit status."""
    verb, *rest = arguments or ["--help"]
    try:
        _require_python()
        if verb == "clean":
            return _clean()
        if verb == "lint":
            _require_checks(rest)
        python = _environment(*ENVIRONMENTS.get(verb, REPRODUCE))
        return _run(verb, rest, python)
    except BootstrapError as error:
        print(say("error", what=error), file=sys.stderr)
        return 2
    except OSError as error:
        what = say("system", file=error.filename or ROOT, why=error.strerror or error)
        print(say("error", what=what), file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def _run(verb: str, rest: list[str], python: Path) -> int:
    if verb == "test":
        return _call(python, "-m", "pytest", *_workers(rest), *rest)
    if verb == "lint":
        return max(_call(python, *LINT[name]) for name in rest or LINT)
    if verb == "lab":
        return _lab(python, rest)
    if verb == "docs":
        return docs(python, ROOT / "docs/api")
    if verb == "lock":
        return max(_lock(python, name, group) for name, group in LOCKS.items())
    return _call(python, "-m", "ecrm_helpers", verb, *rest)


def _workers(rest: list[str]) -> tuple[str, ...]:
    """Run all tests on all processors; those of a named file in one, at once."""
    if any(".py" in word for word in rest):
        return ()
    return "--numprocesses=auto", "--dist=loadfile", "--no-loadscope-reorder"


def _lab(python: Path, rest: list[str]) -> int:
    """Open JupyterLab at its first page; with ``--edition``, on copies in it."""
    folder, edition = "notebooks", "fr" if in_french() else "en"
    if rest[:1] == ["--edition"]:
        edition, rest = "".join(rest[1:2]), rest[2:]
        folder = f"work/{edition}"
        failed = _call(python, "-m", "ecrm_helpers", "notebooks", "--edition", edition)
        if failed:
            return failed
    start = "DEBUT.md" if edition == "fr" else "START.md"
    settings = python.parents[1] / "share/jupyter/lab/settings/overrides.json"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(json.dumps(LAB_SETTINGS), encoding="utf-8")
    _leave_outputs_out(python)
    hook = "ecrm_helpers.compendium.run.tidy.before_saving"
    # In its terminals, and after ! in a cell, `ecrm` is found.
    path = os.pathsep.join([str(python.parent), os.environ.get("PATH", os.defpath)])
    return _call(python, "-m", "jupyterlab", "--notebook-dir", str(ROOT),
                 f"--LabApp.default_url=/lab/tree/{folder}/{start}",
                 f"--ContentsManager.pre_save_hook={hook}", *rest,
                 PATH=path)  # fmt: skip


def _leave_outputs_out(python: Path) -> None:
    """Let this clone's git take notebooks in without outputs; see .gitattributes."""
    clean = f'"{python.as_posix()}" -m ecrm_helpers.compendium.run.tidy'
    if shutil.which("git"):
        command = ("git", "config", "filter.notebooks.clean", clean)
        subprocess.run(command, cwd=ROOT, check=False, capture_output=True)


def _call(python: Path, *arguments: str, **given: str) -> int:
    env = surroundings() | {"VIRTUAL_ENV": str(python.parents[1])} | given
    done = subprocess.run([python, *arguments], cwd=ROOT, env=env, check=False)
    return done.returncode


def surroundings() -> dict[str, str]:
    """Give every child's environment: the user's, but for what is `FOREIGN`.

    Of a locale for all the language stays, not its letters: Python before 3.13
    reads by them where packages lie, and ends where a folder has others.
    """
    kept = {k: v for k, v in os.environ.items() if not FOREIGN.match(k)}
    own = {"PYTHONUTF8": "1", "PYTHONSAFEPATH": "1", "PYTHONNOUSERSITE": "1"}
    language = kept.pop("LC_ALL", "")
    own |= {"LC_CTYPE": "C.UTF-8"} | ({"LC_MESSAGES": language} if language else {})
    return kept | own


def _require_python() -> None:
    if sys.version_info < (3, 11):
        raise BootstrapError("python", found=platform.python_version())
    try:
        import ensurepip  # noqa: F401
    except ImportError:
        package = f"python3.{sys.version_info.minor}-venv"
        raise BootstrapError("venv", package=package) from None


def _require_checks(names: list[str]) -> None:
    unknown = [name for name in names if name not in LINT]
    if unknown:
        known = ", ".join(LINT)
        raise BootstrapError("lint", unknown=", ".join(unknown), known=known)


def _environment(folder: str, lock: str) -> Path:
    """Give the Python of an environment that holds just what its lock says."""
    home = ROOT / folder
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if _serves(home, lock):
        return python
    with _alone(folder):
        if not _serves(home, lock):  # another run may have made it meanwhile
            _make(home, python, lock)
    return python


def _serves(home: Path, lock: str) -> bool:
    """Tell whether an environment is whole, made here, from this lock, and as made."""
    stamp = home / "made-from"
    locks = {lock, SUPERSETS.get(lock, lock)}
    there = [name for name in locks if (ROOT / name).exists()]
    wanted = {f"{_fingerprint(name)} {_installed(home)}" for name in there}
    return _made_here(home) and stamp.exists() and stamp.read_text() in wanted


_LIBRARIES = ("lib/python*", "Lib")
_PACKAGES = [f"{at}/site-packages/*.dist-info" for at in _LIBRARIES]


def _installed(home: Path) -> str:
    """Hash names and versions of the packages that an environment has."""
    found = sorted(path.name for at in _PACKAGES for path in home.glob(at))
    return hashlib.sha256("\n".join(found).encode()).hexdigest()


def _make(home: Path, python: Path, lock: str) -> None:
    """Fill an environment; make it first where it was not made whole here."""
    print(say("making", folder=home.name, lock=lock), file=sys.stderr)
    stamp = home / "made-from"
    if not (_made_here(home) and stamp.exists() and python.exists()):
        # A link leads to another folder's environment, which is not ours to change.
        home.unlink() if home.is_symlink() else shutil.rmtree(home, ignore_errors=True)
        _empty(home)
    # It is there and has pip: what was left without this is made anew.
    stamp.write_text("nothing yet")
    _install(python, lock)
    if _cut(home):  # as a damaged cache has them
        _install(python, lock, "--reinstall", "--no-cache")
    if cut := _cut(home):
        raise BootstrapError("cut", folder=home.name, files=", ".join(cut[:9]))
    stamp.write_text(f"{_fingerprint(lock)} {_installed(home)}")


def _cut(home: Path) -> list[str]:
    """Name files of code that are not as long as their packages' records say."""
    found = []
    for record in (r for at in _PACKAGES for r in home.glob(f"{at}/RECORD")):
        for name, _, size in csv.reader(record.read_text("utf-8").splitlines()):
            path = record.parents[1] / name
            code = size and path.suffix in CODE and "tests" not in path.parts
            if code and not (path.is_file() and path.stat().st_size == int(size)):
                found.append(name)
    return found


@contextmanager
def _alone(folder: str) -> Iterator[None]:
    """Let one run at a time make an environment; the lock goes with its process."""
    import sqlite3

    lock = sqlite3.connect(ROOT / f"{folder}.lock", isolation_level=None, timeout=3600)
    try:
        lock.execute("BEGIN EXCLUSIVE")
        yield
    except sqlite3.OperationalError as error:
        raise OSError(None, str(error), f"{folder}.lock") from None
    finally:
        lock.close()


def _empty(home: Path) -> None:
    """Make an environment that holds pip alone."""
    command = [sys.executable, "-m", "venv", str(home)]
    if subprocess.run(command, env=surroundings(), check=False).returncode:
        package = f"python3.{sys.version_info.minor}-venv"
        raise BootstrapError("venv", package=package)


def _fingerprint(lock: str) -> str:
    content = (ROOT / lock).read_bytes() + _package().read_bytes()
    return f"{platform.python_version()} {hashlib.sha256(content).hexdigest()}"


def _made_here(home: Path) -> bool:
    """Tell whether an environment was made in this place, by this Python.

    One that came along with a copied or moved folder still runs the package of
    the place that it was made in.
    """
    try:
        lines = (home / "pyvenv.cfg").read_text(encoding="utf-8").splitlines()
    except OSError:
        return False
    kept = dict(line.split(" = ", 1) for line in lines if " = " in line)
    here = kept.get("command", "").endswith(f" {home}")
    return here and kept.get("version") == platform.python_version()


def _install(python: Path, lock: str, *anew: str) -> None:
    """Install a lock by uv, which pip puts in a folder of its own, held to its hashes.

    Settings of pip and uv say where packages come from. One that names another
    target, from which uv would take what is not in the lock, is not heard. What
    makes pages needs no uv, and no package its own tests.
    """
    with tempfile.TemporaryDirectory() as folder:
        first, settings = Path(folder) / "uv.lock", Path(folder) / "uv.toml"
        first.write_text(entry := _entry(ROOT / lock, "uv"), encoding="utf-8")
        settings.write_text(_heard(_settings_of_uv()), encoding="utf-8")
        pip = ("-m", "pip", "--quiet", "--disable-pip-version-check")
        held = ("--require-hashes", "--no-deps", "-r", str(first))
        _need(python, *pip, "download", f"--dest={folder}", *_source(), *held)
        _need(python, *pip, "install", "--no-index", f"--find-links={folder}", *held,
              f"--target={folder}/uv", PIP_CONFIG_FILE=os.devnull)  # fmt: skip
        wanted = (ROOT / lock).read_text(encoding="utf-8")
        if lock == REPRODUCE[1]:
            wanted = wanted.replace(entry, "")
        (Path(folder) / lock).write_text(wanted, encoding="utf-8")
        uv = ("-m", "uv", "--quiet", "--config-file", str(settings), "pip")
        here, found = ("--python", str(python)), {"PYTHONPATH": f"{folder}/uv"}
        sync = ("sync", "--require-hashes", *here, *_source(), f"{folder}/{lock}")
        _need(python, *uv, *sync, *anew, **found)
        ours = str(_package()) if _package().suffix == ".whl" else "--editable=."
        whole = ("install", "--no-deps", "--reinstall", *here, *_source(), ours)
        _need(python, *uv, *whole, **found)
        _need(python, *uv, "uninstall", *here, "setuptools", **found)  # venv's own
    inside = (f"{at}/site-packages/{name}" for at in _LIBRARIES for name in TESTED)
    for place in (path for at in inside for path in python.parents[1].glob(at)):
        for tests in [*place.rglob("tests")]:
            shutil.rmtree(tests, ignore_errors=True)


def _package() -> Path:
    """Name what the package is made from: the wheel of a project, or its source."""
    return next(iter((ROOT / "vendor").glob("*.whl")), ROOT / "pyproject.toml")


def _settings_of_uv() -> dict[str, object]:
    """Read uv's settings where it does: a file that is named, or the usual two."""
    import tomllib

    home = os.environ.get("XDG_CONFIG_HOME") or os.path.expanduser("~/.config")
    users = os.environ.get("APPDATA", home) if os.name == "nt" else home
    usual = ["/etc/uv/uv.toml", f"{users}/uv/uv.toml"]
    named = os.environ.get("UV_CONFIG_FILE")
    found: dict[str, object] = {}
    for path in map(Path, [named] if named else usual):
        try:
            found |= tomllib.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            continue
        except ValueError as error:
            raise OSError(None, str(error), str(path)) from None
    return found


def _heard(settings: Mapping[str, object]) -> str:
    """Write what is heard of uv's settings: JSON's values are TOML's, tables apart."""

    def value(of: object) -> str:
        if isinstance(of, Mapping):
            return f"{{{', '.join(f'{k} = {value(v)}' for k, v in of.items())}}}"
        if isinstance(of, list):
            return f"[{', '.join(map(value, of))}]"
        return json.dumps(of, ensure_ascii=False)

    pip = settings.get("pip")
    tables = {"": settings, "[pip]": pip if isinstance(pip, Mapping) else {}}
    lines = []
    for head, table in tables.items():
        kept = {k: v for k, v in table.items() if SOURCES.match(k)}
        lines += [head, *(f"{k} = {value(v)}" for k, v in kept.items())]
    return "\n".join(lines) + "\n"


def _source() -> tuple[str, ...]:
    """Take packages from wheelhouse/ alone where there is one, else from an index."""
    house = ROOT / "wheelhouse"
    return ("--no-index", f"--find-links={house}") if house.is_dir() else ()


def _entry(lock: Path, package: str) -> str:
    """Cut one package with its hashes out of a lock."""
    text = lock.read_text(encoding="utf-8")
    found = re.search(rf"^{package}==(?:.*\\\n)*.*", text, re.MULTILINE)
    if found is None:
        raise BootstrapError("pin", lock=lock.name, package=package)
    return found.group() + "\n"


def _need(python: Path, *arguments: str, **given: str) -> None:
    if _call(python, *arguments, **given):
        raise BootstrapError("wheelhouse" if _source() else "index")


def _lock(python: Path, name: str, group: str) -> int:
    """Resolve a lock for all platforms; supersets keep the first one's pins."""
    superset = ("--group", group, "--constraints", "requirements.lock") if group else ()
    with tempfile.TemporaryDirectory() as folder:
        unused = Path(folder) / "unused.txt"
        unused.write_text("" if group == "lab" else "\n".join(UNUSED))
        return _call(
            python, "-m", "uv", "pip", "compile", "--quiet", "--universal",
            "--generate-hashes", "--python-version", "3.11",
            "--custom-compile-command", "make lock", f"--excludes={unused}",
            "pyproject.toml", *superset, "--output-file", name,
        )  # fmt: skip


def docs(python: Path, made: Path) -> int:
    """Make the API reference anew from the docstrings; a warning fails."""
    shutil.rmtree(made, ignore_errors=True)
    with tempfile.TemporaryDirectory() as folder:
        return _call(
            python, "-m", "sphinx", "--quiet", "--fail-on-warning", "--keep-going",
            "--conf-dir", "docs/reference", "--doctree-dir", f"{folder}/read",
            folder, str(made),
        )  # fmt: skip


def _clean() -> int:
    """Remove what a run makes; keep environments, data and notebooks."""
    for path in (ROOT / "output").glob("*"):
        if path.name != "README.md":
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
