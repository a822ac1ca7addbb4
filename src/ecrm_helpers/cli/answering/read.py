"""The verb ``read``: a file of answers read, audited, and written out clean."""

import argparse
import sys
from pathlib import Path

from ecrm_helpers.cli.shell.options import add_accept, add_language, add_project, root
from ecrm_helpers.files import write_atomically
from ecrm_helpers.printed import Edition, say, shell_language, told


def add(take: argparse.ArgumentParser) -> None:
    """Add the options of the verb."""
    take.description = "help_read_more"
    take.add_argument("file", type=Path, help="help_file_read")
    take.add_argument("--json", action="store_true", help="help_json_audit")
    take.add_argument("--to", type=Path, metavar="FILE", help="help_to_read")
    add_language(take)
    take.add_argument("--study", type=Path, metavar="FILE", help="help_study")
    add_project(take)
    add_accept(take)
    tables = {"exclusions": "help_exclusions", "recodes": "help_recodes"}
    for table, what in tables.items():
        take.add_argument(f"--{table}", type=Path, metavar="FILE", help=what)
    take.set_defaults(verb=_read)


def _read(options: argparse.Namespace) -> int:
    from ecrm_helpers.answers.audit import Refused, refusal_json
    from ecrm_helpers.answers.door import admit, as_csv
    from ecrm_helpers.study import read_study

    language: Edition = options.lang or shell_language()
    tables = {"exclusions": options.exclusions, "recodes": options.recodes}
    try:
        if options.to and options.to.resolve() == options.file.resolve():
            raise Refused(str(options.file), [told("fault_same_file")])
        file = options.study or root(options) / "study.yml"
        study = read_study(file.resolve())
        frame, audit = admit(options.file, study, options.accept, **tables)
    except Refused as refused:
        if options.json:
            print(refusal_json(refused, language))
        print(refused.said(language), file=sys.stderr)
        return 2
    if options.to:
        write_atomically(options.to, as_csv(frame))
    print(audit.json(language) if options.json else audit.said(language))
    if options.to and not options.json:
        print(say("read_written", language, file=options.to))
    return 0
