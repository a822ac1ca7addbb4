"""The verb ``study``: a study.yml drafted from a file of answers."""

import argparse
from pathlib import Path

from ecrm_helpers.cli.shell.options import add_language
from ecrm_helpers.files import write_atomically
from ecrm_helpers.printed import Edition, Wrong, say, shell_language


def add(verb: argparse.ArgumentParser) -> None:
    """Add the options of the verb."""
    verb.description = "help_study_more"
    verb.add_argument(
        "--from",
        dest="source",
        type=Path,
        required=True,
        metavar="FILE",
        help="help_from_study",
    )
    verb.add_argument(
        "--to", type=Path, required=True, metavar="FILE", help="help_to_study"
    )
    add_language(verb)
    verb.set_defaults(verb=_study)


def _study(options: argparse.Namespace) -> int:
    from ecrm_helpers.answers.door import read_file
    from ecrm_helpers.answers.drafting import draft
    from ecrm_helpers.study import read_study

    language: Edition = options.lang or shell_language()
    if options.to.exists():
        raise Wrong("draft_exists", path=options.to)
    made = draft(options.source, language)
    write_atomically(options.to, made.text.encode())
    told = {"path": options.to, "k": made.questions, "decisions": made.decisions}
    print(say("draft_written", language, **told))
    try:
        _, audit = read_file(options.source, read_study(options.to.resolve()))
    except Wrong as refused:
        print(say("draft_refused", language))
        print(refused.said(language))
        return 1
    print("\n".join(audit.head(language)))
    print(say("draft_next", language, study=options.to, file=options.source))
    return 0
