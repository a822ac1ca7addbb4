"""The decision on each hypothesis: both answers, and what stands on which side."""

from itertools import product

import pytest
from conftest import ROOT, in_language

from ecrm_helpers.answers.read import read_answers
from ecrm_helpers.interview.evidence import weigh
from ecrm_helpers.ledger.quantities import facts, recompute
from ecrm_helpers.shown.hypotheses.decisions import (
    assessed,
    decide,
    decision,
    rule,
    verdict_sentence,
    weighed,
)
from ecrm_helpers.statistics.analysis import AnalysisError
from ecrm_helpers.study import read_published, read_study

PUBLISHED = read_published(read_study())
HYPOTHESES = PUBLISHED.study.hypotheses
SURVEY = read_answers("data/reconstructed/survey.csv", PUBLISHED)
FACTS = facts(PUBLISHED.values, recompute(ROOT, PUBLISHED))
ANSWERS = ("supported", "not_supported", "not_assessable", "opposite")


def test_an_association_is_supported_when_p_is_below_alpha_in_every_data_set():
    h3, h1 = HYPOTHESES["h3"], HYPOTHESES["h1"]
    assert decide(h3, [0.01, 0.0499], 0.05) == "supported"
    assert decide(h3, [0.01, 0.05], 0.05) == "not_supported"
    assert decide(h3, [], 0.05) == "not_assessable"
    assert decide(h1, [0.01], 0.05) == "not_assessable"


def test_where_nothing_can_be_tested_nothing_is_decided_and_the_rest_left_out():
    why = AnalysisError("two_groups", test="d", k=3)
    piece = in_language("en", assessed, "h3", why, SURVEY)
    assert piece.content["association"] == "not_assessable"
    assert "Cannot be computed: d compares two groups; got 3." in piece.html
    assert piece.without == ("analysis", "more")
    fine = in_language("en", assessed, "h3", "a result", SURVEY)
    assert (fine.kind, fine.without) == ("text", ("more",))
    assert "No: 12; Yes: 61" in fine.plain


def test_the_rule_names_the_largest_p_it_met():
    said = in_language("en", rule, "groups", "own", [0.2, 0.034], 0.05)
    assert said == "p < .05 by ANOVA; here p = .200"
    assert "10⁻⁹" in in_language("en", rule, "correlation", "own", [1e-9], 0.05)


def test_a_hypothesis_without_a_thesis_has_a_sentence_of_its_own():
    alone = HYPOTHESES["h3"].model_copy(update={"thesis_verdict": "none"})
    said = in_language("en", verdict_sentence, "h3", alone, "supported")
    assert said.startswith("H3: ")
    assert "the thesis" not in said


@pytest.mark.parametrize(
    ("respondents", "statements", "expected"),
    [
        (1, {"for": 3}, "not_assessable"),
        (2, {"for": 3}, "supported"),
        (2, {"for": 3, "against": 1}, "not_supported"),
        (2, {"nuance": 3}, "not_supported"),
    ],
)
def test_statements_are_weighed_by_the_declared_rule(respondents, statements, expected):
    assert weigh(HYPOTHESES["h1"], respondents, statements) == expected
    assert weigh(HYPOTHESES["h2"], respondents, statements) == "not_assessable"


@pytest.mark.parametrize(("name", "answer"), list(product(HYPOTHESES, ANSWERS)))
def test_findings_support_unless_the_association_is_refused_and_limits_never(
    name, answer
):
    hypothesis = HYPOTHESES[name]
    given, lacking = in_language("en", weighed, hypothesis, answer, FACTS)
    findings, limits = len(hypothesis.findings), len(hypothesis.limits)
    refused = answer in ("not_supported", "opposite")
    assert (len(given), len(lacking)) == (
        (0, findings + limits) if refused else (findings, limits)
    )
    assert not set("".join(given + lacking)) & set("{}")


@pytest.mark.parametrize(
    ("name", "edition", "expected"),
    [
        # R: groups.txt and correlation.txt; the evidence table counts 3, 3, 2.
        ("h3", "fr", "F(1 ; 71) = 6,98, p = 0,010, êta² = 0,09"),
        ("h3", "en", "F(1, 71) = 6.98, p = .010, eta² = .09"),
        ("h2", "en", "r = .74, N = 73, p < .001"),
        ("h1", "en", "statements against: 2, nuances: 3"),
    ],
)
def test_values_in_the_lists_are_those_of_outside_oracles(name, edition, expected):
    answer = "not_assessable" if name == "h1" else "supported"
    piece = in_language(
        edition, decision, name, HYPOTHESES[name], answer, "rule", FACTS
    )
    assert expected in piece.plain
    assert piece.content == {"association": answer, "as_worded": "not_tested"}
    assert (
        in_language(edition, verdict_sentence, name, HYPOTHESES[name], answer)
        in piece.plain
    )


def test_each_sentence_stands_beside_the_thesis_verdict():
    said = in_language("fr", verdict_sentence, "h2", HYPOTHESES["h2"], "not_supported")
    assert said == (
        "H2 : association non établie, hypothèse non testée ; "
        "le mémoire la dit acceptée."
    )
