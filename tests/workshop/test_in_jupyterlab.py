"""A real JupyterLab as `make lab` opens it, driven by a browser."""

import csv
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import nbformat
import pytest
from conftest import LONG, ROOT, chromium, missing_here
from material.studies.cells import typed
from material.studies.jupyterlab import (
    PATIENCE,
    command,
    opened,
    ready,
    run_all,
    save,
    sent,
)
from material.studies.other import write_other

from ecrm_helpers.answers.read import read_answers
from ecrm_helpers.cli import main
from ecrm_helpers.compendium.run.tidy import before_saving, tidied, tidy
from ecrm_helpers.printed import Wrong
from ecrm_helpers.workshop.explore import choosable
from ecrm_helpers.workshop.questions import QUESTIONS

sys.path.insert(0, str(ROOT))
import bootstrap

with socket.socket() as free:
    free.bind(("127.0.0.1", 0))
    PORT = free.getsockname()[1]
SERVER = f"http://127.0.0.1:{PORT}"


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """Copy what a clone holds."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
    )
    home = tmp_path_factory.mktemp("lab") / "project"
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (home / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, home / name)
    return home


@pytest.fixture(scope="module")
def server(project, tmp_path_factory):
    """Start what `make lab EDITION=…` starts, without its browser; give its pages.

    The page it opens is all that is another in the other language.
    """
    python, home = ROOT / ".venv-lab/bin/python", tmp_path_factory.mktemp("home")
    if not python.exists():
        missing_here("JupyterLab is not here: make lab ARGS=--version installs it")
    env = os.environ | {"PYTHONPATH": str(ROOT / "src"), "HOME": str(home)}
    pages, said = {}, []
    for edition in ("fr", "en"):
        calls = []
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(bootstrap, "ROOT", project)
            patch.setattr(
                bootstrap, "_call", lambda *a, calls=calls, **_: calls.append(a)
            )
            bootstrap._lab(python, ["--edition", edition])
        copies, opened = calls
        subprocess.run([sys.executable, *copies[1:]], cwd=project, env=env, check=True)
        page = next(a for a in opened if str(a).startswith("--LabApp.default_url="))
        pages[edition] = f"{SERVER}{page.partition('=')[2]}"
        said.append([word for word in opened if word != page])
    assert said[0] == said[1]
    quiet = ["--no-browser", "--allow-root", f"--port={PORT}"]
    quiet += ["--LabApp.expose_app_in_browser=True"]
    quiet += ["--IdentityProvider.token=", "--ServerApp.port_retries=0"]
    with (home / "log").open("w") as log:
        server = subprocess.Popen(
            [*opened, *quiet], cwd=project, env=env, stdout=log, stderr=log
        )
        try:
            _wait()
            yield pages
        finally:
            server.terminate()
            server.wait()


def _wait():
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(f"{SERVER}/api").close()
        except OSError:
            time.sleep(0.5)
        else:
            return
    pytest.fail("JupyterLab does not start")


@pytest.fixture(scope="module")
def page(server):
    """Open one window in which JupyterLab is loaded anew for each test."""
    with chromium() as browser:
        page = browser.new_page(viewport={"width": 1300, "height": 900})
        page.set_default_timeout(1000 * PATIENCE)
        yield page


@pytest.mark.slow
@pytest.mark.made
@pytest.mark.needs("chromium", "chromium")
@pytest.mark.parametrize("edition", ["fr", "en"])
def test_one_opens_runs_and_saves_in_ones_language(server, page, project, edition):
    url = server[edition]
    path = project / f"work/{edition}/03_h3_anova.ipynb"
    before = path.read_bytes()
    page.goto(f"{url}?reset")  # nothing stays open from the other language
    titles = {"fr": "Commencer ici", "en": "Start here"}
    page.wait_for_selector(f"h1:has-text('{titles[edition]}')")
    page.locator(".jp-MarkdownViewer a[href*='03_h3']").click()
    ready(page, path)
    assert save(page, path) == before
    said = run_all(page, path)
    assert {"fr": "Ce qui l", "en": "What supports it"}[edition] in said
    assert {"fr": "What supports it", "en": "Ce qui l"}[edition] not in said
    table = {"fr": "Tableau 3.2. ", "en": "Table 3.2. "}[edition]
    assert re.search(rf'id=."tab-\w+."[^§]{{0,99}}<span class=."number.">{table}', said)
    assert tidied(path.read_bytes()) == before


ALL = ("01", "02", "03", "04", "05")
#: Answers of each kind, and the notebooks that are run on them; ECRM_LONG: all.
GIVEN = {
    "published": ({}, {"fr": ["04"], "en": ["02"]}),
    "synthetic": ({"data": "data/synthetic/export.csv"}, {"fr": ["01"]}),
    "other": (
        {"data": "data/synthetic/export.csv", "study_file": "other.yml"},
        {"en": ["03", "05"]},
    ),
}
SAID = {
    "published": {"fr": "Cellule laissée de côté", "en": "it needs answers"},
    "synthetic": {
        "fr": "il y faut des données recons",
        "en": "it needs data reconstructed",
    },
    "other": {"fr": "Khi-deux", "en": "Chi-square"},
}
CROSSED = """hypotheses:
  h4:
    claim: {fr: "Le premier contact dépend du canal.", en: "Contact goes by channel."}
    variables: [q1, q2]
    tested_as_worded: false
    reason: {fr: "inventé", en: "invented"}
"""


@pytest.mark.slow
@pytest.mark.made
@pytest.mark.needs("chromium", "chromium")
@pytest.mark.parametrize(
    ("edition", "kind"),
    [
        (edition, kind)
        for kind, (_, chosen) in GIVEN.items()
        for edition in ("fr", "en")
        if LONG or edition in chosen
    ],
)
def test_run_all_runs_every_notebook_on_each_kind_of_answers(
    server, page, project, edition, kind
):
    """The published values; the invented answers; another study of three groups."""
    given, chosen = GIVEN[kind]
    other, said = project / "other.yml", {}
    write_other(other)
    other.write_text(
        other.read_text("utf-8").replace("hypotheses:\n", CROSSED), "utf-8"
    )
    for number in ALL if LONG else chosen[edition]:
        path = _given(project / f"work/{edition}", number, given)
        opened(page, SERVER, path.relative_to(project))
        said[number] = run_all(page, path)
    assert SAID[kind][edition] in "".join(said.values())
    if kind == "other" and edition == "en":
        assert "does again by hand could not be" in said["03"]


def _given(folder, number, given):
    """Copy a notebook, its parameters changed as someone types them."""
    (source,) = folder.glob(f"{number}_*[a-z].ipynb")
    book = nbformat.reads(tidied(source.read_bytes()).decode(), as_version=4)
    for cell in book.cells:
        if "parameters" in cell.metadata.get("tags", []):
            names = [line.partition(" ")[0] for line in cell.source.splitlines()]
            typed(cell, **{name: given[name] for name in names if name in given})
    nbformat.write(book, path := folder / f"{source.stem}_0.ipynb")
    return path


EXPLORING = """\
from ecrm_helpers.answers.read import read_answers
from ecrm_helpers.printed import speak
from ecrm_helpers.workshop import explore

speak("{edition}")
answers = read_answers("{data}", "{study}")
explore(answers)
"""
SCORED = """scores:
  s1: {kind: mean, of: [q3, q4], label: {fr: "Lien", en: "Bond"}}
hypotheses:
"""
#: What is chosen in the three lists, and what then stands on the page.
CHOSEN = {
    ("q12",): "tab-q12",
    ("q8",): "fig-q8",
    ("q12", "q8"): "tab-anova-x1",
    ("q3", "q4"): "tab-correlation-x1",
    ("q1", "q2"): "tab-crossings-x1",
    ("q3", "q4", "q8"): "tab-coefficients-x1",
    ("q12", "q3", "q8"): "tab-anova-x2",
}
WITH_SCORE = {("s1",): "tab-scales", ("q12", "s1"): "tab-anova-x1"}


@pytest.mark.slow
@pytest.mark.made
@pytest.mark.needs("chromium", "chromium")
@pytest.mark.parametrize(
    ("edition", "study", "chosen"),
    [
        ("fr", "study.yml", CHOSEN),
        ("en", "scored.yml", {**dict([*CHOSEN.items()][2:3]), **WITH_SCORE}),
    ],
)
def test_one_explores_by_clicking(server, page, project, edition, study, chosen):
    """One, two, three questions and a score; the same by hand, as shown, runs."""
    write_other(project / "scored.yml")
    text = (project / "scored.yml").read_text("utf-8")
    (project / "scored.yml").write_text(text.replace("hypotheses:\n", SCORED), "utf-8")
    given = {"edition": edition, "data": "data/synthetic/export.csv", "study": study}
    path = _book(project / f"explored-{edition}.ipynb", EXPLORING.format(**given))
    opened(page, SERVER, path.relative_to(project))
    run_all(page, path)
    names = choosable(read_answers(project / given["data"], project / study))
    lists = page.locator(".widget-dropdown select")
    for questions, there in chosen.items():
        for place, name in enumerate((*questions, None, None)[:3]):
            first = names if place == 0 else [None, *names]
            lists.nth(place).select_option(index=first.index(name))
        line = ", ".join(f'"{name}"' for name in questions)
        code = page.locator("pre", has_text=f"explore(answers, {line})")
        code.wait_for()
        assert page.locator(f"[id='{there}']").count() == 1
        invented = {"fr": "inventé", "en": "invented"}[edition]
        assert invented in page.locator(".jp-OutputArea").first.inner_text()
        hand = code.inner_text().partition("\n# ")[2].partition("\n")[2]
        assert sent(page, path, hand) == ["ok", ""], hand


@pytest.mark.slow
@pytest.mark.made
@pytest.mark.needs("chromium", "chromium")
def test_a_student_works_on_the_exercises(server, page, project, capsys):
    """Answers are typed; cells copied and split and the notebook renamed do no harm."""
    (project / "names.txt").write_text("Élève 1\n", "utf-8")
    home = project / "class"
    asked = ["class", "--names", str(project / "names.txt"), "--to", str(home)]
    shared = ["--lang", "fr", "--project", str(project)]
    assert main([*asked, *shared]) == 0
    path = home / "students/eleve-1/exercises.ipynb"
    with (home / "teacher/key.csv").open(encoding="utf-8-sig") as file:
        (key,) = csv.DictReader(file, delimiter=";")
    opened(page, SERVER, path.relative_to(project))
    said = run_all(page, path)
    assert said.count("pas de réponse encore") == len(QUESTIONS)
    _answer(page, "2b", "None", "7.04")
    assert "2b : presque, mais pas" in run_all(page, path)
    _answer(page, "2b", "7.04", key["2b"].replace(",", "."))
    for question in QUESTIONS:
        if question != "2b":
            _answer(page, question, "None", f'"{key[question]}"')
    said = run_all(page, path)
    assert re.findall(r"(\w+) : oui", said) == [*QUESTIONS]
    page.locator(".cm-line", has_text='check("5b"').click()
    page.keyboard.press("Home")
    command(page, path, "notebook:split-cell-at-cursor")
    command(page, path, "notebook:copy-cell")
    command(page, path, "notebook:paste-cell-below")
    save(page, path)
    path = path.rename(path.with_name("à moi.ipynb"))
    opened(page, SERVER, path.relative_to(project))
    assert run_all(page, path).count(" : oui") == len(QUESTIONS) + 1
    assert main(["class", "collect", str(home), *shared]) == 0
    assert "Élève 1 : 18 sur 18 (rendu)" in capsys.readouterr().out


def _answer(page, question, before, answer):
    """Type an answer in place of what stands there, as someone does."""
    line = page.locator(".cm-line", has_text=f'check("{question}", {before})')
    line.scroll_into_view_if_needed()
    line.click()
    page.keyboard.press("Home")
    page.keyboard.press("Shift+End")
    page.keyboard.insert_text(f'check("{question}", {answer})')


def _book(path, source):
    cell = nbformat.v4.new_code_cell(source)
    path.write_bytes(
        tidied(nbformat.writes(nbformat.v4.new_notebook(cells=[cell])).encode())
    )
    return path


def test_notebooks_are_committed_as_jupyterlab_saves_them():
    """Where not: ecrm notebooks --tidy."""
    books = [*(ROOT / "notebooks").glob("*.ipynb"), *(ROOT / "src").rglob("*.ipynb")]
    assert len(books) > 5
    other = [
        path.name for path in books if tidied(path.read_bytes()) != path.read_bytes()
    ]
    assert other == [], "ecrm notebooks --tidy mends this"


def test_outputs_are_left_out_on_the_way_into_git(tmp_path, monkeypatch):
    """In a clone in which `make lab` has run; elsewhere the test above says it."""

    def git(*words):
        done = subprocess.run(
            ["git", *words], cwd=tmp_path, env=env, check=True, capture_output=True
        )
        return done.stdout

    env = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    source, path = ROOT / "notebooks/03_h3_anova.ipynb", "notebooks/03_h3_anova.ipynb"
    (tmp_path / "notebooks").mkdir()
    shutil.copy(ROOT / ".gitattributes", tmp_path)
    git("init", "-q")
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    bootstrap._leave_outputs_out(Path(sys.executable))
    book = json.loads(source.read_bytes())
    code = [cell for cell in book["cells"] if cell["cell_type"] == "code"]
    code[3] |= {"execution_count": 7, "outputs": [{"output_type": "stream"}]}
    (tmp_path / path).write_text(json.dumps(book), "utf-8")
    git("add", "notebooks")
    assert git("show", f":{path}") == source.read_bytes()


def test_tidying_takes_out_outputs_and_another_python_and_nothing_else(tmp_path):
    source = ROOT / "notebooks/03_h3_anova.ipynb"
    book = json.loads(source.read_bytes())
    code = [cell for cell in book["cells"] if cell["cell_type"] == "code"]
    code[3]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "é"}]
    code[3] |= {"execution_count": 7}
    code[3]["metadata"]["execution"] = {"iopub.status.busy": "2026"}
    book["metadata"]["language_info"]["version"] = "3.13.1"
    path = tmp_path / source.name
    path.write_text(json.dumps(book))
    assert tidy([path]) == [source.name]
    assert path.read_bytes() == source.read_bytes()
    assert tidy([path]) == []
    path.write_text("[]")
    with pytest.raises(Wrong, match=source.stem):
        tidy([path])


def test_what_is_saved_keeps_its_outputs_and_files_that_are_none_are_let_be():
    cell = {"cell_type": "code", "outputs": [1], "metadata": {}}
    model = {"type": "notebook", "content": {"cells": [cell], "metadata": {"ecrm": 1}}}
    before_saving(model, path="a", contents_manager=None)
    assert model["content"]["cells"] == [cell]
    assert model["content"]["metadata"]["language_info"]["version"].startswith("3.")
    before_saving({"type": "file", "content": "x"}, path=Path("a"))
