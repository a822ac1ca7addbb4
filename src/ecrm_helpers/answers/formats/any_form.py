"""A file of answers as one table, whatever its form.

Libraries that are slow to load are imported where a form needs them.
"""

from pathlib import Path

from ecrm_helpers.answers.formats.headers import Score
from ecrm_helpers.answers.formats.kinds import form_of, only_member
from ecrm_helpers.answers.formats.tables import Sheet, read_csv


def sheet_of(path: Path, read: bytes, score: Score) -> Sheet:
    """Read a file by what it is; of an archive, the one file in it.

    Parameters
    ----------
    path : path
        Its name.
    read : bytes
        Its content.
    score : callable
        Counts the questions that a header has a column for.

    Returns
    -------
    Sheet

    Raises
    ------
    Refused
        It cannot be read.
    """
    form = form_of(path, read)
    if form == "zip":
        return sheet_of(*only_member(path, read), score)
    if form == "csv":
        return read_csv(path, read, score)
    if form in ("xlsx", "ods", "xls"):
        from ecrm_helpers.answers.formats.workbooks import read_workbook

        return read_workbook(path, read, form, score)
    from ecrm_helpers.answers.formats.statistical import read_statistical

    return read_statistical(path, read, form)
