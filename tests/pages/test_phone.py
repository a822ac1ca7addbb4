"""A telephone shows all that a table says; the first screen shows the finding."""

import pytest
from pages.measured import PHONE

from ecrm_helpers.shown.figures import SMALLEST

pytestmark = pytest.mark.needs("chromium", "chromium")

#: Where the parts of the finding end.
ENDS = """() => Object.fromEntries(
  [".meta", "h1", ".card:last-child", ".bar", ".legend", "a[href*='errata.html']"]
    .map(name => [name, document.querySelectorAll(`main ${name}`)])
    .map(([name, found]) => [name, found.length
      ? found[0].getBoundingClientRect().bottom : Infinity]))"""


def test_nothing_that_is_read_lies_outside_a_telephone(seen):
    found = {str(path): page["outside"] for path, page in seen.items()}
    assert {path: texts for path, texts in found.items() if texts} == {}


def test_the_text_of_figures_is_read_on_a_telephone(seen):
    scales = {
        path: page["scales"]
        for path, page in seen.items()
        if "gallery" not in path.name  # its small pictures link to the large ones
    }
    assert sum(map(len, scales.values())) > 10
    pixels = SMALLEST * 96 / 72
    small = {str(path): s for path, s in scales.items() if s and min(s) * pixels < 9}
    assert small == {}


@pytest.mark.parametrize("window", [{"width": 1200, "height": 800}, PHONE])
def test_the_first_screen_shows_the_finding(output, opened, window):
    for edition in ("fr", "en"):
        page = opened(output / edition / "index.html", viewport=window)
        ends = page.evaluate(ENDS)
        assert {name: end for name, end in ends.items() if end > 800} == {}
        assert page.locator(".meta a[lang]").first.is_visible()
        assert page.locator(".card .badge").count() == 9


def test_the_ledger_of_the_interview_is_reached_within_four_screens(output, opened):
    top = "document.querySelector('#tab-evidence').getBoundingClientRect().top"
    for edition in ("fr", "en"):
        page = opened(
            output / edition / "html/04_interview_coding.html", viewport=PHONE
        )
        assert page.evaluate(top) < 4 * PHONE["height"]


def test_an_opened_link_to_code_opens_its_fold(output, opened):
    page = opened(output / "en/html/03_h3_anova.html")
    page.click("#tab-anova .number a")
    assert page.evaluate("document.querySelector(location.hash).checkVisibility()")
