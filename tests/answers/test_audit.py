"""What is told of a file names no person and runs in no program."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from material.one_export import BODY, HEAD, changed, read

from ecrm_helpers.answers.door import as_csv
from ecrm_helpers.files import safe_cell


def test_persons_stay_outside(tmp_path):
    head = ["Horodateur", *HEAD[1:], "Quel est votre nom ?", "Remarques", "Score"]
    body = [[*cells, "X Y", "appelez le 0550 12 34 56", "0"] for cells in BODY]
    free = "écrire à someone@example.org"
    frame, audit = read(tmp_path, head, changed("q1", free, body=body))
    assert list(audit.personal) == ["Horodateur", "Quel est votre nom ?", "Remarques"]
    assert list(audit.ignored) == ["Score"]
    assert audit.others[0].text == "écrire à […]"
    for out in (audit.json("fr"), audit.said("fr"), as_csv(frame).decode()):
        assert "example" not in out
        assert "0550" not in out


HOSTILE = [
    "=1+1",
    "+1 ami",
    "-x",
    "@SUM(A1)",
    "\t=1",
    "<script>",
    "\\input{x}",
    "#a *b*",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_free_text_is_no_formula_in_what_is_written(tmp_path, text):
    head = ["id", *HEAD[1:]]
    body = [[f"{text}{n}", *cells[1:]] for n, cells in enumerate(BODY)]
    frame, _ = read(tmp_path, head, changed("q1", text, body=body))
    written = list(csv.reader(io.StringIO(as_csv(frame).decode())))
    assert not any(
        cell.startswith(("=", "+", "-", "@", "\t")) for row in written for cell in row
    )
    assert frame["q1"].iloc[0] == "Autre"


@given(st.text(max_size=5))
def test_no_safe_cell_begins_as_a_formula(text):
    assert not safe_cell(text).lstrip().startswith(("=", "+", "-", "@"))
