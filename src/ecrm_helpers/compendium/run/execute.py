"""One notebook executed, or a clear refusal: it cannot be falsely green.

papermill runs the notebook; this room adds what papermill leaves open. An
unknown parameter or a missing parameters cell is an error, not a warning; a
notebook that stops early without an error is a failure; and each notebook
declares what it produces (``metadata.ecrm.produces``), which must be there.

A piece may say that what follows is pointless: cells with a tag that it names
(``without``) are neither run nor kept. So one notebook tells of answers that
were given, and of answers that only satisfy what was printed.

An executed notebook is kept without what varies from run to run (times,
random ids), so that equal work gives equal bytes.
"""

import logging
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import nbformat
import papermill
import zmq
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError
from traitlets.config import Config

from ecrm_helpers.compendium.plan import notebook
from ecrm_helpers.compendium.plan.notebook import NotebookError, pieces
from ecrm_helpers.compendium.run import plain
from ecrm_helpers.compendium.run.kernel import ARGUMENTS, Kernel
from ecrm_helpers.compendium.run.settle import settled, unwarned
from ecrm_helpers.files import write_atomically
from ecrm_helpers.printed import say, shell_language, told

#: Called with the number of cells done and of cells in all.
Progress = Callable[[int, int], None]

#: What passes between papermill and a kernel is encrypted where ZeroMQ can.
#: Not "ipc": two kernels at once would share the names of its sockets.
_KERNEL = Config(
    Kernel={"transport_encryption": "auto" if zmq.has("curve") else "disabled"}
)

#: Tags of cells that need what the published material lacks.
_UNPUBLISHED = {"answers", "coders", "others", "several"}

#: Kinds of pieces that become files or rows under their id.
_KEPT = ("table", "figure", "result", "ledger")

#: nbclient does not run a cell with this tag.
_LEFT_OUT = "skip-execution"


def execute(
    source: Path,
    target: Path,
    parameters: Mapping[str, object],
    progress: Progress = lambda done, cells: None,
    home: Path | None = None,
) -> NotebookNode:
    """Execute a notebook; leave `target` only when everything went well.

    Parameters
    ----------
    source : path
        The notebook.
    target : path
        Where the executed notebook goes. On a failing cell the evidence goes
        beside it, under ``*.failed.ipynb``.
    parameters : mapping of str to object
        Values for the parameters that the notebook declares.
    progress : callable, optional
        Told after each code cell how far the run is.
    home : path, optional
        The folder that it runs in: the project's. Without it, this process's.

    Returns
    -------
    NotebookNode
        The executed notebook, as written to `target`.

    Raises
    ------
    NotebookError
        A parameter is unknown, the parameters cell is missing, a cell fails,
        a cell was not reached, or a declared output was not made. The message
        names notebook, cell and error.
    """
    known = notebook.parameters(source)
    unknown = sorted(parameters.keys() - known)
    if unknown:
        named = {"unknown": ", ".join(unknown), "known": ", ".join(sorted(known))}
        raise NotebookError("no_parameter", notebook=source.name, **named)
    cells = nbformat.read(source, as_version=4).cells
    _require_same(cells, plain.unfit, source, "")
    target.parent.mkdir(parents=True, exist_ok=True)
    failed = target.with_suffix(".failed.ipynb")
    failed.unlink(missing_ok=True)
    without: set[str] = set()
    book = _run(source, failed, parameters, progress, without, home)
    _require_whole(book, source, failed, without)
    evidence = say("plain_evidence", shell_language(), path=failed)
    _require_same(book.cells, plain.differing, source, evidence)
    _require_distinct(book, source, failed)
    unwarned(book, source)
    book.cells = [cell for cell in book.cells if not plain.not_run(cell)]
    book = settled(book, parameters)
    write_atomically(target, nbformat.writes(book).encode() + b"\n")
    failed.unlink(missing_ok=True)
    return book


def _run(
    source: Path,
    failed: Path,
    parameters: Mapping[str, object],
    progress: Progress,
    without: set[str],
    home: Path | None,
) -> NotebookNode:
    """Run a notebook, and add to `without` the tags of cells that are left out."""
    book = nbformat.read(source, as_version=4)
    cells = sum(cell.cell_type == "code" for cell in book.cells) + bool(parameters)
    done = iter(range(1, cells + 1))
    names = [cell.get("id", "no id") for cell in book.cells]
    begun: list[str] = []  # those of the notebook's own
    written: list[str] = []  # of the plain cell that runs

    def before_cell(cell: NotebookNode, **_: object) -> None:
        begun.extend({cell.get("id", "no id")}.intersection(names))
        tags = cell.metadata.setdefault("tags", [])
        if without.intersection(tags):
            tags.append(_LEFT_OUT)
        elif plain.is_plain(cell):
            written.append(cell.source)
            cell.source = plain.wrapped(cell)

    def after_cell(cell: NotebookNode, **_: object) -> None:
        cell.source = written.pop() if written else cell.source
        for piece in pieces([cell]):
            without.update(piece.get("without", []))
        progress(next(done, cells), cells)

    logging.getLogger("papermill").setLevel(logging.ERROR)
    try:
        book = papermill.execute_notebook(
            source,
            failed,
            dict(parameters),
            kernel_name="python3",
            language="python",
            kernel_manager_class=Kernel,
            config=_KERNEL,
            shutdown_kernel="immediate",
            # Not papermill's cwd: that moves this process, in which others run.
            resources={"metadata": {"path": str(home or Path.cwd())}},
            extra_arguments=list(ARGUMENTS),
            progress_bar=False,
            request_save_on_cell_execute=False,
            autosave_cell_every=0,
            on_cell_start=before_cell,
            on_cell_executed=after_cell,
        )
    except PapermillExecutionError as error:
        cell = f"{names.index(begun[-1]) + 1} ({begun[-1]})"
        what = {"error": error.ename, "why": error.evalue}
        raise NotebookError(
            "cell_failed", notebook=source.name, cell=cell, path=failed, **what
        ) from None
    except RuntimeError as error:  # the kernel died, or did not start
        raise NotebookError("at_file", path=source.name, why=error) from None
    book.cells = [cell for cell in book.cells if not _left_out(cell, without)]
    return book


def _left_out(cell: NotebookNode, without: set[str]) -> bool:
    """Tell whether a cell is not kept; prose is not wherever it stands."""
    tags = cell.metadata.get("tags", [])
    prose = cell.cell_type == "markdown" and without.intersection(tags)
    return _LEFT_OUT in tags or bool(prose)


def _require_whole(
    book: NotebookNode, source: Path, failed: Path, without: set[str]
) -> None:
    """Refuse a notebook that stopped early or made less than it declares.

    What is declared is made from the published material, and what does the same
    by hand is run on it; from other answers a notebook makes what they allow.

    Raises
    ------
    NotebookError
        A cell was not reached, or a declared output was not made.
    """
    missed = [
        cell.get("id", "no id")
        for cell in book.cells
        if cell.cell_type == "code" and cell.source.strip() and not cell.execution_count
    ]
    if missed:
        what = {"cell": missed[0], "k": len(missed), "path": failed}
        raise NotebookError("cells_missed", notebook=source.name, **what)
    made = {piece["id"] for piece in pieces(book.cells)}
    idle = [cell.id for cell in book.cells if plain.not_run(cell)]
    declared = [*notebook.declared(source, "produces"), *idle]
    absent = [x for x in declared if x not in made] if without <= _UNPUBLISHED else []
    if absent:
        what = {"absent": ", ".join(absent), "path": failed}
        listed = ", ".join(sorted(made)) or told("made_nothing")
        raise NotebookError("not_made", notebook=source.name, made=listed, **what)


def _require_same(
    cells: Iterable[NotebookNode], faults: plain.Faults, source: Path, evidence: str
) -> None:
    """Refuse a notebook with plain cells that have faults.

    Raises
    ------
    NotebookError
        Of each cell, what cannot be held against anything, or differs.
    """
    language = shell_language()
    said = [
        say("plain_fault", language, cell=cell.get("id", "no id"), said=fault)
        for cell in filter(plain.is_plain, cells)
        for fault in faults(cell, language)
    ]
    if said:
        lines = "\n".join([*said, *filter(None, [evidence])])
        raise NotebookError("plain_faults", notebook=source.name, said=lines)


def _require_distinct(book: NotebookNode, source: Path, failed: Path) -> None:
    """Refuse two tables, figures or results of one id: their files would be one.

    Raises
    ------
    NotebookError
        With each such id and the cells that show it.
    """
    cells: dict[str, list[str]] = {}
    for piece in pieces(book.cells):
        if piece["kind"] in _KEPT:
            cells.setdefault(piece["id"], []).append(piece["cell"])
    twice = [f"{x} ({', '.join(of)})" for x, of in cells.items() if len(of) > 1]
    if twice:
        what = {"ids": "; ".join(twice), "path": failed}
        raise NotebookError("ids_twice", notebook=source.name, **what)
