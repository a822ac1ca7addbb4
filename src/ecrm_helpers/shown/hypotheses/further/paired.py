"""Two scales that the same people answered: a hypothesis on their difference, whole."""

from collections.abc import Mapping

import pandas as pd
from scipy import stats

from ecrm_helpers.answers.read import Answers
from ecrm_helpers.printed import language, number, p_cell, p_value, say
from ecrm_helpers.shown.figures import BLUE, GREY, canvas, finished, quartiles
from ecrm_helpers.shown.hypotheses.decisions import decided
from ecrm_helpers.shown.hypotheses.further.one import beginning, facts_of
from ecrm_helpers.shown.hypotheses.layouts import ends
from ecrm_helpers.shown.hypotheses.sentences import interval, listed
from ecrm_helpers.shown.piece import Piece, of_hypothesis
from ecrm_helpers.shown.tables import Written, table
from ecrm_helpers.statistics.analysis import AnalysisError, PairedT, SignedRank

#: Of so many differences at most, each has a bar, and its count is given.
_MOST = 40


def paired(
    every: Mapping[str, PairedT | AnalysisError],
    by_ranks: Mapping[str, SignedRank | AnalysisError],
    alpha: float,
    answers: Answers,
) -> list[Piece]:
    """Show each hypothesis on two paired scales, from its answers to its decision.

    Parameters
    ----------
    every : mapping of hypothesis to PairedT, or why there is none
        As `analysis.paired_t` gives it.
    by_ranks : mapping of hypothesis to SignedRank, or why there is none
        As `analysis.signed_rank` gives it.
    """
    return [
        piece
        for name, found in every.items()
        for piece in _one(name, found, by_ranks[name], alpha, answers)
    ]


def _one(
    name: str,
    found: PairedT | AnalysisError,
    ranks: SignedRank | AnalysisError,
    alpha: float,
    answers: Answers,
) -> list[Piece]:
    begun = beginning(name, found, answers)
    if isinstance(found, AnalysisError) or isinstance(ranks, AnalysisError):
        return begun
    both = answers.asked(name).dropna().astype(float)
    labels = [answers.study.name(str(each))[language()] for each in both]
    shown = [
        _means(both, labels),
        _tests(found, ranks, labels),
        listed(_sentences(both, found, ranks, labels), "sentence-paired"),
        _gaps(both, labels),
    ]
    verdict = decided(
        name,
        answers,
        [found.p],
        alpha,
        facts_of(name, found),
        besides={"wilcoxon": ranks},
        finding=found,
    )
    return [*begun, *of_hypothesis(name, *shown), verdict]


def _means(both: pd.DataFrame, labels: list[str]) -> Piece:
    keys = {"count": "N", "mean": "mean", "std": "sd", "min": "min", "max": "max"}
    frame = both.agg(list(keys)).T.set_axis(labels).astype({"count": int})
    if (both % 1 == 0).all(axis=None):
        frame = frame.astype({"min": int, "max": int})
    frame.columns = pd.Index([say(key) for key in keys.values()])
    said = ends(both.mean().set_axis(labels))
    return table(frame, "tab-paired", say("caption_paired"), said=said)


def _tests(found: PairedT, ranks: SignedRank, labels: list[str]) -> Piece:
    def row(
        value: float | Written, ends: tuple[float, float] | None, p: float | None
    ) -> list[object]:
        low, high = ends or (None, None)
        return [value, low, high, None if p is None else Written(p, p_cell(p))]

    gap, d = found.difference, found.d_z
    v = Written(ranks.v, number(ranks.v, 1))
    rows = {
        say("difference_of", first=labels[0], second=labels[1]): row(
            gap.value, (gap.low, gap.high), None
        ),
        say("t_of", df=found.df): row(found.t, None, found.p),
        say("d_z"): row(d.value, (d.low, d.high), None),
        say("wilcoxon_v"): row(v, None, ranks.p),
        say("rank_biserial"): row(ranks.rank_biserial, None, None),
    }
    columns = [say(key) for key in ("value", "low", "high", "p")]
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=columns)
    caption = say("caption_paired_tests")
    level = f"{100 * d.confidence:g}"
    note = say("note_paired", level=level, n=ranks.n)
    return table(frame, "tab-paired-tests", caption, note=note)


def _gaps(both: pd.DataFrame, labels: list[str]) -> Piece:
    """Draw how often each difference was met."""
    gaps = both.iloc[:, 0] - both.iloc[:, 1]
    figure, axes = canvas(2.6)
    axes.hist(gaps, bins=_edges(gaps), color=BLUE)
    axes.axvline(0, color=GREY, lw=1)
    gap = say("difference_of", first=labels[0], second=labels[1])
    axes.set(xlabel=gap, ylabel=say("respondents"))
    skewness = number(float(stats.skew(gaps)), 2)
    values = {
        "label": gap,
        "higher": int((gaps > 0).sum()),
        "same": int((gaps == 0).sum()),
        "lower": int((gaps < 0).sum()),
        "skewness": skewness,
    }
    caption = say("caption_gaps", **values)
    alt = say("alt_gaps", **values)
    counts = gaps.value_counts().sort_index().to_frame(say("n"))
    numbers = counts if len(counts) <= _MOST else quartiles(gaps.to_frame(gap))
    n = len(gaps)
    return finished(figure, "fig-differences", caption, alt, n=n, numbers=numbers)


def _edges(gaps: pd.Series) -> list[float] | int:
    """Give a bar to each whole difference; what is not whole is put in classes."""
    low, high = int(gaps.min()), int(gaps.max())
    if (gaps % 1 != 0).any() or high - low > _MOST:
        return 15
    return [edge - 0.5 for edge in range(low, high + 2)]


def _sentences(
    both: pd.DataFrame,
    found: PairedT,
    ranks: SignedRank,
    labels: list[str],
) -> list[str]:
    groups = [
        say(
            "sentence_group",
            group=label,
            mean=number(float(both[column].mean()), 2),
            sd=number(float(both[column].std()), 2),
            n=found.n,
        )
        for label, column in zip(labels, both, strict=True)
    ]
    by_means = say(
        "sentence_paired",
        first=groups[0],
        second=groups[1],
        df=found.df,
        t=number(found.t, 2),
        p=p_value(found.p),
        d=number(found.d_z.value, 2),
        interval=interval(found.d_z),
    )
    by_ranks = say(
        "sentence_wilcoxon",
        v=number(ranks.v, 1),
        p=p_value(ranks.p),
        n=ranks.n,
        effect=number(ranks.rank_biserial, 2, lead=False),
    )
    return [by_means, by_ranks]
