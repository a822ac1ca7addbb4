"""A class of two hours on what a reader may conclude from a published table.

Each student has answers of their own, and all of these give the one published
table. A student's `check` recomputes from their file; nothing holds a key.
"""

from ecrm_helpers.workshop.check import check
from ecrm_helpers.workshop.explore import explore

__all__ = ["check", "explore"]
