"""The verb ``ledger extract``: the numerals of the thesis's text, listed anew."""

import argparse
import hashlib

from ecrm_helpers.cli.shell.options import FILE, FOLDER, add_shared, root, tell
from ecrm_helpers.files import comma_separated, write_whole
from ecrm_helpers.printed import language, say


def add(ledger: argparse.ArgumentParser) -> None:
    """Add the verb ``extract`` and its options."""
    steps = ledger.add_subparsers(required=True, metavar="extract")
    extract = steps.add_parser(
        "extract", help="help_extract", description="help_extract_more"
    )
    extract.add_argument("--thesis", required=True, help="help_thesis", **FILE)
    extract.add_argument("--out", help="help_out_numerals", **FOLDER)
    add_shared(extract, "--project")
    extract.set_defaults(verb=_extract)


def _extract(options: argparse.Namespace) -> int:
    from ecrm_helpers.study.numerals import Numeral, carry, listed, numerals

    text = options.thesis.read_bytes()
    folder = options.out or root(options) / "data/published"
    place = folder / "numerals.csv"
    old = listed(place) if place.exists() else []
    carried, gone = carry(old, numerals(text.decode("utf-8")))
    new = [row for row in carried if not row.claimed_by and not row.not_a_result]
    checksum = f"{hashlib.sha256(text).hexdigest()}  {options.thesis.name}\n"
    sums = folder / "thesis.sha256"
    table = comma_separated([Numeral._fields, *carried])
    write_whole({place: table.encode(), sums: checksum.encode()})
    tell("numerals_counted", k=len(carried), new=len(new), gone=len(gone))
    for key, rows in (("numeral_new", new), ("numeral_gone", gone)):
        for row in rows:
            whose = row.claimed_by or row.not_a_result
            whose = whose or say("numeral_unclaimed", language())
            tell(key, whose=whose, line=row.line, ordinal=row.ordinal, text=row.text)
    return 1 if new or gone else 0
