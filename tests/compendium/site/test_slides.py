"""Slides of the pages that were made: as many as a lecture has, and nothing new."""

import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader

from ecrm_helpers.cli import main
from ecrm_helpers.compendium.site.slides import slides


@pytest.fixture(scope="module", params=["fr", "en"])
def made(request, output, tmp_path_factory):
    """Make the slides of one edition: its folder, the page, the PDF."""
    home, folder = output / request.param, tmp_path_factory.mktemp("slides")
    for name, content in slides(home, request.param).items():
        (folder / name).write_bytes(content)
    html = (folder / "slides.html").read_text("utf-8")
    return home, BeautifulSoup(html, "html.parser"), PdfReader(folder / "slides.pdf")


def test_there_are_12_to_15_each_on_a_page_of_its_own(made):
    _, page, pdf = made
    each = page.select("section.slide")
    assert 12 <= len(each) + 1 <= 15
    assert len(pdf.pages) == len(each) + 1
    for slide, paper in zip(each, pdf.pages[1:], strict=True):
        wide, high = paper.mediabox.width, paper.mediabox.height
        assert wide / high == pytest.approx(16 / 9, rel=1e-3)
        heading = slide.h2.get_text().split()[0]
        assert heading in paper.extract_text()


def test_what_they_show_stands_on_the_pages_as_it_is(made):
    home, page, _ = made
    books = [path.read_text("utf-8") for path in sorted(home.glob("html/0*.html"))]
    pages = [BeautifulSoup(text, "html.parser") for text in books]
    images = {image["src"] for each in pages for image in each.select("img")}
    assert {image["src"] for image in page.select("img")} <= images
    said = " ".join(" ".join(each.main.get_text(" ").split()) for each in pages)
    told = page.select(".slide > p, .slide > blockquote, .slide figcaption")
    assert len(told) > 8
    for part in told:
        assert " ".join(part.get_text(" ").split()) in said


def test_they_are_read_by_ear_and_by_keyboard_without_a_script(made):
    _, page, _ = made
    assert page.select("script") == []
    assert page.html["lang"] in ("fr", "en")
    assert len(page.select("h1")) == 1
    ids = [part["id"] for part in page.select("[id]")]
    assert len(ids) == len(set(ids))
    assert all(slide.h2 for slide in page.select("section.slide"))
    assert all(image["alt"].strip() for image in page.select("img"))
    links = [a["href"] for a in page.select("a[href^='#']")]
    assert {link[1:] for link in links} <= set(ids)


def test_without_pages_it_says_what_to_run(tmp_path, capsys):
    (tmp_path / "study.yml").write_text("title: {fr: a}\n")
    assert main(["slides", "--edition", "en", "--project", str(tmp_path)]) == 2
    assert "make reproduce EDITION=en" in capsys.readouterr().err
    assert not (tmp_path / "output").exists()
