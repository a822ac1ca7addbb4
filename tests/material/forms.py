"""Exports as Google Forms, Excel and SPSS write them, for the tests of the door.

Headers are in our words, with what makes a form's own texts hard: numbers,
apostrophes, no-break spaces, items in brackets.
"""

import csv
import datetime
import io
from random import Random

import openpyxl
import pandas as pd
import pyreadstat

from ecrm_helpers.study import read_study

STUDY = read_study()
COLUMNS = list(STUDY.columns)
TEXTS = {
    "q1": "1. Comment avez-vous découvert la start-up",
    "q2": "2. Comment l'avez-vous contactée pour la première fois",
    "q3": "3. Êtes-vous content de votre contact sur les réseaux sociaux",
    "q4": "4. Êtes-vous satisfait de votre relation avec la start-up",
    "q5": "5. Comment décrivez-vous la relation en ligne",
    "q6": "6. L'accueil des employés en ligne me rend",
    "q7": "7. Quelle importance ont ces outils",
    "q8": "8. Notez l'expérience globale",
    "q9": "9. Notez la qualité de contact",
    "q10": "10. Suivez-vous les nouveautés",
    "q11": "11. Êtes-vous satisfait des médias et réseaux sociaux",
    "q12": "12. Vous êtes",
}
AGREEMENT = [level.answer for level in STUDY.agreement.values()]


def header(column):
    """Give the header of a column, a matrix's with its item in brackets."""
    question = STUDY.columns[column]
    if not question.items:
        return TEXTS[column]
    return f"{TEXTS[column.split('_')[0]]} [{question.items[column].fr}]"


def answer(column, random):
    question = STUDY.columns[column]
    if question.closed:
        return random.choice(list(question.answers.values()))
    return random.choice(AGREEMENT if question.items else list("1234567"))


def rows(n=12, seed=1):
    """Give answers by column, with the moment of each, two hours apart."""
    random = Random(seed)
    start = datetime.datetime(2022, 7, 8, 9, 3, 5)
    return [
        {
            "Horodateur": start + datetime.timedelta(hours=2 * row),
            **{column: answer(column, random) for column in COLUMNS},
        }
        for row in range(n)
    ]


def texts(given, moment="%d/%m/%Y %H:%M:%S"):
    """Give header and rows of texts."""
    head = ["Horodateur", *map(header, COLUMNS)]
    body = [
        [row["Horodateur"].strftime(moment), *(row[column] for column in COLUMNS)]
        for row in given
    ]
    return head, body


def csv_text(head, body, **form):
    out = io.StringIO()
    sheet = csv.writer(out, **{"lineterminator": "\r\n", **form})
    sheet.writerows([head, *body])
    return out.getvalue()


def xlsx(path, given):
    """Write a workbook with real dates, whole numbers and an empty second sheet."""
    book = openpyxl.Workbook()
    book.active.append(["Horodateur", *map(header, COLUMNS)])
    for row in given:
        cells = [int(v) if str(v).isdigit() else v for v in row.values()]
        book.active.append(cells)
    book.create_sheet("Feuil2")
    book.save(path)
    return path


def sav(path, given, *, alphabetical=True, **options):
    """Write an SPSS file: codes, labels, names V1, V2, …; ends alone labelled."""
    frame, labels = pd.DataFrame(), {}
    for place, column in enumerate(COLUMNS, 1):
        answers, question = [row[column] for row in given], STUDY.columns[column]
        if question.closed or question.items:
            known = AGREEMENT if question.items else list(question.answers.values())
            order = sorted(known) if alphabetical else known
            codes = {text: code for code, text in enumerate(order, 1)}
            frame[f"V{place}"] = [codes.get(text, text) for text in answers]
            labels[f"V{place}"] = {code: text for text, code in codes.items()}
        else:
            frame[f"V{place}"] = [int(text) for text in answers]
            low, high = question.ends
            labels[f"V{place}"] = {1: low.fr, 7: high.fr}
    named = {f"V{place}": header(column) for place, column in enumerate(COLUMNS, 1)}
    pyreadstat.write_sav(
        frame.astype(float),
        str(path),
        column_labels=named,
        variable_value_labels=labels,
        **options,
    )
    return path
