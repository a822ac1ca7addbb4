"""Names of codes as people write them: in a comment, a cell, a list.

Several stand in one place by ``;``, ``|``, ``#`` or lines; ``theme > code`` is a code
below a theme. What reads like a sentence is a memo.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from ecrm_helpers.interview.anchors import folded, normal
from ecrm_helpers.interview.exchange.carried import Carried, Code, lost
from ecrm_helpers.study import plain

#: A code has at most so many words and signs; beside sentences, few.
_WORDS, _SIGNS, _FEW = 8, 60, 3
#: How a note to oneself begins, as `study.plain` writes it: "à revoir", "to check".
_TASK = re.compile(
    r"(a \w+(er|ir|re)|to ?do|to (check|discuss|see|ask|verify|re\w+)"
    r"|voir|revoir|verifier|verif|relire|see|cf|marked as resolved|re ?opened"
    r"|marque comme resolu|(accepted|rejected) suggestion|(pas )?d accord|(dis)?agree"
    r")\b"
)
_INTRODUCED = re.compile(r"^(codes?|th[èe]mes?|tags?)\s*\d*\s*:\s*", re.IGNORECASE)
#: What a cell says that has no code: "-", "s.o.", "#N/A" and other faults of a sheet.
_VOID = re.compile(
    r"#(n/a|ref!|valeur!|value!|nom\s?\?|name\?|div/0!|nul!|null!|nombre!|num!|nd)"
    r"|n\.?[/.]?a\.?|s\.?\s?o\.?|[\W_]+|néant|aucune?|none|nan|null",
    re.IGNORECASE,
)
#: What stands before an item of a list.
_LISTED = re.compile(r"^([-–—•*]|\d{1,2}[.)])\s+")
#: What shows that a code is meant: no note is written so.
SURE = re.compile(f"{_INTRODUCED.pattern}|[;#|>→]", re.IGNORECASE)


def void(text: str) -> bool:
    """Tell whether a cell says that there is no code.

    Examples
    --------
    >>> void("s.o."), void("#REF!"), void("-"), void("#prix")
    (True, True, True, False)
    """
    return bool(_VOID.fullmatch(text.strip()))


def read(lines: Sequence[str], *, sure: bool = False) -> tuple[list[str], str]:
    """Part what is written into names of codes and a memo; `sure` that all are names.

    Examples
    --------
    >>> read(["Prix ; Confiance"]), read(["#prix #accueil"])
    ((['Prix', 'Confiance'], ''), (['prix', 'accueil'], ''))
    >>> read(["Prix", "Il faudra réécouter ce passage."]), read(["À revoir"])
    ((['Prix'], 'Il faudra réécouter ce passage.'), ([], 'À revoir'))
    """
    codes: list[str] = []
    memos: list[str] = []
    for line in lines:
        if sure:
            codes += [part for part in re.split("[;|]", normal(line)) if part.strip()]
            continue
        parts = [p.strip() for p in re.split("[;#|]", normal(line)) if p.strip(" ,.")]
        # Among sentences only a very short part is a code.
        words = _WORDS if all(map(_like_a_code, parts)) else _FEW
        for part in parts:
            (codes if _like_a_code(part, words) else memos).append(part)
    return list(dict.fromkeys(map(_clean, codes))), "\n".join(memos)


def _clean(text: str) -> str:
    """Take off what introduces a name and what follows it."""
    bare = _LISTED.sub("", " ".join(text.split()).strip('«»“”" '))
    bare = _INTRODUCED.sub("", bare)
    return re.sub(r"\s*[>→\\]\s*", " > ", bare.strip(" .,;"))


def _like_a_code(text: str, words: int = _WORDS) -> bool:
    bare = _clean(text)
    stopped = text.strip().endswith(".") and len(bare.split()) > _FEW
    sentence = stopped or re.search(r"[?!…]|[.:]\s|://", bare)
    task = _TASK.match(plain(bare)) and not _INTRODUCED.match(text)
    short = len(bare) <= _SIGNS and len(bare.split()) <= words
    return short and not (sentence or task) and bool(re.search(r"\w", bare))


def parted(carried: Carried) -> Carried:
    """Part names such as "Prix, Accueil" where each part is a code by itself.

    Where only some of the parts are, the name stays, and is listed as doubtful.
    """
    known = {code.key: code.name for code in carried.codes}
    parts = {k: [key(part) for part in re.split("[,/]", k)] for k in known}
    parts = {k: of for k, of in parts.items() if len(of) > 1}
    split = {k: of for k, of in parts.items() if {*of} <= known.keys()}
    doubt = [k for k, of in parts.items() if k not in split and {*of} & known.keys()]
    quotations = tuple(
        replace(
            quotation,
            codings=tuple(
                {**coding, "code": part}
                for coding in quotation.codings
                for part in split.get(coding["code"], [coding["code"]])
            ),
        )
        for quotation in carried.quotations
    )
    return replace(
        carried,
        codes=tuple(code for code in carried.codes if code.key not in split),
        quotations=quotations,
        lost=(*carried.lost, *(lost("", "", "doubt_commas", known[k]) for k in doubt)),
    )


def key(name: str) -> str:
    """Give what a name is compared by: one key for all its spellings."""
    return " > ".join(folded(part) for part in name.split(">"))


def book(
    names: Iterable[str], means: Mapping[str, str] = MappingProxyType({})
) -> tuple[Code, ...]:
    """Make the codes of their names, each below the one that its path names.

    Examples
    --------
    >>> [(code.name, code.parent) for code in book(["Prix > Hausse", "prix"])]
    [('Prix', ''), ('Hausse', 'prix')]
    """
    found: dict[str, Code] = {}
    for name in names:
        parts = [part.strip() for part in name.split(">") if part.strip()]
        for depth, part in enumerate(parts, 1):
            own, above = (key(" > ".join(parts[:n])) for n in (depth, depth - 1))
            about = means.get(name, "") if depth == len(parts) else ""
            found.setdefault(own, Code(own, above, part, about))
    return tuple(found.values())
