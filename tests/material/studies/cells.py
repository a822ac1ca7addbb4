"""A notebook run cell by cell in this process, as the runner runs it."""

import ast
import re

import nbformat
from conftest import BOOKS

from ecrm_helpers.compendium.run import plain
from ecrm_helpers.printed import speaking
from ecrm_helpers.shown.piece import Piece


def typed(cell, **given):
    """Change parameters in their cell as someone types them."""
    for name, value in given.items():
        line = re.compile(rf"^{name} = .*$", re.MULTILINE)
        assert line.search(cell.source), name
        cell.source = line.sub(lambda _, n=name, v=value: f"{n} = {v!r}", cell.source)


def shown(data, study, edition="fr", book=BOOKS[0]):
    """Run the cells of a notebook on answers; give the pieces by id."""
    return run_all(book, data=str(data), study_file=str(study), edition=edition)


def run_all(book, **given):
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
            if "parameters" in tags:
                typed(cell, **given)
            if cell.cell_type == "code" and not without & tags:
                _run(cell, names, display)
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
