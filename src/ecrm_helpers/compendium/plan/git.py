"""What git knows of a checkout; nothing where there is no git."""

import os
import subprocess
from pathlib import Path


def git(root: Path, *arguments: str) -> str:
    """Ask git; empty where there is no git or the folder is no checkout of its own."""
    try:
        asked = subprocess.run(
            ["git", "-C", str(root), *arguments],
            env=os.environ | {"GIT_CEILING_DIRECTORIES": str(root.parent)},
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError:
        return ""
    return asked.stdout.strip() if asked.returncode == 0 else ""


def commit_of(root: Path, path: Path) -> str:
    """Name the commit that a file is of; empty where it was changed since."""
    if git(root, "status", "--porcelain", "--", str(path)):
        return ""
    return git(root, "log", "-1", "--format=%h", "--", str(path))
