"""The agreement on a page: each reason once, numbers as each language has them."""

from bs4 import BeautifulSoup
from conftest import ROOT

from ecrm_helpers.ledger.agreement import show
from ecrm_helpers.ledger.quantities import recompute
from ecrm_helpers.study import read_published, read_study


def test_a_reason_stands_once_for_all_that_it_explains():
    published = read_published(read_study())
    found = recompute(ROOT, published)["03"]
    for edition, zero in (("en", False), ("fr", True)):
        piece = show("03", found, edition, published)
        page = BeautifulSoup(piece.html, "html.parser")
        items = page.select(".findings li")
        reasons = [item.p.get_text() for item in items]
        assert len(reasons) == len(set(reasons)) == 3
        refuted = [row for row in piece.content["rows"] if not row["reason_en"] == ""]
        assert len(page.select(".findings br")) + len(items) == len(refuted) == 4
        table = piece.content["table"]
        p = [text[3] for text in table["texts"] if text[1].split(", ")[1][:1] == "p"]
        assert len(p) == 3
        assert all(text.startswith("0") == zero for text in p)
