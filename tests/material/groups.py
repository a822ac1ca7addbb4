"""Scores in groups: the survey's, plants that R is shipped with, and small ones drawn.

The survey's are one pair of histograms that fits the printed descriptives.
R's print-outs stand in ``oracles/``.
"""

import numpy as np
import pandas as pd
import pytest
from conftest import often
from hypothesis import settings
from hypothesis import strategies as st
from oracles import print_out

from ecrm_helpers.statistics import analysis


def together(first, second):
    """Put two columns of the same respondents into one frame, and name them."""
    return pd.DataFrame({"first": first, "second": second}), "first", "second"


R = print_out("groups")

PLANTS = [(k.split(".")[1], v) for k, v in R.items() if k.startswith("plant.")]

DATA = {
    "": together(
        np.repeat([1, 2, 3, 4, 1, 2, 3, 4, 5], [1, 5, 4, 2, 1, 11, 20, 20, 9]),
        np.repeat(["no", "yes"], [12, 61]),
    ),
    "plants.": together(*list(zip(*PLANTS, strict=True))[::-1]),
}

SURVEY = DATA[""]

both = pytest.mark.parametrize("data", DATA, ids=["survey", "plants"])

steadily = settings(derandomize=True, deadline=None, max_examples=often(30))

few = st.lists(st.integers(1, 5), min_size=2, max_size=5)


def as_r(value):
    return pytest.approx(value, rel=1e-10)


def groups_of(*answers):
    """Give scores and groups; the first list is group ``a``, and so on."""
    names = np.repeat(list("abcdefg")[: len(answers)], [len(part) for part in answers])
    return together([score for part in answers for score in part], names)


def varied(*answers):
    return all(len(set(part)) > 1 for part in answers)


def every_estimate(*data):
    return (
        analysis.anova(*data).eta_squared.high,
        analysis.welch(*data).p,
        analysis.levene(*data, center="mean").p,
        analysis.levene(*data, center="median").f,
        analysis.mann_whitney(*data).p_exact,
        analysis.kruskal(*data).h,
        analysis.cohen_d(*data).low,
    )


TESTS = {
    "descriptives": analysis.descriptives,
    "anova": analysis.anova,
    "welch": analysis.welch,
    "levene": lambda *data: analysis.levene(*data, center="mean"),
    "mann_whitney": analysis.mann_whitney,
    "kruskal": analysis.kruskal,
    "cohen_d": analysis.cohen_d,
}
