"""Rows that need a decision: sent twice, sent anew, sent too early, contradictory.

Nothing is dropped here: the rules that set rows aside stand in the study, and
a table of exclusions may keep a row or set another aside, with its reason.
"""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd

from ecrm_helpers.answers.audit import Flag
from ecrm_helpers.printed import Told, told
from ecrm_helpers.study import Study

#: For each answer that differs, so many questions must be asked before two rows
#: that resemble one another are worth a look.
_MANY = 8


def flagged(
    answers: pd.DataFrame,
    whole: pd.Series,
    sent: pd.Series | None,
    sender: pd.Series | None,
    contradictory: Mapping[str, np.ndarray],
    lines: Sequence[int],
    study: Study,
) -> list[Flag]:
    """List the rows that need a decision.

    Parameters
    ----------
    answers : DataFrame of int, shape (rows, questions)
        A code for each different answer, free texts included.
    whole : Series of int
        A code for each different row of the file, but for its moment and id.
    sent : Series of datetime, or None
        When each row was sent.
    sender : Series of str, or None
        Who sent it, where the file tells; empty where not.
    contradictory : mapping of question to bool array
        Rows whose answers to one question exclude one another.
    lines : sequence of int
        Of the rows, in the file.
    study : Study
        The survey's opening, and the bounds of the rules.

    Returns
    -------
    list of Flag
        In the order of the rows.
    """
    doubles = _doubles(answers, whole, sent, sender, study)
    identical = _identical(answers, sent, study) - doubles
    rules: list[tuple[str, Iterable[int], Told]] = [
        ("double", doubles, told("flag_double")),
        (
            "earlier_version",
            _earlier(sent, sender, doubles),
            told("flag_earlier_version"),
        ),
        ("identical", identical, told("flag_identical")),
        ("similar", _similar(answers, sent, study), told("flag_similar")),
    ]
    if sent is not None and study.opened:
        early = np.flatnonzero(sent < pd.Timestamp(study.opened))
        why = told("flag_before_opening", opened=study.opened.isoformat())
        rules.insert(0, ("before_opening", early, why))
    rules += [
        ("contradictory", np.flatnonzero(rows), told("flag_contradictory", question=q))
        for q, rows in contradictory.items()
    ]
    found = [Flag(lines[row], rule, why) for rule, rows, why in rules for row in rows]
    return sorted(found, key=lambda flag: flag.line)


def _doubles(
    answers: pd.DataFrame,
    whole: pd.Series,
    sent: pd.Series | None,
    sender: pd.Series | None,
    study: Study,
) -> set[int]:
    """Find rows sent twice: by one sender, or alike in all columns and soon after.

    A class that answers few questions in an hour is alike and near by chance:
    where chance alone gives more than a tenth of such rows, they prove nothing.
    """
    rows, gap = _repeated(whole.to_frame(), sent)
    near = gap <= study.reading.double_within_seconds
    proved = _by_chance(whole, sent, study) <= near.sum() / 10
    found = set(rows[near].tolist()) if proved else set[int]()
    if sender is not None:
        again = answers.assign(_sender=pd.factorize(sender)[0])
        same, _ = _repeated(again, sent)
        named = (sender != "").to_numpy()
        found |= {int(row) for row in same if named[row]}
    return found


def _by_chance(whole: pd.Series, sent: pd.Series | None, study: Study) -> float:
    """Give the pairs alike and near to expect if moments had nothing to do with it.

    The pairs of rows that are alike, times the share of all pairs that are near.
    """
    if sent is None:
        return 0.0
    alike = whole.value_counts().to_numpy()
    seconds = np.sort(sent.dropna().astype("int64").to_numpy() / 1e9)
    n, bound = len(seconds), study.reading.double_within_seconds
    if n < 2:
        return 0.0
    last = np.searchsorted(seconds, seconds + bound, side="right")
    near = (last - np.arange(n) - 1).sum()
    return float((alike * (alike - 1) / 2).sum() * near / (n * (n - 1) / 2))


def _repeated(
    codes: pd.DataFrame, sent: pd.Series | None
) -> tuple[np.ndarray, np.ndarray]:
    """Find rows that repeat an earlier one; the seconds since, endless if not known."""
    same = codes.groupby(list(codes.columns), sort=False).ngroup().to_numpy()
    order = _in_time(sent, len(codes))
    place = order[np.argsort(same[order], kind="stable")]
    alike = same[place][1:] == same[place][:-1]
    return place[1:][alike], _gap(sent, place)[alike]


def _identical(answers: pd.DataFrame, sent: pd.Series | None, study: Study) -> set[int]:
    """Find rows with all answers of one just before; far apart they are two people."""
    rows, gap = _repeated(answers, sent)
    near = (gap <= study.reading.double_within_seconds) | np.isinf(gap)
    return {int(row) for row in rows[near]}


def _earlier(
    sent: pd.Series | None, sender: pd.Series | None, doubles: set[int]
) -> set[int]:
    """Find rows whose sender sent another one later, which is no double of it."""
    if sender is None:
        return set()
    order = _in_time(sent, len(sender))
    named = sender[order][(sender[order] != "").to_numpy()].drop(
        [*doubles], errors="ignore"
    )
    return {int(row) for row in named.index[named.duplicated(keep="last")]}


def _similar(answers: pd.DataFrame, sent: pd.Series | None, study: Study) -> set[int]:
    """Find rows that a later one resembles: in all but a few of many answers."""
    bounds, rows = study.reading, answers.to_numpy()
    differs = min(bounds.version_differs_in, rows.shape[1] // _MANY)
    if sent is None or not differs:
        return set()
    found: set[int] = set()
    order = _in_time(sent, len(answers))
    # Rows that differ in k answers agree in one of k + 1 blocks of questions.
    for block in np.array_split(np.arange(rows.shape[1]), differs + 1):
        codes = answers.iloc[order, block]
        group = codes.groupby(list(codes.columns), sort=False).ngroup().to_numpy()
        place = order[np.argsort(group, kind="stable")]
        differ = (rows[place][1:] != rows[place][:-1]).sum(axis=1)
        near = _gap(sent, place) <= 60 * bounds.version_within_minutes
        again = near & (differ > 0) & (differ <= differs)
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
