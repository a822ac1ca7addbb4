"""Every data set that printed statistics allow.

A printed mean and standard deviation of n whole scale points leave finitely
many histograms (counts per scale point). They are found in exact arithmetic
on the printed decimals: rounding leaves a few pairs (sum, sum of squares), and
for each pair the histograms with just those two sums form the space.

Knows printed numbers; knows nothing of files, estimates or notebooks.
"""

from ecrm_helpers.admissible.layers import Histograms
from ecrm_helpers.admissible.reason import Reason, reason
from ecrm_helpers.admissible.space import LIMIT, Measure, Space, space
from ecrm_helpers.admissible.summary import AdmissibleError, Summary, sums
from ecrm_helpers.admissible.whole import Table, agreeing, anova_cells, count

__all__ = [
    "LIMIT",
    "AdmissibleError",
    "Histograms",
    "Measure",
    "Reason",
    "Space",
    "Summary",
    "Table",
    "agreeing",
    "anova_cells",
    "count",
    "reason",
    "space",
    "sums",
]
