"""What a student asks of an answer: yes, not within rounding, or where to look.

It recomputes from the student's own file and holds no key. Nothing depends on
the cell it stands in, or on the notebook's name.
"""

import re
import sys
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from ecrm_helpers.files import comma_separated, read_rows, write_atomically
from ecrm_helpers.printed import Wrong, joined, keyed, language, say
from ecrm_helpers.workshop.questions import QUESTIONS, Mine

#: A student's answers, and what they asked `check`, in the folder they work in.
ANSWERS, ASKED = "answers.csv", "handed-in.csv"

#: What `check` says.
SAID = keyed("class_", "class_yes class_near class_no class_unread class_blank")

#: Where to look, for each question.
LOOK = keyed(
    "class_look_",
    "class_look_1a class_look_1b class_look_2a class_look_2b class_look_2c "
    "class_look_3a class_look_3b class_look_4a class_look_4b class_look_5a "
    "class_look_5b class_look_6a class_look_6b class_look_7a class_look_7b "
    "class_look_8 class_look_9 class_look_10",
)

#: What stands in a cell that was not filled in.
BLANKS = ("", "None", "...", "…", "Ellipsis", "nan")


@dataclass(frozen=True)
class Checked:
    """What `check` found: ``yes``, ``near``, ``no``, ``unread`` or ``blank``."""

    question: str
    found: str

    def __bool__(self) -> bool:
        """Tell whether the answer is right."""
        return self.found == "yes"

    def __str__(self) -> str:
        """Say it in the chosen language."""
        edition = language()
        look = say(LOOK[self.question], edition)
        return say(SAID[self.found], edition, question=self.question, look=look)

    def _ipython_display_(self) -> None:
        """Show nothing: it was said already."""


def check(question: str, value: object, *, answers: Path | str = ANSWERS) -> Checked:
    """Hold an answer against one's own data set, say how it stands, and keep it.

    Parameters
    ----------
    question : str
        The exercise and its part, such as ``"2b"``.
    value : number or str
        The answer; None for none yet.
    answers : path
        The file of one's own answers.

    Returns
    -------
    Checked
        True where the answer is right.

    Raises
    ------
    Wrong
        There is no such question, or no such file of answers here.
    """
    name = re.sub(r"[\W_]", "", str(question)).lower()
    if name not in QUESTIONS:
        raise Wrong("class_no_question", name=name, known=", ".join(QUESTIONS))
    mine, text = read_mine(Path(answers)), str(value).strip()
    found = Checked(name, judged(name, text, mine))
    if found.found != "blank":
        _keep(Path(answers).with_name(ASKED), name, text)
    sys.stdout.write(f"{found}\n")
    return found


def judged(question: str, text: str, mine: Mine) -> str:
    """Judge an answer as it was written.

    Examples
    --------
    >>> frame = pd.DataFrame({"q10": ["Non", "Oui", "Oui"], "q11": [2, 3, 5]})
    >>> [judged("1b", text, Mine(frame)) for text in ("2", "3", "two", "None")]
    ['yes', 'no', 'unread', 'blank']
    """
    if text in BLANKS:
        return "blank"
    return QUESTIONS[question].judged(text, mine)


def read_mine(path: Path) -> Mine:
    """Read a student's answers.

    Raises
    ------
    Wrong
        There are none here, or they are not those of the class.
    """
    if not path.is_file():
        raise Wrong("class_no_answers", path=path.resolve())
    rows = read_rows(path)
    absent = [name for name in ("q3", "q4", "q10", "q11") if name not in rows[0]]
    if absent:
        raise Wrong("class_columns", path=path, absent=joined(absent, language()))
    frame = pd.DataFrame(rows)
    points = ["q3", "q4", "q11"]
    return Mine(frame.assign(**frame[points].apply(pd.to_numeric)))


def _keep(path: Path, question: str, text: str) -> None:
    """Add what was asked to the record that is handed in."""
    rows = read_rows(path, ("question", "answer")) if path.exists() else []
    given = [*(row.values() for row in rows), (question, text)]
    write_atomically(path, comma_separated([("question", "answer"), *given]).encode())
