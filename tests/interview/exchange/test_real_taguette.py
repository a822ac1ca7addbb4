"""The real Taguette: what it exports is read here, and what we write it takes.

From PyPI, in an environment of its own, headless, on 127.0.0.1.
"""

import re
import shutil
import sqlite3
from contextlib import closing

import pytest
from conftest import ROOT
from material import taguette

from ecrm_helpers.cli import main
from ecrm_helpers.interview.exchange import formats as exchange
from ecrm_helpers.interview.tables import read_interview

pytestmark = pytest.mark.made

FOLDER = ROOT / "data/interview"
#: What an artificial coder marks: words of the text, and tags by name.
MARKED = [
    ("Mettre le client au centre est utile, mais ne suffit pas", ["Insuffisance"]),
    ("échange direct avec eux", ["Interactivité", "Réseaux sociaux"]),
]


@pytest.fixture(scope="module")
def exports(tmp_path_factory):
    """Make a project of the kit in Taguette, mark passages, export everything."""
    folder = tmp_path_factory.mktemp("taguette")
    assert main(["qda", "kit", "--to", str(folder / "kit")]) == 0
    page = (folder / "kit/report.html").read_text(encoding="utf-8")
    codes = (folder / "kit/taguette-codebook.csv").read_bytes()
    with taguette.running(folder) as server:
        project = server.project("Artificial")
        tags = server.codebook(project, codes)
        document = server.document(project, "report", page)
        text = server.text(project, document)
        for words, names in MARKED:
            start = len(text[: text.index(words)].encode())
            server.json(
                f"/api/project/{project}/document/{document}/highlight/new",
                start_offset=start,
                end_offset=start + len(words.encode()),
                tags=[tags[name] for name in names],
            )
        for name, place in {
            "p.sqlite3": "project.sqlite3",
            "c.qdc": "codebook.qdc",
            "c.csv": "codebook.csv",
            "h.csv": "highlights/.csv",
        }.items():
            made = server.get(f"/project/{project}/export/{place}")
            (folder / name).write_bytes(made)
    return folder


def marked(interview):
    names = interview.names
    codes = interview.codings.groupby("segment_id")["code_id"].agg(list)
    return [
        (row.excerpt, [names[code] for code in codes[row.segment_id]])
        for row in interview.segments.itertuples()
    ]


def test_its_database_is_read_word_for_word(exports):
    found, lost = exchange.imported(exports / "p.sqlite3")
    assert lost.empty
    assert [(w, set(c)) for w, c in marked(found)] == [(w, set(c)) for w, c in MARKED]
    for row in found.segments.itertuples():
        assert found.texts["report"][row.start : row.end] == row.excerpt
    ours = read_interview(FOLDER, "fr").codebook
    theirs = found.codebook.set_index("name")["definition"]
    assert set(ours["name"]) <= set(theirs.index)
    for row in ours.itertuples():
        assert theirs[row.name].startswith(row.definition)


def test_its_codebooks_hold_the_same_names(exports):
    names = set(exchange.imported(exports / "p.sqlite3")[0].codebook["name"])
    for file in ("c.qdc", "c.csv"):
        assert set(exchange.imported(exports / file)[0].codebook["name"]) == names


def test_its_highlights_are_anchored_in_our_text(exports):
    found, lost = exchange.imported(exports / "h.csv", [FOLDER / "report.txt"])
    assert lost.empty
    assert [(w, set(c)) for w, c in marked(found)] == [(w, set(c)) for w, c in MARKED]


def test_its_database_goes_through_agreement(exports, capsys):
    database = str(exports / "p.sqlite3")
    assert main(["qda", "agreement", str(FOLDER), database]) == 0
    told = capsys.readouterr().out.splitlines()
    (over_all,) = (
        line for line in told if re.match("(All codes|Tous les codes) ", line)
    )
    # All marks are the first coder's too. That in S05 is most of it, and so the
    # same passage; that in S12 is less than half, and so a unit beside the 22
    # segments, with both its codes: 1 + 2 + 2 agree. Kappa has no interval.
    values = over_all.split()[2:]
    assert (values[0], values[1], values[3], len(values)) == ("23", "5", "0", 11)


def test_two_documents_of_one_name_stay_two(exports, tmp_path):
    path = shutil.copy(exports / "p.sqlite3", tmp_path / "p.sqlite3")
    with closing(sqlite3.connect(path)) as database:
        columns = [row[1] for row in database.execute("PRAGMA table_info(documents)")]
        others = ", ".join(c for c in columns if c != "id")
        database.execute(
            f"INSERT INTO documents ({others}) SELECT {others} FROM documents"
        )
        database.commit()
    found, _ = exchange.imported(path)
    assert list(found.texts) == ["report", "report (2)"]
    assert found.documents["file"].is_unique


def test_it_comes_back_from_our_export(exports, tmp_path):
    found, _ = exchange.imported(exports / "p.sqlite3")
    (tmp_path / "a.qdpx").write_bytes(exchange.exported(found, ".qdpx", "fr"))
    again, _ = exchange.imported(tmp_path / "a.qdpx")
    assert again.segments.equals(found.segments)
    assert again.codings.equals(found.codings)
