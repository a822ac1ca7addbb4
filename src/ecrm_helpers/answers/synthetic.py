"""An invented export, to show what the real answers would be put through.

It is visibly not the study's: another number of respondents, another year,
ids that begin with ``SYN-``, a column that says so in every row. Nothing in it
is drawn from the printed values. Like a real export it has blemishes: answers
sent twice or sent anew, free answers, misprinted levels, missing answers.

Only Python's own generator and whole numbers are used.
"""

import datetime
import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

import pandas as pd
import xlsxwriter

from ecrm_helpers.answers.audit import SYNTHETIC
from ecrm_helpers.answers.formats.statistical import sav_bytes
from ecrm_helpers.files import comma_separated, packed, unpacked, write_whole
from ecrm_helpers.study import Question, Study, read_study

SEED, RESPONDENTS = 20310412, 120
FOLDER = "data/synthetic"
#: Stands in every row, and in the label of the SPSS file.
PROVENANCE = "synthetic data, invented; not the study's answers"

_START = datetime.datetime(2031, 4, 12, 8, 30, 10)
_CONTRADICTS = "Oui, Non"
_FREE = {
    "q1": "Par un ancien collègue",
    "q12": "Association",
    "q10": "Oui, mais rarement",
}

Row = dict[str, str]


def rows(study: Study, seed: int = SEED) -> list[Row]:
    """Invent the rows of an export: ``sent``, ``id``, and a text per column.

    Parameters
    ----------
    seed : int
        Of the generator.

    Returns
    -------
    list of dict
        `RESPONDENTS` rows and four more to set aside: one sent twice, two
        sent anew with another answer, one contradictory.
    """
    random, sent = Random(seed), _START
    found: list[Row] = []
    for _ in range(RESPONDENTS):
        sent += datetime.timedelta(minutes=random.randint(70, 400))
        found.append({"sent": str(sent), **_answers(study, random)})
    for column, text in _FREE.items():
        found[random.randrange(RESPONDENTS)][column] = text
    for _ in range(15):
        gap = random.choice([c for c, q in study.columns.items() if not q.closed])
        found[random.randrange(RESPONDENTS)][gap] = ""
    found += [_again(found[20], 25), _again(found[41], 400, q3="7", q4="1")]
    found += [_again(found[70], 300, q8="2", q9="6")]
    found.append({**found[90], "sent": str(sent), "q10": _CONTRADICTS})
    found.sort(key=lambda row: row["sent"])
    for number, row in enumerate(found, 1):
        row["id"] = f"{SYNTHETIC}{number:03}"
    return found


def _again(row: Row, seconds: int, **changed: str) -> Row:
    sent = datetime.datetime.fromisoformat(row["sent"])
    return {**row, "sent": str(sent + datetime.timedelta(seconds=seconds)), **changed}


def _answers(study: Study, random: Random) -> Row:
    """Invent one respondent's answers, around a mood of its own."""
    mood = random.choice((2, 4, 4, 5, 5, 6, 6))
    return {
        column: _answer(question, study, mood, random)
        for column, question in study.columns.items()
    }


def _answer(question: Question, study: Study, mood: int, random: Random) -> str:
    if question.closed:
        return random.choice(list(question.answers.values()))
    low, high = question.scale or (1, 7)
    point = min(max(mood + random.choice((-1, -1, 0, 0, 1, 2)), low), high)
    if question.kind == "scale":
        return str(point)
    level = list(question.points.values())[point - low]
    text = random.choice((level.answer, *level.also))
    return text if random.randrange(12) else text.replace("'", "’")


def header(study: Study) -> list[str]:
    """Give the header of an export: our labels, numbered as a form numbers them."""
    names = []
    for number, question in enumerate(study.questions.values(), 1):
        stem = f"{number}. {question.label.fr}\N{NO-BREAK SPACE}"
        items = [f"{stem}[{item.fr}]" for item in question.items.values()]
        names += items or [stem]
    return ["Horodateur", *names, "id", "provenance"]


def _table(study: Study, invented: Sequence[Row]) -> Iterator[list[str]]:
    for row in invented:
        answers = [row[column] for column in study.columns]
        yield [row["sent"], *answers, row["id"], PROVENANCE]


def as_csv(study: Study, invented: Sequence[Row]) -> bytes:
    """Write the export as Sheets does: UTF-8, commas, the day first."""
    sent = datetime.datetime.fromisoformat
    rows = (
        [f"{sent(moment):%d/%m/%Y %H:%M:%S}", *cells]
        for moment, *cells in _table(study, invented)
    )
    return comma_separated([header(study), *rows], end="\r\n").encode()


def as_xlsx(study: Study, invented: Sequence[Row]) -> bytes:
    """Write it as Excel does: real dates, whole numbers, an empty second sheet."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"created": _START, "comments": PROVENANCE})
    day = book.add_format({"num_format": "dd/mm/yyyy hh:mm:ss"})
    sheet = book.add_worksheet("Feuil1")
    book.add_worksheet("Feuil2")
    sheet.write_row(0, 0, header(study))
    for line, (sent, *cells) in enumerate(_table(study, invented), 1):
        sheet.write_datetime(line, 0, datetime.datetime.fromisoformat(sent), day)
        numbers = [int(cell) if cell.isdigit() else cell for cell in cells]
        sheet.write_row(line, 1, numbers)
    book.close()
    return packed(unpacked(out.getvalue()), smaller=False)


def as_sav(study: Study, invented: Sequence[Row]) -> bytes:
    """Write it as SPSS does: codes with labels, 99 declared missing."""
    table = pd.DataFrame(invented)
    labels: dict[str, dict[int | float, str]] = {}
    for column, question in study.columns.items():
        known = _codes(question, study)
        if _CONTRADICTS in set(table[column]):
            continue  # no code says two levels
        codes = {text: code for code, texts in known.items() for text in texts}
        other = {"": 99} if not question.closed else {}
        table[column] = [
            float({**codes, **other}.get(text, len(known)))
            for text in (cell.replace("’", "'") for cell in table[column])
        ]
        if question.kind != "scale":
            labels[column.upper()] = {code: texts[0] for code, texts in known.items()}
        elif question.ends:
            labels[column.upper()] = {1: question.ends[0].fr, 7: question.ends[1].fr}
    table["Horodateur"] = pd.to_datetime(table["sent"])
    table.columns = table.columns.str.upper()
    names = [column.upper() for column in study.columns]
    heads: dict[str, str | None] = dict(zip(names, header(study)[1:-2], strict=True))
    points = [c.upper() for c, q in study.columns.items() if not q.closed]
    return sav_bytes(
        table[["HORODATEUR", *names, "ID"]].assign(PROVENANCE=PROVENANCE),
        file_label=PROVENANCE,
        column_labels=heads,
        variable_value_labels=labels,
        missing_ranges={name: [99] for name in points},
    )


def _codes(question: Question, study: Study) -> dict[int, tuple[str, ...]]:
    """Give each code and the texts that it stands for; the last is the other."""
    if question.kind == "scale":
        low, high = question.scale or (1, 7)
        return {point: (str(point),) for point in range(low, high + 1)}
    levels = [(level.answer, *level.also) for level in question.levels.values()]
    if question.other:
        levels.append((study.reading.other.answer,))
    return dict(enumerate(levels, 1))


def build(root: Path) -> list[Path]:
    """Build ``data/synthetic/``: the same export as CSV, XLSX and SAV.

    Parameters
    ----------
    root : path
        The compendium's folder, with ``study.yml``.

    Returns
    -------
    list of path
        The files written.
    """
    study, folder = read_study(root / "study.yml"), root / FOLDER
    invented = rows(study)
    forms = {"csv": as_csv, "xlsx": as_xlsx, "sav": as_sav}
    made = {folder / f"export.{k}": form(study, invented) for k, form in forms.items()}
    write_whole(made)
    return list(made)
