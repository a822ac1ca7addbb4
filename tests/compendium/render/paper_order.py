"""Pages as paper has them: code left out, what is folded moved behind them."""

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
