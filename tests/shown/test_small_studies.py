"""Pages never die of data: every test on small studies, drawn and at their worst."""

import random
import re

import pandas as pd
import pytest
from conftest import BOOKS, in_language
from material.studies.cells import shown
from material.studies.small import answers, both, level, question, scale, study
from scipy import stats

from ecrm_helpers.answers import read
from ecrm_helpers.answers.audit import Audit
from ecrm_helpers.shown import hypotheses
from ecrm_helpers.shown.hypotheses import remarks
from ecrm_helpers.statistics import analysis
from ecrm_helpers.study import Published, read_study

pytestmark = pytest.mark.slow

#: Whom each hypothesis asks, and what it expects.
ASKED = {
    "c1": {"variables": ["s", "t"], "expects": "positive"},
    "c2": {"variables": ["score", "age"]},
    "g1": {"variables": ["a", "s"]},
    "g2": {"variables": ["score", "b"]},
    "x1": {"variables": ["a", "b"], "expects": {"l1": "l1"}},
    "r1": {"variables": ["s", "t", "age"], "expects": {"s": "negative"}},
    "r2": {"variables": ["t", "s"], "test": "regression"},
    "p1": {"variables": ["s", "t"], "test": "paired", "expects": ["t", "s"]},
    "none": {"variables": ["a", "s", "t"]},
}
CLAIM = {
    "claim": both("Une chose suit l'autre."),
    "thesis_verdict": "none",
    "rule": "p_below_alpha",
    "tested_as_worded": True,
    "reason": both("ce sont ses variables"),
    "findings": [],
    "limits": [],
}


def levels(k):
    return {f"l{n}": level(f"Niveau {n}") for n in range(1, k + 1)}


def made(folder, k, points, columns):
    """Give answers to a study whose choices have k levels."""
    questions = {
        "a": question("choice", "Alpha", levels=levels(k)),
        "b": question("choice", "Beta", levels=levels(2)),
        "s": scale("Sigma", 1, points),
        "t": scale("Tau", 1, points),
        "age": question("number", "Age"),
    }
    score = {"score": {"kind": "mean", "of": ["s", "t"], "label": both("Score")}}
    asked = {name: {**CLAIM, **more} for name, more in ASKED.items()}
    path = study(folder, questions, scores=score, hypotheses=asked)
    frame = pd.DataFrame(columns)
    for name in ("a", "b"):
        frame[name] = frame[name].map(lambda n: f"Niveau {n}", na_action="ignore")
    about = {"rows": len(frame), "valid": len(frame), "columns": {}, "missing": {}}
    audit = Audit("f.csv", "", "csv", "utf-8", ",", origin="own", **about)
    return read.Answers(frame, audit, Published(read_study(path), None))


def drawn(seed):
    """Draw choices, scales and ages of a few respondents, some missing."""
    draw = random.Random(seed)
    n, k, points = draw.randint(3, 40), draw.randint(2, 12), draw.randint(2, 11)
    holes = draw.choice([0, 0, 0.1, 0.5])
    ends = {"a": k, "b": 2, "s": points, "t": points, "age": 80}
    return (
        k,
        points,
        {
            name: [
                None if draw.random() < holes else draw.randint(1, top)
                for _ in range(n)
            ]
            for name, top in ends.items()
        },
    )


FLAT = {
    "a": [1, 2] * 6,
    "b": [1, 2] * 6,
    "s": [3] * 12,
    "t": [3] * 12,
    "age": [20] * 12,
}
ALONE = FLAT | {"a": [1] + [2] * 11, "s": [1, 2, 3] * 4, "t": [3, 2, 1] * 4}
SAME = FLAT | {"s": [1, 2, 3] * 4, "t": [1, 2, 3] * 4, "age": [10, 20, 30] * 4}
NOBODY = {name: [None] * 5 for name in FLAT}
MANY = FLAT | {"a": list(range(1, 13)), "s": [1, 5] * 6, "t": [2, 4, 5] * 4}
THREE = {name: column[:3] for name, column in SAME.items()}
WORST = {
    "constant columns": (2, 5, FLAT),
    "one group of one": (2, 5, ALONE),
    "perfect associations": (2, 5, SAME),
    "nobody answered": (2, 5, NOBODY),
    "twelve groups of one": (12, 5, MANY),
    "three respondents": (2, 5, THREE),
    **{f"drawn {seed}": drawn(seed) for seed in range(4)},
}


@pytest.mark.parametrize("given", WORST.values(), ids=list(WORST))
@pytest.mark.parametrize("book", [BOOKS[1], BOOKS[2], BOOKS[4]], ids=lambda p: p.stem)
def test_every_hypothesis_is_decided_or_said_not_computable(
    tmp_path, monkeypatch, book, given
):
    answers = made(tmp_path, *given)
    monkeypatch.setattr(read, "read_answers", lambda data, study: answers)
    pieces = shown("f.csv", "study.yml", "fr", book).values()
    results = {p.id: p.content for p in pieces if p.kind == "result"}
    start = {"02": "c", "03": "g", "05": "xrp"}[book.stem[:2]]
    assert set(results) == {name for name in ASKED if name[0] in start}
    texts = "\n".join(p.plain for p in pieces)
    assert "nan" not in texts
    assert not re.search(r"\bp = 0,000", texts)


def test_who_is_alone_in_a_group_is_left_out_and_said(tmp_path):
    levels = {name: level(name) for name in ("non", "oui", "peut-être")}
    asked = {"q": question("choice", "Choix", levels=levels), "n": scale("Note")}
    rows = [["oui", "1"], ["oui", "2"], ["oui", "4"], ["non", "3"], ["non", "5"]]
    claim = {"claim": both("Un lien."), "variables": ["q", "n"]}
    read = answers(
        tmp_path, asked, ["Choix", "Note"], [*rows, ["peut-être", "1"], ["", "2"]],
        hypotheses={"h": claim},
    )  # fmt: skip
    found = analysis.anova(read.asked("h"), "n", "q")
    f, p = stats.f_oneway([1, 2, 4], [3, 5])
    assert (found.f, found.p) == (pytest.approx(f), pytest.approx(p))
    told = in_language("en", remarks.compared, "h", read)
    assert "respondents alone in their group, 1" in told
    assert "did not answer both questions, 1" in told
    alone = answers(
        tmp_path, asked, ["Choix", "Note"], rows[2:4], hypotheses={"h": claim}
    )
    assert alone.asked("h")["q"].notna().all()


def test_distances_from_group_means_stand_beside_a_normal_distribution(tmp_path):
    levels = {name: level(name) for name in ("non", "oui")}
    asked = {"q": question("choice", "Choix", levels=levels), "n": scale("Note", 1, 8)}
    rows = [["oui", n] for n in "123"] + [["non", n] for n in "348"]
    claim = {"claim": both("Un lien."), "variables": ["q", "n"]}
    head = ["Choix", "Note"]
    read = answers(tmp_path, asked, head, rows, hypotheses={"h": claim})
    drawn = in_language("en", hypotheses.groups_residuals, read.asked("h"), read)
    # Residuals -1 0 1 -2 -1 3: third moment 3, second 16/6; 3 / (16/6)^1.5 = 0.689.
    assert "skewness 0.69" in drawn.plain
    assert "N = 6" in drawn.plain
