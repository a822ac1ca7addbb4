"""What may lie beside an interview's tables: who was asked, who received what."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from ecrm_helpers.files import RowsError, read_rows

#: What is known of who speaks in each text: ``doc_id``, and any variables.
RESPONDENTS = "respondents.csv"
#: What a coder was given, where that is not everything.
RECEIVED, _SPANS = "received.csv", ("coder_id", "doc_id", "start", "end")


def nobody() -> pd.DataFrame:
    """Give respondents of whom nothing is known."""
    return pd.DataFrame(columns=["doc_id"], dtype=str)


def read_beside(place: Callable[[str], Path]) -> dict[str, Any]:
    """Read those of the two tables that are there, as fields of `Interview`.

    Parameters
    ----------
    place : callable
        Gives a file's path by its name.

    Raises
    ------
    RowsError
        A table lacks its columns, or is not CSV.
    """
    found: dict[str, Any] = {}
    if (path := place(RESPONDENTS)).exists():
        found["respondents"] = pd.DataFrame(read_rows(path), dtype=str)
        if "doc_id" not in found["respondents"]:
            has = ", ".join(found["respondents"].columns)
            raise RowsError("rows_columns", path=path, wanted="doc_id, …", found=has)
    if (path := place(RECEIVED)).exists():
        spans = pd.DataFrame(read_rows(path, _SPANS), columns=list(_SPANS))
        spans = spans.astype({"start": int, "end": int})
        found["received"] = {
            str(who): rows.drop(columns="coder_id")
            for who, rows in spans.groupby("coder_id", sort=False)
        }
    return found


def beside(
    respondents: pd.DataFrame, received: Mapping[str, pd.DataFrame]
) -> dict[str, pd.DataFrame]:
    """Give those of the two tables that say anything, by the files' names."""
    spans = [rows.assign(coder_id=who)[list(_SPANS)] for who, rows in received.items()]
    found = {RECEIVED: pd.concat(spans)} if spans else {}
    return found | ({RESPONDENTS: respondents} if len(respondents) else {})
