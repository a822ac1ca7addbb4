"""The same answers as eight programs write them, each after its own layout.

Headers and marks are the programs'; questions and answers are invented.
"""

import csv
import io
import json

import openpyxl

from material.studies.small import both, level, question

SEX, NOTE = "Vous êtes :", "Notez le service (1 à 5)"
NETS, GRID = "Quels réseaux utilisez-vous ?", "Que pensez-vous de :"
WORDS = ["Mauvais", "Moyen", "Bon"]
SITES = ["Facebook", "TikTok"]
ITEMS = ["L'accueil", "Les délais"]

#: Sex, boxes with what was written beside them, note, the two items.
ANSWERS = [
    ("Femme", ["Facebook", "TikTok"], "", "4", ["Bon", "Moyen"]),
    ("Homme", ["TikTok"], "", "2", ["Mauvais", "Bon"]),
    ("Homme", [], "Mastodon", "5", ["Moyen", "Moyen"]),
    ("Femme", ["Facebook"], "", "1", ["Bon", "Mauvais"]),
]
WANTED = {
    "sex": ["Femme", "Homme", "Homme", "Femme"],
    "nets_fb": [1, 0, 0, 1],
    "nets_tt": [1, 1, 0, 0],
    "nets_other": [0, 0, 1, 0],
    "note": [4, 2, 5, 1],
    "grid_1": [3, 1, 2, 3],
    "grid_2": [2, 3, 2, 1],
}


def asked(kind, text, **more):
    return {**question(kind, text), "patterns": [], "asked": text, **more}


CODES = {
    "fb": level("Facebook", also=["SQ001"]),
    "tt": level("TikTok", also=["SQ002"]),
}
GRADES = {f"w{n}": level(word, also=[f"AO0{n}"]) for n, word in enumerate(WORDS, 1)}
QUESTIONS = {
    "sex": asked(
        "choice", SEX,
        levels={"f": level("Femme", also=["A1"]), "h": level("Homme", also=["A2"])},
    ),
    "nets": asked("multiple", NETS, levels=CODES, other=True),
    "note": asked("scale", NOTE, scale=[1, 5]),
    "grid": asked(
        "matrix", GRID, levels=GRADES,
        items={
            f"grid_{n}": {"asked": [item, f"SQ00{n}"], **both(item)}
            for n, item in enumerate(ITEMS, 1)
        },
    ),
}  # fmt: skip
DAYS = ["2024-03-04", "2024-03-05", "2024-03-06", "2024-03-07"]


def _csv(rows, between=","):
    out = io.StringIO()
    csv.writer(out, delimiter=between).writerows(rows)
    return out.getvalue().encode()


def _xlsx(rows):
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def microsoft_forms():
    head = ["ID", "Heure de début", "Heure de fin", "Adresse de messagerie", "Nom"]
    head += [SEX, NETS, NOTE, *ITEMS, f"Points – {NOTE}", f"Commentaires – {NOTE}"]
    rows = [
        [
            str(n), "3/4/24 9:03:11", "3/4/24 9:09:40", "anonymous", "", sex,
            "".join(f"{one};" for one in [*nets, *([free] if free else [])]),
            note, *grid, "", "",
        ]
        for n, (sex, nets, free, note, grid) in enumerate(ANSWERS, 1)
    ]  # fmt: skip
    return "forms.xlsx", _xlsx([head, *rows])


def limesurvey_texts():
    head = ["ID de la réponse", "Date de soumission", "Dernière page", SEX]
    head += [f"{NETS} [{site}]" for site in SITES] + [f"{NETS} [Autre]", NOTE]
    head += [f"{GRID} [{item}]" for item in ITEMS]
    rows = [
        [
            str(n), f"{DAYS[n - 1]} 09:03:11", "2", sex,
            *("Oui" if site in nets else "Non" for site in SITES), free, note, *grid,
        ]
        for n, (sex, nets, free, note, grid) in enumerate(ANSWERS, 1)
    ]  # fmt: skip
    return "results-survey.csv", _csv([head, *rows])


def limesurvey_codes():
    head = ["id", "submitdate", "lastpage", "startlanguage", "sex"]
    head += ["nets[SQ001]", "nets[SQ002]", "nets[other]", "note"]
    head += ["grid[SQ001]", "grid[SQ002]"]
    rows = [
        [
            str(n), "1980-01-01 00:00:00", "2", "fr", "A1" if sex == "Femme" else "A2",
            *("Y" if site in nets else "" for site in SITES), free, note,
            *(f"AO0{WORDS.index(word) + 1}" for word in grid),
        ]
        for n, (sex, nets, free, note, grid) in enumerate(ANSWERS, 1)
    ]  # fmt: skip
    return "results-survey.csv", _csv([head, *rows], ";")


def kobo():
    head = ["start", "end", SEX, NETS, *(f"{NETS}/{site}" for site in SITES)]
    head += [f"{NETS}/Autre", NOTE, *(f"{GRID} {item}" for item in ITEMS)]
    head += ["_id", "_uuid", "_submission_time", "_validation_status", "_index"]
    rows = [
        [
            f"{DAYS[n]}T09:03:11.123+01:00", f"{DAYS[n]}T09:09:40.456+01:00", sex,
            " ".join([*nets, *(["Autre"] if free else [])]),
            *("1" if site in nets else "0" for site in SITES), "1" if free else "0",
            note, *grid, str(9000 + n), f"c0ffee-{n}", f"{DAYS[n]}T08:10:00",
            "", str(n),
        ]
        for n, (sex, nets, free, note, grid) in enumerate(ANSWERS)
    ]  # fmt: skip
    return "kobo.csv", _csv([head, *rows], ";")


def surveymonkey():
    first = ["Respondent ID", "Collector ID", "Start Date", "End Date", "IP Address"]
    second = [""] * 5
    first += [SEX, NETS, "", "", NOTE, GRID, ""]
    second += ["Response", *SITES, "Other (please specify)", "Response", *ITEMS]
    rows = [
        [
            f"1182300{n}", "4451", "03/04/2024 09:03:11", "03/04/2024 09:09:40",
            "192.0.2.7", sex, *(site if site in nets else "" for site in SITES), free,
            note, *grid,
        ]
        for n, (sex, nets, free, note, grid) in enumerate(ANSWERS)
    ]  # fmt: skip
    return "Sheet_1.csv", _csv([first, second, *rows])


def qualtrics():
    names = ["StartDate", "EndDate", "Status", "IPAddress", "Finished", "ResponseId"]
    texts = ["Start Date", "End Date", "Response Type", "IP Address", "Finished"]
    texts += ["Response ID", SEX, *(f"{NETS} - Selected Choice - {s}" for s in SITES)]
    texts += [f"{NETS} - Selected Choice - Autre", f"{NETS} - Autre - Text", NOTE]
    texts += [f"{GRID} - {item}" for item in ITEMS]
    names += ["Q1", "Q2_1", "Q2_2", "Q2_3", "Q2_3_TEXT", "Q3", "Q4_1", "Q4_2"]
    imported = [json.dumps({"ImportId": name}) for name in names]
    rows = [
        [
            f"{DAYS[n]} 09:03:11", f"{DAYS[n]} 09:09:40", "IP Address", "192.0.2.7",
            "True", f"R_{n}aBc", sex, *(s if s in nets else "" for s in SITES),
            "Autre" if free else "", free, note, *grid,
        ]
        for n, (sex, nets, free, note, grid) in enumerate(ANSWERS)
    ]  # fmt: skip
    return "qualtrics.csv", _csv([names, texts, imported, *rows])


def nextcloud():
    head = [
        "User display name",
        "Timestamp",
        SEX,
        NETS,
        NOTE,
    ]
    head += [f"{GRID}: {item}" for item in ITEMS]
    rows = [
        [
            "Anonymous user", f"{DAYS[n]}T09:03:11+01:00", sex,
            "; ".join([*nets, *([free] if free else [])]), note, *grid,
        ]
        for n, (sex, nets, free, note, grid) in enumerate(ANSWERS)
    ]  # fmt: skip
    return "form (responses).csv", _csv([head, *rows])


def google_quiz():
    head = ["Horodateur", "Score", SEX, f"{SEX} [Score]", f"{SEX} [Commentaires]"]
    head += [NETS, f"{NETS} [Score]", NOTE, f"{NOTE} [Score]"]
    head += [f"{GRID} [{item}]" for item in ITEMS]
    rows = [
        [
            f"0{4 + n}/03/2024 09:03:11", "2.00 / 3", sex, "1.00 / 1", "",
            ", ".join([*nets, *([free] if free else [])]), "0.00 / 1", note, "-- / 1",
            *grid,
        ]
        for n, (sex, nets, free, note, grid) in enumerate(ANSWERS)
    ]  # fmt: skip
    return "Quiz.csv", _csv([head, *rows])


PROGRAMS = {
    made.__name__: made
    for made in (
        microsoft_forms, limesurvey_texts, limesurvey_codes, kobo, surveymonkey,
        qualtrics, nextcloud, google_quiz,
    )
}  # fmt: skip
