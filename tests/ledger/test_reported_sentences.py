"""Sentences as theses write results, right and spoiled; the numbers are R's.

Each stands with a blank for p: what R printed makes it consistent, another p
does not. None may be missed, called wrong where it is right, or pass spoiled.
"""

import pytest
from conftest import ROOT
from oracles import print_out

from ecrm_helpers.ledger.checked_text import check
from ecrm_helpers.printed import agrees

R = print_out("reported")

#: The test in R's print-out, the statistic's key, p as R has it, another p, a sentence.
SENTENCES = (ROOT / "tests/material/reported/sentences.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("line", SENTENCES.splitlines())
def test_a_sentence_is_read_and_a_spoiled_one_caught(line):
    name, test, right, wrong, sentence = line.split("|")
    p = R[f"{name}.p"]
    assert p < 0.001 if "<" in right or "e" in right else agrees(right, p)
    found = [f for f in check([sentence.format(p=right)]) if f.test == test]
    spoiled = [f for f in check([sentence.format(p=wrong)]) if f.test == test]
    assert [f.verdict for f in found] == ["consistent"]
    assert [f.verdict in ("inconsistent", "decision_error") for f in spoiled] == [True]


def test_no_p_that_r_gives_of_ranks_is_called_wrong():
    for name in (each.removesuffix(".p") for each in R if each.endswith(".p")):
        if not name.startswith("drawn"):
            continue
        _, method, n, *_ = name.split(".")
        sign = {"spearman": "rho", "kendall": "tau"}[method]
        value, p = R[f"{name}.value"], R[f"{name}.p"]
        said = f"{sign} = {value:.3f}, N = {n}, p = {p:.3f}"
        assert [f.verdict for f in check([said])] == ["consistent"], said


@pytest.mark.parametrize(
    "text",
    [
        "La corrélation est significative au seuil de 5 % (p = 0,150).",
        "L’effet n’est pas significatif (p = 0,003).",
        "Aucune différence significative (p = 0,002).",
        "The difference was significant (p = .31).",
        "Les groupes diffèrent de façon significative (t(28) = 1,20 ; p = 0,240).",
        "p = 0,03 (NS)",
        "F(2, 70) = 0,91 ; p = 0,407, significatif au seuil de 10 %.",
    ],
)
def test_a_word_on_significance_that_the_p_beside_it_contradicts_is_named(text):
    (told,) = [f for f in check([text]) if f.note == "word"]
    assert told.verdict == "decision_error"


@pytest.mark.parametrize(
    "text",
    [
        "La corrélation est significative au seuil de 10 % (p = 0,08).",
        "L’effet n’est pas significatif au seuil de 1 % (p = 0,03).",
        "Aucune différence significative (p = 0,32) ; l’autre l’est (p = 0,01).",
        "p = .03, non significatif après correction de Bonferroni",
        "Une tendance, marginalement significative (p = 0,08).",
        "It was not clear whether the effect is significant (p = .31).",
        "p = .05, significatif ; t(71) = 1,99, p = .050, significatif",
        "H1 : p = 0,4, non significatif. H2 est significatif : t(28) = 3,10, p = 0,004",
        "The gap was significant, t(28) = 2.20, p = .036; the other was not, p = .4.",
    ],
)
def test_a_word_that_fits_its_p_is_let_be(text):
    assert "word" not in [f.note for f in check([text])]


def test_a_result_goes_by_the_number_rather_than_by_the_word_before_it():
    said = "t(28) = 2,20, significatif au seuil de 5 % (p = 0,036)."
    (found,) = check([said])
    assert (found.said, found.verdict) == ("= 0.036", "consistent")
