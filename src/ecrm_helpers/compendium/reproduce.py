"""The whole compendium, made in order: data, notebooks, pages, chapter, site.

A graph of steps, each with the hash of all it is made from; only stale steps
are done, and what they made before is removed first, so that an interruption
or a failure leaves gaps and never a page that looks made. Notebooks start in
order, `jobs` at a time; each is rendered while the next one runs.

Libraries that take time to load are imported where a step needs them: finding
that nothing is to be done takes a fraction of a second.
"""

import json
import platform
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ecrm_helpers.compendium.progress import Progress
from ecrm_helpers.compendium.stamps import Stamp, digests, fingerprint

if TYPE_CHECKING:
    from nbformat import NotebookNode

Make = Callable[[], list[Path]]


class ReproduceError(RuntimeError):
    """The compendium cannot be made as asked."""


@dataclass(frozen=True)
class Project:
    """The folders of one compendium, and what its notebooks are run with."""

    root: Path
    package: Path
    editions: tuple[str, ...]
    parameters: Mapping[str, object]

    @property
    def output(self) -> Path:
        """Where everything made goes."""
        return self.root / "output"

    @property
    def notebooks(self) -> list[Path]:
        """The numbered notebooks, in order."""
        return sorted((self.root / "notebooks").glob("[0-9]*.ipynb"))

    def code(self, *rooms: str, besides: Sequence[str] = ()) -> dict[str, str]:
        """Hash the package's code: the rooms named, or all but `besides`."""
        chosen = [self.package / room for room in rooms] or [
            path for path in self.package.iterdir() if path.name not in besides
        ]
        return digests(self.package, chosen)


@dataclass(frozen=True)
class Step:
    """One thing to make: its name, and the hash of all it is made from."""

    name: str
    made_from: str

    def stamp(self, project: Project) -> Stamp:
        """Give the step's record."""
        return Stamp(project.output / ".stamps", self.name)

    def fresh(self, project: Project) -> bool:
        """Tell whether the step need not be done again."""
        return self.stamp(project).fresh(project.root, self.made_from)


def reproduce(project: Project, jobs: int, progress: Progress) -> bool:
    """Make what is not up to date.

    Parameters
    ----------
    project : Project
        What to make, in which editions, with which parameters.
    jobs : int
        How many notebooks may run at once.
    progress : Progress
        Told how far the run is.

    Returns
    -------
    bool
        Whether anything had to be done.

    Raises
    ------
    ReproduceError
        There is no notebook, or a parameter is declared by none of them.
    NotebookError
        A notebook failed; see `execute`.
    """
    started = time.monotonic()
    books = project.notebooks
    if not books:
        raise ReproduceError(f"{project.root / 'notebooks'}: no numbered notebook")
    worked = _build_data(project, progress)
    steps = _steps(project, books)
    stale = [step for step in steps.values() if not step.fresh(project)]
    if not stale:
        return worked
    for step in stale:
        step.stamp(project).clear(project.root)
    todo = {step.name for step in stale}
    _run_and_render(project, books, steps, todo, jobs, progress)
    for edition in project.editions:
        _do(project, steps[f"{edition}/chapter"], todo, partial(_chapter, project, books, edition))
        _do(project, steps[f"{edition}/site"], todo, partial(_site, project, books, edition))
    _record_run(project, steps, time.monotonic() - started)
    return True


def _build_data(project: Project, progress: Progress) -> bool:
    """Build the reconstructed answers from the published values."""
    values = project.root / "data/published/values.csv"
    if not values.exists():
        return False
    made_from = fingerprint(
        digests(project.root, [values, project.root / "study.yml"])
        | project.code("answers", "admissible.py", "printed.py", "study.py")
    )
    step = Step("data", made_from)
    if step.fresh(project):
        return False
    from ecrm_helpers.answers.reconstruct import build

    progress.say("data/reconstructed/survey.csv")
    survey = build(project.root)
    step.stamp(project).set(project.root, made_from, [survey])
    return True


def _steps(project: Project, books: list[Path]) -> dict[str, Step]:
    """Hash what every step is made from; later steps build on earlier hashes."""
    environment = {
        "python": platform.python_version(),
        "platform": sys.platform,
        "lock": digests(project.root, [project.root / "requirements.lock"]),
    }
    below = project.code(besides=("compendium", "templates", "cli.py", "__main__.py"))
    running = environment | below | project.code("compendium/execute.py")
    rendering = environment | project.code("compendium", "templates") | below
    steps: dict[str, Step] = {}
    parameters = _parameters_of(project, books)
    for edition in project.editions:
        for book in books:
            reads = [project.root / "study.yml", book, *_reads(project, book)]
            made_from = running | digests(project.root, [p for p in reads if p.exists()])
            made_from |= {"edition": edition, "parameters": parameters[book]}
            run = Step(f"{edition}/run/{book.stem}", fingerprint(made_from))
            page = Step(
                f"{edition}/page/{book.stem}", fingerprint(rendering | {"run": run.made_from})
            )
            steps |= {run.name: run, page.name: page}
        ours = {name: s.made_from for name, s in steps.items() if name.startswith(f"{edition}/")}
        chapter = fingerprint(rendering | ours)
        steps[f"{edition}/chapter"] = Step(f"{edition}/chapter", chapter)
        steps[f"{edition}/site"] = Step(f"{edition}/site", chapter)
    return steps


def _reads(project: Project, book: Path) -> list[Path]:
    """Name the data a notebook declares to read."""
    declared = json.loads(book.read_text(encoding="utf-8"))["metadata"]
    return [project.root / name for name in declared.get("ecrm", {}).get("reads", [])]


def _parameters_of(project: Project, books: list[Path]) -> dict[Path, dict[str, object]]:
    """Give each notebook the parameters it declares; one that none has is refused."""
    if not project.parameters:
        return {book: {} for book in books}
    import papermill

    declared = {book: set(papermill.inspect_notebook(str(book))) for book in books}
    unknown = sorted(project.parameters.keys() - set().union(*declared.values()))
    if unknown:
        known = sorted(set().union(*declared.values()) - {"edition"})
        raise ReproduceError(
            f"no notebook has a parameter {', '.join(unknown)}; "
            f"they declare {', '.join(known)}"
        )
    return {
        book: {k: v for k, v in project.parameters.items() if k in names}
        for book, names in declared.items()
    }


def _run_and_render(
    project: Project,
    books: list[Path],
    steps: Mapping[str, Step],
    todo: set[str],
    jobs: int,
    progress: Progress,
) -> None:
    parameters = _parameters_of(project, books)
    with ThreadPoolExecutor(max_workers=jobs) as pool:
        runs: dict[str, Future[NotebookNode]] = {}
        for edition in project.editions:
            for book in books:
                name = f"{edition}/run/{book.stem}"
                if name in todo:
                    given = {"edition": edition, **parameters[book]}
                    runs[name] = pool.submit(_run, project, book, edition, given, progress)
        try:
            for edition in project.editions:
                for book in books:
                    run, page = (f"{edition}/{kind}/{book.stem}" for kind in ("run", "page"))
                    if run in runs:
                        keep = partial(_keep, project, book, edition, runs[run].result())
                        _do(project, steps[run], todo, keep)
                    _do(project, steps[page], todo, partial(_page, project, book, edition))
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def _do(project: Project, step: Step, todo: set[str], make: Make) -> None:
    if step.name in todo:
        step.stamp(project).set(project.root, step.made_from, make())


def _run(
    project: Project,
    book: Path,
    edition: str,
    parameters: Mapping[str, object],
    progress: Progress,
) -> "NotebookNode":
    from ecrm_helpers.compendium.execute import execute

    return execute(
        book,
        _executed(project, book, edition),
        parameters,
        progress.cells(f"{edition} {book.stem}"),
    )


def _executed(project: Project, book: Path, edition: str) -> Path:
    return project.output / edition / "executed" / book.name


def _keep(
    project: Project, book: Path, edition: str, executed: "NotebookNode"
) -> list[Path]:
    """Write the tables, figures and results an executed notebook holds."""
    from ecrm_helpers.compendium.execute import pieces, write_atomically

    home = project.output / edition
    results: dict[str, Any] = {"decisions": {}, "ledger": []}
    made = [_executed(project, book, edition)]
    for piece in pieces(executed):
        content = piece["content"]
        if piece["kind"] == "result":
            results["decisions"][piece["id"]] = content
        elif piece["kind"] == "ledger":
            results["ledger"] += content
        elif piece["kind"] in ("table", "figure"):
            folder, end = {"table": ("tables", "csv"), "figure": ("figures", "svg")}[piece["kind"]]
            made.append(home / folder / f"{book.stem[:2]}-{piece['id']}.{end}")
            write_atomically(made[-1], content.encode())
    made.append(project.output / "results" / f"{book.stem}.json")
    text = json.dumps(results, indent=1, ensure_ascii=False, sort_keys=True)
    write_atomically(made[-1], text.encode() + b"\n")
    return made


def _page(project: Project, book: Path, edition: str) -> list[Path]:
    """Render an executed notebook as HTML, and the HTML as PDF."""
    from ecrm_helpers.compendium import pdf
    from ecrm_helpers.compendium.execute import produces, write_atomically
    from ecrm_helpers.compendium.exporters import ThesisHTMLExporter

    executed = _executed(project, book, edition)
    html, _ = ThesisHTMLExporter(edition=edition).from_filename(str(executed))
    unseen = [name for name in produces(executed) if f'id="{name}"' not in html]
    if unseen:
        raise ReproduceError(f"{book.name}: made but not on its page: {', '.join(unseen)}")
    home = project.output / edition
    pages = [home / "html" / f"{book.stem}.html", home / "pdf" / f"{book.stem}.pdf"]
    write_atomically(pages[0], html.encode())
    write_atomically(pages[1], pdf.from_pages([html]))
    return pages


def _chapter(project: Project, books: list[Path], edition: str) -> list[Path]:
    from ecrm_helpers.compendium.execute import write_atomically
    from ecrm_helpers.compendium.site import chapter

    path = project.output / edition / "pdf" / "chapter.pdf"
    write_atomically(path, chapter(project.root, _pages(project, books, edition), edition))
    return [path]


def _site(project: Project, books: list[Path], edition: str) -> list[Path]:
    from ecrm_helpers.compendium.execute import write_atomically
    from ecrm_helpers.compendium.site import index, ledger_csv

    results = [project.output / "results" / f"{book.stem}.json" for book in books]
    ledger = project.output / "ledger.csv"
    write_atomically(ledger, ledger_csv(results).encode())
    path = project.output / edition / "index.html"
    page = index(project.root, _pages(project, books, edition), results, edition)
    write_atomically(path, page.encode())
    return [ledger, path]


def _pages(project: Project, books: list[Path], edition: str) -> list[Path]:
    return [project.output / edition / "html" / f"{book.stem}.html" for book in books]


def _record_run(project: Project, steps: Mapping[str, Step], seconds: float) -> None:
    """Write down what was made from what: ``output/run.json``."""
    from ecrm_helpers.compendium.execute import write_atomically
    from ecrm_helpers.compendium.provenance import record

    made = [project.root / f for step in steps.values() for f in step.stamp(project).made()]
    run = record(project.root, made, project.editions, project.parameters, seconds)
    text = json.dumps(run, indent=1, ensure_ascii=False)
    write_atomically(project.output / "run.json", text.encode() + b"\n")
