"""What an article prints, row by row and together: possible, consistent, how sure.

A row gives a percentage, a mean with or without its SD, or a result as written
(``F(1, 71) = 6.98, p = .010``). Rows of one `table` with mean and SD are groups
that are compared in every data set they allow.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from pathlib import Path

import pandas as pd
import yaml
from pydantic import TypeAdapter, ValidationError

from ecrm_helpers.files import content, read_rows, text_of
from ecrm_helpers.ledger.checked_text import Checked, check
from ecrm_helpers.printed import Told, Wrong, decimal, interval, told
from ecrm_helpers.statistics import robustness
from ecrm_helpers.statistics.admissible import (
    MOST_POINTS,
    Reason,
    Summary,
    Table,
    counts,
    reason,
    space,
)

#: What a row may say, each as printed.
COLUMNS = (
    *("label", "table", "n", "mean", "sd", "low", "high", "min", "max", "items"),
    *("percent", "result"),
)
#: What a cell must be, by what is said where it is not.
_FORMS = {
    **dict.fromkeys(("n", "items"), ("table_size", re.compile(r"0*[1-9]\d*"))),
    **dict.fromkeys(("low", "high"), ("table_whole", re.compile(r"-?\d+"))),
    **dict.fromkeys(
        ("mean", "sd", "min", "max", "percent"),
        ("table_number", re.compile(r"[-−]?(?:\d+(?:[.,]\d+)?|[.,]\d+)(?:\s?%)?")),
    ),
}
#: What a cell needs beside it.
_NEEDED = {"percent": ("n",), "mean": ("n", "low", "high")}
_LIST = TypeAdapter(list[dict[str, str]])


class TableError(Wrong):
    """The file does not say what an article prints."""


@dataclass(frozen=True)
class RowChecked:
    """What is found of one row: `count` is None where sets are not counted."""

    row: Mapping[str, str]
    summary: Summary | None = None
    count: int | None = None
    why: Reason | None = None
    counts: tuple[int, ...] | None = None
    results: tuple[Checked, ...] = ()


@dataclass(frozen=True)
class GroupsChecked:
    """Groups of one table: all data sets they allow together, and each statistic.

    `every` is empty where nothing fits the rows together; `f` tells whether a
    printed F lies within what they allow, None where none is printed.
    """

    table: str
    labels: tuple[str, ...]
    drawn: str | None
    every: pd.DataFrame
    f: bool | None


def read_table(path: Path) -> list[dict[str, str]]:
    """Read a CSV with a heading line, or a YAML list of mappings.

    Parameters
    ----------
    path : path
        ``.csv`` (comma or semicolon), ``.yml`` or ``.yaml``, in UTF-8. A YAML
        number is read as it is typed, so that "3.50" keeps its decimals.

    Returns
    -------
    list of dict
        Each row's cells by `COLUMNS`, empty ones left out.

    Raises
    ------
    TableError
        There is no such file, it is of another kind, or says something else;
        every cell that holds no such number is listed.
    RowsError
        A row has more or fewer cells than the heading.
    """
    if path.suffix.lower() not in (".csv", ".yml", ".yaml") or not path.is_file():
        raise TableError("table_file", file=path)
    rows = _cells(path) if path.suffix.lower() == ".csv" else _listed(path)
    unknown = sorted({*chain(*rows)} - {*COLUMNS})
    if not rows or unknown:
        named = ", ".join(unknown) or "–"
        known = ", ".join(COLUMNS)
        raise TableError("table_columns", file=path, unknown=named, known=known)
    given = [{k: v.strip() for k, v in row.items() if v.strip()} for row in rows]
    faults = [fault for numbered in enumerate(given, 1) for fault in _faults(*numbered)]
    if faults:
        raise TableError("rows_faults", *faults, path=path, k=len(faults))
    return given


def _cells(path: Path) -> list[dict[str, str]]:
    first = text_of(content(path), str(path)).partition("\n")[0]
    return read_rows(path, mark=";" if ";" in first else ",")


def _listed(path: Path) -> list[dict[str, str]]:
    """Read YAML by its base loader, which leaves every number as text."""
    text = text_of(content(path), str(path))
    try:
        found = _LIST.validate_python(yaml.load(text, Loader=yaml.BaseLoader))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else "?"
        raise TableError("table_yaml", file=path, line=line) from None
    except ValidationError as error:
        number = [int(at) + 1 for at in error.errors()[0]["loc"][:1]]
        raise TableError("table_list", file=path, number=(*number, 1)[0]) from None
    return found


def _faults(number: int, row: Mapping[str, str]) -> list[Told]:
    """Name each cell that holds no such number, or lacks one that others need."""
    needed = [key for given, keys in _NEEDED.items() if given in row for key in keys]
    label = row.get("label", "–")
    return [
        told(fault, number=number, label=label, column=key, given=row.get(key, ""))
        for key, (fault, form) in _FORMS.items()
        if (key in row or key in needed) and not form.fullmatch(row.get(key, ""))
    ]


def check_row(row: Mapping[str, str]) -> RowChecked:
    """Check one row alone, as `read_table` gives it.

    Examples
    --------
    >>> check_row({"n": "73", "percent": "17.8"}).counts
    (13,)
    >>> check_row({"n": "28", "mean": "5.19", "low": "1", "high": "7"}).why.value
    'mean'
    """
    results = tuple(check([row["result"]])) if "result" in row else ()
    shares = tuple(counts(row["percent"], int(row["n"]))) if "percent" in row else None
    if "mean" not in row:
        return RowChecked(row, counts=shares, results=results)
    summary = _summary(row)
    why = reason(summary)
    long = summary.scale[1] - summary.scale[0] >= MOST_POINTS
    count = None if summary.sd is None or (long and not why) else 0
    if count is not None and not why:
        count = space(summary).count
    return RowChecked(row, summary, count, why, shares, results)


def check_groups(rows: list[RowChecked]) -> list[GroupsChecked]:
    """Compare the groups of each table in all data sets that they allow.

    Parameters
    ----------
    rows : list of RowChecked
        All rows of the file.

    Returns
    -------
    list of GroupsChecked
        One for each table that has two rows or more with mean and SD.
    """
    tables = dict.fromkeys(each.row.get("table", "") for each in rows)
    return [
        _groups(name, [each for each in rows if each.row.get("table", "") == name])
        for name in tables
        if sum(_group(each) for each in rows if each.row.get("table", "") == name) > 1
    ]


def _group(each: RowChecked) -> bool:
    return each.summary is not None and each.summary.sd is not None


def _groups(name: str, rows: list[RowChecked]) -> GroupsChecked:
    groups = [each for each in rows if _group(each)]
    labels = tuple(each.row.get("label", "–") for each in groups)
    summaries = tuple(each.summary for each in groups if each.summary)
    printed = [r for each in rows for r in each.results if r.test == "F" and r.df]
    if any(each.why for each in groups):
        return GroupsChecked(name, labels, None, pd.DataFrame(), None)
    possible = robustness.pairs(Table(summaries))
    every = robustness.estimates(possible)
    f, df = None, (len(groups) - 1.0, sum(s.n for s in summaries) - float(len(groups)))
    for each in printed:
        if each.df == df:
            low, high = interval(each.value)[:2]
            f = bool(every["anova_f"].between(float(low), float(high)).any())
    return GroupsChecked(name, labels, possible.drawn, every, f)


def _summary(row: Mapping[str, str]) -> Summary:
    ends = [Fraction(decimal(row[k])) if k in row else None for k in ("min", "max")]
    return Summary(
        int(row["n"]),
        row["mean"],
        row.get("sd"),
        low=int(row["low"]),
        high=int(row["high"]),
        minimum=ends[0],
        maximum=ends[1],
        items=int(row.get("items", "1")),
    )
