"""Figures of one house style, each with a caption and a text alternative.

Charts are vector graphics with text as outlines: the same on every machine.
The text alternative says what the chart shows, composed from its values.
"""

import base64
import io
from collections.abc import Sequence
from html import escape
from itertools import accumulate
from textwrap import fill
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.ticker import (
    FixedFormatter,
    FuncFormatter,
    MaxNLocator,
    ScalarFormatter,
)

from ecrm_helpers.printed import Edition, joined, keyed, number, say, typeset
from ecrm_helpers.shown.piece import Piece

#: Okabe and Ito's blue and vermilion: told apart by colour-blind readers and
#: in grey. Okabe & Ito (2008), Color Universal Design.
BLUE, VERMILION, GREY = "#0072B2", "#D55E00", "#6B6B6B"

#: What a caption counts.
COUNTED = keyed("", "n_answers n_segments")
#: Letters of a text alternative, and of the list within it.
LONGEST, _LISTED = 300, 200

_STYLE: dict[Any, Any] = {
    "svg.fonttype": "path",
    "svg.hashsalt": "ecrm",
    "font.family": "DejaVu Sans",
    "font.size": 10,
    "axes.titlesize": 10,
}
#: In inches: so that text of `SMALLEST` points is read on a telephone too.
_WIDTH = 5.0
SMALLEST = 9.2


def canvas(height: float) -> tuple[Figure, Axes]:
    """Open a chart as wide as the text of an A4 page, outside pyplot's state."""
    figure, (axes,) = panels(height, 1)
    return figure, axes


def panels(height: float, columns: int) -> tuple[Figure, list[Axes]]:
    """Open charts side by side, together as wide as the text of an A4 page."""
    import seaborn as sns  # slow to load, and a notebook may draw nothing

    with sns.axes_style("ticks"), mpl.rc_context(_STYLE):
        figure = Figure(figsize=(_WIDTH, height), layout="constrained")
        axes = list(figure.subplots(1, columns, squeeze=False)[0])
    for panel in axes:
        panel.spines[["top", "right"]].set_visible(False)
    return figure, axes


def finished(
    figure: Figure,
    name: str,
    caption: str,
    alt: str,
    edition: Edition | None = None,
    n: int | str = 0,
    of: str = "n_answers",
    numbers: pd.DataFrame | None = None,
) -> Piece:
    """Write a chart as a figure with caption and text alternative.

    Parameters
    ----------
    n : int or str
        How many were counted, for the end of the caption; none where it says so.
    of : {"n_answers", "n_segments"}
        What was counted.
    numbers : DataFrame, optional
        What is drawn, where no table has it: folded beside the figure.
    """
    if n:
        counted = say(COUNTED[of], edition, n=n)
        caption = f"{caption}{'' if caption[-1] in '.?!' else '.'} {counted}"
    if len(alt) > LONGEST:
        alt = alt[: LONGEST - 1].rpartition(" ")[0] + "…"

    def tick(value: float, _: int) -> str:
        decimals = next((d for d in range(4) if np.isclose(value, round(value, d))), 4)
        return number(value, decimals, edition)

    for axes in figure.axes:
        for axis in (axes.xaxis, axes.yaxis):
            if axis.get_label_text() == say("respondents", edition):
                axis.set_major_locator(MaxNLocator(integer=True))
            if isinstance(axis.get_major_formatter(), ScalarFormatter):
                axis.set_major_formatter(FuncFormatter(tick))
            if isinstance(named := axis.get_major_formatter(), FixedFormatter):
                named.seq = [typeset(str(label), edition) for label in named.seq]
    for text in figure.findobj(Text):
        text.set_fontsize(max(text.get_fontsize(), SMALLEST))
        text.set_text(typeset(text.get_text(), edition))
    drawing = io.StringIO()
    with mpl.rc_context(_STYLE):
        # Laid out once and drawn once: savefig draws all twice.
        vector, figure.dpi = FigureCanvasSVG(figure), 72
        figure.get_layout_engine().execute(figure)  # type: ignore[union-attr]
        figure.set_layout_engine("none")
        kept = {"Date": None, "Creator": None}
        vector.print_svg(drawing, metadata=kept)  # type: ignore[no-untyped-call]
    svg = drawing.getvalue()
    code = base64.b64encode(svg.encode()).decode()
    html = (
        f'<figure id="{escape(name)}"><img alt="{escape(alt)}" '
        f'src="data:image/svg+xml;base64,{code}">'
        f"{'' if numbers is None else _folded(numbers, edition)}"
        f"<figcaption>{escape(caption)}</figcaption></figure>"
    )
    return Piece("figure", name, html, f"{caption}\n{alt}", content=svg)


def _folded(numbers: pd.DataFrame, edition: Edition | None = None) -> str:
    """Write what a figure draws as a folded table."""

    def written(value: Any) -> str:
        if isinstance(value, str):
            return value
        return number(value, 2 if value % 1 else 0, edition)

    bare = numbers.map(written).rename(index=written, columns=written)
    table = bare.to_html(border=0, justify="unset", index_names=False)
    table = table.replace("text-align: unset;", "")
    told = escape(say("numbers_of_figure", edition))
    return f'<details class="code"><summary>{told}</summary>{table}</details>'


def quartiles(values: pd.DataFrame, edition: Edition | None = None) -> pd.DataFrame:
    """Say where the values of each column lie, for what is drawn one by one.

    Examples
    --------
    >>> quartiles(pd.DataFrame({"x": [1.0, 2.0, 3.0]}), "en").loc["Median", "x"]
    np.float64(2.0)
    """
    keys = ("min", "first_quartile", "median", "third_quartile", "max")
    parts = values.astype(float).quantile([0, 0.25, 0.5, 0.75, 1])
    return parts.set_axis([say(key, edition) for key in keys])


def legend(figure: Figure, handles: Sequence[Any], labels: Sequence[str]) -> None:
    """Name the parts of bars below them, in as many columns as there is room for.

    The figure grows by what the names need beyond two lines.
    """
    told = [fill(label, 20) for label in labels]
    letters = max(len(line) for label in told for line in label.splitlines())
    columns = max(1, int(_WIDTH / (0.65 + 0.08 * letters)))  # inches
    lines = -(-len(told) // columns) * max(label.count("\n") + 1 for label in told)
    figure.set_figheight(figure.get_figheight() + 0.2 * max(0, lines - 2))
    figure.legend(
        handles, told, loc="outside lower center", ncols=columns, frameon=False
    )


def above(axes: Axes, at: float, text: str) -> None:
    """Write above a vertical line what it is."""
    axes.text(at, 1.02, text, ha="center", transform=axes.get_xaxis_transform())


def beside(axes: Axes, ends: Sequence[tuple[float, str]]) -> None:
    """Write beside the right ends of lines what they are, one above the other.

    Parameters
    ----------
    ends : sequence of (float, str)
        Where each ends, and what it is.
    """
    low, high = axes.get_ylim()
    at = -np.inf
    for end, text in sorted(ends):
        at = max(end, at + 0.28 * (high - low))
        across = axes.get_yaxis_transform()
        axes.text(1.02, at, fill(text, 14), va="center", transform=across)


def listed(parts: Sequence[str], edition: Edition | None = None) -> str:
    """Join what a text alternative lists: as much as is heard with patience.

    Examples
    --------
    >>> listed(["Non 12", "Oui 61"], "fr")
    'Non 12 ; Oui 61'
    >>> listed(["x" * 90] * 5, "en").endswith("xx; and 3 more")
    True
    """
    room = list(accumulate(len(part) + 3 for part in parts))
    kept = sum(end <= _LISTED for end in room)
    more = [say("and_more", edition, k=len(parts) - kept)] if kept < len(parts) else []
    return joined([*parts[:kept], *more], edition)


def in_brackets(names: Sequence[str], edition: Edition | None = None) -> str:
    """List names in brackets behind their number, if there are any.

    Examples
    --------
    >>> in_brackets(["a", "b"], "en"), in_brackets([], "en")
    (' (a; b)', '')
    """
    return f" ({listed(names, edition)})" if names else ""


def bars(
    counts: pd.DataFrame,
    label: str,
    name: str,
    edition: Edition | None = None,
    n: int | None = None,
    *,
    folded: bool = False,
) -> Piece:
    """Draw the counts of one question as bars with their shares.

    Parameters
    ----------
    counts : DataFrame
        As `analysis.frequencies` gives it, a row for each level as it shall
        be read.
    label : str
        Of the question.
    n : int, optional
        How many answered, where they may count in several levels.
    folded : bool
        Whether the counts stand beside the figure: no table has them.
    """
    import seaborn as sns

    figure, axes = canvas(0.5 + 0.38 * len(counts))
    levels = [typeset(str(level), edition) for level in counts.index]
    sns.barplot(x=counts["n"].to_numpy(), y=levels, color=BLUE, saturation=1, ax=axes)
    shares = [number(share, 1, edition) for share in counts["valid_percent"]]
    labels = [
        say("count_and_share", edition, n=k, share=share)
        for k, share in zip(counts["n"], shares, strict=True)
    ]
    axes.bar_label(axes.containers[0], labels, padding=3)  # type: ignore[arg-type]
    axes.set(xlabel=say("respondents", edition), ylabel="")
    axes.set_xlim(0, 1.25 * counts["n"].max())
    axes.tick_params(axis="y", length=0)
    parts = [f"{k} {label}" for k, label in zip(levels, labels, strict=True)]
    alt = say("alt_bars", edition, parts=listed(parts, edition))
    answered = int(counts["n"].sum()) if n is None else n
    caption = say("caption_bars", edition, label=label)
    told = counts[["n"]].set_axis([say("n", edition)], axis=1) if folded else None
    return finished(figure, name, caption, alt, edition, answered, numbers=told)
