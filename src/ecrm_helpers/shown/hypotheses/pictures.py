"""Figures of the answers that a hypothesis is tested on."""

import numpy as np
import pandas as pd
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray
from scipy import stats

from ecrm_helpers.answers.read import Answers
from ecrm_helpers.printed import keyed, language, number, say
from ecrm_helpers.shown.figures import (
    BLUE,
    GREY,
    VERMILION,
    canvas,
    finished,
    listed,
    panels,
    quartiles,
)
from ecrm_helpers.shown.hypotheses.layouts import labelled
from ecrm_helpers.shown.piece import Piece
from ecrm_helpers.shown.wording import paragraph

#: Captions of the groups' answers.
CAPTION = keyed("caption_groups_", "caption_groups_reconstructed caption_groups_own")

#: A disc of this area, in square points, holds a number.
_HOLDS = 110
#: So many marks are kept as drawings; more become a picture within the drawing.
MANY = 2000
#: Of more different values than so many, no counts but quartiles stand beside a figure.
_FEW = 11


def scatter(scales: pd.DataFrame, answers: Answers) -> Piece:
    """Draw two scales against each other, one disc per pair of answers.

    Parameters
    ----------
    scales : DataFrame, two columns
        As `Answers.pair` gives them.
    answers : Answers
        Give their labels. Of reconstructed ones there is nothing to draw, and
        the paragraph says so.
    """
    if answers.basis == "reconstructed":
        return paragraph("no-scatter", "no_scatter")
    labels = [answers.study.name(str(column))[language()] for column in scales]
    both = scales.set_axis(["x", "y"], axis=1).dropna()
    cells = both.value_counts().reset_index()
    figure, axes = canvas(4.2)
    # The largest disc is about as wide as the grid; discs show shares by area, and
    # hold their number where it fits.
    size = cells["count"] * min(120.0, 1200 / cells["count"].max())
    axes.scatter(cells["x"], cells["y"], s=size, color=BLUE, alpha=0.6)
    for x, y, n in cells[size >= _HOLDS].itertuples(index=False):
        axes.annotate(str(n), (x, y), ha="center", va="center")
    axes.set(xlabel=labels[0], ylabel=labels[1])
    for axis, of in ((axes.xaxis, both["x"]), (axes.yaxis, both["y"])):
        if (of % 1 == 0).all():
            axis.set_major_locator(MaxNLocator(integer=True))
    values = {
        "n": len(both),
        "cells": len(cells),
        "first": labels[0],
        "second": labels[1],
    }
    caption = say("caption_scatter", first=labels[0], second=labels[1])
    alt = say("alt_scatter", **values)
    few = both.nunique().max() <= _FEW
    apart = both.set_axis(labels, axis=1)
    numbers = pd.crosstab(both["y"], both["x"]) if few else quartiles(apart)
    n = len(both)
    return finished(figure, "fig-scatter", caption, alt, n=n, numbers=numbers)


def groups_chart(
    compared: pd.DataFrame,
    rows: pd.DataFrame,
    answers: Answers,
    every: pd.DataFrame | None,
    *,
    seed: int,
) -> Piece:
    """Draw every respondent's answer by group, with means and intervals.

    Parameters
    ----------
    compared : DataFrame
        Scale points and group of each respondent.
    rows : DataFrame
        As `analysis.descriptives` gives it for them.
    answers : Answers
        Give labels and the scale, all of which the axis shows.
    every : DataFrame or None
        As `robustness.estimates` gives it, for reconstructed answers.
    seed : int
        Of the sideways scatter that keeps equal answers apart.
    """
    scale, by = str(rows.columns.name), str(rows.index.name)
    table = labelled(rows, answers)
    read = answers.study.columns[by].labels(language())
    names = compared[by].astype(object).map(read)
    scores = compared[scale]
    low, high = answers.study.range_of(scale) or (scores.min(), scores.max())
    figure, axes = canvas(2.8)
    order = list(table.index.drop("total"))
    beside = np.random.default_rng(seed).uniform(-0.2, 0.2, len(scores))
    across = names.map({group: place for place, group in enumerate(order)})
    axes.plot(
        scores.astype(float),
        across.astype(float) + beside,
        "o",
        color=BLUE,
        alpha=0.45,
        markersize=4,
        rasterized=len(scores) > MANY,
    )
    means = table.loc[order]
    axes.errorbar(
        means["mean"],
        np.arange(len(order)),
        xerr=[means["mean"] - means["low"], means["high"] - means["mean"]],
        fmt="D",
        color=VERMILION,
        capsize=4,
    )
    for place, mean in enumerate(means["mean"]):
        axes.annotate(
            number(mean, 2), (mean, place), (0, 9), ha="center",
            textcoords="offset points",
            bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 0.5},
        )  # fmt: skip
    ticks = [f"{group} (n = {n})" for group, n in means["n"].items()]
    axes.set_yticks(range(len(order)), ticks)
    axes.set_ylim(-0.5, len(order) - 0.5)
    axes.set(
        xlabel=answers.study.name(scale)[language()],
        ylabel=answers.study.name(by)[language()],
        xlim=(low - 0.5, high + 0.5),
    )
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    alt = _means(means)
    k = 0 if every is None else len(every)
    caption = f"{say(CAPTION[answers.basis], k=k)}. {say('groups_marks')}"
    n = int(rows["n"].loc["total"])
    few = scores.nunique() <= _FEW
    apart = pd.DataFrame({group: scores[names == group] for group in order})
    counts = pd.crosstab(scores, names).reindex(columns=order, fill_value=0)
    numbers = counts if few else quartiles(apart)
    return finished(figure, "fig-groups", caption, alt, n=n, numbers=numbers)


def groups_residuals(compared: pd.DataFrame, answers: Answers) -> Piece:
    """Draw how far each answer lies from its group's mean, as `residual_plots` does.

    Parameters
    ----------
    compared : DataFrame
        Group and scale point of each respondent.
    answers : Answers
        Give the scale's label.
    """
    by, scale = map(str, compared)
    data = compared.dropna()
    means = data.groupby(by, observed=True)[scale].transform("mean").to_numpy(float)
    apart = data[scale].to_numpy(float) - means
    return residual_plots(means, apart, answers.study.name(scale)[language()])


def residual_plots(
    fitted: NDArray[np.float64],
    residuals: NDArray[np.float64],
    label: str,
) -> Piece:
    """Draw residuals against what is fitted, and beside a normal distribution."""
    figure, (spread, normal) = panels(2.9, 2)
    z = residuals / residuals.std(ddof=1)
    places = stats.norm.ppf((np.arange(len(z)) + 0.5) / len(z))
    for axes, x, y in (spread, fitted, residuals), (normal, places, np.sort(z)):
        many = len(z) > MANY
        axes.plot(x, y, "o", color=BLUE, alpha=0.45, ms=4, rasterized=many)
    spread.axhline(0, color=GREY, lw=1)
    spread.set(xlabel=say("fitted"), ylabel=say("residual"))
    normal.axline((0, 0), slope=1, color=GREY, lw=1)
    normal.set(xlabel=say("normal_quantile"), ylabel=say("residual_z"))
    skewness = number(float(stats.skew(z)), 2)
    far, n = int((abs(z) > 3).sum()), len(z)
    values = {"label": label, "skewness": skewness, "far": far, "n": n}
    caption = say("caption_residual_plots", **values)
    alt = say("alt_residual_plots", **values)
    parts = {"fitted": fitted, "residual": residuals}
    drawn = pd.DataFrame({say(key): part for key, part in parts.items()})
    numbers = quartiles(drawn)
    return finished(figure, "fig-residuals", caption, alt, n=n, numbers=numbers)


def _means(means: pd.DataFrame) -> str:
    """Say the mean of each group in words."""
    parts = [
        say(
            "alt_group",
            group=group,
            n=int(row["n"]),
            mean=number(row["mean"], 2),
            low=number(row["low"], 2),
            high=number(row["high"], 2),
        )
        for group, row in means.iterrows()
    ]
    return say("alt_groups", parts=listed(parts))
