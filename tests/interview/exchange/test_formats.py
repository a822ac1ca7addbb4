"""Every kind of file: round trips, the same bytes, and what is refused."""

import pytest
from material import artificial
from material.projects import FILE_ENTITY, corpora, qda

from ecrm_helpers.interview.exchange import formats as exchange
from ecrm_helpers.interview.exchange.carried import Carried, Code, Quotation
from ecrm_helpers.interview.exchange.tabled import tables as tables_of
from ecrm_helpers.interview.exchange.together import together
from ecrm_helpers.interview.tables import files, read_interview


def test_import_of_an_export_gives_the_same_tables(tmp_path):
    for n, corpus in enumerate(corpora(tmp_path)):
        path = tmp_path / f"{n}.qdpx"
        path.write_bytes(exchange.exported(corpus, ".qdpx", "fr"))
        again, lost = exchange.imported(path)
        assert lost.empty
        assert files(again) == files(corpus)


@pytest.mark.parametrize("ending", [".qdc", ".xlsx"])
def test_a_codebook_comes_back_from_every_kind_that_holds_it(tmp_path, ending):
    for n, corpus in enumerate(corpora(tmp_path)):
        path = tmp_path / f"{n}{ending}"
        path.write_bytes(exchange.exported(corpus, ending, "fr"))
        again, _ = exchange.imported(path)
        assert again.codebook.equals(corpus.codebook)


@pytest.mark.slow
@pytest.mark.parametrize("ending", exchange.WRITTEN)
def test_an_export_has_the_same_bytes_each_time(tmp_path, ending):
    for corpus in corpora(tmp_path):
        first = exchange.exported(corpus, ending, "fr")
        assert exchange.exported(corpus, ending, "fr") == first


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.qdc", FILE_ENTITY.encode(), "unsafe XML"),
        ("a.qdc", b"<CodeBook>", "not sound XML"),
        ("a.sqlite3", b"no database", "not Taguette's database"),
        ("a.csv", b"x,y\n1,2\n", "found the headers: x, y"),
        ("a.xlsx", b"no workbook", "not a sound zip archive"),
        ("a.docx", b"no document", "not a sound zip archive"),
        ("a.qda", b"no database", "not a project of QualCoder"),
        ("a.rqda", b"no database", "not a project of RQDA"),
        ("a.doc", b"", ".doc; can be read: .qdpx, .qdc, .sqlite3, .qda, .rqda, .xlsx"),
    ],
)
def test_other_bad_files_are_refused(tmp_path, capsys, name, content, told):
    (tmp_path / name).write_bytes(content)
    assert qda("import", tmp_path / name, "--to", tmp_path / "out") == 2
    assert told in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_an_ending_that_cannot_be_written_is_named(tmp_path, capsys):
    assert qda("export", tmp_path / "a.docx") == 2
    assert "can be written: .qdpx, .qdc, .xlsx, .html" in capsys.readouterr().err


def test_codes_meet_by_name_and_new_ones_stand_apart(tmp_path):
    mine = read_interview(artificial.written(tmp_path / "talk"))
    text = mine.texts["talk"]
    code, new = Code("1", "", "quick reply "), Code("2", "", "Novel")
    quotations = (
        Quotation("other", 0, "we reply at once", ({"code": "1", "coder": "z"},)),
        Quotation("other", 0, "skills, and time", ({"code": "2", "coder": "z"},)),
        Quotation("other", 0, "gone", ({"code": "2", "coder": "z"},)),
    )
    theirs, _ = tables_of(
        Carried({"other": text + "gone"}, (code, new), quotations, {"z": ("z", "")})
    )
    both, lost = together([mine, theirs])
    assert both.coders["coder_id"].tolist() == ["A: one", "A: two", "B: z"]
    added = both.codings[both.codings["coder_id"] == "B: z"]
    assert added["code_id"].tolist() == ["outcomes-realtime", "B: novel"]
    assert lost["quotation"].tolist() == ["gone"]
