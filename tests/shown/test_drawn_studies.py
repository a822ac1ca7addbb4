"""Any small study ends in its page: kinds, labels, names and sizes drawn at random."""

import pytest
from material.studies.cells import shown
from material.studies.drawn import drawn
from material.studies.small import answers


@pytest.mark.slow
@pytest.mark.parametrize("seed", [0, 9, 14, 26])
def test_a_study_drawn_at_random_is_read_and_shown(tmp_path, seed):
    """Seeds 0 to 59 were tried when this was written; these are of every kind."""
    questions, more, head, rows = drawn(seed)
    read = answers(tmp_path, questions, head, rows, **more)
    made = tmp_path / "answers.csv", tmp_path / "study.yml"
    pieces = shown(*made, edition=("fr", "en")[seed % 2])
    # Every question that was answered stands in the table of missing answers.
    told = {row[0] for row in pieces["tab-missing"].content["rows"]}
    asked = {name.upper().replace("_", ".") for name in read.audit.missing}
    assert told == asked
    assert len(read.frame) == read.audit.valid
