"""Every page as a browser shows it: opened once, and measured in all its sizes.

axe-core (Deque's checker) comes from npm, at the version and hash that
``axe/package-lock.json`` pins; it runs inside the page, in Chromium. What does
not depend on the window, or on the colours, is looked at once.
"""

import io
import re
import subprocess

import pypdf
import pytest
from conftest import ROOT, missing_here

from ecrm_helpers.shown.figures import SMALLEST

pytestmark = [
    pytest.mark.needs("chromium", "chromium"),
    pytest.mark.needs("npm", "npm"),
]

AXE = ROOT / "tests/material/axe"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WHOLE = {"type": "tag", "values": TAGS}
#: What depends on the colours; on the width of the window.
COLOURS = {"type": "rule", "values": ["color-contrast"]}
SIZES = {"type": "rule", "values": ["target-size", "scrollable-region-focusable"]}
DESK, MIDDLE = {"width": 1280, "height": 900}, {"width": 500, "height": 900}
PHONE = {"width": 390, "height": 800}
#: 400 % zoom in a window of 1280 × 1024.
ZOOMED = {"width": 320, "height": 256}

SEEN = """() => ({
  wide: document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth,
  broken: [...document.images].filter(i => !i.naturalWidth).length,
  unnamed: [...document.images].filter(i => !i.alt).length,
  images: document.images.length,
  height: document.querySelector("main").getBoundingClientRect().height,
  // Whatever scrolls sideways although the page does not.
  scrolling: [...document.querySelectorAll("main *")]
    .filter(part => part.scrollWidth > part.clientWidth + 1 && part.tabIndex !== 0)
    .filter(part => ["auto", "scroll"].includes(getComputedStyle(part).overflowX))
    .map(part => part.outerHTML.slice(0, 80)),
})"""
#: What is read and lies beyond the screen, in the page unfolded.
OUTSIDE = """() => {
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
#: What asks for the keyboard, numbered; each says when it is reached, and if one sees.
STOPS = """() => {
  const all = "a[href], button, summary, [tabindex='0']";
  const shown = [...document.querySelectorAll(all)].filter(s => s.checkVisibility());
  shown.forEach((stop, place) => stop.dataset.stop = place);
  window.reached = [];
  addEventListener("focusin", ({target}) => reached.push([+target.dataset.stop,
    getComputedStyle(target).outlineStyle !== "none"]));
  return shown.length;
}"""
UNFOLD = "document.querySelectorAll('details').forEach(fold => fold.open = true)"


@pytest.fixture(scope="module")
def axe(tmp_path_factory):
    """Install axe-core as locked, and give its source."""
    home = tmp_path_factory.mktemp("axe")
    for name in ("package.json", "package-lock.json"):
        (home / name).write_bytes((AXE / name).read_bytes())
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    done = subprocess.run(command, cwd=home, capture_output=True, timeout=300)
    if done.returncode:
        missing_here(f"axe-core cannot be fetched: {done.stderr.decode()[-300:]}")
    return (home / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def opened(browser):
    """Open one page at a time, without its policy; note what it asks for."""
    context = browser.new_context(bypass_csp=True, viewport=DESK)

    def open_page(path):
        for page in context.pages:
            page.close()
        page = context.new_page()
        page.asked = []
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto(path.as_uri())
        return page

    yield open_page
    context.close()


def violations(page, rules):
    asked = {"resultTypes": ["violations"], "runOnly": rules}
    found = page.evaluate("asked => axe.run(asked)", asked)["violations"]
    return [(rule["id"], [node["target"] for node in rule["nodes"]]) for rule in found]


def visit(page, axe):
    """Measure an open page on a desk, a telephone and zoomed in, light and dark."""
    seen = {"asked": [*page.asked], "desk": page.evaluate(SEEN)}
    page.evaluate(UNFOLD)
    page.evaluate(axe)
    seen["axe"] = violations(page, WHOLE)
    page.emulate_media(color_scheme="dark")
    seen["axe"] += violations(page, COLOURS)
    page.set_viewport_size(MIDDLE)
    seen["middle"] = page.evaluate(SEEN)
    page.set_viewport_size(PHONE)
    seen |= {"outside": page.evaluate(OUTSIDE), "scales": page.evaluate(SCALES)}
    page.set_viewport_size(ZOOMED)
    seen["zoomed"] = page.evaluate(SEEN)
    seen["axe"] += violations(page, SIZES)
    return seen


@pytest.fixture(scope="module")
def published(pages, opened, axe):
    return {path: visit(opened(path), axe) for path in pages}


@pytest.fixture(scope="module")
def every(published, of_synthetic, of_own, opened, axe):
    """Visit the pages of published values, of invented answers, of an author's own."""
    given = [*sorted(of_synthetic.glob("??/**/*.html")), *of_own]
    given = [path for path in given if path.suffix == ".html"]
    assert len(given) > 20
    return published | {path: visit(opened(path), axe) for path in given}


def told(seen, of):
    """Give what was found, by page; pages with nothing left out."""
    found = {str(path): of(measured) for path, measured in seen.items()}
    return {path: what for path, what in found.items() if what}


def test_axe_finds_nothing_on_any_page(every):
    assert told(every, lambda page: page["axe"]) == {}


def test_axe_finds_what_is_spoilt(pages, opened, axe):
    page = opened(pages[0])
    page.evaluate(axe)
    page.evaluate("document.documentElement.lang = ''")
    page.evaluate("document.querySelector('main').innerHTML += '<img src=x>'")
    assert {"html-has-lang", "image-alt"} <= {r for r, _ in violations(page, WHOLE)}


def test_pages_fit_every_window_and_tables_scroll_within_themselves(every):
    windows = ("desk", "middle", "zoomed")
    wide = told(every, lambda page: [w for w in windows if page[w]["wide"] > 0])
    assert wide == {}
    assert told(every, lambda page: page["zoomed"]["scrolling"]) == {}
    assert told(every, lambda page: page["desk"]["height"] < 500) == {}


def test_pages_load_nothing_and_have_no_broken_or_unnamed_picture(every):
    assert told(every, lambda p: p["desk"]["broken"] + p["desk"]["unnamed"]) == {}
    for path, page in every.items():
        assert page["asked"] == [path.as_uri()]


def test_a_page_that_asks_for_something_is_noticed(pages, opened, tmp_path):
    html = pages[0].read_text(encoding="utf-8")
    spoilt = tmp_path / "spoilt.html"
    spoilt.write_text(html.replace("</main>", '<img src="x.png"></main>'), "utf-8")
    page = opened(spoilt)
    assert page.asked == [spoilt.as_uri(), (tmp_path / "x.png").as_uri()]
    assert page.evaluate(SEEN)["broken"] == 1


def test_the_pages_show_their_figures(published, output):
    images = {path: page["desk"]["images"] for path, page in published.items()}
    assert images[output / "fr/html/01_descriptives.html"] == 4
    assert images[output / "en/html/03_h3_anova.html"] == 3


def test_nothing_that_is_read_lies_outside_a_telephone(every):
    assert told(every, lambda page: page["outside"]) == {}


def test_the_text_of_figures_is_read_on_a_telephone(every):
    # The gallery's small pictures link to the large ones.
    large = {path: page for path, page in every.items() if path.stem != "gallery"}
    assert sum(len(page["scales"]) for page in large.values()) > 20
    least = 9 / (SMALLEST * 96 / 72)
    assert told(large, lambda page: [s for s in page["scales"] if s < least]) == {}


def test_the_keyboard_reaches_everything_and_shows_where_it_is(pages, opened):
    for path in pages:
        page = opened(path)
        page.set_viewport_size(ZOOMED)
        page.evaluate(UNFOLD)
        stops = page.evaluate(STOPS)
        for _ in range(stops):
            page.keyboard.press("Tab")
        assert stops > 1, path
        wanted = [[place, True] for place in range(stops)]
        assert page.evaluate("reached") == wanted, path


def test_an_opened_link_to_code_opens_its_fold(output, opened):
    page = opened(output / "en/html/03_h3_anova.html")
    page.click("#tab-anova .number a")
    assert page.evaluate("document.querySelector(location.hash).checkVisibility()")


#: Where the parts of the finding end.
ENDS = """() => Object.fromEntries(
  [".meta", "h1", ".card:last-child", ".bar", ".legend", "a[href*='errata.html']"]
    .map(name => [name, document.querySelectorAll(`main ${name}`)])
    .map(([name, found]) => [name, found.length
      ? found[0].getBoundingClientRect().bottom : Infinity]))"""


@pytest.mark.parametrize("window", [{"width": 1200, "height": 800}, PHONE])
def test_the_first_screen_shows_the_finding(output, opened, window):
    for edition in ("fr", "en"):
        page = opened(output / edition / "index.html")
        page.set_viewport_size(window)
        ends = page.evaluate(ENDS)
        assert {name: end for name, end in ends.items() if end > 800} == {}
        assert page.locator(".meta a[lang]").first.is_visible()
        assert page.locator(".card .badge").count() == 9


def plain(text):
    return re.sub(r"\s+", " ", text).strip()


def test_print_leaves_out_the_screen_and_no_heading_at_the_foot(pages, opened):
    for path in pages:
        page = opened(path)
        page.evaluate(UNFOLD)
        headings = {plain(t) for t in page.locator("h1, h2, h3").all_inner_texts()}
        page.emulate_media(media="print")
        assert not page.locator("nav:visible, summary:visible, .skip:visible").count()
        sheets = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
        width, height = sheets[0].mediabox[2:]
        assert (round(width), round(height)) == (595, 842)  # A4
        for sheet in sheets[:-1]:
            lines = [line for line in sheet.extract_text().splitlines() if line]
            assert plain(lines[-1]) not in headings, (path, lines[-1])
