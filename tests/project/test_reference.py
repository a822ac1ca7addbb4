"""The API reference: made without a warning, whole, and asking nothing of others."""

import ast
import importlib
import re
import sys
from pathlib import Path

import pytest
from conftest import ROOT

sys.path.insert(0, str(ROOT))
import bootstrap

PACKAGE = ROOT / "src/ecrm_helpers"
ROOMS = ("statistics", "answers", "ledger", "interview", "study", "printed")

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Make the reference; give the folder."""
    folder = tmp_path_factory.mktemp("docs") / "api"
    assert bootstrap.docs(Path(sys.executable), folder) == 0
    return folder


def faces(path):
    """Give the packages above a module, the widest first."""
    parts = path.parent.relative_to(PACKAGE.parent).parts
    return [
        importlib.import_module(".".join(parts[:n])) for n in range(1, len(parts) + 1)
    ]


def public():
    """List what the rooms offer: what a face names, or all that a module defines.

    A face that names what is public speaks for all below it.
    """
    kinds = (ast.FunctionDef, ast.ClassDef)
    for path in (path for room in ROOMS for path in (PACKAGE / room).rglob("*.py")):
        above = faces(path)
        face = next((face for face in above if hasattr(face, "__all__")), above[-1])
        if hasattr(face, "__all__"):
            yield from (f"{face.__name__}.{name}" for name in face.__all__)
        else:
            body = ast.parse(path.read_text(encoding="utf-8")).body
            names = [node.name for node in body if isinstance(node, kinds)]
            named = [name for name in names if not name.startswith("_")]
            yield from (f"{face.__name__}.{path.stem}.{name}" for name in named)


def test_each_public_name_is_there(made):
    text = "".join(page.read_text(encoding="utf-8") for page in made.glob("*.html"))
    shown = set(re.findall(r'id="(ecrm_helpers\.[\w.]+)"', text))
    assert len(set(public())) > 200
    assert sorted(set(public()) - shown) == []


OUTSIDE = re.compile(
    r"""(?:src=|url\(|@import|<link[^>]*href=)\s*["']?(?:https?:)?//""", re.IGNORECASE
)


def test_pages_ask_nothing_of_any_other_site(made):
    assert OUTSIDE.search('<link rel="x" href="https://fonts.example/a.css">')
    files = [
        path for path in made.rglob("*") if path.suffix in {".html", ".css", ".js"}
    ]
    asking = [str(path) for path in files if OUTSIDE.search(path.read_text())]
    assert asking == []


def test_formulas_are_mathml(made):
    page = (made / "ecrm_helpers.statistics.analysis.html").read_text(encoding="utf-8")
    assert page.count("<math") > 10
    assert "\\frac" not in page
