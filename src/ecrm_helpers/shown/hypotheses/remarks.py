"""What a result rests on and what it means: a paragraph each."""

from collections.abc import Sequence

import pandas as pd

from ecrm_helpers.answers.read import Answers
from ecrm_helpers.printed import design, joined, keyed, language, number, p_value, say
from ecrm_helpers.shown.piece import Piece
from ecrm_helpers.shown.wording import paragraph, refused
from ecrm_helpers.statistics.analysis import (
    COHEN_1988,
    AnalysisError,
    Anova,
    Correlation,
    attempt,
    detectable,
    magnitude,
)
from ecrm_helpers.study.testing import method_of

#: Sizes of an effect.
EFFECT = keyed("effect_", "effect_negligible effect_small effect_medium effect_large")


#: Whose answers are complete, by the test.
COMPLETE = keyed("complete_", "complete_crossed complete_regression")

#: Who is left out of a comparison of groups.
LEFT = keyed("", "left_free left_alone left_missing")


def compared(hypothesis: str, answers: Answers) -> str:
    """Say whose answers test a hypothesis, and who is left out."""
    both = answers.asked(hypothesis)
    first, second, *_ = map(str, both)
    test = method_of(answers.study, hypothesis)
    if test != "groups":
        n, of = len(both.dropna()), len(both)
        key = COMPLETE.get(str(test), "complete_pairs") if n < of else "complete_all"
        return say(key, n=n, of=of)
    answered, grouped = answers.frame[first].notna(), both[first].notna()
    level = answers.frame[first].isin(answers.study.columns[first].keys)
    scored = both[second].notna()
    counted = both[first][scored].value_counts()
    sizes = [
        say("group_size", group=label, n=counted[key])
        for key, label in answers.study.columns[first].labels(language()).items()
    ]
    away = {
        "left_free": int((answered & ~level).sum()),
        "left_alone": int((level & ~grouped).sum()),
        "left_missing": int((~answered | (grouped & ~scored)).sum()),
    }
    told = say("groups_compared", sizes=joined(sizes))
    left = [say(LEFT[key], k=k) for key, k in away.items() if k]
    if left:
        told += " " + say("left_out", what=joined(left))
    return told


def printed_p(r: Correlation, answers: Answers) -> Piece:
    """Say what a printed p of zero means."""
    printed, p = answers.printed["h2_p"].printed, p_value(r.p)
    return paragraph("p-note", "p_note", printed=printed, p=p)


def strength(r: Correlation) -> Piece:
    """Say how strong a correlation is, and what share of variance is common."""
    return paragraph(
        "strength",
        "strength_own",
        percent=number(100 * r.r_squared, 1),
        size=say(magnitude("r", r.r)),
        cuts=cut_offs("r"),
    )


def strength_as_printed(
    r: Correlation, ends: Sequence[Correlation], answers: Answers
) -> Piece:
    """Say how strong a printed correlation is, up to its rounding.

    Parameters
    ----------
    r : Correlation
        Of the answers.
    ends : sequence of Correlation
        What is known of it, from the lowest r to the highest.
    answers : Answers
        With what the thesis says of it.
    """
    return paragraph(
        "strength",
        "strength",
        r=number(r.r, 3, lead=False),
        low=number(100 * ends[0].r_squared, 1),
        high=number(100 * ends[-1].r_squared, 1),
        printed=answers.printed["h2_percent_text"].printed,
        size=say(magnitude("r", ends[0].r)),
        cuts=cut_offs("r"),
    )


def effect(result: Anova) -> Piece:
    """Say how large the share of variance is that groups explain."""
    size = magnitude("eta_squared", result.eta_squared.value)
    return paragraph(
        "effect-words",
        "effect_in_words",
        size=say(EFFECT[size]),
        cuts=cut_offs("eta_squared"),
    )


def cut_offs(measure: str) -> str:
    """Write Cohen's cut-offs of a measure of effect.

    Examples
    --------
    >>> from ecrm_helpers.printed import speaking
    >>> with speaking("en"):
    ...     cut_offs("r")
    '.10; .30; .50'
    """
    cuts = [number(cut, 2, lead=False) for cut in COHEN_1988[measure]]
    return joined(cuts)


def detects_r(r: Correlation, alpha: float, power: float) -> Piece:
    """Say which correlation so many pairs of answers let a test find.

    Parameters
    ----------
    r : Correlation
        Gives the number of pairs.
    alpha : float, in (0, 1)
        Level of the two-sided test.
    power : float, in (0, 1)
        Probability of finding a correlation of the size said.
    """
    found = attempt(detectable, r.n, alpha=alpha, power=power)
    if isinstance(found, AnalysisError):
        return refused(found)
    return paragraph(
        "detects",
        "detects_r",
        n=r.n,
        alpha=design(alpha),
        power=design(100 * power),
        effect=number(found, 2, lead=False),
    )


def detects_d(rows: pd.DataFrame, alpha: float, power: float) -> Piece:
    """Say which difference of two groups, or of more, their sizes let a test find.

    Parameters
    ----------
    alpha, power : float, in (0, 1)
        As `detects_r` takes them.
    """
    sizes = [int(n) for n in rows["n"].drop("total")]
    found = attempt(detectable, *sizes, alpha=alpha, power=power)
    if isinstance(found, AnalysisError):
        return refused(found)
    level = {"alpha": design(alpha), "power": design(100 * power)}
    if len(sizes) > 2:
        effect = number(found, 2, lead=False)
        many = {"k": len(sizes), "n": sum(sizes), "effect": effect}
        return paragraph("detects", "detects_eta", **many, **level)
    two = {"n1": sizes[0], "n2": sizes[1], "effect": number(found, 2)}
    return paragraph("detects", "detects_d", **two, **level)
