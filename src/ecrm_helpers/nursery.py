"""A process that others are forked from: run by its path, spoken to on stdin.

It loads the modules it is given, once, while nothing else runs in it; those behind
``--`` as long as nobody asks. Each line it is told asks for a process, or whether
one has ended, and is answered by one.
It imports nothing of this package by itself: its children may run a copy of it.
"""

import ctypes
import gc
import json
import os
import runpy
import select
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from typing import TextIO

#: ``PR_SET_PDEATHSIG`` of Linux.
_PARENT_GONE = 1


def main(modules: list[str]) -> None:
    """Load modules, then fork whenever it is asked for, until nobody listens."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever asks ends it
    heard = socket.socket(fileno=os.dup(0))
    line = heard.makefile("rw")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    first = modules.index("--")
    _load(modules[:first])
    parent = os.getpid()
    try:
        for text in _asked(heard, line, modules[first + 1 :]):
            asked = json.loads(text)
            if "poll" in asked:
                pid, status = os.waitpid(asked["poll"], os.WNOHANG)
                answer = os.waitstatus_to_exitcode(status) if pid else None
            else:
                answer = os.fork()
                if not answer:
                    _end_with(parent)
                    _child(**asked)
            line.write(json.dumps(answer) + "\n")
            line.flush()
    except ConnectionError:  # whoever asked was killed
        os._exit(1)


def _load(modules: list[str]) -> None:
    for name in modules:
        with suppress(ImportError):  # who needs it will say so
            import_module(name)
    gc.freeze()  # a child walks over none of it, and so shares its memory


def _asked(heard: socket.socket, line: TextIO, later: list[str]) -> Iterator[str]:
    """Give each line; load modules, one by one, as long as none has come.

    Whoever asks waits for the answer: no line stands unseen behind another.
    """
    text = "-"
    while text:
        while later and not select.select([heard], [], [], 0)[0]:
            _load([later.pop(0)])
        if text := line.readline():
            yield text


def _end_with(parent: int) -> None:
    """Let this process be killed when its parent has gone, in whatever way."""
    ctypes.CDLL(None).prctl(_PARENT_GONE, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def _child(
    arguments: list[str], cwd: str, environment: dict[str, str], said: str | None = None
) -> None:
    """Be what ``python`` is with these arguments, ``-m`` or ``-c`` first."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.setsid()
    if said is not None:
        file = os.open(said, os.O_WRONLY | os.O_CREAT)
        os.dup2(file, 1)
        os.dup2(file, 2)
    os.chdir(cwd)
    os.environ.clear()
    # Its parent, with which a kernel ends.
    os.environ.update(environment, JPY_PARENT_PID=str(os.getppid()))
    sys.path[:0] = filter(None, environment.get("PYTHONPATH", "").split(os.pathsep))
    how, what, *rest = arguments
    sys.argv = [how, *rest]
    try:
        if how == "-m":
            runpy.run_module(what, run_name="__main__", alter_sys=True)
        else:
            exec(compile(what, "<string>", "exec"), {"__name__": "__main__"})
        status: object = 0
    except SystemExit as end:
        status = end.code
        if isinstance(status, str):
            sys.stderr.write(f"{status}\n")
    except BaseException:
        sys.excepthook(*sys.exc_info())
        status = 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status if isinstance(status, int) else int(status is not None))


if __name__ == "__main__":
    main(sys.argv[1:])
