"""Each answer as the questionnaire has it: a level, a point, or missing.

One column at a time, and each of its different texts once. What a column
cannot hold is a fault with its lines; nothing is guessed or averaged.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from ecrm_helpers.answers.audit import Other, listed, quoted
from ecrm_helpers.answers.columns.cells import free_doubts, labels_twice
from ecrm_helpers.answers.columns.known import Answer, Known, digits_of, known_of
from ecrm_helpers.answers.columns.typed import typed
from ecrm_helpers.answers.columns.values import far_out, in_doubt, no_answers
from ecrm_helpers.answers.formats.tables import cell_text
from ecrm_helpers.answers.personal import without_persons
from ecrm_helpers.printed import Told, told
from ecrm_helpers.study import Study, plain


@dataclass(frozen=True)
class Column:
    """One question's answers, and what was met on the way.

    `codes` tell the texts of the cells apart, free texts included; `apart` says of
    each answer that is counted apart which rows gave it.
    """

    values: pd.Series
    codes: np.ndarray
    contradictory: np.ndarray
    others: Sequence[Other]
    notes: Sequence[Told]
    faults: Sequence[Told]
    apart: Mapping[str, np.ndarray] = field(default_factory=dict)
    #: Whether points that have words are all written as numbers, without a label.
    bare: bool = False


def cleaned(
    name: str,
    texts: Sequence[str],
    lines: Sequence[int],
    study: Study,
    labels: Mapping[str, str],
    recodes: Mapping[str, str],
) -> Column:
    """Hold one column against its question.

    Parameters
    ----------
    name : str
        The column, such as ``q3`` or ``q5_1``.
    texts : sequence of str
        Its cells, one for each row.
    lines : sequence of int
        Their lines in the file.
    labels : mapping of str to str
        A statistics program's codes and their labels.
    recodes : mapping of str to str
        Spellings, as `plain` gives them, and the answer each becomes.

    Returns
    -------
    Column
        Levels as an ordered categorical, points as ``Int64``.
    """
    codes, different = pd.factorize(np.array(texts, dtype=object))
    question = study.columns[name]
    known = known_of(question, study, labels, recodes, different)
    answers = [known.read(text) for text in different]
    values = typed(
        _filled([answer.value for answer in answers])[codes], question, study
    )
    times = np.bincount(codes, minlength=len(different))
    counts = {
        "read_recoded": sum(times[[known.recoded(text) for text in different]]),
        "read_respelled": sum(times[[known.respelled(text) for text in different]]),
        "read_markers": sum(times[[one.marker for one in answers]]),
    }
    at = np.asarray(lines)
    others = list(_others(name, answers, codes, at))
    given = int(times[[answer.value is not None for answer in answers]].sum())
    doubts, wrong = free_doubts(name, question, others, given)
    if question.scale and not labels:
        doubts = [*doubts, *in_doubt(name, values, question.scale[1], list(at))]
    if question.kind in ("number", "date"):
        far, marks = _strange(name, values, known, at)
        doubts, wrong = [*doubts, *far], [*wrong, *marks]
    doubts += [told("read_days", question=name, what=one) for one in known.doubts]
    met = {plain(labels.get(text, text)) for text in different}
    unused = ", ".join(quoted(answer) for answer in recodes if answer not in met)
    return Column(
        values,
        codes,
        np.array([answer.contradicts for answer in answers])[codes],
        others,
        [
            *doubts,
            *(told(key, question=name, k=k) for key, k in counts.items() if k),
            *([told("read_unused", question=name, answers=unused)] if unused else []),
        ],
        [
            *wrong,
            *labels_twice(name, labels),
            *(_fault(name, code, known, []) for code in known.misleading(different)),
            *(
                _fault(name, different[n], known, list(at[codes == n]))
                for n, answer in enumerate(answers)
                if answer.wrong
            ),
        ],
        {
            of: np.array([answer.apart == of for answer in answers])[codes]
            for of in dict.fromkeys(answer.apart for answer in answers if answer.apart)
        },
        bool(known.points and question.scale and not labels)
        and all(map(digits_of, filter(None, different))),
    )


def _strange(
    name: str, values: pd.Series, known: Known, at: np.ndarray
) -> tuple[list[Told], list[Told]]:
    """Say which numbers are far from the others, and which mark no answer."""
    numbers = known.question.kind == "number"
    ages, years = known.in_years[:3] == "age", values if numbers else values.dt.year
    far = far_out(name, years, list(at), ages=ages)
    if known.question.between or not numbers:
        return far, []
    codes = {
        code: listed(list(at[values.eq(code).fillna(False).to_numpy(bool)]))
        for code in no_answers(values, ages=ages)
    }
    return far, [
        told("fault_code", question=name, found=cell_text(code), lines=lines)
        for code, lines in codes.items()
    ]


def _filled(values: Sequence[object]) -> np.ndarray:
    """Make an array of values as they are: no moment becomes a number."""
    held = np.empty(len(values), dtype=object)
    held[:] = values
    return held


def _fault(name: str, cell: str, known: Known, lines: list[int]) -> Told:
    """Say that a cell is no answer to its question; of a code, with its label."""
    found = quoted(without_persons(cell))
    values = {"question": name, "lines": listed(lines), "allowed": known.allowed}
    if cell in known.labels:
        label = quoted(without_persons(known.labels[cell]))
        return told("fault_label", found=found, label=label, **values)
    if known.turned and digits_of(cell):
        return told("fault_turned", found=found, question=name, lines=listed(lines))
    key = "fault_year" if known.is_year(cell) else "fault_answer"
    return told(key, found=found, **values)


def _others(
    name: str, answers: Sequence[Answer], codes: np.ndarray, at: np.ndarray
) -> Iterator[Other]:
    free = np.array([bool(answer.other) for answer in answers])[codes]
    for row in np.flatnonzero(free):
        text = without_persons(answers[codes[row]].other)
        yield Other(int(at[row]), name, text)
