"""What there is to make, and the hash of all that each thing is made from.

Later steps build on the hashes of earlier ones, so the whole plan is known
before anything runs. Finding that nothing is to be done takes a fraction of a
second: only the standard library is loaded for it.
"""

import json
import platform
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path

from ecrm_helpers.compendium.plan import notebook
from ecrm_helpers.compendium.plan.editions import misled
from ecrm_helpers.compendium.plan.stamps import Stamp, digests, fingerprint
from ecrm_helpers.files import STUDY
from ecrm_helpers.printed import Edition, Wrong, keyed, say, typeset

#: The package's own code, wherever it is installed.
PACKAGE = Path(__file__).resolve().parents[2]

#: Rooms that no notebook calls, by pattern.
NOT_RUN = ("compendium", "workshop", "cli", "__main__.py")

#: Parameters whose notebook tells of what is given, whether or not it is tested.
_TOLD = {"interview_data"}

#: What is for the author's eyes alone: no page, no archive and no gate reads it.
PRIVATE = "output/private"

#: Files that tell of the last run.
RECORD = ("run.json", "ro-crate-metadata.json")

#: What runs a notebook.
_RUNNER = [f"compendium/run/{n}.py" for n in ("execute", "kernel", "plain", "settle")]

#: Pages that are no notebook's: the file that calls for each, what it is made from.
_PLAIN = {
    "errata": (
        "data/published/errata.csv",
        ("data/published", "data/reconstructed", "data/interview", "study.yml"),
    ),
    "dictionary": ("data/datapackage.json", ("data/datapackage.json",)),
}

#: The page that steps through what the printed table allows.
PAIRS = "html/pairs.html"

#: What pages that are no notebook's are called in the way from page to page.
NAMED = keyed(
    "page_",
    "page_index page_errata page_dictionary page_pairs page_gallery page_report",
)


class ReproduceError(Wrong):
    """The compendium cannot be made as asked."""


@dataclass(frozen=True)
class Project:
    """The folders of one compendium, and what its notebooks are run with.

    `study` is the file of the study, from `root`. Another study than the
    compendium's own may have no printed values (`published`), and `decides` names
    the test of each of its hypotheses: a notebook that decides by none of these is
    left out. Without `decides` those remain that the published material allows.
    `lacking` names parameters that nothing was given for, which leaves out what
    declares one; `read` says in each edition how many rows of answers were used.
    """

    root: Path
    editions: tuple[Edition, ...]
    parameters: Mapping[str, object]
    study: str = "study.yml"
    published: bool = True
    decides: Mapping[str, str | None] | None = None
    lacking: tuple[str, ...] = ()
    read: Mapping[str, Sequence[str]] = field(default_factory=dict)
    package: Path = PACKAGE

    @property
    def output(self) -> Path:
        """Where everything made goes."""
        return self.root / "output"

    @property
    def rebuilt(self) -> bool:
        """Whether answers are reconstructed, from printed values."""
        return self.published and (self.root / "data/reconstructed").exists()

    @property
    def notebooks(self) -> list[Path]:
        """The numbered notebooks, in order, that the study has a use for."""
        found = sorted((self.root / "notebooks").glob("[0-9]*.ipynb"))
        tests = {book: notebook.declared(book, "decides") for book in found}
        free = [book for book in found if not tests[book]]
        if self.decides is None:
            made = [book for book in found if notebook.declared(book, "produces")]
            return [book for book in found if book in (*free, *made)]
        known = {*self.decides.values(), *(_TOLD & self.parameters.keys())}
        asked = {book: {*tests[book], *notebook.parameters(book)} for book in found}
        used = [book for book in found if book in free or known & asked[book]]
        return [book for book in used if not asked[book].intersection(self.lacking)]

    def code(self, *rooms: str, besides: Sequence[str] = ()) -> dict[str, str]:
        """Hash the package's code: the rooms named, or all but `besides`."""
        chosen = [self.package / room for room in rooms] or [
            path
            for path in self.package.iterdir()
            if not any(fnmatch(path.name, out) for out in ("__pycache__", *besides))
        ]
        return digests(self.package, chosen)


@dataclass(frozen=True)
class Step:
    """One thing to make: its name, and the hash of all it is made from.

    Of a notebook that is run, `rests_on` is the same without what its prose says.
    """

    name: str
    made_from: str
    rests_on: str = ""

    def stamp(self, project: Project) -> Stamp:
        """Give the step's record."""
        return Stamp(project.output / ".stamps", self.name)

    def fresh(self, project: Project) -> bool:
        """Tell whether the step need not be done again."""
        return self.stamp(project).fresh(project.root, self.made_from)


def data_step(project: Project) -> Step | None:
    """Plan the reconstructed answers, where there are any, and the dictionary."""
    values, study = project.root / "data/published/values.csv", project.root / STUDY
    sources = [values, study] * values.exists()
    if not project.rebuilt:
        sources = [study] * ("data" in project.parameters and project.study == STUDY)
    if not sources:
        return None
    made_from = digests(project.root, sources)
    code = project.code("answers", "statistics", "printed", "study", "files.py")
    return Step("data", fingerprint({**made_from, **code}))


def plan(project: Project) -> dict[str, Step]:
    """Plan every step from notebooks to site, each under its name.

    Parameters
    ----------
    project : Project
        What to make, in which editions, with which parameters.

    Returns
    -------
    dict of str to Step
        ``<edition>/run/<notebook>``, ``…/page/<notebook>``, ``…/chapter`` …

    Raises
    ------
    ReproduceError
        There is no notebook, or none declares a parameter that was given.
    """
    books = project.notebooks
    if not books:
        raise ReproduceError("no_notebooks", folder=project.root / "notebooks")
    lock = digests(project.root, [project.root / "requirements.lock"])
    made_by = {"python": platform.python_version(), "platform": sys.platform, **lock}
    below = project.code(besides=NOT_RUN)
    running = {**made_by, **below, **project.code(*_RUNNER)}
    around = {**made_by, **below, **project.code("compendium"), "order": order(project)}
    parameters, steps = parameters_of(project), list[Step]()
    for edition in project.editions:
        pages, resting = [], []
        for book in books:
            data = digests(project.root, _inputs(project, book))
            given = {"edition": edition, **parameters[book]}
            every = {**running, **data, "parameters": given}
            run, place = fingerprint(every), book.relative_to(project.root).as_posix()
            resting.append(fingerprint({**every, place: notebook.besides_prose(book)}))
            steps.append(Step(f"{edition}/run/{book.stem}", run, resting[-1]))
            pages.append(fingerprint({**around, "run": run}))
            steps.append(Step(f"{edition}/page/{book.stem}", pages[-1]))
        shown = {**around, "runs": resting}
        steps.append(Step(f"{edition}/check", fingerprint(shown)))
        for name in plain_pages(project):
            made_from = [project.root / part for part in _PLAIN[name][1]]
            pages.append(fingerprint({**shown, **digests(project.root, made_from)}))
            steps.append(Step(f"{edition}/{name}", pages[-1]))
        # The index lists the data files, so a new one makes it anew.
        listed = sorted(path.name for path in (project.root / "data").rglob("*.csv"))
        whole = fingerprint({**around, "pages": pages, "listed": listed})
        steps += [Step(f"{edition}/{p}", whole) for p in ("chapter", "site", "report")]
        if Step(f"{edition}/proof", whole).fresh(project):  # the index leads to it
            steps.append(Step(f"{edition}/site", fingerprint({"proven": whole})))
    return {step.name: step for step in steps}


def proof_step(steps: Mapping[str, Step], edition: str) -> Step:
    """Give the proof that checks bite, which `prove` makes; it holds as all does."""
    return Step(f"{edition}/proof", steps[f"{edition}/chapter"].made_from)


def plain_pages(project: Project) -> list[str]:
    """Name the pages that are no notebook's: errata and dictionary, if any."""
    own = {"errata": project.rebuilt, "dictionary": project.study == STUDY}
    return [n for n in own if own[n] and (project.root / _PLAIN[n][0]).exists()]


def order(project: Project) -> list[str]:
    """Name an edition's pages in the order of reading, from its folder."""
    notebooks = [f"html/{book.stem}.html" for book in project.notebooks]
    plain = [f"html/{name}.html" for name in plain_pages(project)]
    printed = project.rebuilt and project.study == STUDY and not project.read
    around = [*[PAIRS] * printed, "html/gallery.html", "reviewer-report.html"]
    return ["index.html", *notebooks, *plain, *around]


def names(project: Project, edition: Edition) -> dict[str, str]:
    """Name an edition's pages in the order of reading; another study's without (H3)."""
    own = str if project.study == STUDY else lambda name: name.split(" (")[0]
    short = {
        f"html/{book.stem}.html": own(
            notebook.named(book, "short").get(edition) or book.stem
        )
        for book in project.notebooks
    }
    return {
        place: short.get(place)
        or typeset(say(NAMED[Path(place).stem.rpartition("-")[2]], edition), edition)
        for place in order(project)
    }


def stale(project: Project) -> list[str]:
    """Name every step that is not up to date; make nothing."""
    steps = {step.name: step for step in [data_step(project)] if step} | plan(project)
    return outdated(project, steps)


def outdated(project: Project, steps: Mapping[str, Step]) -> list[str]:
    """Name the steps to do again: not fresh, or with pages that lead astray."""
    lost = misled(project.editions, project.output, steps)
    return [n for n, step in steps.items() if n in lost or not step.fresh(project)]


def recorded(project: Project) -> bool:
    """Tell whether the record of the last run speaks of these editions."""
    if not record_stamp(project).fresh(project.root, ""):
        return False  # lost, damaged or edited: it is written again
    text = (project.output / RECORD[0]).read_text(encoding="utf-8")
    return set(project.editions) <= set(json.loads(text)["editions"])


def record_stamp(project: Project) -> Stamp:
    """Give the record of the files that tell of the last run."""
    return Stamp(project.output / ".stamps", "run")


def _inputs(project: Project, book: Path) -> list[Path]:
    """Name what a notebook is made from: the study, what it reads or is given."""
    values = map(str, parameters_of(project)[book].values())
    given = [project.root / name for name in values if name]
    tables = ("exclusions.csv", "recodes.csv")
    maybe = [*given, *(path.with_name(table) for path in given for table in tables)]
    reads = [project.root / name for name in notebook.declared(book, "reads")]
    if not project.published:  # what only a printed thesis has may be lacking
        reads, maybe = [], [*maybe, *reads]
    files = [project.root / project.study, *reads]
    return [book, *files, *(path for path in maybe if path.exists())]


def parameters_of(project: Project) -> dict[Path, dict[str, object]]:
    """Give each notebook those of the given parameters that it declares.

    Raises
    ------
    ReproduceError
        No notebook declares a parameter that was given.
    """
    if not project.parameters:
        return {book: {} for book in project.notebooks}
    declared = {book: notebook.parameters(book) for book in project.notebooks}
    known = set[str]().union(*declared.values())
    unknown = sorted(project.parameters.keys() - known)
    if unknown:
        named, have = ", ".join(unknown), ", ".join(sorted(known - {"edition"}))
        raise ReproduceError("no_notebook_parameter", unknown=named, known=have)
    given = project.parameters.items()
    return {
        book: {k: v for k, v in given if k in its} for book, its in declared.items()
    }
