"""What is printed is read once: by verify, and by all functions of a notebook."""

import sys
from collections import Counter

import nbformat
import pytest
from conftest import NOTEBOOKS, ROOT

from ecrm_helpers.compendium.checks import verify as checks
from ecrm_helpers.study import Published, read_study

#: Files that a record is made from, of which no other reader has need.
DECLARED = ("study.yml", "values.csv", "reasons.csv", "errata.csv", "numerals.csv")

OPENED: Counter[str] | None = None


def _note(event, arguments):
    if event == "open" and OPENED is not None and isinstance(arguments[0], str):
        OPENED[arguments[0]] += 1


sys.addaudithook(_note)


@pytest.fixture
def opened(monkeypatch):
    """Count the openings of each file of the study, by whatever function."""
    monkeypatch.setattr(sys.modules[__name__], "OPENED", Counter())
    return lambda: {
        name: OPENED[str(path)]
        for name in DECLARED
        for path in (ROOT / name, ROOT / "data/published" / name)
        if path.exists()
    }


def test_one_verify_opens_each_file_once(opened, monkeypatch, tmp_path):
    # The search for traces of persons reads every file as text, whatever it is.
    monkeypatch.setattr(checks, "scan", lambda root, **_: [])
    monkeypatch.setattr(checks, "write_atomically", lambda path, content: None)
    checks.verify(ROOT, "fr")
    assert opened() == dict.fromkeys(DECLARED, 1)


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_functions_of_a_notebook_open_each_file_once(path, opened, monkeypatch):
    spoken = sys.modules["ecrm_helpers.printed.words"]
    monkeypatch.setattr(spoken, "_chosen", [])  # a notebook chooses its language
    names = {"display": lambda *pieces: None}
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code" and "answers" not in cell.metadata.get("tags", []):
            exec(compile(cell.source, path.name, "exec"), names)
    needed = ("study.yml", "values.csv", "reasons.csv")
    assert {name: n for name, n in opened().items() if n} == dict.fromkeys(needed, 1)


def test_without_a_publication_every_part_is_empty():
    nothing = Published(read_study(), None)
    parts = (nothing.values, nothing.reasons, nothing.errata, nothing.numerals)
    assert not any(parts)
