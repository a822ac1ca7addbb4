"""Every column of a file, held against its question."""

from collections.abc import Mapping

from ecrm_helpers.answers.audit import listed
from ecrm_helpers.answers.columns.boxes import boxed
from ecrm_helpers.answers.columns.clean import Column, cleaned
from ecrm_helpers.answers.columns.match import Columns, texts
from ecrm_helpers.answers.formats.tables import Sheet
from ecrm_helpers.printed import Told, told
from ecrm_helpers.study import Study


def every_column(
    sheet: Sheet,
    columns: Columns,
    study: Study,
    becomes: Mapping[str, Mapping[str, str]],
) -> tuple[dict[str, Column], list[Told]]:
    """Hold every column against its question; name rows that fill two of one.

    Parameters
    ----------
    sheet : Sheet
        The rows that are used.
    columns : Columns
        Where each question stands.
    becomes : mapping of question to dict
        What answers become, as `decisions.recodes` gives it.

    Returns
    -------
    dict of str to Column
        By column of the study.
    list of Told
        Rows that fill two joined columns differently.
    """
    answers: dict[str, Column] = {}
    faults: list[Told] = []
    for name, question in study.questions.items():
        boxes = study.boxes(name)
        held = [c for c in (name, *boxes, *question.items) if c in columns.places]
        cells = {}
        for column in held:
            cells[column], twice = texts(sheet, columns, column, words=bool(boxes))
            if twice and not boxes:
                where = listed([sheet.lines[row] for row in twice])
                faults.append(told("fault_joined", question=column, lines=where))
        recodes = becomes.get(name, {})
        if boxes and cells:
            answers |= boxed(name, cells, sheet.lines, study, recodes)
            continue
        for column, written in cells.items():
            place = columns.places[column]
            known = sheet.labels[place] if sheet.labels else {}
            labels = {} if column in columns.more else known
            own = becomes.get(column, {})
            lines = sheet.lines
            answers[column] = cleaned(column, written, lines, study, labels, own)
    return answers, faults
