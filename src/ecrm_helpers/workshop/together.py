"""What the results of a class look like together: one table, and a spread of p."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from ecrm_helpers.compendium.render.exporters import sections
from ecrm_helpers.printed import Edition, fine_p, number, say
from ecrm_helpers.shown.figures import BLUE, VERMILION, canvas, finished
from ecrm_helpers.shown.piece import Piece
from ecrm_helpers.shown.tables import table
from ecrm_helpers.statistics.robustness import statistics
from ecrm_helpers.study import Study

#: The test whose p spreads over the class.
RANKS = "mann_whitney_asymptotic_p"

ENDS = ("least_value", "median", "most_value")


def together(frames: Sequence[pd.DataFrame], study: Study, edition: Edition) -> str:
    """Write the page of a class.

    Parameters
    ----------
    frames : sequence of DataFrame
        Each student's answers.
    study : Study
        Has the scale and the groups.
    edition : {"fr", "en"}
        The language.

    Returns
    -------
    str
        One HTML file that asks for nothing else, and names nobody.
    """
    low, high = study.questions["q11"].scale or (1, 7)
    points = range(low, high + 1)
    counted = [pd.crosstab(frame["q10"], frame["q11"]) for frame in frames]
    sides = [
        np.array(
            [
                each.reindex(columns=points, fill_value=0).loc[level.answer]
                for each in counted
            ]
        )
        for level in study.questions["q10"].levels.values()
    ]
    every = statistics(sides[0], sides[1], (low, high))
    parts = [
        ("", piece.html) for piece in (_chart(every, edition), _table(every, edition))
    ]
    intro = [say("class_page_intro", edition, k=len(frames))]
    title = say("class_page", edition)
    return str(sections(title, parts, edition, intro=intro, synthetic=True))


def _chart(every: pd.DataFrame, edition: Edition) -> Piece:
    """Draw each student's p of the rank test, beside the one p of the ANOVA."""
    ordered = np.sort(every[RANKS])
    anova = float(every["anova_p"].iloc[0])
    figure, axes = canvas(2.4)
    axes.plot(ordered, np.arange(1, len(ordered) + 1), "o", color=BLUE, markersize=4)
    axes.axvline(anova, color=VERMILION, linestyle="--")
    axes.set(xlabel=say("class_p_axis", edition), ylabel=say("class_students", edition))
    axes.set_xlim(left=0)
    axes.locator_params(axis="x", steps=[1, 2, 5, 10])
    axes.locator_params(axis="y", integer=True)
    axes.xaxis.set_major_formatter(
        lambda value, _: number(value, 4, edition, lead=False)
    )
    ends = {"low": fine_p(ordered[0], edition), "high": fine_p(ordered[-1], edition)}
    values = {**ends, "anova": fine_p(anova, edition), "k": len(ordered)}
    caption = say("class_caption_p", edition)
    return finished(
        figure, "fig-class", caption, say("class_alt_p", edition, **values), edition
    )


def _table(every: pd.DataFrame, edition: Edition) -> Piece:
    """Show the least, the middle and the greatest value of each statistic."""
    frame = every.agg(["min", "median", "max"]).T
    frame.columns = pd.Index([say(key, edition) for key in ENDS])
    frame.index = pd.Index([say(str(key), edition) for key in every])
    written = {
        say(str(key), edition): fine_p if str(key).endswith("_p") else 2
        for key in every
    }
    caption = say("class_caption_table", edition, k=len(every))
    return table(frame, "tab-class", caption, edition, decimals=written)
