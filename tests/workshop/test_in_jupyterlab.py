"""A real JupyterLab as `make lab` opens it, driven by a browser."""

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
from material.studies.other import write_other

from ecrm_helpers.compendium.run.tidy import before_saving, tidied, tidy
from ecrm_helpers.printed import Wrong

sys.path.insert(0, str(ROOT))
import bootstrap

with socket.socket() as free:
    free.bind(("127.0.0.1", 0))
    PORT = free.getsockname()[1]


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
            patch.setattr(bootstrap, "_call", lambda *a, calls=calls: calls.append(a))
            bootstrap._lab(python, ["--edition", edition])
        copies, opened = calls
        subprocess.run([sys.executable, *copies[1:]], cwd=project, env=env, check=True)
        page = next(a for a in opened if str(a).startswith("--LabApp.default_url="))
        pages[edition] = f"http://127.0.0.1:{PORT}{page.partition('=')[2]}"
        said.append([word for word in opened if word != page])
    assert said[0] == said[1]
    quiet = ["--no-browser", "--allow-root", f"--port={PORT}"]
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
    for _ in range(600):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{PORT}/api").close()
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
        page.set_default_timeout(180_000)
        asked = page.locator(".jp-Dialog button.jp-mod-accept").first
        page.add_locator_handler(asked, lambda button: button.click())
        yield page


IDLE = ".jp-Notebook-ExecutionIndicator[data-status=idle]"


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
    page.wait_for_selector(IDLE)
    page.wait_for_timeout(3000)
    saved = _save(page, path)
    assert saved == before
    said = _run_all(page, path)
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
        page.goto(f"{server[edition].rpartition('/')[0]}/{path.name}?reset")
        page.wait_for_selector(IDLE)
        page.wait_for_timeout(3000)  # the kernel says so before it is there
        said[number] = _run_all(page, path)
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


def _run_all(page, path):
    """Run all cells from the menu, save, and give what they said: no error.

    One that is quicker than the kernel is asked which one; where nothing comes of
    a run, it is asked for again.
    """
    last = waiting = None
    until, failed = time.monotonic() + 180, []
    while time.monotonic() < until and not failed and waiting != []:
        if waiting == last:
            page.locator(".lm-MenuBar-itemLabel:has-text('Run')").click()
            page.locator("[data-command='runmenu:run-all']").click()
            page.wait_for_timeout(1000)
        last = waiting
        page.wait_for_selector(IDLE)  # it is idle between two cells, too
        cells = json.loads(_save(page, path))["cells"]
        code = [one for one in cells if one["cell_type"] == "code" and one["source"]]
        waiting = [one["source"] for one in code if not one["execution_count"]]
        outputs = [output for cell in code for output in cell["outputs"]]
        failed = [one for one in outputs if one["output_type"] == "error"]
    assert (waiting, failed) == ([], [])
    return json.dumps(outputs, ensure_ascii=False)


def _save(page, path):
    """Save, and give the file as it is then."""
    last = path.stat().st_mtime_ns
    page.keyboard.press("Control+s")
    for _ in range(100):
        page.wait_for_timeout(100)
        if path.stat().st_mtime_ns != last:
            break
    page.wait_for_timeout(1000)
    return path.read_bytes()


def test_notebooks_are_committed_as_jupyterlab_saves_them():
    """Where not: ecrm notebooks --tidy."""
    books = [*(ROOT / "notebooks").glob("*.ipynb"), *(ROOT / "src").rglob("*.ipynb")]
    assert len(books) > 5
    other = [
        path.name for path in books if tidied(path.read_bytes()) != path.read_bytes()
    ]
    assert other == [], "ecrm notebooks --tidy mends this"


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
