"""What a printed r leaves open about ranks: a table, and two extreme tables."""

from collections.abc import Sequence
from textwrap import fill

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from numpy.typing import NDArray

from ecrm_helpers.answers.read import Answers
from ecrm_helpers.printed import joined, language, number, say
from ecrm_helpers.shown.figures import finished, panels
from ecrm_helpers.shown.piece import Piece
from ecrm_helpers.shown.tables import Written, table
from ecrm_helpers.shown.wording import paragraph
from ecrm_helpers.statistics.analysis import kendall, spearman
from ecrm_helpers.statistics.robustness.derived import STATISTICS, Ranks


def _shown(value: float, decimals: int) -> str:
    return number(value, decimals, lead=False)


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


def ranks_table(kept: Ranks) -> Piece:
    """Show how far rank associations range under one printed r.

    Returns
    -------
    Piece
        The most extreme values met, and the central 95 % of draws under each
        measure.
    """
    rows: dict[tuple[str, str], tuple[float, float]] = {}
    for key in ("spearman", "kendall"):
        rows[say(key), say("most_extreme")] = span(kept, key)
        for label, measure in (
            ("uniform_tables", kept.ranges["tables"]),
            ("uniform_ordered", kept.ranges["ordered"]),
        ):
            rows[say(key), say(label)] = measure[key].central
    frame = pd.DataFrame(
        [[Written(x, _shown(x, 3)) for x in ends] for ends in rows.values()],
        index=pd.MultiIndex.from_tuples(rows),
        columns=[say("from"), say("to")],
    )
    parts = [part for measure in kept.ranges.values() for part in measure.values()]
    note = say(
        "note_ranks",
        draws=kept.draws,
        rhat=number(max(part.rhat for part in parts), 3),
        ess=min(part.ess for part in parts),
    )
    caption = say("caption_ranks", r=kept.r.rstrip("*"), n=kept.n)
    return table(frame, "tab-ranks", caption, source="source_published", note=note)


def rank_words(kept: Ranks) -> Piece:
    """Say how far Spearman's correlation was found to range under one printed r."""
    low, high = (number(end, 2, lead=False) for end in span(kept, "spearman"))
    r = kept.r.rstrip("*")
    return paragraph("rank-words", "rank_words", n=kept.n, r=r, low=low, high=high)


def extreme_tables(kept: Ranks, variables: Sequence[str], answers: Answers) -> Piece:
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
    names = [question.name[language()] for question in questions]
    lows = [question.scale[0] for question in questions if question.scale]
    figure, axes = panels(3.3, 2)
    parts, drawn = [], {}
    tables = map(np.array, (kept.lowest, kept.highest))
    for panel, counts in zip(axes, tables, strict=True):
        parts.append(_panel(panel, counts, lows))
        across, up = (
            np.arange(k) + low for k, low in zip(counts.shape, lows, strict=True)
        )
        drawn[" ".join(panel.get_title().split())] = pd.DataFrame(counts.T, up, across)
    for panel in axes:
        panel.set(xlabel=names[0], ylabel=names[1])
    caption = say("caption_constructed", r=kept.r.rstrip("*"), n=kept.n)
    alt = say("alt_extremes", first=names[0], second=names[1], parts=" ".join(parts))
    numbers = pd.concat(drawn)
    return finished(figure, "fig-extremes", caption, alt, numbers=numbers)


def _panel(panel: Axes, counts: NDArray[np.int64], lows: Sequence[int]) -> str:
    """Draw one table of counts, and say in words what it holds."""
    x, y = (np.arange(size) + low for size, low in zip(counts.shape, lows, strict=True))
    title = say(
        "extreme_title",
        rho=_shown(float(spearman(counts)), 2),
        tau=_shown(float(kendall(counts)), 2),
    )
    shade = np.where(counts, counts, np.nan).T
    most = 1.5 * counts.max()
    panel.pcolormesh(x, y, shade, cmap="Blues", vmin=0, vmax=most, ec="#DDDDDD")
    cells = [(x[i], y[j], counts[i, j]) for i, j in np.argwhere(counts)]
    for across, up, people in cells:
        panel.annotate(str(people), (across, up), ha="center", va="center")
    panel.set_title(fill(title, 24), fontsize=9)
    panel.set(aspect="equal", xticks=x, yticks=y)
    told = [say("alt_people", x=across, y=up, n=people) for across, up, people in cells]
    return say("alt_extreme", title=title, cells=joined(told))
