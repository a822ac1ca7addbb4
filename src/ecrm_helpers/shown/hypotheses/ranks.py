"""What a printed r leaves open about ranks: a table, and two extreme tables."""

from collections.abc import Sequence
from textwrap import fill

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from numpy.typing import NDArray

from ecrm_helpers.answers.read import Answers
from ecrm_helpers.printed import Edition, joined, number, say, spoken
from ecrm_helpers.shown.figures import finished, panels
from ecrm_helpers.shown.piece import Piece
from ecrm_helpers.shown.tables import Written, table
from ecrm_helpers.shown.wording import paragraph
from ecrm_helpers.statistics.analysis import kendall, spearman
from ecrm_helpers.statistics.robustness.derived import STATISTICS, Ranks


def _shown(value: float, decimals: int, edition: Edition) -> str:
    return number(value, decimals, edition, lead=False)


def span(kept: Ranks, name: str) -> tuple[float, float]:
    """Give the lowest and highest value met of a statistic, drawn or searched.

    Parameters
    ----------
    name : {"spearman", "kendall"}
        The statistic.

    Returns
    -------
    (float, float)
        Not proved to be the ends of what is possible.
    """
    met = [float(STATISTICS[name](np.array(t))) for t in (kept.lowest, kept.highest)]
    for measure in kept.ranges.values():
        met += [measure[name].low, measure[name].high]
    return min(met), max(met)


@spoken
def ranks_table(kept: Ranks, edition: Edition) -> Piece:
    """Show how far rank associations range under one printed r.

    Returns
    -------
    Piece
        The most extreme values met, and the central 95 % of draws under each
        measure.
    """
    rows: dict[tuple[str, str], tuple[float, float]] = {}
    for key in ("spearman", "kendall"):
        rows[say(key, edition), say("most_extreme", edition)] = span(kept, key)
        for label, measure in (
            ("uniform_tables", kept.ranges["tables"]),
            ("uniform_ordered", kept.ranges["ordered"]),
        ):
            rows[say(key, edition), say(label, edition)] = measure[key].central
    frame = pd.DataFrame(
        [[Written(x, _shown(x, 3, edition)) for x in ends] for ends in rows.values()],
        index=pd.MultiIndex.from_tuples(rows),
        columns=[say("from", edition), say("to", edition)],
    )
    parts = [part for measure in kept.ranges.values() for part in measure.values()]
    note = say(
        "note_ranks",
        edition,
        draws=kept.draws,
        rhat=number(max(part.rhat for part in parts), 3, edition),
        ess=min(part.ess for part in parts),
    )
    caption = say("caption_ranks", edition, r=kept.r.rstrip("*"), n=kept.n)
    return table(
        frame, "tab-ranks", caption, edition, source="source_published", note=note
    )


@spoken
def rank_words(kept: Ranks, edition: Edition) -> Piece:
    """Say how far Spearman's correlation was found to range under one printed r."""
    low, high = (number(end, 2, edition, lead=False) for end in span(kept, "spearman"))
    r = kept.r.rstrip("*")
    return paragraph(
        "rank-words", "rank_words", edition, n=kept.n, r=r, low=low, high=high
    )


@spoken
def extreme_tables(
    kept: Ranks, variables: Sequence[str], answers: Answers, edition: Edition
) -> Piece:
    """Draw the two tables of lowest and highest Spearman correlation found.

    Parameters
    ----------
    variables : two str
        The questions in rows and in columns.
    answers : Answers
        Give their names and scales.

    Returns
    -------
    Piece
        Caption and text alternative call them constructed.
    """
    questions = [answers.study.questions[name] for name in variables]
    names = [question.name[edition] for question in questions]
    lows = [question.scale[0] for question in questions if question.scale]
    figure, axes = panels(3.3, 2)
    parts, drawn = [], {}
    tables = map(np.array, (kept.lowest, kept.highest))
    for panel, counts in zip(axes, tables, strict=True):
        parts.append(_panel(panel, counts, lows, edition))
        across, up = (
            np.arange(k) + low for k, low in zip(counts.shape, lows, strict=True)
        )
        drawn[" ".join(panel.get_title().split())] = pd.DataFrame(counts.T, up, across)
    for panel in axes:
        panel.set(xlabel=names[0], ylabel=names[1])
    caption = say("caption_constructed", edition, r=kept.r.rstrip("*"), n=kept.n)
    alt = say(
        "alt_extremes", edition, first=names[0], second=names[1], parts=" ".join(parts)
    )
    numbers = pd.concat(drawn)
    return finished(figure, "fig-extremes", caption, alt, edition, numbers=numbers)


def _panel(
    panel: Axes, counts: NDArray[np.int64], lows: Sequence[int], edition: Edition
) -> str:
    """Draw one table of counts, and say in words what it holds."""
    x, y = (np.arange(size) + low for size, low in zip(counts.shape, lows, strict=True))
    title = say(
        "extreme_title",
        edition,
        rho=_shown(float(spearman(counts)), 2, edition),
        tau=_shown(float(kendall(counts)), 2, edition),
    )
    shade = np.where(counts, counts, np.nan).T
    most = 1.5 * counts.max()
    panel.pcolormesh(x, y, shade, cmap="Blues", vmin=0, vmax=most, ec="#DDDDDD")
    cells = [(x[i], y[j], counts[i, j]) for i, j in np.argwhere(counts)]
    for across, up, people in cells:
        panel.annotate(str(people), (across, up), ha="center", va="center")
    panel.set_title(fill(title, 24), fontsize=9)
    panel.set(aspect="equal", xticks=x, yticks=y)
    told = [
        say("alt_people", edition, x=across, y=up, n=people)
        for across, up, people in cells
    ]
    return say("alt_extreme", edition, title=title, cells=joined(told, edition))
