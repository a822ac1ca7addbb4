"""One run at a time."""

import subprocess
import sys

from ecrm_helpers.compendium.plan.stamps import alone


def test_a_second_run_at_the_same_time_waits_for_the_first(tmp_path):
    said = []
    with alone(tmp_path, lambda: said.append("first waits")):
        script = (
            "from pathlib import Path; import sys; "
            "from ecrm_helpers.compendium.plan.stamps import alone\n"
            "with alone(Path(sys.argv[1]), lambda: print('waiting', flush=True)): "
            "print('in')"
        )
        command = [sys.executable, "-c", script, str(tmp_path)]
        second = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert second.stdout.readline() == "waiting\n"
        assert second.poll() is None
    assert second.communicate(timeout=20)[0] == "in\n"
    assert said == []
