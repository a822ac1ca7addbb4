"""A test in one sentence, as a thesis prints it: APA style in French and English.

The sentence names no decision: it gives statistic, degrees of freedom, p, size
of effect and interval, from a record. `checked_text` can read it again.
"""

import re
from collections.abc import Mapping, Sequence
from html import escape
from math import isnan

import pandas as pd

from ecrm_helpers.answers.read import Answers
from ecrm_helpers.printed import HELD, joined, language, number, p_value, say
from ecrm_helpers.shown.hypotheses.layouts import labelled
from ecrm_helpers.shown.hypotheses.ranges import constant
from ecrm_helpers.shown.piece import Piece
from ecrm_helpers.shown.wording import f_of
from ecrm_helpers.statistics.analysis import (
    AnalysisError,
    Anova,
    Correlation,
    Estimate,
    FTest,
    KruskalWallis,
    MannWhitney,
    explained,
)

#: What shall stand on one line: a statistic with its value, an interval.
_WHOLE = re.compile(r"(?:F\([^)]*\)|\S+) [=<>] \S+|\[[^]]*\]")


def correlation_sentence(r: Correlation, answers: Answers) -> Piece:
    """Show a correlation as a sentence, with the names of its variables."""
    names = [answers.study.name(column)[language()] for column in r.of]
    return listed([correlation(r, names)], "sentence-correlation")


def anova_sentence(result: Anova, rows: pd.DataFrame, answers: Answers) -> Piece:
    """Show an analysis of variance as a sentence, with the groups' means.

    Parameters
    ----------
    answers : Answers
        Give the labels of scale and groups.
    """
    scale = answers.study.name(str(rows.columns.name))[language()]
    said = anova(result, labelled(rows, answers), scale)
    return listed([said], "sentence-anova")


def listed(sentences: Sequence[str], name: str) -> Piece:
    """Show sentences, each ready for a paragraph of a thesis.

    Parameters
    ----------
    sentences : sequence of str
        As the functions below write them.

    Returns
    -------
    Piece
        Of kind text; no line breaks within a result.
    """
    lead = say("sentences_lead")
    held = [_WHOLE.sub(lambda m: m[0].replace(" ", HELD), each) for each in sentences]
    quoted = "".join(f"<p>{escape(sentence)}</p>" for sentence in held)
    return Piece(
        kind="text",
        id=name,
        html=f'<p>{escape(lead)}</p><blockquote id="{escape(name)}">{quoted}'
        "</blockquote>",
        plain="\n".join([lead, *held]),
    )


def correlation(result: Correlation, names: Sequence[str]) -> str:
    """Write a correlation in one sentence.

    Parameters
    ----------
    result : Correlation
        As `analysis.correlation` gives it.
    names : two str
        Of the variables.

    Examples
    --------
    >>> from ecrm_helpers.statistics.analysis import correlation_from_r
    >>> from ecrm_helpers.printed import speaking
    >>> with speaking("en"):
    ...     correlation(correlation_from_r(0.738, 73), ("A", "B"))
    'The Pearson correlation between “A” and “B” was \
r(71) = .74, p < .001, 95% CI [.61, .83].'
    """
    return say(
        "sentence_correlation",
        first=names[0],
        second=names[1],
        df=result.df,
        r=number(result.r, 2, lead=False),
        p=p_value(result.p),
        interval=interval(result, lead=False),
    )


def anova(result: Anova, rows: pd.DataFrame, scale: str) -> str:
    """Write an analysis of variance in one sentence, with the groups' means.

    Parameters
    ----------
    rows : DataFrame
        As `analysis.descriptives` gives it, the groups under their labels.
    scale : str
        Its name.
    """
    groups = [
        say(
            "sentence_group",
            group=group,
            mean=number(row["mean"], 2),
            sd=number(row["sd"], 2),
            n=int(row["n"]),
        )
        for group, row in rows.drop(index="total").iterrows()
    ]
    return say(
        "sentence_anova",
        scale=scale,
        groups=joined(groups),
        test=_f_and_p(FTest(result.f, (result.df_between, result.df_within), result.p)),
        eta=number(result.eta_squared.value, 2, lead=False),
        interval=interval(result.eta_squared, lead=False),
    )


def welch(result: FTest, d: Estimate | AnalysisError, labels: Sequence[str]) -> str:
    """Write Welch's test in one sentence, of two groups with a d that is not pooled.

    Parameters
    ----------
    result : FTest
        As `analysis.welch` gives it.
    labels : sequence of str
        Of the groups, in the order of `d`.
    """
    if isinstance(d, AnalysisError):
        return say("sentence_welch_alone", test=_f_and_p(result))
    return say(
        "sentence_welch",
        test=_f_and_p(result),
        d=number(d.value, 2),
        interval=interval(d),
        first=labels[0],
        second=labels[1],
    )


def mann_whitney(result: MannWhitney, labels: Sequence[str]) -> str:
    """Write the rank-sum test in one sentence, with its exact p where there is one.

    Parameters
    ----------
    result : MannWhitney
        As `analysis.mann_whitney` gives it.
    labels : two str
        Of the groups; U counts how often the first lies higher.
    """
    exact = not isnan(result.p_exact)
    return say(
        "sentence_mann_whitney" if exact else "sentence_mann_whitney_asymptotic",
        u=number(result.u, 1),
        p=p_value(result.p_exact if exact else result.p_asymptotic),
        effect=number(result.rank_biserial.value, 2, lead=False),
        interval=interval(result.rank_biserial, lead=False),
        first=labels[0],
        second=labels[1],
    )


def kruskal(result: KruskalWallis) -> str:
    """Write the rank test of several groups in one sentence, with epsilon squared.

    Parameters
    ----------
    result : KruskalWallis
        As `analysis.kruskal` gives it.
    """
    return say(
        "sentence_kruskal",
        df=result.df,
        h=number(result.h, 2),
        p=p_value(result.p),
        effect=number(result.epsilon_squared.value, 2, lead=False),
        interval=interval(result.epsilon_squared, lead=False),
    )


def levene(test: FTest, name: str, confidence: float) -> str:
    """Write a test of spreads in one sentence, with the share of variance explained.

    Parameters
    ----------
    test : FTest
        As `analysis.levene` gives it.
    name : {"levene_mean", "levene_median"}
        Which of the two.
    confidence : float, in (0, 1)
        Of the interval.
    """
    share = explained(test.f, *test.df, confidence=confidence)
    return say(
        "sentence_levene",
        name=say(name),
        test=_f_and_p(test),
        eta=number(share.value, 2, lead=False),
        interval=interval(share, lead=False),
    )


def illustrated(sentences: Mapping[str, str], every: pd.DataFrame) -> dict[str, str]:
    """Add to a sentence that its values are known only on reconstructed answers.

    Parameters
    ----------
    sentences : mapping of str to str
        Each under its p value's column of `every`.
    every : DataFrame
        As `robustness.estimates` gives it: one row per data set.

    Returns
    -------
    dict of str to str
        Those whose p is the same in every data set stay as they are.
    """
    caution = say("sentence_illustration")
    return {
        column: sentence if constant(every[column]) else f"{sentence} {caution}"
        for column, sentence in sentences.items()
    }


def _f_and_p(test: FTest) -> str:
    value, p = number(test.f, 2), p_value(test.p)
    return f"{f_of(test)} = {value}, p {p}"


def interval(
    of: Estimate | Correlation, *, lead: bool = True, decimals: int = 2
) -> str:
    """Write an interval with its coverage; ends that cannot exceed 1 without a zero."""
    return say(
        "interval_short",
        level=f"{100 * of.confidence:g}",
        low=number(of.low, decimals, lead=lead),
        high=number(of.high, decimals, lead=lead),
    )
