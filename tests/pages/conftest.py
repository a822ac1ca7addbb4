"""Every page of both editions and of each kind of answers, opened in a browser."""

import json
import shutil
import subprocess

import pytest
from conftest import NOTEBOOKS, ROOT, missing_here

from ecrm_helpers.cli import main


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
    """Install the programs of npm as locked; give the folder that they lie in."""
    home = tmp_path_factory.mktemp("npm")
    for lock in (ROOT / "tests/material/npm").iterdir():
        shutil.copy(lock, home)
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    done = subprocess.run(command, cwd=home, capture_output=True, timeout=300)
    if done.returncode:
        missing_here(f"npm's programs cannot be fetched: {done.stderr.decode()[-300:]}")
    return home / "node_modules"


@pytest.fixture
def opened(browser):
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


#: What pages are made from.
MADE_FROM = ("notebooks", "data", "study.yml", "requirements.lock", "CITATION.cff")


@pytest.fixture(scope="session")
def of_synthetic(tmp_path_factory):
    """Make all pages of both editions from the invented answers."""
    folder = tmp_path_factory.mktemp("synthetic")
    for name in MADE_FROM:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, folder / name)
    file = str(folder / "data/synthetic/export.csv")
    given = ["--survey", file, "--accept", "earlier_version", "--accept", "double"]
    assert (
        main(["reproduce", "--edition", "all", "--project", str(folder), *given]) == 0
    )
    return folder / "output"


@pytest.fixture(scope="session")
def of_own(of_synthetic, tmp_path_factory):
    """Make what tells of the data anew, as if the answers were an author's own."""
    from ecrm_helpers.compendium.plan.project import Project
    from ecrm_helpers.compendium.run.around import site_files
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
        made += (
            site_files(project, edition)[1:2] + report.write(project, run, edition)[:1]
        )
    return made
