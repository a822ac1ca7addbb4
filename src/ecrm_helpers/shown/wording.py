"""Sentences: every number in them comes from a record, every word from a list.

A hypothesis is judged by two answers, never one: whether the association is
supported, by the rule of ``study.yml``; and whether these variables test the
hypothesis as worded, which is declared there with its reason.
"""

from collections.abc import Mapping, Sequence
from html import escape

import numpy as np
import pandas as pd

from ecrm_helpers.admissible import Table, agreeing, sums
from ecrm_helpers.analysis import COHEN_1988
from ecrm_helpers.answers.read import Answers
from ecrm_helpers.printed import Edition, design, number, say
from ecrm_helpers.shown.piece import Piece
from ecrm_helpers.study import Association, Hypothesis


def decide(hypothesis: Hypothesis, p_values: list[float], alpha: float) -> Association:
    """Judge an association by its p values, as the study declares.

    Parameters
    ----------
    hypothesis : Hypothesis
        Its rule decides.
    p_values : list of float
        One p value for each data set (or end of a rounding band) that the
        published numbers allow; empty where nothing was tested.
    alpha : float, in (0, 1)
        Level of the test.

    Returns
    -------
    {"supported", "not_supported", "not_assessable"}
        Supported when p < alpha in all of them.

    Examples
    --------
    >>> from ecrm_helpers.study import read_study
    >>> h3 = read_study().hypotheses["h3"]
    >>> decide(h3, [0.0101], 0.05), decide(h3, [0.0101], 0.01)
    ('supported', 'not_supported')
    """
    if hypothesis.rule != "p_below_alpha" or not p_values:
        return "not_assessable"
    return "supported" if max(p_values) < alpha else "not_supported"


def decision(
    name: str,
    hypothesis: Hypothesis,
    association: Association,
    rule: str,
    edition: Edition,
) -> Piece:
    """Set the decision on a hypothesis beside the thesis's verdict.

    Parameters
    ----------
    name : str
        ``"h1"``, ``"h2"`` or ``"h3"``.
    hypothesis : Hypothesis
        The claim, the thesis's verdict, and what these variables test.
    association : {"supported", "not_supported", "not_assessable"}
        As `decide` gives it.
    rule : str
        The rule that decided, in words.
    edition : {"fr", "en"}
        The language.

    Returns
    -------
    Piece
        Its content holds both answers in the closed vocabulary.
    """
    tested = "tested" if hypothesis.tested_as_worded else "not_tested"
    lines = {
        say("the_claim", edition): hypothesis.claim[edition],
        say("thesis_verdict", edition): say(hypothesis.thesis_verdict, edition),
        say("rule", edition): rule,
        say("association", edition): say(association, edition),
        say("as_worded", edition): say(
            "because",
            edition,
            answer=say(tested, edition),
            reason=hypothesis.reason[edition],
        ),
    }
    items = "".join(
        f"<dt>{escape(term)}</dt><dd>{escape(text)}</dd>"
        for term, text in lines.items()
    )
    return Piece(
        kind="result",
        id=name,
        html=f'<dl class="decision" id="{escape(name)}">{items}</dl>',
        plain="\n".join(f"{term}: {text}" for term, text in lines.items()),
        content={"association": association, "as_worded": tested},
    )


def origin(answers: Answers, edition: Edition) -> Piece:
    """Say where the answers come from, before any of them is shown.

    Parameters
    ----------
    answers : Answers
        As `read_answers` gives them.
    edition : {"fr", "en"}
        The language.

    Returns
    -------
    Piece
    """
    key = f"origin_{answers.origin}"
    text = say(key, edition, n=len(answers.frame))
    html = f'<div class="notice" role="note"><p>{escape(text)}</p></div>'
    return Piece("text", "origin", html, text)


def identified(table: Table, edition: Edition) -> Piece:
    """Say whether rounding leaves one pair of sums to each printed row.

    Parameters
    ----------
    table : Table
        The printed rows, with their total and their analysis of variance.
    edition : {"fr", "en"}
        The language.

    Returns
    -------
    Piece
        Also says how many combinations of sums the total and the analysis of
        variance leave of those that the rows allow.
    """
    pairs = [sums(summary) for summary in table.groups]
    one = all(len(found) == 1 for found in pairs)
    listed = say("list_mark", edition).join(
        say("sums_of", edition, n=summary.n, pairs=", ".join(map(str, found)))
        for summary, found in zip(table.groups, pairs, strict=True)
    )
    left = len(agreeing(table))
    told = [
        say(
            "identified_by_sums" if one else "not_identified_by_sums",
            edition,
            pairs=listed,
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
    edition : {"fr", "en"}
        The language.

    Returns
    -------
    Piece
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
    return say("list_mark", edition).join(cuts)


def paragraph(name: str, key: str, edition: Edition, **values: object) -> Piece:
    """Show a phrase of ``words.yml`` as a paragraph, its blanks filled.

    Parameters
    ----------
    name : str
        Id of the paragraph.
    key : str
        Key of ``words.yml``.
    edition : {"fr", "en"}
        The language.
    **values
        What the blanks of the phrase ask for, already written out.

    Returns
    -------
    Piece
    """
    text = say(key, edition, **values)
    return Piece("text", name, f'<p id="{escape(name)}">{escape(text)}</p>', text)
