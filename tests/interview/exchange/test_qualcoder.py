"""QualCoder's and RQDA's databases, made by their published schemas.

QualCoder: its manual, "SQLite data structure" (v3 and later). RQDA: the page
RQDATables of its reference. Neither program could be installed here.
"""

import sqlite3
import zipfile
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from material.projects import qda

from ecrm_helpers.interview.exchange import formats as exchange
from ecrm_helpers.interview.tables import read_interview

QUALCODER = """
CREATE TABLE project (databaseversion text, date text, memo text, about text);
CREATE TABLE source (id integer primary key, name text, fulltext text, mediapath text,
    memo text, owner text, date text, av_text_id integer, risid integer);
CREATE TABLE code_cat (catid integer primary key, name text, owner text, date text,
    memo text, supercatid integer);
CREATE TABLE code_name (cid integer primary key, name text, memo text, catid integer,
    owner text, date text, color text);
CREATE TABLE code_text (ctid integer primary key, cid integer, fid integer,
    seltext text, pos0 integer, pos1 integer, owner text, date text, memo text,
    avid integer, important integer);
CREATE TABLE code_av (avid integer primary key, id integer, pos0 integer,
    pos1 integer, cid integer, memo text, date text, owner text, important integer);
CREATE TABLE code_image (imid integer primary key, id integer, x1 integer, y1 integer,
    width integer, height integer, cid integer, memo text, date text, owner text);
CREATE TABLE annotation (anid integer primary key, fid integer, pos0 integer,
    pos1 integer, memo text, owner text, date text);
CREATE TABLE attribute_type (name text primary key, date text, owner text, memo text,
    caseOrFile text, valuetype text);
CREATE TABLE attribute (attrid integer primary key, name text, attr_type text,
    value text, id integer, date text, owner text);
CREATE TABLE case_text (id integer primary key, caseid integer, fid integer,
    pos0 integer, pos1 integer, owner text, date text, memo text);
CREATE TABLE cases (caseid integer primary key, name text, memo text, owner text,
    date text);
CREATE TABLE journal (jid integer primary key, name text, jentry text, date text,
    owner text);
"""
RQDA = """
CREATE TABLE project (databaseversion text, date text, dateM text, memo text);
CREATE TABLE source (name text, id integer, file text, memo text, owner text,
    date text, dateM text, status integer);
CREATE TABLE freecode (name text, memo text, owner text, date text, dateM text,
    id integer, status integer, color text);
CREATE TABLE codecat (name text, cid integer, catid integer, owner text, date text,
    dateM text, memo text, status integer);
CREATE TABLE treecode (cid integer, catid integer, date text, dateM text, memo text,
    status integer, owner text);
CREATE TABLE coding (cid integer, fid integer, seltext text, selfirst real,
    selend real, status integer, owner text, date text, memo text);
CREATE TABLE annotation (fid integer, position integer, annotation text, owner text,
    date text, dateM text, status integer);
CREATE TABLE journal (name text, journal text, date text, dateM text, owner text,
    status integer);
CREATE TABLE cases (name text, memo text, owner text, date text, dateM text,
    id integer, status integer);
CREATE TABLE caselinkage (caseid integer, fid integer, selfirst real, selend real,
    status integer, owner text, date text, memo text);
CREATE TABLE caseAttr (variable text, value text, caseID integer, date text,
    dateM text, owner text);
CREATE TABLE fileAttr (variable text, value text, fileID integer, date text,
    dateM text, owner text);
"""
DAY = "2024-05-06 10:00:00"
TEXT = "E : Pourquoi ?\nR : Le prix 😀, puis l'accueil. Oui.\nR : Oui."


def database(path, schema, **tables):
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path)) as made:
        made.executescript(schema)
        for table, rows in tables.items():
            for row in rows:
                marks = ", ".join("?" * len(row))
                names = ", ".join(row)
                made.execute(
                    f"INSERT INTO {table} ({names}) VALUES ({marks})",
                    tuple(row.values()),
                )
        made.commit()
    return path


def coding(cid, words, start, owner="Léa", memo=""):
    return {
        "cid": cid, "fid": 1, "seltext": words, "pos0": start,
        "pos1": start + len(words), "owner": owner, "date": DAY, "memo": memo,
    }  # fmt: skip


def qualcoder(path, codings):
    return database(
        path,
        QUALCODER,
        project=[{"databaseversion": "v12", "memo": "Projet"}],
        source=[
            {"id": 1, "name": "e1.docx", "fulltext": TEXT, "memo": "au téléphone"},
            {"id": 2, "name": "a.m4a", "mediapath": "/audio/a.m4a", "memo": ""},
        ],
        code_cat=[
            {"catid": 2, "name": "Coûts", "supercatid": 1},
            {"catid": 1, "name": "Motifs"},
        ],
        code_name=[
            {"cid": 1, "name": "Prix", "memo": "ce que cela coûte", "catid": 2},
            {"cid": 2, "name": "Accueil"},
        ],
        code_text=codings,
        code_av=[{"id": 2, "cid": 1, "pos0": 0, "pos1": 9, "owner": "Tom"}],
        annotation=[{"fid": 1, "pos0": 0, "pos1": 2, "memo": "rires", "owner": "Léa"}],
        journal=[{"name": "mai", "jentry": "premier tour"}],
        cases=[{"caseid": 7, "name": "cas 1", "memo": ""}],
        case_text=[{"caseid": 7, "fid": 1, "pos0": 0, "pos1": 9}],
        attribute=[
            {"name": "Âge", "attr_type": "case", "value": "34", "id": 7},
            {"name": "Lieu", "attr_type": "file", "value": "Nice", "id": 1},
            {"name": "Ton", "attr_type": "journal", "value": "vif", "id": 1},
        ],
    )


def test_a_code_may_stand_below_a_code_as_newer_projects_have_it(tmp_path):
    made = qualcoder(tmp_path / "data.qda", [PRICE])
    with closing(sqlite3.connect(made)) as project:
        project.executescript(
            "ALTER TABLE code_name ADD COLUMN supercid integer;"
            "UPDATE code_name SET supercid = 1 WHERE cid = 2;"
        )
    found, _ = exchange.imported(made)
    above = found.codebook.set_index("name")["parent_id"].to_dict()
    assert above == {
        "Motifs": "",
        "Coûts": "motifs",
        "Prix": "couts",
        "Accueil": "prix",
    }


PRICE = coding(1, "Le prix 😀", TEXT.index("Le prix"), memo="à revoir")
SECOND = coding(2, "Oui.", TEXT.rindex("Oui."), "Tom")


def zipped(folder):
    path = folder.with_name("zipped.qda")
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(folder / "data.qda", "p.qda/data.qda")
        archive.writestr("p.qda/documents/e1.docx", b"")
    return path


@pytest.mark.parametrize("form", ["folder", "zip", "file"])
def test_a_project_of_qualcoder_is_read_and_nothing_dropped(tmp_path, form):
    folder = qualcoder(tmp_path / "p.qda/data.qda", [PRICE, SECOND]).parent
    path = {"folder": folder, "zip": zipped(folder), "file": folder / "data.qda"}[form]
    assert qda("import", path, "--to", tmp_path / "out") == 0
    found = read_interview(tmp_path / "out", "fr")
    rows = found.segments.merge(found.codings, on="segment_id")
    got = rows[["start", "excerpt", "code_id", "coder_id", "date", "memo"]]
    assert got.to_numpy().tolist() == [
        [TEXT.index("Le"), "Le prix 😀", "prix", "Léa", "2024-05-06", "à revoir"],
        [TEXT.rindex("Oui."), "Oui.", "accueil", "Tom", "2024-05-06", ""],
    ]
    above = found.codebook.set_index("name")["parent_id"].to_dict()
    assert above == {"Motifs": "", "Coûts": "motifs", "Prix": "couts", "Accueil": ""}
    assert found.respondents.to_dict("records") == [
        {"doc_id": "e1.docx", "Âge": "34", "Lieu": "Nice"}
    ]
    lost = (tmp_path / "out/unanchored.csv").read_text(encoding="utf-8")
    for words in ("au téléphone", "rires", "premier tour", "cas 1", "Projet", "Prix",
                  "Ton: vif", "a.m4a"):  # fmt: skip
        assert words in lost


@pytest.mark.parametrize("raw", [b"", b"PK\x03\x04", b"SQLite format 3\x00"])
def test_what_is_no_project_is_refused(tmp_path, capsys, raw):
    for name in ("a.qda", "a.rqda"):
        (tmp_path / name).write_bytes(raw)
        assert qda("import", tmp_path / name, "--to", tmp_path / "out") == 2
        assert name in capsys.readouterr().err


def test_a_database_of_another_program_is_refused(tmp_path, capsys):
    for name in ("a.qda", "a.rqda"):
        database(tmp_path / name, "CREATE TABLE other (x text);")
        assert qda("import", tmp_path / name, "--to", tmp_path / "out") == 2
        assert "no such table" in capsys.readouterr().err


def test_two_coders_of_one_project_are_compared(tmp_path, capsys):
    theirs = [{**PRICE, "owner": "Tom"}, {**SECOND, "owner": "Léa"}]
    folder = qualcoder(tmp_path / "p.qda/data.qda", [PRICE, SECOND, *theirs]).parent
    assert qda("agreement", folder) == 0
    assert "100.00" in capsys.readouterr().out


def test_a_project_of_rqda_is_read_without_what_was_deleted(tmp_path):
    day = "Wed Feb 22 13:01:00 2012"
    live = {"status": 1, "owner": "Léa", "date": day}
    first = {"fid": 1, "seltext": "Le prix 😀", "selfirst": TEXT.index("Le prix")}
    first |= {"selend": TEXT.index("Le prix") + 9, "memo": "à revoir"}
    path = database(
        tmp_path / "a.rqda",
        RQDA,
        project=[{"memo": "Projet"}],
        source=[{"name": "e1", "id": 1, "file": TEXT, "memo": "au téléphone", **live}],
        freecode=[
            {"name": "Prix", "id": 1, **live},
            {"name": "Effacé", "id": 2, **live, "status": 0},
        ],
        codecat=[{"name": "Motifs", "catid": 1, **live}],
        treecode=[{"cid": 1, "catid": 1, **live}],
        coding=[{"cid": 1, **first, **live}, {"cid": 1, **first, **live, "status": 0}],
        annotation=[{"fid": 1, "position": 3, "annotation": "rires", **live}],
        cases=[{"name": "cas 1", "id": 4, **live}],
        caselinkage=[{"caseid": 4, "fid": 1, **live}],
        caseAttr=[{"variable": "Âge", "value": "34", "caseID": 4}],
        fileAttr=[{"variable": "Lieu", "value": "Nice", "fileID": 1}],
    )
    found, lost = exchange.imported(path)
    assert found.segments["excerpt"].tolist() == ["Le prix 😀"]
    assert found.codings[
        ["code_id", "coder_id", "date", "memo"]
    ].to_numpy().tolist() == [["prix", "Léa", "2012-02-22", "à revoir"]]
    assert found.codebook["name"].tolist() == ["Motifs", "Prix"]
    about = {"doc_id": "e1", "Lieu": "Nice", "Âge": "34"}
    assert found.respondents.to_dict("records") == [about]
    assert {"au téléphone", "rires", "cas 1", "Projet"} <= set(lost["quotation"])


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9)), max_size=6))
def test_any_places_of_a_database_are_those_of_its_text(tmp_path_factory, spans):
    folder = tmp_path_factory.mktemp("any")
    wanted = [(a, a + k) for a, k in spans if TEXT[a : a + k].strip()]
    marks = [coding(1, TEXT[a:b], a) for a, b in wanted]
    found, lost = exchange.imported(qualcoder(folder / "a.qda", marks))
    got = set(zip(found.segments["start"], found.segments["end"], strict=True))
    assert got == set(wanted)
    assert not lost["reason"].str.startswith("doubtful").any()
