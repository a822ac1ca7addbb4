"""The compendium's verbs, from a shell.

Exit status: 0 done; 1 a notebook or a check failed; 2 wrong usage or data;
130 interrupted. A message says what is wrong; a traceback reaches nobody.
"""

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ecrm_helpers.admissible_verb import add_admissible
from ecrm_helpers.compendium.plan import Project, ReproduceError
from ecrm_helpers.compendium.progress import Progress
from ecrm_helpers.compendium.reproduce import reproduce
from ecrm_helpers.printed import say, shell_language
from ecrm_helpers.qda_verb import add_qda

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
    except RuntimeError as error:  # NotebookError, PDFError
        print(f"failed: {error}", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="ecrm", description=__doc__.splitlines()[0])
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
    make.set_defaults(verb=_reproduce)
    data = verbs.add_parser("data", help="build the reconstructed answers; check data/")
    data.add_argument(
        "--checksums", action="store_true", help="write data/SHA256SUMS anew"
    )
    data.set_defaults(verb=_data)
    add_admissible(verbs, _count)
    add_qda(verbs)
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
    worked = reproduce(project, options.jobs, Progress())
    for line in _summary(project, worked, time.monotonic() - started):
        print(line)
    return 0


def _literal(text: str) -> object:
    """Read a parameter as a number or a truth value where it is one, else as text."""
    try:
        value: object = json.loads(text)
    except ValueError:
        return text
    return value if isinstance(value, int | float | bool) else text


def _summary(project: Project, worked: bool, seconds: float) -> list[str]:
    """Say what was compared and decided, where to look, and the time taken."""
    language = shell_language()
    results = [
        json.loads(path.read_text(encoding="utf-8"))
        for path in sorted((project.output / "results").glob("*.json"))
    ]
    rows = [row for part in results for row in part["ledger"]]
    decisions: dict[str, Any] = {
        k: v for p in results for k, v in p["decisions"].items()
    }
    agree = [r for r in rows if r["verdict"] in ("exact", "rounds_to")]
    built_in = sum(row["known"] == "built_in" for row in agree)
    others = Counter(row["verdict"] for row in rows if row not in agree)
    lines = [] if worked else [say("nothing_to_do", language)]
    lines.append(
        say("sum_values", language, n=len(rows), agree=len(agree), built_in=built_in)
    )
    lines += [
        f"  {n} {say(f'verdict_{verdict}', language)}" for verdict, n in others.items()
    ]
    lines += [
        f"{name.upper()}: {say(answer['association'], language)}; "
        f"{say(answer['as_worded'], language)}"
        for name, answer in sorted(decisions.items())
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
    if options.checksums:
        write(ROOT / "data")
    different = changed(ROOT / "data")
    for line in different:
        print(f"data/SHA256SUMS: {line}", file=sys.stderr)
    return 1 if different else 0
