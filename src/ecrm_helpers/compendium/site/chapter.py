"""All pages as one file: a summary first, a conclusion behind, for print and Word."""

import re
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from html import escape
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup

from ecrm_helpers.compendium.render import docx, pdf
from ecrm_helpers.compendium.render.exporters import sections
from ecrm_helpers.compendium.render.paper import on_paper, opened
from ecrm_helpers.compendium.render.record import Page
from ecrm_helpers.compendium.site.finding import (
    CONCLUDED,
    concluded,
    decided,
    headline,
    legends,
    summary,
    touching,
)
from ecrm_helpers.compendium.site.report import counted
from ecrm_helpers.ledger.summary import read_results
from ecrm_helpers.printed import Edition, joined, label_of, say
from ecrm_helpers.study import Study, read_study

#: What numbers a page's head.
_NUMBER = re.compile(r"\s*\d+\.")


def chapter(
    root: Path,
    pages: Sequence[Path],
    edition: Edition,
    study: str = "study.yml",
    *,
    records: Sequence[Page] = (),
    results: Sequence[Path] = (),
) -> dict[str, bytes]:
    """Set all pages of an edition as one file with title page, lists and summary.

    Parameters
    ----------
    pages : sequence of path
        The HTML pages, in order.
    records : sequence of Page
        The pages' records: a summary of what they decide comes first, and a
        conclusion behind them; without any, neither.
    results : sequence of path
        The notebooks' results.
    study : str
        The study's file, from `root`.

    Returns
    -------
    dict of {"pdf", "docx"} to bytes
        For print and for Word.
    """
    asked = read_study(root / study)
    subtitle = "chapter_subtitle" if asked.published else "chapter_subtitle_other"
    facts = {
        "title": asked.title[edition],
        "subtitle": say(subtitle, edition),
        "author": say("contributors", edition),
    }
    shown = opened(page.read_text(encoding="utf-8") for page in pages)
    _renumbered(shown)
    if any(page.decisions for page in records):
        ledger = read_results(results)["ledger"]
        first, last = _framed(asked, root, records, ledger, edition)
        tables = len(shown) - sum(page.stem == "dictionary" for page in pages)
        shown = [first, *shown[:tables], last, *shown[tables:]]
    paper = on_paper(shown)
    with ThreadPoolExecutor() as pool:
        printed = pool.submit(pdf.from_paper, paper, **facts)
        figures = (root / "output" / edition / "figures").glob("*.svg")
        drawn = {f.read_bytes(): f.with_suffix(".png").read_bytes() for f in figures}
        word = docx.from_paper(paper, drawn, **facts)
    return {"pdf": printed.result(), "docx": word}


def _renumbered(pages: Sequence[BeautifulSoup]) -> None:
    """Give the heads numbers from 1; one that is alone has none."""
    heads = [h for page in pages if (h := page.h1) and _NUMBER.match(h.get_text())]
    for place, head in enumerate(heads, 1):
        first = next(text for text in head.find_all(string=True) if text.strip())
        now = f"{place}." if len(heads) > 1 else ""
        first.replace_with(_NUMBER.sub(now, str(first), count=1).lstrip())


def _framed(
    asked: Study,
    root: Path,
    records: Sequence[Page],
    ledger: Sequence[dict[str, Any]],
    edition: Edition,
) -> tuple[BeautifulSoup, BeautifulSoup]:
    """Write the summary before a chapter's pages, and the conclusion behind them."""
    band = any(page.synthetic for page in records)
    told = [f"{headline(decided(records), edition)}."]
    limited: dict[str, list[str]] = {}
    for d in decided(records):
        limited.setdefault(d.limit, []).append(label_of(d.name))
    after = [f"{joined(of, edition)} – {limit}" for limit, of in limited.items()]
    after += [sentence for page in records for sentence in page.finding]
    after += filter(None, [touching(asked, root, edition)])
    if ledger:
        values = joined(legends(counted(ledger), edition), edition)
        after.insert(0, say("of_values", edition, what=values))
    whole = _paragraphs(told) + summary(records, edition) + _paragraphs(after)
    title = say("summary", edition)
    first = sections(title, [("", whole)], edition, lead="S", synthetic=band)
    parts = [
        (say(CONCLUDED[key], edition), _paragraphs(sentences))
        for key, sentences in concluded(records, ledger, edition).items()
    ]
    last = sections(say("concluding", edition), parts, edition, synthetic=band)
    return first, last


def _paragraphs(texts: Iterable[str]) -> str:
    return "".join(f"<p>{escape(text)}</p>" for text in texts)
