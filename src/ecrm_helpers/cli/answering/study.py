"""The verb ``study``: a study.yml drafted from a file of answers."""

import argparse

from ecrm_helpers.cli.shell.options import FILE, add_shared, tell
from ecrm_helpers.files import write_atomically
from ecrm_helpers.printed import Wrong, language


def add(verb: argparse.ArgumentParser) -> None:
    """Add the options of the verb."""
    verb.description = "help_study_more"
    asked = FILE | {"required": True}
    verb.add_argument("--from", dest="source", help="help_from_study", **asked)
    verb.add_argument("--to", help="help_to_study", **asked)
    add_shared(verb, "--lang")
    verb.set_defaults(verb=_study)


def _study(options: argparse.Namespace) -> int:
    from ecrm_helpers.answers.door import read_file
    from ecrm_helpers.answers.drafting import draft
    from ecrm_helpers.study import read_study

    if options.to.exists():
        raise Wrong("draft_exists", path=options.to)
    made = draft(options.source, language())
    write_atomically(options.to, made.text.encode())
    counts = {"k": made.questions, "decisions": made.decisions}
    tell("draft_written", path=options.to, **counts)
    try:
        _, audit = read_file(options.source, read_study(options.to.resolve()))
    except Wrong as refused:
        tell("draft_refused")
        print(refused)
        return 1
    print("\n".join(audit.head(language())))
    tell("draft_next", study=options.to, file=options.source)
    return 0
