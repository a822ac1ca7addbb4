"""The least that a French edition asks for: its cells, then its pages, in one process.

Libraries are loaded once; no kernel, no stamp, no second process but pandoc's. What
was executed last is run again and rendered again, with the same bytes.

    python benchmarks/floor.py
"""

import os
from importlib import import_module
from pathlib import Path

os.environ |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}

import nbformat
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from ecrm_helpers.compendium.plan.project import Project, plain_pages
from ecrm_helpers.compendium.run import around, files
from ecrm_helpers.compendium.run.kernel import LOADED

ROOT = Path(__file__).resolve().parents[1]


def run(path: Path) -> None:
    """Run the cells of an executed notebook as plain Python."""
    shell = InteractiveShell.instance()
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code":
            with capture_output():
                done = shell.run_cell(cell.source)
            done.raise_error()
    shell.reset()


def main() -> None:
    """Run all notebooks' cells, and render all that an edition has."""
    os.chdir(ROOT)
    for name in LOADED:
        import_module(name)
    project = Project(ROOT, ("fr",), {})
    executed = [files.executed_at(project, book, "fr") for book in project.notebooks]
    for path in executed:
        run(path)
    for book in project.notebooks:
        files.page(project, book, "fr")
    for name in plain_pages(project):
        around.plain_page(project, "fr", name)
    around.check_files(project, "fr")
    around.chapter_files(project, "fr")
    around.site_files(project, "fr")


if __name__ == "__main__":
    main()
