"""Shared by all tests: what is skipped, and the compendium's own material."""

import os
import shutil
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import sync_playwright

from ecrm_helpers.cli import main

ROOT = Path(__file__).resolve().parents[1]
#: Of Chromium: no sandbox as root, and no business of its own with the network.
FLAGS = "no-sandbox disable-gpu disable-quic no-first-run disable-sync "
FLAGS += "disable-background-networking disable-component-update"
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def pytest_runtest_setup(item):
    """Skip by name what needs a program that is missing; in CI that fails."""
    for mark in item.iter_markers("needs"):
        program, package = mark.args
        if shutil.which(program) is None:
            missing_here(f"{program} is missing (Debian: sudo apt install {package})")


def missing_here(reason):
    """Skip with a reason; in CI that fails."""
    if os.environ.get("ECRM_FORBID_SKIPS"):
        pytest.fail(f"{reason}, and skips are forbidden here")
    pytest.skip(reason)


@pytest.fixture
def english(monkeypatch):
    """Let the shell speak English."""
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")


@pytest.fixture
def thesis():
    """Give the thesis's text: ECRM_THESIS, or ../shared beside the checkout."""
    beside = ROOT.parent / "shared/thesis/thesis.md"
    path = Path(os.environ.get("ECRM_THESIS", beside))
    if not path.exists():
        reason = f"the thesis's text is not at hand ({path}); set ECRM_THESIS"
        missing_here(reason)
    return path


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def notebook(request):
    """Give each notebook in turn."""
    return nbformat.read(request.param, as_version=4)


@pytest.fixture(scope="module")
def index():
    """Make both editions; give the place of an edition's index."""
    assert main(["reproduce", "--edition", "all"]) == 0
    return lambda edition: ROOT / "output" / edition / "index.html"


@pytest.fixture(scope="module")
def browser(index):
    """Start Debian's Chromium once for a file of tests, when the pages are made."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=[f"--{flag}" for flag in FLAGS.split()],
        )
        yield browser
        browser.close()
