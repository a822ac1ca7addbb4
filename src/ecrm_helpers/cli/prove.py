"""The verb ``prove``: copies spoilt, and the right check seen to fail."""

import argparse
import sys

from ecrm_helpers.cli.shell.options import add_project, count, root
from ecrm_helpers.printed import EDITIONS, say, shell_language


def add(verb: argparse.ArgumentParser) -> None:
    """Add the options of the verb."""
    verb.add_argument(
        "--jobs", type=count, default=2, metavar="N", help="help_jobs_copies"
    )
    add_project(verb)
    verb.set_defaults(verb=_prove)


def _prove(options: argparse.Namespace) -> int:
    from ecrm_helpers.compendium.checks.mutations import read_mutations
    from ecrm_helpers.compendium.checks.prove import prove, write
    from ecrm_helpers.compendium.plan.project import Project
    from ecrm_helpers.compendium.run.progress import Progress
    from ecrm_helpers.compendium.run.reproduce import reproduce

    place = root(options)
    reproduce(Project(place, ("fr",), {}), 1, Progress())
    outcomes = prove(place, read_mutations(), options.jobs, print)
    pages = write(place, outcomes)
    made = [e for e in EDITIONS if (place / f"output/{e}/index.html").exists()]
    reproduce(Project(place, tuple(made), {}), 1, Progress())  # indexes lead to it
    for page in pages:
        print(say("sum_look", shell_language(), path=page))
    survivors = [each.mutation.name for each in outcomes if not each.caught]
    if survivors:
        names = ", ".join(survivors)
        print(say("proof_survivors", shell_language(), names=names), file=sys.stderr)
    return 1 if survivors else 0
