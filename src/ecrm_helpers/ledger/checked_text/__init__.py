"""Results of tests as a text reports them, each p recomputed from its statistic.

A text prints a statistic, its degrees of freedom and p; the three must agree
within what rounding leaves of each. Whatever looks like part of a result and
joined none is listed too, as not read. The idea, and the meaning of the
verdicts, are statcheck's [1]_.

References
----------
.. [1] Nuijten, Hartgerink, van Assen, Epskamp & Wicherts (2016). Behavior
   Research Methods 48, 1205-1226. doi:10.3758/s13428-015-0664-2
"""

from ecrm_helpers.ledger.checked_text.blocks import Place, Table, Text
from ecrm_helpers.ledger.checked_text.checked import Checked, check
from ecrm_helpers.ledger.checked_text.documents import READ, read_blocks

__all__ = ["READ", "Checked", "Place", "Table", "Text", "check", "read_blocks"]
