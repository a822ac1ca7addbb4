"""The pages around the notebooks: an index for readers, a chapter for print."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import jinja2
import pandas as pd

from ecrm_helpers.answers.dictionary import PLACE
from ecrm_helpers.compendium.render import docx, pdf
from ecrm_helpers.compendium.render.finishing import finish
from ecrm_helpers.compendium.render.paper import TEMPLATES, on_paper, opened
from ecrm_helpers.compendium.render.record import Page
from ecrm_helpers.compendium.site.selfcheck import selfcheck
from ecrm_helpers.ledger.record import as_csv
from ecrm_helpers.ledger.summary import answered, read_results
from ecrm_helpers.ledger.terms import VERDICT, VERDICTS
from ecrm_helpers.printed import Edition, keyed, label_of, say
from ecrm_helpers.shown.tables import table
from ecrm_helpers.study import Study, read_published, read_study

#: What the pages are made from, by whose answers were computed.
INTRO = keyed(
    "site_intro_",
    "site_intro_reconstructed site_intro_synthetic site_intro_own site_intro_other",
)

#: What the files of tables and figures are called, by their endings.
FILES = {
    ".csv": "CSV",
    ".xlsx": "Excel",
    ".tex": "LaTeX",
    ".svg": "SVG",
    ".png": "PNG",
    ".jpeg": "JPEG",
}


def chapter(
    root: Path, pages: Sequence[Path], edition: str, study: str = "study.yml"
) -> dict[str, bytes]:
    """Set all pages of an edition as one file with title page and lists.

    Parameters
    ----------
    pages : sequence of path
        The HTML pages, in order.
    study : str
        The study's file, from `root`.

    Returns
    -------
    dict of {"pdf", "docx"} to bytes
        For print and for Word.
    """
    language = cast(Edition, edition)
    asked = read_study(root / study)
    subtitle = "chapter_subtitle" if asked.published else "chapter_subtitle_other"
    facts = {
        "title": asked.title[language],
        "subtitle": say(subtitle, language),
        "author": say("contributors", language),
    }
    paper = on_paper(opened(page.read_text(encoding="utf-8") for page in pages))
    return {
        "pdf": pdf.from_paper(paper, **facts),
        "docx": docx.from_paper(paper, **facts),
    }


def ledger_csv(results: Sequence[Path]) -> str:
    """Write the whole ledger as CSV text."""
    return as_csv(read_results(results)["ledger"])


def index(
    root: Path,
    pages: Sequence[Page],
    results: Sequence[Path],
    edition: str,
    study: str = "study.yml",
    read: Sequence[str] = (),
    *,
    stepped: str = "",
) -> str:
    """Write the page a reader opens first.

    Parameters
    ----------
    pages : sequence of Page
        The records of the pages, in order.
    results : sequence of path
        The notebooks' results.
    study : str
        The study's file, from `root`.
    read : sequence of str
        How many rows of given answers were read and used, in the edition.
    stepped : str
        The page that steps through pairs of distributions, if there is one.

    Returns
    -------
    str
    """
    language = cast(Edition, edition)
    found, asked = read_results(results), read_study(root / study)
    home = root / "output" / edition
    given = sorted(found["origins"] - {"reconstructed"})
    origin = given[0] if given else "reconstructed"
    errata, proof = "html/errata.html", "html/proof.html"
    html = _template().render(
        edition=edition,
        css=(TEMPLATES / "thesis.css").read_text(encoding="utf-8"),
        title=asked.title[language],
        read=read,
        say=_words(language),
        published=asked.published,
        intro=say(INTRO[origin if asked.published else "other"], language),
        standing=say("to_reply" if given else "not_endorsed", language),
        hypotheses=_hypotheses(asked, found["decisions"], language),
        finding=[sentence for page in pages for sentence in page.finding],
        verdicts=_verdicts(found["ledger"], language),
        errata=errata if (home / errata).exists() else "",
        proof=proof if (home / proof).exists() else "",
        stepped=stepped,
        check=selfcheck(
            root,
            read_published(asked, root),
            found["ledger"],
            found["origins"],
            language,
        ),
        pages=[_entry(page) for page in pages],
        files=_files(root, home, results),
    )
    synthetic = "synthetic" in found["origins"]
    return str(finish(html, language, "index", synthetic=synthetic))


def _words(edition: Edition) -> dict[str, str]:
    keys = (
        "hypotheses", "without_answers", "finding_intro", "agreement",
        "ocr_note",
        "errata", "errata_link", "selfcheck", "selfcheck_caveat", "selfcheck_noscript",
        "selfcheck_button", "caption_selfcheck", "item", "place",
        "printed", "packaged", "browser", "outcome", "pages", "chapter_files", "files",
        "how_known", "skip", "contents", "for_reviewers",
        "report_link", "proof_link", "gallery_link", "stepped_link",
    )  # fmt: skip
    return {key: say(key, edition) for key in keys}


def _files(root: Path, home: Path, results: Sequence[Path]) -> list[str]:
    """List what there is besides pages, as links from the index."""
    executed = sorted((home / "executed").glob("*.ipynb"))
    raw = root / "data/raw"
    data = sorted(p for p in (root / "data").rglob("*.csv") if raw not in p.parents)
    data += [path for path in [root / PLACE] if path.exists()]
    return [
        *(path.relative_to(home).as_posix() for path in executed),
        "../ledger.csv",
        *(f"../results/{path.name}" for path in results),
        *(f"../../{path.relative_to(root).as_posix()}" for path in data),
    ]


def _template() -> jinja2.Template:
    loader = jinja2.FileSystemLoader(TEMPLATES)
    return jinja2.Environment(loader=loader, autoescape=True).get_template(
        "site.html.j2"
    )


def _entry(page: Page) -> dict[str, Any]:
    """Name a page with its tables and figures, and the files of each by kind."""
    parts = [
        {
            "id": part.id,
            "caption": part.label + part.caption or part.id,
            "files": {FILES[Path(file).suffix]: file for file in part.files},
        }
        for part in page.shown
    ]
    return {"title": page.title, "stem": page.name, "parts": parts}


def _hypotheses(study: Study, decisions: dict[str, Any], edition: Edition) -> str:
    """Set each hypothesis beside the thesis's verdict and the two answers here."""
    claims = study.hypotheses
    untested = {"association": "not_tested_here", "as_worded": "not_tested"}
    decisions = {name: decisions.get(name, untested) for name in claims}
    frame = pd.DataFrame(
        {
            say("the_claim", edition): [claims[h].claim[edition] for h in decisions],
            say("thesis_verdict", edition): [
                say(claims[h].thesis_verdict, edition) for h in decisions
            ],
            say("association", edition): [
                answered(answer, edition) for answer in decisions.values()
            ],
            say("as_worded", edition): [
                say(answer["as_worded"], edition) for answer in decisions.values()
            ],
        },
        index=[label_of(h) for h in decisions],
    )
    if all(claims[h].thesis_verdict == "none" for h in decisions):
        frame = frame.drop(columns=say("thesis_verdict", edition))
    return table(frame, "decisions", say("hypotheses", edition), edition).html


def _verdicts(ledger: list[dict[str, Any]], edition: Edition) -> str:
    """Count verdicts by how the value is known: built in is no evidence."""
    if not ledger:
        return ""
    counts = Counter((row["verdict"], row["known"]) for row in ledger)
    known = [
        k
        for k in ("built_in", "derived", "independent", "claim", "compared")
        if any(row["known"] == k for row in ledger)
    ]
    frame = pd.DataFrame(
        {say(k, edition): [counts[v, k] for v in VERDICTS] for k in known},
        index=[say(VERDICT[v], edition) for v in VERDICTS],
    )
    return table(
        frame[frame.sum(axis=1) > 0],
        "verdicts",
        say("caption_verdicts", edition),
        edition,
        note=say("note_verdicts", edition) if "built_in" in known else "",
    ).html
