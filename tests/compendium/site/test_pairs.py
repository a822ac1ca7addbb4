"""Every pair that the printed table allows, one by one, in a page of its own."""

import json
import re
import shutil
from dataclasses import replace

import numpy as np
import pytest
from bs4 import BeautifulSoup
from conftest import FLAGS, ROOT
from scipy import stats

from ecrm_helpers.compendium.plan.project import PAIRS, Project, order
from ecrm_helpers.compendium.site.pairs import pairs_page
from ecrm_helpers.printed import say


@pytest.fixture(scope="module", params=["fr", "en"])
def page(request):
    return request.param, pairs_page(ROOT, "study.yml", request.param)


def block(text):
    data = BeautifulSoup(text, "html.parser").find(id="pairs-data")
    return json.loads(data.string)


def test_all_pairs_stand_there_once_and_give_the_printed_table(page):
    edition, text = page
    found = block(text)["pairs"]
    assert len(found) == len({str(pair["counts"]) for pair in found}) == 134
    mark = {"fr": ",", "en": "."}[edition]
    for pair in found:
        no, yes = (np.repeat(range(1, 8), counts) for counts in pair["counts"])
        written = [f"{x:.2f}".replace(".", mark) for x in (no.mean(), yes.mean())]
        assert written == [group[1] for group in pair["groups"]]
        assert written == [f"2{mark}58", f"3{mark}41"]
        spread = [f"{x.std(ddof=1):.3f}".replace(".", mark) for x in (no, yes)]
        assert spread == [group[2] for group in pair["groups"]]


def test_each_p_is_scipys(page):
    edition, text = page
    data = block(text)
    asymptotic = next(i for i, t in enumerate(data["tests"]) if "asympt" in t)
    for pair in data["pairs"][::20]:
        sides = [np.repeat(range(1, 8), counts) for counts in pair["counts"]]
        p = f"{stats.mannwhitneyu(*sides).pvalue:.5f}"
        p = p.replace(".", ",") if edition == "fr" else p.removeprefix("0")
        assert pair["p"][asymptotic] == p
    assert len({pair["p"][0] for pair in data["pairs"]}) > 60


def test_it_is_small_asks_for_nothing_and_runs_its_own_script_only(page):
    text = page[1]
    assert len(text.encode()) < 300_000
    assert not re.search(r"""(src|href)=["'](?!#)""", text)
    soup = BeautifulSoup(text, "html.parser")
    policy = soup.find("meta", {"http-equiv": "Content-Security-Policy"})["content"]
    assert policy.startswith("default-src 'none'")
    assert re.search(r"script-src 'sha256-[^']+'", policy)
    assert "unsafe-inline" not in policy.partition("script-src")[2]


@pytest.mark.slow
@pytest.mark.needs("chromium", "chromium")
def test_a_reader_steps_through_by_keyboard(page, tmp_path):
    from playwright.sync_api import sync_playwright

    (tmp_path / "pairs.html").write_text(page[1], "utf-8")
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=[f"--{flag}" for flag in FLAGS.split()],
        )
        opened, asked, wrong = chromium.new_page(), [], []
        opened.on("request", lambda request: asked.append(request.url))
        opened.on("pageerror", lambda error: wrong.append(error))
        opened.goto((tmp_path / "pairs.html").as_uri())
        said = []
        opened.locator("#which").focus()
        for key in ("ArrowRight", "End", "ArrowLeft"):
            opened.keyboard.press(key)
            row = opened.locator("td[data-point][data-group='1']").all_inner_texts()
            mean = opened.locator("td[data-value='1'][data-group='1']").inner_text()
            said.append((opened.locator("#status").inner_text(), row, mean))
        chromium.close()
    assert [re.search(r"\d+", status)[0] for status, _, _ in said] == [
        "2",
        "134",
        "133",
    ]
    assert len({tuple(row) for _, row, _ in said}) == 3
    assert len({mean for _, _, mean in said}) == 1
    assert (len(asked), wrong) == (1, [])


def test_where_nothing_fits_the_page_says_so(tmp_path):
    shutil.copytree(ROOT / "data/published", tmp_path / "data/published")
    values = tmp_path / "data/published/values.csv"
    values.write_text(values.read_text("utf-8").replace(",6.980,", ",6.890,"), "utf-8")
    shutil.copy(ROOT / "study.yml", tmp_path)
    text = pairs_page(tmp_path, "study.yml", "en")
    assert "pairs-data" not in text
    said = BeautifulSoup(text, "html.parser").main.p.get_text()
    assert said == say("nothing_fits_together", "en")


def test_it_is_made_where_a_table_is_printed_and_not_of_another_study():
    own = Project(ROOT, ("fr",), {})
    assert PAIRS in order(own)
    assert PAIRS not in order(replace(own, study="other.yml", published=False))
