"""Planted persons are found, in every kind of file; what only looks like one is not."""

import base64
import hashlib
import json
import shutil
import zipfile

import pytest
import typst
from conftest import ROOT

from ecrm_helpers.compendium.checks import privacy
from ecrm_helpers.compendium.checks.privacy import scan


@pytest.fixture
def root(tmp_path):
    """Give the documents that hold the reference, and data that allow nothing."""
    plant(tmp_path, privacy.ALLOW, "file,text,reason\n")
    for name in ("CITATION.cff", "README.md", "LISEZMOI.md"):
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


def plant(root, name, text):
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def notebook(text):
    """Give an executed notebook whose only output is the text."""
    return json.dumps(
        {"cells": [{"outputs": [{"data": {"text/html": [text]}}]}]}, indent=1
    )


EMAIL = "a.person@example.com"
PHONES = [
    "0550123456", "05 50 12 34 56", "0661-12-34-56", "0770.123.456", "06/61/12/34/56",
    "+213550123456", "+213 5 50 12 34 56", "+213 (0) 550 12 34 56", "00213 21 54 12 34",
    "+213-661-123-456", "07 70 123 456".replace(" ", "\N{NO-BREAK SPACE}"),
]  # fmt: skip
HEADERS = [
    "Nom", "Prénom", "Nom et prénom", "name", "Full Name", "E-mail", "Adresse e-mail",
    "Email Address", "Téléphone", "Numéro de téléphone", "Nom d'utilisateur",
]  # fmt: skip
MOMENT_HEADERS = ["Horodateur", "Timestamp", "timestamp", "Start time", "submitdate"]
MOMENTS = ["2022/07/08 10:31:05", "2022-07-08T10:31", "08/07/2022 10:31:05"]
PLACES = {
    "data/answers.csv": lambda text: f"id,q1\n1,{text}\n",
    "output/fr/tables/01-tab.csv": lambda text: f"id;q1\n3;{text}\n",
    "output/fr/html/01.html": lambda text: f"<p>x</p>\n<p>{text}</p>\n",
    "output/en/executed/01.ipynb": notebook,
    "output/results/01.json": lambda text: json.dumps({"l": f"x\n{text}"}, indent=1),
}


@pytest.mark.slow
def test_the_repository_and_what_it_made_hold_no_person(root):
    raw = shutil.ignore_patterns("raw")
    shutil.copytree(ROOT / "data", root / "data", ignore=raw, dirs_exist_ok=True)
    assert scan(root) == []
    assert scan(ROOT) == []


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    ("text", "what"),
    [(EMAIL, "e-mail address"), *((phone, "telephone number") for phone in PHONES)],
)
def test_addresses_and_numbers_are_found_anywhere(root, place, text, what):
    plant(root, place, PLACES[place](text))
    written = (root / place).read_text(encoding="utf-8").split("\n")
    escaped = (text, json.dumps(text)[1:-1])
    line = next(i for i, w in enumerate(written, 1) if any(e in w for e in escaped))
    (found,) = scan(root)
    assert found.startswith(f"{place}:{line}: {what}: ")
    assert text not in found


@pytest.mark.parametrize(
    ("text", "what"), [(EMAIL, "e-mail address"), (PHONES[0], "telephone number")]
)
def test_a_pdf_is_read(root, tmp_path, text, what):
    (tmp_path / "page.typ").write_text(
        f"First line.\n\nCall #{text!r}.".replace("'", '"')
    )
    path = root / "output/fr/pdf/01.pdf"
    path.parent.mkdir(parents=True)
    typst.compile(tmp_path / "page.typ", output=path)
    (found,) = scan(root)
    assert found.startswith(f"output/fr/pdf/01.pdf:2: {what}: ")
    path.write_bytes(path.read_bytes()[:100])  # a broken one tells of nobody
    assert scan(root) == []


@pytest.mark.parametrize("header", [*HEADERS, *MOMENT_HEADERS])
def test_columns_of_names_and_moments_are_found_anywhere(root, header):
    what = "moments" if header in MOMENT_HEADERS else "names or addresses"
    table = f"<table><thead><tr><th></th><th>{header}</th></tr></thead></table>"
    plant(root, "data/answers.csv", f'\ufeffid,"{header}",q1\n1,x,2\n')
    plant(root, "output/fr/html/01.html", f"\n\n{table}")
    plant(root, "output/fr/executed/01.ipynb", notebook(table))
    expected = ["data/answers.csv:1", "output/fr/executed/01.ipynb:8"]
    expected.append("output/fr/html/01.html:3")
    if header != "name":  # a key of every program's own records
        text = json.dumps({header: "x"}, ensure_ascii=False, indent=1)
        plant(root, "output/results/01.json", text)
        expected.append("output/results/01.json:2")
    assert [one.split(f": column of {what}")[0] for one in scan(root)] == expected


def test_ends_of_lines_of_another_system_change_nothing(root):
    plant(root, "data/answers.csv", "q1,name\r\n1,x\r\n")
    plant(root, privacy.ALLOW, "file,text,reason\r\ndata/answers.csv,name,a number\r\n")
    assert scan(root) == []


@pytest.mark.parametrize("moment", MOMENTS)
def test_moments_of_answers_are_found(root, moment):
    plant(root, "data/answers.csv", f"id,q1\n1,2\n2,{moment}\n")
    (found,) = scan(root)
    assert found.startswith("data/answers.csv:3: moment of an answer")


@pytest.mark.parametrize(
    ("cell", "what"),
    [
        ("Horodateur", "column of moments"),
        ("Nom", "column of names or addresses"),
        (EMAIL, "e-mail address"),
        (MOMENTS[0], "moment of an answer"),
    ],
)
def test_spreadsheets_are_opened(root, cell, what):
    sheet = root / "data/answers.xlsx"
    with zipfile.ZipFile(sheet, "w") as archive:
        archive.writestr("docProps/core.xml", "<created>2022-07-08T10:31:05Z</created>")
        archive.writestr("xl/sharedStrings.xml", f"<sst>\n<si><t>{cell}</t></si></sst>")
    (found,) = scan(root)
    assert found.startswith(f"data/answers.xlsx!xl/sharedStrings.xml:2: {what}")


def test_word_files_are_opened(root):
    with zipfile.ZipFile(root / "data/answers.docx", "w") as archive:
        archive.writestr("word/document.xml", f"<w:p>\n<w:t>{EMAIL}</w:t></w:p>")
    (found,) = scan(root)
    assert found.startswith("data/answers.docx!word/document.xml:2: e-mail address")


NO_PERSON = [
    hashlib.sha256(b"x").hexdigest().replace("a", "0") + "  data/x.csv",
    "sha256-" + base64.b64encode(b"0550123456" * 4).decode(),
    '<img src="data:image/png;base64,' + "0550123456" * 40 + '">',
    '"image/png": "' + "a0550123456" * 30 + '"',
    '<path d="M 05 50 12 34 56 L 0550123456 1"/>',
    '<path d="M 0550123456 1\nL 05 50 12 34 56"/>',
    "https://doi.org/10.1037/0550123456.7 and 10.0550123456",
    "F(1, 71) = 6.980469, p = .0101299; 0.0661123456 and 1.0770123456",
    "du 2022-07-07 au 2022-08-03; 07/07/2022 03/08/2022; 07.07.2022 - 03.08.2022",
    "07 08 2022 05 06 2022",
    "12, 05, 06, 07, 08, 09",
    "<th>E-mail</th> is an answer here, and so is <th scope='row'>Téléphone</th>",
    "@media (width < 3em) { a@b }",
    "213 clients; +2135; 0551234; 055012345678",
]


@pytest.mark.parametrize("text", NO_PERSON)
def test_what_only_looks_like_a_person_is_not_reported(root, text):
    plant(root, "data/notes.txt", f"text\n{text}\n")
    plant(root, "output/fr/html/01.html", f"<p>{text}</p>")
    plant(root, "output/fr/executed/01.ipynb", notebook(text))
    assert scan(root) == []


def test_raw_answers_and_pictures_are_not_read_but_what_is_made_of_them_is(root):
    plant(root, "data/raw/answers.csv", f"Nom\n{EMAIL}\n")
    plant(root, "output/fr/figures/x.png", EMAIL)
    assert scan(root) == []
    plant(root, "output/fr/figures/x.svg", f"<text>{EMAIL}</text>")
    assert len(scan(root)) == 1


def test_the_author_stands_once_in_the_reference_and_nowhere_else(root):
    reference = (root / "README.md").read_text(encoding="utf-8").split("> ")[1]
    name = reference.split(",")[0]
    plant(root, "output/fr/html/01.html", f"<p>{reference}</p>")
    plant(root, "output/crate.json", json.dumps({"citation": reference}))
    assert scan(root) == []
    plant(root, "output/fr/html/01.html", f"<p>{reference}</p>\n<p>{name}</p>")
    plant(root, "data/notes.csv", f"a\n{name.title()}\n")
    with (root / "LISEZMOI.md").open("a", encoding="utf-8") as file:
        file.write(name)
    found = [one.split(":")[0] for one in scan(root) if "author outside" in one]
    assert found == ["data/notes.csv", "output/fr/html/01.html", "LISEZMOI.md"]


def test_other_persons_are_known_by_hash_only(root, monkeypatch):
    hashed = hashlib.sha256(b"ecrm privacy zzebrene").hexdigest()[:16]
    monkeypatch.setattr(privacy, "_PERSONS", {hashed})
    privacy._is_person.cache_clear()
    plant(root, "output/fr/html/01.html", "M. X, then\nM. ZZÉBRENE; zzebrenes")
    plant(root, "docs/decisions.md", "Zzebrene")
    found = scan(root)
    privacy._is_person.cache_clear()
    assert [one.split(": take")[0] for one in found] == [
        "output/fr/html/01.html:2: natural person",
        "docs/decisions.md:1: natural person",
    ]


def test_an_allowance_of_a_kind_allows_all_of_it_in_one_file_and_nothing_else(root):
    plant(root, "data/a.csv", "x\n01/02/2031 10:30\n02/02/2031 11:30\n0661123456\n")
    plant(root, "data/b.csv", "x\n01/02/2031 10:30\n")
    kept = (root / privacy.ALLOW).read_text(encoding="utf-8")
    plant(root, privacy.ALLOW, f"{kept}data/a.csv,moment of an answer,invented\n")
    assert [one.split(": take")[0] for one in scan(root)] == [
        "data/a.csv:4: telephone number",
        "data/b.csv:2: moment of an answer",
    ]


def test_an_allowance_needs_a_reason_and_something_to_allow(root):
    plant(root, "output/fr/html/01.html", f"{EMAIL} {PHONES[0]}")
    rows = [
        f"output/fr/html/01.html,{EMAIL},the project's own address",
        f"output/fr/html/01.html,{PHONES[0]}, ",
        "output/fr/html/02.html,0661123456,was there once",
    ]
    kept = (root / privacy.ALLOW).read_text(encoding="utf-8")
    plant(root, privacy.ALLOW, kept + "\n".join(rows) + "\n")
    assert scan(root) == [
        f"{privacy.ALLOW}: the allowance for output/fr/html/01.html has no reason: "
        "give one",
        f"{privacy.ALLOW}: an allowance for output/fr/html/02.html allows nothing any "
        "more: take it out",
    ]


def test_a_clean_file_is_read_again_only_when_it_or_the_rules_have_changed(
    root, monkeypatch
):
    plant(root, "data/clean.csv", "id\n1\n")
    plant(root, "data/found.csv", f"id\n{EMAIL}\n")
    first = scan(root, strict=False)
    assert len(first) == 1
    assert first == scan(root)
    read = []
    texts = privacy.texts
    looked = lambda path, top: read.append(path.name) or texts(path, top)  # noqa: E731
    monkeypatch.setattr(privacy, "texts", looked)
    assert scan(root, strict=False) == first
    assert read == ["found.csv"]
    plant(root, "data/clean.csv", f"id\n{EMAIL}\n")
    assert len(scan(root, strict=False)) == 2
    plant(root, "data/clean.csv", "id\n1\n")
    assert scan(root, strict=False) == first
    read.clear()
    monkeypatch.setattr(privacy, "digests", lambda *_: {"other": "rules"})
    assert scan(root, strict=False) == first
    assert {"clean.csv", "found.csv"} <= {*read}


def test_a_damaged_list_of_clean_files_clears_nobody(root):
    plant(root, "data/found.csv", f"id\n{EMAIL}\n")
    for damaged in ("", "[]", "{", '{"x": 1}'):
        plant(root, privacy._CLEAN, damaged)
        assert len(scan(root, strict=False)) == 1
