"""Exports made anew after three real ones, with invented answers: shopping, burnout,
a field form. Words, separators, headers and moments are as their programs write them.
"""

import datetime
import random

HOW = ["Very unlikely", "Unlikely", "Neutral", "Likely", "Very likely"]
WEIGHT = ["Not important", "Slightly important", "Moderately important", "Important"]
WEIGHT += ["Very important"]
OFTEN = ["Never", "Rarely", "Sometimes", "Often", "Always"]
FACTORS = ["Price", "Brand", "Reviews, and ratings", "Delivery time", "Return policy"]
STATES = ["Yes", "No", "N/A to me"]


def _moments(n, minutes, written):
    start = datetime.datetime(2024, 3, 4, 9, 3, 11, 123456)
    return [
        (start + row * datetime.timedelta(minutes=minutes)).strftime(written)
        for row in range(n)
    ]


def shopping(n=137, seed=1):
    """Google Forms: words under single questions, boxes by semicolons, an age."""
    draw = random.Random(seed)
    head = ["Timestamp", "Email Address", "What is your age?", "What is your gender?"]
    head += ["How often do you shop online?", "Would you shop there again?"]
    head += [f"How important is {what}?" for what in ("price", "quality", "speed")]
    head += ["What factors influence your decision? (Tick all that apply)"]
    sites = [f"Rate these sites [{site}]" for site in "ABC"]
    head += [*sites, "Do you compare prices?", "Anything you would like to add?"]
    rows = []
    for row, moment in enumerate(_moments(n, 47, "%m/%d/%Y %H:%M:%S")):
        boxes = [factor for factor in FACTORS if draw.random() < 0.5] or FACTORS[:1]
        rows.append(
            [
                moment, f"p{row}@example.org", str(draw.randint(15, 60)),
                draw.choice(["Female", "Male", "Prefer not to say"]),
                draw.choice(OFTEN), draw.choice(HOW),
                *(draw.choice(WEIGHT) for _ in range(3)), ";".join(boxes),
                *(draw.choice([*OFTEN, "Don't know"]) for _ in sites),
                draw.choice(["Yes", "No"]),
                draw.choice(["", "", "", f"Remark number {row}, of my own"]),
            ]
        )  # fmt: skip
    return head, rows


def burnout(n=120, seed=2):
    """39 items from 1 to 5, a column each, in Greek; then four more questions."""
    draw = random.Random(seed)
    head = [f"{k}. Αισθάνομαι ότι η πρόταση {k} με εκφράζει" for k in range(1, 40)]
    head += ["Φύλο", "Ηλικία", "Χρόνια υπηρεσίας", "Σχολείο"]
    rows = [
        [
            *(str(draw.randint(1, 5)) for _ in range(39)),
            draw.choice(["Άνδρας", "Γυναίκα"]),
            str(draw.randint(24, 64)), str(draw.randint(0, 35)),
            draw.choice(["Δημοτικό", "Γυμνάσιο", "Λύκειο"]),
        ]
        for _ in range(n)
    ]  # fmt: skip
    return head, rows


def field_form(n=148, seed=3):
    """Items from 1 to 10 in half an hour, with the moments of a field form."""
    draw = random.Random(seed)
    head = ["timestamp", *(f"Item {letter}" for letter in "abcdefghijklmno"), "ID"]
    rows = [
        [moment, *(str(draw.randint(1, 10)) for _ in range(15)), str(1000 + row)]
        for row, moment in enumerate(_moments(n, 0.2, "%Y-%m-%dT%H:%M:%S.%f"))
    ]
    return head, rows
