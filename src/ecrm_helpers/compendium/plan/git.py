"""What git knows of a checkout; nothing where there is no git."""

import hashlib
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


def blob_of(path: Path) -> str:
    """Name a file's content as git does, here or where there is no git.

    ``git show`` prints what has the name. A copy without its history, or with
    another system's line ends, has the same.
    """
    content = path.read_bytes().replace(b"\r\n", b"\n")
    named = b"blob %d\0" % len(content) + content
    return hashlib.sha1(named, usedforsecurity=False).hexdigest()[:10]
