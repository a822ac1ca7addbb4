"""The verb ``prove``: copies spoilt, and the right check seen to fail."""

import argparse

from ecrm_helpers.cli.shell.options import add_shared, count, root, tell, warn
from ecrm_helpers.printed import EDITIONS


def add(verb: argparse.ArgumentParser) -> None:
    """Add the options of the verb."""
    verb.add_argument(
        "--jobs", type=count, default=2, metavar="N", help="help_jobs_copies"
    )
    add_shared(verb, "--project")
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
        tell("sum_look", path=page)
    survivors = [each.mutation.name for each in outcomes if not each.caught]
    if survivors:
        warn("proof_survivors", names=", ".join(survivors))
    return 1 if survivors else 0
