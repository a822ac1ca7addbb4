"""One table in every format: the files say what the page says, and run nothing.

The oracles are the page, and programs that read each format: openpyxl, Python's
csv, pandoc reading its LaTeX back.
"""

import csv
import io
import re
import subprocess
import zipfile

import openpyxl
import pandas as pd
import pypandoc
import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from ecrm_helpers.compendium.render.finishing import finish
from ecrm_helpers.compendium.render.table_files import as_csv, as_latex, as_xlsx
from ecrm_helpers.shown.tables import Written, table

HOSTILE = ["=1+1", "+A1", "-A1", "@SUM(A1)", "\t=1", "a & b_c % d $ e # f {g} ~ ^ \\h"]


def hostile(edition="en"):
    frame = pd.DataFrame(
        {
            "M": [2.5, -0.834, None],
            "p": [Written(1e-13, "< 0,001"), 0.01013, float("nan")],
            "n": [73, 0, 1],
            "=what": HOSTILE[:3],
        },
        index=HOSTILE[3:],
    )
    return table(
        frame, "tab-x", "R&D_1", edition, decimals={"M": 2, "p": 3}, note="50%"
    )


def page(piece, edition="en"):
    html = f"<html><body><main><h1>1. T</h1>{piece.html}</main></body></html>"
    return finish(html, edition, "01_x")


def sheet_of(content):
    return openpyxl.load_workbook(io.BytesIO(content)).active


def test_numbers_stay_numbers_at_full_precision_and_text_never_runs():
    rows = list(csv.reader(io.StringIO(as_csv(hostile().content))))
    assert rows[0] == ["", "M", "p", "n", "'=what"]
    assert [row[1] for row in rows[1:]] == ["2.5", "-0.834", ""]
    assert [row[2] for row in rows[1:]] == ["1e-13", "0.01013", ""]
    assert rows[1][4] == "'=1+1"
    sheet = sheet_of(as_xlsx(hostile().content, "Table 1.1. R&D_1"))
    cells = {cell.coordinate: cell for row in sheet for cell in row}
    assert not any(cell.data_type == "f" for cell in cells.values())
    assert [cells[f"B{row}"].value for row in (3, 4, 5)] == [2.5, -0.834, None]
    assert cells["C3"].value == 1e-13
    assert [cells[name].number_format for name in ("B3", "C3", "C4", "D3")] == [
        "0.00",
        "0.0E+00",
        "0.000",
        "0",
    ]
    assert cells["A1"].value == "Table 1.1. R&D_1"
    assert cells["E3"].value == "=1+1"


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=8))
def test_no_text_of_a_csv_cell_begins_a_formula(text):
    record = {"columns": [["x"]], "rows": [["r"]], "values": [[text]]}
    cell = list(csv.reader(io.StringIO(as_csv(record))))[1][1]
    number = re.fullmatch(r"[-+]?[\d.,]+", cell)
    assert number or not cell.lstrip().startswith(("=", "+", "-", "@"))


@pytest.mark.parametrize(("cell", "note"), [(1, 400), (40, 60), (70, 1), (400, 90)])
def test_excel_rows_are_as_high_as_their_text_and_no_higher(cell, note):
    """A line holds as many letters as the column is wide, in digits."""
    frame = pd.DataFrame({"a": ["m" * cell, "n"]}, index=["x", "y"])
    piece = table(frame, "tab-x", "T", "en", decimals={}, note="o" * note)
    sheet = sheet_of(as_xlsx(piece.content, "T"))
    sizes = sheet.column_dimensions.values()  # alike ones stand together
    widths = [size.width for size in sizes for _ in range(size.min, size.max + 1)]
    high = [sheet.row_dimensions[row].height or 15 for row in range(sheet.max_row + 1)]
    assert high[3] >= 15 * cell / widths[1]
    assert high[4] == 15
    assert high[3] == 15 or cell > 40
    assert high[-1] >= 15 * note / sum(widths)
    assert "A1:B1" in map(str, sheet.merged_cells.ranges)


def test_latex_stands_under_the_id_whatever_its_signs():
    shown = page(hostile()).select(".table")
    shown[0]["id"] = "tab-a_b~c"
    assert list(as_latex(shown, "fr")) == ["tab-a_b~c"]


def test_latex_reads_back_as_the_table_that_was_shown():
    shown = page(hostile()).select(".table")
    text = as_latex(shown, "en")["tab-x"]
    assert {"\\toprule", "\\endhead", "\\bottomrule"} <= set(re.findall(r"\\\w+", text))
    assert "\\caption{R\\&D\\_1}\\label{tab-x}" in text  # the document numbers it
    assert "[]{@{}lrrrr@{}}" in text
    html = pypandoc.convert_text(text, "html", format="latex")
    back = BeautifulSoup(html, "html.parser")
    read = [[c.get_text() for c in r.find_all(["td", "th"])] for r in back.select("tr")]
    read = [row for place, row in enumerate(read) if not place or row != read[0]]
    wanted = [
        [cell.get_text() for cell in row.find_all(["td", "th"])]
        for row in shown[0].select("tr")
    ]

    def plain(rows):
        return [[re.sub(r"\s+", " ", c).strip() for c in row] for row in rows]

    assert plain(read) == plain(wanted)


@pytest.mark.slow
def test_the_same_table_gives_the_same_bytes():
    content = hostile().content
    first, second = (as_xlsx(content, "T") for _ in range(2))
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as book:
        assert {entry.date_time[:3] for entry in book.infolist()} == {(1980, 1, 1)}


@pytest.mark.parametrize("edition", ["fr", "en"])
def test_every_numbered_table_of_the_pages_has_its_three_files(index, edition):
    home = index(edition).parent
    seen = set()
    for path in sorted((home / "html").glob("[0de]*.html")):
        soup = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        for div in soup.select(".table[data-number]"):
            stem = f"{div['data-number']}-{div['id']}"
            body = len(div.select("tbody tr"))
            with (home / f"tables/{stem}.csv").open(encoding="utf-8") as file:
                rows = list(csv.reader(file))
            assert len(rows) == body + len(div.select("thead tr"))
            sheet = sheet_of((home / f"tables/{stem}.xlsx").read_bytes())
            assert sheet["A1"].value == div.caption.get_text()
            text = (home / f"tables/{stem}.tex").read_text(encoding="utf-8")
            assert f"\\label{{{div['id']}}}" in text
            seen |= {f"{stem}.{end}" for end in ("csv", "xlsx", "tex")}
    assert seen == {path.name for path in (home / "tables").iterdir()}


def typeset_by(program, first, tables, folder):
    """Set tables in an empty article with the packages of their first line."""
    body = "\\clearpage\n".join(tables)
    text = f"\\documentclass{{article}}\n{first[2:]}\n\\begin{{document}}\n{body}"
    (folder / "t.tex").write_text(f"{text}\\end{{document}}\n", encoding="utf-8")
    for _ in range(3):  # longtable finds its widths in as many runs
        command = [program, "-interaction=nonstopmode", "-halt-on-error", "t.tex"]
        done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    said = done.stdout.decode("utf-8", "replace")
    assert done.returncode == 0, said[-2000:]
    assert not re.findall(".*(?:undefined|Missing character).*", said)
    wide = re.findall(r"Overfull \\hbox \(([\d.]+)pt", said)
    assert all(float(points) < 20 for points in wide), said


@pytest.mark.needs("pdflatex", "texlive-latex-recommended")
@pytest.mark.parametrize("edition", ["fr", "en"])
def test_every_latex_table_compiles_in_an_empty_article(index, edition, tmp_path):
    alike = {}
    for path in sorted((index(edition).parent / "tables").glob("*.tex")):
        text = path.read_text(encoding="utf-8")
        alike.setdefault(text.partition("\n")[0], []).append(text)
    for first, tables in alike.items():
        typeset_by("pdflatex", first, tables, tmp_path)


@pytest.mark.slow
@pytest.mark.needs("pdflatex", "texlive-latex-recommended")
def test_what_answers_may_hold_compiles_or_the_first_comment_says_with_what(tmp_path):
    plain = {"a": ["√n ≥ 2 · Σx ≠ µ, 1ᵉʳ", "Œ ß ø ŷ – « ’ » … • € ½ ± ²"]}
    other = {"a": ["Да", "ŉ"]}
    for held, program in ((plain, "pdflatex"), (other, "lualatex")):
        piece = table(pd.DataFrame(held), "tab-x", "αβωΔΩ", "en", decimals={})
        text = as_latex(page(piece).select(".table"), "en")["tab-x"]
        first, told = text.partition("\n")[0], "lualatex" in text.partition("\n")[0]
        assert told == (program == "lualatex")
        if not told:  # Latin Modern has no Cyrillic: the comment names the letters
            typeset_by(program, first, [text], tmp_path)


@pytest.mark.parametrize("edition", ["fr", "en"])
def test_every_figure_has_a_sharp_picture_and_stands_in_the_gallery(index, edition):
    from PIL import Image

    home = index(edition).parent
    gallery = BeautifulSoup((home / "html/gallery.html").read_text(), "html.parser")
    charts = sorted((home / "figures").glob("*.svg"))
    assert len(charts) == len(gallery.select("figure"))
    for chart in charts:
        with Image.open(chart.with_suffix(".png")) as picture:
            assert picture.info["dpi"] == pytest.approx((300, 300), abs=0.1)
            width = float(re.search(r'width="([\d.]+)pt"', chart.read_text())[1])
            assert picture.width == pytest.approx(width / 72 * 300, abs=1.5)
    for image in gallery.select("figure img"):
        caption = image.find_next("figcaption").get_text()
        assert image["alt"] not in ("", caption)
        told = image.find_parent("figure").find_next("p").get_text()
        assert image["alt"] in told
    for link in gallery.select("main a"):
        file, _, place = link["href"].partition("#")
        target = (home / "html" / file).resolve()
        assert target.is_file()
        assert not place or f'id="{place}"' in target.read_text(encoding="utf-8")
