"""Figures of what the published numbers leave possible."""

from textwrap import fill

import numpy as np
import pandas as pd

from ecrm_helpers.answers.read import Answers
from ecrm_helpers.printed import between, design, fine_p, say
from ecrm_helpers.shown.figures import BLUE, VERMILION, above, canvas, finished, listed
from ecrm_helpers.shown.piece import Piece
from ecrm_helpers.statistics.admissible import Histograms
from ecrm_helpers.statistics.robustness import LOCATION


def band_chart(
    histograms: Histograms, scale: str, answers: Answers, *, seed: int
) -> Piece:
    """Draw, for each scale point, the counts that all admissible sets allow.

    Parameters
    ----------
    scale : str
        The question they answer.
    answers : Answers
        Give its points.
    seed : int
        Chooses one, drawn as a line and said to be only an example.
    """
    first, last = answers.study.questions[scale].scale or (1, 1)
    points, example = np.arange(first, last + 1), histograms[seed % len(histograms)]
    low, high = histograms.min(axis=0), histograms.max(axis=0)
    figure, axes = canvas(3.9)
    axes.bar(
        points,
        high - low,
        bottom=low,
        width=0.7,
        color=BLUE,
        alpha=0.35,
        edgecolor=BLUE,
    )
    axes.plot(points, example, "o--", color=VERMILION)
    axes.annotate(
        fill(say("band_example"), 16), (points[-1], example[-1]), (0, 40),
        textcoords="offset points", ha="center",
        arrowprops={"arrowstyle": "-", "color": VERMILION},
    )  # fmt: skip
    for point, least, most in zip(points, low, high, strict=True):
        axes.annotate(
            between((least, most)),
            (point, most),
            xytext=(0, 3),
            textcoords="offset points",
            ha="center",
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.5},
        )
    midpoint = (first + last) / 2
    axes.axvline(midpoint, color="0.4", linestyle=":")
    above(axes, midpoint, say("midpoint"))
    axes.set(xlabel=say("scale_point"), ylabel=say("band_allowed"))
    axes.set_xticks(points)
    axes.set_ylim(0, 1.15 * high.max())
    parts = [
        say("alt_point", point=point, n=between((least, most)))
        for point, least, most in zip(points, low, high, strict=True)
    ]
    alt = say("alt_band", k=len(histograms), parts=listed(parts))
    caption = say("caption_band", k=len(histograms))
    n = int(histograms[0].sum())
    ends = {say("least"): low, say("most"): high}
    numbers = pd.DataFrame(ends, index=points)
    name = f"fig-{scale}-band"
    return finished(figure, name, caption, alt, n=n, numbers=numbers)


def p_values_chart(every: pd.DataFrame, alpha: float) -> Piece:
    """Draw the p values of several tests, one dot per admissible data set.

    Parameters
    ----------
    every : DataFrame, one row per data set
        As `robustness.estimates` gives it.
    alpha : float, in (0, 1)
        The level, drawn as a line.
    """
    every = every[list(LOCATION)]
    figure, axes = canvas(3.7)
    labels = [say(str(test)).removesuffix(", p") for test in every]
    spread = np.linspace(-0.25, 0.25, len(every))
    for place, test in enumerate(every):
        ordered = np.sort(every[test])
        axes.plot(ordered, place + spread, ".", color=BLUE, alpha=0.6, markersize=4)
    level = say("level_line", alpha=design(alpha))
    axes.axvline(alpha, color=VERMILION, linestyle="--")
    above(axes, alpha, level)
    axes.set_xscale("log")
    ticks = [tick for tick in (0.0001, 0.001, 0.01, 0.1) if tick < 20 * alpha]
    axes.set_xticks(ticks, [design(tick) for tick in ticks])
    axes.minorticks_off()
    told = [label.replace(" (", "\n(") for label in labels]
    axes.set_yticks(range(len(labels)), told)
    axes.invert_yaxis()
    axes.set(xlabel=say("p_axis"))
    ends = {test: (fine_p(p.min()), fine_p(p.max())) for test, p in every.items()}
    parts = [
        say("alt_p", test=label, p=between(ends[test]))
        for label, test in zip(labels, every, strict=True)
    ]
    caption = say("caption_p", k=len(every))
    alt = say("alt_p_values", k=len(every), level=level, parts=listed(parts))
    return finished(figure, "fig-p-values", caption, alt)
