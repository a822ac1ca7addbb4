"""The coded interview, as it is and to be spoilt."""

import shutil

import pytest
from material.interview import EDITIONS, FOLDER

from ecrm_helpers.interview.tables import read_interview


@pytest.fixture
def folder(tmp_path):
    """Give a copy of the interview, to be spoilt."""
    return shutil.copytree(FOLDER, tmp_path / "interview")


@pytest.fixture(params=EDITIONS)
def ours(request):
    """Give the compendium's interview in each edition."""
    return read_interview(FOLDER, request.param)
