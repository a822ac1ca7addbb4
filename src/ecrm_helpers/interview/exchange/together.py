"""Files of several coders put together, over the texts that they share.

A text is known by its words, never by its name: programs rename documents. A
coder whose file lacks a text never received it.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile
from string import ascii_uppercase
from typing import Any

import pandas as pd

from ecrm_helpers.interview.anchors import counterpart, folded
from ecrm_helpers.interview.exchange.carried import LOST, Lost, lost
from ecrm_helpers.interview.matrices import active
from ecrm_helpers.interview.tables import Interview, InterviewError, each, records
from ecrm_helpers.printed import told

#: Signs in a row that two versions of a text are compared by, blanks apart, and
#: the share of the shorter's that they must have in common.
_RUN, _SHARE = 12, 0.5


def together(parts: Sequence[Interview]) -> tuple[Interview, pd.DataFrame]:
    """Put the codings of several files into one corpus.

    Parameters
    ----------
    parts : sequence of Interview
        In each all who coded anything are taken. Codes are the same when
        identifiers or names are; documents when their words are; passages are
        found by their words, near where they stood.

    Returns
    -------
    Interview
        The first's, with the others' documents, codes and codings. Its coders
        are ``"A: …"``, ``"B: …"`` in the order of the files; what a coder's
        file lacked is noted as not received.
    DataFrame
        Passages whose words the same document of an earlier file lacks.

    Raises
    ------
    InterviewError
        A file holds no coding, or shares no document with any other.
    """
    letters = [_letter(place) for place in range(len(parts))]
    named = [f"{letter} ({', '.join(part.texts) or '–'})"
             for letter, part in zip(letters, parts, strict=True)
             if not active(part)]  # fmt: skip
    if named:
        raise InterviewError("coders_needed", files="; ".join(named))
    whole, gone = _labelled(parts[0], letters[0]), []
    shared = [False] * len(parts)
    for place, part in enumerate(parts[1:], 1):
        docs = _partners(whole, part)
        shared[place] = any(doc is not None for doc in docs.values())
        whole, missing = _joined(whole, part, letters[place], docs)
        gone += missing
    alone = [letters[place] for place in range(1, len(parts)) if not shared[place]]
    if alone:
        names = [
            told("agreement_alone", file=letter, documents=", ".join(part.texts))
            for letter, part in zip(letters, parts, strict=True)
        ]
        raise InterviewError("agreement_no_document", *names)
    return whole, pd.DataFrame(gone, columns=list(LOST), dtype=str)


def _letter(place: int) -> str:
    times, rest = divmod(place, 26)
    return ascii_uppercase[rest] + (str(times + 1) if times else "")


def _labelled(part: Interview, letter: str) -> Interview:
    """Name the coders after their file, and note what each received."""
    who = active(part)
    names = {coder: f"{letter}: {coder}" for coder in who}
    coders = part.coders[part.coders["coder_id"].isin(who)]
    whole = pd.DataFrame(
        [(doc, 0, max(len(text), 1)) for doc, text in part.texts.items()],
        columns=["doc_id", "start", "end"],
    )
    return replace(
        part,
        coders=coders.assign(coder_id=coders["coder_id"].map(names)),
        codings=part.codings.assign(coder_id=part.codings["coder_id"].map(names)),
        received={names[c]: part.received.get(c, whole) for c in who},
    )


def _partners(one: Interview, two: Interview) -> dict[str, str | None]:
    """Find for each of the second's documents the same one of the first's.

    Equal words before what shares most, at least half of the shorter; of texts
    that are as like, those of one name, and then those called most alike.
    """
    left, right = (
        {doc: _signs(text) for doc, text in part.texts.items()} for part in (one, two)
    )
    same = {*left.values()} & {*right.values()}
    runs = {text: _runs(text) for text in {*left.values(), *right.values()} - same}

    def shared(mine: str, theirs: str) -> float:
        if mine == theirs:
            return 1.0
        a, b = runs.get(mine), runs.get(theirs)
        return len(a & b) / min(len(a), len(b)) if a and b else 0.0

    scored = sorted(
        (
            (share, words == text, mine == theirs, _called(mine, theirs), mine, theirs)
            for mine, words in left.items()
            for theirs, text in right.items()
            if (share := shared(words, text)) >= _SHARE
        ),
        reverse=True,
    )
    found: dict[str, str | None] = dict.fromkeys(two.texts)
    for *_, mine, theirs in scored:
        if found[theirs] is None and mine not in found.values():
            found[theirs] = mine
    return found


def _called(one: str, two: str) -> tuple[bool, int]:
    """Say how alike names are: by their figures, then by how they begin."""
    figures = [re.findall(r"\d+", name) for name in (one, two)]
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(one, two, strict=False))
    return figures[0] == figures[1], len(list(alike))


def _signs(text: str) -> str:
    return folded(text).replace(" ", "")


def _runs(text: str) -> set[str]:
    last = max(len(text) - _RUN, 0)
    return {text[at : at + _RUN] for at in range(last + 1)} - {""}


def _joined(
    whole: Interview, part: Interview, letter: str, docs: dict[str, str | None]
) -> tuple[Interview, list[Lost]]:
    """Add one file's documents, codes, passages and coders to the corpus."""
    listed = bool(part.received)
    part = _labelled(part, letter)
    new = {
        doc: f"{letter}: {doc}" if doc in whole.texts else doc
        for doc, same in docs.items()
        if same is None
    }
    names = {doc: docs[doc] or new[doc] for doc in docs}
    codebook, ids = _same_codes(whole.codebook, part.codebook, letter)
    documents = part.documents[part.documents["doc_id"].isin(new)]
    documents = documents.assign(doc_id=documents["doc_id"].map(new))
    texts = whole.texts | {new[doc]: part.texts[doc] for doc in new}
    whole = replace(
        whole, texts=texts, documents=pd.concat([whole.documents, documents])
    )
    segments, places, gone = _placed(whole, part, letter, names, listed=listed)
    theirs = part.codings.assign(
        segment_id=part.codings["segment_id"].map(places),
        code_id=part.codings["code_id"].map(ids),
    ).dropna(subset=["segment_id"])
    codings = pd.concat([whole.codings, theirs]).drop_duplicates(
        ["segment_id", "code_id", "coder_id"], ignore_index=True
    )
    laid = {
        who: spans.assign(doc_id=spans["doc_id"].map(names))
        for who, spans in part.received.items()
    }
    return replace(
        whole,
        codebook=codebook,
        segments=segments,
        codings=codings,
        coders=pd.concat([whole.coders, part.coders], ignore_index=True),
        received={**whole.received, **laid},
    ), gone


def _same_codes(
    one: pd.DataFrame, two: pd.DataFrame, letter: str
) -> tuple[pd.DataFrame, dict[str, str]]:
    """Find each of the second's codes among the first's; append the others."""
    known = {row.guid: row.code_id for row in each(one)}
    known |= {folded(row.name): row.code_id for row in each(one)}
    ids, new = {}, []
    for row in records(two):
        found = known.get(row["guid"]) or known.get(folded(row["name"]))
        ids[row["code_id"]] = found or f"{letter}: {row['code_id']}"
        if not found:
            above = ids.get(row["parent_id"], "")
            new.append({**row, "code_id": ids[row["code_id"]], "parent_id": above})
    return pd.concat([one, pd.DataFrame(new, columns=one.columns)]), ids


def _placed(
    whole: Interview,
    part: Interview,
    letter: str,
    names: dict[str, str],
    *,
    listed: bool,
) -> tuple[pd.DataFrame, dict[str, str], list[Lost]]:
    """Find one file's coded passages in the texts of the corpus.

    Units that were laid before a coder are kept, coded or not, with their turns
    where the corpus names none.
    """
    spans = {
        (r.doc_id, r.start, r.end): str(r.segment_id) for r in each(whole.segments)
    }
    places: dict[str, str] = {}
    gone: list[Lost] = []
    rows: dict[str, dict[str, Any]] = {}
    used = part.segments
    if not listed:
        used = used[used["segment_id"].isin(part.codings["segment_id"])]
    turns = listed and not (whole.segments["turn"] != "").any()
    for row in records(used):
        doc = names[row["doc_id"]]
        texts = whole.texts[doc], part.texts[row["doc_id"]]
        span, alike = counterpart(*texts, row["excerpt"], row["start"])
        if span is None or alike:
            why = "doubt_several" if alike else "lost_other_text"
            gone.append(lost(row["doc_id"], row["excerpt"], why, "", letter))
        if span is None:
            continue
        name = spans.setdefault((doc, *span), f"{letter}: {row['segment_id']}")
        places[row["segment_id"]] = name
        if name.startswith(f"{letter}: "):
            at = {"doc_id": doc, "start": span[0], "end": span[1]}
            at |= {} if turns else {"turn": ""}
            rows.setdefault(name, {**row, **at, "segment_id": name})
    segments = pd.concat(
        [whole.segments, pd.DataFrame(rows.values(), columns=whole.segments.columns)]
    )
    return segments.astype({"start": int, "end": int}), places, gone


def joined(parts: Sequence[Interview]) -> tuple[Interview, pd.DataFrame]:
    """Put several files into one corpus, as `together`, coders by their own names.

    Only of coders who are called the same the letter of the file stays.
    """
    whole, gone = together(parts)
    bare = whole.coders["coder_id"].str.partition(": ")[2]
    alone = ~bare.duplicated(keep=False)
    known = dict(zip(whole.coders["coder_id"], bare.where(alone), strict=True))
    names = {old: new if isinstance(new, str) else old for old, new in known.items()}
    return replace(
        whole,
        coders=whole.coders.assign(coder_id=whole.coders["coder_id"].map(names)),
        codings=whole.codings.assign(coder_id=whole.codings["coder_id"].map(names)),
        received={names[who]: spans for who, spans in whole.received.items()},
    ), gone
