"""What kind of question a column answers, guessed from its cells."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ecrm_helpers.answers.columns.cells import (
    is_marker,
    is_own_words,
    rated,
    unnumbered,
)
from ecrm_helpers.answers.columns.headers import CHOSEN, CODED, QUIZ, WRITTEN, own_head
from ecrm_helpers.answers.columns.match import kind_of
from ecrm_helpers.answers.columns.values import above_a_gap, numbers
from ecrm_helpers.answers.formats.moments import in_digits
from ecrm_helpers.answers.formats.tables import Sheet, cell_text
from ecrm_helpers.answers.rows.respondents import ABOUT
from ecrm_helpers.answers.words import WORDS
from ecrm_helpers.study import plain
from ecrm_helpers.study.spelling import signed
from ecrm_helpers.study.texts import unaccented

#: So many different texts are levels; more are somebody's own words.
_LEVELS = 15
#: A whole number up to so much may be a point of a scale.
_POINTS = 10
#: So few are levels, however rare.
_FEW = 3
#: Scales that start at 1, the shortest first.
_USUAL = (5, 7, 10)
#: Several boxes are ticked in such a share of cells: by any mark, and by commas.
_SEVERAL = 0.02, 0.1
#: What says that nothing is thought, known or wanted.
_UNSURE = re.compile("|".join(WORDS["unsure"]))
_DAY = re.compile(r"\d{4}[-/.]\d\d?[-/.]\d\d?|\d\d?[-/.]\d\d?[-/.](?:\d{4}|\d\d)")
_TIMED = re.compile(r".*\d[:h]\d\d.*")
_MIDNIGHT = re.compile(r"\b0?0:00(?::00)?$")


@dataclass(frozen=True)
class Guess:
    """What a column seems to be.

    `doubts` are phrases for what a person must decide; `kind` is empty for a column
    that is no question: its `why` is a phrase that says what it is.
    """

    header: str
    name: str
    kind: str = ""
    levels: Sequence[str] = ()
    apart: Sequence[str] = ()
    scale: tuple[int, int] | None = None
    ends: tuple[str, str] | None = None
    other: bool = False
    doubts: Sequence[str] = ()
    why: str = ""
    #: The different texts of its cells, where they are few.
    texts: frozenset[str] = frozenset()


def guessed(sheet: Sheet, place: int) -> Guess:
    """Guess what a column of a file asks.

    Parameters
    ----------
    sheet : Sheet
        As a form of file is read.
    place : int
        Of the column.

    Returns
    -------
    Guess
    """
    header = CHOSEN.sub("", CODED.sub("", sheet.header[place])).strip()
    name = sheet.names[place] if sheet.names else ""
    labels = sheet.labels[place] if sheet.labels else {}
    bare = Guess(header, name)
    cells = sheet.cells[:, place].tolist()
    held = _one_spelling([cell for cell in cells if cell and not is_marker(cell)])
    special = kind_of(sheet, place)
    about = ABOUT.fullmatch(plain(own_head(header)))
    if special or about or QUIZ.fullmatch(header):
        return replace(bare, why=WHY.get(special, "draft_about"))
    if not header or not any(cells) or WRITTEN.fullmatch(header):
        return replace(bare, why="draft_words" if header and held else "draft_empty")
    texts = frozenset(plain(labels.get(cell, cell)) for cell in cells if cell)
    bare = replace(bare, texts=texts if len(texts) <= _LEVELS else frozenset())
    if labels and any(cell in labels for cell in held):
        return _labelled(bare, held, labels)
    return _plain(bare, held)


def _one_spelling(cells: Sequence[str]) -> list[str]:
    """Write alike what differs in capitals, accents, blanks or apostrophes alone."""
    times = Counter(cells)
    often: dict[str, str] = {}
    for text, _ in times.most_common():
        often.setdefault(signed(unaccented(text)), text)
    kept = {text: often[signed(unaccented(text))] for text in times}
    return [kept[cell] for cell in cells]


#: Why a column is no question.
WHY = {
    "moment": "draft_moment",
    "address": "draft_personal",
    "name": "draft_personal",
    "personal": "draft_personal",
    "id": "draft_id",
}


def _labelled(bare: Guess, held: Sequence[str], labels: Mapping[str, str]) -> Guess:
    """Guess by the labels of a program's codes: all have one, or the ends alone."""
    unsure = {code for code, text in labels.items() if _UNSURE.fullmatch(plain(text))}
    codes = [code for code in labels if code not in unsure]
    texts = [labels[code] for code in codes]
    apart = [labels[code] for code in labels if code in unsure]
    rest = [cell for cell in held if cell not in labels]
    whole = [int(code) for code in (*codes, *rest) if code.isdigit()]
    if rest and len(whole) == len(codes) + len(rest):
        if max(whole) > _POINTS:
            return replace(bare, kind="number", apart=apart, doubts=["draft_labels"])
        scale = min(whole), max(whole)
        ends = (labels.get(str(scale[0]), ""), labels.get(str(scale[1]), ""))
        named = (ends[0], ends[1]) if all(ends) else None
        return replace(
            bare, kind="scale", scale=scale, ends=named, apart=apart,
            doubts=["draft_ends"],
        )  # fmt: skip
    numbered = [unnumbered(text) for text in texts]
    words = [said or text for text, (_, said) in zip(texts, numbered, strict=True)]
    if ladder(words) or (len(codes) > 2 and [n for n, _ in numbered] == codes):
        whole = [int(code) for code in codes if code.isdigit()]
        steps = {later - code for code, later in pairwise(whole)}
        in_turn = len(whole) == len(codes) and steps == {1}
        points = (whole[0], whole[-1]) if in_turn else None
        return replace(bare, kind="scale", levels=texts, apart=apart, scale=points)
    return replace(
        bare, kind="choice", levels=texts, apart=apart,
        doubts=["draft_ordered"] if len(texts) > 2 else [],
    )  # fmt: skip


def _plain(bare: Guess, held: Sequence[str]) -> Guess:
    """Guess by the texts alone."""
    different = Counter(held)
    apart = [text for text in different if _UNSURE.fullmatch(plain(text))]
    sure = {text: k for text, k in different.items() if text not in apart}
    bare = replace(bare, apart=apart)
    if not sure:
        return replace(bare, why="draft_words")
    for guess in (_ratings, _days, _numbers, _boxes, _words):
        if found := guess(bare, sure):
            return found
    return replace(bare, why="draft_words")


def _ratings(bare: Guess, sure: Mapping[str, int]) -> Guess | None:
    """Guess a scale from stars, "2/5", "4 sur 5": all on one scale."""
    told = [rated(text) for text in sure]
    points = [each[0] for each in told if each]
    ends = {each[1] for each in told if each and each[1]}
    if len(points) < len(told) or len(ends) > 1 or (ends and max(points) > min(ends)):
        return None
    high = min(ends, default=_highest(max(points)))
    low = 0 if high > _POINTS else min(*points, 1)
    return replace(bare, kind="scale", scale=(low, high), doubts=["draft_ends"])


def _highest(point: int) -> int:
    return next((n for n in _USUAL if n >= point), _POINTS)


def _days(bare: Guess, sure: Mapping[str, int]) -> Guess | None:
    if not all(_DAY.match(in_digits(text)) for text in sure):
        return None
    timed = [in_digits(text) for text in sure]
    if all(map(_TIMED.fullmatch, timed)) and not all(map(_MIDNIGHT.search, timed)):
        return replace(bare, why="draft_moment")
    return replace(bare, kind="date", levels=())


def _numbers(bare: Guess, sure: Mapping[str, int]) -> Guess | None:
    """Guess a scale from few small whole numbers, else a plain number."""
    read = numbers(sure)
    values = {text: value for text in sure if (value := read(text)) is not None}
    if len(values) < 0.9 * len(sure):
        return None
    strange = ["draft_strange"] if len(values) < len(sure) else []
    points = sorted({int(v) for v in values.values() if v == int(v)})
    plain_points = all(cell_text(v).isdigit() for v in values.values())
    if not plain_points or points[0] < 0 or points[-1] > _POINTS or strange:
        return replace(bare, kind="number", doubts=strange)
    if points in ([0, 1], [1, 2], [0], [1]):
        return replace(bare, kind="choice", levels=sorted(sure), doubts=["draft_codes"])
    # 7, 8 or 9, far above the others, marks no answer: reading will ask.
    marks = above_a_gap(points, 2)
    points = [point for point in points if point not in marks]
    low = min(points[0], 1)
    top = points[-1]
    high = _highest(top) if low else top if top <= _USUAL[0] else _POINTS
    return replace(bare, kind="scale", scale=(low, high), doubts=["draft_ends"])


def _boxes(bare: Guess, sure: Mapping[str, int]) -> Guess | None:
    """Guess boxes where few texts, parted by one mark, make many different cells."""
    for mark in (";", "|", "\n", ","):
        parted = {text: _parts(text, mark) for text in sure}
        rows = sum(sure[text] for text, parts in parted.items() if len(parts) > 1)
        if rows < max(2, _SEVERAL[mark == ","] * sum(sure.values())):
            continue
        times = Counter(part for text, k in sure.items() for part in parted[text] * k)
        often = [part for part, k in times.items() if k > 1 or len(sure) < _LEVELS]
        often = [part for part in often if not is_own_words(part.partition(":")[0])]
        few = len(often) <= _LEVELS and len(often) < len(sure) + (mark != ",")
        if often and few and sum(times[part] for part in often) > 0.8 * times.total():
            levels = _joined(often, list(parted.values()), mark)
            doubts = ["draft_commas"] if mark == "," else []
            other = len(often) < len(times)
            return replace(
                bare, kind="multiple", levels=levels, other=other, apart=(),
                doubts=doubts,
            )  # fmt: skip
    return None


def _parts(text: str, mark: str) -> list[str]:
    return [part.strip() for part in text.split(mark) if part.strip()]


def _joined(
    parts: Sequence[str], cells: Sequence[Sequence[str]], mark: str
) -> list[str]:
    """Bring together parts of which one never stands without the other before it."""
    texts = list(parts)
    for second in parts:
        if mark != "," or not second[:1].islower():
            continue
        before = {c[c.index(second) - 1] for c in cells if second in c[1:]}
        alone = any(cell[0] == second for cell in cells)
        if len(before) == 1 and not alone and min(before) in texts:
            (first,) = before
            texts[texts.index(second)] = f"{first}{mark} {second}"
            if all(second in cell for cell in cells if first in cell):
                texts.remove(first)
    return texts


def _words(bare: Guess, sure: Mapping[str, int]) -> Guess | None:
    """Guess a scale in words, else a choice of few texts, else somebody's own words."""
    numbered = [unnumbered(text) for text in sure]
    worded = all(n.isdigit() and re.search(r"[^\W\d]", text) for n, text in numbered)
    if len(sure) > 2 and worded:
        ordered = sorted(sure, key=lambda text: int(unnumbered(text)[0]))
        return replace(bare, kind="scale", levels=ordered, doubts=["draft_points"])
    if rungs := ladder(list(sure)):
        return replace(bare, kind="scale", levels=rungs)
    n = sum(sure.values())
    few = len(sure) <= _FEW  # rare, and still what the form offers
    often = [text for text, k in sure.items() if few or k > max(1, n // 100)]
    often = often or list(sure)
    share = sum(sure[text] for text in often) / n
    many = len(often) > _LEVELS or (len(sure) > n / 2 and n > 2 * _LEVELS)
    if many or share < 0.6 or max(map(len, often)) > 200:
        return None
    doubts = ["draft_ordered"] if len(often) > 2 else []
    other = len(often) < len(sure)
    return replace(bare, kind="choice", levels=often, other=other, doubts=doubts)


def ladder(words: Sequence[str]) -> list[str]:
    """Give the words of a known scale in order, where all words are on it.

    Returns
    -------
    list of str
        As the file writes them, and those that nobody chose as scales have them;
        empty where no known scale has them all.

    Examples
    --------
    >>> ladder(["Souvent", "jamais", "Toujours"])
    ['jamais', 'Rarement', 'Souvent', 'Toujours']
    """
    met = {plain(word): word for word in words}
    if len(met) < 3 or len(met) < len(words):
        return []
    fitting = [
        rungs for rungs in WORDS["ladders"] if met.keys() <= {plain(r) for r in rungs}
    ]
    shortest = min(fitting, key=len, default=())
    return [met.get(plain(rung), rung) for rung in shortest]
