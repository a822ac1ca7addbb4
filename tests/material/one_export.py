"""One export of twelve answers, and ways to spoil it in a place.

What must come out is written beside what goes in: the answers that `forms`
drew, before any file was made of them.
"""

import pytest

from ecrm_helpers.answers.audit import Refused
from ecrm_helpers.answers.door import read_file
from material.forms import AGREEMENT, COLUMNS, STUDY, csv_text, rows, texts

GIVEN = rows()

HEAD, BODY = texts(GIVEN)


def wanted(given=GIVEN):
    """Give what each column must hold: points of agreement as their rank."""
    return {
        column: [
            AGREEMENT.index(row[column]) + 1
            if STUDY.columns[column].items
            else int(row[column])
            if not STUDY.columns[column].closed
            else row[column]
            for row in given
        ]
        for column in COLUMNS
    }


def held(frame):
    return {column: frame[column].tolist() for column in frame.columns}


def save(folder, content, name="export.csv"):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def read(folder, head=HEAD, body=BODY, **form):
    return read_file(save(folder, csv_text(head, body, **form)), STUDY)


def refused(folder, content, name="export.csv", edition="en"):
    """Give the words of a refusal."""
    with pytest.raises(Refused) as caught:
        read_file(save(folder, content, name), STUDY)
    return caught.value.said(edition)


def changed(column, text, row=0, body=BODY):
    """Give the rows with one answer changed."""
    place = 1 + COLUMNS.index(column)
    return [
        [*cells[:place], text, *cells[place + 1 :]] if n == row else cells
        for n, cells in enumerate(body)
    ]


WELL = csv_text(HEAD, BODY)

MESSY = [
    *BODY,
    ["08/07/2022 09:03:25", *BODY[0][1:]],  # twenty seconds after the first
    ["01/07/2022 10:00:00", *BODY[1][1:]],  # before the survey
    *changed("q10", "Oui, Non", body=[["20/07/2022 10:00:00", *BODY[2][1:]]]),
    *changed("q3", "7", body=[["21/07/2022 10:00:00", *BODY[5][1:]]]),
    *changed("q3", "1", body=[["21/07/2022 10:04:00", *BODY[5][1:]]]),
]

RULES = [
    (14, "double"),
    (15, "before_opening"),
    (16, "contradictory"),
    (17, "similar"),
]
