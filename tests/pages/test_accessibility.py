"""Every page for every reader: axe-core's rules, narrow windows, the keyboard."""

import pytest
from bs4 import BeautifulSoup
from conftest import ROOT, missing_here
from pages.measured import NARROW, UNFOLD, measured, violations

from ecrm_helpers.compendium.render import pdf
from ecrm_helpers.compendium.site.slides import slides

pytestmark = [
    pytest.mark.needs("chromium", "chromium"),
    pytest.mark.needs("npm", "npm"),
]


@pytest.fixture(autouse=True)
def axe_is_there(axe):
    """Leave nothing unchecked in silence."""
    if not axe:
        missing_here("axe-core cannot be fetched")


def said(seen, what):
    """Give what was found, page by page, where something was."""
    return {str(path): page[what] for path, page in seen.items() if page[what]}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page(seen, scheme):
    assert said(seen, scheme) == {}


@pytest.mark.slow
def test_pages_of_given_answers_are_for_every_reader_too(seen_given):
    assert len(seen_given) > 15
    assert sum(page["light"] is not None for page in seen_given.values()) > 7
    for what in ("light", "dark", "zoom axe", "outside"):
        assert said(seen_given, what) == {}
    for path, page in seen_given.items():
        assert [page[window] for window in NARROW] == [(0, [])] * 2, path


@pytest.mark.slow
def test_slides_are_for_every_reader_too(output, of_synthetic, axe, browser, tmp_path):
    context = browser.new_context(bypass_csp=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pdf, "from_paper", lambda *_, **__: b"")
        for home in (output / "fr", output / "en", of_synthetic / "en"):
            path = tmp_path / "slides.html"
            path.write_bytes(slides(home, home.name)["slides.html"])
            seen = measured(context, path, axe, brief=True)
            for what in ("light", "dark", "zoom axe", "outside"):
                assert seen[what] == [], home
    context.close()


def test_axe_finds_what_is_spoilt(pages, opened, axe):
    page = opened(pages[0])
    page.evaluate(UNFOLD)
    page.evaluate("document.documentElement.lang = ''")
    page.evaluate("document.querySelector('main').innerHTML += '<img src=x>'")
    assert {"html-has-lang", "image-alt"} <= {rule for rule, _ in violations(page, axe)}


@pytest.mark.parametrize("window", NARROW)
def test_no_page_scrolls_sideways_but_tables_do_within_themselves(seen, window):
    for path, page in seen.items():
        wide, scrolling = page[window]
        assert wide <= 0, path
        assert scrolling == [], path
    assert said(seen, f"{window} axe") == {}


def test_the_keyboard_reaches_everything_and_shows_where_it_is(seen):
    for path, page in seen.items():
        assert page["stops"] > 1, path
        wanted = [[str(place), True] for place in range(page["stops"])]
        assert page["reached"] == wanted, path


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


def test_print_leaves_out_the_screen_and_no_heading_at_the_foot(seen):
    for path, page in seen.items():
        assert not page["printed of the screen"], path
        assert page["paper"] == {(595, 842)}, path  # A4
        assert page["headings"], path
        assert page["headings"].intersection(page["last lines"][:-1]) == set(), path
