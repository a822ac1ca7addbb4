"""What interviews of one's own are: who was asked, what was said, what is missing."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from html import escape
from itertools import islice

import pandas as pd

from ecrm_helpers.answers.personal import mask, names_told
from ecrm_helpers.interview.evidence import stated
from ecrm_helpers.interview.matrices import active, coded, whose
from ecrm_helpers.interview.tables import Interview, each
from ecrm_helpers.printed import Edition, joined, say, spoken
from ecrm_helpers.shown.coded.codings import named, shown, source_of
from ecrm_helpers.shown.piece import Piece
from ecrm_helpers.shown.tables import table
from ecrm_helpers.shown.wording import held_against, text
from ecrm_helpers.study import Study

#: So many respondents have a row each.
_MOST = 100
#: More excerpts than these are folded.
_FOLDED = 60


def without_names(interview: Interview) -> Interview:
    """Mask the names, addresses and numbers that transcripts give away.

    Speakers who are named are shown by their initials. An author's own
    paraphrases stay as they are, and so do names that the codebook writes.

    Returns
    -------
    Interview
        Texts of the same length, so that every place holds; ``masked`` counts
        what was masked. See `answers.personal.names_told` for what is missed.
    """
    if interview.material != "transcript":
        return interview
    rows, masked = interview.segments, Counter[str]()
    speakers = rows["speaker"].unique().tolist()
    book = interview.codebook[["name", "definition", "include_if", "exclude_if"]]
    known = " ".join(book.to_numpy().ravel())
    names = names_told([*interview.texts.values(), *speakers], known)
    initials = {
        who: " ".join(f"{word[0]}." for word in who.split())
        for who in speakers
        if mask(who, names, Counter()) != who
    }
    texts = {doc: mask(text, names, masked) for doc, text in interview.texts.items()}
    notes = [mask(memo, names, masked) for memo in interview.codings["memo"]]
    said = [texts[row.doc_id][row.start : row.end] for row in each(rows)]
    return replace(
        interview,
        texts=texts,
        masked=masked,
        codings=interview.codings.assign(
            memo=pd.Series(notes, interview.codings.index, dtype=str)
        ),
        segments=rows.assign(
            excerpt=pd.Series(said, rows.index, dtype=str),
            speaker=rows["speaker"].replace(initials),
        ),
    )


@spoken
def gathered(interview: Interview, study: Study, edition: Edition) -> Piece:
    """Say what there is, and what is missing, before any of it is shown.

    Parameters
    ----------
    interview : Interview
        The coded corpus.
    study : Study
        Says whether its printed values are of this interview, and whether
        statements decide a hypothesis.

    Returns
    -------
    Piece
        For the thesis's own interview it leaves out cells tagged ``others``
        and ``several``; for others ``report`` and ``printed``, and the tags of
        what they lack: ``marked`` (codings), ``statements`` (a hypothesis that
        they decide), ``several`` (interviews), ``alone`` (where there are
        several), ``pairs`` (two themes in use), ``memos``, ``checklists``,
        ``changelog``.
    """
    if interview.own and study.published is not None:
        shown = held_against(study, edition)
        return replace(shown, without=("others", "several"))
    rows = coded(interview)
    lacks = {
        "marked": rows.empty,
        "statements": rows.empty or stated(study) is None,
        "several": len(interview.texts) < 2,
        "alone": len(interview.texts) > 1,
        "pairs": rows["theme"].nunique() < 2,
        "memos": not (interview.codings["memo"] != "").any(),
        "checklists": interview.checklists.empty,
        "changelog": interview.codebook_changelog.empty,
    }
    said = {
        "lacks_codebook": interview.codebook.empty,
        "lacks_codings": rows.empty,
        "lacks_coder": len(active(interview)) == 1,
        "lacks_respondents": interview.respondents.empty,
        "lacks_statements": stated(study) is None,
        "lacks_themes": not rows.empty and lacks["pairs"],
        "lacks_changelog": lacks["changelog"],
        "lacks_checklists": lacks["checklists"],
    }
    missing = [say(key, edition) for key, is_so in said.items() if is_so]
    told = say(
        "gathered",
        edition,
        n=len(interview.texts),
        words=sum(len(text.split()) for text in interview.texts.values()),
        segments=interview.codings["segment_id"].nunique(),
        codings=len(interview.codings),
        coders=joined(active(interview), edition) or "–",
        missing=joined(missing, edition) or "–",
    )
    shown = text("gathered", " ".join([told, *_of_whom(interview, edition)]))
    gone = [tag for tag, is_so in lacks.items() if is_so]
    return replace(shown, without=("report", "printed", *gone))


def _of_whom(interview: Interview, edition: Edition) -> Iterator[str]:
    """Say whose codings are shown, where several coded."""
    if len(active(interview)) > 1:
        docs = whose(interview)
        who = [
            f"{name} ({', '.join(docs.index[docs == name])})"
            for name in active(interview)
            if (docs == name).any()
        ]
        yield say("gathered_whose", edition, who=joined(who, edition))


@spoken
def respondents_table(interview: Interview, edition: Edition) -> Piece | None:
    """Show who was interviewed: variables, length, passages; nobody's name.

    Returns
    -------
    Piece or None
        None with more respondents than a table should have rows.
    """
    if not 0 < len(interview.texts) <= _MOST:
        return None
    known = interview.respondents.set_index("doc_id")
    frame = known.reindex(list(interview.texts)).fillna("")
    rows = coded(interview)
    passages = rows.groupby("doc_id")["segment_id"].nunique()
    frame[say("words", edition)] = [len(t.split()) for t in interview.texts.values()]
    frame[say("segments", edition)] = passages.reindex(frame.index, fill_value=0)
    caption = say("caption_respondents", edition)
    frame = frame.rename_axis(None)
    return table(
        frame, "tab-respondents", caption, edition, source=source_of(interview)
    )


@spoken
def verbatims_table(interview: Interview, edition: Edition) -> Piece | None:
    """Show every coded passage by theme, code and respondent, in its words.

    Returns
    -------
    Piece or None
        As `matrices.coded`; paraphrases say that they are. None without codings.
    """
    rows = coded(interview)
    if rows.empty:
        return None
    order = {code: place for place, code in enumerate(interview.names.index)}
    place = rows.assign(
        theme_place=rows["theme"].map(order), code_place=rows["code_id"].map(order)
    ).sort_values(["theme_place", "code_place"], kind="stable")
    frame = pd.DataFrame(
        {
            "code": place["code_id"].map(interview.names),
            "coded_document": place["doc_id"],
            "speaker": place["speaker"],
            interview.material: place["excerpt"],
        }
    ).set_axis(place["theme"].map(interview.names).rename(None), axis="index")
    frame = frame.loc[:, (frame != "").any()]
    caption, source = say("caption_verbatims", edition), source_of(interview)
    themes = frame.index.value_counts(sort=False)
    of_each = joined([f"{theme} {n}" for theme, n in themes.items()], edition)
    told = say("verbatims_each", edition, themes=of_each)
    n = interview.masked.total()
    note = say("note_masked", edition, n=n) if n else ""
    shown = table(
        named(frame, edition),
        "tab-verbatims",
        caption,
        edition,
        source=source,
        note=note,
        said=told,
    )
    if len(frame) <= _FOLDED:
        return shown
    return replace(shown, html=_by_theme(shown.html, themes))


def _by_theme(html: str, themes: "pd.Series[int]") -> str:
    """Part a table by its themes, each folded on the screen, in the annex on paper."""
    start, _, rest = html.partition("<tbody>")
    body, _, end = rest.partition("</tbody>")
    rows = iter(re.findall(r"<tr>.*?</tr>", body, re.DOTALL))
    opening, caption, head = re.split(
        "(<caption>.*?</caption>)", start, flags=re.DOTALL
    )
    parts = [opening.rpartition("<table")[0]]
    for theme, n in themes.items():
        what, mine = escape(f"{theme} ({n})"), "".join(islice(rows, int(n)))
        table = f"<table>{caption}{head}<tbody>{mine}</tbody></table>"
        parts.append(f'<div class="annex" data-what="{what}">{table}</div>')
        caption = ""
    return "".join([*parts, end.partition("</table>")[2]])


@spoken
def memos_table(interview: Interview, edition: Edition) -> Piece | None:
    """Show what coders noted beside their codings; None where they noted nothing."""
    rows = interview.segments.merge(interview.codings, on="segment_id")
    rows = rows[rows["memo"] != ""]
    if rows.empty:
        return None
    frame = pd.DataFrame(
        {
            "code": rows["code_id"].map(interview.names),
            "coded_document": rows["doc_id"],
            interview.material: rows["excerpt"],
            "memo": rows["memo"],
        }
    ).set_axis(rows["coder_id"].rename(None), axis="index")
    return shown(interview, frame, "tab-memos", "caption_memos", edition)


@spoken
def overlap_table(
    interview: Interview, together: pd.DataFrame, edition: Edition
) -> Piece | None:
    """Show the pairs of themes coded on the same words.

    Parameters
    ----------
    together : DataFrame
        As `between.overlaps` gives it; None where it has no rows.
    """
    if together.empty:
        return None
    names = interview.names
    pairs = [f"{names[r.first]} – {names[r.second]}" for r in each(together)]
    frame = together[["both", "jaccard"]].set_axis(pd.Index(pairs), axis="index")
    words = {"both": "both_overlap", "jaccard": "jaccard_overlap"}
    frame = frame.rename(columns=words)
    return shown(interview, frame, "tab-overlap", "caption_overlap", edition)
