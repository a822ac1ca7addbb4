"""Themes on the same words, codes new in an interview: counted again by brute force."""

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from ecrm_helpers.interview.between import new_codes, overlaps
from ecrm_helpers.interview.exchange.carried import Carried, Code, Quotation
from ecrm_helpers.interview.exchange.tabled import tables

TEXTS = {"a": "x" * 30, "b": "y" * 30}
MARK = st.tuples(
    st.sampled_from("ab"),
    st.integers(0, 29),
    st.integers(1, 12),
    st.sampled_from("PQR"),
)


def corpus(marks):
    quotations = tuple(
        Quotation(doc, at, TEXTS[doc][at : at + k], ({"code": code, "coder": "L"},))
        for doc, at, k, code in marks
    )
    codes = tuple(Code(name, "", name) for name in "PQR")
    return tables(Carried(TEXTS, codes, quotations, {"L": ("L", "")}))[0]


def runs(marks):
    """Count the stretches of ones, from letter to letter."""
    return int(np.sum(np.diff(np.concatenate([[0], marks.astype(int)])) == 1))


@settings(deadline=None)
@given(st.lists(MARK, max_size=12))
def test_overlaps_are_those_of_every_letter(marks):
    letters = {c: {doc: np.zeros(30, bool) for doc in TEXTS} for c in "PQR"}
    for doc, at, k, code in marks:
        letters[code][doc][at : at + k] = True
    wanted = {}
    for one, two in ("PQ", "PR", "QR"):
        both = {doc: letters[one][doc] & letters[two][doc] for doc in TEXTS}
        either = sum((letters[one][doc] | letters[two][doc]).sum() for doc in TEXTS)
        shared = sum(marks.sum() for marks in both.values())
        if shared:
            times = sum(runs(marks) for marks in both.values())
            wanted[one.lower(), two.lower()] = (times, shared / either)
    found = overlaps(corpus(marks))
    got = {(r.first, r.second): (r.both, r.jaccard) for r in found.itertuples()}
    assert got.keys() == wanted.keys()
    for pair, (times, share) in wanted.items():
        assert got[pair][0] == times
        assert abs(got[pair][1] - share) < 1e-12


@settings(deadline=None)
@given(st.lists(MARK, max_size=12))
def test_new_codes_are_those_that_no_interview_before_had(marks):
    first = {code for doc, *_, code in marks if doc == "a"}
    second = {code for doc, *_, code in marks if doc == "b"}
    found = new_codes(corpus(marks))
    wanted = pd.DataFrame(
        {
            "codes": [len(first), len(second)],
            "new": [len(first), len(second - first)],
            "known": [len(first), len(first | second)],
        },
        index=["a", "b"],
    )
    assert found.to_numpy().tolist() == wanted.to_numpy().tolist()
    assert list(found.index) == ["a", "b"]
