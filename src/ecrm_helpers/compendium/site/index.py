"""The page that a reader opens first."""

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from ecrm_helpers.answers.dictionary import PLACE
from ecrm_helpers.compendium.render.exporters import rendered
from ecrm_helpers.compendium.render.finishing import finish
from ecrm_helpers.compendium.render.record import CHECK, Page
from ecrm_helpers.compendium.site.finding import bar, cards, decided, headline, touching
from ecrm_helpers.ledger.record import as_csv
from ecrm_helpers.ledger.summary import read_results
from ecrm_helpers.ledger.terms import VERDICT, VERDICTS
from ecrm_helpers.printed import Edition, keyed, label_of, say
from ecrm_helpers.shown.tables import table
from ecrm_helpers.study import Study, read_published, read_study

#: What the pages are made from, by whose answers were computed.
INTRO = keyed(
    "site_intro_",
    "site_intro_reconstructed site_intro_synthetic site_intro_own site_intro_other "
    "site_intro_printed",
)

#: What the files of tables and figures are called, by their endings.
FILES = {
    ".csv": "CSV", ".xlsx": "Excel", ".tex": "LaTeX",
    ".svg": "SVG", ".png": "PNG", ".jpeg": "JPEG",
}  # fmt: skip


def ledger_csv(results: Sequence[Path]) -> str:
    """Write the whole ledger as CSV text."""
    return as_csv(read_results(results)["ledger"])


def index(
    root: Path,
    pages: Sequence[Page],
    results: Sequence[Path],
    edition: Edition,
    study: str = "study.yml",
    read: Sequence[str] = (),
    other: str = "",
    pairs: str = "",
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
    other : str
        The address of the other edition's index, where there is one.
    pairs : str
        That of the page of all pairs of distributions, where there is one.

    Returns
    -------
    str
    """
    found, asked = read_results(results), read_study(root / study)
    home = root / "output" / edition
    given = sorted(found["origins"] - {"reconstructed"})
    origin = given[0] if given else "reconstructed"
    decisions = {decision.name for decision in decided(pages)}
    ocr = read_published(asked, root).of_text
    other_intro = "printed" if asked.published else "other"
    errata, proof = "html/errata.html", "html/proof.html"
    html = rendered(
        "site.html.j2",
        edition,
        title=asked.title[edition],
        headline=headline(decided(pages), edition) if decisions else "",
        cards=cards(pages, edition) if decisions else "",
        absent=[label_of(h) for h in sorted(asked.hypotheses.keys() - decisions)],
        bar=bar(found["ledger"], edition) if found["ledger"] else "",
        about=[*_about(root, asked, edition), *_elsewhere(edition, other)],
        other=other,
        pairs=pairs,
        touching=touching(asked, root, edition),
        read=read,
        ocr=ocr,
        published=asked.published,
        intro=say(INTRO[origin if ocr else other_intro], edition),
        standing=say("to_reply" if given else "not_endorsed", edition),
        finding=[sentence for page in pages for sentence in page.finding],
        verdicts=_verdicts(found["ledger"], edition),
        errata=errata if (home / errata).exists() else "",
        proof=proof if (home / proof).exists() else "",
        check=json.loads(_text(home / CHECK)),
        pages=[_entry(page) for page in pages],
        files=_files(root, home, results, found["ledger"], own=study == "study.yml"),
    )
    synthetic = "synthetic" in found["origins"]
    return str(finish(html, edition, "index", synthetic=synthetic))


def _files(
    root: Path, home: Path, results: Sequence[Path], ledger: Sequence[Any], *, own: bool
) -> list[str]:
    """List what there is besides pages, as links from the index.

    The compendium's data are `own` to its study, and no other's.
    """
    executed = sorted((home / "executed").glob("*.ipynb"))
    raw = root / "data/raw"
    data = sorted(p for p in (root / "data").rglob("*.csv") if raw not in p.parents)
    data += [path for path in [root / PLACE] if path.exists()]
    data = data if own else []
    return [
        *(path.relative_to(home).as_posix() for path in executed),
        *(["../ledger.csv"] if ledger else []),
        *(f"../results/{path.name}" for path in results),
        *(f"../../{path.relative_to(root).as_posix()}" for path in data),
    ]


def _text(file: Path) -> str:
    """Read what a step before left of JSON; without it, nothing."""
    return file.read_text(encoding="utf-8") if file.exists() else "{}"


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


def _elsewhere(edition: Edition, other: str) -> list[tuple[str, str, str]]:
    return [(say("other", edition), other, "")] if other else []


def _about(root: Path, asked: Study, edition: Edition) -> list[tuple[str, str, str]]:
    """Say which thesis this is of, which version, under which licence, and where.

    Of a study that holds nothing against print, its title.

    Returns
    -------
    list of (str, str, str)
        Each with the address it links to, if it has one, and what a narrow
        screen leaves out.
    """
    path = root / "CITATION.cff"
    if not asked.published or not path.exists():
        return [(asked.title[edition], "", "")]
    cited = yaml.safe_load(path.read_text(encoding="utf-8"))
    thesis = cited["references"][0]
    school = f", {thesis['institution']['name']}, {thesis['institution']['city']}"
    title, licence = thesis["title"].partition(". ")[0], " & ".join(cited["license"])
    home = cited.get("repository-code") or f"../../{say('readme', edition)}"
    of = say("about_thesis", edition, title=title, year=thesis["year"])
    return [
        (of, "", school),
        (say("about_version", edition, version=cited["version"]), "", ""),
        (say("about_licence", edition, licence=licence), "", ""),
        (say("about_repository", edition), home, ""),
    ]


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
