"""One archive that reproduces without any registry: sources, outputs, wheels.

What git tracks, what the run made and the wheels that the lock names for this
platform go into one archive, with a checksum for each file. The same files
give the same bytes: names are sorted, and dates, owners and modes settled.
"""

import gzip
import io
import json
import subprocess
import sys
import sysconfig
import tarfile
import tempfile
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path

from ecrm_helpers.compendium.plan.git import git
from ecrm_helpers.compendium.plan.stamps import digest
from ecrm_helpers.files import whole, write_atomically
from ecrm_helpers.printed import Failed, told
from ecrm_helpers.programs import own_folder

SUMS = "SHA256SUMS"

#: The lock whose wheels go along: it serves for `reproduce` and for `test`.
LOCK = "requirements-test.lock"


class DistError(Failed):
    """The archive cannot be packed; the message says why."""


def distribute(root: Path) -> Path:
    """Fetch the locked wheels and pack the archive into ``dist/``.

    Parameters
    ----------
    root : path
        The compendium's folder, a git checkout with its outputs made.

    Returns
    -------
    path
        The archive; its checksum is in ``dist/SHA256SUMS``.

    Raises
    ------
    DistError
        The folder is no git checkout, a tracked file is missing, or the
        wheels could not be had.
    """
    files = contents(root)
    platform = sysconfig.get_platform().replace(".", "_")
    python = f"py{sys.version_info.major}{sys.version_info.minor}"
    name = f"ecrm-compendium-{version('ecrm-helpers')}"
    archive = root / "dist" / f"{name}-{python}-{platform}.tar.gz"
    with tempfile.TemporaryDirectory(dir=own_folder()) as folder:
        for wheel in wheelhouse(root / LOCK, Path(folder)):
            files[f"wheelhouse/{wheel.name}"] = wheel
        pack(files, name, archive)
    sums = f"{digest(archive)}  {archive.name}\n"
    write_atomically(archive.parent / SUMS, sums.encode())
    return archive


def contents(root: Path) -> dict[str, Path]:
    """Name what is packed of a checkout: tracked files, and what its record lists.

    Raises
    ------
    DistError
        The folder is no git checkout, or a tracked file is missing from it.
    """
    names = [name for name in git(root, "ls-files", "-z").split("\0") if name]
    missing = [name for name in names if not (root / name).is_file()]
    if not names or missing:
        what = ", ".join(missing) or told("the_checkout")
        raise DistError("not_whole_checkout", root=root, missing=what)
    # Without the stamps of the steps, so that `reproduce` makes everything again.
    run = json.loads((root / "output/run.json").read_text(encoding="utf-8"))
    names += [*run["made"], "output/run.json", "output/ro-crate-metadata.json"]
    names += [
        f"output/{edition}/reviewer-report.{end}"
        for edition in run["editions"]
        for end in ("html", "pdf")
    ]
    return {name: root / name for name in sorted(set(names))}


def wheelhouse(lock: Path, folder: Path) -> list[Path]:
    """Fetch the wheels that a lock names for this platform, held to their hashes.

    Raises
    ------
    DistError
        pip could not get one of them.
    """
    done = subprocess.run(
        [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps",
         "--disable-pip-version-check", "--only-binary=:all:", "--require-hashes",
         "--requirement", str(lock), "--dest", str(folder)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise DistError("no_wheels", lock=lock.name, why=done.stderr)
    return sorted(folder.iterdir())


def pack(files: Mapping[str, Path], name: str, archive: Path) -> None:
    """Write an archive whose bytes depend on nothing but names and contents.

    Parameters
    ----------
    files : mapping of str to path
        Path in the archive, and the file to put there.
    name : str
        The one folder that the archive unpacks to.
    archive : path
        What to write (``.tar.gz``), whole or not at all.
    """
    sums = [f"{digest(path)}  {place}\n" for place, path in sorted(files.items())]
    with (
        whole(archive) as partial,
        partial.open("wb") as raw,
        # Wheels are compressed already: a higher level would only take time.
        gzip.GzipFile("", "wb", compresslevel=1, fileobj=raw, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w") as tar,
    ):
        _add(tar, f"{name}/{SUMS}", "".join(sums).encode(), runs=False)
        for place, path in sorted(files.items()):
            runs = bool(path.stat().st_mode & 0o100) and path.suffix != ".whl"
            _add(tar, f"{name}/{place}", path.read_bytes(), runs=runs)


def _add(tar: tarfile.TarFile, place: str, content: bytes, *, runs: bool) -> None:
    entry = tarfile.TarInfo(place)
    entry.size = len(content)
    entry.mode = 0o755 if runs else 0o644
    tar.addfile(entry, io.BytesIO(content))
