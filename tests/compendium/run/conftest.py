"""Kernels that start as where none can be forked."""

import pytest

from ecrm_helpers.compendium.run import kernel


@pytest.fixture
def afresh(monkeypatch):
    """Let kernels of this test start afresh."""
    monkeypatch.setattr(kernel, "_open", [])
