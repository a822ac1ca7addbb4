"""The index: every link leads somewhere, every number on it comes from the pages."""

import csv
import json
import os
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from conftest import ROOT, unprinted
from material.forms import csv_text, rows, texts

from ecrm_helpers.compendium.plan.project import Project
from ecrm_helpers.compendium.run.progress import Progress
from ecrm_helpers.compendium.run.reproduce import reproduce
from ecrm_helpers.compendium.site.finding import headline
from ecrm_helpers.compendium.site.index import index
from ecrm_helpers.compendium.site.selfcheck import SURVEY


def soup(path):
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


@pytest.fixture(scope="module", params=["fr", "en"])
def home(request, output):
    return output / request.param


def test_every_link_leads_to_a_file_and_a_place_in_it(home):
    links = [link["href"] for link in soup(home / "index.html").select("main a")]
    pages = {path.name: soup(path) for path in (home / "html").glob("*.html")}
    for link in links:
        file, _, place = link.partition("#")
        assert (home / file).is_file(), link
        assert not place or pages[Path(file).name].find(id=place), link


def test_every_page_table_figure_and_data_file_has_its_link(home):
    links = [link["href"] for link in soup(home / "index.html").select("main a")]
    linked = {(home / link.partition("#")[0]).resolve() for link in links}
    made = {
        path
        for folder in ("html", "pdf", "docx", "tables", "figures", "executed")
        for path in (home / folder).iterdir()
    }
    data = {p for p in (ROOT / "data").rglob("*.csv") if p.parent.name != "raw"}
    assert made | data | {ROOT / "output/ledger.csv"} <= linked


def test_the_finding_is_what_the_page_says_of_all_data_sets(home):
    page = soup(home / "html/03_h3_anova.html")
    said = page.find(id="in-all").get_text()
    assert "134" in said
    assert "2088" in said
    assert said in soup(home / "index.html").get_text()


def test_the_data_in_the_page_allow_no_table_that_was_not_published(home):
    data = json.loads(soup(home / "index.html").find(id="selfcheck-data").string)
    assert data["note"].startswith(("Données reconstituées", "Reconstructed data"))
    with (ROOT / SURVEY).open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    pairs = sorted([int(row["q3"]), int(row["q4"])] for row in rows)
    assert data["correlated"] == pairs
    assert data["distributions"].keys() == {"q1", "q2", "q10", "q12"}
    for answers in (*data["distributions"].values(), data["compared"]):
        assert answers == sorted(answers)  # no order that joins one to another


def test_errata_are_linked_where_there_are_any(tmp_path):
    shutil.copy(ROOT / "study.yml", tmp_path)
    (tmp_path / "data").mkdir()
    (tmp_path / "notebooks").mkdir()
    project = Project(tmp_path, ("en",), {})
    assert "errata" not in index(project, [], [], {}, "en")
    (tmp_path / "output/en/html").mkdir(parents=True)
    (tmp_path / "output/en/html/errata.html").write_text("<h1>Errata</h1>")
    page = BeautifulSoup(index(project, [], [], {}, "en"), "html.parser")
    assert page.find("a", href="html/errata.html")


@pytest.mark.made
def test_an_author_s_own_answers_do_not_go_into_the_page(tmp_path):
    for name in ("study.yml", "requirements.lock"):
        shutil.copy(ROOT / name, tmp_path)
    (tmp_path / "notebooks").mkdir()
    shutil.copy(ROOT / "notebooks/02_h2_correlation.ipynb", tmp_path / "notebooks")
    for name in ("published", "reconstructed", "interview"):
        shutil.copytree(ROOT / "data" / name, tmp_path / "data" / name)
    (tmp_path / "own.csv").write_text(csv_text(*texts(rows(20))), encoding="utf-8")
    given = {"data": str(tmp_path / "own.csv")}
    with open(os.devnull, "w") as nowhere, unprinted("docx", "pdf"):
        reproduce(Project(tmp_path, ("en",), given), 1, Progress(nowhere))
    kept = json.loads((tmp_path / "output/results/02_h2_correlation.json").read_text())
    assert kept["origin"] == "own"
    page = soup(tmp_path / "output/en/index.html")
    assert "which may be personal" in page.get_text()
    assert not page.find_all("script")
    assert "script-src" not in str(page.head)


def test_every_page_is_under_a_megabyte_and_allows_no_foreign_script(home):
    for path in home.rglob("*.html"):
        assert path.stat().st_size < 1_000_000, path
        policy = soup(path).find("meta", {"http-equiv": "Content-Security-Policy"})
        rules = dict(rule.split(maxsplit=1) for rule in policy["content"].split(";"))
        assert rules["default-src"] == "'none'", path
        scripts = rules.get("script-src", "").split()
        assert all(source.startswith("'sha256-") for source in scripts), path


@pytest.mark.parametrize("worded", ["tested", "taken"])
def test_a_headline_claims_no_wording_that_nobody_declared(worded):
    decided = [SimpleNamespace(association="supported", worded=worded)]
    assert ("as worded" in headline(decided, "en")) == (worded == "tested")
