"""A spreadsheet of one's own: its columns, its interviews, its places."""

import openpyxl
import pytest
from conftest import ROOT
from material.projects import qda

from ecrm_helpers.interview.exchange.formats import imported
from ecrm_helpers.interview.exchange.own.columns import roles

CASES = ROOT / "tests/material/interview_cases"
ONE = "E : Pourquoi ?\nR : Le prix, d’abord. Et l’accueil. Oui.\nE : Et ?\nR : Oui."
TWO = "E : Pourquoi ?\nR : On se conseille entre nous. Oui."


@pytest.fixture
def texts(tmp_path):
    made = []
    for name, text in (("entretien1.txt", ONE), ("entretien2.txt", TWO)):
        (tmp_path / name).write_text(text, encoding="utf-8")
        made.append(tmp_path / name)
    return made


def sheet(path, *rows, **sheets):
    book = openpyxl.Workbook()
    for name, of in {"Feuil1": rows, **sheets}.items():
        tab = book.active if name == "Feuil1" else book.create_sheet(name)
        for row in of:
            tab.append(row)
    book.save(path)
    return path


def coded(found):
    rows = found.segments.merge(found.codings, on="segment_id")
    names = found.names
    return [(r.doc_id, r.excerpt, names[r.code_id]) for r in rows.itertuples()]


def test_the_sheet_of_the_case_is_read(texts):
    found, lost = imported(CASES / "F7_own_sheet_quotes_codes.xlsx", texts)
    assert coded(found) == [("entretien1", "Le prix, d’abord", "Prix")]
    assert lost["document"].tolist() == ["Entretien 3"]  # whose text is not given


def test_a_sheet_without_its_transcripts_is_refused_with_the_way(tmp_path, capsys):
    path = CASES / "F7_own_sheet_quotes_codes.xlsx"
    assert qda("import", path, "--to", tmp_path / "out") == 2
    assert "--text" in capsys.readouterr().err


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("mark", [";", ",", "\t"])
def test_csv_as_spreadsheets_save_it(tmp_path, texts, encoding, mark):
    rows = [
        ["Entretien", "Citation", "Thème"],
        ["Entretien 1", '"Le prix, d’abord"', '"Coût élevé;Prix"'],
        ["", "On se conseille entre nous", "Réseau"],
    ]
    rows[2][0] = "Entretien 2"
    path = tmp_path / "mine.csv"
    path.write_bytes("\r\n".join(mark.join(r) for r in rows).encode(encoding))
    found, lost = imported(path, texts)
    assert coded(found) == [
        ("entretien1", "Le prix, d’abord", "Coût élevé"),
        ("entretien1", "Le prix, d’abord", "Prix"),
        ("entretien2", "On se conseille entre nous", "Réseau"),
    ]
    assert lost.empty


def test_typed_apostrophes_capitals_and_cuts_are_found(tmp_path, texts):
    path = sheet(
        tmp_path / "a.xlsx",
        ("Verbatim", "Code"),
        ("« Le prix, d'abord »", "Prix"),
        ("le prix […] l'accueil", "Accueil"),
        ("Ces mots n'y sont pas", "Rien"),
        ("Oui", "Accord"),
    )
    found, lost = imported(path, texts)
    assert coded(found) == [
        ("entretien1", "Le prix, d’abord", "Prix"),
        ("entretien1", "Le prix, d’abord. Et l’accueil", "Accueil"),
    ]
    reasons = dict(zip(lost["quotation"], lost["reason"], strict=True))
    assert reasons["le prix […] l'accueil"].startswith("doubtful")
    assert {"Ces mots n'y sont pas", "Oui"} <= set(reasons)  # «Oui» is in both


def test_repeated_words_take_place_after_place_and_are_said_doubtful(tmp_path, texts):
    rows = [("Document", "Quote", "Code"), *[("entretien1", "Oui.", "Accord")] * 2]
    found, lost = imported(sheet(tmp_path / "a.xlsx", *rows), texts)
    assert found.segments["start"].tolist() == [ONE.index("Oui."), ONE.rindex("Oui.")]
    assert lost["reason"].str.startswith("doubtful").sum() == 2


def test_a_column_for_each_code_marked_with_x(tmp_path, texts):
    path = sheet(
        tmp_path / "a.xlsx",
        ("Grille d'analyse", None, None, None),
        ("Interview", "Extrait", "Prix", "Accueil"),
        (1, "Le prix, d’abord", "x", None),
        (1, "Et l’accueil", None, "X"),
    )
    found, _ = imported(path, texts)
    assert [row[1:] for row in coded(found)] == [
        ("Le prix, d’abord", "Prix"),
        ("Et l’accueil", "Accueil"),
    ]


@pytest.mark.parametrize("corner", ["Entretien", None])
def test_themes_of_a_grid_may_have_heads_of_two_levels(tmp_path, texts, corner):
    path = sheet(
        tmp_path / "a.xlsx",
        (corner, "Coût", None, "Ton"),
        (None, "Hausse", "Objectif 2", "Accueil"),
        ("e1", "Le prix", "d'abord", "Et l'accueil"),
        ("e2", None, None, "On se conseille"),
    )
    found, lost = imported(path, texts)
    assert {row[1:] for row in coded(found)} == {
        ("Le prix", "Hausse"), ("d’abord", "Objectif 2"),
        ("Et l’accueil", "Accueil"), ("On se conseille", "Accueil"),
    }  # fmt: skip
    above = found.codebook.set_index("name")["parent_id"].to_dict()
    assert above == {"Coût": "", "Hausse": "cout", "Objectif 2": "cout",
                     "Ton": "", "Accueil": "ton"}  # fmt: skip
    assert lost.empty


def places_of(found):
    rows = found.segments.merge(found.codings, on="segment_id")
    return [(r.coder_id, found.names[r.code_id], r.start) for r in rows.itertuples()]


def test_rows_of_one_passage_are_one_and_coders_do_not_push_each_other_on(
    tmp_path, texts
):
    first, second = ONE.index("Oui."), ONE.rindex("Oui.")
    both = [("Léa", "Oui."), ("Tom", "Oui.")]
    wanted = {(who, "Accord", at) for who, _ in both for at in (first, second)}
    for n, order in enumerate([[0, 1, 0, 1], [0, 0, 1, 1]]):
        rows = [("e1", both[k][1], "Accord", both[k][0]) for k in order]
        head = ("Entretien", "Verbatim", "Code", "Codeur")
        found, _ = imported(sheet(tmp_path / f"{n}.xlsx", head, *rows), texts)
        assert set(places_of(found)) == wanted
    highlights = [
        ("id", "document", "tag", "content"),
        (1, "entretien1", "A", "Oui."),
        (1, "entretien1", "B", "Oui."),
        (2, "entretien1", "A", "Oui."),
    ]
    found, _ = imported(sheet(tmp_path / "taguette.xlsx", *highlights), texts)
    assert {row[1:] for row in places_of(found)} == {
        ("A", first), ("B", first), ("A", second)
    }  # fmt: skip


def test_a_theme_goes_on_where_a_code_stands_alone_and_that_is_said(tmp_path, texts):
    path = sheet(
        tmp_path / "a.xlsx",
        ("Thème", "Sous-thème", "E1", "E2"),
        ("Coût", "Prix", "Le prix", None),
        (None, "Accueil", "Et l'accueil", None),
        ("Réseau", None, None, "On se conseille"),
    )
    found, lost = imported(path, texts)
    above = found.codebook.set_index("name")["parent_id"].to_dict()
    assert above == {"Coût": "", "Prix": "cout", "Accueil": "cout", "Réseau": ""}
    assert lost["quotation"].tolist() == ["Accueil"]
    assert lost["reason"].str.startswith("doubtful").all()


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("« Le prix, d'abord » (E1)", ["Le prix, d’abord"]),
        ("Et l'accueil (entretien 1, l. 3).", ["Et l’accueil"]),
        (
            "« Le prix, d'abord » ; « Et l'accueil »",
            ["Le prix, d’abord", "Et l’accueil"],
        ),
        ("1. Le prix\n2) Et l'accueil", ["Le prix", "Et l’accueil"]),
        ("Le prix (3 fois)", []),
        ("Le prix (E2)", []),
    ],
)
def test_passages_of_a_grid_may_name_their_interview_and_be_several(
    tmp_path, texts, cell, words
):
    grid = [("Entretien", "Motifs"), ("E1", cell)]
    found, lost = imported(sheet(tmp_path / "a.xlsx", *grid), texts)
    assert [row[:2] for row in coded(found)] == [("entretien1", of) for of in words]
    assert lost.empty == bool(words)


def test_a_ragged_file_is_parted_as_its_header_is_and_nothing_dropped(tmp_path, texts):
    path = tmp_path / "a.csv"
    path.write_text("Entretien;Verbatim;Code\ne1;Le prix, oui\ne1;Et l’accueil;A;B\n")
    found, lost = imported(path, texts)
    assert [row[1:] for row in coded(found)] == [("Et l’accueil", "A")]
    assert lost["quotation"].tolist() == ["Le prix, oui", "4"]


def test_sheets_may_be_interviews_and_what_is_not_read_is_listed(tmp_path, texts):
    head = ("Citation", "Code", "Codeur", "Remarque", "Page")
    path = sheet(
        tmp_path / "a.xlsx",
        ("Notes",),
        ("à faire",),
        entretien1=[head, ("Le prix, d’abord", "Prix", "Léa", "à citer", 3)],
        entretien2=[head, ("On se conseille entre nous", "Réseau", "Tom", None, 1)],
    )
    found, lost = imported(path, texts)
    assert [row[0] for row in coded(found)] == ["entretien1", "entretien2"]
    assert found.codings["coder_id"].tolist() == ["Léa", "Tom"]
    assert found.codings["memo"].tolist() == ["à citer", ""]
    assert sorted(lost["quotation"]) == ["Page", "Page", "Sheet"]


@pytest.mark.parametrize(
    "rows",
    [
        [["Nom", "Âge"], ["A", "30"]],
        [["Rubrique", "Réponse"], ["Date", "mai 2024"], ["Durée", "31 min"]],
        [["Citation"], ["Le prix"]],
        [],
    ],
)
def test_a_table_of_something_else_is_no_coding(rows):
    assert roles(rows) is None


GRIDS = [
    [
        ("Thème", "Entretien 1", "Entretien 2", "Entretien 3"),
        ("Prix", "- Le prix, d'abord\n- Et l’accueil", "", "Ici aussi"),
        ("Réseau", None, "« On se conseille entre nous »", None),
    ],
    [
        ("Entretien", "Prix", "Réseau"),
        ("E1", "Le prix, d'abord\nEt l’accueil", None),
        ("E2", None, "On se conseille entre nous"),
    ],
    [
        ("Ma grille",),
        ("Theme", "Sub-theme", "entretien1.txt", "entretien2.txt"),
        ("Coût", "Prix", "Le prix, d'abord", None),
        (None, "Prix", "Et l’accueil", None),
        ("Liens", "Réseau", None, "On se conseille entre nous"),
    ],
]


@pytest.mark.parametrize("rows", GRIDS)
def test_a_grid_of_themes_and_interviews_is_read_whichever_way(tmp_path, texts, rows):
    path = sheet(tmp_path / "a.xlsx", *rows)
    if len(rows) == 5:
        book = openpyxl.load_workbook(path)
        book.active.merge_cells("A3:A4")
        book.save(path)
    found, lost = imported(path, texts)
    assert coded(found) == [
        ("entretien1", "Le prix, d’abord", "Prix"),
        ("entretien1", "Et l’accueil", "Prix"),
        ("entretien2", "On se conseille entre nous", "Réseau"),
    ]
    assert len(found.codebook) == len(set(found.codebook["name"]))
    assert lost["quotation"].tolist() == ["Entretien 3"] * (len(rows[0]) == 4)


def test_a_merged_code_stands_in_each_of_its_rows(tmp_path, texts):
    rows = [("Verbatim", "Code"), ("Le prix", "Prix"), ("Et l’accueil", None)]
    path = sheet(tmp_path / "a.xlsx", *rows)
    book = openpyxl.load_workbook(path)
    book.active.merge_cells("B2:B3")
    book.save(path)
    found, lost = imported(path, texts)
    assert [row[1:] for row in coded(found)] == [
        ("Le prix", "Prix"),
        ("Et l’accueil", "Prix"),
    ]
    assert lost.empty


def test_columns_of_codes_that_may_be_of_two_coders_are_said(tmp_path, texts):
    names = ("Verbatim", "Code Léa", "Code Tom"), ("Verbatim", "Code 1", "Code 2")
    for header, doubts in zip(names, (["Code Léa | Code Tom"], []), strict=True):
        path = sheet(tmp_path / "a.xlsx", header, ("Le prix", "Prix", "Coût"))
        assert imported(path, texts)[1]["quotation"].tolist() == doubts


def test_a_title_above_the_header_hides_no_separator(tmp_path, texts):
    path = tmp_path / "a.csv"
    path.write_bytes('Grille, d’analyse\n\nExtrait;Nœud\n"Le prix";Cœur\n'.encode())
    assert [row[1:] for row in coded(imported(path, texts)[0])] == [("Le prix", "Cœur")]


@pytest.mark.parametrize(
    ("headers", "coders", "doubts"),
    [
        (["Codeur 1", "Codeur 2"], ["Codeur 1", "Codeur 2"], 0),
        (["Codé par Léa", "Codé par Tom"], ["Léa", "Tom"], 0),
        (["Codes Léa", "Codes Tom"], ["Léa", "Tom"], 1),
        (["Code (Léa)", "Code (Tom)"], ["Léa", "Tom"], 1),
    ],
)
def test_a_column_for_each_coder_gives_each_their_codes(
    tmp_path, headers, coders, doubts
):
    rows = [
        ["Extrait", *headers],
        ["Le prix monte.", "Prix ; Doute", "Prix"],
        ["On m'accueille bien.", "", "Accueil"],
    ]
    text = tmp_path / "e1.txt"
    text.write_text("Le prix monte. On m'accueille bien.", encoding="utf-8")
    found, lost = imported(sheet(tmp_path / "s.xlsx", *rows), [text])
    pairs = found.codings[["coder_id", "code_id"]].to_numpy().tolist()
    one, two = coders
    assert sorted(pairs) == sorted(
        [[one, "prix"], [one, "doute"], [two, "prix"], [two, "accueil"]]
    )
    assert lost["reason"].str.contains("columns of codes").sum() == len(lost) == doubts


@pytest.mark.parametrize("marks", [("1", "0"), ("VRAI", "FAUX"), ("x", "")])
def test_a_code_that_every_row_of_a_grid_bears_is_one(tmp_path, marks):
    yes, no = marks
    rows = [
        ["Extrait", "Prix", "Accueil"],
        ["Le prix monte.", yes, no],
        ["Il monte trop.", yes, yes],
    ]
    text = tmp_path / "e1.txt"
    text.write_text("Le prix monte. Il monte trop.", encoding="utf-8")
    found, lost = imported(sheet(tmp_path / "s.xlsx", *rows), [text])
    assert found.codings["code_id"].tolist() == ["prix", "prix", "accueil"]
    assert len(lost) == (yes == "1")


def test_names_that_differ_by_a_hyphen_alone_are_not_taken_for_each_other(tmp_path):
    made = []
    for name in ("entretien 1-1", "entretien 11"):
        (tmp_path / f"{name}.txt").write_text("Le prix monte.", encoding="utf-8")
        made.append(tmp_path / f"{name}.txt")
    rows = [["Entretien", "Extrait", "Code"]]
    rows += [[path.stem, "Le prix monte.", "Prix"] for path in made]
    found, lost = imported(sheet(tmp_path / "s.xlsx", *rows), made)
    assert found.segments["doc_id"].tolist() == ["entretien 1-1", "entretien 11"]
    assert lost.empty
