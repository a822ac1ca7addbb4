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
#: What the published thesis alone makes true: on no page of another study. Its words,
#: its scales, its numbers and its dates.
SAID_OF_THE_THESIS = {
    "fr": (
        r"\b([Ll]e|[Dd]u|[Aa]u) mémoire\b", "auteure", "e-CRM", "start-up", "fidélis",
        "OCR", r"[Rr]econstitu", "jamais été publi", "par construction", "volontaires",
        r"[Cc]ontentement", r"[Ss]uivi des nouveautés", "réseaux sociaux",
        r"\b(juillet|août) 2022", r"\b(73|134|2088) (réponses|répondants|jeux)",
        r"N = 73\b", r"\br\(71\)", r"\bF\(1 ; 71\)",
    ),
    "en": (
        r"\b[Tt]he thesis\b", "e-CRM", "start-up", r"\bloyal", "OCR",
        r"[Rr]econstruct", "never published", "by construction", "volunteers",
        r"[Cc]ontentment", r"[Ff]ollowing the (start-up.s )?news", "social (media|net)",
        r"\b(July|August) 2022", r"\b(73|134|2088) (answers|respondents|pairs)",
        r"N = 73\b", r"\br\(71\)", r"\bF\(1, 71\)",
    ),
}  # fmt: skip
OF_THE_THESIS = {each: "|".join(SAID_OF_THE_THESIS[each]) for each in ("fr", "en")}
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
