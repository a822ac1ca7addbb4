"""The parameters of a run, on its page: those in force, and where they were given."""

import re
from copy import deepcopy

from nbformat import NotebookNode, v4

from ecrm_helpers.printed import Edition, joined, say

_ASSIGNED = re.compile(r"^(\w+) = (.*)$", re.MULTILINE)


def in_force(book: NotebookNode, edition: Edition) -> NotebookNode:
    """Show the values that a notebook ran with in place of those it declares.

    Parameters
    ----------
    book : NotebookNode
        An executed notebook; it stays as it is.

    Returns
    -------
    NotebookNode
        Without the cell that papermill put in; where a value is not the
        declared one, the language apart, a line says so.
    """
    book = deepcopy(book)
    declared = _tagged(book, "parameters")
    injected = _tagged(book, "injected-parameters")
    if declared is None or injected is None:
        return book
    was = dict(_ASSIGNED.findall(declared.source))
    now = was | dict(_ASSIGNED.findall(injected.source))
    declared.source = _ASSIGNED.sub(lambda m: f"{m[1]} = {now[m[1]]}", declared.source)
    book.cells.remove(injected)
    differing = [
        say("given_one", edition, name=name, now=now[name], was=was[name])
        for name in was
        if now[name] != was[name] and name != "edition"
    ]
    if differing:
        said = say("given", edition, listed=joined(differing, edition))
        note = v4.new_markdown_cell(said, id="parameters-given")
        book.cells.insert(book.cells.index(declared) + 1, note)
    return book


def _tagged(book: NotebookNode, tag: str) -> NotebookNode | None:
    cells = (cell for cell in book.cells if tag in cell.metadata.get("tags", []))
    return next(cells, None)
