"""Notebooks 01 to 03 on answers that were given: plenty, few, odd.

What they find is not checked here but in the tests of the estimates; here it
is whether everything is shown that can be, and what cannot is said.
"""

import pytest
from conftest import ROOT
from material.forms import COLUMNS, STUDY, rows
from material.given import SYNTHETIC, left, run, saved, table

from ecrm_helpers.answers.door import admit
from ecrm_helpers.compendium.render.paper import on_paper, opened
from ecrm_helpers.compendium.render.pdf import from_paper
from ecrm_helpers.study import read_study

pytestmark = pytest.mark.made


@pytest.fixture(scope="module", params=["fr", "en"])
def described(of_synthetic, request):
    return left(of_synthetic, "01", request.param)


def test_given_answers_show_all_questions(described):
    made, page = described
    closed = {f"{kind}-q{k}" for kind in ("tab", "fig") for k in (1, 2, 10, 12)}
    matrices = {f"{kind}-q{k}" for kind in ("tab", "fig") for k in (5, 6, 7)}
    others = {"tab-audit", "tab-missing", "tab-free", "tab-scales", "tab-scales-1-7"}
    others |= {"fig-scales-1-7", "tab-throughout", "tab-reliability", "tab-crossings"}
    assert closed | matrices | others <= made.keys()
    assert {"not-q7", "sentence-crossings"} <= made.keys()
    assert not {"tab-q11-band", "tab-known"} & made.keys()
    assert all(f'id="{name}"' in page for name in closed | matrices | others)


def test_pages_of_invented_answers_carry_their_band(described):
    assert '<div class="band">' in described[1]
    assert b"Title" in from_paper(on_paper(opened([described[1]])))


def test_what_was_answered_freely_is_counted_and_not_shown(described):
    _, audit = admit(ROOT / SYNTHETIC, read_study(ROOT / "study.yml"))
    texts = {other.text for other in audit.others} - {"Association"}
    shown = [list(row.values())[1:] for row in table(described[0]["tab-free"])]
    assert sum(int(n) for n, _ in shown) == len(audit.others) > 0
    assert [text for text in texts if text in described[1]] == []


def test_free_answers_are_a_level_of_their_question(described):
    (other,) = [
        row for row in table(described[0]["tab-q10"]) if row[""] in ("Autre", "Other")
    ]
    assert "1" in other.values()


@pytest.mark.parametrize("part", ["02", "03"])
def test_hypotheses_are_decided_on_given_answers(of_synthetic, part):
    made, page = left(of_synthetic, part, "en")
    name = f"h{int(part)}"
    assert made[name]["content"]["association"] in ("supported", "not_supported")
    assert made["origin"]["content"] == "synthetic"
    assert '<div class="band">' in page
    assert not {"tab-r-band", "tab-ranks", "tab-all-sets", "fig-q11-band"} & made.keys()
    rows_of = made[f"agreement-{part}"]["content"]["rows"]
    printed = {row["id"]: row for row in rows_of}
    known = {row["known"] for row in printed.values()}
    assert "compared" in known
    assert "built_in" not in known


def test_the_published_material_shows_nothing_of_given_answers(output):
    made, page = left(output, "01", "en")
    assert {"tab-q1", "tab-q11-band", "tab-known", "agreement-01"} <= made.keys()
    assert not {"tab-audit", "tab-scales", "fig-q5", "tab-crossings"} & made.keys()
    assert "The matrices" not in page
    assert "band" not in page.partition("<main")[2].partition(">")[0]


def alike(n, **changed):
    """Give n rows with one answer to each question, but for what is named."""
    first = rows(1)[0]
    return [
        {**first, "Horodateur": row["Horodateur"]}
        | {column: values[k] for column, values in changed.items()}
        for k, row in enumerate(rows(n))
    ]


ODD = {
    "one row": (alike(1), "not_assessable", "not_assessable"),
    "no variance": (alike(8), "not_assessable", "not_assessable"),
    "one group": (
        alike(8, q3="12345671", q4="12345672", q10=["Oui"] * 8, q11="12345671"),
        "supported",
        "not_assessable",
    ),
    "a group of one": (
        alike(8, q10=["Non", *["Oui"] * 7], q11="12345671"),
        "not_assessable",
        "not_assessable",
    ),
    "a group without variance": (
        alike(8, q10=["Non"] * 3 + ["Oui"] * 5, q11="55512345"),
        "not_assessable",
        "not_supported",
    ),
    "nobody answered": (
        alike(8, **{name: [""] * 8 for name in COLUMNS if name != "q1"}),
        "not_assessable",
        "not_assessable",
    ),
}


@pytest.mark.parametrize("case", ODD)
def test_what_cannot_be_computed_is_said_and_pages_still_render(tmp_path, case):
    given, *wanted = ODD[case]
    data = saved(tmp_path, given)
    found, pages = [], []
    for part in ("01", "02", "03"):
        made, page = run(tmp_path, part, data)
        pages.append(page)
        if part != "01":
            decided = made[f"h{int(part)}"]
            found.append(decided["content"]["association"])
            refused = found[-1] == "not_assessable"
            assert not refused or "Non calculable" in page
        assert "nan" not in page.partition("<main")[2].lower().split()
    assert found == wanted
    assert from_paper(on_paper(opened(pages))).startswith(b"%PDF")


def test_every_column_of_the_study_is_answered_in_the_forms():
    assert list(STUDY.columns) == COLUMNS
