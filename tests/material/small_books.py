"""Small notebooks, for the tests of what runs them."""

import nbformat

PIECE = """
class Piece:
    def _repr_mimebundle_(self, include=None, exclude=None):
        kept = {"kind": "table", "id": "tab", "content": "a,b"}
        return {"text/plain": "tab"}, {"ecrm": kept}
"""


def by_hand(source, same_as="ours", **metadata):
    """Give a cell tagged plain; `same_as` may be empty."""
    held = {"ecrm": {"same_as": same_as}} if same_as else {}
    about = {"tags": ["plain"], **held, **metadata}
    return nbformat.v4.new_code_cell(source, metadata=about)


def book(path, *cells, parameters='edition = "fr"\nn = 1', produces=()):
    """Write a small notebook with a parameters cell and some code cells.

    A cell is its source, or a whole cell.
    """
    made = nbformat.v4.new_notebook()
    made.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    made.metadata["ecrm"] = {"produces": list(produces)}
    if parameters is not None:
        first = nbformat.v4.new_code_cell(parameters, metadata={"tags": ["parameters"]})
        made.cells.append(first)
    for place, source in enumerate(cells):
        cell = nbformat.v4.new_code_cell(source) if isinstance(source, str) else source
        cell.id = f"cell-{place}"
        made.cells.append(cell)
    nbformat.write(made, path)
    return path
