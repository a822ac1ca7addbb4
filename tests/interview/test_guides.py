"""The guides of interviews, followed to the letter, from Word to the chapter."""

import re
import shlex
import shutil
import sqlite3
from contextlib import closing

import openpyxl
import pytest
from conftest import ROOT
from material.projects import A, B, T, U, project, qda
from material.word_files import begin, comment, end, paragraph, run, table, word

from ecrm_helpers.cli import main
from ecrm_helpers.files import write_atomically
from ecrm_helpers.interview.tables import read_interview

BLOCK = re.compile(r"([^\n]*)\n\n```\n(.*?)```", re.DOTALL)


def steps(guide):
    """Give commands, and files with what is to stand in them, in their order."""
    for before, inside in BLOCK.findall((ROOT / "docs" / guide).read_text("utf-8")):
        named = re.search(r"`([\w./]+\.(?:csv|yml))`\s?:$", before)
        if named:
            yield "file", named[1], inside
        else:
            yield from (("run", line, "") for line in inside.splitlines())


def talk(path, ask, coder, code):
    """Write a transcript that is coded by comments, one of them with a memo."""
    return word(
        path,
        paragraph(run(f"{ask} : ", bold=True), run("Et le prix ?")),
        paragraph(run("A : "), begin(1), run("Il monte"), end(1), run(" vite.")),
        comments=[comment(1, coder, code, "Elle hésite. À revoir !")],
    )


@pytest.mark.made
@pytest.mark.parametrize(
    ("guide", "stem", "ask"),
    [("entretiens.md", "e", "Enquêteur"), ("interviews.md", "i", "Interviewer")],
)
def test_a_guide_leads_to_the_chapter(tmp_path, monkeypatch, guide, stem, ask):
    for name in ("notebooks", "data"):
        shutil.copytree(ROOT / name, tmp_path / name)
    for name in ("study.yml", "requirements.lock"):
        shutil.copy(ROOT / name, tmp_path)
    monkeypatch.chdir(tmp_path)
    for n in (1, 2):
        talk(tmp_path / f"{stem}{n}.docx", ask, "Léa", "Coût > Prix")
        talk(tmp_path / f"{stem}{n}-tom.docx", ask, "Tom", "Prix ; Doute")
    done = 0
    for kind, what, inside in steps(guide):
        if kind == "file":
            write_atomically(tmp_path / what, inside.encode())
            continue
        program, *words = shlex.split(what)
        if program == "make":
            given = dict(word.split("=") for word in words[1:])
            words = ["reproduce", "--plain", *(
                part for name, value in given.items()
                for part in (f"--{name.lower()}", value)
            )]  # fmt: skip
        assert main(words) == 0, what
        done += 1
    assert done == 6
    edition = "fr" if guide == "entretiens.md" else "en"
    page = tmp_path / "output" / edition / "html/04_interview_coding.html"
    told = page.read_text(encoding="utf-8")
    for words in ("Il monte", "Elle hésite", "Léa", "Tom", f"{stem.upper()}1"[1:]):
        assert words in told
    assert (tmp_path / "output" / edition / "docx/chapter.docx").exists()


SAID = ["E : Et le prix ?", "R : Il monte, et vite, je crois."]
WORDS = "Il monte, et vite"
AT = len(SAID[0]) + 5, len(SAID[0]) + 5 + len(WORDS)


def in_a_table(path, who):
    """The whole turn is coded: a row has no part."""
    rows = zip(SAID, ["", "Prix ; Doute"], strict=True)
    return [word(path / f"e1-{who}.docx", table(["Texte", "Codes"], *rows))]


def in_excel(path, who):
    (path / "e1.txt").write_text("\n".join(SAID), encoding="utf-8")
    book = openpyxl.Workbook()
    for row in (["Extrait", "Codes", "Entretien"], [WORDS, "Prix ; Doute", "e1"]):
        book.active.append(row)
    book.save(path / f"{who}.xlsx")
    return [path / f"{who}.xlsx", "--text", path / "e1.txt"]


def in_excel_grid(path, who):
    in_excel(path, who)
    book = openpyxl.Workbook()
    for row in (["Thème", "e1"], ["Prix", WORDS], ["Doute", WORDS]):
        book.active.append(row)
    book.save(path / f"{who}.xlsx")
    return [path / f"{who}.xlsx", "--text", path / "e1.txt"]


def database(path, script):
    with closing(sqlite3.connect(path)) as made:
        made.executescript(script)
    return [path]


def in_taguette(path, who):
    page = "".join(f"<p>{line}</p>\n" for line in SAID)
    return database(
        path / f"{who}.sqlite3",
        f"""
        CREATE TABLE projects (name, description);
        CREATE TABLE documents (id, name, contents, description);
        CREATE TABLE tags (id, path, description);
        CREATE TABLE highlights (id, document_id, start_offset, end_offset, snippet);
        CREATE TABLE highlight_tags (highlight_id, tag_id);
        INSERT INTO projects VALUES ('p', '');
        INSERT INTO documents VALUES (1, 'e1', '{page}', '');
        INSERT INTO tags VALUES (1, 'Prix', ''), (2, 'Doute', '');
        INSERT INTO highlights VALUES (1, 1, {AT[0]}, {AT[1]}, '{WORDS}');
        INSERT INTO highlight_tags VALUES (1, 1), (1, 2);""",
    )


def in_qualcoder(path, who):
    marks = f"1, '{WORDS}', {AT[0]}, {AT[1]}, '{who}', '2024-05-06', ''"
    said = "\n".join(SAID)
    return database(
        path / f"{who}.qda",
        f"""
        CREATE TABLE project (memo);
        CREATE TABLE source (id, name, fulltext, memo);
        CREATE TABLE code_name (cid, name, memo, catid);
        CREATE TABLE code_text (cid, fid, seltext, pos0, pos1, owner, date, memo);
        INSERT INTO source VALUES (1, 'e1', '{said}', '');
        INSERT INTO code_name VALUES (1, 'Prix', '', NULL), (2, 'Doute', '', NULL);
        INSERT INTO code_text VALUES (1, {marks}), (2, {marks});""",
    )


def in_refi(path, who):
    codes = "".join(
        f'<Code guid="{guid}" name="{name}" isCodable="true"/>'
        for guid, name in ((A, "Prix"), (B, "Doute"))
    )
    marks = "".join(
        f'<Coding guid="{U}" creatingUser="{U}"><CodeRef targetGUID="{guid}"/></Coding>'
        for guid in (A, B)
    )
    xml = (
        f'<Project xmlns="urn:QDA-XML:project:1.0" name="p"><Users><User guid="{U}" '
        f'name="{who}"/></Users><CodeBook><Codes>{codes}</Codes></CodeBook><Sources>'
        f'<TextSource guid="{T}" name="e1" plainTextPath="internal://{T}.txt">'
        f'<PlainTextSelection guid="{T}" startPosition="{AT[0]}" '
        f'endPosition="{AT[1]}">{marks}</PlainTextSelection></TextSource></Sources>'
        "</Project>"
    )
    return [project(path / f"{who}.qdpx", xml, **{f"sources__{T}": "\n".join(SAID)})]


@pytest.mark.slow
@pytest.mark.parametrize(
    "route", [in_a_table, in_excel, in_excel_grid, in_taguette, in_qualcoder, in_refi]
)
def test_every_route_leads_to_two_coders_and_their_agreement(tmp_path, route):
    folders = [tmp_path / "out" / who for who in ("lea", "tom")]
    for folder in folders:
        taken = route(tmp_path, folder.name)
        assert qda("import", *taken, "--to", folder) == 0
        listed = (folder / "unanchored.csv").read_text(encoding="utf-8")
        assert listed.count("\n") == 1
    to = tmp_path / "accord.csv"
    assert qda("agreement", *folders, "--to", to) == 0
    assert "A: lea" in to.read_text(encoding="utf-8-sig")
    assert qda("join", *folders, "--to", tmp_path / "both") == 0
    both = read_interview(tmp_path / "both")
    assert both.coders["coder_id"].tolist() == ["lea", "tom"]
    whole = WORDS if route is not in_a_table else SAID[1]
    assert both.segments["excerpt"].tolist() == [whole]
    assert both.segments["speaker"].tolist() == ["R"]
    assert sorted(both.codings["code_id"]) == ["doute", "doute", "prix", "prix"]
