"""Sentences: every number in them comes from a record, every word from a list."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from html import escape

import numpy as np
import pandas as pd

from ecrm_helpers.answers.read import Answers
from ecrm_helpers.printed import Edition, design, joined, number, say, spoken
from ecrm_helpers.shown.piece import Piece
from ecrm_helpers.statistics.admissible import Table, agreeing, sums
from ecrm_helpers.statistics.analysis import (
    COHEN_1988,
    AnalysisError,
    FTest,
    detectable,
)
from ecrm_helpers.study import Study
from ecrm_helpers.study.published import Value


def origin(answers: Answers, edition: Edition) -> Piece:
    """Say where the answers come from, before any of them is shown.

    Parameters
    ----------
    answers : Answers
        As `read_answers` gives them.

    Returns
    -------
    Piece
        Its content is the origin. It leaves out cells tagged ``answers`` where
        only what was printed is known, ``reconstructed`` where there are
        answers, ``printed`` where the study has no printed values.
    """
    key = f"origin_{answers.origin}"
    text = say(key, edition, n=len(answers.frame))
    html = (
        f'<div class="notice {answers.origin}" role="note"><p>{escape(text)}</p></div>'
    )
    without = ["answers"] if answers.basis == "reconstructed" else ["reconstructed"]
    if answers.study.published is None:
        without.append("printed")
    return Piece("origin", "origin", html, text, answers.origin, without=tuple(without))


@spoken
def held_against(study: Study, edition: Edition) -> Piece:
    """Say what results are held against; nothing leaves out cells tagged ``printed``.

    Parameters
    ----------
    study : Study
        Names the folder of its printed values, if it has any.
    """
    if study.published is None:
        shown = paragraph("held-against", "held_against_nothing", edition)
        return replace(shown, without=("printed",))
    return paragraph("held-against", "held_against", edition, folder=study.published)


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
    """Show a phrase as a paragraph, its blanks filled.

    Parameters
    ----------
    name : str
        Id of the paragraph.
    key : str
        A phrase's key.
    **values
        What the blanks of the phrase ask for, already written out.
    """
    text = say(key, edition, **values)
    return Piece("text", name, f'<p id="{escape(name)}">{escape(text)}</p>', text)


def refused(why: AnalysisError, edition: Edition) -> Piece:
    """Say that something cannot be computed, and why."""
    return paragraph("refused", "not_computable", edition, why=why.said(edition))


def groups_compared(
    scores: pd.Series,
    groups: pd.Series,
    answered: pd.Series,
    labels: Mapping[str, str],
    edition: Edition,
) -> str:
    """Say how many are compared in each group, and who is left out.

    Parameters
    ----------
    scores, groups : Series
        Scale points and group of the same respondents.
    answered : Series
        The answers that the groups were made of, free ones among them.
    labels : mapping of group to str
        How each group shall be read.
    """
    n = groups[scores.notna()].value_counts().reindex(list(labels), fill_value=0)
    sizes = [
        say("group_size", edition, group=label, n=n[key])
        for key, label in labels.items()
    ]
    free = int((answered.notna() & groups.isna()).sum())
    missing = int((answered.isna() | (groups.notna() & scores.isna())).sum())
    return say(
        "groups_compared",
        edition,
        sizes=joined(sizes, edition),
        free=free,
        missing=missing,
    )


def detects_d(
    sizes: Sequence[int], alpha: float, power: float, edition: Edition
) -> Piece:
    """Say which difference of two groups their sizes let a test find.

    Parameters
    ----------
    sizes : sequence of int
        Respondents in each group.
    alpha : float, in (0, 1)
        Level of the two-sided test.
    power : float, in (0, 1)
        Probability of finding a difference of the size said.

    Returns
    -------
    Piece
        Of more than two groups it says that they have no such difference.
    """
    if len(sizes) != 2:
        return refused(AnalysisError("two_groups", test="d", k=len(sizes)), edition)
    return paragraph(
        "detects",
        "detects_d",
        edition,
        n1=sizes[0],
        n2=sizes[1],
        alpha=design(alpha, edition),
        power=design(100 * power, edition),
        effect=number(detectable(*sizes, alpha=alpha, power=power), 2, edition),
    )


def heading(text: str) -> Piece:
    """Show a heading of the third level."""
    return Piece("text", "heading", f"<h3>{escape(text)}</h3>", text)


@spoken
def claim(question: str, values: Mapping[str, Value], edition: Edition) -> list[Piece]:
    """Say what the thesis says of a question, in its printed numbers.

    Parameters
    ----------
    question : str
        Its phrase has ids of printed values for blanks.
    values : mapping of id to Value
        The printed values; empty where the study has none.

    Returns
    -------
    list of Piece
        None without printed values.
    """
    if not values:
        return []
    printed = {name: value.printed for name, value in values.items()}
    return [paragraph(f"claim-{question}", f"claim_{question}", edition, **printed)]
