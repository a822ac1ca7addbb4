"""Every data set that printed statistics allow.

A printed mean and standard deviation of n whole scale points leave finitely
many histograms (counts per scale point). They are found in exact arithmetic
on the printed decimals: rounding leaves a few pairs (sum, sum of squares), and
for each pair the histograms with just those two sums form the space. Tables of two
scales with a printed correlation are too many to list: they are drawn from.

Knows printed numbers; knows nothing of files, estimates or notebooks.

Said once, here: `summary` is a printed row (`Summary`), `table` the printed rows and
cells (`Table`), `printed` a printed correlation (`Joint`); `k` is how many are drawn
(int), `rng` the source of chance (`numpy.random.Generator`), `limit` the number
beyond which listing is refused (int).
"""

from ecrm_helpers.statistics.admissible.existence import counts, fits, sizes, totals
from ecrm_helpers.statistics.admissible.joint import JointMeasure, highest, sample_joint
from ecrm_helpers.statistics.admissible.layers import Histograms
from ecrm_helpers.statistics.admissible.reason import Reason, reason
from ecrm_helpers.statistics.admissible.space import (
    LIMIT,
    MOST_POINTS,
    Measure,
    Space,
    space,
)
from ecrm_helpers.statistics.admissible.summary import AdmissibleError, Summary, sums
from ecrm_helpers.statistics.admissible.walk import Joint
from ecrm_helpers.statistics.admissible.whole import (
    Table,
    agreeing,
    anova_cells,
    count,
    histograms,
    sample,
)

__all__ = [
    "LIMIT", "MOST_POINTS", "AdmissibleError", "Histograms", "Joint", "JointMeasure",
    "Measure", "Reason", "Space", "Summary", "Table", "agreeing", "anova_cells",
    "count", "counts", "fits", "highest", "histograms", "reason", "sample",
    "sample_joint", "sizes", "space", "sums", "totals",
]  # fmt: skip
