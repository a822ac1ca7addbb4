"""The real Taguette: what it exports is read here, and what we write it takes.

From PyPI, in an environment of its own, headless, on 127.0.0.1.
"""

import csv
import re
import shutil
import sqlite3
from contextlib import closing

import pytest
from conftest import ROOT
from material import taguette

from ecrm_helpers.cli import main
from ecrm_helpers.interview.coders import compare
from ecrm_helpers.interview.exchange import formats as exchange
from ecrm_helpers.interview.tables import read_interview

pytestmark = pytest.mark.made

FOLDER = ROOT / "data/interview"
#: What an artificial coder marks: words of the text, and tags by name.
MARKED = [
    ("Mettre le client au centre est utile, mais ne suffit pas", ["Insuffisance"]),
    ("échange direct avec eux", ["Interactivité", "Réseaux sociaux"]),
]


#: What an artificial second coder marks.
THEIRS = [MARKED[0], (MARKED[1][0], ["Réseaux sociaux"])]


def coded(server, page, codes, marks):
    """Make a project of the kit, mark passages in it, give its number."""
    project = server.project("Artificial")
    tags = server.codebook(project, codes)
    document = server.document(project, "report", page)
    text = server.text(project, document)
    for words, names in marks:
        start = len(text[: text.index(words)].encode())
        server.json(
            f"/api/project/{project}/document/{document}/highlight/new",
            start_offset=start,
            end_offset=start + len(words.encode()),
            tags=[tags[name] for name in names],
        )
    return project


@pytest.fixture(scope="module")
def exports(tmp_path_factory):
    """Make a project of the kit in Taguette, mark passages, export everything."""
    folder = tmp_path_factory.mktemp("taguette")
    assert main(["qda", "kit", "--to", str(folder / "kit")]) == 0
    page = (folder / "kit/report.html").read_text(encoding="utf-8")
    codes = (folder / "kit/taguette-codebook.csv").read_bytes()
    with taguette.running(folder) as server:
        second = coded(server, page, codes, THEIRS)
        made = server.get(f"/project/{second}/export/project.sqlite3")
        (folder / "two.sqlite3").write_bytes(made)
        project = coded(server, page, codes, MARKED)
        for name, place in {
            "p.sqlite3": "project.sqlite3",
            "c.qdc": "codebook.qdc",
            "c.csv": "codebook.csv",
            "h.csv": "highlights/.csv",
            "h.xlsx": "highlights/.xlsx",
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


def test_two_coders_of_it_are_compared_and_joined(exports, tmp_path):
    """They share two of three codes: 2 yes, 1 of the first alone, 3 no of both."""
    both = [str(exports / name) for name in ("p.sqlite3", "two.sqlite3")]
    to = tmp_path / "a.csv"
    assert main(["qda", "agreement", *both, "--to", str(to)]) == 0
    rows = list(csv.reader(to.read_text(encoding="utf-8-sig").splitlines()))
    assert rows
    assert main(["qda", "join", *both, "--to", str(tmp_path / "j")]) == 0
    found = read_interview(tmp_path / "j", "fr")
    assert found.coders["coder_id"].tolist() == ["A: admin", "B: admin"]
    assert len(found.codings) == 3 + 2
    pair = compare(found, "A: admin", "B: admin", resamples=0).over_all
    assert (pair.both, pair.first_only, pair.second_only, pair.neither) == (2, 1, 0, 3)


def test_its_sheet_of_highlights_is_read_beside_the_text(exports):
    found, lost = exchange.imported(exports / "h.xlsx", [FOLDER / "report.txt"])
    assert [(w, set(c)) for w, c in marked(found)] == [(w, set(c)) for w, c in MARKED]
    assert set(lost["quotation"]) <= {"id"}


def test_two_documents_of_one_name_stay_two_and_what_is_noted_is_listed(
    exports, tmp_path
):
    path = shutil.copy(exports / "p.sqlite3", tmp_path / "p.sqlite3")
    with closing(sqlite3.connect(path)) as database:
        columns = [row[1] for row in database.execute("PRAGMA table_info(documents)")]
        others = ", ".join(c for c in columns if c != "id")
        database.execute(
            f"INSERT INTO documents ({others}) SELECT {others} FROM documents"
        )
        database.execute("UPDATE projects SET description = 'Ours'")
        database.execute("UPDATE documents SET description = 'Heard' WHERE id = 1")
        database.commit()
    found, lost = exchange.imported(path)
    memos = lost[["document", "quotation"]].to_numpy().tolist()
    assert memos == [["", "Ours"], ["report", "Heard"]]
    assert list(found.texts) == ["report", "report (2)"]
    assert found.documents["file"].is_unique


def test_it_comes_back_from_our_export(exports, tmp_path):
    found, _ = exchange.imported(exports / "p.sqlite3")
    (tmp_path / "a.qdpx").write_bytes(exchange.exported(found, ".qdpx", "fr"))
    again, _ = exchange.imported(tmp_path / "a.qdpx")
    assert again.segments.equals(found.segments)
    assert again.codings.equals(found.codings)
