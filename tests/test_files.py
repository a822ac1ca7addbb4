"""Small tables, read whole or refused with every fault named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecrm_helpers.rows import RowsError, read_rows


def written(folder, text):
    path = folder / "table.csv"
    path.write_bytes(text.encode())
    return path


def test_rows_come_as_text_under_their_columns(tmp_path):
    path = written(tmp_path, '\ufeffa,b\n1,"x, ""y"""\n\n2,\r\n')
    assert read_rows(path) == [{"a": "1", "b": 'x, "y"'}, {"a": "2", "b": ""}]


def test_every_ragged_row_is_named_by_its_line(tmp_path):
    path = written(tmp_path, "a,b\n1,2,3\n1,2\n1\n")
    with pytest.raises(RowsError) as caught:
        read_rows(path)
    assert "2 fault(s)" in str(caught.value)
    assert "line 2: 3 cells (the header has 2)" in str(caught.value)
    assert "line 4: 1 cells (the header has 2)" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "the file is empty"),
        ("a,a\n1,2\n", "column 'a' occurs 2 times"),
        ('a,b\n"1,2\n', "not readable as CSV in UTF-8"),
        ("x,b\n1,2\n", "columns must be a, b; found x, b"),
    ],
)
def test_what_is_no_such_table_is_refused(tmp_path, text, words):
    with pytest.raises(RowsError, match=words):
        read_rows(written(tmp_path, text), () if "a,a" in text else ("a", "b"))


def test_another_encoding_is_refused(tmp_path):
    path = tmp_path / "table.csv"
    path.write_bytes("a\né\n".encode("latin-1"))
    with pytest.raises(RowsError, match="not readable as CSV in UTF-8"):
        read_rows(path)


@given(content=st.binary(max_size=200))
def test_any_bytes_give_rows_or_a_refusal(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("any") / "table.csv"
    path.write_bytes(content)
    try:
        rows = read_rows(path)
    except RowsError:
        return
    assert len({tuple(row) for row in rows}) <= 1
