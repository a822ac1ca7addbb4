"""JupyterLab as the runner sees it: a cell's tags come along with its code."""

import asyncio
import contextlib
import re

import nbformat
import pytest
from conftest import NOTEBOOKS, ROOT
from jupyter_client.blocking import BlockingKernelClient
from material.studies.cells import typed
from material.studies.other import write_other

from ecrm_helpers.compendium.run.kernel import Kernel
from ecrm_helpers.shown.lab import NEEDS, left_out

pytestmark = [pytest.mark.made, pytest.mark.slow]


def tags(cell):
    return cell.metadata.get("tags", [])


@contextlib.contextmanager
def kernel(folder):
    manager, client = Kernel(), BlockingKernelClient()
    asyncio.run(manager.start_kernel(cwd=str(folder)))
    client.load_connection_info(manager.get_connection_info())
    client.start_channels()
    client.wait_for_ready(timeout=60)
    try:
        yield client
    finally:
        client.stop_channels()
        asyncio.run(manager.shutdown_kernel(now=True))


def sent(client, cell):
    """Send a cell as JupyterLab does, its tags in the request's metadata."""
    content = {"code": cell.source, "silent": False, "store_history": True}
    message = client.session.msg(
        "execute_request", content, metadata={**cell.metadata, "cellId": cell.id}
    )
    client.shell_channel.send(message)
    said = []
    while True:
        answer = client.get_iopub_msg(timeout=120)
        if answer["parent_header"].get("msg_id") != message["header"]["msg_id"]:
            continue
        content = answer["content"]
        if answer["msg_type"] == "error":
            pytest.fail(f"{cell.id}: {content['ename']}: {content['evalue']}")
        if answer["msg_type"] == "stream":
            said.append(content["text"])
        if answer["msg_type"] in ("display_data", "execute_result"):
            said.append(content["data"].get("text/html", ""))
        if content.get("execution_state") == "idle":
            return "\n".join(said)


def run_all(path, folder, **given):
    """Run all cells of a notebook, parameters changed as someone types them."""
    book = nbformat.read(path, as_version=4)
    with kernel(folder) as client:
        said = {}
        for cell in (cell for cell in book.cells if cell.cell_type == "code"):
            if "parameters" in tags(cell):
                typed(cell, **given)
            said[cell.id] = sent(client, cell)
        return said


def out(said):
    lacking = "Cellule laissée de côté", "Cell left out"
    return {cell for cell, text in said.items() if text.startswith(lacking)}


def needing(path, *which):
    book = nbformat.read(path, as_version=4)
    cells = [cell for cell in book.cells if cell.cell_type == "code"]
    return {cell.id for cell in cells if set(which) & set(tags(cell))}


def test_run_all_on_what_is_published_leaves_out_what_needs_answers():
    path = NOTEBOOKS[2]
    said = run_all(path, ROOT, edition="en")
    assert out(said) >= needing(path, "answers")
    assert not out(said) & needing(path, "reconstructed")
    for cell in out(said) & needing(path, "answers"):
        assert "it needs answers that were given" in said[cell]
    decision = next(text for text in said.values() if 'class="decision"' in text)
    rows = re.findall(r"<tr><th[^>]*>(.*?)</th><td[^>]*>(.*?)</td></tr>", decision)
    assert "F(1, 71) = 6.98" in dict(rows)["What supports it"]
    assert "<dl" not in decision


def test_run_all_on_given_answers_leaves_out_what_only_prints_say():
    path = NOTEBOOKS[0]
    said = run_all(path, ROOT, data="data/synthetic/export.csv")
    assert out(said) >= needing(path, "reconstructed")
    assert "il y faut des données reconstituées" in "".join(said.values())


@pytest.fixture
def other(tmp_path):
    """Another study beside its answers."""
    write_other(tmp_path / "study.yml")
    data = ROOT / "data/synthetic/export.csv"
    (tmp_path / "export.csv").write_bytes(data.read_bytes())
    return tmp_path


def test_run_all_on_another_study_whose_groups_are_three(other):
    """Of three groups the rank test of two is no result, nor is it done by hand."""
    path = NOTEBOOKS[2]
    said = run_all(path, other, data="export.csv", edition="en")
    assert out(said) >= needing(path, "reconstructed", "printed")
    assert "does again by hand could not be" in said["mann-whitney-by-hand"]


def test_every_tag_that_leaves_out_says_what_is_needed():
    books = [nbformat.read(path, as_version=4) for path in NOTEBOOKS]
    found = {tag for book in books for cell in book.cells for tag in tags(cell)}
    assert found - {"fr", "en", "lab", "parameters", "plain", "slide"} <= NEEDS.keys()


def test_nothing_is_left_out_where_no_tags_are_sent():
    assert left_out(()) == ""
