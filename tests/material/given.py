"""Answers that are given to the notebooks 01 to 03, and what comes of them."""

import csv
import io

import nbformat
from conftest import ROOT

from ecrm_helpers.compendium.render.exporters import ThesisHTMLExporter
from ecrm_helpers.compendium.render.table_files import as_csv
from ecrm_helpers.compendium.run.execute import execute, pieces
from material.forms import csv_text, texts

BOOKS = {path.stem[:2]: path for path in sorted((ROOT / "notebooks").glob("*.ipynb"))}
#: What the published thesis alone makes true: on no page of another study.
OF_THE_THESIS = {
    "fr": r"\b([Ll]e|[Dd]u|[Aa]u) mémoire\b|auteure|e-CRM|start-up|fidélis|OCR|"
    r"[Rr]econstitu|jamais été publi|par construction|volontaires",
    "en": r"\b[Tt]he thesis\b|e-CRM|start-up|\bloyal|OCR|"
    r"[Rr]econstruct|never published|by construction|volunteers",
}
SYNTHETIC = "data/synthetic/export.csv"


def run(folder, part, data, edition="fr", **given):
    """Execute a notebook on answers; give its pieces by id, and its page."""
    target = folder / BOOKS[part].name
    made = execute(BOOKS[part], target, {"edition": edition, "data": data, **given})
    page, _ = ThesisHTMLExporter(edition=edition).from_notebook_node(
        made, {"metadata": {"name": BOOKS[part].stem}}
    )
    return {piece["id"]: piece for piece in pieces(made.cells)}, page


def left(output, part, edition):
    """Give what a notebook of a whole run left: its pieces by id, and its page."""
    name = BOOKS[part].stem
    made = nbformat.read(output / edition / f"executed/{name}.ipynb", as_version=4)
    page = (output / edition / f"html/{name}.html").read_text(encoding="utf-8")
    return {piece["id"]: piece for piece in pieces(made.cells)}, page


def saved(folder, given):
    path = folder / "answers.csv"
    path.write_text(csv_text(*texts(given)), encoding="utf-8")
    return str(path)


def table(piece):
    return list(csv.DictReader(io.StringIO(as_csv(piece["content"]))))
