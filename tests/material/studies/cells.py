"""A notebook run cell by cell in this process, as the runner runs it."""

import ast

import nbformat
from conftest import BOOKS

from ecrm_helpers.compendium.run import plain
from ecrm_helpers.printed import speaking
from ecrm_helpers.shown.piece import Piece


def shown(data, study, edition="fr", book=BOOKS[0]):
    """Run the cells as the runner does; give the pieces by id.

    What is done by hand is held equal to ours.
    """
    pieces, without, names = {}, set(), {}

    def display(*made):
        for piece in made:
            if isinstance(piece, plain.Left):
                _require_same(piece)
                continue
            assert piece.kind == "text" or piece.id not in pieces, piece.id
            pieces[piece.id] = piece
            without.update(piece.without)

    names["display"] = display
    with speaking(None):
        for cell in nbformat.read(book, as_version=4).cells:
            tags = set(cell.metadata.get("tags", []))
            if cell.cell_type == "code" and not without & tags:
                _run(cell, names, display)
            if "parameters" in tags:
                names |= {"data": str(data), "study_file": str(study)}
                names |= {"edition": edition}
    return pieces


def _run(cell, names, display):
    """Run a cell; what its last line gives is shown, as Jupyter does."""
    tree = ast.parse(plain.wrapped(cell) if plain.is_plain(cell) else cell.source)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, cell.id, "exec"), names)
    if last is not None:
        made = eval(compile(ast.Expression(last.value), cell.id, "eval"), names)
        display(*([made] if isinstance(made, Piece) else []))


def _require_same(left):
    """Hold what was done by hand equal to ours."""
    if left.pairs != "not run":
        for name, (theirs, ours) in left.pairs.items():
            assert plain._equal(theirs, ours), (name, theirs, ours)
