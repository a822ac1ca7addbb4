"""The kernel of a notebook: always this Python's own, in surroundings of its own.

No kernelspec is looked up, since another of the name may lie on the path. On
Linux kernels are forked from a process that has loaded the libraries already,
elsewhere, and without one, each is started afresh.
"""

import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from ecrm_helpers.printed import shell_language
from ecrm_helpers.programs import FORKS, Nursery, nursery, own_folder, surroundings

#: What notebooks load, and what a kernel does.
RUN = (
    *("ipykernel.ipkernel", "ipykernel.kernelapp"),
    *("matplotlib_inline.backend_inline", "pingouin", "seaborn"),
    *("ecrm_helpers.answers.read", "ecrm_helpers.interview.coders"),
    *("ecrm_helpers.ledger.agreement", "ecrm_helpers.shown.coded.page"),
    "ecrm_helpers.shown.survey.consistency",
)
#: What makes their pages, and all around them.
_SHOW = (
    *("render.table_files", "run.warm", "site.chapter", "site.dictionary_page"),
    *("site.errata_page", "site.gallery", "site.pairs", "site.report"),
)
LOADED = (*RUN, *(f"ecrm_helpers.compendium.{name}" for name in _SHOW))

_SPEC = KernelSpec(
    argv=[sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
    language="python",
    display_name="Python 3",
    metadata={"supported_encryption": "curve"},
)

#: Nothing of the folder it runs in either: no settings of charts, no modules.
ARGUMENTS = (
    "--IPKernelApp.log_level=CRITICAL",
    "--IPKernelApp.ignore_cwd=True",
    "--IPKernelApp.exec_lines=__import__('matplotlib').rcdefaults()",
)


_open: list[Nursery] = []


@contextmanager
def forked() -> Iterator[Nursery | None]:
    """Within, kernels are forked where that can be done; give what forks them all."""
    if _open or not FORKS:
        yield _open[-1] if _open else None
        return
    with nursery(RUN, LOADED[len(RUN) :]) as parent:
        _open.append(parent)
        try:
            yield parent
        finally:
            _open.pop()


class _Forked(LocalProvisioner):
    """A kernel asked for, not started; else as any other of this machine."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Fork a kernel that listens where its connection file says."""
        self.cwd = str(kwargs.get("cwd") or os.getcwd())
        asked = {"arguments": cmd[1:], "cwd": self.cwd, "environment": kwargs["env"]}
        self.pid = self.pgid = _open[-1].ask(**asked)
        self.process = cast("subprocess.Popen[bytes]", _Child(_open[-1], self.pid))
        return self.connection_info


class _Child:
    """A kernel of the nursery, where a child of this process is expected."""

    stdin = stdout = stderr = None

    def __init__(self, parent: Nursery, pid: int | None) -> None:
        self._parent, self.pid = parent, pid or 0
        self._status: int | None = None

    def poll(self) -> int | None:
        if self._status is None:
            self._status = self._parent.ask(poll=self.pid)
        return self._status

    wait = poll  # called when poll has said that it is over

    def send_signal(self, number: int) -> None:
        os.kill(self.pid, number)


class Kernel(AsyncKernelManager):
    """Start a kernel of this Python, whatever is installed elsewhere."""

    def __init__(self, **options: Any) -> None:
        place = own_folder() / f"kernel-{uuid.uuid4()}.json"
        super().__init__(**options, connection_file=str(place))

    @property
    def kernel_spec(self) -> KernelSpec:
        """Give the one kernel there is."""
        return _SPEC

    async def _async_pre_start_kernel(self, **given: Any) -> Any:
        kind = _Forked if _open else LocalProvisioner
        self.provisioner = kind(
            kernel_id=str(uuid.uuid4()), kernel_spec=_SPEC, parent=self
        )
        environment = surroundings(shell_language())
        return await super()._async_pre_start_kernel(**given, env=environment)
