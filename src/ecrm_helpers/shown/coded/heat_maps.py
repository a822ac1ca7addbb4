"""Codes against places, and themes against themes, as shades with their numbers."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from ecrm_helpers.interview.matrices import Place, counts, tree, widest
from ecrm_helpers.interview.tables import Interview, each
from ecrm_helpers.printed import Edition, joined, keyed, number, say, spoken
from ecrm_helpers.shown.coded.codings import counts_of
from ecrm_helpers.shown.figures import canvas, finished
from ecrm_helpers.shown.piece import Piece

#: Captions, by the place that is counted.
CAPTION = keyed(
    "caption_heat_",
    "caption_heat_section caption_heat_turn caption_heat_doc_id",
)


def _heat(axes: Axes, table: pd.DataFrame, texts: pd.DataFrame) -> None:
    """Draw a table as shades, each cell with its value where it is not zero."""
    shades = np.ma.masked_equal(table.to_numpy(float), 0)
    axes.pcolormesh(shades, cmap="Blues", vmin=0, vmax=np.nanmax(table) * 1.5 or 1)
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
def heat_map(interview: Interview, table: pd.DataFrame, edition: Edition) -> Piece:
    """Draw codes against parts of the text as shades, with their counts.

    Parameters
    ----------
    table : DataFrame
        As `matrices.counts` gives it for codes.

    Returns
    -------
    Piece
        Codes never used are left out, and the caption says how many.
    """
    return _heat_map(interview, table, widest(interview), "fig-heat", edition)


@spoken
def turn_map(interview: Interview, edition: Edition) -> Piece | None:
    """Draw codes against turns where a text with sections has turns as well."""
    if widest(interview) != "section" or not (interview.segments["turn"] != "").any():
        return None
    table = counts(interview, "turn", "code")
    return _heat_map(interview, table, "turn", "fig-turns", edition)


def _heat_map(
    interview: Interview,
    table: pd.DataFrame,
    place: Place,
    name: str,
    edition: Edition,
) -> Piece:
    shown = table[table.any(axis="columns")]
    names = shown.rename(index=interview.names.to_dict())
    figure, axes = canvas(0.8 + 0.2 * len(shown))
    _heat(axes, names, names.astype(str).replace("0", ""))
    axes.set_xticks(axes.get_xticks(), [str(c).replace(" (", "\n(") for c in names])
    axes.xaxis.tick_top()
    parts = [
        say("alt_cell", edition, code=code, place=column, n=n)
        for code, cells in zip(names.index, names.to_numpy(), strict=True)
        for column, n in zip(names.columns, cells, strict=True)
        if n
    ]
    alt = say("alt_heat", edition, parts=joined(parts, edition))
    unused = len(table) - len(shown)
    caption = say(CAPTION[place], edition, n=len(shown), unused=unused)
    caption = f"{caption}. {counts_of(interview, edition)}"
    return finished(figure, name, caption, alt, edition)


@spoken
def cooccurrence_figure(
    interview: Interview, together: pd.DataFrame, edition: Edition
) -> Piece:
    """Draw how often two themes stand in one segment, as shades of Jaccard.

    Parameters
    ----------
    together : DataFrame
        As `matrices.cooccurrence` gives it for themes in segments.
    """
    outline = tree(interview)
    themes = outline.index[outline["depth"] == 0]
    shades = pd.DataFrame(0.0, index=themes, columns=themes)
    texts = pd.DataFrame("", index=themes, columns=themes)
    parts = []
    for row in each(together):
        shades.loc[row.second, row.first] = row.jaccard
        shown = number(row.jaccard, 2, edition)
        texts.loc[row.second, row.first] = f"{shown} ({row.both})"
        first, second = interview.names[row.first], interview.names[row.second]
        parts.append(f"{first} – {second} {shown} ({row.both})")
    names = interview.names.to_dict()
    shown_rows = shades.rename(index=names, columns=names).iloc[1:, :-1]
    figure, axes = canvas(1.4 + 0.3 * len(shown_rows))
    _heat(axes, shown_rows, texts.iloc[1:, :-1])
    axes.set_xticks(
        axes.get_xticks(), list(shown_rows.columns), rotation=30, ha="right"
    )
    alt = say("alt_cooccurrence", edition, parts=joined(parts, edition))
    caption = f"{say('caption_pairs', edition)}. {counts_of(interview, edition)}"
    return finished(figure, "fig-cooccurrence", caption, alt, edition)
