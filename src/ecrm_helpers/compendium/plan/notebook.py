"""What a notebook file declares: its parameters, what it reads and produces.

Read from the file alone, with the standard library: planning a run must not
wait for papermill to load.
"""

import ast
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from ecrm_helpers.printed import Failed, told


class NotebookError(Failed):
    """A notebook cannot be run, or did not do what it declares."""


def parameters(path: Path) -> set[str]:
    """Name the parameters a notebook declares.

    Parameters
    ----------
    path : path
        The notebook.

    Returns
    -------
    set of str
        The names its parameters cell assigns.

    Raises
    ------
    NotebookError
        The file is no notebook, or it has not exactly one cell tagged
        ``parameters`` (papermill would only warn), or that cell does more
        than assign.
    """
    cells = [
        cell
        for cell in _read(path).get("cells", [])
        if "parameters" in cell.get("metadata", {}).get("tags", [])
    ]
    if len(cells) != 1:
        k = len(cells)
        raise NotebookError("parameters_cell_count", notebook=path.name, k=k)
    try:
        statements = ast.parse("".join(cells[0]["source"])).body
    except SyntaxError as error:
        named = {"notebook": path.name, "why": error}
        raise NotebookError("parameters_cell_fault", **named) from None
    if not all(isinstance(statement, ast.Assign) for statement in statements):
        raise NotebookError("parameters_cell_only_assigns", notebook=path.name)
    return {
        node.id
        for statement in statements
        for node in ast.walk(statement)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }


def declared(path: Path, what: str) -> list[str]:
    """List what a notebook declares it ``reads``, ``produces`` or ``decides``."""
    return list(_declared(path).get(what, []))


def named(path: Path, what: str) -> dict[str, str]:
    """Give what a notebook declares by name: its page, ``short``; tables, ``shows``."""
    return dict(_declared(path).get(what, {}))


def pieces(cells: Iterable[Any]) -> Iterator[dict[str, Any]]:
    """Give what executed cells left: cell, kind, id, content."""
    for cell in cells:
        for output in cell.get("outputs", []):
            piece = output.get("metadata", {}).get("ecrm")
            if piece:
                yield {"cell": cell.get("id", ""), **piece}


def besides_prose(path: Path) -> dict[str, Any]:
    """Give all of a notebook that its results hang on: what prose says is left out.

    Prose that no id tells apart stays.

    Examples
    --------
    >>> from tempfile import NamedTemporaryFile
    >>> cell = {"id": "aim", "cell_type": "markdown", "source": "# One word"}
    >>> with NamedTemporaryFile("w", suffix=".ipynb") as file:
    ...     _ = file.write(json.dumps({"cells": [cell]})), file.flush()
    ...     besides_prose(Path(file.name))["cells"][0]["source"]
    ''
    """
    book = _read(path)
    times = Counter(cell.get("id") for cell in book.get("cells", []))
    for cell in book.get("cells", []):
        if cell.get("cell_type") == "markdown" and times[cell.get("id")] == 1:
            cell["source"] = "" if cell.get("id") else cell["source"]
    return book


def _declared(path: Path) -> dict[str, Any]:
    return dict(_read(path).get("metadata", {}).get("ecrm", {}))


def _read(path: Path) -> dict[str, Any]:
    try:
        book = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise NotebookError("notebook_unreadable", path=path, why=error) from None
    if not isinstance(book, dict):
        why = told("notebook_no_object")
        raise NotebookError("notebook_unreadable", path=path, why=why)
    return book
