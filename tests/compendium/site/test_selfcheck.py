"""The index verifies itself: tried in a real browser, by hand and tampered with."""

import copy
import csv
import json
import re
from decimal import Decimal

import numpy as np
import pytest
from conftest import ROOT

from ecrm_helpers.compendium.site.selfcheck import OUTCOME
from ecrm_helpers.ledger.terms import AGREEMENT
from ecrm_helpers.printed import decimal
from ecrm_helpers.study.published import read_values

pytestmark = pytest.mark.needs("chromium", "chromium")

DISAGREE = {"differs_from_package", "differs_from_print"}
QUANTITY = {
    name: value.quantity
    for name, value in read_values(ROOT / "data/published/values.csv").items()
    if not value.statistic.endswith("_bound")
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
def ledger(index):
    """Give the ledger's rows that the browser is to recompute."""
    with (ROOT / "output/ledger.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return [row for row in rows if QUANTITY.get(row["id"]) in WANTED]


def test_the_documents_say_how_many_are_recomputed(ledger):
    text = (ROOT / "REPRODUCING.md").read_text(encoding="utf-8")
    assert f"the button in `index.html` recomputes {len(ledger)} of" in text


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
    assert set(re.findall(r'"(\w+)"', body)) == set(OUTCOME)
    assert set(OUTCOME) < data_of(page)["words"].keys()


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
