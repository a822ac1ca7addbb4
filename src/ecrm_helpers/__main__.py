"""``python -m ecrm_helpers``: the same as the command ``ecrm``."""

import signal

from ecrm_helpers.cli import main

# A polite end is an interruption: said, with its status, and nothing left running.
signal.signal(signal.SIGTERM, signal.default_int_handler)
raise SystemExit(main())
