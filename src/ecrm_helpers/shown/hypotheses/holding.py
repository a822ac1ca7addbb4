"""What holds in every data set that the printed numbers allow: a paragraph each."""

from dataclasses import replace
from html import escape

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ecrm_helpers.answers.read import Answers
from ecrm_helpers.printed import design, fine_p, joined, number, say
from ecrm_helpers.shown.hypotheses.decisions import assessed
from ecrm_helpers.shown.piece import Piece
from ecrm_helpers.shown.wording import paragraph, refused
from ecrm_helpers.statistics import robustness
from ecrm_helpers.statistics.admissible import Table, agreeing, count, sums
from ecrm_helpers.statistics.analysis import AnalysisError


def identified(table: Table) -> Piece:
    """Say whether rounding leaves one pair of sums to each printed row.

    Parameters
    ----------
    table : Table
        The printed rows, with their total and their analysis of variance.

    Returns
    -------
    Piece
        Also says how many combinations of sums the total and the analysis of
        variance leave of those that the rows allow.
    """
    pairs = [sums(summary) for summary in table.groups]
    rows = [
        say("sums_of", n=summary.n, pairs=", ".join(map(str, found)))
        for summary, found in zip(table.groups, pairs, strict=True)
    ]
    one = all(len(found) == 1 for found in pairs)
    known = "identified_by_sums" if one else "not_identified_by_sums"
    agrees = "table_agrees" if len(agreeing(table)) else "table_disagrees"
    text = " ".join(
        (
            say(known, pairs=joined(rows)),
            say(agrees, cells=len(table.anova)),
        )
    )
    return Piece("text", "identified", f'<p id="identified">{escape(text)}</p>', text)


def unfit(table: Table, answers: Answers, name: str = "") -> list[Piece]:
    """Say that nothing fits the printed rows together, where nothing does.

    Parameters
    ----------
    table : Table
        The printed rows, with their total and their analysis of variance.
    answers : Answers
        With the study that they belong to.
    name : str
        The hypothesis that cannot be decided then, if any.

    Returns
    -------
    list of Piece
        None where something fits; else one that leaves out cells tagged ``sets``.
    """
    if count(table):
        return []
    why = AnalysisError("nothing_fits_together")
    said = assessed(name, why, answers) if name else refused(why)
    return [replace(said, without=("sets",))]


def in_all(fitting: pd.DataFrame, wider: pd.DataFrame, alpha: float) -> Piece:
    """Say whether p lies below the level in every data set, by every test.

    Parameters
    ----------
    alpha : float, in (0, 1)
        The level.
    """
    tests = list(robustness.LOCATION)
    p, p_wide = (every[tests].to_numpy(float).max() for every in (fitting, wider))
    return paragraph(
        "in-all",
        "below_in_all" if max(p, p_wide) < alpha else "not_below_in_all",
        tests=len(tests),
        alpha=design(alpha),
        k=len(fitting),
        p=fine_p(p),
        wide=len(wider),
        p_wide=fine_p(p_wide),
    )


def strict(fitting: pd.DataFrame, alpha: float) -> Piece:
    """Say how many tests find so at a stricter level in every data set.

    Parameters
    ----------
    fitting : DataFrame
        As `robustness.estimates` gives it.
    alpha : float, in (0, 1)
        The stricter level.
    """
    held = robustness.holds(fitting, robustness.LOCATION, alpha)
    return paragraph(
        "strict",
        "below_strict" if held.all() else "not_below_strict",
        alpha=design(alpha),
        tests=len(held),
        k=len(fitting),
        held=int(held.sum()),
    )


def medians(fitting: pd.DataFrame) -> Piece:
    """Say how far the difference of medians ranges over the data sets."""
    difference = fitting["median_difference"]
    return paragraph(
        "not-held",
        "not_held",
        k=len(fitting),
        equal=int((difference == 0).sum()),
        low=number(difference.min(), 1),
        high=number(difference.max(), 1),
    )


def above_midpoint(
    above: NDArray[np.float64],
    from_middle: NDArray[np.float64],
    answers: Answers,
) -> Piece:
    """Hold a majority that the thesis speaks of against every possible data set.

    Parameters
    ----------
    above, from_middle : array of float, shape (data sets,)
        Share of the answers above the scale's midpoint, and from it up, in %.
    answers : Answers
        With what the thesis says of it.
    """
    ends = {
        "low": above.min(),
        "high": above.max(),
        "low_from": from_middle.min(),
        "high_from": from_middle.max(),
    }
    return paragraph(
        "above-midpoint",
        "above_midpoint",
        k=len(above),
        printed=answers.printed["q11_favourable_text"].printed,
        **{name: number(end, 1) for name, end in ends.items()},
    )
