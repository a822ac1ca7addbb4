"""Tables of every width on paper: none stops the run, none leaves its page."""

import io
import re
from functools import partial

import pandas as pd
import pypdf
import pytest
from bs4 import BeautifulSoup
from conftest import in_language, often
from hypothesis import given, settings
from hypothesis import strategies as st

from ecrm_helpers.compendium.render import docx, pdf
from ecrm_helpers.compendium.render.exporters import sections
from ecrm_helpers.compendium.render.paper import on_paper, pandoc
from ecrm_helpers.files import unpacked
from ecrm_helpers.shown.survey.questions import points_table
from ecrm_helpers.shown.tables import table

pytestmark = pytest.mark.made


def paper(*pieces, edition="fr"):
    return on_paper([sections("T", [("S", one.html)], edition) for one in pieces])


def shares(piece):
    """Give the widths of a table's columns, in percent of its line."""
    text = pandoc(paper(piece).html, "typst", edition="fr").decode()
    columns = re.search(r"columns: (\([^)]*\)|\d+)", text)[1]
    return [float(share) for share in re.findall(r"([-\w.]+)%", columns)]


def words(*names, rows=2, value=1):
    frame = pd.DataFrame(value, index=["Satisfaction"] * rows, columns=list(names))
    return table(frame, "tab-wide", "Une table", "fr")


def scale(low, high, n):
    points = range(low, high + 1)
    counts = pd.DataFrame([[n] * len(points)] * 2, columns=points)
    counts.index = pd.Index(["Satisfaction", "Recommandation"])
    return in_language("fr", points_table, counts, "Notes", "tab-scales")


WIDE = {
    "two scales of one word": partial(scale, 1, 5, 60),
    "a mark out of 20": partial(scale, 1, 20, 40),
    "0 to 20, many answers": partial(scale, 0, 20, 1100),
    "0 to 100": partial(scale, 0, 100, 1100),
    "ages": partial(scale, 18, 50, 40),
    "years": partial(scale, 1950, 2010, 40),
    "one-word items": partial(words, *["Professionnalisme", "Accompagnement"] * 3),
    "exactly a line": partial(words, *["a" * 16] * 4),
    "a page across in small type": partial(words, *["a" * 14] * 10),
    "too wide for any page": partial(words, *["Anticonstitutionnellement"] * 20),
    "a word without end": partial(words, "a" * 90),
    "a hundred columns": partial(words, *(f"colonne{k}" for k in range(100))),
}


def test_wide_tables_are_made_to_fit_their_pages_in_a_pdf():
    made = paper(*(made() for made in WIDE.values()))
    pages = pypdf.PdfReader(io.BytesIO(pdf.from_paper(made))).pages
    assert len(pages) >= len(WIDE)
    for page in pages:
        page.extract_text(visitor_text=inside(float(page.mediabox.width)))


@pytest.mark.parametrize("case", WIDE)
def test_a_wide_table_is_made_to_fit_its_page_in_word(case):
    made = paper(WIDE[case]())
    grid = unpacked(docx.from_paper(made))["word/document.xml"].decode()
    document = BeautifulSoup(grid, "xml")
    columns = [int(column["w:w"]) for column in document.find_all("gridCol")]
    assert all(width > 0 for width in columns)
    across = "landscape" in grid
    assert sum(columns) <= (16838 if across else 11906) - 2 * 1417


def inside(width):
    def check(text, matrix, _, __, size):
        if text.strip():
            assert 0 < matrix[4] < width

    return check


@settings(max_examples=often(25), deadline=None)
@given(st.lists(st.integers(1, 40), min_size=1, max_size=30), st.booleans())
def test_shares_are_positive_and_fill_no_more_than_the_line(lengths, spaced):
    cell = "mot " * 20 if spaced else "mot"
    found = shares(words(*("m" * length for length in lengths), value=cell))
    assert all(share > 0 for share in found)
    assert sum(found) <= 100.1
    assert len(found) in (0, len(lengths) + 1)


def test_a_long_scale_has_its_points_in_rows():
    rows = [label for (label,) in WIDE["0 to 100"]().content["rows"]]
    assert rows[:2] == ["0", "1"]
    assert len(rows) == 102
    assert [c for (c,) in WIDE["a mark out of 20"]().content["columns"]][:2] == [
        "1",
        "2",
    ]


def test_a_short_table_a_little_too_wide_stands_small_and_upright():
    piece = words(*["a" * 10] * 6)
    pages = pypdf.PdfReader(io.BytesIO(pdf.from_paper(paper(piece)))).pages
    assert {page.mediabox[2] < page.mediabox[3] for page in pages} == {True}
    long = words(*["a" * 10] * 6, rows=40)
    pages = pypdf.PdfReader(io.BytesIO(pdf.from_paper(paper(long)))).pages
    assert False in {page.mediabox[2] < page.mediabox[3] for page in pages}
