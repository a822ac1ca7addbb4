"""The whole compendium, made in order: data, notebooks, pages, chapter, site.

Only stale steps are done, and what they made before is removed first, so that
an interruption or a failure leaves gaps and never a page that looks made.
Notebooks start in order, `jobs` at a time; each is rendered while the next one
runs. Libraries that are slow to load are imported where a step needs them.
"""

import time
from collections.abc import Callable, Mapping, Set
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from functools import partial
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from ecrm_helpers.compendium.plan.project import (
    RECORD,
    Project,
    Step,
    data_step,
    parameters_of,
    plain_pages,
    plan,
    record_stamp,
    recorded,
)
from ecrm_helpers.compendium.plan.stamps import alone, sweep
from ecrm_helpers.compendium.run.around import chapter_files, plain_page, site_files
from ecrm_helpers.compendium.run.files import executed_at, keep, page
from ecrm_helpers.compendium.run.progress import Progress
from ecrm_helpers.printed import EDITIONS, Failed, Wrong, told

if TYPE_CHECKING:
    from nbformat import NotebookNode


Make = Callable[[], list[Path]]


def reproduce(
    project: Project, jobs: int, progress: Progress, *, plain: bool = False
) -> bool:
    """Make what is not up to date.

    Parameters
    ----------
    project : Project
        What to make, in which editions, with which parameters.
    jobs : int
        How many notebooks may run at once.
    progress : Progress
        Told how far the run is.
    plain : bool
        Whether each kernel is started afresh, the slow way: the same bytes.

    Returns
    -------
    bool
        Whether anything had to be done.

    Raises
    ------
    Wrong
        What a notebook declares to read is not there.
    Failed
        A notebook cannot be read, or a cell fails.
    """
    with alone(project.output / ".stamps", _waiting(progress)):
        parameters_of(project)  # a wrong call leaves all as it was
        worked = _build_data(project, progress)
        try:
            steps = plan(project)
        except (Wrong, Failed):
            _leave(project, set())
            raise
        old = {n for n, step in steps.items() if not step.fresh(project)}
        if not old and recorded(project):
            return worked
        # A report tells what the record of the run says: both are made anew.
        todo = {n: s for n, s in steps.items() if n in old or n.endswith("/report")}
        # A page of the other edition stays where the same run would make it.
        every = plan(replace(project, editions=EDITIONS)).items() - todo.items()
        _leave(project, {name for name, step in every if step.fresh(project)})
        quick = not plain and any("/run/" in name for name in todo)
        with _kernels() if quick else nullcontext():
            _make(project, steps, todo, jobs, progress)
        return True


def forget(project: Project, progress: Progress) -> bool:
    """Remove all that was made; tell whether there was a page."""
    pages = [project.output / edition / "index.html" for edition in EDITIONS]
    made = any(page.exists() for page in pages)
    if made:
        with alone(project.output / ".stamps", _waiting(progress)):
            _leave(project, set())
    return made


def _waiting(progress: Progress) -> Callable[[], None]:
    return partial(progress.tell, told("another_run"))


def _kernels() -> AbstractContextManager[None]:
    from ecrm_helpers.compendium.run.kernel import forked

    return forked()


def _leave(project: Project, fresh: Set[str]) -> None:
    """Remove all that was made, in any edition, but what fresh steps made."""
    output = project.output
    places = [output / name for name in (*EDITIONS, "results", *RECORD, "ledger.csv")]
    sweep(project.root, output / ".stamps", places, fresh | {"data"})


def _make(
    project: Project,
    steps: Mapping[str, Step],
    todo: Mapping[str, Step],
    jobs: int,
    progress: Progress,
) -> None:
    started = time.monotonic()
    _run_and_render(project, todo, jobs, progress)
    for edition, name in product(project.editions, plain_pages(project)):
        make = partial(plain_page, project, edition, name)
        _do(project, todo, f"{edition}/{name}", make)
    last = {
        f"{edition}/{name}": partial(make, project, edition)
        for edition in project.editions
        for name, make in (("chapter", chapter_files), ("site", site_files))
    }
    with ThreadPoolExecutor(max_workers=jobs) as pool:
        list(pool.map(partial(_do, project, todo), last, last.values()))
    _record_run(project, steps, todo, started)


def _do(
    project: Project,
    todo: Mapping[str, Step],
    name: str,
    make: Make,
    spent: float = 0,
) -> None:
    """Make one step if it is stale, and record it as made in so much time."""
    step = todo.get(name)
    if step is not None:
        started = time.monotonic() - spent
        made = make()
        seconds = round(time.monotonic() - started, 2)
        step.stamp(project).set(project.root, step.made_from, made, seconds)


def _build_data(project: Project, progress: Progress) -> bool:
    """Build the reconstructed answers, if any, and the dictionary of their columns."""
    step = data_step(project)
    if step is None or step.fresh(project):
        return False
    from ecrm_helpers.answers import dictionary, reconstruct

    _leave(project, set())  # all pages hang on it, should it fail
    builders, todo = [dictionary.build], {step.name: step}
    if project.rebuilt:
        progress.say("data/reconstructed/survey.csv")
        builders.insert(0, reconstruct.build)
    _do(project, todo, step.name, lambda: [make(project.root) for make in builders])
    return True


def _run_and_render(
    project: Project, todo: Mapping[str, Step], jobs: int, progress: Progress
) -> None:
    """Run stale notebooks in worker threads; render each as it comes in."""
    given = parameters_of(project)
    wanted = [(edition, book) for edition in project.editions for book in given]
    with ThreadPoolExecutor(max_workers=jobs) as pool:
        runs: dict[str, Future[tuple[NotebookNode, float]]] = {
            name: pool.submit(_run, project, book, edition, given[book], progress)
            for edition, book in wanted
            if (name := f"{edition}/run/{book.stem}") in todo
        }
        try:
            for edition, book in wanted:
                run, shown = (
                    f"{edition}/{step}/{book.stem}" for step in ("run", "page")
                )
                if run in runs:
                    executed, spent = runs[run].result()
                    kept = partial(keep, project, book, edition, executed)
                    _do(project, todo, run, kept, spent)
                _do(project, todo, shown, partial(page, project, book, edition))
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def _run(
    project: Project,
    book: Path,
    edition: str,
    parameters: Mapping[str, object],
    progress: Progress,
) -> "tuple[NotebookNode, float]":
    """Execute a notebook; give it with the time it took."""
    from ecrm_helpers.compendium.run.execute import execute

    started = time.monotonic()
    executed = execute(
        book,
        executed_at(project, book, edition),
        {"edition": edition, **parameters},
        progress.cells(f"{edition} {book.stem}"),
        project.root,
    )
    return executed, time.monotonic() - started


def _record_run(
    project: Project,
    steps: Mapping[str, Step],
    todo: Mapping[str, Step],
    started: float,
) -> None:
    """Write down what was made from what, and a reviewer's report of it."""
    from ecrm_helpers.compendium.run import provenance
    from ecrm_helpers.compendium.site import report
    from ecrm_helpers.study import read_study

    first = data_step(project)
    stamps = {
        step.name: step.stamp(project)
        for step in (*([first] if first else []), *steps.values())
        if not step.name.endswith("/report")
    }
    editions, given = project.editions, project.parameters
    seconds = time.monotonic() - started
    run = provenance.record(project.root, stamps, editions, given, seconds)
    title = read_study(project.root / project.study).title["en"]
    written = provenance.write(project.output, run, title)
    record_stamp(project).set(project.root, "", written, seconds)
    for edition in project.editions:
        make = partial(report.write, project, run, edition)
        _do(project, todo, f"{edition}/report", make)
