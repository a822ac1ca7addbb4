"""The numbers and claims of the thesis: where each stands and how it is printed."""

from collections import Counter
from pathlib import Path
from typing import NamedTuple

from ecrm_helpers.rows import read_rows


class Value(NamedTuple):
    """A number or claim of the thesis: where it stands and how it is printed.

    `quantity` names what is recomputed for it; several places may print one
    quantity. `known` tells how a match is to be taken: ``built_in`` (the
    reconstructed data were made from it, so a match is no evidence),
    ``derived`` (it follows from others), ``independent`` (it follows from
    something else that is printed), ``claim`` or ``context``.
    """

    id: str
    part: str
    section: str
    place: str
    item_fr: str
    item_en: str
    statistic: str
    printed: str
    quantity: str
    known: str
    note: str


class Values(dict[str, Value]):
    """Values under their ids; one that is asked for and absent is an error."""

    def __missing__(self, name: str) -> Value:
        """Refuse an id that the table does not have."""
        raise ValueError(
            f"values.csv has no row {name!r}, which is needed; a row that the thesis "
            f"prints must not be removed"
        )


def read_values(path: Path | None) -> Values:
    """Read the table of printed numbers, each under its id; none where none is.

    Raises
    ------
    ValueError
        An id occurs twice, or the file is not a table of `Value`.
    """
    if path is None:
        return Values()
    values = [Value(**row) for row in read_rows(path, Value._fields)]
    twice = sorted(k for k, times in Counter(v.id for v in values).items() if times > 1)
    if twice:
        raise ValueError(f"{path}: id given twice: {', '.join(twice)}")
    return Values((value.id, value) for value in values)
