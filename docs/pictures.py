"""Draw the pictures of README.md and LISEZMOI.md from the pages: make pictures.

Needs both editions made, the tests' environment and Chromium.
"""

import shutil
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
#: What each picture is called: the first page, and p over all data sets.
NAMED = {"en": ("index", "p-values"), "fr": ("accueil", "valeurs-p")}


def small(path: Path, width: int) -> None:
    """Keep a picture small: so wide, and in few colours."""
    picture = Image.open(path).convert("RGB")
    picture.thumbnail((width, 10 * width))
    picture.quantize(128, Image.Quantize.FASTOCTREE).save(path, optimize=True)


def main() -> None:
    """Draw them all."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        for edition, (first, chart) in NAMED.items():
            home = ROOT / "output" / edition
            page = browser.new_page(viewport={"width": 1200, "height": 800})
            page.goto((home / "index.html").as_uri())
            page.screenshot(path=DOCS / f"{first}.png")
            small(DOCS / f"{first}.png", 1200)
            (drawn,) = home.glob("figures/*-fig-p-values.png")
            shutil.copy(drawn, DOCS / f"{chart}.png")
            small(DOCS / f"{chart}.png", 900)
        browser.close()


if __name__ == "__main__":
    main()
