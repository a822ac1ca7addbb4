"""The invented export: its seed's bytes, alike in three forms, never the study's."""

import csv
import io
from collections import Counter

import pyreadstat
import pytest
from conftest import ROOT

from ecrm_helpers.answers import synthetic
from ecrm_helpers.answers.door import read_file
from ecrm_helpers.study import read_study
from ecrm_helpers.study.published import read_values

STUDY = read_study()
FOLDER = ROOT / synthetic.FOLDER
FORMS = ("csv", "xlsx", "sav")


def read(form):
    return read_file(FOLDER / f"export.{form}", STUDY)


def test_the_committed_files_are_the_bytes_that_the_seed_gives(tmp_path):
    (tmp_path / "study.yml").write_bytes((ROOT / "study.yml").read_bytes())
    built = synthetic.build(tmp_path)
    assert [path.read_bytes() for path in built] == [
        (FOLDER / path.name).read_bytes() for path in built
    ]


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS)
def test_the_three_forms_give_one_result(form):
    frame, audit = read(form)
    assert frame.equals(read("csv")[0])
    assert (audit.rows, audit.valid, audit.origin) == (124, 120, "synthetic")
    assert Counter(flag.rule for flag in audit.flags) == {
        "double": 1,
        "contradictory": 1,
    }
    assert audit.rules == {"double": 1, "contradictory": 1, "table": 2}


def test_every_row_says_that_it_is_invented():
    text = (FOLDER / "export.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["id"] for row in rows] == [f"SYN-{n:03}" for n in range(1, 125)]
    assert {row["provenance"] for row in rows} == {synthetic.PROVENANCE}
    assert {row["Horodateur"][6:10] for row in rows} == {"2031"}
    _, meta = pyreadstat.read_sav(str(FOLDER / "export.sav"))
    assert "synthetic" in meta.file_label


def test_nothing_of_it_is_the_study_s():
    values = read_values(ROOT / "data/published/values.csv")
    frame, _ = read("csv")
    assert len(frame) != STUDY.respondents
    for name in ("q1", "q2", "q10", "q12"):
        counts = frame[name].value_counts()
        levels = STUDY.questions[name].levels
        assert [int(values[f"{name}_{key}_n"].printed) for key in levels] != [
            counts[level.answer] for level in levels.values()
        ]


def test_it_has_the_blemishes_of_an_export():
    _, audit = read("csv")
    keys = {note.key for note in audit.notes}
    assert {"read_personal", "read_respelled", "read_after"} <= keys
    assert {other.question for other in audit.others} == {"q1", "q10", "q12"}
    assert sum(audit.missing.values()) > 10
