"""Shared by all tests: what is skipped, and the compendium's own material."""

import os
import shutil
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def pytest_runtest_setup(item):
    """Skip by name what needs a program that is missing; in CI that fails."""
    for mark in item.iter_markers("needs"):
        program, package = mark.args
        if shutil.which(program) is None:
            reason = f"{program} is missing (Debian: sudo apt install {package})"
            if os.environ.get("ECRM_FORBID_SKIPS"):
                pytest.fail(f"{reason}, and skips are forbidden here")
            pytest.skip(reason)


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def notebook(request):
    """Give each notebook in turn."""
    return nbformat.read(request.param, as_version=4)
