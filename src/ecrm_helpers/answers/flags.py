"""Rows that need a decision: sent twice, sent anew, sent too early, contradictory.

Nothing is dropped here: the rules that set rows aside stand in the study, and
a table of exclusions may keep a row or set another aside, with its reason.
"""

import datetime
import re
from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from ecrm_helpers.answers.audit import Flag
from ecrm_helpers.printed import Told, told
from ecrm_helpers.study import Study

_ZONE = re.compile(
    r"(?:\s*(?:UTC|GMT)\s*(?:[+-]\d{1,2}(?::?\d\d)?)?|Z|(?<=:\d\d)[+-]\d\d(?::?\d\d)?)$"
)
_ISO = ("%Y-%m-%d %H:%M:%S", "%Y/%m/%d %I:%M:%S %p", "%Y/%m/%d %H:%M:%S", "%Y-%m-%d")
_DAY_FIRST = ("%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M", "%d/%m/%Y", "%d-%m-%Y %H:%M:%S")
_MONTH_FIRST = (
    "%m/%d/%Y %H:%M:%S",
    "%m/%d/%Y %H:%M",
    "%m/%d/%Y",
    "%m/%d/%Y %I:%M:%S %p",
)


def moments(texts: Sequence[str], study: Study) -> tuple[pd.Series, list[Told]]:
    """Read when each row was sent; ``NaT`` where that cannot be told.

    Day and month are told apart by what can be read at all and then by the
    survey's dates; the day comes first where both would do.
    """
    short = [
        _ZONE.sub("", re.sub(r"(?<=\d)T(?=\d)|\s", " ", text.strip())) for text in texts
    ]
    plainly = pd.Series(short, dtype="string")
    orders = [_parsed(plainly, _ISO + order) for order in (_DAY_FIRST, _MONTH_FIRST)]
    opened, closed = pd.Timestamp(study.opened), pd.Timestamp(study.closed)
    inside = [
        (int(one.notna().sum()), int(one.between(opened, closed).sum()))
        for one in orders
    ]
    best = orders[1] if inside[1] > inside[0] else orders[0]
    notes = []
    if inside[1] > inside[0]:
        notes.append(told("read_month_first"))
    if unread := int((best.isna() & (plainly != "")).sum()):
        notes.append(told("read_no_moment", k=unread))
    late = closed + datetime.timedelta(days=1)
    if after := int((best >= late).sum()):
        notes.append(told("read_after", k=after, closed=study.closed.isoformat()))
    return best, notes


def _parsed(texts: pd.Series, formats: Sequence[str]) -> pd.Series:
    found = pd.Series(pd.NaT, index=texts.index, dtype="datetime64[ns]")
    for one in formats:
        left = found.isna()
        if not left.any():
            break
        found[left] = pd.to_datetime(texts[left], format=one, errors="coerce")
    return found


def flagged(
    answers: pd.DataFrame,
    sent: pd.Series | None,
    sender: pd.Series | None,
    contradictory: dict[str, np.ndarray],
    study: Study,
) -> list[tuple[int, str, Told]]:
    """List the rows that need a decision.

    Parameters
    ----------
    answers : DataFrame of int, shape (rows, questions)
        A code for each different answer, free texts included.
    sent : Series of datetime, or None
        When each row was sent.
    sender : Series of str, or None
        Who sent it, where the file tells; empty where not.
    contradictory : mapping of question to bool array
        Rows whose answers to one question exclude one another.
    study : Study
        The survey's opening, and the bounds of the rules.

    Returns
    -------
    list of (row, rule, note)
        In the order of the rows, which count from 0.
    """
    found: list[tuple[int, str, Told]] = []
    if sent is not None:
        early = np.flatnonzero(sent < pd.Timestamp(study.opened))
        why = told("flag_before_opening", opened=study.opened.isoformat())
        found += [(int(row), "before_opening", why) for row in early]
    for row, sure in _doubles(answers, sent, sender, study):
        rule = "double" if sure else "identical"
        found.append((row, rule, told("flag_double" if sure else "flag_identical")))
    doubles = {row for row, rule, _ in found if rule == "double"}
    found += [
        (row, "earlier_version", told("flag_earlier_version"))
        for row in sorted(_earlier(answers, sent, sender, study))
        if row not in doubles
    ]
    found += [
        (int(row), "contradictory", told("flag_contradictory", question=name))
        for name, rows in contradictory.items()
        for row in np.flatnonzero(rows)
    ]
    return sorted(found, key=lambda flag: flag[0])


def _doubles(
    answers: pd.DataFrame,
    sent: pd.Series | None,
    sender: pd.Series | None,
    study: Study,
) -> Iterator[tuple[int, bool]]:
    """Find rows with all answers of an earlier one; whether they were sent twice."""
    same = answers.groupby(list(answers.columns), sort=False).ngroup()
    who = pd.Series("", index=answers.index) if sender is None else sender
    order = _in_time(sent, len(answers))
    group, who = same.to_numpy()[order], who.to_numpy()[order]
    place = np.lexsort((np.arange(len(order)), group))
    alike = group[place][1:] == group[place][:-1]
    gap = _gap(sent, order[place])
    near = gap <= study.reading.double_within_seconds
    known = (who[place][1:] == who[place][:-1]) & (who[place][1:] != "")
    # Far apart they are two respondents; without moments nobody can tell.
    told = alike & (near | known | np.isinf(gap))
    rows, sure = order[place][1:][told], (near | known)[told]
    yield from zip(rows.tolist(), sure.tolist(), strict=True)


def _earlier(
    answers: pd.DataFrame,
    sent: pd.Series | None,
    sender: pd.Series | None,
    study: Study,
) -> set[int]:
    """Find rows that were sent again with other answers."""
    order, rows = _in_time(sent, len(answers)), answers.to_numpy()
    if sender is not None:
        named = sender[order][(sender[order] != "").to_numpy()]
        return {int(row) for row in named.index[named.duplicated(keep="last")]}
    if sent is None:
        return set()
    bounds = study.reading
    found: set[int] = set()
    # Rows that differ in k answers agree in one of k + 1 blocks of questions.
    for block in np.array_split(
        np.arange(rows.shape[1]), bounds.version_differs_in + 1
    ):
        if not len(block):
            continue
        group = (
            answers.iloc[order, block].groupby(list(answers.columns[block])).ngroup()
        )
        place = order[np.lexsort((np.arange(len(order)), group.to_numpy()))]
        differ = (rows[place][1:] != rows[place][:-1]).sum(axis=1)
        near = _gap(sent, place) <= 60 * bounds.version_within_minutes
        again = near & (differ > 0) & (differ <= bounds.version_differs_in)
        found |= {int(row) for row in place[:-1][again]}
    return found


def _in_time(sent: pd.Series | None, n: int) -> np.ndarray:
    if sent is None:
        return np.arange(n)
    return sent.reset_index(drop=True).sort_values(kind="stable").index.to_numpy()


def _gap(sent: pd.Series | None, order: np.ndarray) -> np.ndarray:
    """Give the seconds between neighbours; endless where a moment is not known."""
    if sent is None:
        return np.full(max(len(order) - 1, 0), np.inf)
    seconds = sent.iloc[order].diff().dt.total_seconds().to_numpy()[1:]
    return np.where(np.isnan(seconds) | (seconds < 0), np.inf, seconds)


def flags_of(
    found: Sequence[tuple[int, str, Told]], lines: Sequence[int]
) -> list[Flag]:
    """Give the flags with the lines of the file."""
    return [Flag(lines[row], rule, why) for row, rule, why in found]
