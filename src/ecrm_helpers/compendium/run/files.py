"""What a notebook leaves as files: its results, and its page with all on it.

Every table and figure of a page goes to files of its own, named by the number
and the id it has there. Libraries that are slow to load are imported where a
step needs them.
"""

import json
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from ecrm_helpers.compendium.plan.git import commit_of
from ecrm_helpers.compendium.plan.notebook import declared
from ecrm_helpers.compendium.plan.project import Project, ReproduceError, order
from ecrm_helpers.compendium.plan.stamps import write_atomically
from ecrm_helpers.compendium.render.navigation import linked

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from ecrm_helpers.printed import Edition


def executed_at(project: Project, book: Path, edition: str) -> Path:
    """Name the executed notebook."""
    return project.output / edition / "executed" / book.name


def keep(
    project: Project, book: Path, edition: str, executed: "NotebookNode"
) -> list[Path]:
    """Write the results an executed notebook holds; it is written itself."""
    from ecrm_helpers.compendium.run.execute import pieces

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


def page(project: Project, book: Path, edition: str) -> list[Path]:
    """Render an executed notebook as page, PDF and Word file, with what it shows.

    Raises
    ------
    ReproduceError
        Something the notebook declares is not on its page.
    """
    import nbformat

    from ecrm_helpers.compendium.render.exporters import ThesisHTMLExporter
    from ecrm_helpers.compendium.run.execute import pieces

    executed = executed_at(project, book, edition)
    commit = commit_of(project.root, book)
    exporter = ThesisHTMLExporter(edition=edition, commit=commit)
    html, _ = exporter.from_filename(str(executed))
    read = nbformat.read(executed, as_version=4)
    made = {piece["id"] for piece in pieces(read.cells)}
    here = [name for name in declared(book, "produces") if name in made]
    unseen = [name for name in here if f'id="{name}"' not in html]
    if unseen:
        absent = ", ".join(unseen)
        raise ReproduceError("not_on_page", notebook=book.name, absent=absent)
    tables = {
        piece["id"]: piece["content"]["table"] if compared else piece["content"]
        for piece in pieces(read.cells)
        if (compared := piece["kind"] == "ledger") or piece["kind"] == "table"
    }
    return write_page(project, edition, book.stem, html, tables)


def write_page(
    project: Project,
    edition: str,
    name: str,
    html: str,
    tables: Mapping[str, Mapping[str, Any]],
) -> list[Path]:
    """Write a page, the same as PDF and Word, and its tables and figures.

    Parameters
    ----------
    project : Project
        The compendium.
    edition : {"fr", "en"}
        The language.
    name : str
        Of the page's files.
    html : str
        The page, as the exporter makes it.
    tables : mapping of str to mapping
        Records of its tables (`shown.tables.table`), each under its id.

    Returns
    -------
    list of path
        What was written.
    """
    from bs4 import BeautifulSoup

    from ecrm_helpers.compendium.render import docx, pdf

    language = cast("Edition", edition)
    html = linked(html, f"html/{name}.html", order(project), language)
    home = project.output / edition
    with ThreadPoolExecutor() as pool:
        paper = [pool.submit(to.from_pages, [html]) for to in (pdf, docx)]
        soup = BeautifulSoup(html, "html.parser")
        made = {
            home / "html" / f"{name}.html": html.encode(),
            **_tables(home / "tables", soup, tables, language),
            **_figures(home / "figures", soup),
            home / "pdf" / f"{name}.pdf": paper[0].result(),
            home / "docx" / f"{name}.docx": paper[1].result(),
        }
    for path, content in made.items():
        write_atomically(path, content)
    return list(made)


def _tables(
    folder: Path, soup: Any, tables: Mapping[str, Any], edition: "Edition"
) -> dict[Path, bytes]:
    from ecrm_helpers.compendium.render.table_files import as_csv, as_latex, as_xlsx

    shown = [div for div in soup.select(".table[data-number]") if div["id"] in tables]
    latex = as_latex(shown, edition) if shown else {}
    made: dict[Path, bytes] = {}
    for div in shown:
        stem, record = f"{div['data-number']}-{div['id']}", tables[div["id"]]
        made[folder / f"{stem}.csv"] = as_csv(record).encode()
        made[folder / f"{stem}.xlsx"] = as_xlsx(record, div.caption.get_text())
        made[folder / f"{stem}.tex"] = latex[div["id"]].encode()
    return made


def _figures(folder: Path, soup: Any) -> dict[Path, bytes]:
    from ecrm_helpers.compendium.render.pictures import png, svg_of

    made: dict[Path, bytes] = {}
    for figure in soup.select("figure[id][data-number]"):
        stem = f"{figure['data-number']}-{figure['id']}"
        svg = svg_of(figure.img)
        if svg is not None:
            made[folder / f"{stem}.svg"] = svg
            made[folder / f"{stem}.png"] = png(svg)
    return made
