"""A telephone shows all that a table says; the first screen shows the finding."""

import pytest

from ecrm_helpers.shown.figures import SMALLEST

pytestmark = pytest.mark.needs("chromium", "chromium")

PHONE = {"width": 390, "height": 800}
#: What is read and lies beyond the screen, in the page unfolded.
OUTSIDE = """() => {
  document.querySelectorAll("details").forEach(fold => fold.open = true);
  const read = "td, th, caption, figcaption, .source, .badge, .big, main p, main li";
  return [...document.querySelectorAll(read)]
    .filter(part => part.checkVisibility() && !part.closest("thead, .skip"))
    .map(part => [part.textContent.slice(0, 60), part.getBoundingClientRect()])
    .filter(([, place]) => place.width)
    .filter(([, place]) => place.right > innerWidth + 1 || place.left < 0)
    .map(([text]) => text);
}"""
#: How many pixels of the screen a pixel of each figure gets.
SCALES = """() => [...document.querySelectorAll("figure img")]
  .filter(image => image.checkVisibility())
  .map(image => image.clientWidth / image.naturalWidth)"""
#: Where the parts of the finding end.
ENDS = """() => Object.fromEntries(
  [".meta", "h1", ".card:last-child", ".bar", ".legend", "a[href*='errata.html']"]
    .map(name => [name, document.querySelectorAll(`main ${name}`)])
    .map(([name, found]) => [name, found.length
      ? found[0].getBoundingClientRect().bottom : Infinity]))"""


def test_nothing_that_is_read_lies_outside_a_telephone(pages, opened):
    found = {path: opened(path, viewport=PHONE).evaluate(OUTSIDE) for path in pages}
    assert {str(path): texts for path, texts in found.items() if texts} == {}


def test_the_text_of_figures_is_read_on_a_telephone(pages, opened):
    scales = {}
    for path in pages:
        if "gallery" not in path.name:  # its small pictures link to the large ones
            scales[path] = opened(path, viewport=PHONE).evaluate(SCALES)
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


def test_an_opened_link_to_code_opens_its_fold(output, opened):
    page = opened(output / "en/html/03_h3_anova.html")
    page.click("#tab-anova .number a")
    assert page.evaluate("document.querySelector(location.hash).checkVisibility()")
