"""Ended at moments drawn from a seed: nothing that looks made, and the next run heals.

Each run is a process of its own, as from a shell.
"""

import os
import random
import signal
import subprocess
import sys
import time

import pytest
from material.small_runs import state

#: How a run may end.
ENDS = (signal.SIGTERM, signal.SIGKILL)
SEED = 20261130


def started(project, *options):
    """Begin a run; what it says is read by `ended`."""
    command = [sys.executable, "-m", "ecrm_helpers", "reproduce", "--plain", *options]
    return subprocess.Popen(
        [*command, "--project", str(project.root)],
        cwd=project.root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        start_new_session=True,
    )  # fmt: skip


def ended(run):
    said, _ = run.communicate(timeout=300)
    return run.returncode, said


@pytest.mark.skipif(os.name == "nt", reason="signals of other systems")
def test_whenever_a_run_is_ended_what_stands_is_whole_and_the_next_heals(project):
    begun = time.monotonic()
    assert ended(started(project))[0] == 0
    lasted, whole = time.monotonic() - begun, state(project)
    chance = random.Random(SEED)
    for end in ENDS:
        for path in (project.root / "notebooks").glob("*.ipynb"):
            path.write_text(path.read_text() + "\n")  # all is to be made anew
        run = started(project, "--jobs", "2")
        time.sleep(chance.uniform(0.3, 0.8) * lasted)
        run.send_signal(end)
        status, said = ended(run)
        assert status in {0, 130, -signal.SIGKILL}, said
        assert "Traceback" not in said
        left = state(project)
        assert [n for n in left if left[n] != whole.get(n)] == []
    assert ended(started(project))[0] == 0
    assert state(project) == whole
