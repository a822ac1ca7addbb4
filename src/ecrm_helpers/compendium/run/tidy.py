"""Notebooks as they are committed: as JupyterLab saves them, without outputs.

JupyterLab writes into a notebook which Python it ran with. A notebook would
change by being opened; so one Python stands for all.
"""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ecrm_helpers.files import content, write_atomically
from ecrm_helpers.printed import Wrong

#: What JupyterLab writes of the kernel, and of its language.
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python"}
LANGUAGE = {
    "codemirror_mode": {"name": "ipython", "version": 3},
    "file_extension": ".py",
    "mimetype": "text/x-python",
    "name": "python",
    "nbconvert_exporter": "python",
    "pygments_lexer": "ipython3",
    "version": "3.11.7",
}


def settle(book: dict[str, Any]) -> None:
    """Let a notebook name one kernel and one Python, whatever it ran with."""
    kernel = {**KERNEL, "name": "python3"}
    book["metadata"] |= {"kernelspec": kernel, "language_info": LANGUAGE}


def before_saving(model: dict[str, Any], **_: Any) -> None:
    """Settle a notebook that JupyterLab is about to save; it keeps its outputs.

    `make lab` names it as the server's ``pre_save_hook``.
    """
    if model["type"] == "notebook" and model.get("content"):
        settle(model["content"])


def tidied(raw: bytes) -> bytes:
    """Write a notebook as it is committed.

    Examples
    --------
    >>> cell = {"cell_type": "code", "outputs": [{}], "execution_count": 2}
    >>> book = {"cells": [cell], "metadata": {}}
    >>> json.loads(tidied(json.dumps(book).encode()))["cells"][0]["outputs"]
    []
    """
    book = json.loads(raw)
    settle(book)
    for cell in book["cells"]:
        if cell["cell_type"] == "code":
            cell |= {"execution_count": None, "outputs": []}
            for left in ("execution", "ExecuteTime", "collapsed", "scrolled"):
                cell.get("metadata", {}).pop(left, None)
    return (
        json.dumps(book, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    ).encode()


def tidy(notebooks: Sequence[Path]) -> list[str]:
    """Write notebooks as they are committed; name those that were otherwise.

    Raises
    ------
    Wrong
        One of them is no notebook; then nothing is written.
    """
    other: dict[Path, bytes] = {}
    for path in notebooks:
        raw = content(path)
        try:
            written = tidied(raw)
        except (ValueError, LookupError, TypeError) as error:
            raise Wrong("copies_unreadable", path=path, why=error) from None
        if written != raw:
            other[path] = written
    for path, written in other.items():
        write_atomically(path, written)
    return [path.name for path in other]


if __name__ == "__main__":  # git's filter, which `make lab` sets
    sys.stdout.buffer.write(tidied(sys.stdin.buffer.read()))
