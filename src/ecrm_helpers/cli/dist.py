"""The verb ``dist``: sources, outputs and wheels in one archive."""

import argparse

from ecrm_helpers.cli.shell.options import add_shared, root


def add(verb: argparse.ArgumentParser) -> None:
    """Add the options of the verb."""
    add_shared(verb, "--project")
    verb.set_defaults(verb=_dist)


def _dist(options: argparse.Namespace) -> int:
    from ecrm_helpers.compendium.checks.dist import distribute
    from ecrm_helpers.compendium.plan.project import Project
    from ecrm_helpers.compendium.run.progress import Progress
    from ecrm_helpers.compendium.run.reproduce import reproduce

    place = root(options)
    reproduce(Project(place, ("fr", "en"), {}), 1, Progress())
    print(distribute(place))
    return 0
