"""A study with a question of every kind, and invented answers to it."""

import random

from material.studies.small import both, level, question, scale

WORDS = ["Jamais", "Rarement", "Parfois", "Souvent", "Toujours"]
AGREE = ["Pas d'accord", "Neutre", "D'accord"]
NETWORKS = ["Facebook", "Instagram, ou Threads", "TikTok"]
ITEMS = {f"m_{n}": {"patterns": [f"^{w}"], **both(w)} for n, w in enumerate("abcd", 1)}
ITEMS["m_4"]["reversed"] = True


def levels(words):
    return {f"l{n}": level(word) for n, word in enumerate(words, 1)}


UNSURE = {"dk": level("Sans opinion", apart=True)}
QUESTIONS = {
    "sex": question("choice", "Sexe", levels=levels(["Femme", "Homme"])),
    "town": question("choice", "Ville", levels=levels(["Lyon", "Nice"]), other=True),
    "nets": question("multiple", "Réseaux", levels=levels(NETWORKS), other=True),
    "often": question("scale", "Usage", level_set="often"),
    "mark": scale("Note", 0, 10),
    "m": question("matrix", "Opinions", items=ITEMS, reliability=True),
    "age": question("number", "Age"),
    "born": question("date", "Naissance"),
}
# Headers are compared without accents.
QUESTIONS["nets"]["patterns"] = ["^reseaux"]
MORE = {
    "agreement": {**levels(AGREE), **UNSURE},
    "level_sets": {"often": {**levels(WORDS), **UNSURE}},
    "scores": {
        "good": {"kind": "mean", "of": ["m"], "needs": 3, "label": both("Opinion")}
    },
    "cross_tables": [["sex", "town"]],
    "sampling": "convenience",
}
HEAD = ["Sexe", "Ville", "Réseaux", "Usage", "Note"]
HEAD += [f"Opinions [{item}]" for item in "abcd"] + ["Age", "Naissance"]


def rows(n=40, seed=1):
    """Invent answers; some are missing, free, or counted apart."""
    draw = random.Random(seed)
    return [
        [
            draw.choice(["Femme", "Homme"]),
            draw.choice(["Lyon", "Lyon", "Nice", "Nice", "Brest"]),
            ", ".join(net for net in NETWORKS if draw.random() < 0.5),
            draw.choice([*WORDS, "Sans opinion"]),
            str(draw.randint(0, 10)),
            *(draw.choice([*AGREE, "Sans opinion", ""]) for _ in "abcd"),
            f"{draw.randint(18, 70)} ans",
            f"{draw.randint(1, 28):02}/{draw.randint(1, 12):02}/{1990 + n % 9}",
        ]
        for n in range(n)
    ]
