"""Files that cannot be used are refused with every reason, spoilt ones too."""

import json

import pytest
from conftest import often
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from material.forms import COLUMNS, STUDY, csv_text, header, rows, sav, texts, xlsx
from material.one_export import BODY, HEAD, WELL, changed, refused, save

from ecrm_helpers.answers.audit import Refused
from ecrm_helpers.answers.door import read_file


def with_column(name, cell="x"):
    return csv_text([*HEAD, name], [[*cells, cell] for cells in BODY])


TWICE = WELL.encode().decode("cp1252", "replace").encode()

REFUSED = {
    "nothing": (b"", ["empty"]),
    "blanks alone": (b"\xef\xbb\xbf \r\n\r\n", ["empty"]),
    "a header alone": (csv_text(HEAD, []), ["no answers below the header"]),
    "a page": ("<!DOCTYPE html><html>Sign in</html>", ["content is HTML"]),
    "a workbook by another name": (b"PK\x03\x04" + bytes(30), ["content is XLSX"]),
    "another questionnaire": (
        "Sexe,Âge\nF,20\n",
        ["none of its 2 columns (Sexe, Âge …)", "ecrm study --from"],
    ),
    "other columns": ("a~b\n1~2\n", ["separator cannot be settled", 'begins "a~b"']),
    "letters encoded twice": (TWICE, ["encoded twice", "lines: 1, 2, 3"]),
    "letters lost": (WELL.replace("é", "\ufffd"), ["encoded twice or spoilt"]),
    "an encoding that is not settled": (
        WELL.encode("mac_roman", "replace"),
        ["encoding cannot be settled"],
    ),
    "a header twice": (with_column(HEAD[3] + " "), ["q3 is in several columns"]),
    "a question twice": (
        with_column("Êtes-vous content du contact ?", "4"),
        ["q3 is in several columns"],
    ),
    "no such question": (
        WELL.replace(header("q9"), "9. Que dire du contact et de sa qualité"),
        ["q9 (Rating of the quality of contact) has no column", "Que dire du contact"],
    ),
    "a column that may be two": (
        WELL.replace(header("q11"), "Satisfait de la relation et des médias"),
        ['column "Satisfait de la relation et des médias" may be: q11, q4', "q11 ("],
    ),
    "ragged rows": (
        csv_text(HEAD, [BODY[0][:-1], BODY[1], [*BODY[2], "x"]]),
        ["longer or shorter than the header (27 cells): 2, 4"],
    ),
    "a quote left open": (WELL + '"', ["line 14: malformed quotes"]),
    "answers that cannot be": (
        csv_text(
            HEAD,
            changed(
                "q3", "99", 1, changed("q4", "beaucoup", 2, changed("q8", "3,5", 3))
            ),
        ),
        [
            "reasons: 3",
            'q3: "99" (allowed: 1–7), lines: 3',
            'q4: "beaucoup" (allowed: 1–7), lines: 4',
            'q8: "3,5" (allowed: 1–7), lines: 5',
        ],
    ),
    "a point between two": (csv_text(HEAD, changed("q3", "4.5")), ['q3: "4.5"']),
    "a code for a level": (
        csv_text(HEAD, changed("q12", "2")),
        ['q12: "2" (allowed: Emp'],
    ),
    "no such level": (
        csv_text(HEAD, changed("q5_1", "Bof")),
        ['q5_1: "Bof" (allowed: 1–7, Pas'],
    ),
    "rows all set aside": (
        csv_text(HEAD, changed("q10", "Oui;Non", body=BODY[:1])),
        ["no valid row: 1 rows read"],
    ),
}


@pytest.mark.parametrize(("content", "words"), REFUSED.values(), ids=list(REFUSED))
def test_a_file_that_cannot_be_used_is_refused_with_every_reason(
    tmp_path, content, words
):
    said = refused(tmp_path, content)
    for word in words:
        assert word in said
    assert "Nothing was written" in said


@pytest.fixture(scope="module")
def seeds(tmp_path_factory):
    folder = tmp_path_factory.mktemp("seeds")
    few = rows(3)
    return {
        "a.csv": csv_text(*texts(few)).encode(),
        "b.csv": csv_text(*texts(few), delimiter=";").encode("cp1252"),
        "c.xlsx": xlsx(folder / "c.xlsx", few).read_bytes(),
        "d.sav": sav(folder / "d.sav", few).read_bytes(),
    }


CHANGES = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 40), st.binary(max_size=6)),
    min_size=1,
    max_size=8,
)


def require_data_or_refusal(seeds, folder, name, changes):
    content = seeds[name]
    for where, dropped, put in changes:
        place = int(where * len(content))
        content = content[:place] + put + content[place + dropped :]
    path = save(folder, content, name)
    refusal = None
    try:
        frame, audit = read_file(path, STUDY)
    except Refused as error:
        refusal = error
    if refusal is not None:
        assert refusal.faults
        assert all(refusal.said(edition) for edition in ("fr", "en"))
        return
    assert len(frame) == audit.valid > 0
    assert list(frame.columns) == COLUMNS
    assert json.loads(audit.json("fr"))["valid"] == audit.valid


MUTATED = {
    "deadline": None,
    "derandomize": True,
    "suppress_health_check": [HealthCheck.function_scoped_fixture],
}


@pytest.mark.slow
@settings(max_examples=often(300), **MUTATED)
@given(name=st.sampled_from(["a.csv", "b.csv", "c.xlsx"]), changes=CHANGES)
def test_a_mutated_file_gives_data_or_a_refusal_and_nothing_else(
    seeds, tmp_path, name, changes
):
    require_data_or_refusal(seeds, tmp_path, name, changes)


@pytest.mark.slow
@settings(max_examples=often(15), **MUTATED)
@given(changes=CHANGES)
def test_a_mutated_spss_file_gives_data_or_a_refusal_and_nothing_else(
    seeds, tmp_path, changes
):
    require_data_or_refusal(seeds, tmp_path, "d.sav", changes)
