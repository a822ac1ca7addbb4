"""Programs of others, started in surroundings of their own.

What lies in a user's home folder or environment (matplotlib's settings, start-up
files of IPython, a pandoc on the path, a locale) reaches no program that is
started here. It imports the standard library alone.
"""

import json
import os
import pickle
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any, TextIO

if os.name == "posix":
    import fcntl

#: What is taken over: where programs and libraries are, where there is room.
KEPT = (
    *("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "TMPDIR", "TEMP", "TMP"),
    *("SYSTEMROOT", "WINDIR", "COMSPEC", "PATHEXT", "PYTHONDONTWRITEBYTECODE"),
)

#: What is the same on every machine. One thread: sums do not hang on cores.
SET = {
    "LANG": "C.UTF-8",
    "LC_CTYPE": "C.UTF-8",
    "TZ": "UTC",
    "PYTHONHASHSEED": "0",
    "PYTHONUTF8": "1",
    "PYTHONNOUSERSITE": "1",
    "PYTHONSAFEPATH": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
}

_one_at_a_time = Lock()
_made: list[tempfile.TemporaryDirectory[str]] = []


def own_folder() -> Path:
    """Give an empty folder of this process, for what programs want in a home."""
    with _one_at_a_time:
        if not _made:
            _sweep(Path(tempfile.gettempdir()))
            _made.append(tempfile.TemporaryDirectory(prefix="ecrm-"))
            _hold(Path(_made[0].name))
        return Path(_made[0].name)


def _hold(folder: Path) -> None:
    """Lock a folder as long as this process, or one that it forked, is there."""
    if os.name == "posix":
        held = os.open(folder / "new", os.O_CREAT | os.O_WRONLY, 0o600)
        fcntl.flock(held, fcntl.LOCK_EX)
        (folder / "new").rename(folder / "held")  # never there without its lock


def _sweep(place: Path) -> None:
    """Remove this user's folders that killed processes left: nobody holds them."""
    for left in place.glob("ecrm-*/held") if os.name == "posix" else ():
        with suppress(OSError), left.open("rb") as held:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.fstat(held.fileno()).st_uid == os.getuid():
                shutil.rmtree(left.parent)


def surroundings(language: str = "en") -> dict[str, str]:
    """Give the environment of a program, the same for every user and machine.

    Parameters
    ----------
    language : {"fr", "en"}
        In which the package tells it what is wrong.

    Examples
    --------
    >>> found = surroundings()
    >>> found["TZ"], found["HOME"] == str(own_folder())
    ('UTC', True)
    """
    home, package = str(own_folder()), Path(__file__).resolve().parents[1]
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    # Installed as a wheel, the package is found beside the libraries.
    ours = {} if package.name == "site-packages" else {"PYTHONPATH": str(package)}
    spoken = {"LC_MESSAGES": "fr_FR.UTF-8"} if language == "fr" else {}
    homes = dict.fromkeys(("HOME", "USERPROFILE", "IPYTHONDIR"), home)
    return {**kept, **SET, **spoken, **homes, **_charts(home), **ours}


def _charts(home: str) -> dict[str, str]:
    """Name matplotlib's own settings, and a place where its list of fonts stays."""
    found = find_spec("matplotlib")
    if found is None or found.origin is None:
        return {}
    place = Path(sys.prefix) / "var/matplotlib"
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError:
        place = Path(home)
    settings = Path(found.origin).with_name("mpl-data") / "matplotlibrc"
    kept = place if os.access(place, os.W_OK) else home
    return {"MATPLOTLIBRC": str(settings), "MPLCONFIGDIR": str(kept)}


def pandoc_program() -> Path:
    """Name the locked pandoc: another may be on the path, older or newer."""
    found = find_spec("pypandoc")
    if found is None or found.origin is None:
        raise FileNotFoundError("pypandoc")
    name = "pandoc.exe" if os.name == "nt" else "pandoc"
    return Path(found.origin).with_name("files") / name


def pandoc(
    options: Sequence[str | Path],
    given: bytes = b"",
    *,
    folder: str | None = None,
    epoch: int = 0,
) -> subprocess.CompletedProcess[bytes]:
    """Run the locked pandoc, and nothing of the user's beside it.

    Parameters
    ----------
    options : sequence of str or path
        Of pandoc.
    given : bytes
        What it reads.
    folder : str, optional
        Where it runs.
    epoch : int
        The moment it takes for now, in seconds.

    Returns
    -------
    CompletedProcess
        Its status, what it wrote and what it says.

    Examples
    --------
    >>> pandoc(["--from=html", "--to=plain"], b"<p>one").stdout.split()
    [b'one']
    """
    words = [pandoc_program(), *options]
    # As bytes: a locale may not have the letters of a title.
    command = [str(word).encode("utf-8", "surrogateescape") for word in words]
    return subprocess.run(
        command if os.name != "nt" else [str(word) for word in words],
        input=given,
        cwd=folder,
        capture_output=True,
        check=False,
        env=surroundings() | {"SOURCE_DATE_EPOCH": str(epoch)},
    )


#: macOS's Accelerate does not survive a fork, Windows has none.
FORKS = sys.platform == "linux"


class Nursery:
    """A process that has loaded modules, and forks others when asked to."""

    def __init__(self, line: TextIO) -> None:
        self._line, self._alone = line, Lock()

    def ask(self, **what: Any) -> int | None:
        """Ask for a process, or by ``poll`` for the status of one that has ended.

        Raises
        ------
        RuntimeError
            The process that forks has ended.
        """
        said = ""
        with self._alone, suppress(OSError):
            self._line.write(json.dumps(what) + "\n")
            self._line.flush()
            said = self._line.readline()
        if not said:
            raise RuntimeError("the process that others are forked from has ended")
        answer: int | None = json.loads(said)
        return answer

    def run(
        self, arguments: Sequence[str], folder: Path, environment: Mapping[str, str]
    ) -> tuple[int, str]:
        """Run what ``python`` would with these arguments; give status and output."""
        with tempfile.TemporaryDirectory(dir=own_folder()) as place:
            said = Path(place) / "said"
            what = {"arguments": list(arguments), "environment": dict(environment)}
            pid = self.ask(**what, cwd=str(folder), said=str(said))
            while (status := self.ask(poll=pid)) is None:
                time.sleep(0.02)
            return status, said.read_text(encoding="utf-8", errors="replace")

    def call(self, function: Callable[..., Any], *given: Any) -> Any:
        """Call a function in a process of its own; give, or raise, what it does there.

        Raises
        ------
        RuntimeError
            The process ended before the function did.
        """
        with tempfile.TemporaryDirectory(dir=own_folder()) as place:
            told = Path(place) / "told"
            told.write_bytes(pickle.dumps((function, given)))
            asked = ["-c", f"from {__name__} import answer; answer({str(told)!r})"]
            status, said = self.run(asked, Path.cwd(), os.environ)
            if status:
                raise RuntimeError(f"{status} {said.strip().rpartition(chr(10))[2]}")
            sys.stderr.write(said)
            made, error = pickle.loads(told.read_bytes())
        if error is not None:
            raise error
        return made


def answer(place: str) -> None:
    """Call the function that a file names, and leave what it gave or raised there."""
    told = Path(place)
    tempfile.tempdir = str(told.parent)  # what is left there goes with it
    function, given = pickle.loads(told.read_bytes())
    made: tuple[Any, Exception | None]
    try:
        made = function(*given), None
    except Exception as error:
        made = None, error
    told.write_bytes(pickle.dumps(made))


@contextmanager
def nursery(modules: Sequence[str], later: Sequence[str] = ()) -> Iterator[Nursery]:
    """Give a nursery with these modules, and some later, in its own surroundings."""
    ours, theirs = socket.socketpair()
    program = str(Path(__file__).with_name("nursery.py"))
    command = [sys.executable, program, *modules, "--", *later]
    with (
        ours,
        subprocess.Popen(
            command, stdin=theirs.fileno(), cwd=own_folder(), env=surroundings()
        ) as process,
        ours.makefile("rw") as line,
    ):
        theirs.close()
        try:
            yield Nursery(line)
        finally:
            ours.shutdown(socket.SHUT_RDWR)
            process.wait()
