"""Runs of small notebooks, and what they left."""

import os

import nbformat

from ecrm_helpers.compendium.run.progress import Progress
from ecrm_helpers.compendium.run.reproduce import reproduce


def run(project, jobs=1):
    with open(os.devnull, "w") as nowhere:
        return reproduce(project, jobs, Progress(nowhere), plain=True)


#: Files that show how long the run took: the only ones that differ between runs.
TIMED = {"run.json", "ro-crate-metadata.json"}
TIMED |= {"reviewer-report.html", "reviewer-report.pdf"}


def state(project):
    """Give every made file with its content, but those that tell of times."""
    return {
        path.relative_to(project.output).as_posix(): path.read_bytes()
        for path in project.output.rglob("*")
        if path.is_file() and path.name not in TIMED and ".stamps" not in path.parts
    }


def times(project):
    files = project.output.rglob("*")
    return {
        p.name: p.stat().st_mtime_ns
        for p in files
        if p.suffix in (".html", ".pdf") and p.name not in TIMED
    }


def edit(path, cell, source):
    made = nbformat.read(path, as_version=4)
    made.cells[cell].source = source
    nbformat.write(made, path)


def redone(project, before):
    return {name for name, when in times(project).items() if before.get(name) != when}


#: What is made of all pages.
WHOLE = {"chapter.pdf", "index.html", "gallery.html"}
