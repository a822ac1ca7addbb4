"""What git knows of a checkout; nothing where there is no git."""

import os
import subprocess
from pathlib import Path


def git(root: Path, *arguments: str) -> str:
    """Ask git; empty where there is no git or the folder is no checkout of its own."""
    # Of the variables, those of a hook would name another repository.
    own = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
    try:
        asked = subprocess.run(
            ["git", "-C", str(root), "-c", "log.showSignature=false", *arguments],
            env=own | {"GIT_CEILING_DIRECTORIES": str(root.parent)},
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError:
        return ""
    return asked.stdout.strip() if asked.returncode == 0 else ""


def commit_of(root: Path, path: Path) -> str:
    """Name the commit that a file is of; empty where it was changed since.

    Empty too where a clone is shallow and ends before that commit: git names
    the oldest commit it has for every file that is not younger.
    """
    if git(root, "status", "--porcelain", "--", str(path)):
        return ""
    commit, _, parents = git(
        root, "log", "-1", "--format=%H %P", "--", str(path)
    ).partition(" ")
    cut = not parents and git(root, "rev-parse", "--is-shallow-repository") == "true"
    # So many signs whatever the repository's size or its user's settings.
    return "" if cut else commit[:7]
