"""Questions of which several boxes may be ticked: a column for each box.

A file holds them in one column, with marks between the boxes, or in a column for
each. Whoever ticked none is not known to have answered, in either form.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from ecrm_helpers.answers.audit import Other, listed, quoted
from ecrm_helpers.answers.columns.cells import free_doubts
from ecrm_helpers.answers.columns.clean import Column
from ecrm_helpers.answers.columns.ticks import Boxes
from ecrm_helpers.answers.personal import without_persons
from ecrm_helpers.printed import told
from ecrm_helpers.study import Study


def boxed(
    name: str,
    cells: Mapping[str, Sequence[str]],
    lines: Sequence[int],
    study: Study,
    recodes: Mapping[str, str],
) -> dict[str, Column]:
    """Hold a question with boxes against its cells, in one column or in several.

    Parameters
    ----------
    name : str
        The question.
    cells : mapping of str to sequence of str
        One column under the question's name, or one under that of each box.
    lines : sequence of int
        Their lines in the file.
    recodes : mapping of str to str
        Spellings, as `plain` gives them, and the box each becomes.

    Returns
    -------
    dict of str to Column
        For each box 1 where it is ticked, 0 where another is, else missing.
    """
    boxes, at = Boxes(name, study, recodes), np.asarray(lines)
    held = [*boxes.read(cells)]
    ticked = {
        box: np.array([box.removeprefix(f"{name}_") in one.ticked for one in held])
        for box in boxes.columns
        if name in cells or box in cells
    }
    answered = np.logical_or.reduce(list(ticked.values()))
    others = [
        Other(int(line), name, without_persons(one.other))
        for line, one in zip(at, held, strict=True)
        if one.other
    ]
    wrong = list(dict.fromkeys(one.wrong for one in held if one.wrong))
    allowed = ", ".join(level.answer for level in study.boxes(name).values())
    faults = [
        told(
            "fault_answer",
            question=name,
            found=quoted(without_persons(text)),
            allowed=allowed,
            lines=listed(
                [int(at[n]) for n, one in enumerate(held) if one.wrong == text]
            ),
        )
        for text in wrong
    ]
    none = sum(
        any(column[int(row)] for column in cells.values())
        for row in np.flatnonzero(~answered)
    )
    doubts, coded = free_doubts(
        name, study.questions[name], others, int(answered.sum())
    )
    faults += coded
    notes = [*doubts, *([told("read_no_box", question=name, k=none)] if none else [])]
    texts, _ = pd.factorize(np.array([one.other for one in held], dtype=object))
    nothing = np.zeros(len(held), dtype=bool)
    return {
        box: Column(
            pd.Series(pd.array(ticks.astype(int), dtype="Int64")).where(answered),
            np.where(ticks, texts + 1, 0),
            nothing,
            others if first else [],
            notes if first else [],
            faults if first else [],
        )
        for first, (box, ticks) in zip(
            [True, *[False] * len(ticked)], ticked.items(), strict=False
        )
    }
