"""An executed notebook without what differs from one run, or user, to the next."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from papermill.translators import PythonTranslator

from ecrm_helpers.files import write_atomically
from ecrm_helpers.printed import say, shell_language

INJECTED = "injected-parameters"


def unwarned(book: NotebookNode, source: Path) -> None:
    """Take out what programs warned of, which may name the user's folders; say it."""
    for cell in book.cells:
        outputs = cell.get("outputs", [])
        said = [out for out in outputs if out.get("name") == "stderr"]
        if said:
            cell.outputs = [out for out in outputs if out not in said]
            what = "".join(out.text for out in said).strip()
            named = {"notebook": source.name, "cell": cell.id, "what": what}
            sys.stderr.write(say("cell_warned", shell_language(), **named) + "\n")


def _named(text: str, parameters: Mapping[str, object]) -> str:
    """Leave of a file's whole path its name, wherever a text of JSON has it."""
    for value in parameters.values():
        if isinstance(value, str) and Path(value).is_absolute():
            name = Path(value).name
            for written in (PythonTranslator.translate_escaped_str, str):
                whole, last = (json.dumps(written(each)) for each in (value, name))
                text = text.replace(whole[1:-1], last[1:-1])
    return text


def revise(executed: Path, source: Path, parameters: Mapping[str, object]) -> None:
    """Let an executed notebook say what its source's prose says now."""
    cells = nbformat.read(source, as_version=4).cells
    said = {c.id: c.source for c in cells if c.cell_type == "markdown"}
    book = nbformat.read(executed, as_version=4)
    for cell in book.cells:
        cell.source = said.get(cell.id, cell.source)
    text = nbformat.writes(settled(book, parameters))
    write_atomically(executed, text.encode() + b"\n")


def settled(book: NotebookNode, parameters: Mapping[str, object]) -> NotebookNode:
    """Take out what varies from one run, or one user's folders, to the next."""
    book = nbformat.from_dict(json.loads(_named(json.dumps(book), parameters)))
    used = book.metadata.get("papermill", {}).get("parameters", {})
    book.metadata["papermill"] = {"parameters": used}
    book.metadata.pop("widgets", None)
    for place, cell in enumerate(book.cells):
        cell.metadata = nbformat.from_dict(
            {k: v for k, v in cell.metadata.items() if k in ("tags", "ecrm")}
        )
        if INJECTED in cell.metadata.get("tags", []):
            cell.id = INJECTED
        elif "id" not in cell:
            cell.id = f"cell-{place}"
    return book
