"""Lists of passages and codes as coding programs write them, beside transcripts.

The columns are those of Taguette 1.5.2 (export.py), of QualCoder (report_codes.py),
and of ATLAS.ti's quotation manager and MAXQDA's coded segments as they are exported
to Excel. Texts, codes and coders are invented.
"""

import csv
import io

import openpyxl
import pytest

from ecrm_helpers.interview.exchange import formats as exchange
from ecrm_helpers.interview.tables import InterviewError

E1 = "E : Pourquoi ?\nR : Le prix, d'abord. Oui.\nR : Et l'accueil : parfait. Oui."
E2 = "E : Et vous ?\nR : Le site est lent."
#: Each passage with its codes, as they must come out: names from the top down.
TRUTH = {
    ("e1", "Le prix, d'abord."): {"Offre > Coûts: prix", "Pourquoi pas ?"},
    ("e1", "Et l'accueil : parfait."): {"Accueil"},
    ("e2", "Le site est lent."): {"Accueil"},
}


@pytest.fixture
def texts(tmp_path):
    for name, text in {"e1": E1, "e2": E2}.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    return [tmp_path / "e1.txt", tmp_path / "e2.txt"]


def sheet(path, rows):
    """Write rows as .xlsx or as .csv, whichever the path says."""
    if path.suffix == ".csv":
        out = io.StringIO()
        csv.writer(out, quoting=csv.QUOTE_ALL).writerows(rows)
        path.write_text(out.getvalue(), encoding="utf-8-sig")
    else:
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        book.save(path)
    return path


def read(path, texts):
    """Give what was read as TRUTH, and its coders and what is listed."""
    found, lost = exchange.imported(path, texts)
    book = found.codebook.set_index("code_id")
    rows = found.segments.merge(found.codings, on="segment_id")

    def named(code):
        above = book["parent_id"][code]
        return " > ".join(filter(None, [above and named(above), book["name"][code]]))

    got = {}
    for row in rows.itertuples():
        got.setdefault((row.doc_id, row.excerpt), set()).add(named(row.code_id))
    return got, found, lost


TAGUETTE = [
    ["id", "document", "tag", "content"],
    ["1", "e1", "Offre > Coûts: prix", "Le prix, d'abord."],
    ["1", "e1", "Pourquoi pas ?", "Le prix, d'abord."],
    ["2", "e1", "Accueil", "Et l'accueil : parfait."],
    ["3", "e2", "Accueil", "Le site est lent."],
]
QUALCODER = [
    ["File", "Coder", "Coded", "Id", "Codename", "Coded_Memo", "Category"],
    ["e1.txt", "Léa", "Et l'accueil : parfait.", "ctid:3", "Accueil", "", ""],
    ["e2.txt", "Léa", "Le site est lent.", "ctid:4", "Accueil", "", ""],
    ["e1.txt", "Léa", "Le prix, d'abord.", "ctid:1", "Coûts: prix", "fort", "Offre"],
    ["e1.txt", "Tom", "Le prix, d'abord.", "ctid:2", "Pourquoi pas ?", "", ""],
    ["e1.txt", "Tom", "image", "imid:1", "Accueil", "", ""],
]
ATLAS = [
    ["ID", "Document", "Quotation Name", "Quotation Content", "Comment", "Codes",
     "Reference", "Coding Density", "Created by"],
    ["1:1", "1: e1.docx", "E", "Le prix, d'abord.", "fort",
     "Offre > Coûts: prix\nPourquoi pas ?", "2 - 2", 2, "Léa"],
    ["1:2", "1: e1.docx", "", "Et l'accueil : parfait.", "", "Accueil", "3", 1, "Léa"],
    ["2:1", "2: e2.docx", "", "Le site est lent.", "", "Accueil", "2", 1, "Léa"],
]  # fmt: skip
MAXQDA = [
    ["Color", "Comment", "Document group", "Document name", "Code", "Beginning", "End",
     "Weight score", "Segment", "Created by", "Creation date", "Coverage %"],
    ["", "fort", "G", "e1", r"Offre\Coûts: prix", 2, 2, 0, "Le prix, d'abord.", "Léa"],
    ["", "", "G", "e1", "Pourquoi pas ?", 2, 2, 0, "Le prix, d'abord.", "Léa"],
    ["", "", "G", "e1", "Accueil", 3, 3, 0, "Et l'accueil : parfait.", "Léa"],
    ["", "", "G", "e2", "Accueil", 2, 2, 0, "Le site est lent.", "Léa"],
]  # fmt: skip


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
@pytest.mark.parametrize(
    "rows", [TAGUETTE, QUALCODER, ATLAS, MAXQDA], ids="taguette qc atlas maxqda".split()
)
def test_lists_of_programs_are_read_as_they_stand(tmp_path, texts, rows, ending):
    got, found, lost = read(sheet(tmp_path / f"list{ending}", rows), texts)
    assert got == TRUTH
    coders = {"Léa"} if rows is not TAGUETTE else {"C1"}
    assert coders <= set(found.coders["coder_id"]) <= {*coders, "Tom"}
    memos = set(found.codings["memo"])
    assert memos == ({""} if rows is TAGUETTE else {"", "fort"})
    if rows is QUALCODER:
        assert lost["codes"].tolist() == ["Accueil"]


def test_equal_words_of_two_highlights_are_two_passages(tmp_path, texts):
    rows = [*TAGUETTE[:1], ["1", "e1", "A", "Oui."], ["2", "e1", "B", "Oui."]]
    _, found, lost = read(sheet(tmp_path / "l.csv", rows), texts)
    starts = [E1.index("Oui."), E1.rindex("Oui.")]
    assert found.segments["start"].tolist() == starts
    assert len(lost) == 2


def test_the_only_document_is_the_only_text(tmp_path, texts):
    rows = [[row[0], "Entretien de la directrice", *row[2:]] for row in TAGUETTE[1:4]]
    made = sheet(tmp_path / "l.csv", [TAGUETTE[0], *rows])
    got, _, lost = read(made, texts[:1])
    assert {words for _, words in got} == {w for doc, w in TRUTH if doc == "e1"}
    assert lost.empty


def test_a_list_of_codes_is_a_codebook(tmp_path):
    rows = [
        ["tag", "description"],
        ["Offre > Prix", "Ce qui est payé"],
        ["Accueil", ""],
    ]
    for ending in (".csv", ".xlsx"):
        found, _ = exchange.imported(sheet(tmp_path / f"codes{ending}", rows))
        book = found.codebook.set_index("name")["definition"].to_dict()
        assert book == {"Offre": "", "Prix": "Ce qui est payé", "Accueil": ""}


def test_a_cell_that_says_no_code_is_listed(tmp_path, texts):
    void = ["#N/A", "#REF!", "-", "s.o.", "n/a"]
    rows = [["Entretien", "Verbatim", "Code"]]
    rows += [["e1", "Le prix, d'abord.", f"Prix\n{cell}"] for cell in void]
    rows += [["e2", "Le site est lent.", cell] for cell in void]
    _, found, lost = read(sheet(tmp_path / "l.xlsx", rows), texts)
    assert found.codebook["name"].tolist() == ["Prix"]
    assert sorted(lost["codes"][lost["codes"] != ""]) == sorted(void * 2)


@pytest.mark.parametrize("encoding", ["mac_roman", "cp850", "cp1252", "utf-16"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_csv_of_older_programs_keeps_its_letters(tmp_path, texts, encoding, mark):
    said = "Et là, où l’été a été très âpre, ça coûtait « cher »."
    if encoding == "cp850":  # it lacks the typographer's marks
        said = said.replace("’", "'")
    texts[0].write_text(f"{said}\nOui.", encoding="utf-8")
    line = mark.join(f'"{cell}"' for cell in ("e1", said, "Coût élevé"))
    head = mark.join(("Document", "Verbatim", "Code"))
    path = tmp_path / "l.csv"
    path.write_bytes(f"{head}\r\n{line}\r\n".encode(encoding))
    got, _, lost = read(path, texts)
    assert got == {("e1", said): {"Coût élevé"}}
    assert len(lost) == (encoding in ("mac_roman", "cp850"))


def test_a_list_without_its_texts_asks_for_them(tmp_path):
    with pytest.raises(InterviewError, match="--text"):
        exchange.imported(sheet(tmp_path / "l.csv", TAGUETTE))
