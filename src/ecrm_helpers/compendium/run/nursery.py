"""The process that kernels are forked from: ``python -m`` this, spoken to on stdin.

It loads what notebooks load, once, while nothing else runs in it. Each line it
is told asks for a kernel, or whether one has ended; each is answered by a line.
"""

import json
import os
import signal
import socket
import sys
from importlib import import_module

#: What notebooks load, and what a kernel does.
LOADED = (
    "ipykernel.ipkernel",
    "ipykernel.kernelapp",
    "matplotlib_inline.backend_inline",
    "pingouin",
    "seaborn",
    "ecrm_helpers.answers.read",
    "ecrm_helpers.interview.coders",
    "ecrm_helpers.ledger.agreement",
    "ecrm_helpers.shown.coded.page",
    "ecrm_helpers.shown.hypotheses.crossings",
    "ecrm_helpers.shown.hypotheses.holding",
    "ecrm_helpers.shown.survey.consistency",
    "ecrm_helpers.shown.survey.file_report",
    "ecrm_helpers.shown.survey.questions",
    "ecrm_helpers.statistics.admissible.whole",
    "ecrm_helpers.statistics.robustness",
)


def main() -> None:
    """Load, then fork a kernel whenever one is asked for, until nobody listens."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever asks ends it
    line = socket.socket(fileno=os.dup(0)).makefile("rw")
    for name in LOADED:
        import_module(name)
    from ecrm_helpers.printed.words import words

    words()
    for text in line:
        asked = json.loads(text)
        if "poll" in asked:
            pid, status = os.waitpid(asked["poll"], os.WNOHANG)
            answer = os.waitstatus_to_exitcode(status) if pid else None
        else:
            answer = os.fork()
            if not answer:
                _kernel(**asked)
        line.write(json.dumps(answer) + "\n")
        line.flush()


def _kernel(arguments: list[str], cwd: str, environment: dict[str, str]) -> None:
    """Be a kernel, and nothing afterwards."""
    from ipykernel.kernelapp import launch_new_instance

    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.setsid()
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.chdir(cwd)
    os.environ.clear()
    # Its parent, with which it ends.
    os.environ.update(environment, JPY_PARENT_PID=str(os.getppid()))
    sys.argv = ["ipykernel_launcher.py", *arguments]
    launch_new_instance(argv=arguments)
    os._exit(0)


if __name__ == "__main__":
    main()
