"""How far a run is: notebook, cell, elapsed time."""

import sys
import threading
import time
from collections.abc import Callable
from typing import TextIO

from ecrm_helpers.printed import Told, language, told


class Progress:
    """Write progress lines; on a terminal, cells count up in place."""

    def __init__(self, stream: TextIO = sys.stderr) -> None:
        self._stream = stream
        self._lock = threading.Lock()

    def tell(self, message: Told) -> None:
        """Write one message, in the reader's language."""
        self.say(message.said(language()))

    def waiting(self) -> None:
        """Say that another run is at work."""
        self.tell(told("another_run"))

    def say(self, text: str) -> None:
        """Write one line."""
        with self._lock:
            self._stream.write(f"{text}\n")
            self._stream.flush()

    def cells(self, name: str) -> Callable[[int, int], None]:
        """Give a counter of one notebook's cells, to call after each cell."""
        started = time.monotonic()

        def count(done: int, cells: int) -> None:
            seconds = f"{time.monotonic() - started:.1f}"
            far = told("cell_of", name=name, done=done, cells=cells, seconds=seconds)
            line = far.said(language())
            last = done == cells
            if self._stream.isatty():
                with self._lock:
                    self._stream.write(f"\r\x1b[2K{line}" + ("\n" if last else ""))
                    self._stream.flush()
            elif last or done % 10 == 1:
                self.say(line)

        return count
