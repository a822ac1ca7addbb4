"""Another study goes through the same notebooks, and its pages speak of no thesis."""

import os
import re
import shutil

import pytest
from bs4 import BeautifulSoup
from conftest import ROOT, unprinted
from material.given import BOOKS, OF_THE_THESIS, left
from pypdf import PdfReader

from ecrm_helpers.compendium.plan.project import Project
from ecrm_helpers.compendium.run.progress import Progress
from ecrm_helpers.compendium.run.reproduce import reproduce

pytestmark = pytest.mark.made

OTHER = """
title: {fr: "Une autre étude", en: "Another study"}
opened: 2025-01-01
closed: 2025-02-01
reading:
  exclude: [double]
  double_within_seconds: 60
  version_within_minutes: 5
  version_differs_in: 1
  other: {answer: "Autre", fr: "Autre", en: "Other"}
agreement:
  low: {answer: "Non", fr: "Non", en: "No"}
  high: {answer: "Oui", fr: "Oui", en: "Yes"}
questions:
  city:
    kind: choice
    patterns: ['\\bville']
    published: nothing
    label: {fr: "Ville", en: "Town"}
    levels:
      a: {answer: "Alger", fr: "Alger", en: "Algiers"}
      b: {answer: "Oran", fr: "Oran", en: "Oran"}
      c: {answer: "Annaba", fr: "Annaba", en: "Annaba"}
  reliability:
    kind: choice
    patterns: ['\\bfiable']
    published: nothing
    label: {fr: "Fiabilité", en: "Trust"}
    levels:
      y: {answer: "Oui", fr: "Oui", en: "Yes"}
      n: {answer: "Non", fr: "Non", en: "No"}
  price:
    kind: scale
    patterns: ['\\bprix']
    published: nothing
    label: {fr: "Prix", en: "Price"}
    scale: [0, 10]
  taste:
    kind: scale
    patterns: ['\\bgout']
    published: nothing
    label: {fr: "Goût", en: "Taste"}
    scale: [1, 5]
cross_tables: [[city, reliability]]
hypotheses:
  h2: &claim
    claim: {fr: "Le goût suit le prix.", en: "Taste follows price."}
    thesis_verdict: none
    variables: [price, taste]
    rule: p_below_alpha
    tested_as_worded: true
    reason: {fr: "ce sont les variables de l'énoncé", en: "they are the claim's own"}
    findings: [{fr: "r = {h2.r:2}", en: "r = {h2.r:2}"}]
    limits: []
  h3:
    <<: *claim
    claim: {fr: "Le goût dépend de la ville.", en: "Taste depends on the town."}
    variables: [city, taste]
    findings: [{fr: "F = {h3.f:2}", en: "F = {h3.f:2}"}]
"""


@pytest.fixture(scope="module")
def another(tmp_path_factory):
    folder = tmp_path_factory.mktemp("another")
    (folder / "study.yml").write_text(OTHER, encoding="utf-8")
    lines = ["Ville,Fiable,Le prix,Le goût"]
    towns = ("Alger", "Oran", "Annaba")
    lines += [
        f"{towns[k % 3]},{('Oui', 'Non')[k % 2]},{k % 11},{1 + (k * k + k // 3) % 5}"
        for k in range(40)
    ]
    (folder / "answers.csv").write_text("\n".join(lines), encoding="utf-8")
    shutil.copytree(ROOT / "notebooks", folder / "notebooks")
    shutil.copy(ROOT / "requirements.lock", folder)
    (folder / "data").mkdir()
    study, data = (str(folder / name) for name in ("study.yml", "answers.csv"))
    given = {"data": data, "study_file": study}
    whose = {
        "study": study,
        "published": False,
        "decides": {"h2": "correlation", "h3": "groups"},
    }
    with open(os.devnull, "w") as nowhere, unprinted("docx"):
        project = Project(folder, ("en",), given, **whose)
        reproduce(project, 2, Progress(nowhere))
    return folder / "output"


@pytest.mark.parametrize("part", ["01", "02", "03"])
def test_another_study_goes_through_the_same_notebooks(another, part):
    made, page = left(another, part, "en")
    assert not re.search(r"\b[Tt]he thesis\b", page.partition("<main")[2])
    assert f"agreement-{part}" not in made
    if part == "01":
        assert {
            "tab-q-city",
            "fig-q-city",
            "fig-scales-0-10",
            "fig-scales-1-5",
        } <= made.keys()
    else:
        assert made[f"h{int(part)}"]["content"]["as_worded"] == "tested"
    if part == "03":
        assert "Kruskal–Wallis" in page


def test_another_study_has_pages_that_speak_of_no_thesis(another):
    home = another / "en"
    made = {path.stem for path in (home / "html").iterdir()}
    assert made == {BOOKS[part].stem for part in ("01", "02", "03")} | {"gallery"}
    for path in home.glob("**/*.html"):
        page = BeautifulSoup(path.read_text("utf-8"), "html.parser")
        assert page.title.get_text().endswith(" – Another study"), path
        for part in page.select("pre, code"):
            part.decompose()
        assert not re.search(OF_THE_THESIS["en"], page.get_text(" ")), path
    for path in (home / "index.html", home / "reviewer-report.html"):
        assert (
            "Another study"
            in BeautifulSoup(path.read_text("utf-8"), "html.parser").main.get_text()
        )
    assert "ledger.csv" not in (home / "index.html").read_text("utf-8")
    pages = PdfReader(home / "pdf/chapter.pdf").pages
    chapter = " ".join(" ".join(page.extract_text().split()) for page in pages)
    assert "Taste depends on the town" in chapter
    assert not re.search(r"\b[Tt]he thesis\b|Thesis.s verdict", chapter)
