"""What pages say of numbers they do not round, and of who is counted."""

import re
from collections import Counter

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from conftest import BOOKS
from material.given import OF_THE_THESIS
from material.studies import every_kind
from material.studies.cells import shown
from material.studies.small import answers, both

from ecrm_helpers.shown.figures import bars
from ecrm_helpers.shown.tables import table

CLAIM = {
    "claim": both("Une chose suit l'autre."),
    "tested_as_worded": True,
    "reason": both("ce sont ses variables"),
}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("said")
    rows = every_kind.rows()
    asked = {"hypotheses": {"h": {**CLAIM, "variables": ["sex", "good"]}}}
    more = every_kind.MORE | asked
    answers(folder, every_kind.QUESTIONS, every_kind.HEAD, rows, **more)
    return folder / "answers.csv", folder / "study.yml", rows


@pytest.fixture(scope="module")
def compared(made):
    return shown(*made[:2], "en", BOOKS[2])


@pytest.mark.slow
@pytest.mark.parametrize("edition", ["fr", "en"])
def test_boxes_are_counted_by_who_ticked_and_labels_keep_their_mark(made, edition):
    *files, rows = made
    pieces = shown(*files, edition)
    n = sum(bool(row[2]) for row in rows)
    assert n < sum(len(row[2].split(", ")) for row in rows)
    assert f"N = {n}." in pieces["fig-q-nets"].plain.partition("\n")[0]
    figures = [piece for piece in pieces.values() if piece.kind == "figure"]
    for figure in figures:
        caption, alternative = figure.plain.split("\n")
        assert re.search(r"\bN = \d+", caption), caption
        assert "?." not in caption
        assert len(alternative) <= 300
    towns = Counter(row[1] for row in rows if row[1] != "Brest")
    town, k = towns.most_common(1)[0]
    told = {
        "fr": f"Le plus souvent : {town}, {k} réponses",
        "en": f"often: {town}, {k}",
    }
    assert told[edition] in pieces["tab-q-town"].plain.rpartition("\n")[2]
    assert "<pattern" in pieces["fig-q-m"].content  # told apart in grey too
    for name, piece in pieces.items():
        assert not re.search(OF_THE_THESIS[edition], piece.plain), name


@pytest.mark.slow
def test_every_table_of_answers_is_followed_by_what_it_says(made):
    *files, rows = made
    pieces = shown(*files, "en")
    tables = {name: piece for name, piece in pieces.items() if piece.kind == "table"}
    told = {name: piece.plain.rpartition("\n")[2] for name, piece in tables.items()}
    gaps = [[row[k] in ("", "Sans opinion") for row in rows] for k in range(5, 9)]
    most = max(map(sum, gaps))
    names = "; ".join(
        name for name, gap in zip("abcd", gaps, strict=True) if sum(gap) == most
    )
    assert (
        told["tab-missing"] == f"Left out most often: {names}, {most} of {len(rows)}."
    )
    marks = Counter(row[4] for row in rows)
    most = max(marks.values())
    points = "; ".join(p for p in map(str, range(11)) if marks[p] == most)
    assert told["tab-scales-0-10"] == f"Point chosen most often: Note – {points}."
    above = sum(int(row[4]) for row in rows) / len(rows) > 5
    assert ("Note" in told["tab-scales"]) == above
    silent = {
        name for name, piece in tables.items() if "</div></div><p>" not in piece.html
    }
    # A sentence of its own follows these.
    own = {"tab-q-nets", "tab-scores", "tab-dates", "tab-numbers", "tab-crossings"}
    assert silent <= own | {"tab-free"}
    likert = BeautifulSoup(pieces["fig-q-m"].html, "html.parser")
    counted = [
        [cell.get_text() for cell in row.select("td")]
        for row in likert.select("figure details tbody tr")
    ]
    agreed = [
        str(sum(row[5 + k] == every_kind.AGREE[2] for row in rows)) for k in range(4)
    ]
    assert counted[2] == agreed


def test_a_long_alternative_says_how_much_it_leaves_out():
    counts = pd.DataFrame({"n": [3] * 40, "valid_percent": [2.5] * 40})
    counts.index = [f"une modalité au nom long {k}" for k in range(40)]
    figure = bars(counts, "Ville ?", "fig", "fr")
    alternative = figure.plain.split("\n")[1]
    named = alternative.count("modalité")
    assert len(alternative) <= 300
    assert f"et {40 - named} de plus" in alternative
    assert figure.plain.startswith("Effectifs et parts : Ville ? N = 120.")


@pytest.mark.slow
def test_ends_of_a_score_are_not_rounded(made, compared):
    rows = made[2]
    points = {text: n for n, text in enumerate(every_kind.AGREE, 1)}
    scores = []
    for row in rows:  # by hand: three answers at least, the last item turned
        given = [points.get(cell) for cell in row[5:9]]
        given[3] = given[3] and 4 - given[3]
        held = [point for point in given if point]
        scores += [sum(held) / len(held)] if len(held) >= 3 else []
    ends = {f"{end:g}" for end in (min(scores), max(scores))}
    table = compared["tab-descriptives"].content
    assert {f"{float(cell):g}" for cell in table["texts"][-1][-2:]} == {
        f"{round(float(end), 2):g}" for end in ends
    }
    means = dict(
        zip(["Femme", "Homme"], [row[1] for row in table["texts"]], strict=False)
    )
    high, low = sorted(means, key=lambda name: -float(means[name]))
    told = compared["tab-descriptives"].plain.rpartition("\n")[2]
    assert told == (
        f"Highest mean: {high} ({means[high]}); lowest: {low} ({means[low]})."
    )
    assert any("." in cell for row in table["texts"] for cell in row[-2:])


@pytest.mark.slow
def test_who_is_left_out_is_said_only_where_there_is_anybody(made, compared):
    told = " ".join(piece.plain for piece in compared.values())
    assert not re.search(r"free answers, which form no group, 0", told)
    short = sum(
        sum(cell in every_kind.AGREE for cell in row[5:9]) < 3 for row in made[2]
    )
    assert f"did not answer both questions, {short}." in told


@pytest.mark.parametrize(
    ("cells", "left"),
    [
        (["E1", "e2", ""], True),
        (["Mme A.", "M. B."], True),
        (["1,20", "3"], False),
        (["< ,001", "n. s."], False),
        (["", ""], False),
    ],
)
def test_names_of_interviews_stand_to_the_left_as_words_do(cells, left):
    shown = table(pd.DataFrame({"x": cells}), "t", "T", "fr")
    assert ('class="words"' in shown.html) == left


def test_a_name_of_the_rows_heads_them_as_words_do():
    frame = pd.DataFrame({"N": [3], "r": ["r = .74"]}, index=["3.1.1"])
    shown = BeautifulSoup(
        table(frame.rename_axis("Place"), "t", "T", "en").html, "html.parser"
    )
    heads = [(th.get_text(), th.get("class")) for th in shown.select("thead th")]
    assert heads == [("Place", ["words"]), ("N", None), ("r", ["words"])]
