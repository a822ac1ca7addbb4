"""Every page for every reader: axe-core's rules, narrow windows, the keyboard.

axe-core (Deque's checker) comes from npm, at the version and hash that
``npm/package-lock.json`` pins; it runs inside the page, in Chromium.
"""

import io
import re

import pypdf
import pytest
from bs4 import BeautifulSoup
from conftest import ROOT

pytestmark = [
    pytest.mark.needs("chromium", "chromium"),
    pytest.mark.needs("npm", "npm"),
]

#: 400 % zoom in a window of 1280 × 1024; and a telephone.
NARROW = ({"width": 320, "height": 256}, {"width": 320, "height": 640})
STOPS = "a[href], button, summary, [tabindex='0']"

#: What is shown and asks for the keyboard, numbered.
NUMBER = f"""() => {{
  const shown = [...document.querySelectorAll("{STOPS}")]
    .filter(stop => stop.checkVisibility());
  shown.forEach((stop, place) => stop.dataset.stop = place);
  return shown.length;
}}"""
FOCUSED = "() => document.activeElement.dataset.stop ?? null"
OUTLINED = "() => getComputedStyle(document.activeElement).outlineStyle !== 'none'"
#: Whatever scrolls sideways although the page does not.
SCROLLING = """() => [...document.querySelectorAll("main *")]
  .filter(part => ["auto", "scroll"].includes(getComputedStyle(part).overflowX))
  .filter(part => part.scrollWidth > part.clientWidth + 1 && part.tabIndex !== 0)
  .map(part => part.outerHTML.slice(0, 80))"""
WIDE = """() => document.scrollingElement.scrollWidth
  - document.scrollingElement.clientWidth"""


@pytest.fixture(scope="module")
def axe(npm):
    """Give axe-core's source."""
    return (npm / "axe-core/axe.min.js").read_text(encoding="utf-8")


@pytest.fixture
def unfolded(opened):
    """Open pages, with everything unfolded."""

    def open_page(path, **options):
        page = opened(path, **options)
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = 1)")
        return page

    return open_page


def plain(text):
    return re.sub(r"\s+", " ", text).strip()


def violations(page, axe):
    page.evaluate(axe)
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    asked = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": tags}}
    found = page.evaluate("asked => axe.run(asked)", asked)["violations"]
    return [(rule["id"], [node["target"] for node in rule["nodes"]]) for rule in found]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page(pages, unfolded, axe, scheme):
    found = {}
    for path in pages:
        page = unfolded(path, color_scheme=scheme)
        found[path.relative_to(ROOT).as_posix()] = violations(page, axe)
    assert {name: rules for name, rules in found.items() if rules} == {}


def test_axe_finds_what_is_spoilt(pages, unfolded, axe):
    page = unfolded(pages[0])
    page.evaluate("document.documentElement.lang = ''")
    page.evaluate("document.querySelector('main').innerHTML += '<img src=x>'")
    assert {"html-has-lang", "image-alt"} <= {rule for rule, _ in violations(page, axe)}


@pytest.mark.parametrize("window", NARROW, ids=["zoom", "telephone"])
def test_no_page_scrolls_sideways_but_tables_do_within_themselves(
    pages, unfolded, axe, window
):
    scale = 4 if window["height"] == 256 else 1
    for path in pages:
        page = unfolded(path, viewport=window, device_scale_factor=scale)
        assert page.evaluate(WIDE) <= 0, path
        assert page.evaluate(SCROLLING) == [], path
        if scale > 1:
            assert violations(page, axe) == [], path


def test_the_keyboard_reaches_everything_and_shows_where_it_is(pages, unfolded):
    for path in pages:
        page = unfolded(path, viewport=NARROW[1])
        stops, reached = page.evaluate(NUMBER), []
        for _ in range(stops):
            page.keyboard.press("Tab")
            reached.append(page.evaluate(FOCUSED))
            assert page.evaluate(OUTLINED), (path, reached[-1])
        assert stops > 1, path
        assert reached == [str(place) for place in range(stops)], path


def test_every_page_says_its_language(pages):
    for path in pages:
        edition = path.relative_to(ROOT / "output").parts[0]
        page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        assert page.html["lang"] == edition


def test_one_comes_from_page_to_page_and_back_to_the_index(pages):
    for home in (ROOT / "output/fr", ROOT / "output/en"):
        here, seen = home / "index.html", []
        while here not in seen:
            seen.append(here)
            page = BeautifulSoup(here.read_text(encoding="utf-8"), "html.parser")
            bar, turn = (
                [(here.parent / a["href"]).resolve() for a in page.select(f"{nav} a")]
                for nav in ("nav.pages", "nav.turn")
            )
            assert all(target.is_file() for target in (*bar, *turn)), here
            assert bar[0] == home / "index.html"
            assert here in bar
            assert page.select_one("nav.pages [aria-current=page]")
            assert turn[: len(seen) > 1] == seen[-2:-1], here
            here = turn[-1]
        assert set(seen) == {p for p in pages if home in p.parents} - {
            home / "html/proof.html"
        }


def test_print_leaves_out_the_screen_and_no_heading_at_the_foot(pages, unfolded):
    for path in pages:
        page = unfolded(path)
        headings = {
            plain(text) for text in page.locator("h1, h2, h3").all_inner_texts()
        }
        page.emulate_media(media="print")
        assert not page.locator("nav:visible, summary:visible, .skip:visible").count()
        sheets = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
        width, height = sheets[0].mediabox[2:]
        assert (round(width), round(height)) == (595, 842)  # A4
        for sheet in sheets[:-1]:
            last = [plain(line) for line in sheet.extract_text().splitlines() if line][
                -1
            ]
            assert last not in headings, (path, last)
