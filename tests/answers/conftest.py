"""Answers typed as the door types them."""

import pandas as pd
import pytest
from conftest import ROOT
from material.synthetic import FRAME, STUDY

RECONSTRUCTED = pd.read_csv(ROOT / "data/reconstructed/survey.csv", index_col="id")


@pytest.fixture
def partial():
    """Give reconstructed answers as the door types them: 7 columns of 25."""
    typed = {
        name: FRAME[name].dtype if STUDY.columns[name].closed else "Int64"
        for name in RECONSTRUCTED
    }
    return RECONSTRUCTED.astype(typed)
