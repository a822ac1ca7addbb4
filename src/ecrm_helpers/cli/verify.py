"""The verb ``verify``: every number recomputed, without a notebook or a page."""

import argparse

from ecrm_helpers.cli.shell.options import add_shared, root
from ecrm_helpers.files import STUDY
from ecrm_helpers.printed import language, say


def add(verb: argparse.ArgumentParser) -> None:
    """Add the options of the verb."""
    verb.description = "help_verify_more"
    verb.add_argument("--strict", action="store_true", help="help_strict")
    add_shared(verb, "--project")
    verb.set_defaults(verb=_verify)


def _verify(options: argparse.Namespace) -> int:
    from ecrm_helpers.study import read_study

    place, edition = root(options), language()
    if options.strict:
        from ecrm_helpers.compendium.checks.packages import altered

        if found := [say("package_altered", edition, file=file) for file in altered()]:
            print("\n".join(found))  # what they compute would tell nothing
            return 1
    study = read_study(place / STUDY)
    if study.answers or not study.published:
        from ecrm_helpers.workshop.own import checked

        said, status = checked(place, study, edition, strict=options.strict)
    else:
        from ecrm_helpers.compendium.checks.verify import verify

        said, status = verify(place, edition, strict=options.strict)
    print("\n".join(said))
    return status
