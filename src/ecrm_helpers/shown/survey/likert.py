"""Answers on a scale as stacked bars that part at the middle.

Points below the middle stand left of the axis and points above it right of
it; where the number of points is odd, half of the middle point stands on each
side. Every bar is 100 % of those who answered, and says how many they were.
"""

from collections.abc import Sequence
from math import ceil
from textwrap import fill

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.text import Text
from matplotlib.ticker import FuncFormatter

from ecrm_helpers.printed import between, number, say, typeset
from ecrm_helpers.shown.figures import canvas, finished, legend, listed
from ecrm_helpers.shown.piece import Piece

#: Vermilion to blue through grey, darker outward: the side tells disagreement
#: from agreement, so the ends may look alike in print. Okabe & Ito (2008).
_BELOW, _ABOVE, _MIDDLE = "#D55E00", "#0072B2", "#C8C8C8"
#: A share is written into its part of the bar from so many per cent on.
_ROOM = 9
#: Points of a scale that the legend names at most, besides its end.
_LEGEND = 11
#: Letters on one line beside a bar.
_WIDE = 30


def likert(
    counts: pd.DataFrame,
    names: Sequence[str],
    levels: Sequence[str],
    label: str,
    name: str,
    *,
    folded: bool = False,
) -> Piece:
    """Draw scales with the same points, a bar each.

    Parameters
    ----------
    counts : DataFrame of int, shape (scales, points)
        As `analysis.points` gives it.
    names : sequence of str
        How each row shall be read.
    levels : sequence of str
        How each point shall be read.
    label : str
        What the bars have in common.
    folded : bool
        Whether the counts stand beside the figure: no table has them.
    """
    n = counts.sum(axis=1)
    shares = 100 * counts.div(n.where(n > 0), axis=0).fillna(0.0)
    ticks = [
        say("label_and_n", label=typeset(each), n=k)
        for each, k in zip(names, n, strict=True)
    ]
    beside = [fill(typeset(tick), _WIDE) for tick in ticks]
    lines = 1 + max(tick.count("\n") for tick in beside)
    figure, axes = canvas(1.2 + max(0.42, 0.17 * lines) * len(counts))
    _stack(axes, shares, levels)
    axes.set_yticks(range(len(counts)), beside)
    axes.invert_yaxis()
    parted = sides(shares)
    reach = (parted[["below", "above"]].max(axis=1) + parted["middle"] / 2).max()
    reach = 20 * ceil(reach / 20) + 5
    axes.set_xlim(-reach, reach)
    axes.axvline(0, color="#404040", linewidth=0.8, zorder=0)
    unsigned = FuncFormatter(lambda value, _: number(abs(value), 0))
    axes.xaxis.set_major_formatter(unsigned)
    axes.set(xlabel=say("share_of_answers"))
    axes.spines["left"].set_visible(False)
    axes.tick_params(axis="y", length=0)
    handles, shown = axes.get_legend_handles_labels()
    every = -(-len(levels) // _LEGEND)  # of a long scale, some points and the ends
    kept = sorted({*range(0, len(levels), every), len(levels) - 1})
    legend(figure, [handles[k] for k in kept], [shown[k] for k in kept])
    alt = say("alt_likert", parts=listed(_parts(shares, ticks)))
    caption = say("caption_likert", label=label)
    if len(levels) % 2:
        mark = "" if caption[-1] in ".?!" else "."
        caption += f"{mark} {say('likert_middle')}"
    ends = sorted({*n})
    most = between(ends)
    numbers = (
        counts.set_axis([*names]).set_axis([*levels], axis=1).T if folded else None
    )
    return finished(figure, name, caption, alt, n=most, numbers=numbers)


def sides(shares: pd.DataFrame) -> pd.DataFrame:
    """Add up the points below the middle, at it and above it.

    Parameters
    ----------
    shares : DataFrame, shape (scales, points)
        Shares or counts, points in order.

    Returns
    -------
    DataFrame, columns ``below``, ``middle``, ``above``
        ``middle`` is 0 where the number of points is even.

    Examples
    --------
    >>> sides(pd.DataFrame([[1, 2, 3]])).loc[0].tolist()
    [1, 2, 3]
    >>> sides(pd.DataFrame([[1, 2, 3, 4]])).loc[0].tolist()
    [3.0, 0.0, 7.0]
    """
    half = shares.shape[1] // 2
    return pd.DataFrame(
        {
            "below": shares.iloc[:, :half].sum(axis=1),
            "middle": shares.iloc[:, half : shares.shape[1] - half].sum(axis=1),
            "above": shares.iloc[:, shares.shape[1] - half :].sum(axis=1),
        }
    )


def _stack(axes: Axes, shares: pd.DataFrame, levels: Sequence[str]) -> None:
    parted = sides(shares)
    start = -(parted["below"] + parted["middle"] / 2).to_numpy()
    half = shares.shape[1] // 2
    hatches = {c: "//" if k < half else "" for k, c in enumerate(shares.columns)}
    for level, color, column in zip(
        levels, _colors(shares.shape[1]), shares.columns, strict=True
    ):
        width = shares[column].to_numpy()
        drawn = axes.barh(
            range(len(shares)), width, left=start, color=color, label=level, height=0.7,
            hatch=hatches[column], edgecolor="white", linewidth=0,
        )  # fmt: skip
        told = [number(x, 0) if x >= _ROOM else "" for x in width]
        behind = {"facecolor": color, "edgecolor": "none", "pad": 0.8}
        labels = axes.bar_label(drawn, told, label_type="center", color=_ink(color))
        for label in filter(Text.get_text, labels):
            label.set_bbox(behind)
        start = start + width


def _colors(points: int) -> list[str]:
    """Shade outward from the middle."""
    from seaborn import light_palette

    half = points // 2
    below, above = (
        light_palette(color, half + 1).as_hex()[1:] for color in (_BELOW, _ABOVE)
    )
    return [*below[::-1], *([_MIDDLE] * (points % 2)), *above]


def _ink(color: str) -> str:
    """Choose black or white, whichever reads better on a colour (Rec. 601 luma)."""
    red, green, blue = (int(color[k : k + 2], 16) for k in (1, 3, 5))
    return "black" if 299 * red + 587 * green + 114 * blue > 140_000 else "white"


def _parts(shares: pd.DataFrame, ticks: Sequence[str]) -> list[str]:
    return [
        say(
            "alt_likert_row",
            label=label,
            **{side: number(row[side], 0) for side in parted.columns},
        )
        for parted in [sides(shares)]
        for label, (_, row) in zip(ticks, parted.iterrows(), strict=True)
    ]
