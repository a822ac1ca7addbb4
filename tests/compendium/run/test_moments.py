"""Ended at moments drawn from a seed: nothing that looks made, and the next run heals.

Each run that is ended is a process of its own, as from a shell.
"""

import os
import random
import signal
import subprocess
import sys
import time

import pytest
from material.small_runs import run, state

#: How a run may end.
ENDS = (signal.SIGTERM, signal.SIGKILL)
SEED = 20261130


def started(project):
    """Begin a run; what it says is read by `ended`."""
    command = [sys.executable, "-m", "ecrm_helpers", "reproduce", "--plain"]
    return subprocess.Popen(
        [*command, "--jobs", "2", "--project", str(project.root)],
        cwd=project.root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        start_new_session=True,
    )  # fmt: skip


def ended(run):
    said, _ = run.communicate(timeout=300)
    return run.returncode, said


@pytest.mark.skipif(os.name == "nt", reason="signals of other systems")
def test_whenever_a_run_is_ended_what_stands_is_whole_and_the_next_heals(project):
    """So far as a number of its files are there, and a little longer."""
    run(project)
    made, chance = state(project), random.Random(SEED)
    for end in ENDS:
        with (project.root / "study.yml").open("a") as study:
            study.write("\n")  # all is to be made anew, and as before
        process, enough = started(project), chance.randrange(1, len(made) - 3)
        while process.poll() is None and not _removed(project):
            time.sleep(0.01)
        while process.poll() is None and _count(project) < enough:
            time.sleep(0.01)
        time.sleep(chance.uniform(0, 0.3))
        process.send_signal(end)
        status, said = ended(process)
        # A shell says 130 of the third, as Python ends once it was met in an import.
        assert status in {0, 130, -signal.SIGINT, -signal.SIGKILL}, said
        assert "Traceback" not in said
        left = state(project)
        assert [n for n in left if left[n] != made.get(n)] == []
    assert run(project) is True
    assert state(project) == made


def _removed(project):
    """Tell whether the run has begun: what was made before is gone."""
    return _count(project) < 3


def _count(project):
    """Count the made files, unread: they come and go."""
    return sum(
        bool(path.suffix) and not path.parent.name == ".stamps"
        for path in project.output.rglob("*")
    )
