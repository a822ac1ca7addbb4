"""``python -m ecrm_helpers``: the same as the command ``ecrm``."""

from ecrm_helpers.cli import main

raise SystemExit(main())
