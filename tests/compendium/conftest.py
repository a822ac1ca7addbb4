"""A compendium of three small notebooks."""

import shutil
from hashlib import sha256

import nbformat
import pytest
from conftest import ROOT
from material.small_books import PIECE, book
from material.small_runs import run

from ecrm_helpers.compendium.plan.project import Project
from ecrm_helpers.compendium.render import docx, pdf


@pytest.fixture
def project(tmp_path):
    """Write a compendium of three small notebooks; the second reads data/."""
    return written(tmp_path)


@pytest.fixture
def papers(monkeypatch):
    """Let what hangs on a paper's content, and nothing else, stand for its PDF.

    And for its Word file: what they look like is tested where they are rendered,
    and that they are the same bytes again on the real pages.
    """

    def stands(*given, **facts):
        return sha256(repr((given, facts)).encode()).hexdigest().encode()

    for room in (docx, pdf):
        monkeypatch.setattr(room, "from_paper", stands)


@pytest.fixture
def whole(once, tmp_path, papers):
    """Give a copy of the same when all of its pages are made."""

    def make(place):
        assert run(written(place)) is True

    made = once("small", make)
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return Project(tmp_path, ("fr",), {})


def written(tmp_path):
    shutil.copy(ROOT / "study.yml", tmp_path)
    shutil.copy(ROOT / "requirements.lock", tmp_path)
    (tmp_path / "data").mkdir()
    (tmp_path / "data/answers.csv").write_text("id\n1\n")
    (tmp_path / "notebooks").mkdir()
    for name in ("01_a", "02_b", "03_c"):
        path = tmp_path / f"notebooks/{name}.ipynb"
        book(path, PIECE.replace('"tab"', f'"{name[3:]}"'), "Piece()", "n + 1")
        made = nbformat.read(path, as_version=4)
        title = nbformat.v4.new_markdown_cell(f"# {name}", id="title")
        made.cells.insert(0, title)
        made.metadata["ecrm"]["reads"] = ["data"] if name == "02_b" else []
        nbformat.write(made, path)
    return Project(tmp_path, ("fr",), {})
