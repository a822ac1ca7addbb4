"""The shape of the house: what a person can hold in the head."""

import ast
import io
import tokenize
from collections import Counter

from conftest import ROOT
from project.sources import nodes, trees

FILES = [p for room in ("src", "tests") for p in sorted((ROOT / room).rglob("*.py"))]
PACKAGE = [path for path in FILES if path.is_relative_to(ROOT / "src")]
FUNCTION = (ast.FunctionDef, ast.AsyncFunctionDef)
#: What a new feature takes from here it first takes out elsewhere.
MOST_CODE = 24_962
QUIET = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT}
QUIET |= {tokenize.DEDENT, tokenize.ENDMARKER}


def long(node):
    """Count a function's lines, its docstring apart."""
    told = node.body[0] if ast.get_docstring(node) is not None else None
    lines = node.end_lineno - node.lineno + 1
    return lines - (told.end_lineno - told.lineno + 1 if told else 0)


def code(path):
    """Count the lines that hold code: not blank, no comment, no docstring."""
    read = io.StringIO(path.read_text(encoding="utf-8")).readline
    tokens = [t for t in tokenize.generate_tokens(read) if t.type not in QUIET]
    lines = {n for t in tokens for n in range(t.start[0], t.end[0] + 1)}
    for node in ast.walk(trees()[path]):
        if isinstance(node, (*FUNCTION, ast.ClassDef, ast.Module)):
            if ast.get_docstring(node) is not None:
                told = node.body[0]
                lines -= set(range(told.lineno, told.end_lineno + 1))
    return len(lines)


def test_no_folder_has_over_14_files():
    folders = Counter(path.parent.relative_to(ROOT) for path in FILES)
    assert [(str(folder), n) for folder, n in folders.items() if n > 14] == []


def test_no_file_of_the_package_has_over_300_lines():
    lines = {p.name: len(p.read_text(encoding="utf-8").splitlines()) for p in PACKAGE}
    assert [(name, n) for name, n in lines.items() if n > 300] == []


def test_no_function_has_over_60_lines():
    functions = {
        f"{path.name}: {node.name}": long(node) for path, node in nodes(*FUNCTION)
    }
    assert len(functions) > 500
    assert [(name, n) for name, n in functions.items() if n > 60] == []


def test_the_package_has_no_more_code_than_agreed():
    """The aim is 12,000 lines: docs/decisions.md says what stands between."""
    assert sum(map(code, PACKAGE)) <= MOST_CODE
