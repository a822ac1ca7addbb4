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

from ecrm_helpers.admissible_verb import add_admissible
from ecrm_helpers.check_verb import add_check
from ecrm_helpers.compendium.plan import Project, ReproduceError, stale
from ecrm_helpers.compendium.progress import Progress
from ecrm_helpers.compendium.reproduce import reproduce
from ecrm_helpers.compendium.summary import counted, read_results, undeclared
from ecrm_helpers.ledger_verb import add_ledger
from ecrm_helpers.printed import say, shell_language
from ecrm_helpers.qda_verb import add_qda
from ecrm_helpers.read_verb import add_read
from ecrm_helpers.robustness_verb import add_robustness

ROOT = Path(__file__).resolve().parents[2]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb and give its exit status."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.verb(options))
    except KeyboardInterrupt:
        print("interrupted: nothing half made is left", file=sys.stderr)
        return 130
    except (ReproduceError, ValueError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
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
    data = verbs.add_parser("data", help="build the reconstructed answers; check data/")
    data.add_argument(
        "--checksums", action="store_true", help="write data/SHA256SUMS anew"
    )
    data.add_argument(
        "--derived",
        action="store_true",
        help="compute data/published/derived/ anew (half a minute)",
    )
    data.add_argument(
        "--synthetic", action="store_true", help="invent data/synthetic/ anew"
    )
    data.set_defaults(verb=_data)
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
    return parser


def _count(text: str) -> int:
    number = int(text) if text.isdigit() else 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1")
    return number


def _reproduce(options: argparse.Namespace) -> int:
    started = time.monotonic()
    editions = ("fr", "en") if options.edition == "all" else (options.edition,)
    given = {name: _literal(value) for name, value in options.parameter}
    if "edition" in given:
        raise ReproduceError("parameter edition is set by --edition")
    project = Project(ROOT, Path(__file__).parent, editions, given)
    if options.check:
        old = stale(project)
        for name in old:
            print(f"not up to date: {name}")
        return 1 if old else 0
    worked = reproduce(project, options.jobs, Progress())
    found = read_results(sorted((project.output / "results").glob("*.json")))
    for line in _summary(project, found, worked, time.monotonic() - started):
        print(line)
    # A run with other parameters, or on other answers, finds; it does not fail.
    failed = [] if given else undeclared(found["ledger"])
    for name in failed:
        print(say("undeclared_row", shell_language(), name=name), file=sys.stderr)
    return 1 if failed else 0


def _verify(options: argparse.Namespace) -> int:
    from ecrm_helpers.compendium.verify import verify

    said, status = verify(ROOT, shell_language())
    print("\n".join(said))
    return status


def _dist(options: argparse.Namespace) -> int:
    from ecrm_helpers.compendium.dist import distribute

    reproduce(Project(ROOT, Path(__file__).parent, ("fr", "en"), {}), 1, Progress())
    print(distribute(ROOT))
    return 0


def _prove(options: argparse.Namespace) -> int:
    from ecrm_helpers.compendium.mutations import MUTATIONS
    from ecrm_helpers.compendium.prove import prove, write

    progress = Progress()
    reproduce(Project(ROOT, Path(__file__).parent, ("fr",), {}), 1, progress)
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


def _data(options: argparse.Namespace) -> int:
    from ecrm_helpers.answers.reconstruct import build
    from ecrm_helpers.compendium.checksums import changed, write

    print(f"built {build(ROOT).relative_to(ROOT).as_posix()}")
    if options.derived:
        print(f"built {_derive().relative_to(ROOT).as_posix()}")
    if options.synthetic:
        from ecrm_helpers.answers import synthetic

        for path in synthetic.build(ROOT):
            print(f"built {path.relative_to(ROOT).as_posix()}")
    if options.checksums:
        write(ROOT / "data")
    different = changed(ROOT / "data")
    for line in different:
        print(f"data/SHA256SUMS: {line}", file=sys.stderr)
    return 1 if different else 0


def _derive() -> Path:
    """Compute anew what is kept because it takes long."""
    from ecrm_helpers import derived
    from ecrm_helpers.compendium.stamps import write_atomically
    from ecrm_helpers.published import read_values
    from ecrm_helpers.study import read_study

    values = read_values(ROOT / "data/published/values.csv")
    path = ROOT / derived.RANKS
    printed = derived.printed_r(values, read_study(ROOT / "study.yml"))
    write_atomically(path, derived.compute(printed, Progress().say).encode())
    return path
