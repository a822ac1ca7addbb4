"""Numbers only: the whole ledger without a notebook, a kernel or a page."""

from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

from ecrm_helpers import programs
from ecrm_helpers.compendium.checks.privacy import scan
from ecrm_helpers.files import write_atomically
from ecrm_helpers.ledger.errata import written_out
from ecrm_helpers.ledger.implied import implied
from ecrm_helpers.ledger.quantities import Quantities, facts, recompute
from ecrm_helpers.ledger.record import as_csv, record
from ecrm_helpers.ledger.summary import counted, disagreements, undeclared
from ecrm_helpers.ledger.verdicts import Row, compare
from ecrm_helpers.printed import EDITIONS, Edition, Told, keyed, say
from ecrm_helpers.study import Published, read_published, read_study
from ecrm_helpers.study.numerals import uncovered

#: How a check ended, by its status.
VERIFIED = keyed("verified_", "verified_0 verified_1 verified_3")


def ledger_rows(
    published: Published, recomputed: Mapping[str, Quantities]
) -> list[Row]:
    """Give every row of the ledger, as the four notebooks do.

    Parameters
    ----------
    published : Published
        What the thesis prints.
    recomputed : mapping of part to quantities
        As `quantities.recompute` gives them.

    Returns
    -------
    list of Row
        In the order of the notebooks.

    Raises
    ------
    ValueError
        A file is missing or is not what it should be.
    """
    second = implied(published.values, published.study)
    return [
        row
        for part, found in recomputed.items()
        for row in compare(
            part, found, published, origin="reconstructed", second=second
        )
    ]


def verify(
    root: Path, edition: Edition, *, strict: bool = True
) -> tuple[list[str], int]:
    """Check the numbers, and write ``output/ledger.csv``.

    Parameters
    ----------
    edition : {"fr", "en"}
        Of what is said.
    strict : bool
        As `privacy.scan` has it.

    Returns
    -------
    (list of str, int)
        What to say, and the status: 0 all as declared; 1 a row disagrees
        without a declared reason, the list of numerals and the printed values
        do not cover one another, or data or outputs tell of a person; 3 all as
        declared, but a renderer is missing, so that pages could not be made.

    Raises
    ------
    ValueError
        A file is missing or is not what it should be (status 2).
    """
    published = read_published(read_study(root / "study.yml"), root)
    recomputed = recompute(root, published)
    records = [record(row) for row in ledger_rows(published, recomputed)]
    write_atomically(root / "output/ledger.csv", as_csv(records).encode())
    said = [*counted(records, edition), *disagreements(records, edition)]
    faults = [say("undeclared_row", edition, name=k) for k in undeclared(records)]
    faults += [each.said(edition) for each in _coverage(published, recomputed)]
    faults += scan(root, strict=strict)
    absent = missing_renderers()
    if absent:
        said.append(say("renderers_missing", edition, names=", ".join(absent)))
    status = 1 if faults else 3 if absent else 0
    return [*said, *faults, say(VERIFIED[str(status)], edition)], status


def _coverage(published: Published, recomputed: Mapping[str, Quantities]) -> list[Told]:
    """List what is not covered; errata that nothing fills are an error."""
    known = facts(published.values, recomputed)
    for edition in EDITIONS:
        written_out(published.errata, known, edition)
    return uncovered(published.numerals, published.values)


def missing_renderers() -> list[str]:
    """Name the renderers of pages that this environment lacks."""
    absent = [name for name in ("typst", "nbconvert") if find_spec(name) is None]
    try:
        runs = programs.pandoc(["--version"]).returncode == 0
    except OSError:
        runs = False
    return absent if runs else [*absent, "pandoc"]
