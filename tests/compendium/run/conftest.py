"""Kernels of all these tests come from one process that has loaded the libraries."""

from pathlib import Path

import pytest

from ecrm_helpers.compendium.run import kernel

HERE = Path(__file__).parent


@pytest.hookimpl(trylast=True)  # when all marks are set
def pytest_collection_modifyitems(items):
    """Let what runs notebooks find the process open; the rest needs none."""
    for item in items:
        if item.path.parent == HERE and item.get_closest_marker("made"):
            item.fixturenames.insert(0, "kernels")


@pytest.fixture(scope="session")
def kernels():
    """Open the process once for each worker."""
    with kernel.forked():
        yield


@pytest.fixture
def afresh(monkeypatch):
    """Let kernels of this test start afresh, as where none can be forked."""
    monkeypatch.setattr(kernel, "_open", [])
