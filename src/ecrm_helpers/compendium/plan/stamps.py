"""What is up to date: decided by content hashes, never by times.

A step is fresh when the hash of all it was made from is the one its stamp
recorded, and every file it made still has the content it had then. Only the
standard library is used, so that finding nothing to do takes no time.
"""

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ecrm_helpers.files import FileError, write_atomically


@contextmanager
def alone(folder: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Let one run at a time work in a folder; call `waiting` before waiting.

    SQLite's file lock is used for itself: it is in the standard library, the
    same on every platform, and gone with its process, however that ends.

    Raises
    ------
    FileError
        The folder cannot be written to.
    """
    place = folder / "lock"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = sqlite3.connect(place, isolation_level=None, timeout=0)
    except (OSError, sqlite3.Error) as error:
        raise FileError("file_unwritable", path=place, why=error) from None
    with closing(lock):
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise FileError("file_unwritable", path=place, why=error) from None
            waiting()
            lock.execute("PRAGMA busy_timeout = 3600000")
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.DatabaseError:
            # It holds nothing: one that is damaged is done without, and made anew.
            place.unlink(missing_ok=True)
            with alone(folder, waiting):
                yield
            return
        yield


def digest(path: Path) -> str:
    """Hash a file's content (SHA-256, hexadecimal)."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def digests(root: Path, paths: Iterable[Path]) -> dict[str, str]:
    """Hash files and the files of folders, each under its path from `root`.

    Raises
    ------
    FileError
        One of the paths gives no file: what has moved away would be left out
        of the hash, and everything that depends on it stay as it was.
    """
    files: set[Path] = set()
    for path in paths:
        inside = path.rglob("*") if path.is_dir() else [path]
        found = {p for p in inside if p.is_file() and "__pycache__" not in p.parts}
        if not found:
            raise FileError("made_from_nothing", path=path)
        files |= found
    return {_from(root, path): digest(path) for path in sorted(files)}


def _from(root: Path, path: Path) -> str:
    """Name a file from `root`; one that lies elsewhere by its whole path."""
    inside = path.is_relative_to(root)
    return (path.relative_to(root) if inside else path).as_posix()


def sweep(root: Path, folder: Path, places: Iterable[Path], fresh: Set[str]) -> None:
    """Leave nothing that looks made but what fresh steps made.

    Parameters
    ----------
    root : path
        What made files are named from.
    folder : path
        Of the records; those of other steps go too.
    places : iterable of path
        Folders, and files, in which all is made.
    fresh : set of str
        Names of the steps that are up to date.
    """
    stamps = [Stamp(folder, path.stem) for path in folder.glob("*.json")]
    names = {Stamp(folder, name)._path.stem for name in fresh}
    held = [stamp.made() for stamp in stamps if stamp.name in names]
    kept = {root / name for made in held for name in made}
    for stamp in (each for each in stamps if each.name not in names):
        stamp.clear(root, kept)
    for place in places:
        inside = [*place.rglob("*")] if place.is_dir() else [place]
        for path in {path for path in inside if not path.is_dir()} - kept:
            path.unlink(missing_ok=True)


def fingerprint(parts: Mapping[str, object]) -> str:
    """Hash what a step is made from: names, hashes, parameters."""
    text = json.dumps(parts, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Stamp:
    """The record of one finished step, kept as a file below `folder`."""

    folder: Path
    name: str

    @property
    def _path(self) -> Path:
        return self.folder / f"{self.name.replace('/', '.')}.json"

    def _kept(self) -> dict[str, Any]:
        try:
            kept = json.loads(self._path.read_text(encoding="utf-8"))
            whole = isinstance(kept["made"], dict) and isinstance(kept["from"], str)
            return {**kept, "seconds": float(kept["seconds"])} if whole else {}
        except (OSError, ValueError, TypeError, LookupError):
            return {}  # lost or damaged: the step is done again

    def fresh(self, root: Path, made_from: str, by: str = "from") -> bool:
        """Tell whether the step need not be done again, or what it rests on is so."""
        kept = self._kept()
        return bool(kept.get(by) == made_from) and all(
            (root / name).is_file() and digest(root / name) == content
            for name, content in kept["made"].items()
        )

    def made(self) -> list[str]:
        """List the files the step made when it was last done."""
        return list(self._kept().get("made", {}))

    def seconds(self) -> float:
        """Give the time the step took when it was last done."""
        return float(self._kept().get("seconds", 0))

    def clear(self, root: Path, kept: Set[Path] = frozenset()) -> None:
        """Remove the step's files, but what others made too, and then its record."""
        for path in {root / name for name in self.made()} - kept:
            if path.resolve().is_relative_to(root.resolve()):  # whoever wrote it
                path.resolve().unlink(missing_ok=True)
        self._path.unlink(missing_ok=True)

    def set(
        self,
        root: Path,
        made_from: str,
        made: Iterable[Path],
        seconds: float,
        rests_on: str = "",
    ) -> None:
        """Record the step as done, the time it took, and what its results rest on."""
        kept = {"from": made_from, "made": digests(root, made), "seconds": seconds}
        kept |= {"rests_on": rests_on} if rests_on else {}
        write_atomically(self._path, json.dumps(kept, indent=1).encode() + b"\n")
