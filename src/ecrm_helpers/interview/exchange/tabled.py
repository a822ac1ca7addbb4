"""The tables of what was carried: ids, names of their own, places in the texts.

What has no place, and what is doubtful, is listed with the reason; nothing is
dropped.
"""

import hashlib
from collections import Counter
from collections.abc import Mapping

import pandas as pd

from ecrm_helpers.interview.anchors import anchor, folded, loose, normal, places
from ecrm_helpers.interview.codebook import above
from ecrm_helpers.interview.exchange.carried import (
    LOST,
    Carried,
    Code,
    Lost,
    Quotation,
    lost,
    slug,
)
from ecrm_helpers.interview.tables import (
    COLUMNS,
    Interview,
    InterviewError,
    empty,
    guid,
    held,
    segments_of,
)

#: Why a code is called otherwise: it has no name, or one that others have.
_RENAMED = ("lost_unnamed", "lost_homonym")


def tables(carried: Carried) -> tuple[Interview, pd.DataFrame]:
    """Make the tables of what was carried.

    Parameters
    ----------
    carried : Carried
        As a reader gives it.

    Returns
    -------
    Interview
        Segments in the order of the texts; passages with the same span are
        one segment.
    DataFrame
        ``document``, ``quotation``, ``codes``, ``reason``: what could not be
        taken over.

    Raises
    ------
    InterviewError
        What was carried does not fit together: homonymous codes, say.
    """
    texts = {name: normal(text) for name, text in carried.texts.items()}
    codebook, ids, renamed = _codebook(carried.codes)
    segments, codings, gone = _segments(carried, texts, ids)
    coders = pd.DataFrame(carried.coders.values(), columns=list(COLUMNS["coders"]))
    interview = Interview(
        _documents(texts, carried.files),
        codebook,
        segments,
        codings,
        coders.astype(str),
        empty("h1_evidence"),
        empty("codebook_changelog"),
        empty("checklists"),
        texts,
        received=dict.fromkeys(coders["coder_id"], segments) if carried.listed else {},
        respondents=_respondents(carried.respondents),
    )
    faults = held(interview)
    if faults:
        raise InterviewError("carried_faults", *faults, k=len(faults))
    blank = [lost(n, "", "lost_blank") for n, text in texts.items() if not text.strip()]
    return interview, pd.DataFrame(
        [*carried.lost, *blank, *renamed, *gone], columns=list(LOST), dtype=str
    )


def _respondents(given: Mapping[str, Mapping[str, str]]) -> pd.DataFrame:
    """Lay out what is known of who speaks in each text."""
    rows = [{"doc_id": doc, **about} for doc, about in given.items()]
    return pd.DataFrame(rows or None, columns=None if rows else ["doc_id"]).fillna("")


def _documents(texts: Mapping[str, str], files: Mapping[str, str]) -> pd.DataFrame:
    taken: set[str] = set()
    rows = [
        (
            name,
            files.get(name) or f"{slug(name.removesuffix('.txt'), taken)}.txt",
            hashlib.sha256(text.encode()).hexdigest(),
        )
        for name, text in texts.items()
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS["documents"]), dtype=str)


def _codebook(
    codes: tuple[Code, ...],
) -> tuple[pd.DataFrame, dict[str, str], list[Lost]]:
    """Give the codes ids, and names of their own; list those that were renamed."""
    names = _names(codes)
    taken = {code.own["code_id"] for code in codes if code.own.get("code_id")}
    ids = {c.key: c.own.get("code_id") or slug(names[c.key], taken) for c in codes}
    rows = [
        (
            ids[code.key],
            ids.get(code.parent, "") if code.parent else "",
            names[code.key],
            code.definition,
            code.own.get("include_if", ""),
            code.own.get("exclude_if", ""),
            code.own.get("origin") or "emergent",
            code.own.get("guid") or guid("code", ids[code.key]),
        )
        for code in codes
    ]
    renamed = [
        lost("", c.name, _RENAMED[bool(c.name.strip())], names[c.key])
        for c in codes
        if folded(names[c.key]) != folded(c.name)
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS["codebook"])), ids, renamed


def _names(codes: tuple[Code, ...]) -> dict[str, str]:
    """Give each code its name; homonyms, and those below them, by their path."""
    own = {code.key: " ".join(normal(code.name).split()) or "?" for code in codes}
    parents = {c.key: c.parent if c.parent in own else "" for c in codes}
    shared = Counter(map(str.casefold, own.values()))
    names: dict[str, str] = {}
    taken: set[str] = set()
    for key, name in own.items():
        known = name
        if shared[name.casefold()] > 1:
            known = " > ".join(own[k] for k in reversed(above(parents, key)))
        made, n = known, 1
        while made.casefold() in taken or (made != name and made.casefold() in shared):
            n += 1
            made = f"{known} ({n})"
        taken.add(made.casefold())
        names[key] = made
    return names


def _segments(
    carried: Carried, texts: Mapping[str, str], ids: Mapping[str, str]
) -> tuple[pd.DataFrame, pd.DataFrame, list[Lost]]:
    """Anchor every quotation; keep those without a place or a code apart."""
    placed: dict[tuple[str, int, int, str], list[Quotation]] = {}
    gone: list[Lost] = []
    before: dict[tuple[str, ...], int] = {}
    for quotation in carried.quotations:
        span, doubts = _place(quotation, texts, before)
        doubts += ["lost_code"] * any(c["code"] not in ids for c in quotation.codings)
        gone += [_listed(quotation, carried, ids, doubt) for doubt in doubts]
        if span:
            own = quotation.own.get("segment_id", "")
            placed.setdefault((quotation.document, *span, own), []).append(quotation)
    order = {name: place for place, name in enumerate(texts)}
    spans = sorted(placed, key=lambda span: (order[span[0]], *span[1:]))
    width = len(str(len(spans)))
    taken = {span[3] for span in spans}
    rows, codings = [], []
    for place, at in enumerate(spans, 1):
        document, start, end, own = at
        name = own or _fresh(f"S{place:0{width}}", taken)
        kept = placed[at][0].own
        about = [kept.get(key, "") for key in ("turn", "speaker", "section")]
        excerpt = texts[document][start:end]
        rows.append((name, document, start, end, excerpt, *about))
        codings += _codings(name, placed[at], ids, carried.coders)
    marks = pd.DataFrame(codings, columns=list(COLUMNS["codings"]), dtype=str)
    return segments_of(rows), marks, gone


def _fresh(name: str, taken: set[str]) -> str:
    """Give a segment a name that no other has."""
    while name in taken:
        name += "+"
    return name


def _place(
    quotation: Quotation, texts: Mapping[str, str], before: dict[tuple[str, ...], int]
) -> tuple[tuple[int, int] | None, list[str]]:
    """Find a quotation's place, and the phrases of what is doubtful or lost."""
    if quotation.document not in texts:
        return None, ["lost_no_text" if quotation.document else "lost_words"]
    text, start = texts[quotation.document], quotation.start
    if quotation.doubt.startswith("lost"):
        return None, [quotation.doubt]
    if start is None:
        return _sought(quotation, text, before)
    span = anchor(text, quotation.words, start)
    if span is None:
        return None, ["lost_words"]
    return span, [quotation.doubt] if quotation.doubt else []


def _sought(
    quotation: Quotation, text: str, before: dict[tuple[str, ...], int]
) -> tuple[tuple[int, int] | None, list[str]]:
    """Look for a quotation without an offset; a coder's take place after place."""
    words = folded(quotation.words)
    said = [(quotation.document, words, c["coder"]) for c in quotation.codings]
    first = max((before.get(key, 0) for key in said), default=0)
    found = places(text, quotation.words)
    if not found:
        span = loose(text, quotation.words)
        return (span, ["doubt_loose"]) if span else (None, ["lost_words"])
    span = next((span for span in found if span[0] >= first), found[0])
    before.update(dict.fromkeys(said, span[1]))
    return span, ["doubt_several"] * (len(found) > 1)


def _listed(
    quotation: Quotation, carried: Carried, ids: Mapping[str, str], phrase: str
) -> Lost:
    """Give the line that says why a quotation is lost or doubtful."""
    codings = quotation.codings
    named = dict.fromkeys(ids.get(c["code"], c["code"]) for c in codings)
    known = carried.coders
    who = dict.fromkeys(known.get(c["coder"], (c["coder"],))[0] for c in codings)
    told = "; ".join(named), "; ".join(who)
    return lost(quotation.document, quotation.words, phrase, *told)


def _codings(
    segment: str,
    quotations: list[Quotation],
    ids: Mapping[str, str],
    coders: Mapping[str, tuple[str, str]],
) -> list[Lost]:
    """Give a segment's codings in the order of the codebook, each once."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for coding in (c for q in quotations for c in q.codings if c["code"] in ids):
        key = ids[coding["code"]], coders[coding["coder"]][0]
        kept = found.setdefault(key, dict(coding))
        if coding.get("memo", "") not in kept.get("memo", ""):
            kept["memo"] = f"{kept.get('memo', '')}; {coding['memo']}".removeprefix(
                "; "
            )
    place = {code: n for n, code in enumerate(ids.values())}
    who = [coder for coder, _ in coders.values()]
    return [
        (segment, *key, c.get("round") or "1", c.get("date", ""), c.get("memo", ""))
        for key, c in sorted(
            found.items(), key=lambda item: (place[item[0][0]], who.index(item[0][1]))
        )
    ]
