"""A message in any language; every error that reaches a reader is one."""

import ast
import inspect
import sys
from importlib import import_module
from pkgutil import walk_packages

import pytest
from project.sources import SOURCE, nodes

import ecrm_helpers
from ecrm_helpers.printed import EDITIONS, Told, Wrong, speak, told, words
from ecrm_helpers.printed.told import Telling

MODULE = sys.modules["ecrm_helpers.printed.words"]
#: What is raised without a phrase: what only a programmer can cause, and what
#: the lines around it catch. By rule, any TypeError; here, what else there is.
PLAIN = {
    "printed/words.py": {"ValueError"},  # phrases themselves, before there are any
    # Caught: what pdfium and pandoc say.
    "ledger/checked_text/documents/pdf.py": {"RuntimeError"},
    "ledger/checked_text/documents/__init__.py": {"RuntimeError"},
    "programs.py": {"RuntimeError", "FileNotFoundError"},  # lies below phrases
    "__main__.py": {"SystemExit"},
}
#: Says its text itself, since argparse takes no other: from a phrase all the same.
SAYING = {"ArgumentTypeError"}
#: Makes an error of pydantic's whose text is the key of a phrase.
MAKERS = {"fault": 0}


def telling():
    """Name every error that carries a message, and its classes' signatures."""
    for module in walk_packages(ecrm_helpers.__path__, "ecrm_helpers."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    found, todo = {}, [Telling]
    while todo:
        kind = todo.pop()
        found[kind.__name__] = kind
        todo += kind.__subclasses__()
    return found


def raised():
    """Give file, line and call of every raise with a call."""
    for path, node in nodes(ast.Raise):
        if isinstance(node.exc, ast.Call):
            yield path.relative_to(SOURCE).as_posix(), node.lineno, node.exc


def name_of(call):
    return ast.unparse(call.func).rpartition(".")[2]


def test_every_error_is_raised_with_a_phrase():
    kinds, wrong = telling(), []
    for file, line, call in raised():
        name = name_of(call)
        if name in {"TypeError", *PLAIN.get(file, ())} or name in SAYING:
            continue
        keyed = name in MAKERS or name in kinds
        if keyed and (
            name in MAKERS or "key" in inspect.signature(kinds[name]).parameters
        ):
            key = call.args[0]
            keyed = isinstance(key, ast.Name | ast.Subscript | ast.Attribute) or (
                isinstance(key, ast.Constant) and key.value in words()
            )
        if not keyed:
            wrong.append((file, line, name))
    assert not wrong, wrong


def test_what_argparse_is_told_comes_from_a_phrase():
    for file, line, call in raised():
        if name_of(call) in SAYING:
            (text,) = call.args
            said = isinstance(text, ast.Name) or name_of(text) == "say"
            assert said, (file, line)


def test_the_walk_sees_a_sentence_in_english():
    source = "def f():\n    raise ValueError('the file is missing')"
    (node,) = (n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Raise))
    assert name_of(node.exc) not in telling()


def test_the_exceptions_to_the_rule_are_still_there():
    found = {(file, name_of(call)) for file, _, call in raised()}
    assert {(f, name) for f, names in PLAIN.items() for name in names} <= found


def test_a_message_says_what_is_listed_below_and_what_fills_it():
    inner = told("nobody_answered", question="q1")
    whole = told("refused_for", inner, label="L", why=inner)
    assert whole.said("en") == (
        "L: cannot be computed, cannot count q1: no answer.\n"
        "  cannot count q1: no answer"
    )
    assert whole.said("fr").splitlines()[1] == "  personne n'a répondu à q1"


def test_what_would_steer_a_terminal_is_shown_as_its_code():
    said = told("nobody_answered", question="\x1b[2Jq\u202e1").said("en")
    assert said == r"cannot count \x1b[2Jq\u202e1: no answer"


@pytest.mark.parametrize("edition", EDITIONS)
def test_an_error_speaks_the_chosen_language(edition, monkeypatch):
    monkeypatch.setattr(MODULE, "_chosen", [])
    speak(edition)
    error = Wrong("nobody_answered", question="q1")
    assert str(error) == error.said(edition) == Told(*error.told).said(edition)
    assert str(error) in repr(error)


def test_an_error_speaks_the_language_of_the_shell(monkeypatch):
    monkeypatch.setattr(MODULE, "_chosen", [])
    error = Wrong("nobody_answered", question="q1")
    assert str(error) == "cannot count q1: no answer"
    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")
    assert str(error) == "personne n'a répondu à q1"


def test_phrases_lie_where_they_are_looked_for():
    folder = SOURCE / "printed/phrases"
    assert {path.suffix for path in folder.iterdir()} == {".yml"}
    assert len(list(folder.iterdir())) <= 14
