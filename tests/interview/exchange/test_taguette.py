"""Taguette's tables and databases, without the program."""

import sqlite3

import pytest
from material.projects import SPEECH, qda

from ecrm_helpers.interview.exchange import formats as exchange
from ecrm_helpers.interview.tables import InterviewError

HIGHLIGHTS = (
    "id,document,tag,content\n1,talk,Blog,no blog\n1,talk,Tools,no blog\n2,talk,,x\n"
)


def test_taguettes_csv_is_anchored_in_a_text_and_asks_for_it(tmp_path):
    path, text = tmp_path / "h.csv", tmp_path / "talk.txt"
    path.write_text(HIGHLIGHTS, encoding="utf-8")
    text.write_bytes(SPEECH.encode())
    found, lost = exchange.imported(path, [text])
    assert found.segments["excerpt"].tolist() == ["no blog"]
    assert found.codings["code_id"].tolist() == ["blog", "tools"]
    assert lost["quotation"].tolist() == ["x"]
    with pytest.raises(InterviewError, match="--text"):
        exchange.imported(path)


def test_another_database_is_refused(tmp_path, capsys):
    sqlite3.connect(tmp_path / "a.sqlite3").execute(
        "CREATE TABLE x (y)"
    ).connection.close()
    assert qda("import", tmp_path / "a.sqlite3", "--to", tmp_path / "out") == 2
    assert "no such table" in capsys.readouterr().err
