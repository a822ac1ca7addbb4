"""The same by hand: cells tagged ``plain``, held equal to our own result.

Such a cell computes a result again without this package and ends in a dict,
name → number or numbers; its metadata say what that is the same as
(``ecrm.same_as``). While it runs, its last line is wrapped: the kernel leaves
what the cell gave and what our result holds side by side, and the runner
compares the two. So nothing that a notebook writes can make them equal, and a
comparison that was not made is a failure.
"""

import ast
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from numbers import Real
from typing import Any

from nbformat import NotebookNode

from ecrm_helpers.printed import Edition, joined, say

TAG = "plain"
#: Says what is wrong with a plain cell, in an edition.
Faults = Callable[[NotebookNode, Edition], Iterator[str]]
#: How far two numbers may differ: relatively, or at all where one is zero.
RELATIVE, ABSOLUTE = 1e-9, 1e-12

#: What runs: `ours`, `theirs` and the lines before it are put in their places.
_WRAPPED = f"""
if ours is None or isinstance(ours, Exception):
    display(__import__({__name__!r}, fromlist=[""]).Left())
else:
    display(__import__({__name__!r}, fromlist=[""]).both(theirs, ours))
"""


def is_plain(cell: NotebookNode) -> bool:
    """Tell whether a cell does the same by hand."""
    return cell.cell_type == "code" and TAG in cell.metadata.get("tags", [])


def same_as(cell: NotebookNode) -> str:
    """Give the expression for the result that a plain cell is held equal to."""
    return str(cell.metadata.get("ecrm", {}).get("same_as", "")).strip()


def unfit(cell: NotebookNode, edition: Edition) -> Iterator[str]:
    """Say why a plain cell cannot be held against our result; nothing if it can.

    A cell that uses the names of our result could hold it against itself.
    """
    try:
        held = same_as(cell) or "None"
        ours, body = ast.parse(held, mode="eval"), ast.parse(cell.source).body
    except SyntaxError as error:
        yield say("plain_unreadable", edition, why=error)
        return
    if not same_as(cell):
        yield say("plain_same_as_nothing", edition)
    elif not body or not isinstance(body[-1], ast.Expr):
        yield say("plain_shows_nothing", edition)
    elif shared := sorted(_names(ours) & _names(*body)):
        yield say("plain_uses_ours", edition, names=", ".join(shared))


def _names(*trees: ast.AST) -> set[str]:
    every = (node for tree in trees for node in ast.walk(tree))
    return {node.id for node in every if isinstance(node, ast.Name)}


def wrapped(cell: NotebookNode) -> str:
    """Give what is run for a plain cell: its code, its last line wrapped.

    Where our result is an error there is nothing to compute by hand, and the
    cell's code is not run.
    """
    *before, last = ast.parse(cell.source).body
    assert isinstance(last, ast.Expr)  # `unfit` refuses anything else
    put = {"theirs": last.value, "ours": ast.parse(same_as(cell), mode="eval").body}

    class Places(ast.NodeTransformer):
        def visit_Name(self, node: ast.Name) -> ast.expr:
            return put.get(node.id, node)

    (branch,) = (Places().visit(part) for part in ast.parse(_WRAPPED).body)
    branch.orelse[:0] = before
    return ast.unparse(branch)


@dataclass(frozen=True)
class Left:
    """What a plain cell leaves: shown as it is, and held beside our result.

    `pairs` has for each name what the cell gave and what ours holds, None where
    that is no number or missing; nothing at all where there was none to compute.
    """

    shown: object = None
    pairs: object = "not run"

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> tuple[Mapping[str, str], Mapping[str, Any]]:
        from IPython.lib.pretty import pretty

        kept = {"kind": "same", "id": "same", "content": self.pairs}
        shown: str = pretty(self.shown)  # type: ignore[no-untyped-call]
        return {"text/plain": shown}, {"ecrm": kept}


def both(theirs: object, ours: object) -> Left:
    """Put what a plain cell gave beside what our result holds of the same names."""
    if not isinstance(theirs, dict):
        return Left(theirs, None)
    named = {str(name): value for name, value in theirs.items()}
    pairs = {
        name: [_numbers(x), _numbers(_of(ours, name))] for name, x in named.items()
    }
    return Left(theirs, pairs)


def _of(ours: Any, name: str) -> object:
    """Give what our result holds under a name; dots lead from part to part."""
    import pandas as pd

    for part in name.split("."):
        inside = isinstance(ours, pd.DataFrame | pd.Series | Mapping)
        ours = ours.get(part, Left) if inside else getattr(ours, part, Left)
    return ours


def _numbers(value: object) -> list[str] | None:
    """Write numbers in full, missing ones as ``nan``; None where others are among."""
    import numpy as np

    every = np.asarray(value, object).ravel()
    if not all(x is None or isinstance(x, Real) for x in every):
        return None
    return [repr(float("nan" if x is None else x)) for x in every]


def not_run(cell: NotebookNode) -> bool:
    """Tell whether a plain cell had nothing to compute, our result being an error."""
    return is_plain(cell) and _pairs(cell) == "not run"


def differing(cell: NotebookNode, edition: Edition) -> Iterator[str]:
    """Say of a plain cell that was run what it gave that is not our result."""
    pairs = _pairs(cell)
    if pairs == "not run":
        return
    given = [theirs for theirs, _ in pairs.values()] if isinstance(pairs, dict) else []
    if not any(n != "nan" for theirs in given for n in theirs or ()):
        yield say("plain_no_numbers", edition)
        return
    for name, (theirs, ours) in pairs.items():
        if not _equal(theirs, ours):
            both = {
                "theirs": _written(theirs, edition),
                "ours": _written(ours, edition),
            }
            yield say(
                "plain_differs", edition, name=name, same_as=same_as(cell), **both
            )


def _pairs(cell: NotebookNode) -> Any:
    kept = [output.get("metadata", {}).get("ecrm", {}) for output in cell.outputs]
    found = [piece["content"] for piece in kept if piece.get("kind") == "same"]
    return found[-1] if len(found) == 1 else None


def _equal(theirs: list[str] | None, ours: list[str] | None) -> bool:
    if theirs is None or ours is None or len(theirs) != len(ours):
        return False
    pairs = zip(map(float, theirs), map(float, ours), strict=True)
    return all(_same(a, b) for a, b in pairs)


def _same(a: float, b: float) -> bool:
    if math.isnan(a) or math.isnan(b):
        return math.isnan(a) and math.isnan(b)
    some = 0 if a and b else ABSOLUTE
    return math.isclose(a, b, rel_tol=RELATIVE, abs_tol=some)


def _written(numbers: list[str] | None, edition: Edition) -> str:
    if numbers is None:
        return say("plain_missing", edition)
    mark = "," if edition == "fr" else "."
    return joined([number.replace(".", mark) for number in numbers], edition)
