"""Codes against places, and themes against themes, as shades with their numbers."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from ecrm_helpers.interview.matrices import (
    MOST_PLACES,
    Place,
    coded,
    counts,
    tree,
    widest,
)
from ecrm_helpers.interview.tables import Interview, each
from ecrm_helpers.printed import Edition, keyed, number, say, spoken
from ecrm_helpers.shown.coded.codings import counts_of, source_of
from ecrm_helpers.shown.figures import BLUE, GREY, canvas, finished, listed
from ecrm_helpers.shown.hypotheses.layouts import tops
from ecrm_helpers.shown.piece import Piece
from ecrm_helpers.shown.tables import table

#: So many letters stand beside one another above the shades; more are turned.
_BESIDE = 36
#: So many themes are drawn in a map: those with most passages.
MOST_THEMES = 20

#: Captions, by the place that is counted.
CAPTION = keyed(
    "caption_heat_", "caption_heat_section caption_heat_turn caption_heat_doc_id"
)

#: How many pairs stand in one place.
BOTH = keyed("both_", "both_segment_id both_section both_turn both_doc_id")

#: How much of two themes stands in one place.
JACCARD = keyed(
    "jaccard_", "jaccard_segment_id jaccard_section jaccard_turn jaccard_doc_id"
)


def _heat(axes: Axes, table: pd.DataFrame, texts: pd.DataFrame) -> None:
    """Draw a table as shades, each cell with its value where it is not zero."""
    shades = np.ma.masked_equal(table.to_numpy(float), 0)
    top = table.to_numpy(float).max(initial=0) * 1.5 or 1
    axes.pcolormesh(shades, cmap="Blues", vmin=0, vmax=top)
    for (row, column), text in np.ndenumerate(texts.to_numpy()):
        axes.text(column + 0.5, row + 0.5, text, ha="center", va="center", fontsize=8)
    axes.set_yticks(np.arange(len(table)) + 0.5, table.index)
    axes.set_xticks(np.arange(len(table.columns)) + 0.5, table.columns)
    axes.set_xticks(range(len(table.columns) + 1), minor=True)
    axes.set_yticks(range(len(table) + 1), minor=True)
    axes.grid(which="minor", color="#DDDDDD", linewidth=0.6)
    axes.tick_params(which="both", length=0)
    axes.invert_yaxis()


@spoken
def heat_map(
    interview: Interview, table: pd.DataFrame, edition: Edition
) -> Piece | None:
    """Draw codes against parts of the text as shades, with their counts.

    Parameters
    ----------
    table : DataFrame
        As `matrices.counts` gives it for codes.

    Returns
    -------
    Piece
        Codes never used are left out, and the caption says how many. None where
        there are no codes in use, or more places than stand beside one another.
    """
    if not table.any(axis=None) or len(table.columns) > MOST_PLACES:
        return None
    return _heat_map(interview, table, widest(interview), "fig-heat", edition)


@spoken
def turn_map(interview: Interview, edition: Edition) -> Piece | None:
    """Draw codes against turns where a text with sections has turns as well."""
    if widest(interview) != "section" or not (interview.segments["turn"] != "").any():
        return None
    table = counts(interview, "turn", "code")
    return _heat_map(interview, table, "turn", "fig-turns", edition)


def _heat_map(
    interview: Interview, table: pd.DataFrame, place: Place, name: str, edition: Edition
) -> Piece:
    shown = table[table.any(axis="columns")]
    names = shown.rename(index=interview.names.to_dict())
    figure, axes = canvas(0.8 + 0.2 * len(shown))
    _heat(axes, names, names.astype(str).replace("0", ""))
    labels = [str(c).replace(" (", "\n(") for c in names]
    axes.xaxis.tick_top()
    turned = 90 if len("".join(labels)) > _BESIDE else 0
    axes.set_xticks(axes.get_xticks(), labels, rotation=turned)
    parts = [
        say("alt_cell", edition, code=code, place=column, n=n)
        for code, cells in zip(names.index, names.to_numpy(), strict=True)
        for column, n in zip(names.columns, cells, strict=True)
        if n
    ]
    alt = say("alt_heat", edition, parts=listed(parts, edition))
    unused = len(table) - len(shown)
    caption = say(CAPTION[place], edition, n=len(shown), unused=unused)
    caption = f"{caption}. {counts_of(interview, edition)}"
    n = len(interview.segments)
    return finished(figure, name, caption, alt, edition, n, "n_segments", names)


@spoken
def cooccurrence_table(
    interview: Interview, together: pd.DataFrame, wider: pd.DataFrame, edition: Edition
) -> Piece:
    """Show the pairs of themes by both definitions of co-occurrence.

    Parameters
    ----------
    together, wider : DataFrame
        As `matrices.cooccurrence` gives it for themes, in segments and in the
        parts that the text has.

    Returns
    -------
    Piece
        Pairs in one segment, and in one section (or turn, or document, where
        the text has no sections): how many, and Jaccard.
    """
    wide = widest(interview)
    parts = [found.set_index(["first", "second"]) for found in (together, wider)]
    labels = [
        say(keys[place], edition)
        for place in ("segment_id", wide)
        for keys in (BOTH, JACCARD)
    ]
    columns = [part[key] for part in parts for key in ("both", "jaccard")]
    joined = pd.concat(columns, axis="columns", keys=labels)
    joined = joined.fillna(0).astype({labels[0]: int, labels[2]: int})
    joined = joined.sort_values(labels[1:4:2], ascending=False, kind="stable")
    names = interview.names
    joined.index = pd.Index([f"{names[a]} – {names[b]}" for a, b in joined.index])
    return table(
        joined,
        "tab-cooccurrence",
        say("caption_cooccurrence", edition),
        edition,
        source=source_of(interview),
        note=counts_of(interview, edition),
        said=_together(joined[labels[0]], edition),
    )


def _together(both: "pd.Series[int]", edition: Edition) -> str:
    """Say which pair stands together most often, if any does."""
    most = int(both.max()) if len(both) else 0
    key = "together_said" if most else "together_never"
    return say(key, edition, names=tops(both), n=most)


@spoken
def cooccurrence_figure(
    interview: Interview, together: pd.DataFrame, edition: Edition
) -> Piece | None:
    """Draw how often two themes stand in one segment, as shades of Jaccard.

    Parameters
    ----------
    together : DataFrame
        As `matrices.cooccurrence` gives it for themes in segments.
    """
    outline = tree(interview)
    themes = outline.index[outline["depth"] == 0]
    if len(themes) < 2:
        return None
    shades = pd.DataFrame(0.0, index=themes, columns=themes)
    texts = pd.DataFrame("", index=themes, columns=themes)
    parts = []
    for row in each(together):
        shades.loc[row.second, row.first] = row.jaccard
        shown = number(row.jaccard, 2, edition)
        texts.loc[row.second, row.first] = f"{shown}\n({row.both})"
        first, second = interview.names[row.first], interview.names[row.second]
        parts.append(f"{first} – {second} {shown} ({row.both})")
    names = interview.names.to_dict()
    shown_rows = shades.rename(index=names, columns=names).iloc[1:, :-1]
    figure, axes = canvas(1.4 + 0.42 * len(shown_rows))
    _heat(axes, shown_rows, texts.iloc[1:, :-1])
    axes.set_xticks(
        axes.get_xticks(), list(shown_rows.columns), rotation=30, ha="right"
    )
    alt = say("alt_cooccurrence", edition, parts=listed(parts, edition))
    caption = f"{say('caption_pairs', edition)}. {counts_of(interview, edition)}"
    n = len(interview.segments)
    return finished(figure, "fig-cooccurrence", caption, alt, edition, n, "n_segments")


@spoken
def theme_map(
    interview: Interview, together: pd.DataFrame, edition: Edition
) -> Piece | None:
    """Draw themes around a circle, joined where they are coded on the same words.

    Parameters
    ----------
    together : DataFrame
        As `between.overlaps` gives it.

    Returns
    -------
    Piece or None
        The larger a mark, the more passages; the broader a line, the more
        stretches of text with both. None with fewer than two themes in use.
    """
    sizes = coded(interview).groupby("theme")["segment_id"].nunique()
    themes = sizes.sort_values(ascending=False, kind="stable").index[:MOST_THEMES]
    if len(themes) < 2:
        return None
    turns = np.linspace(0, 2 * np.pi, len(themes), endpoint=False)
    spots = dict(
        zip(themes, zip(np.cos(turns), np.sin(turns), strict=True), strict=True)
    )
    figure, axes = canvas(4.6)
    drawn = together[together["first"].isin(themes) & together["second"].isin(themes)]
    most = max(drawn["both"].max() if len(drawn) else 1, 1)
    joined = {}
    for row in each(drawn):
        ends = np.array([spots[row.first], spots[row.second]]).T
        axes.plot(*ends, color=GREY, linewidth=0.5 + 5 * row.both / most, zorder=0)
        pair = f"{interview.names[row.first]} – {interview.names[row.second]}"
        joined[pair] = row.both
    for theme, (x, y) in spots.items():
        axes.scatter(x, y, s=30 + 400 * sizes[theme] / sizes.max(), color=BLUE)
        label = say("tree_label", edition, name=interview.names[theme], n=sizes[theme])
        side = "left" if x > 0.1 else "right" if x < -0.1 else "center"
        place = (1.15 * x, 1.15 * y)
        axes.annotate(label, place, ha=side, va="center", fontsize=8)
    axes.set(xlim=(-2.3, 2.3), ylim=(-1.4, 1.4))
    axes.axis("off")
    parts = [f"{pair} {k}" for pair, k in joined.items()]
    alt = say("alt_map", edition, parts=listed(parts, edition) or "0")
    caption = say("caption_map", edition, n=len(themes), of=sizes.size)
    n, numbers = len(interview.segments), pd.DataFrame({say("n", edition): joined})
    return finished(figure, "fig-map", caption, alt, edition, n, "n_segments", numbers)
