"""The figures of the coded interview: tree, counts, stripes, evidence, discovery."""

from typing import Any

import numpy as np
import pandas as pd

from ecrm_helpers.interview.matrices import MOST_PLACES, coded, tree, widest
from ecrm_helpers.interview.tables import DIRECTIONS, Interview, each
from ecrm_helpers.printed import Edition, say, spoken
from ecrm_helpers.shown.coded.codings import counts_of
from ecrm_helpers.shown.figures import (
    BLUE,
    GREY,
    VERMILION,
    beside,
    canvas,
    finished,
    listed,
)
from ecrm_helpers.shown.piece import Piece

#: So many names of documents are slanted above the stripes; more stand upright.
_SLANTED = 8
_COLOURS = {"for": BLUE, "nuance": GREY, "against": VERMILION}


@spoken
def tree_figure(
    interview: Interview, codes: pd.DataFrame, edition: Edition
) -> Piece | None:
    """Draw the codebook as a tree; filled marks are codes in use."""
    used, outline = codes["segments"], tree(interview)
    rows = interview.codebook.set_index("code_id").loc[outline.index]
    if rows.empty:
        return None
    figure, axes = canvas(0.4 + 0.19 * len(rows))
    place = {code: row for row, code in enumerate(rows.index)}
    for code, row in place.items():
        depth, parent = outline.loc[code, "depth"], rows.loc[code, "parent_id"]
        emergent = rows.loc[code, "origin"] == "emergent"
        colour, mark = (VERMILION, "s") if emergent else (BLUE, "o")
        if parent:
            across, down = [depth - 1, depth - 1, depth], [place[parent], row, row]
            axes.plot(across, down, color=GREY, linewidth=0.8, zorder=0)
        face = colour if used[code] else "white"
        axes.plot(depth, row, mark, color=colour, markerfacecolor=face, markersize=5)
        label = say("tree_label", edition, name=rows.loc[code, "name"], n=used[code])
        axes.annotate(
            label if used[code] else rows.loc[code, "name"],
            (depth, row),
            (7, 0),
            textcoords="offset points",
            va="center",
            fontsize=8,
            fontweight="bold" if depth == 0 else "normal",
        )
    axes.set_xlim(-0.3, 6)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.axis("off")
    values = {"n": len(rows), "used": int((used > 0).sum())}
    values |= {"emergent": int((rows["origin"] == "emergent").sum())}
    themes = rows.loc[outline["depth"] == 0, "name"].tolist()
    alt = say("alt_tree", edition, **values, parts=listed(themes, edition))
    caption, n = say("caption_tree", edition), len(interview.segments)
    return finished(figure, "fig-tree", caption, alt, edition, n, "n_segments")


@spoken
def theme_bars(
    interview: Interview, themes: "pd.Series[int]", edition: Edition
) -> Piece | None:
    """Draw how many segments each theme has.

    Parameters
    ----------
    themes : Series
        Number of segments of each theme.
    """
    if themes.empty:
        return None
    names = interview.names[themes.index]
    figure, axes = canvas(0.6 + 0.28 * len(themes))
    axes.barh(np.arange(len(themes)), themes.to_numpy(), color=BLUE)
    axes.set_yticks(range(len(themes)), names)
    axes.invert_yaxis()
    axes.bar_label(axes.containers[0], padding=3)  # type: ignore[arg-type]
    axes.set(xlabel=say("segments", edition), xlim=(0, max(themes.max(), 1) * 1.1))
    axes.tick_params(axis="y", length=0)
    axes.locator_params(axis="x", integer=True)
    parts = [f"{name_} {k}" for name_, k in zip(names, themes, strict=True)]
    alt = say("alt_bars", edition, parts=listed(parts, edition))
    caption = f"{say('caption_themes', edition)}. {counts_of(interview, edition)}"
    n, told = len(interview.segments), themes.rename(interview.names.to_dict())
    numbers = told.to_frame(say("segments", edition))
    return finished(
        figure, "fig-themes", caption, alt, edition, n, "n_segments", numbers
    )


@spoken
def stripes(interview: Interview, ways: "pd.Series[str]", edition: Edition) -> Piece:
    """Draw where along the text each theme is coded, and where H1 is spoken to.

    Parameters
    ----------
    interview : Interview
        The coded interview; the documents stand one after the other.
    ways : Series
        As `evidence.statements` gives it; the last row.
    """
    lengths = {doc: len(text) for doc, text in interview.texts.items()}
    before = dict(zip(lengths, np.cumsum([0, *lengths.values()]), strict=False))
    rows = coded(interview)
    outline = tree(interview)
    themes = outline.index[outline["depth"] == 0]
    shown = list(_COLOURS) if len(ways) else []
    borders = _borders(interview, before)
    above = 0.06 * max((len(label) for _, label in borders), default=0)
    figure, axes = canvas(0.9 + above + 0.3 * (len(themes) + len(shown)))
    parts: list[str] = []
    for y, theme in enumerate(themes):
        spans = rows[rows["theme"] == theme].drop_duplicates("segment_id")
        bars = [(before[r.doc_id] + r.start, r.end - r.start) for r in each(spans)]
        axes.broken_barh(bars, (y - 0.35, 0.7), color=BLUE)
        parts.append(f"{interview.names[theme]} {', '.join(spans['segment_id'])}")
    for row in each(interview.segments):
        if row.segment_id in ways.index:
            bar = (before[row.doc_id] + row.start, row.end - row.start)
            way = ways[row.segment_id]
            y = len(themes) + shown.index(way)
            axes.broken_barh([bar], (y - 0.35, 0.7), color=_COLOURS[way])
    turned = 60 if len(borders) <= _SLANTED else 90
    for at, label in borders:
        axes.axvline(at, color=GREY, linewidth=0.6, linestyle=":")
        axes.text(at, -0.7, label, rotation=turned, fontsize=7)
    of_h1 = [say("on_h1", edition, way=say(way, edition)) for way in shown]
    labels = [*interview.names[themes], *of_h1]
    axes.set_yticks(range(len(labels)), labels)
    axes.set_ylim(len(labels) - 0.5, -0.6)
    axes.set(xlabel=say("characters_along", edition), xlim=(0, sum(lengths.values())))
    axes.tick_params(axis="y", length=0)
    alt = say("alt_stripes", edition, parts=listed(parts, edition))
    caption = say("caption_stripes" if len(ways) else "caption_stripes_only", edition)
    n = len(interview.segments)
    return finished(figure, "fig-stripes", caption, alt, edition, n, "n_segments")


def _borders(interview: Interview, before: dict[str, Any]) -> list[tuple[int, str]]:
    """Give where sections begin, or else documents, and what each is called."""
    if widest(interview) == "section":
        starts = interview.segments.drop_duplicates("section")
        return [(before[r.doc_id] + r.start, r.section) for r in each(starts)]
    named = len(interview.texts) <= MOST_PLACES
    return [(before[doc], doc if named else "") for doc in interview.texts]


@spoken
def ledger_figure(
    interview: Interview, evidence: pd.DataFrame, edition: Edition
) -> Piece:
    """Draw the statements for, against and nuancing, in the order of the text.

    Parameters
    ----------
    interview : Interview
        Gives the sections.

    Returns
    -------
    Piece
        Filled marks tell what the firm does, open ones what is thought.
    """
    place = widest(interview)
    where = interview.segments.set_index("segment_id")[place]
    places = list(dict.fromkeys(where))
    figure, axes = canvas(2.3)
    parts = []
    for y, way in enumerate(reversed(DIRECTIONS)):
        rows = evidence[evidence["direction"] == way]
        for here, group in rows.groupby(rows["segment_id"].map(where), sort=False):
            steps = (np.arange(len(group)) - (len(group) - 1) / 2) * 0.3
            for k, (step, row) in enumerate(zip(steps, each(group), strict=True)):
                at = places.index(str(here)) + step
                face = "white" if row.kind == "opinion" else _COLOURS[way]
                axes.plot(at, y, "o", color=_COLOURS[way], mfc=face, markersize=9)
                axes.annotate(
                    row.segment_id, (at, y), (0, 9 + 9 * (k % 2)),
                    textcoords="offset points",
                    ha="center", fontsize=8,
                )  # fmt: skip
        found = ", ".join(rows["segment_id"]) or "0"
        parts.append(f"{say(way, edition)} {found}")
    axes.set_yticks(range(3), [say(way, edition) for way in reversed(DIRECTIONS)])
    axes.set_xticks(range(len(places)), [p.replace(" (", "\n(") for p in places])
    axes.set(xlim=(-0.5, len(places) - 0.5), ylim=(-0.5, 2.9))
    axes.set_xlabel(say(place, edition))
    alt = say("alt_ledger", edition, parts=listed(parts, edition))
    caption, n = say("caption_ledger", edition), len(evidence)
    return finished(figure, "fig-ledger", caption, alt, edition, n)


@spoken
def discovery_figure(met: "pd.Series[int]", edition: Edition) -> Piece | None:
    """Draw how many distinct codes have been met up to each segment."""
    if met.empty:
        return None
    figure, axes = canvas(2.2)
    axes.step(range(len(met)), met.to_numpy(), where="mid", color=BLUE)
    axes.plot(range(len(met)), met.to_numpy(), "o", color=BLUE, markersize=3)
    step = -(-len(met) // 12)
    axes.set_xticks(range(0, len(met), step), list(met.index[::step]))
    axes.set(xlabel=say("along_segments", edition), ylabel=say("codes_met", edition))
    axes.set_ylim(0, max(met.max(), 1) * 1.1)
    parts = [f"{segment} {n}" for segment, n in met.items()]
    alt = say("alt_discovery", edition, parts=listed(parts, edition))
    caption = say("caption_discovery", edition)
    n, told = len(met), pd.DataFrame({say("codes_met", edition): met})
    return finished(
        figure, "fig-discovery", caption, alt, edition, n, "n_segments", told
    )


@spoken
def new_codes_figure(found: pd.DataFrame, edition: Edition) -> Piece | None:
    """Draw the codes of each interview: those met before, and those new in it.

    Parameters
    ----------
    found : DataFrame
        As `between.new_codes` gives it.
    """
    if len(found) < 2:
        return None
    figure, axes = canvas(2.6)
    places = range(len(found))
    axes.bar(
        places,
        found["codes"] - found["new"],
        color=GREY,
        hatch="////",
        edgecolor="white",
    )
    axes.bar(
        places,
        found["new"],
        bottom=found["codes"] - found["new"],
        color=BLUE,
    )
    axes.step(places, found["known"], where="mid", color=VERMILION)
    step = -(-len(found) // 15)
    names = list(found.index[::step])
    axes.set_xticks(range(0, len(found), step), names, rotation=30, ha="right")
    axes.set_ylabel(say("codes", edition))
    axes.locator_params(axis="y", integer=True)
    last = found.iloc[-1]
    ends = {
        "met_before": (last["codes"] - last["new"]) / 2,
        "met_new": last["codes"] - last["new"] / 2,
        "codes_met": last["known"],
    }
    beside(axes, [(end, say(key, edition)) for key, end in ends.items()])
    brings = found[found["new"] > 0]["new"]
    parts = [f"{doc} {n}" for doc, n in brings.items()]
    newest = brings.index[-1] if len(brings) else "–"
    values = {"n": len(found), "last": newest, "parts": listed(parts, edition) or "0"}
    alt = say("alt_new_codes", edition, **values)
    caption = say("caption_new_codes", edition, **values)
    numbers = found[["codes", "new", "known"]].set_axis(
        [say(key, edition) for key in ("codes", "met_new", "codes_met")], axis=1
    )
    return finished(figure, "fig-new-codes", caption, alt, edition, numbers=numbers)
