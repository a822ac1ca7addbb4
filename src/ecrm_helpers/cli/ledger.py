"""The verb ``ledger extract``: the numerals of the thesis's text, listed anew."""

import argparse
import csv
import hashlib
import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ecrm_helpers.cli.shell.options import add_project, root
from ecrm_helpers.files import read_rows, write_whole
from ecrm_helpers.printed import say, shell_language

if TYPE_CHECKING:
    from ecrm_helpers.study.numerals import Numeral


def add(ledger: argparse.ArgumentParser) -> None:
    """Add the verb ``extract`` and its options."""
    steps = ledger.add_subparsers(required=True, metavar="extract")
    extract = steps.add_parser(
        "extract", help="help_extract", description="help_extract_more"
    )
    extract.add_argument(
        "--thesis", type=Path, required=True, metavar="FILE", help="help_thesis"
    )
    extract.add_argument("--out", type=Path, metavar="FOLDER", help="help_out_numerals")
    add_project(extract)
    extract.set_defaults(verb=_extract)


def _extract(options: argparse.Namespace) -> int:
    from ecrm_helpers.study.numerals import Numeral, carry, numerals

    text = options.thesis.read_bytes()
    folder = options.out or root(options) / "data/published"
    place = folder / "numerals.csv"
    old = [
        Numeral(int(row["line"]), int(row["ordinal"]), *list(row.values())[2:])
        for row in (read_rows(place, Numeral._fields) if place.exists() else [])
    ]
    carried, gone = carry(old, numerals(text.decode("utf-8")))
    new = [row for row in carried if not row.claimed_by and not row.not_a_result]
    checksum = f"{hashlib.sha256(text).hexdigest()}  {options.thesis.name}\n"
    sums = folder / "thesis.sha256"
    write_whole({place: _sheet(carried), sums: checksum.encode()})
    edition = shell_language()
    counts = {"k": len(carried), "new": len(new), "gone": len(gone)}
    print(say("numerals_counted", edition, **counts))
    for key, rows in (("numeral_new", new), ("numeral_gone", gone)):
        for row in rows:
            whose = row.claimed_by or row.not_a_result
            at = {"line": row.line, "ordinal": row.ordinal, "text": row.text}
            whose = whose or say("numeral_unclaimed", edition)
            print(say(key, edition, whose=whose, **at))
    return 1 if new or gone else 0


def _sheet(rows: "Sequence[Numeral]") -> bytes:
    text = io.StringIO()
    sheet = csv.writer(text, lineterminator="\n")
    sheet.writerows([type(rows[0])._fields, *rows])
    return text.getvalue().encode()
