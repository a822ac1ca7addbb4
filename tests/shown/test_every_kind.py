"""Notebook 01 on a study with a question of every kind, cell by cell."""

import re

import pytest
from material.studies import every_kind
from material.studies.cells import shown
from material.studies.small import answers

from ecrm_helpers.printed import Wrong


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("every")
    answers(
        folder, every_kind.QUESTIONS, every_kind.HEAD, every_kind.rows(),
        **every_kind.MORE,
    )  # fmt: skip
    return folder / "answers.csv", folder / "study.yml"


@pytest.mark.slow
@pytest.mark.parametrize("edition", ["fr", "en"])
def test_each_kind_has_its_table_figure_and_sentence(made, edition):
    pieces = shown(*made, edition)
    wanted = "tab-q-sex tab-q-nets fig-q-nets sentence-q-nets tab-scales fig-q-m "
    wanted += "tab-scales-0-10 tab-scales-1-5-often tab-reliability tab-items-q-m "
    wanted += "tab-scores tab-score-reliability fig-q-good made-q-good tab-numbers "
    wanted += "fig-q-age sentence-q-age tab-dates fig-q-born tab-crossings"
    assert set(wanted.split()) - set(pieces) == set()
    for piece in pieces.values():
        assert "None" not in piece.plain
        assert not re.search(r"\bnan\b", piece.plain)
    told = pieces["tab-q-nets"].plain
    assert ("% des répondants" if edition == "fr" else "% of respondents") in told
    assert ("convenance" if edition == "fr" else "convenience") in told


def test_a_study_in_one_language_makes_that_edition_and_refuses_the_other(tmp_path):
    only = {"kind": "number", "asked": "Âge", "label": {"fr": "Âge"}}
    answers(
        tmp_path,
        {"age": only},
        ["Âge"],
        [["20"], ["31"]],
        title={"fr": "Enquête"},
        reading={},
    )
    made = tmp_path / "answers.csv", tmp_path / "study.yml"
    assert "Âge (N = 2)" in shown(*made)["sentence-q-age"].plain
    with pytest.raises(Wrong, match=r"title, questions\.age\.label") as caught:
        shown(*made, "en")
    assert "l'édition en de" in caught.value.said("fr")
