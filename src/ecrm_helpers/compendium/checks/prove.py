"""A proof that the checks bite: spoil a copy, see the right check turn red.

Every check is first run on an unspoilt copy and must pass: one that is always
red proves nothing. Then each mutation spoils a copy of its own, and the check
it names must fail and say what is wrong. One that goes unnoticed survives, and
the proof has failed. Nothing outside a temporary folder is touched.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from bs4 import BeautifulSoup

from ecrm_helpers.compendium.checks.mutations import CHECKS, Check, Mutation
from ecrm_helpers.compendium.plan.project import Project, plan, proof_step
from ecrm_helpers.compendium.render import pdf
from ecrm_helpers.compendium.render.exporters import sections
from ecrm_helpers.compendium.render.paper import on_paper
from ecrm_helpers.compendium.render.table_files import as_csv
from ecrm_helpers.compendium.site.navigation import placed
from ecrm_helpers.files import write_atomically, write_whole
from ecrm_helpers.printed import EDITIONS, Edition, Failed, keyed, language, say, told
from ecrm_helpers.programs import FORKS, Nursery, nursery, own_folder, surroundings
from ecrm_helpers.shown.tables import table

#: What each mutation spoils.
MUTATION = keyed(
    "mutation_",
    "mutation_datum mutation_row mutation_group mutation_value mutation_decimal "
    "mutation_lost_value mutation_lost_reason mutation_formula mutation_alpha "
    "mutation_parameter mutation_rounding mutation_stale_page mutation_executed "
    "mutation_source mutation_checksum mutation_output mutation_phrase "
    "mutation_import mutation_manifest mutation_plain "
    "mutation_comparison mutation_ddof mutation_off_by_one mutation_verdict "
    "mutation_language mutation_privacy mutation_guard mutation_freshness "
    "mutation_surroundings",
)

#: What a copy can do without.
_LEFT = (".venv*", "dist", "wheelhouse", ".*_cache", ".hypothesis", "lock")

#: What a check writes to in place.
_WRITTEN = shutil.ignore_patterns(".hypothesis", "lock")

#: What checks load that is not this package, which each copy has of its own.
LOADED = (
    *("bs4", "nbformat", "openpyxl", "pandas", "papermill", "pingouin"),
    *("pydantic", "pypdfium2", "pytest", "scipy.stats", "seaborn", "yaml"),
)

#: Ends with an error unless the copy's own package is the one that is run.
_OWN = (
    "import ecrm_helpers, pathlib; home = pathlib.Path(ecrm_helpers.__file__); "
    "assert home.parents[2] == pathlib.Path.cwd().resolve(), f'{home} is run instead'"
)


class ProveError(Failed):
    """The proof cannot begin; the message says which check and why."""


@dataclass(frozen=True)
class Outcome:
    """What a check did on a spoilt copy."""

    mutation: Mutation
    status: int
    said: str

    @property
    def caught(self) -> bool:
        """Tell whether the check failed, and for the right reason."""
        return self.status == 1 and self.mutation.says in self.said


def prove(
    root: Path,
    mutations: Sequence[Mutation],
    jobs: int,
    say_so: Callable[[str], None],
) -> list[Outcome]:
    """Spoil copies of a compendium, one mutation each, and run their checks.

    Parameters
    ----------
    root : path
        The compendium's folder, its French pages made.
    mutations : sequence of Mutation
        What to try.
    jobs : int
        How many at once.
    say_so : callable
        Told of each outcome as it comes in.

    Returns
    -------
    list of Outcome
        In the order of `mutations`.

    Raises
    ------
    ProveError
        A check fails on the unspoilt copy, or says of it what a mutation
        should make it say; or a mutation changes nothing.
    """
    with (
        tempfile.TemporaryDirectory(dir=own_folder()) as folder,
        nursery(LOADED) if FORKS else nullcontext() as parent,
    ):
        whole = Path(folder).resolve() / "unspoilt"
        shutil.copytree(root, whole, ignore=_needless)
        _require_own(whole)
        with ThreadPoolExecutor(max_workers=jobs) as pool:
            _require_green(whole, mutations, pool, parent)

            def attempt(mutation: Mutation) -> Outcome:
                outcome = _attempt(whole, mutation, parent)
                say_so(verdict(outcome))
                return outcome

            return list(pool.map(attempt, mutations))


def _require_own(copy: Path) -> None:
    """Refuse a copy that would run another package than its own."""
    status, said = run(copy, ("-c", _OWN))
    if status:
        why = said.strip().splitlines()[-1]
        raise ProveError("at_file", path=copy.name, why=why)


def _require_green(
    whole: Path,
    mutations: Iterable[Mutation],
    pool: ThreadPoolExecutor,
    parent: Nursery | None,
) -> None:
    """Run every check on the unspoilt copy; all must pass and none cry wolf."""
    checks = list(dict.fromkeys(mutation.run for mutation in mutations))
    said_of = pool.map(lambda check: run(whole, check, parent), checks)
    found = dict(zip(checks, said_of, strict=True))
    for mutation in mutations:
        status, said = found[mutation.run]
        if status or mutation.says in said:
            wanted = {"check": shown(mutation.check), "says": mutation.says}
            found_ = {"status": status, "said": said[-2000:]}
            raise ProveError("proof_not_green", name=mutation.name, **wanted, **found_)


def _attempt(whole: Path, mutation: Mutation, parent: Nursery | None) -> Outcome:
    """Spoil a copy, whose other files are those of the unspoilt one, and check it."""
    copy = whole.with_name(re.sub(r"\W+", "-", mutation.name))
    shutil.copytree(whole, copy, copy_function=os.link, ignore=_WRITTEN)
    try:
        path = copy / mutation.file
        before = path.read_text(encoding="utf-8")
        after = mutation.edit(before)
        if after == before:
            raise ProveError("mutation_idle", name=mutation.name, file=mutation.file)
        write_atomically(path, after.encode())  # a file of its own
        return Outcome(mutation, *run(copy, mutation.run, parent))
    finally:
        shutil.rmtree(copy)


def _needless(folder: str, names: list[str]) -> set[str]:
    """Leave out environments, caches, and the English pages but the first."""
    english = {*names} - {"index.html"} if Path(folder).match("output/en") else set()
    return shutil.ignore_patterns(*_LEFT)(folder, names) | english


def run(copy: Path, check: Check, parent: Nursery | None = None) -> tuple[int, str]:
    """Run a check on a copy, by the copy's own package; give status and output."""
    environment = surroundings() | {"PYTHONPATH": str(copy / "src"), "COLUMNS": "200"}
    if parent is not None:
        return parent.run(check, copy, environment)
    done = subprocess.run(
        [sys.executable, *check],
        cwd=copy,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, done.stdout


def shown(check: str) -> str:
    """Write a check as a reader would call it; a test by the sentence it states."""
    if check in CHECKS:
        return check
    file, _, name = check.partition(".py::test_")
    stated = f": {name.replace('_', ' ')}" if name else ""
    return file.removesuffix(".py") + stated


def verdict(outcome: Outcome) -> str:
    """Say in one line what became of a mutation; of a survivor, what was said."""
    mutation = outcome.mutation
    of = {"name": mutation.name, "check": shown(mutation.check), "says": mutation.says}
    if outcome.caught:
        return told("mutation_caught", **of).said(language())
    last = outcome.said.strip().splitlines()[-1:] or ["–"]
    why = told("mutation_survived", status=outcome.status, last=last[0], **of)
    return why.said(language())


def write(root: Path, outcomes: Sequence[Outcome]) -> list[Path]:
    """Write the table of mutations and checks as page, PDF and CSV.

    Parameters
    ----------
    outcomes : sequence of Outcome
        As `prove` gives them.

    Returns
    -------
    list of path
        The pages, one for each edition.
    """
    pages, project = [], Project(root, EDITIONS, {})
    steps = plan(project)
    for edition in EDITIONS:
        page, sheet = _page(outcomes, edition)
        html = placed(str(page), "html/proof.html", project, edition)
        home = root / "output" / edition
        pages.append(home / "html/proof.html")
        made = {
            pages[-1]: html.encode(),
            home / "pdf/proof.pdf": pdf.from_paper(on_paper([page])),
            # Not in tables/: the index lists what stands there, and is made before.
            home / "proof.csv": sheet.encode(),
        }
        step = proof_step(steps, edition)
        step.stamp(project).set(root, step.made_from, write_whole(made), 0)
    return pages


def _page(outcomes: Sequence[Outcome], edition: Edition) -> tuple[BeautifulSoup, str]:
    """Write the page, and its table as CSV text."""
    found = {True: say("caught", edition), False: say("survived", edition)}
    tried = [outcome.mutation for outcome in outcomes]
    frame = pd.DataFrame(
        {
            say("outcome", edition): [found[outcome.caught] for outcome in outcomes],
            say("changed_file", edition): [mutation.file for mutation in tried],
            say("check_run", edition): [shown(mutation.check) for mutation in tried],
            say("must_say", edition): [mutation.says for mutation in tried],
        },
        index=[say(MUTATION[each.operator], edition) for each in tried],
    )
    caption = say("caption_proof", edition)
    piece = table(frame, "proof", caption, edition)
    caught = sum(outcome.caught for outcome in outcomes)
    intro = [
        say("proof_intro", edition),
        say("proof_count", edition, caught=caught, n=len(outcomes)),
    ]
    parts = [(say("head_proof", edition), piece.html)]
    page = sections(say("proof", edition), parts, edition, intro=intro)
    for cell in page.select("#proof tbody td:nth-of-type(n + 3)"):
        cell["lang"] = "en"  # names of tests, and what the checks say
    return page, as_csv(piece.content)
