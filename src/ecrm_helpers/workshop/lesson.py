"""The one lesson, in its editions: a student's, a teacher's, and on paper."""

import re
from collections.abc import Mapping
from importlib.resources import files

import nbformat
from nbformat import NotebookNode

from ecrm_helpers.compendium.render.exporters import ThesisHTMLExporter
from ecrm_helpers.compendium.render.paper import Paper, on_paper
from ecrm_helpers.printed import Edition, Wrong, decimal, joined, say
from ecrm_helpers.study.published import Value

_ASKED = re.compile(r'^check\("(\w+)", None\)$', re.MULTILINE)
_BLANK = re.compile(r"\{(\w+)\}")

#: What stands on a sheet until it is some student's.
NAME, SEED = "NAMEOFSTUDENT", "SEEDOFSTUDENT"


def lesson(
    values: Mapping[str, Value], edition: Edition, *, solved: bool = False
) -> NotebookNode:
    """Give the lesson in one language.

    Parameters
    ----------
    values : mapping of str to Value
        The printed values, which fill the blanks of its prose.
    edition : {"fr", "en"}
        The language.
    solved : bool
        With the solutions, how long each takes and what goes wrong: the
        teacher's. A student's file holds none of it.

    Returns
    -------
    NotebookNode
        Without outputs.

    Raises
    ------
    Wrong
        The printed values are not those of the lesson's table; those lacking
        are named.
    """
    source = files("ecrm_helpers.workshop").joinpath("lesson.ipynb").read_text("utf-8")
    book = nbformat.reads(source, as_version=4)
    out = {"en" if edition == "fr" else "fr", *(() if solved else ("solution",))}
    book.cells = [cell for cell in book.cells if not out & _tags(cell)]
    prose = [cell.source for cell in book.cells if cell.cell_type == "markdown"]
    asked = {name for text in prose for name in _BLANK.findall(text)}
    if lacking := asked - values.keys():
        raise Wrong("class_other_values", names=joined(sorted(lacking), edition))
    mark = "," if edition == "fr" else "."
    said = {k: str(decimal(values[k].printed)).replace(".", mark) for k in asked}
    for cell in book.cells:
        if cell.cell_type == "markdown":
            cell.source = _BLANK.sub(lambda blank: said[blank[1]], cell.source)
        elif "parameters" in _tags(cell):
            cell.source = cell.source.replace('"fr"', f'"{edition}"')
    return book


def sheet(values: Mapping[str, Value], edition: Edition) -> Paper:
    """Set the exercises for paper: `NAME` and `SEED` stand for a student's own."""
    book = lesson(values, edition)
    title, *cells = [cell for cell in book.cells if "screen" not in _tags(cell)]
    whose = say("class_whose", edition, name=NAME, seed=SEED)
    heading, _, rest = title.source.partition("\n")
    title.source = f"{heading}\n\n{whose}\n{rest}"
    exercises = [_written(cell) for cell in cells if "exercise" in _tags(cell)]
    book.cells = [title, *exercises]
    _, resources = ThesisHTMLExporter(edition=edition).from_notebook_node(book)
    page = resources["page"]
    page.title.string = heading.removeprefix("# ")
    return on_paper([page])


def _tags(cell: NotebookNode) -> set[str]:
    return set(cell.metadata.get("tags", ()))


def _written(cell: NotebookNode) -> NotebookNode:
    """Turn a cell with answers to give into lines to write them on."""
    if cell.cell_type == "markdown":
        return cell
    lines = (f'<div class="blank">{n}</div>' for n in _ASKED.findall(cell.source))
    return nbformat.v4.new_markdown_cell("\n\n".join(lines))
