"""The compendium's verbs, from a shell.

Exit status: 0 done; 1 a notebook or a check failed; 2 wrong usage or data;
3 the numbers are as declared, but a renderer is missing (verify only);
130 interrupted. A message says what is wrong; a traceback reaches nobody.
"""

import argparse
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

from ecrm_helpers.cli.admissible import add_admissible
from ecrm_helpers.cli.check_text import add_check
from ecrm_helpers.cli.data import add_data
from ecrm_helpers.cli.ledger import add_ledger
from ecrm_helpers.cli.qda import add_qda
from ecrm_helpers.cli.read import add_read
from ecrm_helpers.cli.robustness import add_robustness
from ecrm_helpers.compendium.plan.project import Project, ReproduceError, stale
from ecrm_helpers.compendium.run.progress import Progress
from ecrm_helpers.compendium.run.reproduce import reproduce
from ecrm_helpers.ledger.summary import counted, read_results, undeclared
from ecrm_helpers.printed import say, shell_language

ROOT = Path(__file__).resolve().parents[3]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb and give its exit status."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.verb(options))
    except KeyboardInterrupt:
        print("interrupted: nothing half made is left", file=sys.stderr)
        return 130
    except (ReproduceError, ValueError, OSError) as error:
        language = getattr(options, "lang", None) or shell_language()
        said = error.said(language) if hasattr(error, "said") else error
        print(f"error: {said}", file=sys.stderr)
        return 2
    except RuntimeError as error:  # NotebookError, PaperError
        print(f"failed: {error}", file=sys.stderr)
        return 1


class _Parser(argparse.ArgumentParser):
    """A parser that says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        """End with status 2; the usage is one `--help` away."""
        self.exit(2, f"error: {message} (see {self.prog} --help)\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="ecrm", description=__doc__.splitlines()[0])
    verbs = parser.add_subparsers(required=True, metavar="verb")
    make = verbs.add_parser("reproduce", help="make everything that is not up to date")
    make.add_argument(
        "--edition", choices=("fr", "en", "all"), default="fr", help="language (fr)"
    )
    make.add_argument(
        "--jobs", type=_count, default=1, metavar="N", help="notebooks at once (1)"
    )
    make.add_argument(
        "-p",
        "--parameter",
        nargs=2,
        action="append",
        default=[],
        metavar=("NAME", "VALUE"),
        help="give a notebook parameter another value",
    )
    make.add_argument(
        "--survey", type=Path, metavar="FILE", help="your answers: CSV, XLSX or SAV"
    )
    make.add_argument(
        "--study", type=Path, metavar="FILE", help="another questionnaire (study.yml)"
    )
    make.add_argument(
        "--check",
        action="store_true",
        help="make nothing; list what is not up to date, and end with 1 if anything is",
    )
    make.set_defaults(verb=_reproduce)
    check = verbs.add_parser(
        "verify",
        help="recompute every number, without a notebook or a page",
        description="Ends with 0 all as declared; 1 a number, a reason or the "
        "coverage is not; 2 wrong usage or data; 3 a renderer is missing.",
    )
    check.set_defaults(verb=_verify)
    pack = verbs.add_parser("dist", help="pack all into one archive, wheels included")
    pack.set_defaults(verb=_dist)
    bite = verbs.add_parser("prove", help="spoil copies and see the right check fail")
    bite.add_argument(
        "--jobs", type=_count, default=2, metavar="N", help="copies at once (2)"
    )
    bite.set_defaults(verb=_prove)
    add_admissible(verbs, _count)
    add_robustness(verbs, _count)
    add_ledger(verbs)
    add_qda(verbs)
    add_check(verbs)
    add_read(verbs)
    add_data(verbs)
    return parser


def _count(text: str) -> int:
    number = int(text) if text.isdigit() else 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1")
    return number


def _reproduce(options: argparse.Namespace) -> int:
    started = time.monotonic()
    project = _project(options)
    if options.check:
        old = stale(project)
        for name in old:
            print(f"not up to date: {name}")
        return 1 if old else 0
    worked = reproduce(project, options.jobs, Progress())
    folder = project.output / "results"
    found = read_results(folder / f"{book.stem}.json" for book in project.notebooks)
    for line in _summary(project, found, worked, time.monotonic() - started):
        print(line)
    # A run with other parameters, or on other answers, finds; it does not fail.
    failed = [] if project.parameters else undeclared(found["ledger"])
    for name in failed:
        print(say("undeclared_row", shell_language(), name=name), file=sys.stderr)
    return 1 if failed else 0


def _project(options: argparse.Namespace) -> Project:
    """Say what is to be made; answers are read once before anything runs."""
    given = {name: _literal(value) for name, value in options.parameter}
    own = {"edition": "--edition", "data": "--survey", "study_file": "--study"}
    for name in given.keys() & own:
        raise ReproduceError(f"parameter {name} is set by {own[name]}")
    editions = ("fr", "en") if options.edition == "all" else (options.edition,)
    if options.survey is None:
        if options.study is not None:
            raise ReproduceError("--study needs its answers: --survey FILE")
        return Project(ROOT, Path(__file__).parents[1], editions, given)
    return _with_answers(options, editions, given)


def _with_answers(
    options: argparse.Namespace, editions: tuple[str, ...], given: dict[str, object]
) -> Project:
    from ecrm_helpers.answers.door import read_file
    from ecrm_helpers.study import read_study

    file = (options.study or ROOT / "study.yml").resolve()
    study = read_study(file)
    read_file(options.survey, study)
    given["data"] = _from_root(options.survey.resolve())
    if options.study is not None:
        given["study_file"] = _from_root(file)
    return Project(
        ROOT,
        Path(__file__).parents[1],
        editions,
        given,
        study=_from_root(file),
        published=study.published is not None,
        decides=tuple(study.hypotheses),
    )


def _from_root(path: Path) -> str:
    """Name a file from the compendium's folder where it lies within."""
    return str(path.relative_to(ROOT) if path.is_relative_to(ROOT) else path)


def _verify(options: argparse.Namespace) -> int:
    from ecrm_helpers.compendium.checks.verify import verify

    said, status = verify(ROOT, shell_language())
    print("\n".join(said))
    return status


def _dist(options: argparse.Namespace) -> int:
    from ecrm_helpers.compendium.checks.dist import distribute

    reproduce(Project(ROOT, Path(__file__).parents[1], ("fr", "en"), {}), 1, Progress())
    print(distribute(ROOT))
    return 0


def _prove(options: argparse.Namespace) -> int:
    from ecrm_helpers.compendium.checks.mutations import MUTATIONS
    from ecrm_helpers.compendium.checks.prove import prove, write

    progress = Progress()
    reproduce(Project(ROOT, Path(__file__).parents[1], ("fr",), {}), 1, progress)
    outcomes = prove(ROOT, MUTATIONS, options.jobs, print)
    for page in write(ROOT, outcomes):
        print(say("sum_look", shell_language(), path=page))
    survivors = [each.mutation.name for each in outcomes if not each.caught]
    if survivors:
        print(f"survived: {', '.join(survivors)}", file=sys.stderr)
    return 1 if survivors else 0


def _literal(text: str) -> object:
    """Read a parameter as a number or a truth value where it is one, else as text."""
    try:
        value: object = json.loads(text)
    except ValueError:
        return text
    return value if isinstance(value, int | float | bool) else text


def _summary(
    project: Project, found: dict[str, Any], worked: bool, seconds: float
) -> list[str]:
    """Say what was compared and decided, where to look, and the time taken."""
    language = shell_language()
    lines = [] if worked else [say("nothing_to_do", language)]
    lines += counted(found["ledger"], language)
    lines += [
        f"{name.upper()}: {say(answer['association'], language)}; "
        f"{say(answer['as_worded'], language)}"
        for name, answer in sorted(found["decisions"].items())
    ]
    lines += [
        say("sum_look", language, path=project.output / edition / "index.html")
        for edition in project.editions
    ]
    return [*lines, say("sum_time", language, seconds=f"{seconds:.1f}")]
