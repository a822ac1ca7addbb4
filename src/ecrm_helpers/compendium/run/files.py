"""What a notebook leaves as files: its results, and its page with all on it.

Every table and figure of a page goes to files of its own, named by the number
and the id it has there. Libraries that are slow to load are imported where a
step needs them.
"""

import json
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ecrm_helpers.compendium.plan.git import blob_of
from ecrm_helpers.compendium.plan.notebook import declared, pieces
from ecrm_helpers.compendium.plan.project import Project, ReproduceError
from ecrm_helpers.compendium.site.navigation import placed
from ecrm_helpers.files import write_atomically, write_whole
from ecrm_helpers.printed import Edition

if TYPE_CHECKING:
    from bs4 import BeautifulSoup
    from nbformat import NotebookNode


def executed_at(project: Project, book: Path, edition: Edition) -> Path:
    """Name the executed notebook."""
    return project.output / edition / "executed" / book.name


def keep(
    project: Project, book: Path, edition: Edition, executed: "NotebookNode"
) -> list[Path]:
    """Write the results an executed notebook holds; it is written itself."""
    kept: dict[str, Any] = {"origin": None, "decisions": {}, "ledger": [], "cells": {}}
    for piece in pieces(executed.cells):
        content = piece["content"]
        kept["cells"][piece["id"]] = piece["cell"]
        if piece["kind"] == "result":
            kept["decisions"][piece["id"]] = content
        elif piece["kind"] == "ledger":
            kept["ledger"] += content["rows"]
        elif piece["kind"] == "origin":
            kept["origin"] = content
    path = project.output / "results" / f"{book.stem}.json"
    text = json.dumps(kept, indent=1, ensure_ascii=False, sort_keys=True)
    write_atomically(path, text.encode() + b"\n")
    return [executed_at(project, book, edition), path]


def page(project: Project, book: Path, edition: Edition) -> list[Path]:
    """Render an executed notebook as page, PDF and Word file, with what it shows.

    Raises
    ------
    ReproduceError
        Something the notebook declares is not on its page.
    """
    import nbformat

    from ecrm_helpers.compendium.render.exporters import ThesisHTMLExporter

    executed = executed_at(project, book, edition)
    exporter = ThesisHTMLExporter(edition=edition, blob=blob_of(book))
    _, resources = exporter.from_filename(str(executed))
    shown = resources["page"]
    read = nbformat.read(executed, as_version=4)
    made = {piece["id"] for piece in pieces(read.cells)}
    here = [name for name in declared(book, "produces") if name in made]
    unseen = [name for name in here if shown.find(id=name) is None]
    if unseen:
        absent = ", ".join(unseen)
        raise ReproduceError("not_on_page", notebook=book.name, absent=absent)
    tables = {
        piece["id"]: piece["content"]["table"] if compared else piece["content"]
        for piece in pieces(read.cells)
        if (compared := piece["kind"] == "ledger") or piece["kind"] == "table"
    }
    return write_page(project, edition, book.stem, shown, tables)


def write_page(
    project: Project,
    edition: Edition,
    name: str,
    page: "BeautifulSoup",
    tables: Mapping[str, Mapping[str, Any]],
) -> list[Path]:
    """Write a page, the same as PDF and Word, its tables, figures and record.

    Parameters
    ----------
    project : Project
        The compendium.
    name : str
        Of the page's files.
    page : BeautifulSoup
        The page, as `finishing.finish` gives it.
    tables : mapping of str to mapping
        Records of its tables (`shown.tables.table`), each under its id.

    Returns
    -------
    list of path
        What was written.
    """
    from ecrm_helpers.compendium.render import docx, paper, pdf, record

    html = placed(str(page), f"html/{name}.html", project, edition)
    home, printed = project.output / edition, paper.on_paper([page])
    with ThreadPoolExecutor() as pool:
        papers = [pool.submit(pdf.from_paper, printed)]
        figures = _figures(home / "figures", page)
        drawn = {figures[p]: figures.get(p.with_suffix(".png"), b"") for p in figures}
        papers.append(pool.submit(docx.from_paper, printed, drawn))
        files = _tables(home / "tables", page, tables, edition) | figures
        named = [path.relative_to(home).as_posix() for path in files]
        kept = record.page_of(page, name, named)
        made = {
            home / "html" / f"{name}.html": html.encode(),
            record.place(home, name): kept.as_json().encode(),
            **files,
            home / "pdf" / f"{name}.pdf": papers[0].result(),
            home / "docx" / f"{name}.docx": papers[1].result(),
        }
    return write_whole(made)


def _tables(
    folder: Path, page: "BeautifulSoup", tables: Mapping[str, Any], edition: Edition
) -> dict[Path, bytes]:
    from ecrm_helpers.compendium.render.table_files import as_csv, as_latex, as_xlsx

    divs = {str(div["id"]): div for div in page.select(".table[data-number]")}
    shown = {name: div for name, div in divs.items() if name in tables}
    latex = as_latex(list(shown.values()), edition) if shown else {}
    made: dict[Path, bytes] = {}
    for name, div in shown.items():
        stem, record = f"{div['data-number']}-{name}", tables[name]
        caption = div.select("caption")[0].get_text()
        made[folder / f"{stem}.csv"] = as_csv(record).encode()
        made[folder / f"{stem}.xlsx"] = as_xlsx(record, caption)
        made[folder / f"{stem}.tex"] = latex[name].encode()
    return made


def _figures(folder: Path, page: "BeautifulSoup") -> dict[Path, bytes]:
    from ecrm_helpers.compendium.render.pictures import picture_of, png

    made: dict[Path, bytes] = {}
    for figure in page.select("figure[id][data-number]"):
        stem = f"{figure['data-number']}-{figure['id']}"
        kind, picture = picture_of(figure.img) if figure.img else ("", b"")
        if kind:
            made[folder / f"{stem}.{kind}"] = picture
        if kind == "svg":
            made[folder / f"{stem}.png"] = png(picture)
    return made
