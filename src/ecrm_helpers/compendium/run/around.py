"""The pages around the notebooks, written: errata, dictionary, chapter, index.

Libraries that are slow to load are imported where a step needs them.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ecrm_helpers.compendium.plan.project import PAIRS, Project, names, plain_pages
from ecrm_helpers.compendium.plan.stamps import Stamp
from ecrm_helpers.compendium.run.files import write_page
from ecrm_helpers.compendium.site.navigation import placed
from ecrm_helpers.files import write_whole
from ecrm_helpers.printed import Edition


def plain_page(project: Project, edition: Edition, name: str) -> list[Path]:
    """Write a page that is no notebook's, with its tables."""
    from ecrm_helpers.compendium.render.record import read_page
    from ecrm_helpers.compendium.site.dictionary_page import dictionary_page
    from ecrm_helpers.compendium.site.errata_page import errata_page

    if name == "errata":
        home, given = project.output / edition, bool(project.read)
        books = [(book, read_page(home, book.stem)) for book in project.notebooks]
        shown, tables = errata_page(project.root, edition, books, given=given)
    else:
        shown, tables = dictionary_page(project.root, edition)
    return write_page(project, edition, name, shown, tables)


def chapter_files(project: Project, edition: Edition) -> list[Path]:
    """Set all pages as one file, for print and for Word."""
    from ecrm_helpers.compendium.render.record import read_page
    from ecrm_helpers.compendium.site.chapter import chapter

    home = project.output / edition
    pages = [home / f"html/{name}.html" for name in _pages(project)]
    set_as = chapter(
        project.root,
        pages,
        edition,
        project.study,
        records=[read_page(home, name) for name in _pages(project)],
        results=_results(project),
    )
    return write_whole(
        {home / kind / f"chapter.{kind}": whole for kind, whole in set_as.items()}
    )


def check_files(project: Project, edition: Edition) -> list[Path]:
    """Write what is computed for a reader: the index's self-check, the pairs' page."""
    from ecrm_helpers.compendium.render.record import CHECK
    from ecrm_helpers.compendium.site.pairs import pairs_page
    from ecrm_helpers.compendium.site.selfcheck import selfcheck
    from ecrm_helpers.ledger.summary import read_results
    from ecrm_helpers.study import read_published, read_study

    found = read_results(_results(project))
    published = read_published(read_study(project.root / project.study), project.root)
    ledger, origins = found["ledger"], found["origins"]
    check = selfcheck(project.root, published, ledger, origins, edition)
    made = {CHECK: json.dumps(check, ensure_ascii=False)}
    if PAIRS in names(project, edition):
        pairs = pairs_page(project.root, project.study, edition)
        made[PAIRS] = placed(pairs, PAIRS, project, edition)
    home = project.output / edition
    return write_whole({home / name: text.encode() for name, text in made.items()})


def site_files(project: Project, edition: Edition) -> list[Path]:
    """Write the index, the gallery and the whole ledger."""
    from ecrm_helpers.compendium.render.record import CHECK, read_page
    from ecrm_helpers.compendium.site.gallery import gallery
    from ecrm_helpers.compendium.site.index import index
    from ecrm_helpers.ledger.record import as_csv
    from ecrm_helpers.ledger.summary import read_results

    results = _results(project)
    home = project.output / edition
    check = json.loads((home / CHECK).read_text(encoding="utf-8"))
    pages = [read_page(home, name) for name in _pages(project)]
    made = {
        "index.html": index(project, pages, results, check, edition),
        "html/gallery.html": gallery(pages, home, edition),
    }
    placed_ = {home / n: placed(made[n], n, project, edition).encode() for n in made}
    rows = read_results(results)["ledger"]
    ledger = {project.output / "ledger.csv": as_csv(rows).encode()}
    return write_whole(ledger | placed_)


def record_files(
    project: Project, stamps: Mapping[str, Stamp], seconds: float
) -> tuple[dict[str, Any], list[Path]]:
    """Write down what was made from what; give the record too."""
    from ecrm_helpers.compendium.run import provenance
    from ecrm_helpers.study import read_study

    editions, given = project.editions, project.parameters
    run = provenance.record(project.root, stamps, editions, given, seconds)
    title = read_study(project.root / project.study).title["en"]
    return run, provenance.write(project.output, run, title)


def report_files(
    project: Project, run: Mapping[str, Any], edition: Edition
) -> list[Path]:
    """Write a reviewer's report of a run."""
    from ecrm_helpers.compendium.site.report import write

    return write(project, run, edition)


def _results(project: Project) -> list[Path]:
    """Name the notebooks' results, in order."""
    folder = project.output / "results"
    return [folder / f"{book.stem}.json" for book in project.notebooks]


def _pages(project: Project) -> list[str]:
    """Name the pages in order; those of no notebook come last."""
    return [*(book.stem for book in project.notebooks), *plain_pages(project)]
