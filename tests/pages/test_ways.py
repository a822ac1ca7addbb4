"""Every page says its language, and leads to the next and back."""

from bs4 import BeautifulSoup
from conftest import ROOT


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
