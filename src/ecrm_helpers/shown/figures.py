"""Figures of one house style, each with a caption and a text alternative.

Charts are vector graphics with text as outlines: the same on every machine.
The text alternative says what the chart shows, composed from its values.
"""

import base64
import io
from html import escape
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator, ScalarFormatter

from ecrm_helpers.printed import Edition, joined, number, say
from ecrm_helpers.shown.piece import Piece

#: Okabe and Ito's blue and vermilion: told apart by colour-blind readers and
#: in grey. Okabe & Ito (2008), Color Universal Design.
BLUE, VERMILION, GREY = "#0072B2", "#D55E00", "#6B6B6B"

#: So many marks are kept as drawings; more become a picture within the drawing.
MANY = 2000

_STYLE: dict[Any, Any] = {
    "svg.fonttype": "path",
    "svg.hashsalt": "ecrm",
    "font.family": "DejaVu Sans",
    "font.size": 9,
    "axes.titlesize": 9,
}


def canvas(height: float) -> tuple[Figure, Axes]:
    """Open a chart as wide as the text of an A4 page, outside pyplot's state."""
    figure, (axes,) = panels(height, 1)
    return figure, axes


def panels(height: float, columns: int) -> tuple[Figure, list[Axes]]:
    """Open charts side by side, together as wide as the text of an A4 page."""
    import seaborn as sns  # slow to load, and a notebook may draw nothing

    with sns.axes_style("ticks"), mpl.rc_context(_STYLE):
        figure = Figure(figsize=(6.3, height), layout="constrained")
        axes = list(figure.subplots(1, columns, squeeze=False)[0])
    for panel in axes:
        panel.spines[["top", "right"]].set_visible(False)
    return figure, axes


def finished(
    figure: Figure, name: str, caption: str, alt: str, edition: Edition
) -> Piece:
    """Write a chart as a figure with caption and text alternative."""

    def tick(value: float, _: int) -> str:
        return number(value, 0 if value == round(value) else 1, edition)

    for axes in figure.axes:
        for axis in (axes.xaxis, axes.yaxis):
            if isinstance(axis.get_major_formatter(), ScalarFormatter):
                axis.set_major_formatter(FuncFormatter(tick))
    drawing = io.StringIO()
    with mpl.rc_context(_STYLE):
        figure.savefig(drawing, format="svg", metadata={"Date": None, "Creator": None})
    svg = drawing.getvalue()
    code = base64.b64encode(svg.encode()).decode()
    html = (
        f'<figure id="{escape(name)}"><img alt="{escape(alt)}" '
        f'src="data:image/svg+xml;base64,{code}">'
        f"<figcaption>{escape(caption)}</figcaption></figure>"
    )
    return Piece("figure", name, html, f"{caption}\n{alt}", content=svg)


def bars(counts: pd.DataFrame, label: str, name: str, edition: Edition) -> Piece:
    """Draw the counts of one question as bars with their shares.

    Parameters
    ----------
    counts : DataFrame
        As `analysis.frequencies` gives it, a row for each level as it shall
        be read.
    label : str
        Of the question.
    """
    import seaborn as sns

    figure, axes = canvas(0.5 + 0.38 * len(counts))
    levels = [str(level) for level in counts.index]
    sns.barplot(x=counts["n"].to_numpy(), y=levels, color=BLUE, ax=axes)
    shares = [number(share, 1, edition) for share in counts["valid_percent"]]
    labels = [
        say("count_and_share", edition, n=n, share=share)
        for n, share in zip(counts["n"], shares, strict=True)
    ]
    axes.bar_label(axes.containers[0], labels, padding=3)  # type: ignore[arg-type]
    axes.set(xlabel=say("respondents", edition), ylabel="")
    axes.set_xlim(0, 1.25 * counts["n"].max())
    axes.tick_params(axis="y", length=0)
    parts = [f"{k} {label}" for k, label in zip(levels, labels, strict=True)]
    alt = say("alt_bars", edition, parts=joined(parts, edition))
    caption = say("caption_bars", edition, label=label)
    return finished(figure, name, caption, alt, edition)


def counts_scatter(
    first: pd.Series,
    second: pd.Series,
    labels: tuple[str, str],
    name: str,
    edition: Edition,
) -> Piece:
    """Draw two scales against each other, one disc per pair of answers.

    Parameters
    ----------
    first, second : Series
        Scale points of the same respondents.
    labels : (str, str)
        Axis labels.
    """
    both = pd.DataFrame({"x": first, "y": second}).dropna().astype(int)
    cells = both.value_counts().reset_index()
    figure, axes = canvas(4.2)
    # The largest disc is about as wide as the grid; discs show shares by area.
    size = cells["count"] * min(40.0, 1200 / cells["count"].max())
    axes.scatter(cells["x"], cells["y"], s=size, color=BLUE, alpha=0.6)
    for x, y, n in cells.itertuples(index=False):
        axes.annotate(str(n), (x, y), ha="center", va="center", fontsize=7)
    axes.set(xlabel=labels[0], ylabel=labels[1])
    values = {
        "n": len(both),
        "cells": len(cells),
        "first": labels[0],
        "second": labels[1],
    }
    caption = say("caption_scatter", edition, **values)
    return finished(
        figure, name, caption, say("alt_scatter", edition, **values), edition
    )


def groups(
    scores: pd.Series,
    names: pd.Series,
    table: pd.DataFrame,
    labels: tuple[str, str],
    scale: tuple[int, int],
    name: str,
    caption: str,
    edition: Edition,
    *,
    seed: int,
) -> Piece:
    """Draw every respondent's answer by group, with means and intervals.

    Parameters
    ----------
    scores, names : Series
        Scale points and group of the same respondents.
    table : DataFrame
        As `analysis.descriptives` gives it for the same data.
    labels : (str, str)
        Axis labels of the scores and of the groups.
    scale : (int, int)
        Lowest and highest point; the axis shows all of it.
    seed : int
        Of the sideways scatter that keeps equal answers apart.
    """
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
        label=say("one_respondent", edition),
    )
    rows = table.loc[order]
    axes.errorbar(
        rows["mean"],
        np.arange(len(order)),
        xerr=[rows["mean"] - rows["low"], rows["high"] - rows["mean"]],
        fmt="D",
        color=VERMILION,
        capsize=4,
        label=say("mean_interval", edition),
    )
    ticks = [f"{group} (n = {n})" for group, n in rows["n"].items()]
    axes.set_yticks(range(len(order)), ticks)
    axes.set_ylim(-0.5, len(order) - 0.5)
    axes.set(xlabel=labels[0], ylabel=labels[1])
    axes.set_xlim(scale[0] - 0.5, scale[1] + 0.5)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    figure.legend(loc="outside upper center", ncols=2, frameon=False)
    parts = [
        say(
            "alt_group",
            edition,
            group=group,
            n=int(row["n"]),
            mean=number(row["mean"], 2, edition),
            low=number(row["low"], 2, edition),
            high=number(row["high"], 2, edition),
        )
        for group, row in rows.iterrows()
    ]
    alt = say("alt_groups", edition, parts=joined(parts, edition))
    return finished(figure, name, caption, alt, edition)
