"""Results read in texts, against R, statcheck's own examples, and our sentences.

The verdicts of `STATCHECK` are those that the package's tests state
(github.com/MicheleNuijten/statcheck, tests/testthat: test-error.R and
test-decisionerror.R); the package is described in Nuijten et al. (2016).
"""

import json

import numpy as np
import pandas as pd
import pypandoc
import pytest
from conftest import in_language, often
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from material.groups import together
from oracles import print_out
from scipy import stats

from ecrm_helpers.cli import main
from ecrm_helpers.ledger.checked_text import check
from ecrm_helpers.printed import EDITIONS, HELD, number
from ecrm_helpers.shown.hypotheses import crossings, sentences, side_tests
from ecrm_helpers.statistics import analysis
from ecrm_helpers.statistics.analysis import AnalysisError, FTest
from ecrm_helpers.study import read_study

R = print_out("checked")

#: Decision errors at .05.
STATCHECK = (
    "The effect was very significant (t(48) = 1.02, p < .05)",
    *("t(28) = 2.20, p = .06", "t(28) = 1.20, p = .03"),
    *("F(2, 28) = 22.20, p = .06", "F(2, 28) = 2.20, p = .03"),
    *("r(28) = .22, p = .03", "r(28) = .52, p = .06"),
    *("chi2(28) = 2.20, p = .03", "chi2(28) = 52.20, p = .06"),
    *(" z = 1.20, p = .03", " z = 2.20, p = .06"),
    *("Q(28) = 2.20, p = .03", "Q(28) = 52.20, p = .06"),
)


def verdicts(*paragraphs, **options):
    return [found.verdict for found in check(paragraphs, **options)]


@pytest.mark.parametrize("text", STATCHECK)
def test_what_statcheck_calls_a_decision_error_is_one(text):
    assert verdicts(text) == ["decision_error"]


@pytest.mark.parametrize(
    ("text", "alpha"),
    [("t(28) = 2.20, p = .11", 0.1), ("t(28) = 1.20, p = .09", 0.1),
     ("t(28) = 5.20, p = .02", 0.01), ("t(28) = 1.20, p = .005", 0.01)],
)  # fmt: skip
def test_a_decision_is_turned_at_the_level_of_the_text(text, alpha):
    assert verdicts(text, alpha=alpha) == ["decision_error"]


def test_p_equal_to_the_level_counts_as_significant_as_in_statcheck():
    assert verdicts("t(28) = 2.20, p = .05") == ["inconsistent"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("t", "t(28) = 2.20, p = .036"),
        ("t", "t(28) = \N{MINUS SIGN}2,20 ; p = 0,036"),
        ("t", "t = 2,20 ; ddl = 28 ; p = 0,036"),
        ("t", f"t{HELD}(28){HELD}={HELD}2,20{HELD};\u202fp\u202f=\u20090,036"),
        ("r", "*r*(28) = .22, *p* = .24"),
        ("r", "r(28) = ,22**, p = ,243"),
        ("z", "U = 206,5, z = –2,20, p = 0,028"),
        ("F", "F(2, 28) = 2.20, MSE = 3.1, p = .13"),
        ("F", "F(2,28)=2.20,p=.13"),
        ("F", "F(2 ; 28) = 2,20 ; η² = 0,14 ; IC à 95 % [0,00 ; 0,3] ; p > ,05"),
        ("F", "F = 2,20 ; ddl = 2 et 28 ; ns"),
        ("F", "F[2, 28] = 2.20, p-value = 1.3e-1"),
        ("F", "F(2 ; 28) = 2,20, Sig. = 1,30 × 10⁻¹"),
        ("F", "F(2 ; 28) = 2,20, p = 13 %"),
        ("chi2", "χ²(28, N = 90) = 22.20, p = .77"),
        ("chi2", "khi-deux(28) = 22,20, n.s."),
        ("welch", "F(1 ; 16,88) = 8,12, p = 0,011"),
        ("welch", "F(1, 16.88) = 8.12, p < .05"),
    ],
)
def test_p_is_that_of_r_in_every_notation(name, text):
    (found,) = check([f"Un texte ({text}), et la suite."])
    assert found.verdict == "consistent"
    assert found.p == pytest.approx((R[f"{name}.low"], R[f"{name}.high"]), rel=1e-9)


def test_only_what_rounding_leaves_counts():
    """R: .0358 to .0366, which is .04 and neither .03 nor .035."""
    assert R["t.low"] > 0.0355
    assert verdicts("t(28) = 2.20, p = .04", "t(28) = 2.2, p = .04") == [
        "consistent",
        "consistent",
    ]
    assert verdicts("t(28) = 2.20, p = .03") == ["inconsistent"]
    assert verdicts("t(28) = 2.2, p = .033") == ["consistent"]  # 2.25 gives .0325


@pytest.mark.parametrize(
    ("text", "verdict", "note"),
    [
        ("t(28) = 1.80, p = .04, one-tailed", "consistent", "one_sided"),
        ("Test unilatéral : t(28) = 1,80, p = 0,04", "consistent", "one_sided"),
        ("t(28) = 1.80, p = .04", "decision_error", "if_one_sided"),
        ("F(1, 28) = 3.24, p = .04, one-tailed", "decision_error", ""),
        ("r(71) = .738, p = .000", "consistent", "p_zero"),
        ("t(28) = 5.20, p = 1.6 × 10⁻¹", "decision_error", ""),
        ("rho = .50, p < .001", "not_recomputable", "df_unclear"),
        ("F < 1, ns", "not_recomputable", "df_unclear"),
        ("F(1,16,88) = 8,12, p = 0,011", "not_recomputable", "df_unclear"),
        ("U = 206.5, p = .003", "not_recomputable", "no_formula"),
        ("rs(71) = .50, p < .001", "consistent", ""),
        ("rho(71) = 1.50, p < .001", "impossible", "out_of_range"),
        ("r(71) = 1.20, p < .001", "impossible", "out_of_range"),
        ("t(0) = 1.20, p = .2", "impossible", "out_of_range"),
        ("F(1, 71) < 1, p > .05", "consistent", ""),
        ("t(28) = 5.20, p > .01", "inconsistent", ""),
        ("t(28) = 5.20, p > .05", "decision_error", ""),
        ("t(28) = 5.20, ns", "decision_error", ""),
    ],
)
def test_each_verdict_with_its_note(text, verdict, note):
    (found,) = check([text])
    assert (found.verdict, found.note) == (verdict, note)


@pytest.mark.parametrize(
    ("text", "unread"),
    [
        ("M = 2.58 (SD = 0.90, n = 12); R² = .20; χ²/ddl = 1,72", []),
        ("voir p. 30, ou pp. 3-4 ; d = 0,83, IC à 95 % [0,12 ; 1,25]", []),
        ("H3: p = .01", ["p = .01"]),
        ("the weight(2) = 3, p = .04", ["p = .04"]),
        ("t(28) = 2.20. Plus loin, p = .04", ["t(28) = 2.20", "p = .04"]),
        ("un ddl = 28 et (NS)", ["ddl = 28", "NS"]),
        ("t(28) = 2.20, p = .03 6", ["t(28) = 2.20, p = .03"]),
        ("t(28) = 2.20, p < 10^x", ["t(28) = 2.20, p < 10"]),
        ("F(1, 71) = 6.98.1, p = .010", ["F(1, 71) = 6.98.1, p = .010"]),
    ],
)
def test_what_joins_no_result_is_listed_as_not_read(text, unread):
    found = check([text])
    assert {f.verdict for f in found} <= {"not_read"}
    assert [f.text for f in found] == unread


def test_several_results_of_a_paragraph_keep_their_own_p():
    found = check(
        ["", "t(28) = 2.20, p = .04, and F(2, 28) = 2.20, p = .13", "U = 2, ns"]
    )
    assert [(f.place.paragraph, f.test) for f in found] == [
        (2, "t"),
        (2, "F"),
        (3, "U"),
    ]


scales = st.lists(st.integers(1, 7), min_size=3, max_size=12)


def groups_of(first, second):
    keys = ["no"] * len(first) + ["yes"] * len(second)
    return together(first + second, keys)


@pytest.mark.slow
@given(first=scales, second=scales)
@settings(derandomize=True, deadline=None, max_examples=often(60))
def test_every_sentence_we_write_is_found_and_consistent(first, second):
    data = groups_of(first, second)
    try:
        rows, test = analysis.descriptives(*data), analysis.anova(*data)
        spread = analysis.levene(*data, center="mean")
        unequal = analysis.welch(*data)
    except AnalysisError:
        assume(False)
    labels, d = ("Non", "Oui"), analysis.cohen_d(*data)
    ranks = analysis.mann_whitney(*data)
    for edition in EDITIONS:
        written = {
            "F": [
                in_language(edition, sentences.anova, test, rows, "Note"),
                in_language(edition, sentences.welch, unequal, d, labels),
                in_language(edition, sentences.levene, spread, "levene_mean", 0.95),
            ],
            "U": [in_language(edition, sentences.mann_whitney, ranks, labels)],
        }
        for name, texts in written.items():
            found = check(texts)
            assert [f.test for f in found] == [name] * len(texts)
            expected = {"F": "consistent", "U": "not_recomputable"}[name]
            assert {f.verdict for f in found} == {expected}, found


@pytest.mark.slow
@given(
    data=st.lists(
        st.tuples(st.integers(0, 2), st.integers(0, 3), st.integers(1, 7)),
        min_size=8,
        max_size=60,
    )
)
@settings(derandomize=True, deadline=None, max_examples=often(60))
def test_every_sentence_on_counts_and_on_ranks_of_groups_is_consistent(data):
    groups, others, scores = (pd.Series(column) for column in zip(*data, strict=True))
    keys = groups.map({0: "a", 1: "b", 2: "c"})
    try:
        table = analysis.cross_table(*together(keys, others.astype(str)))
        ranks = analysis.kruskal(*together(scores, keys))
    except AnalysisError:
        assume(False)
    study, none = read_study(), AnalysisError("two_groups", test="d", k=3)
    tests = {"mann_whitney": none, "kruskal": ranks}
    for edition in EDITIONS:
        said = [
            in_language(edition, crossings.sentence, ("q1", "q2"), table, study),
            *in_language(edition, side_tests.sentences_of, tests, none, [], 0.95, None),
        ]
        # An exact p stands alone: no statistic in the text to hold it against.
        exact = table.fisher_p is not None
        counts = "not_read" if exact else "consistent"
        assert [each.verdict for each in check(said)] == [counts, "consistent"], said


@pytest.mark.slow
@given(r=st.floats(-0.99, 0.99), n=st.integers(4, 500))
@settings(derandomize=True, deadline=None)
def test_every_correlation_we_write_is_found_and_consistent(r, n):
    result = analysis.correlation_from_r(r, n)
    for edition in EDITIONS:
        said = in_language(edition, sentences.correlation, result, ("A", "B"))
        shown = in_language(edition, sentences.listed, [said], "s").plain.splitlines()
        assert HELD in shown[1]
        for text in (said, shown[1]):
            assert [(f.test, f.verdict) for f in check([text])] == [("r", "consistent")]


@given(f=st.floats(0, 60), df=st.floats(1.5, 90), seed=st.integers(0, 9))
@settings(derandomize=True, deadline=None)
def test_a_sentence_with_another_p_is_not_consistent(f, df, seed):
    """A p that is off by more than rounding can explain is always noticed."""
    p = float(stats.f.sf(f, 1, round(df, 2)))
    wrong = (p + 0.2 + seed / 20) % 1
    assume(abs(wrong - p) > 0.05)
    text = f"F(1, {number(df, 2, 'en')}) = {number(f, 2, 'en')}, p = {wrong:.3f}"
    assert verdicts(text)[0] in ("inconsistent", "decision_error")


def test_the_survey_in_both_editions_reads_as_a_thesis_prints_it():
    result = FTest(8.1177, (1.0, 16.88), 0.011149)
    d = analysis.Estimate(-0.834, -1.47, -0.19)
    french, english = (
        in_language(edition, sentences.welch, result, d, ("Non", "Oui"))
        for edition in EDITIONS
    )
    assert "F(1 ; 16,88) = 8,12, p = 0,011" in french
    assert "IC à 95 % [−1,47 ; −0,19]" in french
    assert "F(1, 16.88) = 8.12, p = .011" in english
    assert "95% CI [−1.47, −0.19]" in english


def test_what_the_published_text_does_not_determine_says_so():
    every = pd.DataFrame({"same": [0.01, 0.01], "other": [0.01, 0.02]})
    said = in_language(
        "en", sentences.illustrated, {"same": "A.", "other": "B."}, every
    )
    assert said["same"] == "A."
    assert said["other"].startswith("B. (Reconstructed data")


TEXT = "Ici *F*(1 ; 71) = 6,98, *p* = 0,010.\n\nt(48) = 1,02, p < 0,05\n"


@pytest.fixture(params=[".docx", ".md", ".txt"])
def document(request, tmp_path):
    path = tmp_path / f"texte{request.param}"
    if request.param == ".docx":
        table = "\n| a | b |\n|---|---|\n| x | r(71) = ,738, p < ,001 |\n"
        pypandoc.convert_text(TEXT + table, "docx", "markdown", outputfile=str(path))
    else:
        path.write_text(TEXT, encoding="utf-8")
    return path


def test_a_file_is_read_and_its_results_listed(document, capsys):
    assert main(["check-text", str(document), "--lang", "fr"]) == 0
    said = capsys.readouterr().out
    assert "F(1 ; 71) = 6,98, p = 0,010 → cohérent ; p recalculé : 0,010" in said
    assert "de l'autre côté du seuil" in said
    assert main(["check-text", str(document), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    tests = [(f["test"], f["verdict"]) for f in found]
    assert tests[:2] == [("F", "consistent"), ("t", "decision_error")]
    assert tests[2:] == [("r", "consistent")] * (document.suffix == ".docx")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.pdf", b"%PDF", "not readable as pdf"),
        ("a.doc", b"", "files of kind .doc are not read"),
        ("a.docx", b"no archive", "not readable as docx"),
        ("a.txt", "é".encode("latin-1"), "not readable as text (UTF-8)"),
        ("gone.txt", None, "no such file"),
    ],
)
def test_what_cannot_be_read_ends_with_2_and_says_why(
    tmp_path, capsys, name, content, said
):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    assert main(["check-text", str(tmp_path / name)]) == 2
    assert said in capsys.readouterr().err


def test_a_text_without_results_says_so(tmp_path, capsys):
    (tmp_path / "a.txt").write_text("Rien.", encoding="utf-8")
    assert main(["check-text", str(tmp_path / "a.txt"), "--lang", "en"]) == 0
    assert "no result found" in capsys.readouterr().out
    with pytest.raises(SystemExit) as ended:
        main(["check-text", str(tmp_path / "a.txt"), "--alpha", "2"])
    assert ended.value.code == 2


def test_the_share_explained_is_zero_without_differences_and_grows_with_f():
    shares = [analysis.explained(f, 2, 30) for f in (0.0, 1.0, 10.0)]
    assert shares[0].value == shares[0].low == 0
    assert np.all(np.diff([share.value for share in shares]) > 0)
    assert all(s.low <= s.value <= s.high for s in shares[1:])
