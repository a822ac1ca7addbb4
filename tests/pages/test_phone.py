"""A telephone shows all that a table says; the first screen shows the finding."""

import re

import pytest
from pages.measured import PHONE

from ecrm_helpers.shown.figures import SMALLEST

pytestmark = pytest.mark.needs("chromium", "chromium")

#: Each part of the finding, and how many there are: the thesis, its version, licence
#: and repository, the other language; the headline; three claims with their number,
#: verdicts and limit; the values as a bar with its words; the errata.
PARTS = {
    ".meta:first-child": 1,
    ".meta:first-child a": 2,
    "h1": 1,
    ".card h2": 3,
    ".card .big": 3,
    ".card .badge": 9,
    ".card > p:last-child": 3,
    ".bar span": 5,
    ".legend li": 5,
    ".meta a[href*='errata.html']": 1,
}
#: Those that are whole on the first screen.
WHOLE = """names => names.map(name => [...document.querySelectorAll(`main ${name}`)]
  .filter(part => part.checkVisibility() && part.textContent.trim())
  .map(part => part.getBoundingClientRect())
  .filter(({top, left, bottom, right, width}) => width && top >= 0 && left >= 0
    && bottom <= innerHeight && right <= innerWidth).length)"""


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
        assert page.evaluate(WHOLE, [*PARTS]) == [*PARTS.values()]
        told = page.locator("main .meta").first.inner_text()
        assert re.search(r"e-CRM.*2022.*0\.1\.0.*MIT.*(Français|English)", told, re.S)


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
