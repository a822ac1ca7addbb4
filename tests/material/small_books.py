"""Small notebooks, for the tests of what runs them."""

import nbformat

PIECE = """
class Piece:
    def _repr_mimebundle_(self, include=None, exclude=None):
        kept = {"kind": "table", "id": "tab", "content": "a,b"}
        return {"text/plain": "tab"}, {"ecrm": kept}
"""


def book(path, *cells, parameters='edition = "fr"\nn = 1', produces=()):
    """Write a small notebook with a parameters cell and some code cells."""
    made = nbformat.v4.new_notebook()
    made.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    made.metadata["ecrm"] = {"produces": list(produces)}
    if parameters is not None:
        first = nbformat.v4.new_code_cell(parameters, metadata={"tags": ["parameters"]})
        made.cells.append(first)
    for place, source in enumerate(cells):
        made.cells.append(nbformat.v4.new_code_cell(source, id=f"cell-{place}"))
    nbformat.write(made, path)
    return path
