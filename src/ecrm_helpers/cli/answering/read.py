"""The verb ``read``: a file of answers read, audited, and written out clean."""

import argparse
import sys
from pathlib import Path

from ecrm_helpers.cli.shell.options import FILE, add_shared, root, tell
from ecrm_helpers.files import write_atomically
from ecrm_helpers.printed import language, told


def add(take: argparse.ArgumentParser) -> None:
    """Add the options of the verb."""
    take.description = "help_read_more"
    take.add_argument("file", type=Path, help="help_file_read")
    take.add_argument("--json", action="store_true", help="help_json_audit")
    take.add_argument("--to", help="help_to_read", **FILE)
    add_shared(take, "--lang")
    take.add_argument("--study", help="help_study", **FILE)
    add_shared(take, "--project", "--accept")
    take.add_argument("--exclusions", help="help_exclusions", **FILE)
    take.add_argument("--recodes", help="help_recodes", **FILE)
    take.set_defaults(verb=_read)


def _read(options: argparse.Namespace) -> int:
    from ecrm_helpers.answers.audit import Refused, refusal_json
    from ecrm_helpers.answers.door import admit, as_csv
    from ecrm_helpers.answers.scores import with_scores
    from ecrm_helpers.study import read_study

    tables = {"exclusions": options.exclusions, "recodes": options.recodes}
    try:
        if options.to and options.to.resolve() == options.file.resolve():
            raise Refused(str(options.file), [told("fault_same_file")])
        file = options.study or root(options) / "study.yml"
        study = read_study(file.resolve())
        frame, audit = admit(options.file, study, options.accept, **tables)
    except Refused as refused:
        if options.json:
            print(refusal_json(refused, language()))
        print(refused.said(language()), file=sys.stderr)
        return 2
    if options.to:
        write_atomically(options.to, as_csv(with_scores(frame, study)))
    print((audit.json if options.json else audit.said)(language()))
    if options.to and not options.json:
        tell("read_written", file=options.to)
    return 0
