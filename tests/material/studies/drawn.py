"""Small studies drawn at random: kinds, labels, names, sizes, what is missing."""

import random

from material.studies.small import both, level, question

LABELS = [
    "Satisfaction", "Professionnalisme", "Âge (en années)", "A & B <c>", "100 % sûr ?",
    "Une question très longue, comme les formulaires en ont, avec un guillemet \" et *",
    "_x_ [y] {z} | # $5", "é", "Recommandation", "Fiabilité", "Q : a / b - c",
]  # fmt: skip
NAMES = ["audit", "missing", "reliability", "scales", "known", "q1", "q12", "x", "y_z"]
WORDS = [
    "Oui",
    "Non",
    "Peut-être, parfois",
    "< 5 ans",
    "> 5 ans",
    "C",
    "C++",
    "*",
    "Z" * 40,
]
SIZES = [1, 2, 3, 12, 40]


def drawn(seed):
    """Draw a study and its answers.

    Returns questions, more of the study, the header and the rows.
    """
    draw = random.Random(seed)
    n, questions, head, columns = draw.choice(SIZES), {}, [], []
    names = draw.sample(NAMES, draw.randint(1, 6))
    for name, label in zip(names, draw.sample(LABELS, len(names)), strict=True):
        kind = draw.choice(
            ["choice", "multiple", "scale", "words", "matrix", "number", "date"]
        )
        asked, heads, cells = _KINDS[kind](draw, name, label, n)
        questions[name] = {**asked, "patterns": [], "asked": label}
        head += heads
        columns += cells
    more = {"opened": None, "closed": None} if draw.random() < 0.3 else {}
    matrices = [name for name in names if questions[name].get("items")]
    if matrices and len(questions[matrices[0]]["items"]) > 1:
        more["scores"] = {
            "total": {
                "kind": draw.choice(["mean", "sum"]), "of": matrices[:1], "needs": 1,
                "label": both("Total"),
            }
        }  # fmt: skip
    return questions, more, head, [list(row) for row in zip(*columns, strict=True)]


def _levels(words):
    return {f"l{n}": level(word) for n, word in enumerate(words)}


def _cells(draw, n, allowed):
    gaps = draw.choice([0, 0, 0.3])
    return ["" if draw.random() < gaps else str(draw.choice(allowed)) for _ in range(n)]


def _choice(draw, name, label, n):
    words = draw.sample(WORDS, draw.randint(2, 5))
    used = words if draw.random() < 0.7 else words[:1]
    asked = question("choice", label, levels=_levels(words), other=draw.random() < 0.3)
    free = ["Autre chose"] if asked["other"] else []
    return asked, [label], [_cells(draw, n, [*used, *free])]


def _multiple(draw, name, label, n):
    words = draw.sample(WORDS, draw.randint(2, 4))
    cells = [";".join(word for word in words if draw.random() < 0.6) for _ in range(n)]
    asked = question(
        "multiple", label, levels=_levels(words), other=draw.random() < 0.5
    )
    return asked, [label], [cells]


def _scale(draw, name, label, n):
    low, high = draw.choice([(1, 5), (0, 10), (1, 7), (0, 1), (1, 20), (0, 100)])
    asked = question("scale", label, scale=[low, high])
    return asked, [label], [_cells(draw, n, range(low, high + 1))]


def _words(draw, name, label, n):
    words = [*draw.sample(WORDS, draw.randint(2, 6))]
    levels = {**_levels(words), "dk": level("Sans avis", apart=True)}
    asked = question("scale", label, levels=levels)
    return asked, [label], [_cells(draw, n, [*words, "Sans avis"])]


def _matrix(draw, name, label, n):
    k = draw.randint(1, 5)
    texts = draw.sample(LABELS, k)
    items = {
        f"{name}_{place}": {
            "asked": text, **both(text), "reversed": draw.random() < 0.3,
        }
        for place, text in enumerate(texts, 1)
    }  # fmt: skip
    asked = question(
        "matrix", label, items=items, scale=[1, 5], levels={},
        reliability=draw.random() < 0.7,
    )  # fmt: skip
    heads = [f"{label} [{text}]" for text in texts]
    return asked, heads, [_cells(draw, n, range(1, 6)) for _ in texts]


def _number(draw, name, label, n):
    allowed = draw.choice(
        [range(15, 90), [17], ["3,5", "4,25", "0"], range(1950, 2010)]
    )
    return question("number", label), [label], [_cells(draw, n, allowed)]


def _date(draw, name, label, n):
    days = [f"{day:02}/0{month}/1990" for day in (1, 13, 28) for month in (1, 2, 9)]
    return question("date", label), [label], [_cells(draw, n, days)]


_KINDS = {
    "choice": _choice, "multiple": _multiple, "scale": _scale, "words": _words,
    "matrix": _matrix, "number": _number, "date": _date,
}  # fmt: skip
