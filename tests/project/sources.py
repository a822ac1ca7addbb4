"""The package's own sources, parsed once for all tests that read them."""

import ast
from collections import defaultdict
from functools import cache

from conftest import ROOT

SOURCE = ROOT / "src/ecrm_helpers"


@cache
def trees():
    """Give the tree of every module by its path."""
    found = sorted(SOURCE.rglob("*.py"))
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in found}


@cache
def _by_kind():
    """Give every node with the path of its module, gone through once."""
    found = defaultdict(list)
    for path, tree in trees().items():
        for node in ast.walk(tree):
            found[type(node)].append((path, node))
    return found


def nodes(*kinds):
    """Give every node of some kinds with the path of its module."""
    return [pair for kind in kinds for pair in _by_kind()[kind]]
