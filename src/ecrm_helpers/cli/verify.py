"""The verb ``verify``: every number recomputed, without a notebook or a page."""

import argparse

from ecrm_helpers.cli.shell.options import add_project, root
from ecrm_helpers.files import STUDY
from ecrm_helpers.printed import say, shell_language


def add(verb: argparse.ArgumentParser) -> None:
    """Add the options of the verb."""
    verb.description = "help_verify_more"
    verb.add_argument("--strict", action="store_true", help="help_strict")
    add_project(verb)
    verb.set_defaults(verb=_verify)


def _verify(options: argparse.Namespace) -> int:
    from ecrm_helpers.study import read_study

    place, language = root(options), shell_language()
    study = read_study(place / STUDY)
    if study.answers or not study.published:
        from ecrm_helpers.workshop.own import checked

        said, status = checked(place, study, language, strict=options.strict)
    else:
        from ecrm_helpers.compendium.checks.verify import verify

        said, status = verify(place, language, strict=options.strict)
    if options.strict:
        from ecrm_helpers.compendium.checks.packages import altered

        found = [say("package_altered", language, file=file) for file in altered()]
        said, status = [*said, *found], 1 if found else status
    print("\n".join(said))
    return status
