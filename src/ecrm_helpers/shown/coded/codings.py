"""The tables of the coded interview, each saying what it counts or shows."""

from typing import Literal

import pandas as pd

from ecrm_helpers.interview.matrices import cooccurrence, first_coder, tree, widest
from ecrm_helpers.interview.tables import Interview, each
from ecrm_helpers.printed import Edition, joined, say
from ecrm_helpers.shown.piece import Piece
from ecrm_helpers.shown.tables import table

#: What the coded text is: our paraphrases of a report, or a transcript.
Material = Literal["paraphrase", "transcript"]


def named(frame: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """Give the columns their words; blanks for what the phrase fills in."""
    return frame.set_axis([say(str(c), edition) for c in frame], axis="columns")


def codebook_table(interview: Interview, name: str, edition: Edition) -> Piece:
    """Show the codebook with its rules, sub-codes under their theme.

    Parameters
    ----------
    interview : Interview
        The coded interview.
    """
    outline = tree(interview)
    codes = interview.codebook.set_index("code_id").loc[outline.index]
    names = outline["depth"].map(lambda depth: "– " * depth) + codes["name"]
    shown = codes[["definition", "include_if", "exclude_if", "origin"]].assign(
        origin=codes["origin"].map(lambda key: say(key, edition))
    )
    frame = named(shown, edition).set_axis(names.rename(None), axis="index")
    caption = say("caption_codebook", edition)
    return table(frame, name, caption, edition, source="source_codebook")


def changelog_table(interview: Interview, name: str, edition: Edition) -> Piece:
    """Show how the codebook came to be: dated changes with their reasons."""
    rows = interview.codebook_changelog
    frame = pd.DataFrame(
        {
            "code": rows["code_id"].map(interview.names),
            "change": rows["change"],
            "reason": rows["reason"],
        }
    ).set_axis(rows["date"].str.replace("-", "\N{NON-BREAKING HYPHEN}").rename(None))
    caption = say("caption_changelog", edition)
    return table(
        named(frame, edition), name, caption, edition, source="source_codebook"
    )


def segments_table(
    interview: Interview, name: str, material: Material, edition: Edition
) -> Piece:
    """Show each segment with its place in the text and its codes.

    Parameters
    ----------
    interview : Interview
        The coded interview; the first coder's codes are shown.
    name : str
        Id of the table.
    material : {"paraphrase", "transcript"}
        What the segments are.
    """
    theirs = interview.codings[interview.codings["coder_id"] == first_coder(interview)]
    coded = theirs.assign(name=theirs["code_id"].map(interview.names))
    codes = coded.groupby("segment_id")["name"].agg(
        lambda names: joined(names, edition)
    )
    segments = interview.segments.set_index("segment_id")
    frame = pd.DataFrame(
        {
            "section": segments["section"],
            "offsets": [f"{r.start}–{r.end}" for r in each(segments)],
            material: segments["excerpt"],
            "codes": codes.reindex(segments.index).fillna(""),
        }
    )
    caption = say("caption_segments", edition)
    shown = named(frame, edition).rename_axis(None)
    return table(shown, name, caption, edition, source=f"source_{material}")


def counted(
    frame: pd.DataFrame,
    name: str,
    caption: str,
    material: Material,
    edition: Edition,
    *,
    names: "pd.Series[str]",
) -> Piece:
    """Show counts by code, and say what they count and that they decide nothing.

    Parameters
    ----------
    frame : DataFrame
        Index ``code_id``; columns as they shall be read, or phrases'
        keys.
    name : str
        Id of the table.
    caption : str
        A phrase's key.
    material : {"paraphrase", "transcript"}
        What the segments are.
    names : Series
        Each code's name.
    """
    words = {"segments": "n", "percent": "percent", "coverage": "coverage"}
    words |= {"first": "first_segment"}
    shown = frame.rename(
        columns={c: say(words[c], edition) for c in frame if c in words}
    )
    return table(
        shown.rename(index=names.to_dict()).rename_axis(None),
        name,
        say(caption, edition),
        edition,
        decimals=1,
        source=f"source_{material}",
        note=say(f"note_{material}", edition),
    )


def cooccurrence_table(
    interview: Interview, name: str, material: Material, edition: Edition
) -> Piece:
    """Show the pairs of themes by both definitions of co-occurrence.

    Returns
    -------
    Piece
        Pairs in one segment, and in one section (or turn, or document, where
        the text has no sections): how many, and Jaccard.
    """
    wide = widest(interview)
    parts = [
        cooccurrence(interview, place, "theme").set_index(["first", "second"])
        for place in ("segment_id", wide)
    ]
    labels = [
        say(f"{stem}{place}", edition)
        for place in ("segment_id", wide)
        for stem in ("both_", "jaccard_")
    ]
    columns = [part[key] for part in parts for key in ("both", "jaccard")]
    joined = pd.concat(columns, axis="columns", keys=labels)
    joined = joined.fillna(0).astype({labels[0]: int, labels[2]: int})
    joined = joined.sort_values(labels[1:4:2], ascending=False, kind="stable")
    names = interview.names
    joined.index = pd.Index([f"{names[a]} – {names[b]}" for a, b in joined.index])
    return table(
        joined,
        name,
        say("caption_cooccurrence", edition),
        edition,
        source=f"source_{material}",
        note=say(f"note_{material}", edition),
    )


def keyword_table(
    found: pd.DataFrame, word: str, name: str, material: Material, edition: Edition
) -> Piece:
    """Show a word wherever it occurs, in its context and with its place.

    Parameters
    ----------
    found : DataFrame
        As `matrices.keyword` gives it.
    word : str
        What was looked for.
    name : str
        Id of the table.
    material : {"paraphrase", "transcript"}
        What the text is.
    """
    frame = pd.DataFrame(
        {
            "place_in_text": [
                say("locator", edition, line=r.line, start=r.start) for r in each(found)
            ],
            "context_left": found["left"],
            "keyword": found["word"],
            "context_right": found["right"],
        }
    ).set_axis(found["segment_id"].rename(None), axis="index")
    caption = say("caption_keyword", edition, word=word)
    return table(
        named(frame, edition), name, caption, edition, source=f"source_{material}"
    )
