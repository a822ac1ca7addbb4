"""The tables of the coded interview, each saying that it shows paraphrases."""

import pandas as pd

from ecrm_helpers.interview import Interview
from ecrm_helpers.printed import Edition, say
from ecrm_helpers.shown.piece import Piece
from ecrm_helpers.shown.tables import table


def codebook_table(interview: Interview, name: str, edition: Edition) -> Piece:
    """Show the codebook, sub-codes under their theme.

    Parameters
    ----------
    interview : Interview
        The coded interview.
    name : str
        Id of the table.
    edition : {"fr", "en"}
        The language.

    Returns
    -------
    Piece
    """
    codes = interview.codebook
    names = codes[f"name_{edition}"].where(
        codes["parent_id"] == "", "\N{EM SPACE}" + codes[f"name_{edition}"]
    )
    frame = pd.DataFrame(
        {
            say("definition", edition): codes[f"definition_{edition}"],
            say("origin", edition): codes["origin"].map(lambda key: say(key, edition)),
        }
    ).set_axis(names.rename(None), axis="index")
    caption = say("caption_codebook", edition)
    return table(frame, name, caption, edition, source="source_codebook")


def segments_table(interview: Interview, name: str, edition: Edition) -> Piece:
    """Show each segment with its section and its codes.

    Parameters
    ----------
    interview : Interview
        The coded interview.
    name : str
        Id of the table.
    edition : {"fr", "en"}
        The language.

    Returns
    -------
    Piece
    """
    names = interview.codebook.set_index("code_id")[f"name_{edition}"]
    coded = interview.codings.assign(name=interview.codings["code_id"].map(names))
    codes = coded.groupby("segment_id")["name"].agg(", ".join)
    segments = interview.segments.set_index("segment_id")
    frame = pd.DataFrame(
        {
            say("section", edition): segments["section"],
            say("paraphrase", edition): segments[edition],
            say("codes", edition): codes.reindex(segments.index).fillna(""),
        }
    )
    caption = say("caption_segments", edition)
    return table(
        frame.rename_axis(None), name, caption, edition, source="source_paraphrase"
    )


def evidence_table(evidence: pd.DataFrame, name: str, edition: Edition) -> Piece:
    """Show the statements for and against a hypothesis, and the nuances.

    Parameters
    ----------
    evidence : DataFrame
        As `interview.evidence` gives it.
    name : str
        Id of the table.
    edition : {"fr", "en"}
        The language.

    Returns
    -------
    Piece
    """
    frame = pd.DataFrame(
        {
            say("direction", edition): evidence["direction"].map(
                lambda k: say(k, edition)
            ),
            say("kind", edition): evidence["kind"].map(lambda k: say(k, edition)),
            say("paraphrase", edition): evidence[edition],
            say("section", edition): evidence["section"],
        }
    ).set_axis(evidence["segment_id"].rename(None), axis="index")
    caption = say("caption_evidence", edition)
    return table(frame, name, caption, edition, source="source_paraphrase")
