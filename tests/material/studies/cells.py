"""Notebook 01 run cell by cell in this process, as the runner runs it."""

import ast

import nbformat
from conftest import ROOT

from ecrm_helpers.printed import speaking
from ecrm_helpers.shown.piece import Piece

BOOK = nbformat.read(ROOT / "notebooks/01_descriptives.ipynb", as_version=4)


def shown(data, study, edition="fr"):
    """Run the cells as the runner does; give the pieces by id."""
    pieces, without, names = {}, set(), {}

    def display(*made):
        for piece in made:
            assert piece.kind == "text" or piece.id not in pieces, piece.id
            pieces[piece.id] = piece
            without.update(piece.without)

    names["display"] = display
    with speaking(None):
        for cell in BOOK.cells:
            tags = set(cell.metadata.get("tags", []))
            if cell.cell_type == "code" and not without & tags:
                _run(cell, names, display)
            if "parameters" in tags:
                names |= {"data": str(data), "study_file": str(study)}
                names |= {"edition": edition}
    return pieces


def _run(cell, names, display):
    """Run a cell; what its last line gives is shown, as Jupyter does."""
    tree = ast.parse(cell.source)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, cell.id, "exec"), names)
    if last is not None:
        piece = eval(compile(ast.Expression(last.value), cell.id, "eval"), names)
        display(*([piece] if isinstance(piece, Piece) else []))
