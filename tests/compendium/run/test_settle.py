"""What is kept of a run: nothing of whose folders it ran in."""

import nbformat
import pytest
from papermill.translators import PythonTranslator

from ecrm_helpers.compendium.run.settle import settled


@pytest.mark.parametrize("name", ["given.csv", 'a "b" é.csv', "l'enquête $x.csv"])
def test_of_a_file_that_lies_elsewhere_its_name_alone_is_kept(name):
    path = f"/home/Some One/é/{name}"
    written = f"data = {PythonTranslator.translate_escaped_str(path)}"
    printed = nbformat.v4.new_output("stream", name="stdout", text=f"read {path}\n")
    cell = nbformat.v4.new_code_cell(written, outputs=[printed])
    book = nbformat.v4.new_notebook(cells=[cell])
    book.metadata["papermill"] = {"parameters": {"data": path}, "input_path": path}
    kept = settled(book, {"data": path, "alpha": 0.05})
    assert "Some One" not in nbformat.writes(kept)
    assert kept.cells[0].outputs[0].text == f"read {name}\n"
    assert kept.metadata["papermill"]["parameters"] == {"data": name}
    assert eval(kept.cells[0].source.removeprefix("data = ")) == name
