"""Archives and XML that are damaged or hostile are refused, and nothing is touched."""

import struct
import zipfile

import pytest
from material.projects import (
    FILE_ENTITY,
    FOLDER,
    SPEECH,
    T,
    project,
    qda,
    qualcoder,
    selection,
)

from ecrm_helpers.files import LARGEST, FileError
from ecrm_helpers.interview.exchange import archives
from ecrm_helpers.interview.exchange import formats as exchange
from ecrm_helpers.interview.tables import read_interview

BOMB = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    '<!ENTITY b "&a;&a;&a;&a;">]><Project xmlns="urn:QDA-XML:project:1.0" name="&b;"/>'
)


def archive_of(path, members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)


def lying(path):
    """Write a member that is larger than its header says."""
    archive_of(path, [("project.qde", b" " * (LARGEST + 10))])
    raw = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = raw.index(mark) + offset
        raw[at : at + 4] = struct.pack("<I", 10)
    path.write_bytes(raw)


def encrypted(path):
    archive_of(path, [("project.qde", b"x")])
    raw = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.index(mark) + offset] |= 1
    path.write_bytes(raw)


HOSTILE = {
    "no zip": (lambda p: p.write_bytes(b"PK no zip"), "not a sound zip archive"),
    "cut": (
        lambda p: p.write_bytes(
            exchange.exported(read_interview(FOLDER, "fr"), ".qdpx", "fr")[:-40]
        ),
        "not a sound zip archive",
    ),
    "no project": (lambda p: archive_of(p, [("a.txt", "x")]), "found none"),
    "two projects": (
        lambda p: archive_of(p, [("a.qde", "x"), ("b.qde", "x")]),
        "found a.qde, b.qde",
    ),
    "no XML": (lambda p: project(p, "Project"), "not sound XML"),
    "other XML": (lambda p: project(p, "<html/>"), "its root is html"),
    "entities": (lambda p: project(p, BOMB), "unsafe XML"),
    "a file by entity": (lambda p: project(p, FILE_ENTITY), "unsafe XML"),
    "up and away": (
        lambda p: archive_of(p, [("../../a.qde", "x"), ("/b", "x"), ("c:\\d", "x")]),
        "member '../../a.qde' would leave the archive",
    ),
    "much": (
        lambda p: archive_of(p, [("a.qde", b" " * (LARGEST + 1))]),
        "bytes unpacked",
    ),
    "many": (
        lambda p: archive_of(
            p, [(f"{n}", "") for n in range(archives.MOST_MEMBERS + 1)]
        ),
        "at most 100000 are read",
    ),
    "more than it says": (lying, "project.qde"),
    "encrypted": (encrypted, "'project.qde' is encrypted"),
    "bad offsets": (
        lambda p: project(
            p, qualcoder(selection("x", "y", 1)), **{f"sources__{T}": SPEECH}
        ),
        "not REFI-QDA",
    ),
}


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, marks=[pytest.mark.slow] * (case == "many"))
        for case in HOSTILE
    ],
)
def test_a_bad_project_is_refused_and_nothing_is_written(tmp_path, capsys, case):
    make, told = HOSTILE[case]
    path = tmp_path / "bad.qdpx"
    make(path)
    assert qda("import", path, "--to", tmp_path / "out") == 2
    error = capsys.readouterr().err
    assert told in error
    assert "bad.qdpx" in error
    assert "Traceback" not in error
    assert [p.name for p in tmp_path.iterdir()] == ["bad.qdpx"]


def test_every_member_that_would_leave_is_named(tmp_path):
    path = tmp_path / "bad.qdpx"
    HOSTILE["up and away"][0](path)
    with pytest.raises(FileError, match="3 fault"):
        exchange.imported(path)
