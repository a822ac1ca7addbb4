"""The verb ``ledger extract``: the numerals of the thesis's text, listed anew."""

import argparse
import csv
import hashlib
import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ecrm_helpers.cli.options import add_project, root
from ecrm_helpers.files import read_rows, write_whole

if TYPE_CHECKING:
    from ecrm_helpers.study.numerals import Numeral


def add(ledger: argparse.ArgumentParser) -> None:
    """Add the verb ``extract`` and its options."""
    steps = ledger.add_subparsers(required=True, metavar="extract")
    extract = steps.add_parser(
        "extract",
        help="list the numerals of sections 2.2 and 3 of its third chapter",
        description="Writes data/published/numerals.csv and thesis.sha256, and keeps "
        "the claims that stand there. Ends with 1 and names them where numerals "
        "are new or gone. No sentence of the text is kept.",
    )
    extract.add_argument(
        "--thesis", type=Path, required=True, metavar="FILE", help="as Markdown"
    )
    extract.add_argument(
        "--out",
        type=Path,
        metavar="FOLDER",
        help="where the list is kept (data/published)",
    )
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
    print(f"{len(carried)} numerals, {len(new)} new, {len(gone)} gone")
    for what, rows in (("new", new), ("gone", gone)):
        for row in rows:
            whose = row.claimed_by or row.not_a_result or "needs a claim or a reason"
            print(
                f"{what}: line {row.line}, numeral {row.ordinal}: {row.text} ({whose})"
            )
    return 1 if new or gone else 0


def _sheet(rows: "Sequence[Numeral]") -> bytes:
    text = io.StringIO()
    sheet = csv.writer(text, lineterminator="\n")
    sheet.writerows([type(rows[0])._fields, *rows])
    return text.getvalue().encode()
