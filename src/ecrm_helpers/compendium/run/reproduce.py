"""The whole compendium, made in order: data, notebooks, pages, chapter, site.

Only stale steps are done, and what they made before is removed first, so that
an interruption or a failure leaves gaps and never a page that looks made.
Notebooks start in order, `jobs` at a time; so many pages are rendered beside
them, in processes forked from the one that kernels come from. Libraries that are
slow to load are imported where a step needs them.
"""

import operator
import time
from collections.abc import Callable, Mapping, Set
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass, replace
from functools import partial
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ecrm_helpers.compendium.plan.project import (
    RECORD,
    Project,
    Step,
    data_step,
    outdated,
    parameters_of,
    plain_pages,
    plan,
    proof_step,
    record_stamp,
    recorded,
)
from ecrm_helpers.compendium.plan.stamps import alone, sweep
from ecrm_helpers.compendium.run import around
from ecrm_helpers.compendium.run.files import executed_at, keep, page
from ecrm_helpers.compendium.run.progress import Progress
from ecrm_helpers.printed import EDITIONS, Edition, Failed, Wrong

if TYPE_CHECKING:
    from nbformat import NotebookNode

Make = Callable[[], list[Path]]
#: Calls a function with what it is given: in a process of its own, or here.
Call = Callable[..., Any]


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
        Whether kernels are started afresh, and pages made in this process, the
        slow way: the same bytes.

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
    with alone(project.output / ".stamps", progress.waiting):
        parameters_of(project)  # a wrong call leaves all as it was
        worked = _build_data(project, progress)
        try:
            steps = plan(project)
        except (Wrong, Failed):
            _leave(project, set())
            raise
        if not plain:
            _revise(project, steps)
        if not outdated(project, steps) and recorded(project):
            return worked
        # A page of the other edition stays where the same run would make it.
        every = plan(replace(project, editions=EDITIONS))
        proofs = [proof_step(every, edition) for edition in EDITIONS]
        for _ in ("what is stale", "what led to an edition that went with it"):
            old = outdated(project, steps)
            # A report tells what the record of the run says: both are made anew.
            todo = {n: s for n, s in steps.items() if n in old or n.endswith("/report")}
            kept = [*proofs, *(every[name] for name in every.keys() - todo.keys())]
            _leave(project, {step.name for step in kept if step.fresh(project)})
        quick = not plain and any("/run/" in name for name in todo)
        from ecrm_helpers.compendium.run.kernel import forked

        with forked() if quick else nullcontext() as parent:
            call = parent.call if parent else operator.call
            _Run(project, todo, jobs, progress, call).make(steps)
        return True


def forget(project: Project, progress: Progress) -> bool:
    """Remove all that was made; tell whether there was a page."""
    pages = [project.output / edition / "index.html" for edition in EDITIONS]
    made = any(page.exists() for page in pages)
    if made:
        with alone(project.output / ".stamps", progress.waiting):
            _leave(project, set())
    return made


def _leave(project: Project, fresh: Set[str]) -> None:
    """Remove all that was made, in any edition, but what fresh steps made."""
    output = project.output
    places = [output / name for name in (*EDITIONS, "results", *RECORD, "ledger.csv")]
    sweep(project.root, output / ".stamps", places, fresh | {"data"})


def _revise(project: Project, steps: Mapping[str, Step]) -> None:
    """Where prose alone has changed, put it beside the results that there are.

    In both editions, since results are shared by both.
    """
    runs = (step for name, step in steps.items() if "/run/" in name)
    if all(step.fresh(project) for step in runs):
        return
    every, given = plan(replace(project, editions=EDITIONS)), parameters_of(project)
    for edition, book in product(EDITIONS, given):
        step = every[f"{edition}/run/{book.stem}"]
        stamp, same = step.stamp(project), (project.root, step.rests_on, "rests_on")
        if not step.fresh(project) and stamp.fresh(*same):
            from ecrm_helpers.compendium.run.settle import revise

            told = {"edition": edition, **given[book]}
            revise(executed_at(project, book, edition), book, told)
            made = [project.root / name for name in stamp.made()]
            kept = step.made_from, made, stamp.seconds(), step.rests_on
            stamp.set(project.root, *kept)


def _do(project: Project, step: Step | None, make: Make, spent: float = 0) -> None:
    """Make one step if it is stale, and record it as made in so much time."""
    if step is not None:
        started = time.monotonic() - spent
        made = make()
        seconds = round(time.monotonic() - started, 2)
        kept = step.made_from, made, seconds, step.rests_on
        step.stamp(project).set(project.root, *kept)


def _build_data(project: Project, progress: Progress) -> bool:
    """Build the reconstructed answers, if any, and the dictionary of their columns."""
    step = data_step(project)
    if step is None or step.fresh(project):
        return False
    from ecrm_helpers.answers import dictionary, reconstruct

    _leave(project, set())  # all pages hang on it, should it fail
    builders = [dictionary.build]
    if project.rebuilt:
        progress.say("data/reconstructed/survey.csv")
        builders.insert(0, reconstruct.build)
    _do(project, step, lambda: [make(project.root) for make in builders])
    return True


@dataclass(frozen=True)
class _Run:
    """What a run makes again, with so many workers, and where pages are called for."""

    project: Project
    todo: Mapping[str, Step]
    jobs: int
    progress: Progress
    call: Call

    def make(self, steps: Mapping[str, Step]) -> None:
        started = time.monotonic()
        self._run_and_render()
        plain = plain_pages(self.project)
        pages = {name: partial(around.plain_page, name=name) for name in plain}
        self._around({**pages, "check": around.check_files})
        # The chapter waits for pandoc and Typst: the site is made beside it.
        self._around({"chapter": around.chapter_files, "site": around.site_files})
        self._record(steps, started)

    def _do(self, name: str, make: Make, spent: float = 0) -> None:
        _do(self.project, self.todo.get(name), make, spent)

    def _around(self, makers: Mapping[str, Call]) -> None:
        """Make pages that are no notebook's, beside one another."""
        asked = {
            f"{edition}/{name}": partial(self.call, maker, self.project, edition)
            for edition, (name, maker) in product(self.project.editions, makers.items())
        }
        with ThreadPoolExecutor(max_workers=max(self.jobs, 2)) as pool:
            list(pool.map(self._do, asked, asked.values()))

    def _run_and_render(self) -> None:
        """Run stale notebooks in threads; render each, in others, as it comes in."""
        given = parameters_of(self.project)
        wanted = [
            (edition, book) for edition in self.project.editions for book in given
        ]
        pages = []
        with (
            ThreadPoolExecutor(self.jobs) as pool,
            ThreadPoolExecutor(self.jobs) as beside,
        ):
            runs: dict[str, Future[tuple[NotebookNode, float]]] = {
                name: pool.submit(self._execute, book, edition, given[book])
                for edition, book in wanted
                if (name := f"{edition}/run/{book.stem}") in self.todo
            }
            try:
                for edition, book in wanted:
                    of = self.project, book, edition
                    run = f"{edition}/run/{book.stem}"
                    if run in runs:
                        executed, spent = runs[run].result()
                        self._do(run, partial(keep, *of, executed), spent)
                    make = partial(self.call, page, *of)
                    name = f"{edition}/page/{book.stem}"
                    pages.append(beside.submit(self._do, name, make))
                for made in pages:
                    made.result()
            except BaseException:
                for each in (pool, beside):
                    each.shutdown(cancel_futures=True)
                raise

    def _execute(
        self, book: Path, edition: Edition, parameters: Mapping[str, object]
    ) -> "tuple[NotebookNode, float]":
        """Execute a notebook; give it with the time it took."""
        from ecrm_helpers.compendium.run.execute import execute

        started = time.monotonic()
        executed = execute(
            book,
            executed_at(self.project, book, edition),
            {"edition": edition, **parameters},
            self.progress.cells(f"{edition} {book.stem}"),
            self.project.root,
        )
        return executed, time.monotonic() - started

    def _record(self, steps: Mapping[str, Step], started: float) -> None:
        """Write down what was made from what, and a reviewer's report of it."""
        project, first = self.project, data_step(self.project)
        stamps = {
            step.name: step.stamp(project)
            for step in (*([first] if first else []), *steps.values())
            if not step.name.endswith("/report")
        }
        seconds = time.monotonic() - started
        run, written = self.call(around.record_files, project, stamps, seconds)
        record_stamp(project).set(project.root, "", written, seconds)
        for edition in project.editions:
            make = partial(self.call, around.report_files, project, run, edition)
            self._do(f"{edition}/report", make)
