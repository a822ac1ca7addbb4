"""The ledger as a file: flat columns, the same by every way to the rows."""

from collections.abc import Iterable, Mapping
from math import isfinite
from typing import TYPE_CHECKING

from ecrm_helpers.files import comma_separated
from ecrm_helpers.printed import EDITIONS, decimal, say
from ecrm_helpers.printed.blanks import Quantity
from ecrm_helpers.study.published import Value

if TYPE_CHECKING:
    from ecrm_helpers.ledger.verdicts import Row

#: How the first road reaches a quantity, by the beginning of its name.
FIRST_ROAD = {
    "sample": "road_counted",
    "period": "road_declared",
    "questionnaire": "road_declared",
    "interview": "road_declared",
    "q11": "road_every_set",
    "q": "road_counted",
    "h2": "road_band",
    "h3": "road_answers",
}

#: Columns of the ledger's file.
COLUMNS = (
    *("id", "part", "section", "place", "item_fr", "item_en", "statistic"),
    *("printed", "decimals", "known", "recomputed", "recomputed_to"),
    *("recomputed_by_fr", "recomputed_by_en", "second_road", "second_road_to"),
    *("second_road_by_fr", "second_road_by_en", "verdict", "reason_fr", "reason_en"),
)


def decimals(value: Value) -> int | None:
    """Give the decimals of the number printed; None where a word is printed."""
    if not any(map(str.isdigit, value.printed)):
        return None
    return -int(decimal(value.printed).as_tuple().exponent)


def record(row: "Row") -> dict[str, object]:
    """Give a row as flat columns, `COLUMNS`: numbers at full precision."""
    value = row.value
    known = (how for k, how in FIRST_ROAD.items() if value.quantity.startswith(k))
    flat = value._asdict() | {"decimals": decimals(value), "known": row.known}
    flat |= _road("recomputed", row.recomputed, next(known, ""))
    flat |= _road("second_road", *(row.second or (None, "")))
    flat |= {"verdict": row.verdict}
    flat |= {"reason_fr": row.reason_fr, "reason_en": row.reason_en}
    return {column: flat[column] for column in COLUMNS}


def _road(column: str, quantity: Quantity | None, how: str) -> dict[str, object]:
    ends = quantity if isinstance(quantity, tuple) else (quantity, None)
    # What no data set gives is no number, and a file of JSON has no sign for it.
    low, high = (
        float(end) if end is not None and isfinite(end) else None for end in ends
    )
    told: dict[str, object] = {column: low, f"{column}_to": high}
    for edition in EDITIONS:
        told[f"{column}_by_{edition}"] = say(how, edition) if how else ""
    return told


def as_csv(records: Iterable[Mapping[str, object]]) -> str:
    """Write records of rows as CSV text, in the order of `COLUMNS`.

    Examples
    --------
    >>> head, row = as_csv([{name: name for name in reversed(COLUMNS)}]).split()
    >>> head == row
    True
    """
    return comma_separated(
        [COLUMNS, *([row.get(name, "") for name in COLUMNS] for row in records)]
    )
