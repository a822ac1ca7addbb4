"""The index verifies itself: tried in a real browser, by hand and tampered with."""

import copy
import csv
import json
import re
import shutil
from decimal import Decimal

import numpy as np
import pytest
from conftest import ROOT
from playwright.sync_api import sync_playwright
from scipy import special, stats

from ecrm_helpers.cli import main
from ecrm_helpers.compendium.selfcheck import OUTCOMES
from ecrm_helpers.printed import decimal
from ecrm_helpers.published import read_values
from ecrm_helpers.shown.ledger import AGREEMENT

pytestmark = pytest.mark.needs("chromium", "chromium")

FLAGS = "no-sandbox disable-gpu disable-quic no-first-run disable-sync "
FLAGS += "disable-background-networking disable-component-update"
DISAGREE = {"differs_from_package", "differs_from_print"}
QUANTITY = {
    name: value.quantity
    for name, value in read_values(ROOT / "data/published/values.csv").items()
}
LEVELS = {
    "q1": ("event", "sponsored", "website", "social"),
    "q2": ("email", "social", "website", "phone"),
    "q10": ("no", "yes"),
    "q12": ("employee", "company", "student"),
}
DESCRIBED = ("n", "mean", "sd", "se", "low", "high", "min", "max")
VARIANCES = ("between", "within", "total")
#: All that the browser is to recompute.
WANTED = {
    "sample.n", "h2.r", "h2.r_self", "h2.p", "h2.n", "h2.shared_variance.percent",
    *(f"{q}.{k}.{s}" for q, known in LEVELS.items() for k in (*known, "total")
      for s in ("n", "percent")),
    *(f"h3.{group}.{s}" for group in ("no", "yes", "total") for s in DESCRIBED),
    *(f"h3.{s}_{part}" for part in VARIANCES for s in ("ss", "df")),
    "h3.ms_between", "h3.ms_within", "h3.f", "h3.p",
}  # fmt: skip


@pytest.fixture(scope="module")
def index():
    """Make both editions; give the place of an edition's index."""
    assert main(["reproduce", "--edition", "all"]) == 0
    return lambda edition: ROOT / "output" / edition / "index.html"


@pytest.fixture(scope="module")
def browser(index):
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=[f"--{flag}" for flag in FLAGS.split()],
        )
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def ledger(index):
    """Give the ledger's rows that the browser is to recompute."""
    with (ROOT / "output/ledger.csv").open(encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if QUANTITY[row["id"]] in WANTED]


@pytest.fixture
def opened(browser):
    """Open a page; note what it asks for and what it complains of."""
    contexts = []

    def open_page(path, **options):
        contexts.append(browser.new_context(**options))
        page = contexts[-1].new_page()
        page.asked, page.said = [], []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("console", lambda message: page.said.append(message.text))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.goto(path.as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()


def data_of(page):
    return json.loads(page.locator("#selfcheck-data").text_content())


def outcomes(page, data=None):
    """Press the button, on other data if given; give each row's outcome."""
    return page.evaluate(
        """text => {
          if (text) document.getElementById("selfcheck-data").textContent = text;
          document.getElementById("selfcheck-button").click();
          const rows = [...document.querySelectorAll("tr[data-id]")];
          return Object.fromEntries(rows.map(r => [r.dataset.id, r.dataset.outcome]));
        }""",
        data and json.dumps(data),
    )


def disagreeing(found):
    return {name for name, outcome in found.items() if outcome in DISAGREE}


def numbers(page):
    """Read the line of totals: all, agreeing, built in, declared, disagreeing."""
    total = page.locator("[role=status][aria-live=polite]").inner_text()
    return [int(number) for number in re.findall(r"\d+", total)]


@pytest.mark.parametrize("edition", ["fr", "en"])
def test_the_button_recomputes_everything_and_asks_for_nothing(
    index, opened, ledger, edition
):
    page = opened(index(edition))
    assert page.locator("#selfcheck-table").is_hidden()
    page.click("#selfcheck-button")
    assert page.locator("#selfcheck-table").is_visible()
    found = outcomes(page)
    agree = {row["id"] for row in ledger if row["verdict"] in AGREEMENT}
    built_in = {row["id"] for row in ledger if row["known"] == "built_in"}
    assert {QUANTITY[name] for name in found} == WANTED
    assert found.keys() == {row["id"] for row in ledger}
    assert disagreeing(found) == set()
    assert {n for n, o in found.items() if o == "declared"} == found.keys() - agree
    assert {n for n, o in found.items() if o == "built_in"} == built_in & agree
    assert {"h2_r", "h3_no_mean"} <= built_in
    declared = len(found) - len(agree)
    assert numbers(page) == [len(found), len(agree), len(built_in), declared, 0]
    assert page.asked == [index(edition).as_uri()]
    assert page.said == []


def test_the_script_knows_the_outcomes_that_have_words(index, opened):
    page = opened(index("en"))
    body = page.evaluate("outcome.toString()")
    assert set(re.findall(r'"(\w+)"', body)) == set(OUTCOMES)
    assert set(OUTCOMES) < data_of(page)["words"].keys()


def test_a_row_shows_print_package_and_browser_side_by_side(index, opened):
    page = opened(index("fr"))
    page.click("#selfcheck-button")
    cells = page.locator("tr[data-id=h3_f] > *").all_inner_texts()
    assert cells[2:] == ["6.980", "6,98047", "6,98047", "concorde"]
    cells = page.locator("tr[data-id=h2_p] > *").all_inner_texts()
    assert cells[3] == "8,9e−14 à 1,0e−13"
    heads = page.locator("#selfcheck-table thead th")
    assert {head.get_attribute("scope") for head in heads.all()} == {"col"}
    assert page.locator("tr[data-id=h3_f] th").get_attribute("scope") == "row"
    assert page.locator("#selfcheck-table caption").count() == 1


def two_units_more(printed):
    number = decimal(printed)
    return str(number + Decimal((0, (2,), number.as_tuple().exponent)))


@pytest.mark.parametrize("what", ["printed", "packaged"])
def test_each_tampered_number_shows_in_its_row_and_in_no_other(index, opened, what):
    page = opened(index("en"))
    data = data_of(page)
    for row in (row for row in data["rows"] if row["quantity"] in WANTED):
        kept = row[what]
        if what == "printed":
            row[what] = two_units_more(kept)
        else:  # two ends are a band: 1 % more would still hold the value
            row[what] = [value * (1.01 if len(kept) == 1 else 2) for value in kept]
        found = outcomes(page, data)
        # What differs from print still does, and goes on saying so.
        declared = what == "printed" and not row["agrees"]
        assert disagreeing(found) == (set() if declared else {row["id"]}), row
        assert not declared or found[row["id"]] == "declared"
        row[what] = kept
    assert disagreeing(outcomes(page, data)) == set()


def test_the_total_counts_what_disagrees(index, opened):
    page = opened(index("en"))
    data = data_of(page)
    for name in ("q1_event_n", "h3_f", "h3_no_se"):
        row = next(row for row in data["rows"] if row["id"] == name)
        row["printed"] = two_units_more(row["printed"])
    outcomes(page, data)
    assert numbers(page)[-1] == 3


def rows_of(*quantities):
    return {name for name, quantity in QUANTITY.items() if quantity in quantities}


def test_a_tampered_answer_shows_in_the_rows_that_rest_on_it(index, opened):
    page = opened(index("en"))
    data = data_of(page)
    changed = copy.deepcopy(data)
    assert changed["distributions"]["q1"][0] == "event"
    changed["distributions"]["q1"][0] = "website"
    expected = rows_of(
        *(f"q1.{k}.{v}" for k in ("event", "website") for v in ("n", "percent"))
    )
    assert disagreeing(outcomes(page, changed)) == expected

    changed = copy.deepcopy(data)
    place = changed["compared"].index(["yes", 3])
    changed["compared"][place] = ["yes", 4]
    moved = ("mean", "sd", "se", "low", "high")
    anova = ("ss_between", "ms_between", "f", "p", "ss_within", "ms_within", "ss_total")
    expected = rows_of(
        *(f"h3.{group}.{k}" for group in ("yes", "total") for k in moved),
        *(f"h3.{cell}" for cell in anova),
    )
    assert disagreeing(outcomes(page, changed)) == expected

    changed = copy.deepcopy(data)
    x, y = changed["correlated"][0]
    changed["correlated"][0] = [x, 7 if y < 4 else 1]
    expected = rows_of("h2.r", "h2.p", "h2.shared_variance.percent")
    assert disagreeing(outcomes(page, changed)) == expected


def test_a_tampered_program_does_not_run(index, opened, tmp_path):
    html = index("en").read_text(encoding="utf-8")
    changed = tmp_path / "index.html"
    changed.write_text(html.replace("half = 0.5 *", "half = 5.0 *"), encoding="utf-8")
    page = opened(changed)
    assert page.locator("#selfcheck-button").is_hidden()
    assert "Content Security Policy" in " ".join(page.said)


def test_the_policy_lets_nothing_else_run_or_load(index, opened):
    page = opened(index("en"))
    policy = page.locator("meta[http-equiv]").get_attribute("content")
    assert "default-src 'none'" in policy
    assert re.findall(r"script-src ([^;]+)", policy) == [
        re.search(r"'sha256-[\w+/]{43}='", policy)[0]
    ]
    page.evaluate(
        "() => { const s = document.createElement('script');"
        " s.textContent = 'document.title = \"other\"'; document.head.append(s); }"
    )
    assert page.title() != "other"
    assert (
        "on"
        not in {  # no handler in an attribute
            name[:2]
            for name in page.evaluate(
                "() => [...document.querySelectorAll('*')]"
                ".flatMap(element => element.getAttributeNames())"
            )
        }
    )


def test_without_javascript_the_page_says_so_and_shows_no_dead_button(index, opened):
    page = opened(index("en"), java_script_enabled=False)
    assert page.locator("noscript p").is_visible()
    assert page.locator("#selfcheck-button").is_hidden()
    assert page.get_by_text("134 pairs").first.is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_works_by_keyboard_on_a_small_screen(index, opened, scheme):
    size = {"width": 320, "height": 640}
    page = opened(index("fr"), viewport=size, color_scheme=scheme)
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "selfcheck-button":
            break
    style = "getComputedStyle(document.activeElement)"
    assert page.evaluate(f"{style}.outlineStyle") == "solid"
    ink, back = (
        [int(n) for n in re.findall(r"\d+", page.evaluate(f"{style}.{name}"))][:3]
        for name in ("color", "backgroundColor")
    )
    assert contrast(ink, back) >= 4.5
    page.keyboard.press("Enter")
    assert page.locator("tr[data-id]").count() > 80
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def contrast(*colours):
    """Compute WCAG 2's ratio of contrast."""
    light, dark = sorted(
        (
            np.dot(
                [0.2126, 0.7152, 0.0722],
                [((c / 255 + 0.055) / 1.055) ** 2.4 for c in rgb],
            )
            for rgb in colours
        ),
        reverse=True,
    )
    return (light + 0.05) / (dark + 0.05)


# --- The numeric functions, held against scipy


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
