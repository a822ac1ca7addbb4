"""The pages around the notebooks: an index for readers, a chapter for print."""

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import jinja2
import pandas as pd
from bs4 import BeautifulSoup

from ecrm_helpers.compendium import pdf
from ecrm_helpers.compendium.exporters import TEMPLATES, finish
from ecrm_helpers.printed import Edition, say
from ecrm_helpers.shown.ledger import VERDICTS
from ecrm_helpers.shown.record import as_csv
from ecrm_helpers.shown.tables import table
from ecrm_helpers.study import read_study


def chapter(root: Path, pages: Sequence[Path], edition: str) -> bytes:
    """Set all pages of an edition as one PDF with title page and contents.

    Parameters
    ----------
    root : path
        The compendium's folder.
    pages : sequence of path
        The HTML pages, in order.
    edition : {"fr", "en"}
        The language.

    Returns
    -------
    bytes
    """
    language = cast(Edition, edition)
    return pdf.from_pages(
        [page.read_text(encoding="utf-8") for page in pages],
        title=read_study(root / "study.yml").title[language],
        subtitle=say("chapter_subtitle", language),
        author=say("contributors", language),
        contents=say("contents", language),
    )


def read_results(paths: Sequence[Path]) -> dict[str, Any]:
    """Join the notebooks' results: all decisions, all rows of the ledger."""
    read = [json.loads(path.read_text(encoding="utf-8")) for path in paths]
    return {
        "decisions": {k: v for part in read for k, v in part["decisions"].items()},
        "ledger": [row for part in read for row in part["ledger"]],
    }


def ledger_csv(results: Sequence[Path]) -> str:
    """Write the whole ledger as CSV text."""
    return as_csv(read_results(results)["ledger"])


def index(
    root: Path, pages: Sequence[Path], results: Sequence[Path], edition: str
) -> str:
    """Write the page a reader opens first.

    Parameters
    ----------
    root : path
        The compendium's folder.
    pages : sequence of path
        The HTML pages, in order.
    results : sequence of path
        The notebooks' results.
    edition : {"fr", "en"}
        The language.

    Returns
    -------
    str
    """
    language = cast(Edition, edition)
    found = read_results(results)
    keys = (
        "site_intro",
        "hypotheses",
        "agreement",
        "pages",
        "files",
        "ocr_note",
        "chapter_pdf",
        "how_known",
        "not_endorsed",
        "skip",
    )
    home = root / "output" / edition
    files = [
        p for folder in ("tables", "figures") for p in sorted((home / folder).glob("*"))
    ]
    html = _template().render(
        edition=edition,
        css=(TEMPLATES / "thesis.css").read_text(encoding="utf-8"),
        title=read_study(root / "study.yml").title[language],
        say={key: say(key, language) for key in keys},
        hypotheses=_hypotheses(root, found["decisions"], language),
        verdicts=_verdicts(found["ledger"], language),
        pages=[_entry(page) for page in pages],
        files=[
            *(path.relative_to(home).as_posix() for path in files),
            "../ledger.csv",
            *(f"../results/{path.name}" for path in results),
        ],
    )
    return finish(html, language, "index")


def _template() -> jinja2.Template:
    loader = jinja2.FileSystemLoader(TEMPLATES)
    return jinja2.Environment(loader=loader, autoescape=True).get_template(
        "site.html.j2"
    )


def _entry(page: Path) -> dict[str, str]:
    title = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser").title
    return {
        "title": title.get_text() if title else page.stem,
        "html": f"html/{page.name}",
        "pdf": f"pdf/{page.stem}.pdf",
    }


def _hypotheses(root: Path, decisions: dict[str, Any], edition: Edition) -> str:
    """Set each hypothesis beside the thesis's verdict and the two answers here."""
    claims = read_study(root / "study.yml").hypotheses
    frame = pd.DataFrame(
        {
            say("the_claim", edition): [claims[h].claim[edition] for h in decisions],
            say("thesis_verdict", edition): [
                say(claims[h].thesis_verdict, edition) for h in decisions
            ],
            say("association", edition): [
                say(answer["association"], edition) for answer in decisions.values()
            ],
            say("as_worded", edition): [
                say(answer["as_worded"], edition) for answer in decisions.values()
            ],
        },
        index=[h.upper() for h in decisions],
    ).sort_index()
    return table(frame, "decisions", say("hypotheses", edition), edition).html


def _verdicts(ledger: list[dict[str, Any]], edition: Edition) -> str:
    """Count verdicts by how the value is known: built in is no evidence."""
    counts = Counter((row["verdict"], row["known"]) for row in ledger)
    known = [
        k
        for k in ("built_in", "derived", "independent", "claim", "compared")
        if any(row["known"] == k for row in ledger)
    ]
    frame = pd.DataFrame(
        {say(k, edition): [counts[v, k] for v in VERDICTS] for k in known},
        index=[say(f"verdict_{v}", edition) for v in VERDICTS],
    )
    return table(
        frame[frame.sum(axis=1) > 0],
        "verdicts",
        say("caption_verdicts", edition),
        edition,
        note=say("note_verdicts", edition),
    ).html
