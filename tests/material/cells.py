"""A notebook's cells run here, as the runner runs them in a kernel: by their tags."""

import ast

import nbformat

from ecrm_helpers.compendium.run import plain


def shown(book, **given):
    """Run a notebook's code cells with these parameters; give all its pieces.

    A cell that does the same by hand is run too, and held against ours.
    """
    pieces, without, names = [], set(), {}
    names["display"] = lambda *shown: pieces.extend(shown)
    for cell in nbformat.read(book, as_version=4).cells:
        tags = set(cell.metadata.get("tags", []))
        if cell.cell_type != "code" or tags & without:
            continue
        before = len(pieces)
        _run(plain.wrapped(cell) if "plain" in tags else cell.source, names)
        if "parameters" in tags:
            names |= given
        if "plain" in tags:
            _require_same(pieces.pop(), cell.id)
        for piece in pieces[before:]:
            without |= set(getattr(piece, "without", ()))
    return pieces


def _run(source, names):
    """Run a cell; what its last line gives is shown."""
    tree = ast.parse(source)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), names)
    if last is None:
        return
    value = eval(compile(ast.Expression(last.value), "cell", "eval"), names)
    if value is not None:
        names["display"](value)


def _require_same(left, cell):
    assert isinstance(left, plain.Left), cell
    if left.pairs != "not run":
        for name, (theirs, ours) in left.pairs.items():
            assert plain._equal(theirs, ours), (cell, name, theirs, ours)
