"""Scores of clean answers: several of them as one number."""

import pandas as pd

from ecrm_helpers.study import Study


def turned(frame: pd.DataFrame, study: Study, name: str) -> pd.DataFrame:
    """Give the answers of a score or matrix with its reversed items turned round.

    Parameters
    ----------
    frame : DataFrame
        As `door.read_file` gives it.

    Returns
    -------
    DataFrame, shape (respondents, items)
    """
    items = frame[study.score_items(name)].astype(float)
    for item, ends in study.turned(name).items():
        items[item] = ends - items[item]
    return items


def score(frame: pd.DataFrame, study: Study, name: str) -> pd.Series:
    """Give a score: the mean of the answers, or that times their number.

    A sum with answers missing is so the sum to expect of all; without the
    number of answers that the score needs it is missing.

    Parameters
    ----------
    frame, study, name
        As `turned` takes them.
    """
    of, items = study.scores[name], turned(frame, study, name)
    mean = items.mean(axis="columns")
    enough = items.count(axis="columns") >= (of.needs or items.shape[1])
    times = items.shape[1] if of.kind == "sum" else 1
    return (times * mean).where(enough).rename(name)


def with_scores(frame: pd.DataFrame, study: Study) -> pd.DataFrame:
    """Add each score whose answers are all there, as a column of its own."""
    held = [name for name in study.scores if {*study.score_items(name)} <= {*frame}]
    return frame.assign(**{name: score(frame, study, name) for name in held})
