"""What was made from what: the record of a run."""

import platform
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from ecrm_helpers.compendium.stamps import digest, digests

_LIBRARIES = ("numpy", "pandas", "scipy", "pingouin", "papermill", "nbconvert", "typst")


def record(
    root: Path,
    made: Iterable[Path],
    editions: Sequence[str],
    parameters: Mapping[str, object],
    seconds: float,
) -> dict[str, Any]:
    """Describe a finished run.

    Parameters
    ----------
    root : path
        The compendium's folder.
    made : iterable of path
        Every file that was made.
    editions : sequence of str
        The editions made.
    parameters : mapping
        Parameters given to the notebooks.
    seconds : float
        Time the run took.

    Returns
    -------
    dict
        Ready for JSON: commit and whether the checkout differs from it, lock,
        versions, hashes of data and of outputs, parameters, time.
    """
    return {
        "commit": _git(root, "rev-parse", "HEAD") or None,
        "changed_since_commit": bool(_git(root, "status", "--porcelain")),
        "lock": digest(root / "requirements.lock"),
        "python": platform.python_version(),
        "platform": platform.system(),
        "libraries": {name: version(name) for name in _LIBRARIES},
        "editions": list(editions),
        "parameters": dict(parameters),
        "seconds": round(seconds, 1),
        "data": digests(root, [root / "data"]),
        "made": digests(root, set(made)),
    }


def _git(root: Path, *arguments: str) -> str:
    """Ask git; empty where there is no git or no checkout."""
    try:
        asked = subprocess.run(
            ["git", "-C", str(root), *arguments],
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError:
        return ""
    return asked.stdout.strip() if asked.returncode == 0 else ""
