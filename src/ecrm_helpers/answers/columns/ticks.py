"""What cells say of the boxes of a question: in one column, or in one for each."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import NamedTuple

from ecrm_helpers.answers.columns.cells import is_marker, no_words
from ecrm_helpers.answers.words import WORDS
from ecrm_helpers.study import Spellings, Study, plain

#: What a box's cell says when it is ticked, and when it is not.
YES, NO = {*WORDS["ticked"]}, {*WORDS["unticked"]}
_TICKS, _CROSSES = {"✓", "✔", "☑", "☒", "✗", "✘", "*"}, {"☐", "□"}
#: What is written where no box is ticked.
_NONE = re.compile(r"(?:aucune?s?|none|rien|nothing)(?: (?:de|of|des) .*)?")
_BETWEEN = r"\s*[;|\n]\s*", r"\s*[,;|\n]\s*"


class Ticks(NamedTuple):
    """What a text says of the boxes: those ticked, what is written, what is wrong."""

    ticked: frozenset[str] = frozenset()
    other: str = ""
    wrong: str = ""


@dataclass(frozen=True)
class Boxes:
    """The boxes of one question, and the texts that they are known by."""

    name: str
    study: Study
    recodes: Mapping[str, str] = field(default_factory=dict)

    @property
    def columns(self) -> list[str]:
        """The column of each box."""
        return list(self.study.boxes(self.name))

    def read(self, cells: Mapping[str, Sequence[str]]) -> Iterator[Ticks]:
        """Read every row, from the one column of all boxes or from one for each."""
        if self.name in cells:
            column = cells[self.name]
            yield from map(cache(self.together(set(column))), column)
            return
        keys = [box.removeprefix(f"{self.name}_") for box in cells]
        alone = cache(self.alone)
        for row in zip(*cells.values(), strict=True):
            pairs = zip(keys, row, strict=True)
            found = [one for key, cell in pairs if (one := alone(key, cell))]
            yield Ticks(
                frozenset().union(*(one.ticked for one in found)),
                " ".join(one.other for one in found if one.other),
                next((one.wrong for one in found if one.wrong), ""),
            )

    def together(self, texts: Iterable[str]) -> Callable[[str], Ticks]:
        """Learn how one column parts its boxes; give the reader of its cells.

        Parameters
        ----------
        texts : iterable of str
            The different texts of the column. Where one holds a semicolon, commas
            part nothing.

        Returns
        -------
        callable
        """
        only = any(re.search(_BETWEEN[0], text) for text in texts if not self.key(text))
        between = re.compile(f"({_BETWEEN[0 if only else 1]})")

        def read(cell: str) -> Ticks:
            if not cell or is_marker(cell):
                return Ticks()
            keys, rest = self._parted(between.split(cell))
            if not keys and (words := cell.split()) and all(map(self.key, words)):
                keys, rest = {self.key(word) for word in words}, ""
            return self._free(keys, rest)

        return read

    def alone(self, key: str, cell: str) -> Ticks | None:
        """Read the cell of one box; None where it says that it is not ticked."""
        text = plain(cell)
        if cell in _TICKS or text in YES or key in (text, self.key(cell)):
            return Ticks(frozenset({key}))
        if not cell or cell in _CROSSES or text in NO or is_marker(cell):
            return None
        return self._free(set(), cell) if key == "other" else Ticks(wrong=cell)

    def _parted(self, parts: Sequence[str]) -> tuple[set[str], str]:
        """Find the boxes among parts and marks in turn; the longest text counts."""
        keys, rest, at = set[str](), list[str](), 0
        while at < len(parts):
            for end in range(len(parts), at, -2):
                text = "".join(parts[at:end]).strip()
                if key := self.key(self.recodes.get(plain(text), text)):
                    keys.add(key)
                    break
            else:
                rest += parts[at : at + 2]
                end = at + 1
            at = end + 1
        return keys, "".join(rest).strip(" ,;|\n")

    def _free(self, keys: set[str], rest: str) -> Ticks:
        """Take what names no box as written beside the box for everything else."""
        if not rest or _NONE.fullmatch(plain(rest)):
            return Ticks(frozenset(keys))
        head, _, tail = rest.partition(":")
        if (named := self.key(head)) and tail:
            return Ticks(frozenset({*keys, named}), tail.strip())
        free = f"{self.name}_other" in self.columns
        if not free or no_words(rest):
            return Ticks(frozenset(keys), wrong=rest)
        return Ticks(frozenset({*keys, "other"}), rest)

    def key(self, text: str) -> str:
        """Give the box that a text names: by its texts, or by its key."""
        answer = f"={self._spelled.answer(text)}"
        return self._known.get(answer) or self._known.get(plain(text), "")

    @cached_property
    def _spelled(self) -> Spellings:
        return Spellings(self.study.boxes(self.name).values())

    @cached_property
    def _known(self) -> dict[str, str]:
        """The key of each box, by its answer and by itself."""
        boxes = self.study.boxes(self.name).items()
        keys = {box.removeprefix(f"{self.name}_"): level for box, level in boxes}
        answers = {f"={level.answer}": key for key, level in keys.items()}
        return {plain(key): key for key in keys} | answers
