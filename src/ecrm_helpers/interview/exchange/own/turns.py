"""Who speaks where: turns recognised in a transcript.

A line begins a turn with a label ("Enquêteur :", "E:", "Q1.", "[00:12] Mme A. :",
a name and a tab), or a name stands beside a line that is only a time. Without
labels, lines that are wholly bold or numbered are questions, or lines begin with
dashes in turn. What was recognised is shown, for a person to confirm.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ecrm_helpers.study import plain

_CLOCK = r"\d{1,2}(?::\d{1,2}){1,2}(?:[.,]\d+)?"
_TIME = rf"[\[(]?{_CLOCK}(?:\s*-->\s*{_CLOCK})?[\])]?"
_NAME = r"[^\W\d_](?:[^:\n\t\[\]()<>?!]{0,38}[^:\s\[\]()<>?!])?"
_LABELS = [
    re.compile(
        rf"[\s*•–—-]*(?:{_TIME}[\s–—-]*)?\[?(?P<name>{_NAME})\]?\s*"
        rf"(?:{_TIME}\s*)?[::](?!\d\d)"
    ),
    re.compile(rf"\s*(?P<name>{_NAME})\s*(?:{_TIME}\s*)?\t"),
    re.compile(rf"\s*\[?(?P<name>{_NAME})\]?\s+{_TIME}\s*$"),
    re.compile(rf"\s*{_TIME}\s+(?P<name>{_NAME})\s*$"),
    re.compile(r"\s*[\[(]?(?P<name>[QREIAP])\s?\d{0,3}\s?[\].)–—-]\s"),
    re.compile(rf"\s*<v[.\w]*\s+(?P<name>{_NAME})>"),  # WebVTT
]
#: A line that is only a time, or the number before it.
_TIMED = re.compile(rf"\s*(\d+|{_TIME}(\s+\w+:\S+)*)\s*")
_NUMBER = re.compile(r"\s*(\d{1,2})\s?[.)]\s")
_DASH = re.compile(r"\s*[–—-]\s*(?=\w)")
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
    times = {n for n, line in enumerate(lines) if _TIMED.fullmatch(line)}
    beside = _beside(lines, times)
    if not beside and "-->" not in text:  # a time may be all that one says
        times = set()
    parts = [_label(line + "\t" * (n in beside)) for n, line in enumerate(lines)]
    labels, ends = [name for name, _ in parts], [end for _, end in parts]
    known = _known(parts, lines, times)
    named = [label if label in known else "" for label in labels]
    if len(set(named) - {""}) < 2 and sum(map(bool, named)) < _LEAST:
        named, ends = _unlabelled(lines, bold)
    counted = {n - 1 for n in times if lines[n - 1].strip().isdecimal()}
    return _spans(lines, named, ends, times | counted)


def _beside(lines: Sequence[str], times: Collection[int]) -> set[int]:
    """Find the lines that are names, all before or all behind a line with a time."""
    whole = range(len(lines))
    sides = [{n + step for n in times if n + step in whole} for step in (-1, 1)]
    named = {
        len(names): side
        for side in sides
        if all(re.fullmatch(rf"\s*{_NAME}\s*", lines[n]) for n in side)
        and len(names := {lines[n].strip() for n in side}) < len(side)
    }
    return named[min(named)] if named else set()


def _known(
    parts: Sequence[tuple[str, int]], lines: Sequence[str], times: Collection[int]
) -> set[str]:
    """Tell which labels name who speaks, and are no chance words."""
    labels = [label for label, _ in parts]
    often = Counter(filter(None, labels))
    known = {n for n, times in often.items() if times >= _LEAST or _role(n)}
    # Whoever answers one who asks, or is called ("Speaker 2") or timed as another.
    said = list(zip(parts, lines, strict=True))
    alone = [label for (label, end), line in said if label and end >= len(line)]
    pairs = [*pairwise(labels), *pairwise(alone)]
    known |= {answer for asks, answer in pairs if _role(asks) == "asks"}
    stems = {n: n.rstrip("0123456789") for n in often}
    alike = {stems[n] for n in known & often.keys()} - known
    known |= {name for name in often if stems[name] in alike}
    timed = {
        label
        for n, ((label, end), of) in enumerate(said)
        if n - 1 in times or re.search(f"<v|{_TIME}", of[:end])
    }
    return known | (timed - {""} if timed & known else set())


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


def _unlabelled(lines: list[str], bold: Collection[int]) -> tuple[list[str], list[int]]:
    """Tell turns by bold or numbered questions, or by dashes, where there are any."""
    found = [_NUMBER.match(line) for line in lines]
    numbers = {n: int(m[1]) for n, m in enumerate(found) if m}
    if sorted(set(numbers.values())) != [*numbers.values()]:  # lists of an answer's
        numbers = {n: k for n, k in numbers.items() if lines[n].rstrip().endswith("?")}
    named = _questions(lines, bold) or _questions(lines, numbers)
    if named:
        return named, [0] * len(lines)
    dashes = [_DASH.match(line) for line in lines]
    return _dashed(lines, [n for n, mark in enumerate(dashes) if mark]), [
        mark.end() if mark else 0 for mark in dashes
    ]


def _dashed(lines: list[str], at: Sequence[int]) -> list[str]:
    """Let two speak in turn, a dash before each, where one of them asks."""
    asks = Counter(
        place % 2
        for place, (a, b) in enumerate(pairwise([*at, len(lines)]))
        if "\n".join(lines[a:b]).rstrip().endswith("?")
    )
    [(who, times), (_, others)] = [*asks.most_common(), (-1, 0), (-1, 0)][:2]
    named = [""] * len(lines)
    if times >= _LEAST and 6 * times >= len(at) and times >= 3 * others:
        for place, n in enumerate(at):
            named[n] = "Q" if place % 2 == who else "R"
    return named


def _questions(lines: list[str], at: Collection[int]) -> list[str]:
    """Take some lines for questions, where there are answers between them."""
    asked = sorted(n for n in at if lines[n].strip())
    mixed = any(n not in at and line.strip() for n, line in enumerate(lines))
    marked = any(lines[n].rstrip().endswith("?") for n in asked)
    if len(asked) < _LEAST or not mixed or not marked:
        return []
    named, before = [], ""
    for n, line in enumerate(lines):
        now = "Q" if n in asked else "R" if asked[0] < n and line.strip() else before
        named.append(now if now != before else "")
        before = now
    return named


def _spans(
    lines: list[str], named: list[str], ends: Sequence[int], times: Collection[int]
) -> list[Turn]:
    """Let each turn go on to the next; blank ends and times are no part of it."""
    found: list[Turn] = []
    at = 0
    for n, (line, name, label) in enumerate(zip(lines, named, ends, strict=True)):
        end = at + len(line.rstrip().removesuffix("</v>"))
        if name:
            found.append(Turn(at, end, name, at + label))
        elif found and line.strip() and n not in times:
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
