"""Columns that belong to one question: the items of a matrix, the boxes of one."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from ecrm_helpers.answers.columns.cells import is_own_words
from ecrm_helpers.answers.columns.headers import splits
from ecrm_helpers.answers.columns.ticks import NO, YES
from ecrm_helpers.answers.drafting.guesses import Guess, ladder
from ecrm_helpers.study import plain

#: So many columns in a row with one scale are a matrix without a common text.
_ALIKE = {"words": 3, "numbers": 4}
_FREE = re.compile(r"(?:autres?|others?)\b.*")


@dataclass(frozen=True)
class Asked:
    """A question to be: how it is answered, in which words, its items or boxes."""

    guess: Guess
    asked: str
    items: Sequence[str] = ()


def grouped(guesses: Sequence[Guess]) -> list[Asked]:
    """Bring together the columns of a file that make one question.

    Parameters
    ----------
    guesses : sequence of Guess
        Of every column, in the order of the file.

    Returns
    -------
    list of Asked
    """
    found: list[Asked] = []
    at = 0
    while at < len(guesses):
        run, one = (
            _with_stem(guesses, at) or _ticked(guesses, at) or _alike(guesses, at)
        )
        # Kobo writes the boxes of a question in one column too, before the others.
        again = found and found[-1].asked == one.asked and one.guess.kind == "multiple"
        if found and _is_beside(one.guess.header, found[-1]):
            found[-1] = _with_other(found[-1])
            one = replace(one, guess=replace(one.guess, kind="", why="draft_beside"))
        elif _says_nothing(one):
            one = replace(one, guess=replace(one.guess, kind="", why="draft_same"))
        found = [*(found[:-1] if again else found), one]
        at += run
    return found


def _is_beside(header: str, before: Asked) -> bool:
    """Tell whether a column holds what was written beside the choice before it."""
    its_own = [stem for stem, item in splits(header) if is_own_words(item)]
    named = any(plain(before.asked).endswith(plain(stem)) for stem in its_own)
    return before.guess.kind == "choice" and (named or is_own_words(header))


def _with_other(asked: Asked) -> Asked:
    levels = [text for text in asked.guess.levels if not is_own_words(text)]
    return replace(asked, guess=replace(asked.guess, levels=levels, other=True))


def _says_nothing(one: Asked) -> bool:
    """Tell whether all who answered gave one answer, and its words are no box's."""
    levels = [*one.guess.levels, *one.guess.apart]
    alone = one.guess.kind == "choice" and len(levels) == 1
    return alone and plain(levels[0]) != plain(one.asked)


def _with_stem(guesses: Sequence[Guess], at: int) -> tuple[int, Asked] | None:
    """Find the longest run of columns whose headers begin alike and have items."""
    best: tuple[int, Asked] | None = None
    for stem, _ in splits(guesses[at].header):
        items = list(_items(guesses[at:], stem))
        if len(items) > (best[0] if best else 1):
            asked = _united(stem, guesses[at : at + len(items)], items)
            best = (len(items), asked) if asked else best
    return best


def _ticked(guesses: Sequence[Guess], at: int) -> tuple[int, Asked] | None:
    """Find boxes that have no words before their own: each cell holds its header."""
    rest = (guesses[place] for place in range(at, len(guesses)))
    own = takewhile(lambda guess: guess.texts == {plain(guess.header)}, rest)
    texts = [guess.header for guess in own]
    if len(texts) < 2:
        return None
    after = guesses[at + len(texts) : at + len(texts) + 1]
    free = any(_FREE.fullmatch(plain(guess.header)) for guess in after)
    doubts = ["draft_boxes", "draft_no_words"]
    return len(texts) + free, Asked(_as_boxes(guesses[at], texts, free, doubts), "")


def _as_boxes(
    first: Guess, texts: Sequence[str], free: bool, doubts: Sequence[str]
) -> Guess:
    return replace(
        first, kind="multiple", levels=texts, other=free, apart=(), scale=None,
        doubts=doubts, why="",
    )  # fmt: skip


def _items(guesses: Sequence[Guess], stem: str) -> Iterator[str]:
    for guess in guesses:
        parted = dict(splits(guess.header))
        if stem not in parted or not plain(stem):
            return
        yield parted[stem]


def _united(stem: str, guesses: Sequence[Guess], items: Sequence[str]) -> Asked | None:
    """Make one question of columns with items, if their answers are of one sort."""
    boxes = [
        item
        for guess, item in zip(guesses, items, strict=True)
        if guess.texts and guess.texts <= YES | NO | {plain(item)}
    ]
    free = [item for item in items if _FREE.fullmatch(plain(item))]
    if boxes and set(items) <= {*boxes, *free}:
        texts = [item for item in boxes if item not in free]
        guess = _as_boxes(guesses[0], texts, bool(free), ["draft_boxes"])
        return Asked(guess, stem.strip())
    scale = _one_scale(guesses)
    return Asked(scale, stem.strip(), list(items)) if scale else None


def _one_scale(guesses: Sequence[Guess]) -> Guess | None:
    """Give the scale that all columns are on: of words, or from point to point."""
    if any(guess.kind not in ("scale", "choice") for guess in guesses):
        return None
    first = guesses[0]
    apart = list(dict.fromkeys(text for guess in guesses for text in guess.apart))
    matrix = replace(first, kind="matrix", apart=apart, ends=None, other=False)
    if all(guess.scale for guess in guesses):
        ends = [guess.scale for guess in guesses if guess.scale]
        widest = min(low for low, _ in ends), max(high for _, high in ends)
        return replace(matrix, scale=widest, doubts=["draft_ends"])
    words = list(dict.fromkeys(text for guess in guesses for text in guess.levels))
    if rungs := ladder(words):
        return replace(matrix, levels=rungs, doubts=[])
    alike = all(2 * len(guess.levels) >= len(words) for guess in guesses)
    if 1 < len(words) <= _MOST and alike:
        ordered = first.kind == "scale" and len(first.levels) == len(words)
        doubts = [] if ordered else ["draft_unordered"]
        return replace(matrix, levels=words, doubts=doubts)
    return None


#: Levels that a matrix may have.
_MOST = 11


def _alike(guesses: Sequence[Guess], at: int) -> tuple[int, Asked]:
    """Take columns in a row that are on one scale as a matrix; else one column."""
    first = guesses[at]
    alone = 1, Asked(first, first.header)
    if first.kind != "scale" or first.ends:
        return alone
    end = at + 1
    while end < len(guesses) and _like(first, guesses[end]):
        end += 1
    run = guesses[at:end]
    scale = _one_scale(run)
    if scale is None or len(run) < _ALIKE["numbers" if first.scale else "words"]:
        return alone
    doubts = [*scale.doubts, "draft_alike"]
    return len(run), Asked(replace(scale, doubts=doubts), "", [g.header for g in run])


def _like(first: Guess, other: Guess) -> bool:
    same = first.scale == other.scale and first.levels == other.levels
    return other.kind == "scale" and same and not other.ends
