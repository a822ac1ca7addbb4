"""The record of a page says what the page says, and comes back from its file."""

import base64
from dataclasses import replace

import pandas as pd
import pytest
from conftest import NOTEBOOKS

from ecrm_helpers.compendium.render.exporters import sections
from ecrm_helpers.compendium.render.paper import opened
from ecrm_helpers.compendium.render.record import page_of, place, read_page
from ecrm_helpers.compendium.site.gallery import gallery
from ecrm_helpers.shown.tables import table

#: One pixel, as the standard of PNG writes it.
DOT = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAA"
    "AABJRU5ErkJggg=="
)
FIGURE = (
    f'<figure id="dot"><img alt="a &lt; b" src="data:image/png;base64,{DOT}">'
    "<figcaption>R&amp;D</figcaption></figure>"
)
FILES = ["tables/A.1-t.csv", "tables/A.1-tt.csv", "figures/A.1-dot.png"]


def made(**options):
    frame = pd.DataFrame({"n": [73]}, index=["all"])
    parts = [("One", table(frame, "t", "Counts", "en").html), ("Two", FIGURE)]
    parts.append(("", '<p id="in-all">In all.</p><div class="table" id="bare"></div>'))
    page = sections("T & U", parts, "en", lead="A", **options)
    return page_of(page, "x", FILES)


def test_tables_and_figures_have_number_caption_alternative_and_files():
    page = made()
    assert (page.name, page.title, page.finding) == ("x", "T & U", ("In all.",))
    first, dot, bare = page.shown
    assert (first.kind, first.id, first.number) == ("table", "t", "A.1")
    assert (first.label, first.caption) == ("Table A.1. ", "Counts")
    assert first.files == ("tables/A.1-t.csv",)
    assert (dot.kind, dot.label, dot.caption) == ("figure", "Figure A.1. ", "R&D")
    assert (dot.alternative, dot.files) == ("a\xa0< b", ("figures/A.1-dot.png",))
    assert (bare.id, bare.number, bare.label, bare.files) == ("bare", "", "", ())


@pytest.mark.parametrize("synthetic", [False, True])
def test_a_record_comes_back_from_its_file(tmp_path, synthetic):
    page = made(synthetic=synthetic)
    assert page.synthetic is synthetic
    path = place(tmp_path, "x")
    path.parent.mkdir()
    path.write_text(page.as_json(), encoding="utf-8")
    assert read_page(tmp_path, "x") == page


def test_the_gallery_shows_a_picture_that_is_no_drawing_as_it_is(tmp_path):
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures/A.1-dot.png").write_bytes(base64.b64decode(DOT))
    (shown,) = opened([gallery([made()], tmp_path, "en")])
    assert shown.img["src"] == f"data:image/png;base64,{DOT}"
    assert shown.img["alt"] == "a\xa0< b"
    assert shown.figcaption.get_text() == "Figure A.1. R&D"
    assert shown.select_one("figcaption a")["href"] == "x.html#dot"
    assert shown.find("a", href="../figures/A.1-dot.png").string == "PNG"
    assert shown.select_one(".band") is None
    marked = gallery([replace(made(), synthetic=True)], tmp_path, "en")
    assert opened([marked])[0].select_one(".band")


@pytest.mark.parametrize("edition", ["fr", "en"])
def test_the_records_kept_are_those_of_the_pages(index, edition):
    home = index(edition).parent
    names = [*(book.stem for book in NOTEBOOKS), "errata", "dictionary"]
    for name in names:
        kept = read_page(home, name)
        files = [file for part in kept.shown for file in part.files]
        (page,) = opened([(home / f"html/{name}.html").read_text(encoding="utf-8")])
        found = page_of(page, name, files)
        assert found.title.startswith(f"{kept.title} – ")  # the site's name
        assert replace(found, title=kept.title) == kept
        assert kept.shown
        assert all((home / file).is_file() for file in files)
