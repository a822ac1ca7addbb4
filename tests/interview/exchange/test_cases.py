"""Files as coding programs write them, with what stands in each.

The files in ``tests/material/interview_cases`` are invented; what they hold is
known from how they were made, offset by offset.
"""

import shutil
import sqlite3
import zipfile
from contextlib import closing

import pytest
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from material.projects import SPEECH, T, project, qda, qualcoder, selection

from ecrm_helpers.files import LARGEST
from ecrm_helpers.interview.exchange import formats as exchange
from ecrm_helpers.interview.tables import files

CASES = ROOT / "tests/material/interview_cases"


def imported(name):
    return exchange.imported(CASES / name)


@pytest.mark.parametrize("name", ["A1_name_inside.qdpx", "A2_name_elsewhere.qdpx"])
def test_a_label_does_not_move_its_passage(name):
    found, lost = imported(name)
    (row,) = found.segments.itertuples()
    assert (row.start, row.end) == (213, 362)
    assert found.codings["code_id"].tolist() == ["fidelite"]
    assert lost.empty


def test_equal_passages_of_a_text_with_crlf_are_told_apart():
    found, _ = imported("B1_crlf_repeated.qdpx")
    text = found.texts["entretien.docx"]
    nth = [text.count("Oui.", 0, end) for end in found.segments["end"]]
    assert nth == [5, 20, 40, 55]


def test_a_cut_name_shows_that_crlf_was_counted_once():
    found, lost = imported("B3_atlas_crlf_counted_once.qdpx")
    (row,) = found.segments.itertuples()
    assert row.excerpt.startswith("le prix a augmenté deux fois")
    assert row.excerpt.endswith("avant de revenir")
    assert lost.empty


def test_memos_dates_and_all_that_qualcoder_writes_are_taken_or_listed():
    found, lost = imported("C1_qualcoder_written_memos.qdpx")
    memos = ["première mention, à comparer", "", "ton agacé"]
    assert found.codings["memo"].tolist() == memos
    assert set(found.codings["date"]) == {"2024-05-06"}
    said = dict(zip(lost["reason"], lost["quotation"], strict=True))
    assert said["memo of the document"] == "Entretien par téléphone, 40 min"
    assert found.respondents["Age"].tolist() == ["34"]
    assert "coding of a note" not in said
    assert said["memo of the project"] == "Projet de mémoire"
    notes = lost.loc[lost["reason"] == "note", "quotation"].tolist()
    assert notes[0].startswith("12 mai: ")
    assert notes[1] == "relire l'enregistrement ici"
    colours = lost.loc[lost["reason"] == "colour of the code", "codes"]
    assert colours.tolist() == ["Confiance; Prix; Service"]


def test_a_comment_without_a_code_is_listed():
    found, lost = imported("C2_annotation_without_code.qdpx")
    assert len(found.codings) == 1
    assert "Ironique ? réécouter à 12:30" in set(lost["quotation"])


def test_codings_on_the_text_of_a_pdf_are_read_and_its_areas_listed():
    found, lost = imported("C9_pdf_transcript.qdpx")
    on_pdf = found.segments.query("doc_id == 'entretien-2.pdf'")
    assert on_pdf[["start", "end"]].to_numpy().tolist() == [[37, 66], [119, 157]]
    assert found.codings["code_id"].tolist() == ["confiance", "confiance", "livraison"]
    (area,) = lost[lost["document"] == "entretien-2.pdf"].itertuples()
    assert (area.quotation, area.codes) == ("zone", "Prix")


@pytest.mark.parametrize("kind", ["Audio", "Video", "Picture"])
def test_codings_of_sound_and_pictures_are_listed_with_code_and_coder(tmp_path, kind):
    coding = selection("x", 0, 1).partition("<Coding")[2].partition("</Plain")[0]
    source = (
        f'<{kind}Source guid="{T[:-1]}1" name="a"><{kind}Selection guid="{T[:-1]}2" '
        f'name="here" begin="0" end="9" firstX="0" firstY="0" secondX="1" secondY="1">'
        f"<Coding{coding}</{kind}Selection></{kind}Source></Sources>"
    )
    xml = qualcoder().replace("</Sources>", source)
    path = project(tmp_path / "a.qdpx", xml, **{f"sources__{T}": SPEECH})
    _, lost = exchange.imported(path)
    (row,) = lost[lost["document"] == "a"].itertuples()
    assert (row.quotation, row.codes, row.coder) == ("here", "Blog", "Ann")


@pytest.mark.parametrize("space", ["1:0", "0:10", "2.0"])
def test_another_version_of_the_namespace_is_read(tmp_path, space):
    xml = qualcoder(selection("no blog", 35, 42)).replace(
        "project:1.0", f"project:{space}"
    )
    path = project(tmp_path / "a.qdpx", xml, **{f"sources__{T}": SPEECH})
    assert exchange.imported(path)[0].segments["excerpt"].tolist() == ["no blog"]


def test_another_namespace_is_refused(tmp_path, capsys):
    xml = qualcoder().replace("urn:QDA-XML:project:1.0", "urn:other")
    path = project(tmp_path / "a.qdpx", xml, **{f"sources__{T}": SPEECH})
    assert qda("import", path, "--to", tmp_path / "out") == 2
    assert "the namespace is urn:other" in capsys.readouterr().err


def test_a_file_with_the_old_namespace_is_no_empty_project():
    found, _ = imported("H5_project_1colon0.qdpx")
    assert (len(found.codebook), len(found.codings)) == (4, 1)


def test_homonyms_are_told_apart_by_their_path_and_come_back(tmp_path):
    found, lost = imported("E7_category_and_code_same_name.qdpx")
    assert found.codebook["name"].tolist() == ["Prix", "Prix > Prix"]
    assert found.codings["code_id"].tolist() == [found.codebook["code_id"].iloc[1]]
    assert "Prix > Prix" in set(lost["codes"])
    path = tmp_path / "again.qdpx"
    path.write_bytes(exchange.exported(found, ".qdpx", "fr"))
    assert exchange.imported(path)[0].codebook["name"].tolist() == [
        "Prix",
        "Prix > Prix",
    ]


def test_a_text_that_is_not_there_takes_nothing_else_with_it():
    found, lost = imported("E3_one_source_outside.qdpx")
    assert found.segments["doc_id"].tolist() == ["e1"]
    assert lost["document"].tolist() == ["e2"]


def test_codes_and_quotations_of_a_project_without_texts_are_kept(tmp_path):
    path = project(tmp_path / "a.qdpx", qualcoder(selection("no blog", 35, 42)))
    found, lost = exchange.imported(path)
    assert len(found.codebook) == 2
    (row,) = lost[lost["quotation"] == "no blog"].itertuples()
    assert (row.document, row.codes, row.coder) == ("talk", "blog", "Ann")


def test_what_a_mac_adds_is_left_out():
    assert len(imported("E5_macos.qdpx")[0].codings) == 1


def test_large_and_many_members_that_need_not_be_read_refuse_nothing(tmp_path):
    path = project(
        tmp_path / "a.qdpx",
        qualcoder(selection("no blog", 35, 42)),
        **{f"sources__{T}": SPEECH, **{f"more__{n}": "" for n in range(700)}},
    )
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("sources/talk.m4a", bytes(LARGEST + 1))
    assert len(exchange.imported(path)[0].codings) == 1


@pytest.mark.slow
def test_six_hundred_short_answers_are_six_hundred_documents(tmp_path):
    guids = [f"{n:08}{T[8:]}" for n in range(600)]
    sources = "".join(
        f'<TextSource guid="{g}" name="a{n}" plainTextPath="internal://{g}.txt">'
        f"{selection('yes', 0, 3) if n % 2 else ''}</TextSource>"
        for n, g in enumerate(guids)
    )
    xml = qualcoder().replace("</Sources>", sources + "</Sources>")
    texts = {f"sources__{g}": "yes, they said" for g in guids}
    path = project(tmp_path / "a.qdpx", xml, **{f"sources__{T}": SPEECH}, **texts)
    found, _ = exchange.imported(path)
    assert (len(found.texts), len(found.codings)) == (601, 300)


def test_a_text_goes_to_the_document_of_its_name_alone():
    text = CASES / "entretien1.txt"
    found, lost = exchange.imported(CASES / "C1.highlights.csv", [text])
    assert list(found.texts) == ["entretien1"]
    doubtful = lost["reason"].str.startswith("doubtful")
    assert set(lost["document"][~doubtful]) == {"entretien2.docx", "entretien3.docx"}
    # «Oui.» twice: two places, and said not to be known which.
    assert lost["quotation"][doubtful].tolist() == ["Oui.", "Oui."]
    assert (found.segments["excerpt"] == "Oui.").sum() == 2


@pytest.mark.parametrize("coded", ["utf-8-sig", "cp1252"])
def test_a_csv_that_a_french_excel_saved_again_is_the_same(tmp_path, coded):
    lines = "id,document,tag,content\n1,a.docx,Prix élevé,le prix\n"
    (tmp_path / "a.txt").write_text("Oui, le prix.", encoding="utf-8")
    made = []
    for name, text, encoding in (
        ("one.csv", lines, "utf-8"),
        ("two.csv", lines.replace(",", ";"), coded),
    ):
        (tmp_path / name).write_text(text, encoding=encoding)
        found, _ = exchange.imported(tmp_path / name, [tmp_path / "a.txt"])
        made.append(files(found))
    assert made[0] == made[1]


def test_a_database_of_two_projects_is_refused_by_their_names(tmp_path, capsys):
    path = tmp_path / "two.sqlite3"
    shutil.copy(CASES / "blank_name.sqlite3", path)
    with closing(sqlite3.connect(path)) as database:
        columns = [row[1] for row in database.execute("PRAGMA table_info(projects)")]
        row = list(database.execute("SELECT * FROM projects").fetchone())
        row[columns.index("id")], row[columns.index("name")] = 99, "Other"
        marks = ", ".join("?" * len(row))
        database.execute(f"INSERT INTO projects VALUES ({marks})", row)
        database.commit()
    assert qda("import", path, "--to", tmp_path / "out") == 2
    assert "several projects" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "codings"),
    [("C13_two_users_overlap.qdpx", 4), ("D10_first_user_has_not_coded.qdpx", 2)],
)
def test_a_workbook_brings_every_coders_codings_back(tmp_path, name, codings):
    found, _ = imported(name)
    assert len(found.codings) == codings
    path = tmp_path / "a.xlsx"
    path.write_bytes(exchange.exported(found, ".xlsx", "fr"))
    again, lost = exchange.imported(path)
    assert lost.empty
    assert again.codings.equals(found.codings)
    names = again.coders.set_index("coder_id")["name"]
    assert names.to_dict() == found.coders.set_index("coder_id")["name"].to_dict()


def test_a_row_that_a_coder_added_is_read():
    found, _ = imported("F2_kit_added_row.xlsx")
    assert len(found.segments) == 21
    assert len(found.codings) == 2


@settings(deadline=None)
@given(
    st.sampled_from(["Case", "Set", "Link", "Graph", "Variable"]),
    st.text("abcé 12", min_size=1, max_size=12).filter(str.strip),
)
def test_cases_sets_links_graphs_and_variables_are_listed(tmp_path_factory, kind, name):
    folder = tmp_path_factory.mktemp("listed")
    ends = f' originGUID="{T}" targetGUID="{T}" direction="Associative"'
    typed = {"Link": ends, "Variable": ' typeOfVariable="Text"'}.get(kind, "")
    inside = f'<{kind} guid="{T[:-1]}7" name="{name}"{typed}/>'
    whole = inside if kind == "Link" else f"<{kind}s>{inside}</{kind}s>"
    xml = qualcoder(selection("no blog", 35, 42)).replace(
        "</Project>", f"{whole}</Project>"
    )
    path = project(folder / "a.qdpx", xml, **{f"sources__{T}": SPEECH})
    found, lost = exchange.imported(path)
    assert len(found.codings) == 1
    said = lost[lost["reason"] == kind.lower()]["quotation"]
    assert any(" ".join(name.split()) in " ".join(line.split()) for line in said)
