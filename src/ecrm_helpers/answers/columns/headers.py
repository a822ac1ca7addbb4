"""Which columns of a study a header may be: by its id, as it was asked, by patterns.

A header is compared in small letters, without accents or punctuation. Its
number may be wrong; it only decides where the text leaves several questions.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from ecrm_helpers.answers.columns.cells import is_own_words
from ecrm_helpers.answers.columns.ticks import Boxes
from ecrm_helpers.answers.words import WORDS
from ecrm_helpers.study import Item, Question, Study, plain

NUMBERED = re.compile(r"^(?:q(?:uestion)? ?)?(\d+) (?=\D)")
_ITEM = re.compile(r"^(.*)\[(.*)\]\s*$", re.DOTALL)
#: What programs put between a question and one of its boxes.
_BETWEEN = re.compile(r"\s*/\s*|\s+[-–—>]+\s+|\s*:\s+|(?<=\w)[_.](?=\w)")
#: An item in round brackets, as Tally writes it.
_ROUND = re.compile(r"(.*\S)\s+\(([^()]+)\)\s*", re.DOTALL)
#: The box for everything else, and the column of what was written there.
_FREE = re.compile(r"(?:autres?|others?)(?: .*)?|te?xte?|.* (?:autres?|other) te?xte?")


#: What Qualtrics writes behind a question, and of what was written beside it.
CHOSEN = re.compile(
    r"\s+[-–—]\s+(?:selected choice|choix sélectionné|réponse sélectionnée)", re.I
)
#: What a quiz puts beside each question.
QUIZ = re.compile("|".join(WORDS["quiz"]), re.I | re.DOTALL)
#: What LimeSurvey writes before a question's words, where it gives its code as well.
CODED = re.compile(r"^\s*\w+(?:\[\w+\])+\.\s+(?=\S)")
WRITTEN = re.compile(r".*\s[-–—]\s+te?xte?\s*", re.I | re.DOTALL)


class Headers:
    """What the headers of a study's files say.

    Examples
    --------
    >>> from ecrm_helpers.study import read_study
    >>> headers = Headers(read_study())
    >>> headers.of("7. Importance des outils [Twitter]"), headers.of("Q5_1")
    ({'q7_3'}, {'q5_1'})
    """

    def __init__(self, study: Study) -> None:
        self.study = study
        self._sought: dict[str, set[str]] = {}
        self.boxes = {name: study.boxes(name) for name in study.questions}
        many = [name for name, boxes in self.boxes.items() if boxes]
        self._columns = study.columns
        self._ids = {plain(column): column for column in (*self._columns, *many)}
        self._stems = {
            name: texts(one, one.label.fr, one.label.en) | {_bare(name)}
            for name, one in study.questions.items()
        }
        #: Columns by their words, by those before brackets, by both.
        self._words: dict[str, set[str]] = {}
        self._before: dict[str, set[str]] = {}
        self._within: dict[tuple[str, str], set[str]] = {}
        for name, one in study.questions.items():
            self._learn(name, one)
        self._keyed = {name: Boxes(name, study) for name in many}

    def _learn(self, name: str, question: Question) -> None:
        """Keep the words by which the columns of a question are known."""
        stems = self._stems[name]
        for column, item in question.items.items():
            for row in texts(item, item.fr, item.en):
                if item.asked:
                    self._words.setdefault(row, set()).add(column)
                for stem in stems:
                    self._words.setdefault(f"{stem} {row}", set()).add(column)
                    self._within.setdefault((stem, row), set()).add(column)
        for stem in () if question.items else stems:
            self._words.setdefault(stem, set()).add(name)
            if not self.boxes[name]:
                self._before.setdefault(stem, set()).add(name)

    def score(self, header: Sequence[str]) -> int:
        """Count the questions that a header has a column for; a column counts once."""
        found = [self.of(text) for text in header]
        sure = set().union(*(names for names in found if len(names) == 1))
        return len(sure) + sum(len(names) > 1 for names in found)

    def named(self, header: str, name: str) -> set[str]:
        """Give the columns that a header may be; a program's short name may tell it.

        Where all boxes of a question have its words for header, their names do.
        """
        found, by_name = self.of(header), self.of(name)
        (one,) = found if len(found) == 1 else ("",)
        return by_name if by_name & self.boxes.get(one, {}).keys() else found or by_name

    def of(self, header: str) -> set[str]:
        """Give the columns that a header may be; the same text is sought once."""
        if header not in self._sought:
            self._sought[header] = self._of(header)
        return self._sought[header]

    def _of(self, header: str) -> set[str]:
        if named := self._ids.get(plain(header)):
            return {named}
        header = CHOSEN.sub("", CODED.sub("", header))
        if not plain(header):
            return set()
        found = self._by_text(header)
        if WRITTEN.fullmatch(header):
            found = {c for c in found if c not in self.study.questions}
        return found

    def beside(self, header: str) -> str:
        """Give the choice beside which a column holds what was written, if it is one's.

        Examples
        --------
        >>> from ecrm_helpers.study import read_study
        >>> Headers(read_study()).beside("q2[other]")
        'q2'
        """
        stems = [stem for stem, item in splits(header) if is_own_words(item)]
        found = [self.of(stem) for stem in stems]
        return next((min(names) for names in found if len(names) == 1), "")

    def _by_text(self, header: str) -> set[str]:
        asked = self._asked(header)
        if asked:
            asked = self._numbered(header, asked)
            # A statement alone may be a question's words too: then it is the question.
            return {c for c in asked if c in self.study.questions} or asked
        stem, item = (plain(part) for part in parts(header))
        stem = NUMBERED.sub("", stem)
        questions = self.study.questions
        of = [(name, one) for name, one in questions.items() if one.patterns]
        found = {c for n, one in of for c in self._found(n, one, stem, item)}
        found |= {c for n in self._keyed for c in self._ticked(n, questions[n], header)}
        boxed = {n for n, boxes in self.boxes.items() if found & boxes.keys()}
        found -= boxed
        number = NUMBERED.match(plain(parts(header)[0]))
        if len(found) > 1 and number:
            same = {c for c in found if c.split("_")[0] == f"q{number[1]}"}
            return same or found
        return found

    def _numbered(self, header: str, among: set[str]) -> set[str]:
        """Leave of columns asked alike those whose number, as asked, is this one."""
        heard = {plain(header), plain(parts(header)[1])}
        asked = {c: self._part(c).asked for c in among} if len(among) > 1 else {}
        same = {c for c, words in asked.items() if heard & set(map(plain, words))}
        return same or among

    def _part(self, column: str) -> Question | Item:
        question = self._columns.get(column) or self.study.questions[column]
        return question.items.get(column, question)

    def _asked(self, header: str) -> set[str]:
        """Give the columns whose words, as they were asked, a header repeats."""
        stem, item = map(_bare, parts(header))
        found = self._words.get(_bare(header), set()) | self._before.get(stem, set())
        found |= self._within.get((stem, item), set())
        for name in self._keyed:
            found |= {*self._boxes(name, header, self._is_stem(name))}
        return found

    def _is_stem(self, name: str) -> Callable[[str], bool]:
        stems = self._stems[name]
        return lambda text: _bare(text) in stems

    def _found(
        self, name: str, question: Question, stem: str, item: str
    ) -> Iterator[str]:
        """Give the columns of which a pattern is found in a header."""
        hits = (re.search(pattern, stem) for pattern in question.patterns)
        hit = next(filter(None, hits), None)
        if hit and not question.items:
            yield from () if self.boxes[name] and item else (name,)
        elif hit:
            # Without brackets the item stands behind the question.
            rest = item or stem[hit.end() :]
            yield from (c for c, one in question.items.items() if _is_item(one, rest))

    def _ticked(self, name: str, question: Question, header: str) -> Iterator[str]:
        """Give the boxes that a header names behind their question."""
        patterns = question.patterns

        def hit(text: str) -> bool:
            stem = NUMBERED.sub("", plain(text))
            found = any(re.search(pattern, stem) for pattern in patterns)
            return found or stem == plain(name)

        yield from self._boxes(name, header, hit)
        if not (question.asked or patterns) and (key := self._box(name, header)):
            yield f"{name}_{key}"

    def _boxes(
        self, name: str, header: str, hit: Callable[[str], bool]
    ) -> Iterator[str]:
        for stem, item in splits(header):
            if hit(stem) and (key := self._box(name, item)):
                yield f"{name}_{key}"
                return

    def _box(self, name: str, text: str) -> str:
        """Give the box that a text names; without a stem, a header may be one's."""
        free = self.study.questions[name].other and _FREE.fullmatch(plain(text))
        return self._keyed[name].key(text) or ("other" if free else "")


def parts(header: str) -> tuple[str, str]:
    """Part a header from what stands in brackets at its end.

    Examples
    --------
    >>> parts("Outils [Twitter]"), parts("Outils")
    (('Outils ', 'Twitter'), ('Outils', ''))
    """
    bracket = _ITEM.match(header) if "]" in header else None
    return (bracket[1], bracket[2]) if bracket else (header, "")


def own_head(header: str) -> str:
    """Give a program's own head without what it writes around it.

    LimeSurvey writes a code before its words, Framaforms the words of a group.

    Examples
    --------
    >>> own_head("submitdate. Date"), own_head("Détails de la soumission [SID]")
    ('submitdate', 'SID')
    """
    stem, item = parts(header)
    group = "|".join(WORDS["details"])
    return (
        item
        if re.fullmatch(f"(?:{group})?", plain(stem)) and item
        else header.partition(". ")[0]
    )


def texts(asked: Question | Item, *labels: str) -> set[str]:
    """Give the words that a question was asked in; without any, its labels."""
    return {
        _bare(CHOSEN.sub("", CODED.sub("", text))) for text in (asked.asked or labels)
    }


def _bare(text: str) -> str:
    return NUMBERED.sub("", plain(text))


def _is_item(item: Item, text: str) -> bool:
    return any(re.search(pattern, text) for pattern in item.patterns)


def splits(header: str) -> Iterator[tuple[str, str]]:
    """Part a header wherever an item or a box may begin, the last place first.

    Examples
    --------
    >>> list(splits("Réseaux (ex. : X) - TikTok"))
    [('Réseaux (ex. : X)', 'TikTok'), ('Réseaux (ex.', 'X) - TikTok')]
    """
    stem, item = parts(header)
    if item:
        yield stem, item
    elif in_round := _ROUND.fullmatch(header):
        yield in_round[1], in_round[2]
    for between in reversed(list(_BETWEEN.finditer(header))):
        yield header[: between.start()], header[between.end() :]
