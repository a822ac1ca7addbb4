"""Any result of the grammar, written in any way, is read back; p is scipy's.

The grammar renders statistic, degrees of freedom and p with random names,
marks, spaces, case, signs, order and language, and noise around them.
"""

import pytest
from conftest import often
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from ecrm_helpers.ledger.checked_text import check

NAMES = {
    "t": ["t", "T", "t de Student", "*t*", "𝑡"],
    "F": ["F", "F de Fisher", "ΔF", "*F*"],
    "chi2": ["χ²", "χ2", "Khi-deux", "khi-deux de Pearson", "KHI-DEUX", "chi-square"],
    "r": ["r", "r de Pearson", "*r*"],
    "z": ["z", "Z"],
}
TAIL = {
    "t": lambda v, df: 2 * stats.t.sf(abs(v), *df),
    "F": lambda v, df: stats.f.sf(v, *df),
    "chi2": lambda v, df: stats.chi2.sf(v, *df),
    "r": lambda v, df: 2 * stats.t.sf(abs(v) * (df[0] / (1 - v * v)) ** 0.5, *df),
    "z": lambda v, df: 2 * stats.norm.sf(abs(v)),
}
LABELS = ["p", "P", "*p*", "Sig.", "sig", "p-value", "p-valeur", "Sig. (bilatérale)"]
SPACES = ["", " ", "\u00a0", "\u202f", "\u2009"]
BEFORE = ["", "Le test (", "M = 3.20, SD = 0.90; ", "H1 est validée : ", "β = 0,42 ; "]
AFTER = ["", ").", ", d = 0.40.", " ; η² = 0,12", ", 95% CI [0.10, 0.70]", " (N = 90)"]


@st.composite
def results(draw):
    """Give a test, its numbers, and one way to write them."""
    test = draw(st.sampled_from(list(NAMES)))
    count = {"F": 2, "z": 0}.get(test, 1)
    df = [draw(st.integers(1, 9)), draw(st.integers(10, 90))][2 - count :]
    value = draw(st.integers(20, 95)) / (100 if test == "r" else 20)
    value *= draw(st.sampled_from([1, -1])) if test in "trz" else 1
    comma, gap = draw(st.booleans()), draw(st.sampled_from(SPACES))

    def mark(text):
        return text.replace(".", ",") if comma else text

    name = draw(st.sampled_from(NAMES[test]))
    minus = draw(st.sampled_from("-\u2212\u2013"))
    shown = mark(f"{value:.2f}").replace("-", minus)
    between = " ; " if comma else ", "
    given = between.join(map(str, df))
    inside = draw(st.booleans()) or test == "F"
    said = f"{name}({given}){gap}={gap}{shown}" if count and inside else ""
    if not said:
        after = f"{between}{draw(st.sampled_from(['ddl', 'df']))} = {given}"
        said = f"{name}{gap}={gap}{shown}{after * count}"
    return test, df, value, said, between, mark, draw(st.sampled_from(LABELS)), gap


def written(p, mark, bare):
    return mark(f"{p:.3f}"[int(bare and p < 0.9995) :]) if p >= 0.001 else None


@pytest.mark.slow
@given(
    result=results(),
    bare=st.booleans(),
    first=st.booleans(),
    before=st.sampled_from(BEFORE),
    after=st.sampled_from(AFTER),
    shift=st.sampled_from([0, 0, 0.2, 0.45]),
)
@settings(derandomize=True, deadline=None, max_examples=often(400))
def test_any_result_is_read_back_and_a_wrong_p_is_caught(
    result, bare, first, before, after, shift
):
    test, df, value, said, between, mark, label, gap = result
    right = TAIL[test](value, df)
    p = right if not shift else (right + shift) % 0.99
    shown = written(p, mark, bare)
    told = f"{label}{gap}={gap}{shown}" if shown else f"{label} < {mark('.001')}"
    whole = f"{told}{between}{said}" if first else f"{said}{between}{told}"
    text = f"{before}{whole}{after}"
    read = [f for f in check([text]) if f.verdict != "not_read"]
    assert len(read) == 1, (text, check([text]))
    (found,) = read
    assert (found.test, list(found.df)) == (test, df), (text, found)
    assert found.p[0] <= right * (1 + 1e-9), (text, found)
    assert right <= found.p[1] * (1 + 1e-9), (text, found)
    if not shift:
        assert found.verdict == "consistent", (text, found)
    elif abs(p - right) > 0.1:
        assert found.verdict in ("inconsistent", "decision_error"), (text, found)


@pytest.mark.parametrize(
    "power", ["10⁻³", "10-3", "10^-3", "10^{-3}", "10^(−3)", "1e-3"]
)
def test_a_p_below_a_power_of_ten_is_what_it_says(power):
    assert [f.verdict for f in check([f"t(58) = 1,30 ; p < {power}"])] == [
        "decision_error"
    ]
    assert [f.verdict for f in check([f"t(58) = 5,30 ; p < {power}"])] == ["consistent"]


def read_back(text):
    """Give the one result that is read in a text; nothing else may be left over."""
    found = check([text])
    assert len(found) == 1, (text, found)
    return found[0]


values = st.integers(21, 79).map(lambda k: k / 20)
several = settings(derandomize=True, deadline=None, max_examples=often(60))


@given(values, st.integers(1000, 99_999), st.sampled_from(["t", "F", "chi2"]))
@several
def test_thousands_of_degrees_are_set_off_by_a_space_or_a_mark(value, many, test):
    df = [1, many] if test == "F" else [many if test == "t" else 1]
    p = TAIL[test](value, df)
    head = {"t": "t({})", "F": "F(1{}{})", "chi2": "χ²(1, N = {})"}[test]
    for group, between, point in (
        (" ", " ; ", ","),
        ("\u202f", " ; ", ","),
        (",", ", ", "."),
    ):
        large = f"{many:,}".replace(",", group)
        name = head.format(*[between, large][test != "F" :])
        text = f"{name} = {value:.2f}{between}p = {p:.3f}".replace(".", point)
        found = read_back(text)
        assert (list(found.df), found.verdict) == (df, "consistent"), (text, found)


@given(
    st.integers(15, 95),
    st.integers(5, 3000),
    st.booleans(),
    st.sampled_from(["N", "n"]),
    st.sampled_from(["{r}{b}{n}{b}{p}", "{r}{b}{p}{b}{n}", "{n}{b}{r}{b}{p}"]),
)
@several
def test_a_correlation_with_its_n_has_n_less_two_degrees(k, n, comma, letter, order):
    r, df = k / 100, [n - 2]
    p = TAIL["r"](r, df)
    said = {"r": f"r = {r:.2f}", "n": f"{letter} = {n}", "b": " ; "}
    text = order.format(p=f"p = {p:.3f}" if p >= 0.001 else "p < 0.001", **said)
    found = read_back(text.replace(".", ",") if comma else text)
    assert (list(found.df), found.verdict) == (df, "consistent"), (text, found)


ONE_SIDED = ["One-tailed test: ", "1-sided; ", "Test unilatéral : ", "Unilatérale, "]
DENIED = [
    "No one-tailed test was run: ",
    "Aucun test unilatéral n'a été fait : ",
    "Le test n'est pas unilatéral : ",
    "A two-sided rather than one-sided test: ",
]


@given(values, st.integers(10, 90), st.sampled_from("tz"), st.booleans())
@several
def test_half_of_p_is_right_where_words_say_one_sided_and_deny_it_not(
    value, n, test, up
):
    df = [n] if test == "t" else []
    half = TAIL[test](value, df) / 2
    inside = f"({n})" if df else ""
    p = half if up else 1 - half
    said = f"{test}{inside} = {value:.2f}, p = {p:.4f}"
    for words in ONE_SIDED:
        found = read_back(words + said)
        assert (found.verdict, found.note) == ("consistent", "one_sided"), found
    for words in ["", *DENIED]:
        found = read_back(words + said)
        assert found.verdict in ("inconsistent", "decision_error"), (words, found)
        assert found.note == ("if_one_sided" if up else ""), (words, found)


R_PRINTS = {
    "t": "t = {v:.4f}, df = {df[0]}, p-value = {p:.4g}",
    "chi2": "X-squared = {v:.4f}, df = {df[0]}, p-value = {p:.4g}",
    "F": "F = {v:.4f}, num df = {df[0]}, denom df = {df[1]}, p-value = {p:.4g}",
    "lm": "F-statistic: {v:.3f} on {df[0]} and {df[1]} DF,  p-value: {p:.4g}",
    "z": "z = {v:.4f}, p-value = {p:.4g}",
}


@given(st.sampled_from(list(R_PRINTS)), values, st.integers(1, 6), st.integers(8, 90))
@several
def test_what_r_prints_is_read_back(form, value, few, many):
    test = "F" if form == "lm" else form
    df = {"F": [few, many], "t": [many], "chi2": [few], "z": []}[test]
    p = TAIL[test](value, df)
    found = read_back(R_PRINTS[form].format(v=value, df=df, p=p))
    assert (found.test, list(found.df), found.verdict) == (test, df, "consistent"), (
        found
    )
    wrong = read_back(R_PRINTS[form].format(v=value, df=df, p=(p + 0.4) % 0.99))
    assert wrong.verdict in ("inconsistent", "decision_error"), wrong


@pytest.mark.parametrize(
    "word", ["NS", "ns", "n.s.", "N.S.", "n. s.", "non significatif"]
)
@pytest.mark.parametrize("end", ["", ".", ").", " ;", ",", " et", ".\n", ". Puis,"])
@pytest.mark.parametrize(("value", "wanted"), [("0,50", False), ("5,20", True)])
def test_not_significant_in_a_word_ends_as_a_sentence_may(word, end, value, wanted):
    """P of t(28) is .621 and .00002: the word is right of the first alone."""
    (found,) = check([f"Le test dit : t(28) = {value}, {word}{end}"])
    assert (found.verdict == "decision_error") is wanted
