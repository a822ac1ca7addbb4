"""Exchange with coding programs: round trips, the schema, tolerance, refusals.

The schemas in ``oracles/refi_qda`` are REFI's own (MIT): ``Project.xsd`` as
released, ``Codebook.xsd`` after the printed specification.
"""

import io
import re
import shutil
import sqlite3
import struct
import zipfile
from html import escape

import openpyxl
import pytest
import xmlschema
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from material import artificial

from ecrm_helpers.cli import main
from ecrm_helpers.interview import archives
from ecrm_helpers.interview.anchors import anchor, normal
from ecrm_helpers.interview.exchange import formats as exchange
from ecrm_helpers.interview.exchange.carried import (
    Carried,
    Code,
    Quotation,
    lines,
    values,
)
from ecrm_helpers.interview.exchange.carried import tables as tables_of
from ecrm_helpers.interview.tables import InterviewError, files, read_interview

FOLDER = ROOT / "data/interview"
SCHEMAS = {
    ending: xmlschema.XMLSchema(str(ROOT / f"tests/oracles/refi_qda/{name}.xsd"))
    for ending, name in ((".qdpx", "Project"), (".qdc", "Codebook"))
}


def corpora(tmp_path):
    yield read_interview(FOLDER, "fr")
    yield read_interview(FOLDER, "en")
    yield read_interview(artificial.written(tmp_path / "talk"))


def qda(*arguments):
    return main(["qda", *map(str, arguments)])


def project(path, xml, **members):
    """Write a project file as another program might."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("project.qde", xml)
        for name, content in members.items():
            archive.writestr(name.replace("__", "/") + ".txt", content)
    return path


# --- Round trips


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


def test_a_workbook_brings_the_first_coders_codings_back(tmp_path):
    corpus = read_interview(FOLDER)
    path = tmp_path / "a.xlsx"
    path.write_bytes(exchange.exported(corpus, ".xlsx", "fr"))
    again, lost = exchange.imported(path)
    assert lost.empty
    assert again.texts == corpus.texts
    assert again.segments.equals(corpus.segments)
    pairs = ["segment_id", "code_id", "coder_id"]
    assert again.codings[pairs].equals(corpus.codings[pairs])


words = st.text(
    st.characters(blacklist_categories=("Cc", "Cs", "Cn", "Zl", "Zp")), min_size=1
).filter(str.strip)


@settings(deadline=None, max_examples=40)
@given(
    texts=st.lists(words, min_size=1, max_size=4),
    names=st.lists(words, min_size=1, max_size=4),
    memo=st.text(st.characters(blacklist_categories=("Cc", "Cs", "Cn"))),
)
def test_any_words_survive_the_round_trip(tmp_path_factory, texts, names, memo):
    names = list(
        {normal(n).strip().casefold(): normal(n).strip() for n in names}.values()
    )
    text = normal("\n".join(texts))
    codes = tuple(Code(str(i), "", name, memo) for i, name in enumerate(names))
    codings = ({"code": "0", "coder": "x", "memo": memo},)
    quotations = [Quotation("talk", 0, text.split("\n")[0], codings, {"section": memo})]
    carried = Carried({"talk": text}, codes, tuple(quotations), {"x": ("x", memo)})
    corpus, _ = tables_of(carried)
    path = tmp_path_factory.mktemp("any") / "a.qdpx"
    path.write_bytes(exchange.exported(corpus, ".qdpx", "fr"))
    again, lost = exchange.imported(path)
    assert lost.empty
    assert files(again) == files(corpus)


@given(about=st.dictionaries(st.sampled_from(["memo", "turn"]), st.text(min_size=1)))
def test_lines_come_back_as_they_were(about):
    assert values(lines(about)) == about


# --- Valid, and the same bytes


def test_exports_are_valid_against_the_schema(tmp_path):
    for corpus in corpora(tmp_path):
        with zipfile.ZipFile(
            io.BytesIO(exchange.exported(corpus, ".qdpx", "fr"))
        ) as archive:
            SCHEMAS[".qdpx"].validate(archive.read("project.qde").decode())
        SCHEMAS[".qdc"].validate(exchange.exported(corpus, ".qdc", "fr").decode())


def test_the_schema_itself_can_refuse():
    xml = exchange.exported(read_interview(FOLDER), ".qdc", "fr").decode()
    with pytest.raises(xmlschema.XMLSchemaValidationError):
        SCHEMAS[".qdc"].validate(xml.replace("<Codes>", "<Sets/><Codes>"))


@pytest.mark.parametrize("ending", exchange.WRITTEN)
def test_an_export_has_the_same_bytes_each_time(tmp_path, ending):
    for corpus in corpora(tmp_path):
        first = exchange.exported(corpus, ending, "fr")
        assert exchange.exported(corpus, ending, "fr") == first


def test_identifiers_hang_on_names_alone():
    corpus = read_interview(FOLDER)
    fewer = corpus.codings.iloc[:5]
    some = exchange.exported(
        type(corpus)(**{**vars(corpus), "codings": fewer}), ".qdpx", "fr"
    )
    with zipfile.ZipFile(io.BytesIO(some)) as archive:
        xml = archive.read("project.qde").decode()
    for guid in corpus.codebook["guid"]:
        assert f'guid="{guid}"' in xml


# --- Other programs' ways

A, B, C, U, T = (
    f"{n}{n}{n}{n}{n}{n}{n}{n}-0000-4000-8000-000000000000" for n in "abcde"
)
SPEECH = "Artificial: one tool.\r\nArtificial: no blog, one tool.\r\n"


def qualcoder(selection="", note="", codes="", users=f'<User guid="{U}" name="Ann"/>'):
    """Write a project as QualCoder does: names are quotations, codes may nest."""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<Project xmlns="urn:QDA-XML:project:1.0" name="p" origin="QualCoder 3.6" '
        f'creatingUserGUID="{U}" creationDateTime="2026-01-02T03:04:05Z">'
        f"<Users>{users}</Users><CodeBook><Codes>"
        f'<Code guid="{A}" name="Tools" isCodable="false">'
        f'<Code guid="{B}" name="Blog" isCodable="true" color="#FF0000">'
        f"<Description>what</Description></Code></Code>{codes}</Codes></CodeBook>"
        f'<Sources><TextSource guid="{T}" name="talk" plainTextPath="{T}.txt">'
        f"{selection}</TextSource></Sources>{note}</Project>"
    )


def selection(words, start, end, code=B):
    return (
        f'<PlainTextSelection guid="{C}" name="{escape(words)}" '
        f'startPosition="{start}" endPosition="{end}"><Coding guid="{C}" '
        f'creatingUser="{{{U.upper()}}}" creationDateTime="2026-01-02T03:04:05Z">'
        f'<CodeRef targetGUID="{code.upper()}"/></Coding></PlainTextSelection>'
    )


def test_a_project_in_other_ways_is_understood(tmp_path):
    xml = "\ufeff" + qualcoder(selection("no blog", 35, 42))
    path = tmp_path / "q.qdpx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("Whatever Name.QDE", xml)
        archive.writestr(f"Sources/{T.upper()}.TXT", "\ufeff" + SPEECH)
    found, lost = exchange.imported(path)
    assert lost.empty
    assert found.texts == {"talk": SPEECH.replace("\r\n", "\n")}
    (row,) = found.segments.itertuples()
    assert (row.excerpt, row.start, row.end) == ("no blog", 34, 41)
    assert found.codings.iloc[0].tolist() == [
        "S1",
        "blog",
        "Ann",
        "1",
        "2026-01-02",
        "",
    ]
    assert found.codebook["parent_id"].tolist() == ["", "tools"]
    assert found.codebook["definition"].tolist() == ["", "what"]


@pytest.mark.parametrize(
    ("quoted", "start", "end", "place"),
    [
        ("one tool", 12, 20, 12),  # as it is
        ("one tool", 44, 52, 43),  # the second of two, one off for its CRLF
        ("one tool", 0, 0, 12),  # no offsets to speak of
        ("Quotation 7", 12, 20, 12),  # a name that is no quotation
        ("one …", 12, 20, 12),  # cut short by a program
    ],
)
def test_a_passage_is_found_by_its_words(tmp_path, quoted, start, end, place):
    xml = qualcoder(selection(quoted, start, end))
    path = project(tmp_path / "q.qdpx", xml, **{f"sources__{T}": SPEECH})
    found, lost = exchange.imported(path)
    assert lost.empty
    assert found.segments["start"].tolist() == [place]
    assert found.segments["excerpt"].tolist() == ["one tool"]


def test_what_has_no_place_is_listed_and_the_rest_is_kept(tmp_path):
    xml = qualcoder(
        selection("no blog", 35, 42)
        + selection("one tool", 12, 20, code=C)
        + selection("", 900, 950)
    ).replace("</Sources>", f'<PDFSource guid="{A}" name="a.pdf"/></Sources>')
    path = project(tmp_path / "q.qdpx", xml, **{f"sources__{T}": SPEECH})
    found, lost = exchange.imported(path)
    assert len(found.codings) == 1
    assert lost["reason"].tolist() == [
        "a source that is not plain text",
        "a code that the codebook lacks",
        "the words do not occur in the text",
    ]
    assert qda("import", path, "--to", tmp_path / "out") == 0
    listed = (tmp_path / "out/unanchored.csv").read_text(encoding="utf-8")
    assert "a.pdf" in listed
    assert "one tool" in listed


def test_equal_names_of_sources_and_a_source_without_text(tmp_path):
    rich = f'<TextSource guid="{A}" name="talk" richTextPath="internal://x.docx">'
    xml = qualcoder(selection("no blog", 35, 42)).replace(
        "</Sources>", f"{rich}{selection('in rich text', 1, 9)}</TextSource></Sources>"
    )
    path = project(tmp_path / "q.qdpx", xml, **{f"sources__{T}": SPEECH})
    found, lost = exchange.imported(path)
    assert found.segments["excerpt"].tolist() == ["no blog"]
    assert set(lost["document"]) == {f"talk ({A})"}
    assert lost["quotation"].tolist() == ["", "in rich text"]


def test_notes_of_others_become_memos_and_definitions(tmp_path):
    coding = selection("no blog", 35, 42).replace(
        "</Coding>", f'<NoteRef targetGUID="{A}"/></Coding>'
    )
    notes = (
        f'<Notes><Note guid="{A}" name="n"><PlainTextContent>Seen: twice.'
        f"</PlainTextContent></Note></Notes>"
    )
    path = project(
        tmp_path / "q.qdpx", qualcoder(coding, notes), **{f"sources__{T}": SPEECH}
    )
    assert exchange.imported(path)[0].codings["memo"].tolist() == ["Seen: twice."]


@given(before=st.text(), words=st.text(min_size=1), after=st.text())
def test_an_anchor_gives_the_words_it_was_asked_for(before, words, after):
    text = normal(before + words + after)
    span = anchor(text, words, len(normal(before)))
    if span is not None:
        found = text[span[0] : span[1]]
        assert found.split() == normal(words).split()


def test_taguettes_codebook_with_its_empty_sets_is_read(tmp_path):
    path = tmp_path / "t.qdc"
    path.write_text(
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<CodeBook xmlns="urn:QDA-XML:codebook:1.0" '
        f'origin="Taguette 1.5.2"><Codes><Code guid="{A.upper()}" name="Blog" '
        'isCodable="true"/></Codes><Sets/></CodeBook>',
        encoding="utf-8",
    )
    found, _ = exchange.imported(path)
    assert found.codebook["name"].tolist() == ["Blog"]
    assert found.codebook["guid"].tolist() == [A]


HIGHLIGHTS = (
    "id,document,tag,content\n1,talk,Blog,no blog\n1,talk,Tools,no blog\n2,talk,,x\n"
)


def test_taguettes_csv_is_anchored_in_a_text_or_listed_whole(tmp_path):
    path, text = tmp_path / "h.csv", tmp_path / "talk.txt"
    path.write_text(HIGHLIGHTS, encoding="utf-8")
    text.write_bytes(SPEECH.encode())
    found, lost = exchange.imported(path, text)
    assert found.segments["excerpt"].tolist() == ["no blog"]
    assert found.codings["code_id"].tolist() == ["blog", "tools"]
    assert lost["quotation"].tolist() == ["x"]
    found, lost = exchange.imported(path)
    assert found.segments.empty
    assert lost["quotation"].tolist() == ["no blog", "no blog", "x"]


# --- Refusals: clear, and nothing touched

BOMB = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    '<!ENTITY b "&a;&a;&a;&a;">]><Project xmlns="urn:QDA-XML:project:1.0" name="&b;"/>'
)
FILE_ENTITY = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    '<Project xmlns="urn:QDA-XML:project:1.0" name="&a;"/>'
)


def archive_of(path, members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)


def lying(path):
    """Write a member that is larger than its header says."""
    archive_of(path, [("project.qde", b" " * (archives.LARGEST + 10))])
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
            exchange.exported(read_interview(FOLDER), ".qdpx", "fr")[:-40]
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
        lambda p: archive_of(p, [("a.qde", b" " * (archives.LARGEST + 1))]),
        "bytes unpacked",
    ),
    "many": (
        lambda p: archive_of(
            p, [(f"{n}", "") for n in range(archives.MOST_MEMBERS + 1)]
        ),
        "at most 500 are read",
    ),
    "more than it says": (lying, "project.qde"),
    "encrypted": (encrypted, "'project.qde' is encrypted"),
    "latin-1": (
        lambda p: project(p, qualcoder(), **{f"sources__{T}": "été".encode("latin-1")}),
        "not UTF-8 (byte 0)",
    ),
    "no source": (lambda p: project(p, qualcoder()), "is not in the archive"),
    "bad offsets": (
        lambda p: project(
            p, qualcoder(selection("x", "y", 1)), **{f"sources__{T}": SPEECH}
        ),
        "not REFI-QDA",
    ),
    "homonyms": (
        lambda p: project(
            p,
            qualcoder(codes=f'<Code guid="{C}" name="blog" isCodable="true"/>'),
            **{f"sources__{T}": SPEECH},
        ),
        "stands for Tools > Blog and for blog",
    ),
}


@pytest.mark.parametrize("case", HOSTILE)
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
    with pytest.raises(InterviewError, match="3 fault"):
        exchange.imported(path)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.qdc", FILE_ENTITY.encode(), "unsafe XML"),
        ("a.qdc", b"<CodeBook>", "not sound XML"),
        ("a.sqlite3", b"no database", "not Taguette's database"),
        ("a.csv", "id,document,tag,content\n1,a,b,été\n".encode("latin-1"), "UTF-8"),
        ("a.csv", b"x,y\n1,2\n", "found the columns x, y"),
        ("a.xlsx", b"no workbook", "not a sound zip archive"),
        ("a.docx", b"", ".docx; can be read: .qdpx, .qdc, .sqlite3, .xlsx, .csv"),
    ],
)
def test_other_bad_files_are_refused(tmp_path, capsys, name, content, told):
    (tmp_path / name).write_bytes(content)
    assert qda("import", tmp_path / name, "--to", tmp_path / "out") == 2
    assert told in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_another_database_is_refused(tmp_path, capsys):
    sqlite3.connect(tmp_path / "a.sqlite3").execute(
        "CREATE TABLE x (y)"
    ).connection.close()
    assert qda("import", tmp_path / "a.sqlite3", "--to", tmp_path / "out") == 2
    assert "no such table" in capsys.readouterr().err


def test_a_workbook_with_an_unknown_code_names_every_cell(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(exchange.exported(read_interview(FOLDER), ".xlsx", "fr"))
    book = openpyxl.load_workbook(path)
    for row in (2, 5):
        book["coding"].cell(row, 8).value = f"Nonsense {row}"
    book.save(path)
    with pytest.raises(InterviewError, match="2 code") as caught:
        exchange.imported(path)
    assert "sheet coding, S01: 'Nonsense 2'" in str(caught.value)
    del book["text"]
    book.save(path)
    with pytest.raises(InterviewError, match="not a workbook of ecrm qda"):
        exchange.imported(path)


def test_homonyms_are_not_exported(tmp_path, capsys):
    folder = shutil.copytree(FOLDER, tmp_path / "interview")
    with (folder / "codebook.csv").open("a", encoding="utf-8") as file:
        file.write("tools-x,tools,STRATÉGIE,d,,,emergent,g\n")
    assert qda("export", tmp_path / "a.qdpx", "--interview", folder) == 2
    error = capsys.readouterr().err
    assert "Facteurs de succès > Stratégie and for Outils > STRATÉGIE" in error
    assert not (tmp_path / "a.qdpx").exists()


def test_a_full_folder_is_left_alone(tmp_path, capsys):
    assert qda("export", tmp_path / "a.qdpx") == 0
    (tmp_path / "full").mkdir()
    (tmp_path / "full/mine.txt").write_text("mine")
    for verb in (("import", tmp_path / "a.qdpx"), ("kit",)):
        assert qda(*verb, "--to", tmp_path / "full") == 2
        assert "name a new folder" in capsys.readouterr().err
    assert [p.name for p in (tmp_path / "full").iterdir()] == ["mine.txt"]
    (tmp_path / "empty").mkdir()
    assert qda("import", tmp_path / "a.qdpx", "--to", tmp_path / "empty") == 0
    assert (tmp_path / "empty/report.txt").read_bytes() == (
        FOLDER / "report.txt"
    ).read_bytes()


def test_an_ending_that_cannot_be_written_is_named(tmp_path, capsys):
    assert qda("export", tmp_path / "a.docx") == 2
    assert "can be written: .qdpx, .qdc, .xlsx, .html" in capsys.readouterr().err


# --- The kit, and what comes back


def test_the_kit_holds_no_code_and_no_judgement(tmp_path):
    assert qda("kit", "--to", tmp_path / "kit", "--language", "en") == 0
    sheets = openpyxl.load_workbook(tmp_path / "kit/recoding.xlsx")
    rows = list(sheets["coding"].values)
    corpus = read_interview(FOLDER, "en")
    assert [row[0] for row in rows[1:]] == corpus.segments["segment_id"].tolist()
    assert {cell for row in rows[1:] for cell in row[7:]} == {None}
    assert sheets["codings"].max_row == 1
    (choice,) = sheets["coding"].data_validations.dataValidation
    assert choice.formula1 == "codebook!$C$2:$C$44"
    blind, _ = exchange.imported(tmp_path / "kit/project.qdpx")
    assert blind.codings.empty
    assert blind.segments.equals(corpus.segments)
    assert blind.codebook.equals(corpus.codebook)
    page = (tmp_path / "kit/report.html").read_text(encoding="utf-8")
    assert all(escape(words) in page for words in corpus.segments["excerpt"])


def test_a_returned_workbook_goes_through_agreement(tmp_path, capsys):
    assert qda("kit", "--to", tmp_path / "kit") == 0
    corpus = read_interview(FOLDER)
    # An artificial second coder: the first's codes, but one left out, one added.
    given = corpus.codings.groupby("segment_id")["code_id"].agg(list).to_dict()
    given["S01"] = ["tools-blogs"]
    book = openpyxl.load_workbook(tmp_path / "kit/recoding.xlsx")
    for row in book["coding"].iter_rows(min_row=2):
        for cell, code in zip(row[7:], given[row[0].value], strict=False):
            cell.value = corpus.names[code]
    book.save(tmp_path / "back.xlsx")
    capsys.readouterr()
    assert qda("agreement", FOLDER, tmp_path / "back.xlsx") == 0
    told = capsys.readouterr().out.splitlines()
    (over_all,) = (
        line for line in told if re.match("(All codes|Tous les codes) ", line)
    )
    cells = over_all.split()[-13:]
    assert cells[:4] == ["22", str(len(corpus.codings) - 1), "1", "1"]
    assert [line.split() for line in told if line.startswith("S01")] == [
        ["S01", *corpus.names["profile-role"].split(), "A:", "C1"],
        ["S01", *corpus.names["tools-blogs"].split(), "B:", "C2"],
    ]


def test_a_file_without_codings_cannot_be_compared(tmp_path, capsys):
    assert qda("kit", "--to", tmp_path / "kit") == 0
    assert qda("agreement", FOLDER, tmp_path / "kit/project.qdpx") == 2
    assert "each of the two files needs codings" in capsys.readouterr().err


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
    both, first, second, lost = exchange.together(mine, theirs)
    assert (first, second) == ("A: one", "B: z")
    added = both.codings[both.codings["coder_id"] == second]
    assert added["code_id"].tolist() == ["outcomes-realtime", "B: novel"]
    assert lost["quotation"].tolist() == ["gone"]
