"""The agreement of coders as a file: for a program, or for a thesis."""

import json
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from ecrm_helpers.compendium.render.paper import pandoc
from ecrm_helpers.compendium.render.table_files import as_workbook
from ecrm_helpers.files import safe_cell
from ecrm_helpers.interview.coders import Comparison
from ecrm_helpers.interview.tables import Interview, InterviewError
from ecrm_helpers.printed import Edition
from ecrm_helpers.shown.coded.agreements import as_records
from ecrm_helpers.shown.piece import Piece

#: Endings of the files that can be written.
KINDS = (".csv", ".docx", ".xlsx", ".json")


def written(
    path: Path,
    interview: Interview,
    found: Sequence[Comparison],
    tables: Sequence[Piece],
    edition: Edition,
) -> dict[Path, bytes]:
    """Give the file, by its ending; CSV has the disagreements in a second one.

    Parameters
    ----------
    path : path
        ``.csv`` or ``.json`` for programs, at full precision and with the same
        keys in both languages; ``.docx`` or ``.xlsx`` with the tables as shown.
    interview : Interview
        Gives the names of the codes.
    found : sequence of Comparison
        As `coders.compare_all` gives it.
    tables : sequence of Piece
        What is shown of it.

    Returns
    -------
    dict of path to bytes

    Raises
    ------
    InterviewError
        The file has another ending.
    """
    kind = path.suffix.lower()
    if kind == ".docx":
        html = "".join(table.html for table in tables)
        return {path: pandoc(html, "docx", edition=edition)}
    if kind == ".xlsx":
        return {path: as_workbook([(t.content, t.content["caption"]) for t in tables])}
    measures, differ = as_records(interview, found)
    if kind == ".json":
        made = {"agreement": measures, "disagreements": differ}
        text = json.dumps(made, ensure_ascii=False, indent=1)
        return {path: f"{text}\n".encode()}
    if kind == ".csv":
        beside = path.with_name(f"{path.stem}-disagreements.csv")
        return {path: _csv(measures), beside: _csv(differ)}
    raise InterviewError("agreement_kind", path=path, allowed=", ".join(KINDS))


def _csv(rows: list[dict[str, object]]) -> bytes:
    frame = pd.DataFrame(rows).map(lambda v: safe_cell(v) if isinstance(v, str) else v)
    return frame.to_csv(index=False, lineterminator="\n").encode()
