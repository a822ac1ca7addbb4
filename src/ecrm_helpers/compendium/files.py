"""What a notebook leaves as files: its results, and its page with all on it.

Libraries that are slow to load are imported where a step needs them.
"""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from ecrm_helpers.compendium.navigation import linked
from ecrm_helpers.compendium.notebook import declared
from ecrm_helpers.compendium.plan import Project, ReproduceError, order
from ecrm_helpers.compendium.stamps import write_atomically

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from ecrm_helpers.printed import Edition

#: Where each kind of piece goes, and the ending of its file.
_FILES = {"table": ("tables", "csv"), "figure": ("figures", "svg")}


def executed_at(project: Project, book: Path, edition: str) -> Path:
    """Name the executed notebook."""
    return project.output / edition / "executed" / book.name


def keep(
    project: Project, book: Path, edition: str, executed: "NotebookNode"
) -> list[Path]:
    """Write the tables, figures and results an executed notebook holds."""
    from ecrm_helpers.compendium.execute import pieces

    kept: dict[str, Any] = {"origin": None, "decisions": {}, "ledger": [], "cells": {}}
    made = [executed_at(project, book, edition)]
    for piece in pieces(executed):
        content = piece["content"]
        kept["cells"][piece["id"]] = piece["cell"]
        if piece["kind"] == "result":
            kept["decisions"][piece["id"]] = content
        elif piece["kind"] == "ledger":
            kept["ledger"] += content
        elif piece["kind"] == "origin":
            kept["origin"] = content
        elif piece["kind"] in _FILES:
            folder, ending = _FILES[piece["kind"]]
            name = f"{book.stem[:2]}-{piece['id']}.{ending}"
            made.append(project.output / edition / folder / name)
            write_atomically(made[-1], content.encode())
    made.append(project.output / "results" / f"{book.stem}.json")
    text = json.dumps(kept, indent=1, ensure_ascii=False, sort_keys=True)
    write_atomically(made[-1], text.encode() + b"\n")
    return made


def page(project: Project, book: Path, edition: str) -> list[Path]:
    """Render an executed notebook as HTML, and the HTML as PDF."""
    from ecrm_helpers.compendium import pdf
    from ecrm_helpers.compendium.exporters import ThesisHTMLExporter

    executed = executed_at(project, book, edition)
    html, _ = ThesisHTMLExporter(edition=edition).from_filename(str(executed))
    html = linked(
        html, f"html/{book.stem}.html", order(project), cast("Edition", edition)
    )
    unseen = [name for name in declared(book, "produces") if f'id="{name}"' not in html]
    if unseen:
        raise ReproduceError(
            f"{book.name}: made but not on its page: {', '.join(unseen)}"
        )
    home = project.output / edition
    pages = [home / "html" / f"{book.stem}.html", home / "pdf" / f"{book.stem}.pdf"]
    content = [html.encode(), pdf.from_pages([html])]
    for path, made in zip(pages, content, strict=True):
        write_atomically(path, made)
    return pages
