"""Text files: encodings, separators, lines, spoilt characters."""

import csv
import tracemalloc
import unicodedata

import pytest
from material.forms import (
    STUDY,
    csv_text,
    texts,
)
from material.one_export import (
    BODY,
    GIVEN,
    HEAD,
    WELL,
    changed,
    held,
    read,
    save,
    wanted,
)
from material.studies.small import level, question, scale, study

from ecrm_helpers.answers.audit import Refused
from ecrm_helpers.answers.door import read_file
from ecrm_helpers.study import read_study

DIRECT = csv_text(
    HEAD,
    texts(GIVEN, "%Y/%m/%d %I:%M:%S %p UTC+1")[1],
    quoting=csv.QUOTE_ALL,
    lineterminator="\n",
)

READABLE = {
    "through Sheets": (WELL.encode(), "utf-8", ","),
    "with a mark": (WELL.encode("utf-8-sig"), "utf-8-sig", ","),
    "direct download": (DIRECT.encode(), "utf-8", ","),
    "French Excel": (
        csv_text(HEAD, BODY, delimiter=";").encode("cp1252"),
        "cp1252",
        ";",
    ),
    "latin-1": (WELL.encode("latin-1"), "cp1252", ","),
    "UTF-16": (csv_text(HEAD, BODY, delimiter="\t").encode("utf-16"), "utf-16", "\t"),
    "UTF-16 without a mark": (WELL.encode("utf-16-le"), "utf-16-le", ","),
    "Excel's own first line": (
        ("sep=;\r\n" + csv_text(HEAD, BODY, delimiter=";")).encode(),
        "utf-8",
        ";",
    ),
    "decomposed accents": (unicodedata.normalize("NFD", WELL).encode(), "utf-8", ","),
    "old line ends": (WELL.replace("\r\n", "\r").encode(), "utf-8", ","),
    "English": (WELL.replace("Horodateur", "Timestamp").encode(), "utf-8", ","),
}


@pytest.mark.parametrize(
    ("content", "encoding", "delimiter"), READABLE.values(), ids=list(READABLE)
)
def test_a_file_is_read_whatever_its_encoding_and_separator(
    tmp_path, content, encoding, delimiter
):
    frame, audit = read_file(save(tmp_path, content), STUDY)
    assert held(frame) == wanted()
    assert (audit.encoding, audit.delimiter) == (encoding, delimiter)
    assert (audit.rows, audit.valid, list(audit.flags)) == (12, 12, [])
    assert list(audit.personal) in (["Horodateur"], ["Timestamp"])
    assert "dates that cannot be read" not in audit.said("en")


def test_line_numbers_are_those_of_the_file_past_answers_of_several_lines(tmp_path):
    body = changed("q1", "Un ami\nm'en a parlé\nhier")
    _, audit = read(tmp_path, body=changed("q10", "Oui, Non", 1, body))
    assert [flag.line for flag in audit.flags] == [5]


def test_one_line_without_end_is_refused_before_it_is_parted(tmp_path):
    path = save(tmp_path, ("a;b," * 500_000).encode())
    tracemalloc.start()
    with pytest.raises(Refused, match=r"a line has 500001 cells, 16384 at most"):
        read_file(path, STUDY)
    assert tracemalloc.get_traced_memory()[1] < 30e6  # of a file of 2 MB
    tracemalloc.stop()


def test_a_line_without_end_or_separator_is_refused_before_it_is_decoded(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"q1,q2\r\n" + b"a" * 20_000_001)
    with pytest.raises(Refused, match="line 2 has 20000001 bytes, allowed: 20000000"):
        read_file(path, STUDY)


@pytest.mark.slow
def test_nul_is_dropped_and_a_long_cell_cut_with_notice(tmp_path):
    body = changed("q1", "x" * 200_000, body=changed("q2", "ab\0c", 1))
    frame, audit = read(tmp_path, body=body)
    said = audit.said("en")
    assert "unseen signs taken out (NUL, blanks without width, order marks): 1" in said
    assert "cells cut to 10000 characters: 1" in said
    assert [len(other.text) for other in audit.others] == [10_000, 3]
    assert len(said) < 10_000
    assert len(frame) == 12


@pytest.mark.parametrize(
    "written",
    [
        lambda line: f'"{line}"',
        lambda line: '"""' + line.replace(",", '"",""') + '"""',
        lambda line: line.replace("o", "o\N{ZERO WIDTH SPACE}").replace(",", ",\ufeff"),
        lambda line: line.replace("m", "m\N{SOFT HYPHEN}").replace(" ", "\xa0"),
    ],
)
def test_quotes_about_lines_and_signs_that_nobody_sees_change_nothing(
    tmp_path, written
):
    levels = {"m": level("Un homme"), "f": level("Une femme")}
    asked = {"how": question("choice", "Comment vous", levels=levels)}
    lines = ["Comment vous,Note", "un homme,3", "une femme,4"]
    path = tmp_path / "answers.csv"
    path.write_text("\n".join(map(written, lines)), encoding="utf-8")
    path_of_study = study(tmp_path, {**asked, "mark": scale("Note")})
    frame, _ = read_file(path, read_study(path_of_study))
    assert frame.to_numpy().tolist() == [["Un homme", 3], ["Une femme", 4]]
