"""A class's folder: what each student gets, and the teacher's key.

A student's answers depend on the salt and their name alone, so they can be
made again, and one who comes late gets theirs without the others.
"""

import io
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain, count
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd

from ecrm_helpers.answers.personal import COLUMNS
from ecrm_helpers.answers.reconstruct import reconstruct
from ecrm_helpers.compendium.render import pdf
from ecrm_helpers.files import (
    FileError,
    comma_separated,
    content,
    read_rows,
    require_empty,
    text_of,
    write_folder,
)
from ecrm_helpers.printed import Edition, Wrong, told
from ecrm_helpers.study import Published
from ecrm_helpers.study.texts import plain
from ecrm_helpers.workshop.check import ANSWERS, ASKED, judged
from ecrm_helpers.workshop.lesson import NAME, SEED, lesson, sheet
from ecrm_helpers.workshop.questions import QUESTIONS, Mine
from ecrm_helpers.workshop.together import together

#: Where things lie in a class's folder.
STUDENTS, TEACHER, KEY = "students", "teacher", "key.csv"

#: So long is the name of a student's folder at most.
_LONGEST = 40


@dataclass(frozen=True)
class Student:
    """One student: the name, the folder, and the seed of the answers."""

    name: str
    folder: str
    seed: int

    @property
    def printable(self) -> str:
        """The name, or the folder's where the sheet's font cannot write it."""
        known = all(ord(c) < 0x500 or 0x1E00 <= ord(c) < 0x2020 for c in self.name)
        return self.name if known else self.folder


def read_names(path: Path) -> list[str]:
    """Read the students' names, one a line.

    Raises
    ------
    Wrong
        There is none, the first is a column's head, one stands twice, or has
        signs that are no text; all of these are listed.
    """
    text = text_of(content(path), str(path))
    lines = unicodedata.normalize("NFC", text.removeprefix("\N{BYTE ORDER MARK}"))
    names = [name for line in lines.splitlines() if (name := " ".join(line.split()))]
    if not names:
        raise Wrong("class_no_names", path=path)
    times = Counter(name.casefold() for name in names)
    head = COLUMNS["privacy_column_names"].fullmatch(plain(names[0]))
    faults = [told("class_name_head", name=names[0])] if head else []
    faults += [
        told("class_name_twice", name=name)
        for name in dict.fromkeys(names)
        if times[name.casefold()] > 1
    ]
    faults += [
        told("class_name_signs", name=ascii(name))
        for name in names
        if any(unicodedata.category(sign).startswith("C") for sign in name)
    ]
    if faults:
        raise Wrong("class_names", *faults, path=path)
    return names


def students(names: Sequence[str], salt: str) -> list[Student]:
    """Give each name its folder and its seed.

    Examples
    --------
    >>> names = ["A 2", "Élève A", "eleve a!", "学", "A", "a."]
    >>> [each.folder for each in students(names, "salt")]
    ['a-2', 'eleve-a', 'eleve-a-2', 'student', 'a', 'a-3']
    """
    found: dict[str, Student] = {}
    for name in names:
        plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
        slug = re.sub("[^a-z0-9]+", "-", plain.lower()).strip("-")[:_LONGEST]
        slug = slug or "student"
        free = chain([slug], (f"{slug}-{k}" for k in count(2)))
        folder = next(each for each in free if each not in found)
        hashed = sha256(f"{salt}\0{name.casefold()}".encode()).hexdigest()
        found[folder] = Student(name, folder, int(hashed[:8], 16))
    return list(found.values())


def make(
    folder: Path, who: Sequence[Student], table: Published, salt: str, edition: Edition
) -> None:
    """Write the folder of a class, all of it or nothing.

    Raises
    ------
    FileError
        There is something in it already.
    """
    require_empty(folder)
    exercises = nbformat.writes(lesson(table.values, edition)).encode()
    answers = [_answers(table, each.seed) for each in who]
    mine = [_mine(text) for text in answers]
    solved = nbformat.writes(lesson(table.values, edition, solved=True)).encode()
    blanks = [{NAME: each.printable, SEED: str(each.seed)} for each in who]
    sheets = pdf.copies(sheet(table.values, edition), blanks)
    made: dict[str, bytes] = {}
    for each, text, printed in zip(who, answers, sheets, strict=True):
        home = f"{STUDENTS}/{each.folder}"
        made[f"{home}/{ANSWERS}"] = text.encode()
        made[f"{home}/exercises.ipynb"] = exercises
        made[f"{home}/sheet.pdf"] = printed
    keys = [{name: q.key(own) for name, q in QUESTIONS.items()} for own in mine]
    rows = [vars(each) | key for each, key in zip(who, keys, strict=True)]
    page = together([own.frame for own in mine], table.study, edition)
    written = {KEY: sheet_of(rows, edition), "class.html": page.encode()}
    written |= {"solutions.ipynb": solved, ANSWERS: answers[0].encode()}
    written["salt.txt"] = f"{salt}\n".encode()
    made |= {f"{TEACHER}/{name}": content for name, content in written.items()}
    write_folder(folder, made)


def _answers(table: Published, seed: int) -> str:
    return reconstruct(table.values, table.study, seed)


def _mine(text: str) -> Mine:
    return Mine(pd.read_csv(io.StringIO(text)))


def sheet_of(rows: Sequence[Mapping[str, Any]], edition: Edition) -> bytes:
    """Write rows as CSV that a spreadsheet in that language opens as a table.

    In French a semicolon parts the cells, and numbers have their comma.
    """
    french = edition == "fr"
    cells = (
        [
            _in_french(cell) if french and name in QUESTIONS else cell
            for name, cell in row.items()
        ]
        for row in rows
    )
    text = comma_separated([list(rows[0]), *cells], mark=";" if french else ",")
    return text.encode("utf-8-sig")


def _in_french(text: str) -> str:
    """Write the numbers of a text with commas, and a list of them with semicolons."""
    return re.sub(r"(?<=\d)\.(?=\d)", ",", re.sub(r"(?<=\d), ", " ; ", text))


def collected(folder: Path, table: Published) -> list[dict[str, str]]:
    """Say of each student which questions are solved, by what they handed in.

    Each answer is held against answers made anew from the student's seed, not
    against the file that came back.

    Returns
    -------
    list of dict
        In the order of the key: ``name``, ``folder``, ``handed_in`` (``yes``,
        ``nothing``, ``other_answers``, ``damaged``), ``solved`` (how many), and under
        each question ``yes``, what it was judged last, or nothing.

    Raises
    ------
    Wrong
        The folder is not a class's.
    """
    key = folder / TEACHER / KEY
    if not key.is_file():
        raise Wrong("class_no_key", folder=folder, file=key)
    rows = _rows(key)
    return [_collected(row, folder / STUDENTS, table) for row in rows]


def strangers(folder: Path, found: Sequence[Mapping[str, str]]) -> list[str]:
    """Name what lies among the students' folders and is none of the key's."""
    names = {place.name for place in (folder / STUDENTS).glob("[!.]*")}
    return sorted(names - {row["folder"] for row in found})


def _rows(path: Path, columns: Sequence[str] = ()) -> list[dict[str, str]]:
    """Read a table that a French spreadsheet may have saved."""
    mark = ";" if b";" in content(path).partition(b"\n")[0] else ","
    return read_rows(path, columns, mark=mark)


def _collected(row: Mapping[str, str], home: Path, table: Published) -> dict[str, str]:
    place, given = home / row["folder"], _answers(table, int(row["seed"]))
    asked, kept, mine = place / ASKED, place / ANSWERS, _mine(given)
    found: dict[str, str] = dict.fromkeys(QUESTIONS, "")
    state = "yes" if asked.is_file() else "nothing"
    try:
        for each in _rows(asked, ("question", "answer")) if asked.is_file() else ():
            if found.get(each["question"], "yes") != "yes":
                found[each["question"]] = judged(each["question"], each["answer"], mine)
    except FileError:  # one damaged record keeps nobody else's back
        state = "damaged"
    if kept.is_file() and kept.read_bytes().split() != given.encode().split():
        state = "other_answers"
    solved = sum(outcome == "yes" for outcome in found.values())
    told_of = {"name": row["name"], "folder": row["folder"], "handed_in": state}
    return told_of | {"solved": str(solved)} | found
