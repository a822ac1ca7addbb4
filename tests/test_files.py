"""Files: tables read whole or refused, what is written whole, where a project lies."""

import errno
import re
import shutil
import subprocess
import sys
from contextlib import nullcontext

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

from ecrm_helpers.files import (
    FileError,
    RowsError,
    TooLargeError,
    content,
    in_project,
    packed,
    project_folder,
    read_rows,
    safe_cell,
    unpacked,
    whole,
)
from ecrm_helpers.printed import refusal
from ecrm_helpers.programs import FORKS, nursery, surroundings


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


#: Fills the disk, in small: no file may have more than so many bytes.
FULL = """
import resource, signal, sys
from pathlib import Path
from ecrm_helpers import files
from ecrm_helpers.answers import dictionary, reconstruct, synthetic
from ecrm_helpers.compendium.checks import checksums, dist
from ecrm_helpers.compendium.plan.stamps import Stamp
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
most = int(sys.argv[2])
resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
root, long = Path(sys.argv[1]), bytes(9000)
try:
    {write}
except OSError as error:
    print(error.errno)
"""
#: Writers, and room that is too small for what each writes; thrice is enough.
WRITERS = {
    "files.write_atomically(root / 'a.txt', long)": 8000,
    "files.write_whole({root / 'b.txt': b'new', root / 'a.txt': long})": 8000,
    "files.write_folder(root / 'new', {'c.txt': b'new', 'd.txt': long})": 8000,
    "dist.pack({'f': root / 'study.yml'}, 'a', root / 'a.tar.gz')": 3000,
    "Stamp(root, 'step').set(root, str(long), [], 1.0)": 30_000,
    "checksums.write(root / 'data')": 2000,
    "dictionary.build(root)": 20_000,
    "reconstruct.build(root)": 4000,
    "synthetic.build(root)": 100_000,  # enough for two of its three files
}


def state(root):
    """Give every file's bytes, and every folder."""
    return {p: p.read_bytes() if p.is_file() else None for p in root.rglob("*")}


@pytest.fixture(scope="module")
def room_for():
    """Run a writer in a process of its own that has no room for more."""
    imports = re.findall(r"^from (ecrm_\S+) import ([a-z, ]+)$", FULL, re.MULTILINE)
    loaded = [f"{room}.{name}" for room, of in imports for name in of.split(", ")]
    with nursery(loaded) if FORKS else nullcontext() as parent:

        def run(most, root, write):
            words = ["-c", FULL.replace("{write}", write), str(root), str(most)]
            if parent:
                status, said = parent.run(words, root, surroundings())
                assert status == 0, said
                return said.strip()
            done = [sys.executable, *words]
            return subprocess.check_output(done, text=True).strip()

        yield run


@pytest.mark.slow
@pytest.mark.parametrize("write", WRITERS)
def test_on_a_full_disk_the_old_files_stay_and_nothing_else(tmp_path, room_for, write):
    shutil.copytree(ROOT / "data", tmp_path / "data")
    shutil.copy(ROOT / "study.yml", tmp_path)
    made = ["SHA256SUMS", "datapackage.json"]
    made += [f"synthetic/export.{form}" for form in ("csv", "xlsx", "sav")]
    for name in ("a.txt", "b.txt", "a.tar.gz", *(f"data/{name}" for name in made)):
        (tmp_path / name).write_bytes(b"old")
    with (tmp_path / "data/reconstructed/survey.csv").open("a") as file:
        file.write("\n")
    before = state(tmp_path)
    assert room_for(WRITERS[write], tmp_path, write) == str(errno.EFBIG)
    assert state(tmp_path) == before
    assert room_for(WRITERS[write] * 3, tmp_path, write) == ""
    assert state(tmp_path) != before


def test_a_full_disk_is_said_with_the_file_that_it_stopped_at(tmp_path):
    with pytest.raises(OSError, match=r"a\.txt") as full, whole(tmp_path / "a.txt"):
        raise OSError(errno.ENOSPC, "No space left on device")
    assert full.value.filename == str(tmp_path / "a.txt")
    assert refusal(full.value).said("fr").startswith("plus de place sur le disque")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "  =1", "\t@x"])
def test_no_cell_begins_as_a_formula(text):
    assert safe_cell(text) == f"'{text}"
    assert safe_cell(f"a{text}") == f"a{text}"


def test_a_file_is_read_only_so_far(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(b"12345")
    assert content(path, 5) == b"12345"
    with pytest.raises(TooLargeError, match="at most 4 bytes"):
        content(path, 4)
    with pytest.raises(FileError, match="cannot be read"):
        content(tmp_path / "none")


@given(st.dictionaries(st.text("abc/.", min_size=1), st.binary(max_size=50)))
def test_packing_loses_nothing_and_depends_on_nothing_else(members):
    for smaller in (True, False):
        made = packed(members, smaller=smaller)
        assert made == packed(members, smaller=smaller)
        assert unpacked(made) == members


def test_the_project_is_the_nearest_folder_upwards(tmp_path, monkeypatch):
    inner = tmp_path / "one/notebooks/deep"
    inner.mkdir(parents=True)
    monkeypatch.chdir(inner)
    with pytest.raises(FileError, match=r"study\.yml"):
        project_folder()
    (tmp_path / "study.yml").touch()
    assert project_folder() == tmp_path
    (tmp_path / "one/study.yml").touch()
    assert project_folder() == tmp_path / "one"
    assert in_project("data/a.csv") == tmp_path / "one/data/a.csv"
    assert in_project(tmp_path / "a.csv") == tmp_path / "a.csv"
    assert project_folder(tmp_path) == tmp_path
    with pytest.raises(FileError, match=r"holds no study\.yml; name the folder"):
        project_folder(inner)
