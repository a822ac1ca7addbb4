"""The package's own sources, parsed once for all tests that read them."""

import ast
from functools import cache

from conftest import ROOT

SOURCE = ROOT / "src/ecrm_helpers"


@cache
def trees():
    """Give the tree of every module by its path."""
    found = sorted(SOURCE.rglob("*.py"))
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in found}


@cache
def nodes(kind):
    """Give every node of a kind with the path of its module."""
    return [
        (path, node)
        for path, tree in trees().items()
        for node in ast.walk(tree)
        if isinstance(node, kind)
    ]
