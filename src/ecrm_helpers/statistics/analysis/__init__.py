"""Estimates at full precision: frames in, frozen records out.

Nothing is rounded here and nothing is said in words: that is for the floors
above. Printed, or shown by a notebook, a record is one line as a text would
give it, ``F(1, 71) = 6.98, p = .010, η² = .089 [.005, .226], ω² = .076``, an
interval in brackets; its fields and its `repr` keep full precision. pingouin
and scipy do the arithmetic; what they lack (intervals from a printed r,
noncentral intervals, the exact Mann-Whitney test with ties) stands here with
its source. Every function refuses data on which its result would be undefined,
because the libraries do not. pingouin takes a second to load, so it is imported
by the functions that call it.
"""

from ecrm_helpers.statistics.analysis.compare import Comparison, comparison
from ecrm_helpers.statistics.analysis.correlation import (
    Correlation,
    RankCorrelation,
    associations,
    correlation,
    correlation_from_r,
    rank_correlation,
)
from ecrm_helpers.statistics.analysis.crosstabs import CrossTable, cross_table
from ecrm_helpers.statistics.analysis.effects import (
    COHEN_1988,
    Estimate,
    detectable,
    explained,
    magnitude,
)
from ecrm_helpers.statistics.analysis.groups import (
    Anova,
    FTest,
    anova,
    descriptives,
    levene,
    welch,
)
from ecrm_helpers.statistics.analysis.paired import (
    PairedT,
    SignedRank,
    paired_t,
    signed_rank,
)
from ecrm_helpers.statistics.analysis.pairs import cohen_d, pairwise, steps, unpooled_d
from ecrm_helpers.statistics.analysis.ranks import (
    KruskalWallis,
    MannWhitney,
    exact_rank_p,
    kendall,
    kruskal,
    mann_whitney,
    spearman,
)
from ecrm_helpers.statistics.analysis.record import AnalysisError, attempt
from ecrm_helpers.statistics.analysis.regression import Regression, regression
from ecrm_helpers.statistics.analysis.reliability import (
    Reliability,
    Structure,
    reliability,
    structure,
)
from ecrm_helpers.statistics.analysis.scales import (
    boxes,
    frequencies,
    moments,
    points,
    same_throughout,
)

__all__ = [
    "COHEN_1988", "AnalysisError", "Anova", "Comparison", "Correlation", "CrossTable",
    "Estimate", "FTest", "KruskalWallis", "MannWhitney", "PairedT", "RankCorrelation",
    "Regression", "Reliability", "SignedRank", "Structure", "anova", "associations",
    "attempt", "boxes", "cohen_d", "comparison", "correlation", "correlation_from_r",
    "cross_table", "descriptives", "detectable", "exact_rank_p", "explained",
    "frequencies", "kendall", "kruskal", "levene", "magnitude", "mann_whitney",
    "moments", "paired_t", "pairwise", "points", "rank_correlation",
    "regression", "reliability", "same_throughout", "signed_rank", "spearman",
    "steps", "structure", "unpooled_d", "welch",
]  # fmt: skip
