"""Who speaks where: turns recognised in a transcript.

A line begins a turn with a label ("Enquêteur :", "E:", "Q1.", "[00:12] Mme A. :",
a name and a tab); without labels, lines wholly in bold are questions. What was
recognised is shown, for a person to confirm.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ecrm_helpers.study import plain

_TIME = r"[\[(]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?[\])]?"
_NAME = r"[^\W\d_](?:[^:\n\t\[\]()?!]{0,38}[^:\s\[\]()?!])?"
_LABELS = [
    re.compile(
        rf"[\s*•–—-]*(?:{_TIME}[\s–—-]*)?(?P<name>{_NAME})\s*(?:{_TIME}\s*)?[::](?!\d\d)"
    ),
    re.compile(rf"\s*(?P<name>{_NAME})\s*(?:{_TIME}\s*)?\t"),
    re.compile(rf"\s*(?P<name>{_NAME})\s+{_TIME}\s*$"),
    re.compile(rf"\s*{_TIME}\s+(?P<name>{_NAME})\s*$"),
    re.compile(r"\s*[\[(]?(?P<name>[QREIAP])\s?\d{0,3}\s?[\].)–—-]\s"),
]
_NUMBERED = re.compile(r"(question|réponse|[QR])\s?\d{1,3}", re.IGNORECASE)
#: What one who asks is called, as `study.plain` writes it.
_ASKS = (
    "enquet intervieweu interviewer chercheu researcher moderat animat question "
    "etudiant int"
).split()
_ASKED = re.compile(r"(interviewee?|enquetee?s?|repond\w+|particip\w+|respondent)\b")
#: How often a name must begin a line, unless it says a role.
_LEAST = 2


@dataclass(frozen=True)
class Turn:
    """What one says: from `start` to `end` of the text; the words begin at `said`."""

    start: int
    end: int
    speaker: str
    said: int


def turns(text: str, bold: Collection[int] = ()) -> list[Turn]:
    r"""Recognise the turns of a text.

    Parameters
    ----------
    text : str
        A transcript, a line for each paragraph.
    bold : collection of int
        The numbers, from 0, of the lines that are wholly bold.

    Returns
    -------
    list of Turn
        In the order of the text; empty where there are no labels and no bold
        questions.

    Examples
    --------
    >>> [(turn.speaker, turn.start) for turn in turns("Q1. Why?\nR: So.\nYes.")]
    [('Q', 0), ('R', 9)]
    """
    lines = text.split("\n")
    labels, ends = zip(*(_label(line) for line in lines), strict=True)
    often = Counter(filter(None, labels))
    known = {n for n, times in often.items() if times >= _LEAST or _role(n)}
    # Whoever answers one who asks is no chance word before a colon.
    said = zip(labels, ends, lines, strict=True)
    alone = [label for label, end, line in said if label and end == len(line)]
    pairs = [*pairwise(labels), *pairwise(alone)]
    known |= {answer for asks, answer in pairs if _role(asks) == "asks"}
    named = [label if label in known else "" for label in labels]
    if len(set(named) - {""}) < 2 and sum(map(bool, named)) < _LEAST:
        named, ends = _questions(lines, bold), (0,) * len(lines)
    return _spans(lines, named, ends)


def _label(line: str) -> tuple[str, int]:
    """Give a line's label and where what is said begins; "" where it has none."""
    found = next(filter(None, (label.match(line) for label in _LABELS)), None)
    name = " ".join(found["name"].split()) if found else ""
    if found is None or len(name.split()) > 4:
        return "", 0
    if _NUMBERED.fullmatch(name):
        name = name.rstrip("0123456789 ")
    rest = line[found.end() :]
    return name, found.end() + len(rest) - len(rest.lstrip())


def _questions(lines: list[str], bold: Collection[int]) -> list[str]:
    """Take bold lines for questions, where there are answers between them."""
    asked = [n for n in bold if lines[n].strip()]
    mixed = any(n not in bold and line.strip() for n, line in enumerate(lines))
    marked = any(lines[n].rstrip().endswith("?") for n in asked)
    if len(asked) < _LEAST or not mixed or not marked:
        return [""] * len(lines)
    named, before = [], ""
    for n, line in enumerate(lines):
        now = "Q" if n in asked else "R" if asked[0] < n and line.strip() else before
        named.append(now if now != before else "")
        before = now
    return named


def _spans(lines: list[str], named: list[str], ends: Sequence[int]) -> list[Turn]:
    """Let each turn go on to the next; blank ends are no part of it."""
    found: list[Turn] = []
    at = 0
    for line, name, label in zip(lines, named, ends, strict=True):
        end = at + len(line.rstrip())
        if name:
            found.append(Turn(at, end, name, at + label))
        elif found and line.strip():
            last = found[-1]
            empty = last.said >= last.end  # its label stands in a line of its own
            found[-1] = replace(last, end=end, said=at if empty else last.said)
        at += len(line) + 1
    return found


def _role(name: str) -> str:
    """Say whether a label names one who asks or one who is asked, or neither."""
    word = plain(name)
    if word in ("r", "reponse") or _ASKED.match(word):
        return "asked"
    asks = word in ("q", "i", "e") or word.startswith(tuple(_ASKS))
    return "asks" if asks else ""


def counts(found: Mapping[str, Iterable[Turn]]) -> dict[str, int]:
    """Count the turns of each speaker over all texts, most first."""
    return dict(Counter(t.speaker for of in found.values() for t in of).most_common())


def interviewers(
    texts: Mapping[str, str], found: Mapping[str, Iterable[Turn]]
) -> list[str]:
    r"""Name who asks: by the label, or else who ends most turns with a question.

    Examples
    --------
    >>> text = "Léa : Why?\nAnn : So.\nLéa : Really?\nAnn : Yes."
    >>> interviewers({"a": text}, {"a": turns(text)})
    ['Léa']
    """
    speakers = list(counts(found))
    asks: Counter[str] = Counter()
    for doc, of in found.items():
        for turn in of:
            asks[turn.speaker] += "?" in texts[doc][turn.start : turn.end][-3:]
    called = [name for name in speakers if _role(name) == "asks"]
    if "E" in called and "I" in called:  # one of them is interviewed
        called.remove("I" if asks["E"] >= asks["I"] else "E")
    if called or len(speakers) < 2:
        return called
    return [name for name, times in asks.most_common(1) if times]
