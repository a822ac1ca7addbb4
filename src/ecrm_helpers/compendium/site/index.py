"""The page that a reader opens first."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from ecrm_helpers.answers.dictionary import PLACE
from ecrm_helpers.compendium.plan.editions import other_edition
from ecrm_helpers.compendium.plan.project import PAIRS, Project, names
from ecrm_helpers.compendium.render.exporters import rendered
from ecrm_helpers.compendium.render.finishing import finish
from ecrm_helpers.compendium.render.record import Page
from ecrm_helpers.compendium.site.finding import bar, cards, decided, headline, touching
from ecrm_helpers.compendium.site.run_account import small_table
from ecrm_helpers.files import STUDY
from ecrm_helpers.ledger.summary import read_results
from ecrm_helpers.ledger.terms import VERDICT, VERDICTS
from ecrm_helpers.printed import Edition, keyed, label_of, say
from ecrm_helpers.shown.tables import Written
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


def index(
    project: Project,
    pages: Sequence[Page],
    results: Sequence[Path],
    check: Mapping[str, str],
    edition: Edition,
) -> str:
    """Write the page a reader opens first.

    Parameters
    ----------
    pages : sequence of Page
        The records of the pages, in order.
    results : sequence of path
        The notebooks' results.
    check : mapping
        What the page holds for its reader to recompute (`selfcheck.selfcheck`).

    Returns
    -------
    str
    """
    root, home = project.root, project.output / edition
    found, asked = read_results(results), read_study(root / project.study)
    ledger, decisions = found["ledger"], decided(pages)
    given = sorted(found["origins"] - {"reconstructed"})
    origin = given[0] if given else "reconstructed"
    ocr = read_published(asked, root).of_text
    folder = other_edition(project.editions, project.output, edition)
    other = f"{folder}/index.html" if folder else ""
    about = _about(root, asked, edition)
    if not ocr:
        origin = "printed" if asked.published else "other"
    html = rendered(
        "site.html.j2",
        edition,
        title=asked.title[edition],
        headline=headline(decisions, edition) if decisions else "",
        cards=cards(pages, edition) if decisions else "",
        absent=sorted(
            map(label_of, asked.hypotheses.keys() - {d.name for d in decisions})
        ),
        bar=bar(ledger, edition) if ledger else "",
        about=[*about, *([(say("other", edition), other, "")] if other else [])],
        other=other,
        pairs=PAIRS if PAIRS in names(project, edition) else "",
        touching=touching(asked, root, edition),
        read=project.read.get(edition, ()),
        ocr=ocr,
        published=asked.published,
        intro=say(INTRO[origin], edition),
        standing=say("to_reply" if given else "not_endorsed", edition),
        finding=[sentence for page in pages for sentence in page.finding],
        verdicts=_verdicts(ledger, edition) if ledger else "",
        there=lambda name: (home / name).exists(),
        check=check,
        pages=pages,
        kinds=FILES,
        files=_files(project, home, results, ledger),
    )
    synthetic = "synthetic" in found["origins"]
    return str(finish(html, edition, "index", synthetic=synthetic))


def _files(
    project: Project, home: Path, results: Sequence[Path], ledger: Sequence[Any]
) -> list[str]:
    """List what there is besides pages, as links from the index.

    The compendium's data belong to its study, and to no other.
    """
    raw, folder = project.root / "data/raw", project.root / "data"
    data = sorted(p for p in folder.rglob("*.csv") if raw not in p.parents)
    data += [path for path in [project.root / PLACE] if path.exists()]
    return [
        *(f"executed/{p.name}" for p in sorted((home / "executed").glob("*.ipynb"))),
        *(["../ledger.csv"] if ledger else []),
        *(f"../results/{path.name}" for path in results),
        *(
            f"../../{path.relative_to(project.root).as_posix()}"
            for path in data
            if project.study == STUDY
        ),
    ]


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


def _verdicts(ledger: Sequence[Mapping[str, Any]], edition: Edition) -> str:
    """Count verdicts by how the value is known: built in is no evidence."""
    counts = Counter((row["verdict"], row["known"]) for row in ledger)
    rows = [v for v in VERDICTS if any(v == verdict for verdict, _ in counts)]
    every = ("built_in", "derived", "independent", "claim", "compared")
    known = {k: [counts[v, k] for v in rows] for k in every}
    shown = {k: column for k, column in known.items() if any(column)}
    return small_table(
        "caption_verdicts",
        {k: [Written(n, str(n or "")) for n in shown[k]] for k in shown},
        [say(VERDICT[v], edition) for v in rows],
        edition,
        note=say("note_verdicts", edition) if any(known["built_in"]) else "",
    ).html
