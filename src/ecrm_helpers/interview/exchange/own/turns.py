"""Who speaks where: turns recognised in a transcript.

A line begins a turn with a label ("Enquêteur :", "E:", "Q1.", "[00:12] Mme A. :",
a name and a tab), or a name stands beside a line that is only a time. Where none
does, "ENQUÊTRICE.", "Léa –" and "[Léa]" are labels too. Without labels, lines that
are wholly bold or numbered are questions, or lines begin with dashes in turn. What
was recognised is shown, for a person to confirm.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from unicodedata import category

from ecrm_helpers.study import plain

_CLOCK = r"\d{1,2}(?::\d{1,2}){1,2}(?:[.,]\d+)?"
_TIME = rf"[\[(]?{_CLOCK}(?:\s*-->\s*{_CLOCK})?[\])]?"
_NAME = r"[^\W\d_](?:[^:\n\t\[\]()<>?!]{0,38}[^:\s\[\]()<>?!])?"
_LABELS = [
    re.compile(
        rf"[\s*•>–—-]*(?:{_TIME}[\s–—-]*)?\[?(?P<name>{_NAME})\]?\s*"
        rf"(?:{_TIME}\s*)?[::](?!\d\d)"
    ),
    re.compile(rf"\s*(?P<name>{_NAME})\s*(?:{_TIME}\s*)?\t"),
    re.compile(rf"\s*\[?(?P<name>{_NAME})\]?\s+(?:{_TIME}\s*$|[\[(]{_CLOCK}[\])]\s)"),
    re.compile(rf"\s*{_TIME}[\s–—-]+(?P<name>{_NAME})\s*$"),
    re.compile(r"\s*[\[(]?(?P<name>[QREIAP])\s?\d{0,3}\s?[\].)–—-]\s"),
    re.compile(rf"\s*<v[.\w]*\s+(?P<name>{_NAME})>"),  # WebVTT
]
_SHORT = r"[^\W\d_][^:\n\t\[\]()<>?!]{0,38}?"
#: Labels as prose may have them: they must begin many lines.
_SPARE = [
    re.compile(rf"\s*(?P<name>{_SHORT})(?:\.?\s+[–—-]+|\.[–—])\s*(?=\S)"),
    re.compile(rf"\s*(?P<name>{_SHORT})\s?(?P<stop>\.)\s+(?=\S)"),
    re.compile(rf"\s*[\[(](?P<name>{_NAME})[\])]\s+(?=\S)"),
    re.compile(rf"\s*(?P<name>{_SHORT})(?P<stop>)\s*$"),
]
#: What programs that transcribe say themselves.
_APART = re.compile(
    r"(started|stopped) transcription$|a (démarré|commencé|arrêté) la transcription$"
    r"|^Transcribed by https?://"
)
_UNSAID = ("So", "Cf", "Sk")
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
    # Signs that stand for nothing said: pictures, marks of direction, joiners.
    lines = "".join(" " if category(c) in _UNSAID else c for c in text).split("\n")
    times = {n for n, line in enumerate(lines) if _TIMED.fullmatch(line)}
    beside = _beside(lines, times)
    if not beside and "-->" not in text:  # a time may be all that one says
        times = set()
    shown = [line + "\t" * (n in beside) for n, line in enumerate(lines)]
    spoken = sum(n not in times and bool(of.strip()) for n, of in enumerate(lines))
    for labels in (_LABELS, _SPARE):
        parts = [_label(line, labels) for line in shown]
        known = _known(parts, lines, times)
        named, ends = [n if n in known else "" for n, _ in parts], [e for _, e in parts]
        if _enough(named, spoken if labels is _SPARE else 0):
            break
    else:
        named, ends = _unlabelled(lines, bold)
    apart = {n for n, line in enumerate(lines) if _APART.search(line.strip())}
    # A number or a name of its own stands before the time of a subtitle.
    apart |= {
        n - 1
        for n in times
        if lines[n - 1].strip().isdecimal()
        or ("-->" in lines[n] and not "".join(lines[max(n - 2, 0) : n - 1]).strip())
    }
    return _spans(lines, named, ends, times | apart)


def _enough(named: Sequence[str], lines: int) -> bool:
    """Tell whether labels show a dialogue; spare ones begin half of the lines."""
    different, marked = {*named} - {""}, sum(map(bool, named))
    if not lines:
        return len(different) > 1 or marked >= _LEAST
    sure = 2 * marked >= lines or "asks" in map(_role, different)
    return len(different) > 1 and sure


def _beside(lines: Sequence[str], times: Collection[int]) -> set[int]:
    """Find the lines that are names, all before or all behind a line with a time."""
    at = {n for n in times if not lines[n].strip().isdecimal()}
    sides = [{n + step for n in at} & {*range(len(lines))} for step in (-1, 1)]
    named = {
        len(names): side
        for side in sides
        if all(_proper(lines[n]) for n in side)
        and len(names := {lines[n].strip() for n in side}) < len(side)
    }
    return named[min(named)] if named else set()


def _proper(text: str) -> bool:
    """Tell whether a text may be a name: its first and its last word are no prose."""
    whole = re.fullmatch(rf"\s*{_NAME}\s*", text)
    ends = [text.split()[n][0] for n in (0, -1)] if whole else ["a"]
    return not any(map(str.islower, ends)) or _role(text) != ""


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
    known |= timed - {""} if timed & known else set()
    first = min((n for n, label in enumerate(labels) if label in known
                 and often[label] >= _LEAST), default=len(lines))  # fmt: skip
    # Between turns a name before a sentence speaks too, if only once.
    return known | {
        label
        for (label, end), line in said[first:]
        if _proper(label) and line[end : end + 1].isupper()
    }


def _label(line: str, labels: Sequence[re.Pattern[str]]) -> tuple[str, int]:
    """Give a line's label and where what is said begins; "" where it has none."""
    matches = [found for label in labels if (found := label.match(line))]
    if labels is _SPARE:
        matches.sort(key=lambda found: len(found["name"]))
    found = next(iter(matches), None)
    name = " ".join(found["name"].split()) if found else ""
    if found is None or len(name.split()) > 4:
        return "", 0
    if labels is _SPARE:
        stop = found.groupdict().get("stop")
        if not (_role(name) or (_proper(name) if stop is None else name.isupper())):
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
