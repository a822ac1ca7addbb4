"""Pages as paper has them: code left out, what is folded moved behind them."""

import subprocess
import tempfile
from pathlib import Path

from PIL import Image

from ecrm_helpers.printed import say, typeset

#: Headings that a chapter adds to those of its pages.
ADDED = {
    typeset(say(key, edition), edition)
    for key in (
        "summary",
        "concluding",
        "concluded_holds",
        "concluded_holds_not",
        "concluded_not_known",
        "annex",
    )
    for edition in ("fr", "en")
}


def paper_order(mains):
    """Give the bodies of pages, then each part that stands in the annex."""
    moved = []
    for main in mains:
        for part in main.select("nav, .screen, details.code"):
            part.decompose()
        for fold in main.select("details.more"):
            fold.summary.decompose()
            if fold.find(True):
                moved.append(fold.extract())
    return [*mains, *moved]


def of_pages(headings, mains):
    """Leave out what a chapter adds: its own headings, and titles in its annex."""
    titles = {(2, " ".join(main.h1.get_text().split())) for main in mains if main.h1}
    return [h for h in headings if h[1] not in ADDED and h not in titles]


def filled(paper):
    """Give the share of each page's height, edges apart, down to its last ink."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["pdftoppm", "-r", "20", "-gray", str(paper), f"{folder}/p"]
        subprocess.run(command, check=True, capture_output=True)
        return [share_of(page) for page in sorted(Path(folder).iterdir())]


def share_of(page):
    with Image.open(page) as drawn:
        edge = 20  # 2.5 cm of 20 dots to the inch
        inside = drawn.crop((0, edge, drawn.width, drawn.height - edge))
        box = inside.point(lambda grey: 255 if grey < 200 else 0).getbbox()
        return (box[3] if box else 0) / inside.height
