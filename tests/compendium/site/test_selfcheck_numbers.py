"""The numbers that the index computes in a browser, held against scipy."""

import numpy as np
import pytest
from scipy import special, stats

pytestmark = pytest.mark.needs("chromium", "chromium")


@pytest.fixture(scope="module")
def script(index, browser):
    page = browser.new_page()
    page.goto(index("en").as_uri())
    yield lambda name, *values: page.evaluate(f"a => {name}(...a)", list(values))
    page.close()


@pytest.mark.parametrize("df", [1, 2, 2.5, 11, 60, 71, 1000, 1e6])
@pytest.mark.parametrize("t", [0, 1e-8, 0.3, 1, 2, 9.2124, 50, 1e5])
def test_p_of_t(script, t, df):
    expected = 2 * stats.t.sf(t, df)
    assert script("pOfT", t, df) == pytest.approx(expected, rel=1e-8, abs=1e-300)
    assert script("pOfT", -t, df) == script("pOfT", t, df)


@pytest.mark.parametrize("df", [(1, 71), (1, 1), (3, 200), (100, 3), (5, 1e5)])
@pytest.mark.parametrize("f", [0, 1e-10, 0.5, 1, 6.980469, 84.7, 1e4])
def test_p_of_f(script, f, df):
    expected = stats.f.sf(f, *df)
    assert script("pOfF", f, *df) == pytest.approx(expected, rel=1e-9, abs=1e-300)


@pytest.mark.parametrize("df", [1, 2, 11, 60, 72, 1000, 1e6])
@pytest.mark.parametrize("p", [0.999, 0.5, 0.05, 0.01, 1e-6, 1e-12])
def test_quantile_of_t(script, p, df):
    expected = stats.t.isf(p / 2, df)
    assert script("tQuantile", p, df) == pytest.approx(expected, rel=1e-8)


@pytest.mark.parametrize(
    ("x", "a", "b"),
    [(0.5, 0.5, 0.5), (0.01, 30, 2), (0.99, 2, 30), (1e-12, 0.5, 3), (0.3, 500, 700)],
)
def test_incomplete_beta(script, x, a, b):
    expected = special.betainc(a, b, x)
    assert script("incompleteBeta", x, 1 - x, a, b) == pytest.approx(
        expected, rel=1e-10
    )
    assert script("incompleteBeta", 0, 1, a, b) == 0
    assert script("incompleteBeta", 1, 0, a, b) == 1


@pytest.mark.parametrize("seed", range(5))
def test_statistics_of_other_answers(script, seed):
    random = np.random.default_rng(seed)
    groups = [
        random.integers(1, 8, size).tolist() for size in random.integers(5, 90, 3)
    ]
    found = script("anova", groups)
    expected = stats.f_oneway(*groups)
    assert (found["f"], found["p"]) == pytest.approx(tuple(expected), rel=1e-10)
    assert found["ss_between"] + found["ss_within"] == pytest.approx(found["ss_total"])
    one = script("describe", groups[0])
    interval = stats.ttest_1samp(groups[0], 0).confidence_interval(0.95)
    assert (one["low"], one["high"]) == pytest.approx(tuple(interval), rel=1e-10)
    assert one["sd"] == pytest.approx(np.std(groups[0], ddof=1), rel=1e-12)
    assert one["se"] == pytest.approx(stats.sem(groups[0]), rel=1e-12)
    assert (one["n"], one["min"], one["max"]) == (
        len(groups[0]), min(groups[0]), max(groups[0])
    )  # fmt: skip
    x, y = random.integers(1, 8, (2, 40)).tolist()
    found, expected = script("correlation", x, y), stats.pearsonr(x, y)
    assert (found["r"], found["p"]) == pytest.approx(tuple(expected), rel=1e-9)


@pytest.mark.parametrize(
    ("printed", "value", "stands"),
    [
        (",900", 0.9003, True), (",900", 0.9005, True), (",900", 0.90051, False),
        (".738**", 0.7375, True), (".738**", 0.73749, False), ("84%", 83.56, True),
        ("43%", 100 * 31 / 73, False), (".000", 8.9e-14, True), ("1,006", 1.0057, True),
        ("plus que 50%", 50.5, True), ("73", 73.6, False),
        ("\N{MINUS SIGN}0.83", -0.834, True),
    ],
)  # fmt: skip
def test_a_printed_number_stands_for_half_a_unit_to_each_side(
    script, printed, value, stands
):
    assert script("standsFor", printed, value) is stands
