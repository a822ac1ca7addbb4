"""What another program carries, and how it is noted in its files.

A reader of a foreign file gives codes, quotations and texts as it finds them;
`tabled` makes the tables of them.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from ecrm_helpers.printed import say, shell_language
from ecrm_helpers.study import plain

#: A line of what has no place: the columns of `LOST`.
Lost = tuple[str, ...]


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

    `start` counts in the normal form of the text; without one, of several
    equal passages each of a coder's takes the next. `codings` are mappings with
    ``code`` and ``coder`` (keys), ``round``, ``date``, ``memo``. `doubt` is the
    key of a phrase: why the place is doubtful, or that there is none.
    """

    document: str
    start: int | None
    words: str
    codings: tuple[Mapping[str, str], ...]
    own: Mapping[str, str] = field(default_factory=dict)
    doubt: str = ""


@dataclass(frozen=True)
class Carried:
    """All that a foreign file carries; `lost` is what its reader could not take.

    `listed` tells that the quotations are all units its coder was given; `bold`
    numbers, for a text, its lines that are wholly bold; `respondents` has the
    variables of who speaks in a text.
    """

    texts: Mapping[str, str]
    codes: tuple[Code, ...]
    quotations: tuple[Quotation, ...] = ()
    coders: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    lost: tuple[Lost, ...] = ()
    listed: bool = False
    bold: Mapping[str, frozenset[int]] = field(default_factory=dict)
    respondents: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


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


LOST = ("document", "quotation", "codes", "coder", "reason")


def lost(document: str, words: str, key: str, codes: str = "", coder: str = "") -> Lost:
    """Make a line of what has no place or is doubtful, by the key of the reason."""
    return document, words, codes, coder, say(key, shell_language())


def add_variable(known: dict[str, str], name: str, value: str) -> None:
    """Note a value of a variable; those of several who speak stand side by side."""
    both = [*filter(None, known.get(name, "").split("; ")), value.strip()]
    known[name] = "; ".join(dict.fromkeys(both))


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
