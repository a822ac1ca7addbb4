"""A project of an author's own, checked: data, shape, what is held against print."""

from collections.abc import Iterator
from pathlib import Path

from ecrm_helpers.answers.dictionary import PLACE, written
from ecrm_helpers.answers.door import admit
from ecrm_helpers.compendium.checks.privacy import scan
from ecrm_helpers.compendium.run.tidy import tidied
from ecrm_helpers.files import STUDY, content, read_rows
from ecrm_helpers.interview.tables import read_interview
from ecrm_helpers.ledger.summary import (
    Records,
    counted,
    disagreements,
    read_results,
    undeclared,
)
from ecrm_helpers.printed import Edition, keyed, say
from ecrm_helpers.study import Study, read_published

#: How the check ended, by its status.
CHECKED = keyed("own_checked_", "own_checked_0 own_checked_1")


def checked(
    root: Path, study: Study, edition: Edition, *, strict: bool = True
) -> tuple[list[str], int]:
    """Check a project's answers and interviews, its files, and its printed values.

    Parameters
    ----------
    strict : bool
        As `privacy.scan` has it.

    Returns
    -------
    (list of str, int)
        What to say; 0 where nothing is at fault, else 1.

    Raises
    ------
    ValueError
        Data or printed values cannot be read (status 2).
    """
    said = list(_data(root, study, edition))
    records, missing = _held(root, study)
    lost = [row["id"] for row in records if row["verdict"] == "not_derivable"]
    if study.published:
        said += [*counted(records, edition), *disagreements(records, edition)]
    marked = content(root / STUDY).decode().count("# ? ")
    said += [say("own_marked", edition, k=marked)] if marked else []
    faults = [say("own_not_held", edition, name=name) for name in missing]
    faults += [say("own_not_known", edition, name=name) for name in lost]
    faults += [say("undeclared_row", edition, name=k) for k in undeclared(records)]
    faults += [say(key, edition, name=name) for key, name in _shape(root, study)]
    faults += scan(root, strict=strict)
    status = 1 if faults else 0
    return [*said, *faults, say(CHECKED[str(status)], edition)], status


def _data(root: Path, study: Study, edition: Edition) -> Iterator[str]:
    """Read answers and interviews, and say what there is."""
    if study.answers:
        _, audit = admit(root / study.answers, study, ())
        yield from audit.head(edition)
    if study.interview:
        found = read_interview(root / study.interview, study.title.only or edition)
        counts = {"k": len(found.documents), "codings": len(found.codings)}
        left = root / study.interview / "unanchored.csv"
        lost = len(read_rows(left)) if left.exists() else 0
        yield say("own_interviews", edition, **counts, lost=lost)


def _shape(root: Path, study: Study) -> Iterator[tuple[str, str]]:
    """Find notebooks with outputs, and a dictionary of another study."""
    for path in sorted((root / "notebooks").glob("*.ipynb")):
        if tidied(raw := content(path)) != raw:
            yield "own_not_tidy", path.name
    dictionary = root / PLACE
    if study.answers and dictionary.exists():
        if content(dictionary) != written(study, []):
            yield "own_not_made", PLACE


def _held(root: Path, study: Study) -> tuple[Records, list[str]]:
    """Give what the last run compared, and the printed values that it did not."""
    values = read_published(study, root).values.values()
    found = read_results(sorted((root / "output/results").glob("*.json")))["ledger"]
    done = {(row["id"], row["printed"]) for row in found}
    wanted = {(v.id, v.printed) for v in values if v.known != "context"}
    return found, sorted(name for name, _ in wanted - done)
