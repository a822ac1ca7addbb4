"""Every page of both editions and of each kind of answers, opened in a browser."""

import json
import shutil
import subprocess

import pytest
from conftest import NOTEBOOKS, ROOT, chromium
from pages.measured import FILES, measured


@pytest.fixture(scope="session")
def pages(output):
    """List every page of both editions."""
    found = sorted(output.glob("??/**/*.html"))
    names = {path.relative_to(output).as_posix() for path in found}
    parts = ["index", "reviewer-report", "html/errata", "html/dictionary"]
    parts += ["html/gallery", *(f"html/{book.stem}" for book in NOTEBOOKS)]
    assert {f"{e}/{part}.html" for e in ("fr", "en") for part in parts} <= names
    return found


@pytest.fixture(scope="session")
def npm(tmp_path_factory):
    """Install the programs of npm as locked, and give their folder; else nothing."""
    home = tmp_path_factory.mktemp("npm")
    for lock in (ROOT / "tests/material/npm").iterdir():
        shutil.copy(lock, home)
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    try:
        subprocess.run(command, cwd=home, capture_output=True, timeout=300, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    return home / "node_modules"


@pytest.fixture(scope="session")
def axe(npm):
    """Give the source of axe-core; nothing where none is had."""
    return npm and (npm / "axe-core/axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def seen(pages, axe):
    """Open every page once; give all that is measured on it."""
    with chromium() as browser:
        context = browser.new_context(bypass_csp=True)
        return {path: measured(context, path, axe) for path in pages}


@pytest.fixture(scope="session")
def seen_given(of_synthetic, of_own, axe):
    """Open every page of invented answers, and those made anew as an author's own.

    But for those that hold nothing of the answers. How wide it is hangs on the
    words, in both languages; what axe finds, on the markup and its colours.
    """
    found = sorted(of_synthetic.glob("??/**/*.html"))
    paths = [*(path for path in found if path.stem not in FILES), *of_own]
    with chromium() as browser:
        context = browser.new_context(bypass_csp=True)
        asked = {True: axe, False: None}
        return {
            path: measured(context, path, asked["fr" in path.parts], brief=True)
            for path in paths
        }


@pytest.fixture
def opened(seen, browser):
    """Open one page at a time, without its policy; note what it asks for."""
    contexts = []

    def open_page(path, **options):
        while contexts:
            contexts.pop().close()
        contexts.append(browser.new_context(bypass_csp=True, **options))
        page = contexts[-1].new_page()
        page.asked = []
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto(path.as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def of_own(of_synthetic, tmp_path_factory):
    """Make what tells of the data anew, as if the answers were an author's own."""
    from ecrm_helpers.compendium.plan.project import Project
    from ecrm_helpers.compendium.run.around import check_files, site_files
    from ecrm_helpers.compendium.site import report

    folder = tmp_path_factory.mktemp("own")
    shutil.copytree(of_synthetic.parent, folder, dirs_exist_ok=True)
    for path in (folder / "output/results").glob("*.json"):
        kept = json.loads(path.read_text(encoding="utf-8"))
        kept["origin"] = kept["origin"] and "own"
        path.write_text(json.dumps(kept), encoding="utf-8")
    project = Project(folder, ("fr", "en"), {}, read={"fr": ("120",), "en": ("120",)})
    run = json.loads((folder / "output/run.json").read_text(encoding="utf-8"))
    made = []
    for edition in project.editions:
        check_files(project, edition)
        made += (
            site_files(project, edition)[1:2] + report.write(project, run, edition)[:1]
        )
    return made
