"""The chapter's heads, and the folds of what is long in it."""

from bs4 import BeautifulSoup
from conftest import ROOT

from ecrm_helpers.compendium.render.screen import arrange
from ecrm_helpers.compendium.site.chapter import _renumbered
from ecrm_helpers.interview.tables import read_interview
from ecrm_helpers.shown.coded import corpus


def test_heads_are_numbered_as_they_stand_and_one_alone_is_not():
    for given, wanted in (([4], ["X"]), ([1, 5, 4], ["1. X", "2. X", "3. X"])):
        pages = [BeautifulSoup(f"<h1>{n}. X</h1>", "html.parser") for n in given]
        _renumbered(pages)
        assert [page.get_text() for page in pages] == wanted


def test_excerpts_fold_theme_by_theme_and_none_is_left_out(monkeypatch):
    monkeypatch.setattr(corpus, "_FOLDED", 3)
    made = corpus.verbatims_table(read_interview(ROOT / "data/interview", "fr"), "fr")
    page = BeautifulSoup(f"<main>{made.html}</main>", "html.parser")
    arrange(page, page.main, "fr")
    folds = page.select("details.more")
    themes = [row[0] for row in made.content["rows"]]
    rows = [row.th.get_text() for fold in folds for row in fold.select("tbody tr")]
    assert rows == themes
    assert len(folds) == len(set(themes))
    for fold in folds:
        theme = fold.select_one("tbody th").get_text()
        assert f"{theme} ({themes.count(theme)})" in fold.summary.get_text()
