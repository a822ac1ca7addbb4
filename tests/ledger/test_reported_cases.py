"""A battery, a corpus and Word files, whose right readings R 4.2 gave; the thesis.

`p_two_sided` are the ends of p over the rounding of statistic and degrees of
freedom, computed in R; the cases are ours, with the report that each comes from.
"""

import json

import pytest
from conftest import ROOT

from ecrm_helpers.ledger.checked_text import check, read_blocks
from ecrm_helpers.ledger.checked_text.blocks import Place, Table

CASES = ROOT / "tests/material/reported"
NOT_CONSISTENT = ("inconsistent", "decision_error")


def cases(name):
    return json.loads((CASES / name).read_text(encoding="utf-8"))


def said(expected):
    """Write an expected p as we do; bounds from both sides stay what they are."""
    text = expected["p"].replace("<=", "≤")
    return text if text == "ns" else f"{text[0]} {float(text[1:]):.12g}"


def assert_read(found, expected):
    assert found.test == expected["test"]
    wanted = expected["verdict"]
    assert found.verdict in (NOT_CONSISTENT if wanted == "not_consistent" else [wanted])
    if wanted == "impossible":
        return
    assert list(found.df) == expected["df"]
    assert said(expected) in [*found.said.replace("≤", "<").split(", "), found.said]
    if ends := expected.get("p_two_sided"):
        assert found.p == pytest.approx(ends, rel=1e-6)


@pytest.mark.parametrize(
    "case", cases("battery.json") + cases("corpus.json"), ids=lambda case: case["id"]
)
def test_each_result_is_read_and_judged_and_none_is_missed(case):
    found = check([case["text"]])
    judged = [f for f in found if f.verdict not in ("not_read", "not_recomputable")]
    assert len(judged) == len(case["results"]), found
    for result, expected in zip(judged, case["results"], strict=True):
        assert_read(result, expected)


def test_numbers_in_the_manner_of_latex_are_read_whole_or_not_at_all():
    """F(1, 71) = 6.98 has p = .01014 in R; .400 and .001 stand beside it."""
    written = {
        r"\(F(1, 71) = 6{,}98\), \(p = 0{,}010\)": "consistent",
        r"\[F(1, 71) = \num{6.98}, \quad p \lt 0{.}001\]": "inconsistent",
        r"$F(1, 71) = 6{,}98$, $p = 0{,}400$": "decision_error",
        r"F(1, 71) = 6{,98}, p = 0{,010}": "not_read",
    }
    assert {text: check([text])[0].verdict for text in written} == written


def test_tables_as_r_prints_them_are_read_where_they_are_pasted():
    """R 4.2: pf(6.982, 1, 71, lower = F) = .01012; 2 * pt(-3.09, 69) = .00288."""
    variance = "Df Sum Sq Mean Sq F value Pr(>F)\nsex 1 8.1 8.1 6.982 {p} *"
    variance += "\nResiduals 71 82.6 1.16\n---\nSignif. codes: 0 ‘***’ 0.001"
    fit = "Estimate Std. Error t value Pr(>|t|)\n(Intercept) 1.2 0.1 9.42 <2e-16 ***"
    fit += "\nquality 0.34 0.11 3.09 {p} **\nerror: 1.08 on 69 degrees of freedom"
    for text, right in ((variance, "0.0101"), (fit, "0.00288")):
        for p, verdict in ((right, "consistent"), ("0.4", "decision_error")):
            found = check([text.format(p=p)])
            assert found[-1].verdict == verdict, found
    assert [f.df for f in found] == [(69.0,), (69.0,)]
    assert [f.verdict for f in check(["Df Sum Sq F value Pr(>F)\nsex 1 8 7 0.01"])] == [
        "not_recomputable"
    ]


def test_p_as_stata_writes_it_and_a_statistic_of_so_much():
    """R 4.2: pf(6.98, 1, 71, lower = F) = .0101; 2 * pt(-2.2, 28) = .0362."""
    written = {
        "F( 1,    71) =    6.98   Prob > F = {p}": "0.0101",
        "with an F-ratio of 6.98 (df = 1, 71; p = {p})": "0.0101",
        "t = 2.2000, df = 28, P>|t| = {p}": "0.0362",
        "LR chi2(3) = 9.50, Prob > chi2 = {p}": "0.0233",
    }
    for text, right in written.items():
        for p, verdict in ((right, "consistent"), ("0.4", "decision_error")):
            assert [f.verdict for f in check([text.format(p=p)])] == [verdict]


@pytest.mark.parametrize(
    "row",
    [
        ("Pearson Chi-Square", "Value", "df", "Asymp. Sig. (2-sided)"),
        ("Khi-deux de Pearson", "Valeur", "dl", "Sig. asymptotique (bilatérale)"),
        ("Sexe", "Khi²", "ddl", "p-value"),
        ("Sexe", "X²", "dof", "p-unc"),
        ("Sexe", "Khi²(a)", "DDL", "Asymptotic Significance (2-sided)"),
        ("Kruskal-Wallis", "Statistic", "df", "p-value"),
        ("Test de Kruskal-Wallis", "Statistique", "ddl", "p"),
    ],
)
def test_headings_of_tables_of_counts(row):
    """R 4.2: pchisq(9.21, 3, lower = F) = .02663."""
    label, *names = row
    for p, verdict in ((",027", "consistent"), (",400", "decision_error")):
        table = Table((("", *names), (label, "9,21", "3", p)), Place(table=1))
        assert [f.verdict for f in check([table])] == [verdict]


@pytest.mark.parametrize(
    ("name", "expected"), cases("word/expected.json").items(), ids=lambda x: str(x)[:20]
)
def test_word_files_with_breaks_fields_boxes_equations_and_tables(name, expected):
    found = check(read_blocks(CASES / f"word/{name}.docx"))
    assert len(found) == len(expected)
    for result, wanted in zip(found, expected, strict=True):
        assert_read(result, wanted | {"p_two_sided": None})


@pytest.mark.slow
def test_the_tables_of_the_thesis_are_found_and_judged(thesis):
    """Correlation .738 (N = 73) and F(1, 71) = 6.980, each in its own table."""
    found = check(read_blocks(thesis))
    read = [f for f in found if f.verdict != "not_read"]
    assert [(f.test, f.value, f.df, f.verdict) for f in read] == [
        ("r", ".738", (71.0,), "consistent"),
        ("F", "6.980", (1.0, 71.0), "consistent"),
    ]
    assert [f.note for f in read] == ["p_zero", ""]
    assert [f.text for f in found if f.verdict == "not_read"] == ["signification= 0.01"]
    assert all(f.place.table and f.place.row and f.place.words for f in read)
