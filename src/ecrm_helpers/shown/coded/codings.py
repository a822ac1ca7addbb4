"""The tables of the coded interview, each saying what it counts or shows."""

from typing import Any

import pandas as pd

from ecrm_helpers.interview.matrices import MOST_PLACES, coded, points, tree
from ecrm_helpers.interview.tables import Interview, each
from ecrm_helpers.printed import Edition, date, joined, keyed, number, say, spoken
from ecrm_helpers.shown.hypotheses.layouts import tops
from ecrm_helpers.shown.piece import Piece
from ecrm_helpers.shown.tables import table
from ecrm_helpers.shown.wording import paragraph

#: Sources of a table, by the kind of text.
SOURCE = keyed("source_", "source_paraphrase source_transcript source_own_paraphrase")

#: What the text is.
NOTE = keyed("note_", "note_paraphrase note_transcript")


def counts_of(interview: Interview, edition: Edition) -> str:
    """Say what is counted, and that it decides nothing."""
    return say(NOTE[interview.material], edition)


def source_of(interview: Interview) -> str:
    """Give the key of what a table's texts are, and whose."""
    ours = interview.own or interview.material == "transcript"
    return SOURCE[interview.material if ours else "own_paraphrase"]


def book_of(interview: Interview) -> str:
    """Give the key of whose codebook it is."""
    return "source_codebook" if interview.own else "source_own_codebook"


def named(frame: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """Give the columns their words; of what is masked not even the length is shown."""
    words = [say(str(column), edition) for column in frame]
    return frame.replace(r"\[…+\]", "[…]", regex=True).set_axis(words, axis="columns")


def shown(
    interview: Interview,
    frame: pd.DataFrame,
    name: str,
    caption: str,
    edition: Edition,
    **more: Any,
) -> Piece:
    """Show a frame under the words of its columns, as `tables.table` does.

    Parameters
    ----------
    caption : str
        The key of the phrase.
    **more
        As for `tables.table`; the source is the texts' where none is given.
    """
    more.setdefault("source", source_of(interview))
    return table(named(frame, edition), name, say(caption, edition), edition, **more)


@spoken
def text_held(interview: Interview, edition: Edition) -> Piece:
    """Say how long the text is, and how much of it is coded."""
    everywhere = points(interview, pd.Index(interview.codings["segment_id"]))
    share = 100 * everywhere.mean() if len(everywhere) else 0
    values = {"n": len(everywhere), "coded": number(share, 1, edition)}
    key = "text_held" if len(interview.documents) == 1 else "texts_held"
    return paragraph("text-held", key, edition, **values)


@spoken
def codebook_table(interview: Interview, edition: Edition) -> Piece | None:
    """Show the codebook with its rules, sub-codes under their theme."""
    if interview.codebook.empty:
        return None
    outline = tree(interview)
    codes = interview.codebook.set_index("code_id").loc[outline.index]
    names = outline["depth"].map(lambda depth: "– " * depth) + codes["name"]
    frame = codes[["definition", "include_if", "exclude_if", "origin"]].assign(
        origin=codes["origin"].map(lambda key: say(key, edition))
    )
    if not interview.own:
        frame = _used(interview, outline).join(frame)
    frame = frame.set_axis(names.rename(None), axis="index")
    used = codes.index.isin(coded(interview)["code_id"]).sum()
    more = {"source": book_of(interview)}
    more["said"] = say("codebook_said", edition, n=len(codes), used=used)
    name, caption = "tab-codebook", "caption_codebook"
    return shown(interview, frame, name, caption, edition, **more)


def _used(interview: Interview, outline: pd.DataFrame) -> pd.DataFrame:
    """Count each code's passages, and give the shortest of them as an example."""
    rows = coded(interview)
    rows = rows.assign(length=rows["excerpt"].str.len()).sort_values("length")
    shortest = rows.drop_duplicates("code_id").set_index("code_id")["excerpt"]
    counts = rows.groupby("code_id")["segment_id"].nunique()
    return pd.DataFrame(
        {
            "segments": counts.reindex(outline.index, fill_value=0).astype(int),
            "example": shortest.reindex(outline.index).fillna(""),
        }
    )


def _dated(text: str, edition: Edition) -> str:
    day = pd.to_datetime(text, format="%Y-%m-%d", errors="coerce")
    return text if pd.isna(day) else date(day.date(), edition)


@spoken
def changelog_table(interview: Interview, edition: Edition) -> Piece | None:
    """Show how the codebook came to be: dated changes with their reasons."""
    rows = interview.codebook_changelog
    if rows.empty:
        return None
    frame = rows.assign(code=rows["code_id"].map(interview.names))
    frame = frame[["code", "change", "reason"]].set_axis(
        [_dated(text, edition) for text in rows["date"]]
    )
    more = {"source": book_of(interview)}
    k = rows["code_id"].nunique()
    more["said"] = say("changelog_said", edition, n=len(rows), k=k)
    name, caption = "tab-changelog", "caption_changelog"
    return shown(interview, frame, name, caption, edition, **more)


@spoken
def segments_table(interview: Interview, edition: Edition) -> Piece:
    """Show each segment with its place in the text and its codes.

    Parameters
    ----------
    interview : Interview
        The coded interview; the codes of those in `matrices.whose` are shown.
    """
    theirs = coded(interview)
    given = theirs.assign(name=theirs["code_id"].map(interview.names))
    codes = given.groupby("segment_id")["name"].agg(
        lambda names: joined(names, edition)
    )
    segments = interview.segments.set_index("segment_id")
    frame = pd.DataFrame(
        {
            "section": segments["section"],
            "offsets": [f"{r.start}–{r.end}" for r in each(segments)],
            interview.material: segments["excerpt"],
            "codes": codes.reindex(segments.index).fillna(""),
        }
    )
    mean = number(len(theirs) / max(len(segments), 1), 1, edition)
    said = say("segments_said", edition, n=len(segments), mean=mean)
    name, caption = "tab-segments", "caption_segments"
    frame = frame.rename_axis(None)
    return shown(interview, frame, name, caption, edition, said=said)


@spoken
def counts_table(
    interview: Interview, counted: pd.DataFrame, edition: Edition
) -> Piece | None:
    """Show how many segments of each theme stand in each part of the text.

    Parameters
    ----------
    counted : DataFrame
        As `matrices.counts` gives it.

    Returns
    -------
    Piece or None
        None with no part, or with more than stand beside one another.
    """
    if not 0 < len(counted.columns) <= MOST_PLACES:
        return None
    said = _given_most(interview, counted.sum(axis=1), edition)
    return _counted(interview, counted, "tab-counts", "caption_counts", edition, said)


@spoken
def codes_table(interview: Interview, codes: pd.DataFrame, edition: Edition) -> Piece:
    """Show the codes in use: segments, share of the text, first segment."""
    used = codes[codes["segments"] > 0]
    said = _given_most(interview, used["segments"], edition)
    words = {"segments": "n", "first": "first_segment"}
    used = named(used.rename(columns=words), edition)
    return _counted(interview, used, "tab-codes", "caption_codes", edition, said)


def _given_most(
    interview: Interview, segments: "pd.Series[int]", edition: Edition
) -> str:
    """Say which code or theme stands at most segments; nothing where none does."""
    if not segments.any():
        return ""
    names = tops(segments.rename(index=interview.names.to_dict()))
    of = {"n": int(segments.max()), "of": len(interview.segments)}
    return say("codes_said", edition, code=names, **of)


def _counted(
    interview: Interview,
    frame: pd.DataFrame,
    name: str,
    caption: str,
    edition: Edition,
    said: str = "",
) -> Piece:
    """Show counts by code, and say what they count and that they decide nothing."""
    return table(
        frame.rename(index=interview.names.to_dict()).rename_axis(None),
        name,
        say(caption, edition),
        edition,
        decimals=1,
        source=source_of(interview),
        note=counts_of(interview, edition),
        said=said,
    )


@spoken
def unused(interview: Interview, codes: pd.DataFrame, edition: Edition) -> Piece:
    """Name the codes that no segment bears, those apart that stand above others."""
    parents = interview.codebook["parent_id"]
    none = codes.index[(codes["segments"] == 0) & ~codes.index.isin(parents)]
    names = joined(interview.names[none], edition)
    return paragraph("codes-unused", "codes_unused", edition, n=len(none), names=names)


@spoken
def keyword_table(
    interview: Interview, found: pd.DataFrame, word: str, edition: Edition
) -> Piece:
    """Show a word wherever it occurs, in its context and with its place.

    Parameters
    ----------
    found : DataFrame
        As `matrices.keyword` gives it; the caption has each form once.
    """
    if found.empty:
        if not word:
            return paragraph("keyword-none", "keyword_unnamed", edition)
        return paragraph("keyword-none", "keyword_none", edition, word=word)
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
    forms = dict.fromkeys(found["word"].str.lower())
    caption = say("caption_keyword", edition, word=", ".join(forms))
    of = {"n": len(found), "k": found["segment_id"].nunique()}
    source, said = source_of(interview), say("keyword_said", edition, **of)
    frame = named(frame, edition)
    return table(frame, "tab-keyword", caption, edition, source=source, said=said)


@spoken
def not_saturation(
    met: "pd.Series[int]", respondents: int, edition: Edition
) -> Piece | None:
    """Say where the last new code comes up, and that this is no saturation.

    Parameters
    ----------
    respondents : int
        How many there are.
    """
    if met.empty or respondents > 1:
        return None
    return paragraph("not-saturation", "not_saturation", edition, last=met.idxmax())
