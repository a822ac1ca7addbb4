"""Notebooks in one language, to work on in JupyterLab; and what changed, brought back.

A copy lacks the other language's prose. Beside it lies what it was made from,
so that each cell can be held three ways: as it was, as it is in the copy, as
it is in ``notebooks/`` now. A cell that was changed in both is refused, and
then nothing is written at all.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ecrm_helpers.compendium.run.tidy import tidied
from ecrm_helpers.files import write_atomically
from ecrm_helpers.printed import EDITIONS, Edition, Told, Wrong, say, told

Cell = dict[str, Any]

#: Folder, in the folder of copies, of what they were made from.
_BASE = ".base"
#: The cell that says of a copy that it is one; it never comes back.
_NOTE = "about-this-copy"
_EDITION = re.compile(r"^edition = .*$", re.MULTILINE)


@dataclass
class Merged:
    """A notebook with what a copy of it brings, and what is to be said of that."""

    name: str
    book: dict[str, Any]
    base: dict[str, Any]
    brought: list[str] = field(default_factory=list)
    remarks: list[Told] = field(default_factory=list)
    faults: list[Told] = field(default_factory=list)


def lend(notebooks: Sequence[Path], folder: Path, edition: Edition) -> list[str]:
    """Make copies of notebooks in one language.

    Parameters
    ----------
    notebooks : sequence of path
        Notebooks in both languages.
    folder : path
        Where the copies go.
    edition : {"fr", "en"}
        The language they are in.

    Returns
    -------
    list of str
        Copies left as they are, since they hold changes not brought back yet.
    """
    kept = []
    for path in notebooks:
        new = {"edition": edition, "book": _read(path)}
        found = _merge(folder, path.name)
        if found and (found.brought or found.remarks or found.faults):
            kept.append(path.name)
            continue
        if found and found.base == new:
            continue  # what was run in it stays
        # In this order: a copy without its base is made anew, never lost.
        write_atomically(folder / path.name, _written(_copy(_read(path), edition)))
        _keep(folder, path.name, new)
    return kept


def bring_back(folder: Path, notebooks: Sequence[Path]) -> tuple[list[str], list[Told]]:
    """Write what was changed in copies back into their notebooks.

    Parameters
    ----------
    folder : path
        The copies, as `lend` made them and somebody changed them.
    notebooks : sequence of path
        What they are copies of.

    Returns
    -------
    (list of str, list of Told)
        Each cell that was brought back, and what is left to be done by hand.

    Raises
    ------
    Wrong
        The folder holds no copies, or a cell was changed in both places since;
        all such cells are listed, and nothing is written.
    """
    tried = ((path, _merge(folder, path.name, path)) for path in notebooks)
    found = {path: merged for path, merged in tried if merged}
    if not found:
        raise Wrong("copies_none", folder=folder)
    faults = [fault for merged in found.values() for fault in merged.faults]
    if faults:
        raise Wrong("copies_refused", *faults)
    brought = []
    for path, merged in found.items():
        if merged.brought:
            write_atomically(path, tidied(_written(merged.book)))
            _keep(folder, path.name, merged.base | {"book": _read(path)})
        brought += [f"{path.name}, {cell}" for cell in merged.brought]
    return brought, [remark for merged in found.values() for remark in merged.remarks]


def _read(path: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        found.get("book", found)["cells"]
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise Wrong("copies_unreadable", path=path, why=error) from None
    return found


def _keep(folder: Path, name: str, base: dict[str, Any]) -> None:
    write_atomically(folder / _BASE / name, _written(base))


def _written(book: dict[str, Any]) -> bytes:
    """Write a notebook as JupyterLab does, keys in the order they are in."""
    return (json.dumps(book, indent=1, ensure_ascii=False) + "\n").encode()


def _other(edition: Edition) -> Edition:
    return "en" if edition == "fr" else "fr"


def _tags(cell: Cell) -> list[str]:
    return list(cell["metadata"].get("tags", []))


def _source(cell: Cell) -> str:
    return "".join(cell["source"])


def _form(cell: Cell) -> tuple[str, str, list[str], str]:
    """Give all of a cell that can come back: not the language, which a copy is in."""
    source, tags = _source(cell), sorted({*_tags(cell)} - {*EDITIONS})
    if "parameters" in _tags(cell):
        source = _EDITION.sub("", source)
    ecrm = json.dumps(cell["metadata"].get("ecrm", {}), sort_keys=True)
    return cell["cell_type"], source, tags, ecrm


def _copy(book: dict[str, Any], edition: Edition) -> dict[str, Any]:
    """Take out the other language's cells, set this one, and say what this is."""
    cells = [cell for cell in book["cells"] if _other(edition) not in _tags(cell)]
    for cell in cells:
        if "parameters" in _tags(cell):
            chosen = _EDITION.sub(f'edition = "{edition}"', _source(cell))
            cell["source"] = chosen.splitlines(keepends=True)
    note = {
        "cell_type": "markdown",
        "id": _NOTE,
        "metadata": {},
        "source": say("copies_note", edition).splitlines(keepends=True),
    }
    return book | {"cells": [note, *cells]}


def _merge(folder: Path, name: str, path: Path | None = None) -> Merged | None:
    """Put what a copy changed into a notebook; list what cannot be put there.

    Without one, into what the copy was made from; None if it is no copy.
    """
    if not ((folder / _BASE / name).exists() and (folder / name).exists()):
        return None
    base, cells = _read(folder / _BASE / name), _read(folder / name)["cells"]
    copy = [cell for cell in cells if cell.get("id") != _NOTE]
    edition: Edition = base["edition"]
    was = {
        cell["id"]: cell
        for cell in base["book"]["cells"]
        if _other(edition) not in _tags(cell)
    }
    merged = Merged(name, _read(path) if path else base["book"], base)
    merged.faults += _misplaced(name, [cell.get("id", "") for cell in copy], list(was))
    before = ""
    for cell in filter(lambda each: each.get("id"), copy):
        _take(merged, cell, was.get(cell["id"]), before)
        before = cell["id"]
    gone = was.keys() - {cell.get("id") for cell in copy}
    merged.remarks += [told("copies_gone", name=name, cell=id) for id in sorted(gone)]
    return merged


def _misplaced(name: str, ids: list[str], was: list[str]) -> Iterator[Told]:
    """Say of cells that stand twice or in another order that nobody can place them."""
    for cell, times in Counter(ids).items():
        if times > 1 or not cell:
            yield told("copies_twice", name=name, cell=cell)
    kept = [cell for cell in ids if cell in was]
    if kept != [cell for cell in was if cell in kept]:
        yield told("copies_moved", name=name)


def _take(merged: Merged, cell: Cell, was: Cell | None, before: str) -> None:
    """Take one cell of a copy over, if it was changed there and only there."""
    name, cells = merged.name, merged.book["cells"]
    places = {each["id"]: place for place, each in enumerate(cells)}
    now = cells[places[cell["id"]]] if cell["id"] in places else None
    if was and _form(cell) == _form(was):
        return
    if now and _form(cell) == _form(now):
        return
    if was is None and now is None:
        new = _bare(cell, [merged.base["edition"]] * (cell["cell_type"] == "markdown"))
        cells.insert(_after(cells, places.get(before, -1)), new)
        merged.brought.append(new["id"])
        if new["cell_type"] == "markdown":
            merged.remarks.append(told("copies_alone", name=name, cell=new["id"]))
    elif was and now and _form(now) == _form(was):
        cells[places[cell["id"]]] = _changed(now, cell)
        merged.brought.append(cell["id"])
    else:
        key = "copies_changed" if now else "copies_lost"
        merged.faults.append(told(key, name=name, cell=cell["id"]))


def _after(cells: list[Cell], place: int) -> int:
    """Find where a cell goes that follows another: never between a pair."""
    here, following = cells[place : place + 1], cells[place + 1 : place + 2]
    pair = [set(_tags(cell)) & {*EDITIONS} for cell in (*here, *following)]
    return place + (2 if place >= 0 and pair == [{"fr"}, {"en"}] else 1)


def _changed(now: Cell, cell: Cell) -> Cell:
    """Give a notebook's cell what its copy says; without outputs."""
    new = _bare(cell, [tag for tag in _tags(now) if tag in EDITIONS])
    if "parameters" in _tags(now):
        chosen = _EDITION.search(_source(now))
        source = _EDITION.sub(chosen[0] if chosen else "", _source(cell))
        new["source"] = source.splitlines(keepends=True)
    return new


def _bare(cell: Cell, languages: list[str]) -> Cell:
    """Give a cell as a notebook has it: nothing that running it left."""
    tags = languages + [tag for tag in _tags(cell) if tag not in EDITIONS]
    ecrm = cell["metadata"].get("ecrm")
    metadata = {"ecrm": ecrm} if ecrm else {}
    return {
        "cell_type": cell["cell_type"],
        "id": cell["id"],
        "metadata": metadata | ({"tags": tags} if tags else {}),
        "source": _source(cell).splitlines(keepends=True),
    }
