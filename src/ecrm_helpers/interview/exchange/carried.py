"""What another program carries, made into the tables of this one.

A reader of a foreign file gives codes, quotations and texts as it finds them;
here they get ids, and each quotation its place in the text. What has no place
is listed with the reason, never dropped.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from ecrm_helpers.interview.anchors import anchor, normal
from ecrm_helpers.interview.tables import (
    COLUMNS,
    Interview,
    InterviewError,
    empty,
    guid,
    held,
)
from ecrm_helpers.study import plain


@dataclass(frozen=True)
class Code:
    """A code as carried: its key and its parent's in the foreign file."""

    key: str
    parent: str
    name: str
    definition: str = ""
    own: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Quotation:
    """A passage as carried, with the keys of its codes.

    `start` may count anything: it only tells equal passages apart. `codings`
    are mappings with ``code`` and ``coder`` (keys), ``round``, ``date``,
    ``memo``.
    """

    document: str
    start: int
    words: str
    codings: tuple[Mapping[str, str], ...]
    own: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Carried:
    """All that a foreign file carries; `lost` is what its reader could not take."""

    texts: Mapping[str, str]
    codes: tuple[Code, ...]
    quotations: tuple[Quotation, ...] = ()
    coders: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    lost: tuple[tuple[str, str, str, str], ...] = ()


#: What foreign files have no place for, and so carry in notes.
_KEYS = "code_id include_if exclude_if origin round memo date".split()
_KEYS += "segment_id turn speaker section file".split()


def lines(about: Mapping[str, str]) -> str:
    r"""Write values as lines, so that people and `values` can read them.

    >>> values(lines({"memo": "a\nb", "section": "3.1"}))
    {'memo': 'a\nb', 'section': '3.1'}
    """
    flat = {k: v.replace("\\", "\\\\").replace("\n", "\\n") for k, v in about.items()}
    return "\n".join(f"{key}: {value}" for key, value in flat.items() if value)


def values(text: str | None) -> dict[str, str]:
    """Read lines ``key: value`` back; nothing where any line is not one."""
    found = {}
    for line in (text or "").split("\n"):
        key, mark, value = line.partition(": ")
        if not mark or key not in _KEYS:
            return {}
        found[key] = re.sub(
            r"\\(.)", lambda m: "\n" if m[1] == "n" else str(m[1]), value
        )
    return found


LOST = ("document", "quotation", "codes", "reason")


def slug(name: str, taken: set[str]) -> str:
    """Make an id of a name, and remember it as taken.

    Examples
    --------
    >>> taken = {"e-mail"}
    >>> slug("Réseaux sociaux", taken), slug("E-mail", taken)
    ('reseaux-sociaux', 'e-mail-2')
    """
    letters = plain(name).encode("ascii", "ignore").decode()
    stem = "-".join(letters.split()) or "code"
    made, n = stem, 1
    while made in taken:
        n += 1
        made = f"{stem}-{n}"
    taken.add(made)
    return made


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
    codebook, ids = _codebook(carried.codes)
    segments, codings, lost = _segments(carried, texts, ids)
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
    )
    faults = held(interview)
    if faults:
        raise InterviewError("carried_faults", *faults, k=len(faults))
    return interview, pd.DataFrame(
        [*carried.lost, *lost], columns=list(LOST), dtype=str
    )


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


def _codebook(codes: tuple[Code, ...]) -> tuple[pd.DataFrame, dict[str, str]]:
    taken = {code.own["code_id"] for code in codes if "code_id" in code.own}
    ids = {c.key: c.own.get("code_id") or slug(c.name, taken) for c in codes}
    rows = [
        (
            ids[code.key],
            ids.get(code.parent, ""),
            code.name,
            code.definition,
            code.own.get("include_if", ""),
            code.own.get("exclude_if", ""),
            code.own.get("origin", "emergent"),
            code.own.get("guid") or guid("code", ids[code.key]),
        )
        for code in codes
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS["codebook"]), dtype=str), ids


def _segments(
    carried: Carried, texts: Mapping[str, str], ids: Mapping[str, str]
) -> tuple[pd.DataFrame, pd.DataFrame, list[tuple[str, str, str, str]]]:
    """Anchor every quotation; keep those without a place or a code apart."""
    placed: dict[tuple[str, int, int, str], list[Quotation]] = {}
    lost = []
    for quotation in carried.quotations:
        text = texts.get(quotation.document, "")
        span = anchor(text, quotation.words, quotation.start)
        named = [ids.get(c["code"], c["code"]) for c in quotation.codings]
        told = quotation.document, quotation.words, "; ".join(named)
        if span is None:
            lost.append((*told, "the words do not occur in the text"))
            continue
        if any(c["code"] not in ids for c in quotation.codings):
            lost.append((*told, "a code that the codebook lacks"))
        own = quotation.own.get("segment_id", "")
        placed.setdefault((quotation.document, *span, own), []).append(quotation)
    order = {name: place for place, name in enumerate(texts)}
    spans = sorted(placed, key=lambda span: (order[span[0]], *span[1:]))
    width = len(str(len(spans)))
    rows, codings = [], []
    for place, at in enumerate(spans, 1):
        document, start, end, own = at
        name = own or f"S{place:0{width}}"
        kept = placed[at][0].own
        about = [kept.get(key, "") for key in ("turn", "speaker", "section")]
        excerpt = texts[document][start:end]
        rows.append((name, document, start, end, excerpt, *about))
        codings += _codings(name, placed[at], ids, carried.coders)
    return (
        pd.DataFrame(rows, columns=list(COLUMNS["segments"])).astype(
            {c: int if c in ("start", "end") else str for c in COLUMNS["segments"]}
        ),
        pd.DataFrame(codings, columns=list(COLUMNS["codings"]), dtype=str),
        lost,
    )


def _codings(
    segment: str,
    quotations: list[Quotation],
    ids: Mapping[str, str],
    coders: Mapping[str, tuple[str, str]],
) -> list[tuple[str, ...]]:
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
