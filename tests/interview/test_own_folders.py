"""Notebook 04 on folders of one's own: what it shows, and says is missing."""

import re
import shutil

import nbformat
import pytest
from conftest import NOTEBOOKS, ROOT, unprinted
from hypothesis import example, given, settings
from hypothesis import strategies as st
from material.projects import qda
from material.studies.cells import run_all
from material.word_files import begin, comment, end, paragraph, run, word

from ecrm_helpers.cli import main
from ecrm_helpers.files import write_folder
from ecrm_helpers.interview.exchange.carried import Carried, Code, Quotation
from ecrm_helpers.interview.exchange.formats import folder_of
from ecrm_helpers.interview.exchange.tabled import tables
from ecrm_helpers.interview.tables import read_interview
from ecrm_helpers.shown.coded.corpus import without_names

pytestmark = pytest.mark.slow  # each runs all cells of a notebook

CASES = ROOT / "tests/material/interview_cases"
STUDY = """
title: {fr: "Pourquoi rester ?", en: "Why stay?"}
"""
H1 = """
hypotheses:
  h1:
    claim: {fr: "Le prix retient.", en: "The price keeps."}
    thesis_verdict: none
    rule: statements
    minimum_respondents: 2
    codes: {for: [prix], against: [accueil]}
    tested_as_worded: false
    reason: {fr: "peu de personnes", en: "few people"}
    findings: []
    limits: []
"""
#: Words that only the thesis's own interview may be told by.
OURS = "directeur général|general manager|start-up|paraphras|table(au)? 2|e-CRM|mémoire"


@pytest.fixture
def talks(tmp_path):
    """Give a folder of two interviews coded in Word, with a memo and an overlap."""
    made = []
    for name, code in (("e1", "Accueil"), ("e2", "Délai")):
        said = paragraph(
            *(run("Q : Et ? R : "), begin(1), run("Le prix"), begin(2), run(" monte")),
            *(end(1), run(" vite"), end(2), run(" chez Karim Zzyx.")),
        )
        notes = [comment(1, "Léa", "Prix", "Elle soupire. À revoir !")]
        notes.append(comment(2, "Léa", code))
        made.append(word(tmp_path / f"{name}.docx", said, comments=notes))
    assert qda("new", tmp_path / "talks", *made) == 0
    return tmp_path / "talks"


@pytest.fixture
def empty_project(tmp_path):
    """Give the compendium's folder as it is before anything is made."""
    for name in ("notebooks", "data"):
        shutil.copytree(ROOT / name, tmp_path / "project" / name)
    for name in ("study.yml", "requirements.lock"):
        shutil.copy(ROOT / name, tmp_path / "project")
    return tmp_path / "project"


def shown(folder, tmp_path, study=STUDY, **given):
    """Run the cells in this process, as the runner does: pieces by id, and the text."""
    (tmp_path / "study.yml").write_text(study, encoding="utf-8")
    given |= {"interview_data": str(folder), "study_file": str(tmp_path / "study.yml")}
    made, book = run_all(NOTEBOOKS[3], **given), nbformat.read(NOTEBOOKS[3], 4)
    left_out = {tag for piece in made.values() for tag in piece.without}
    told = [
        cell.source
        for cell in book.cells
        if cell.cell_type == "markdown"
        and not {*left_out, "lab"} & set(cell.metadata.tags)
    ]
    return made, "\n".join([*told, *(piece.plain for piece in made.values())])


def test_several_interviews_without_a_hypothesis_end_in_no_verdict(talks, tmp_path):
    made, told = shown(talks, tmp_path)
    assert {"tab-respondents", "tab-verbatims", "fig-map", "tab-overlap",
            "fig-new-codes", "tab-memos", "fig-stripes"} <= made.keys()  # fmt: skip
    assert not {"h1", "tab-evidence", "tab-segments", "fig-discovery"} & made.keys()
    assert not re.search(OURS, told)
    verbatims = made["tab-verbatims"].content
    said = {row[-1] for row in verbatims["values"]}
    assert said == {"Le prix monte", "monte vite"}
    assert made["tab-overlap"].content["values"][0][0] == 1


@pytest.mark.parametrize("lines", [60, 61])
def test_many_excerpts_are_folded_and_counted_by_theme(tmp_path, lines):
    said = [paragraph(begin(n), run(f"Le prix {n}"), end(n)) for n in range(lines)]
    notes = [comment(n, "Léa", "Prix" if n else "Doute") for n in range(lines)]
    path = word(tmp_path / "e1.docx", *said, comments=notes)
    assert qda("new", tmp_path / "long", path) == 0
    made, _ = shown(tmp_path / "long", tmp_path)
    piece = made["tab-verbatims"]
    assert ("annex" in piece.html) == (lines > 60)
    told = piece.plain.replace("\N{NO-BREAK SPACE}", " ")
    assert f"Doute 1 ; Prix {lines - 1}." in told


def test_interviews_shared_out_between_two_coders_are_all_shown(tmp_path):
    made = []
    for name, who in (("e1", "Léa"), ("e2", "Tom"), ("e3", "Tom")):
        said = paragraph(begin(1), run(f"Le prix monte ({name})"), end(1))
        notes = [comment(1, who, "Prix" if name == "e1" else "Doute")]
        made.append(word(tmp_path / f"{name}.docx", said, comments=notes))
    assert qda("new", tmp_path / "shared", *made) == 0
    made, told = shown(tmp_path / "shared", tmp_path)
    said = made["tab-verbatims"].content["values"]
    assert [row[1] for row in said] == ["e1", "e2", "e3"]
    assert "Léa (e1) ; Tom (e2, e3)" in told


def test_a_hypothesis_of_ones_own_is_decided_without_the_theses_words(talks, tmp_path):
    made, told = shown(talks, tmp_path, STUDY + H1)
    assert made["h1"].content["association"] == "not_supported"
    assert not re.search(OURS, told)


def test_names_that_were_said_are_on_no_page(talks, tmp_path):
    made, told = shown(talks, tmp_path, keyword="Le prix monte vite chez")
    assert "[…]" in str(made["tab-keyword"].content["texts"])
    assert "masqué (2 fois" in made["tab-verbatims"].content["note"]
    assert not re.search("Karim|Zzyx", f"{told}{made}")


def test_a_speaker_who_is_named_is_shown_by_initials(tmp_path):
    told = "Karim Zzyx : Le prix monte.\nZzo Abcd : Et ?\n" * 4
    (tmp_path / "e1.txt").write_text(told, encoding="utf-8")
    assert qda("new", tmp_path / "talk", tmp_path / "e1.txt") == 0
    found = read_interview(tmp_path / "talk", "fr")
    assert set(found.segments["speaker"]) == {"Karim Zzyx"}
    shown = without_names(found)
    assert set(shown.segments["speaker"]) == {"K. Z."}
    assert not re.search("Zzyx|Abcd", f"{shown.texts}{shown.segments}")
    assert {*map(len, shown.texts.values())} == {*map(len, found.texts.values())}


@pytest.mark.parametrize(
    ("name", "lacks"),
    [
        ("I1_one_theme.qdpx", "un second thème"),
        ("D10_first_user_has_not_coded.qdpx", "un second codeur"),
    ],
)
def test_what_a_small_folder_lacks_is_said(tmp_path, name, lacks):
    assert qda("import", CASES / name, "--to", tmp_path / "talk") == 0
    made, told = shown(tmp_path / "talk", tmp_path)
    assert lacks in told
    assert ("fig-map" in made) == (lacks != "un second thème")
    assert "lea" in told


def test_nothing_coded_yet_is_said_too(tmp_path):
    (tmp_path / "e1.txt").write_text("E : Et ?\nR : Oui.", encoding="utf-8")
    assert qda("new", tmp_path / "talk", tmp_path / "e1.txt") == 0
    made, told = shown(tmp_path / "talk", tmp_path, STUDY + H1)
    assert "les codages" in told
    assert not {"h1", "fig-themes", "tab-coders"} & made.keys()


@pytest.mark.made
def test_interviews_alone_make_their_pages(talks, tmp_path, empty_project, capsys):
    (empty_project / "mine.yml").write_text(STUDY, encoding="utf-8")
    given = ("--study", str(empty_project / "mine.yml"), "--interview", str(talks))
    project = ("--project", str(empty_project))
    with unprinted("docx", "pdf"):
        assert main(["reproduce", *given, *project]) == 0
    said = capsys.readouterr().out
    assert "need answers" in said
    assert "2 names, addresses or numbers masked (1 different" in said
    kept = empty_project / "output/private/masked.csv"
    assert kept.read_text("utf-8") == "text,times\nKarim Zzyx,2\n"
    pages = sorted(p.name for p in (empty_project / "output/fr/html").iterdir())
    assert pages == ["04_interview_coding.html", "gallery.html"]
    page = (empty_project / "output/fr/html/04_interview_coding.html").read_text(
        "utf-8"
    )
    assert "Valeurs données pour cette exécution" in page
    assert talks.name in page  # of a path elsewhere the name alone
    index = (empty_project / "output/fr/index.html").read_text("utf-8")
    assert "data/interview" not in index
    assert main(["reproduce", *given, *project, "--check"]) == 0


@pytest.mark.parametrize("way", ["--interview", "-p"])
def test_codes_that_a_folder_lacks_stop_the_run(tmp_path, capsys, way):
    assert qda("import", CASES / "blank_name.sqlite3", "--to", tmp_path / "t1") == 0
    given = [way, *(["interview_data"] if way == "-p" else []), str(tmp_path / "t1")]
    assert main(["reproduce", "--check", "--project", str(ROOT), *given]) == 2
    said = capsys.readouterr().err
    assert "outcomes-interactivity" in said
    assert "reactivite" in said


def test_paraphrases_of_ones_own_are_marked_as_such(talks, tmp_path):
    made, told = shown(talks, tmp_path, material="paraphrase")
    assert ["Paraphrase"] in made["tab-verbatims"].content["columns"]
    assert "aucune n’est une citation" in told or "aucune n'est une citation" in told
    assert "compendium d" not in told


MARK = st.tuples(
    *(st.integers(0, k) for k in (2, 3, 3)),
    st.sampled_from(["Léa", "Tom"]),
    st.sampled_from(["", "Rires."]),
)


@settings(deadline=None, max_examples=6, derandomize=True)
@given(
    docs=st.integers(1, 3),
    codes=st.integers(0, 4),
    marks=st.lists(MARK, max_size=9),
    claim=st.booleans(),
    edition=st.sampled_from(["fr", "en"]),
)
@example(docs=1, codes=1, marks=[], claim=False, edition="fr")
def test_any_small_folder_is_shown_and_by_no_word_of_the_thesis(
    tmp_path_factory, docs, codes, marks, claim, edition
):
    """Figures over no or one element, studies without a survey, other's sentences."""
    folder = tmp_path_factory.mktemp("any")
    lines = [f"R : Phrase {n}, dite ici." for n in range(4)]
    text = "\n".join(lines)
    texts = {f"e{n}": f"{text}\nFin {n}." for n in range(docs)}
    named = ["Prix", "Hausse", "Accueil", "Doute"][:codes]
    book = tuple(Code(c, "Prix" if c == "Hausse" else "", c) for c in named)
    marks = [mark for mark in marks if mark[0] < docs and mark[2] < codes]
    quotations = tuple(
        Quotation(f"e{doc}", text.index(lines[line]), lines[line],
                  ({"code": named[code], "coder": who, "memo": memo},))
        for doc, line, code, who, memo in marks
    )  # fmt: skip
    coders = {who: (who, "") for who in ("Léa", "Tom")}
    carried = Carried(texts, book, quotations, coders if marks else {})
    write_folder(folder / "talk", folder_of(*tables(carried)))
    study = STUDY + H1 * (claim and {"Prix", "Accueil"} <= {*named})
    made, told = shown(folder / "talk", folder, study, edition=edition)
    assert not re.search(OURS, told)
    assert ("h1" in made) == ("hypotheses" in study and bool(marks))
    first = {(m[0], m[1]) for m in marks}
    if marks:
        said = {tuple(row[1:2]) for row in made["tab-verbatims"].content["values"]}
        assert {(f"e{doc}",) for doc, _ in first} == said
    else:
        assert "tab-verbatims" not in made
