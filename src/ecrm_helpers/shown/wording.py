"""Sentences: every number in them comes from a record, every word from a list."""

from collections.abc import Mapping, Sequence
from html import escape

import numpy as np
import pandas as pd

from ecrm_helpers.admissible import Table, agreeing, sums
from ecrm_helpers.analysis import COHEN_1988, FTest
from ecrm_helpers.answers.read import Answers
from ecrm_helpers.printed import Edition, design, joined, number, say
from ecrm_helpers.shown.piece import Piece


def origin(answers: Answers, edition: Edition) -> Piece:
    """Say where the answers come from, before any of them is shown.

    Parameters
    ----------
    answers : Answers
        As `read_answers` gives them.

    Returns
    -------
    Piece
        Its content is the origin.
    """
    key = f"origin_{answers.origin}"
    text = say(key, edition, n=len(answers.frame))
    html = f'<div class="notice" role="note"><p>{escape(text)}</p></div>'
    return Piece("origin", "origin", html, text, answers.origin)


def identified(table: Table, edition: Edition) -> Piece:
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
    one = all(len(found) == 1 for found in pairs)
    rows = [
        say("sums_of", edition, n=summary.n, pairs=", ".join(map(str, found)))
        for summary, found in zip(table.groups, pairs, strict=True)
    ]
    left = len(agreeing(table))
    told = [
        say(
            "identified_by_sums" if one else "not_identified_by_sums",
            edition,
            pairs=joined(rows, edition),
        ),
        say(
            "table_agrees" if left else "table_disagrees",
            edition,
            cells=len(table.anova),
        ),
    ]
    text = " ".join(told)
    return Piece("text", "identified", f'<p id="identified">{escape(text)}</p>', text)


def in_all(
    possible: Mapping[str, pd.DataFrame],
    tests: Sequence[str],
    alpha: float,
    edition: Edition,
) -> Piece:
    """Say whether p lies below the level in every data set, by every test.

    Parameters
    ----------
    possible : mapping of str to DataFrame
        As `robustness.statistics` gives them.
    tests : sequence of str
        The columns of p values.
    alpha : float, in (0, 1)
        The level.
    """
    sizes = [len(every) for every in possible.values()]
    names = list(tests)
    largest = [np.max(every[names].to_numpy(float)) for every in possible.values()]
    return paragraph(
        "in-all",
        "below_in_all" if max(largest) < alpha else "not_below_in_all",
        edition,
        tests=len(tests),
        alpha=design(alpha, edition),
        k=sizes[0],
        p=number(largest[0], 4, edition),
        wide=sizes[-1],
        p_wide=number(largest[-1], 4, edition),
    )


def cut_offs(measure: str, edition: Edition) -> str:
    """Write Cohen's cut-offs of a measure of effect.

    Examples
    --------
    >>> cut_offs("r", "en"), cut_offs("eta_squared", "fr")
    ('.10; .30; .50', '0,01 ; 0,06 ; 0,14')
    """
    cuts = [number(cut, 2, edition, lead=False) for cut in COHEN_1988[measure]]
    return joined(cuts, edition)


def f_of(test: FTest, edition: Edition) -> str:
    """Write F with its degrees of freedom; only those that are not whole are rounded.

    Examples
    --------
    >>> f_of(FTest(8.12, (1.0, 16.881), 0.011), "fr")
    'F(1 ; 16,88)'
    """
    degrees = [number(df, 0 if df == round(df) else 2, edition) for df in test.df]
    return say("f_of", edition, df1=degrees[0], df2=degrees[1])


def paragraph(name: str, key: str, edition: Edition, **values: object) -> Piece:
    """Show a phrase of ``words.yml`` as a paragraph, its blanks filled.

    Parameters
    ----------
    name : str
        Id of the paragraph.
    key : str
        Key of ``words.yml``.
    **values
        What the blanks of the phrase ask for, already written out.
    """
    text = say(key, edition, **values)
    return Piece("text", name, f'<p id="{escape(name)}">{escape(text)}</p>', text)
