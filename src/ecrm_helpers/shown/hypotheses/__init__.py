"""A hypothesis on a page: what is claimed, tested, left possible and decided.

What notebooks 02 and 03 show; each function is described where it stands.

Said once, here: `rows` is what `analysis.descriptives` gives (DataFrame), `result`
what `analysis.anova` gives (`Anova`), `d` what `analysis.cohen_d` gives, beside Welch's
test `analysis.unpooled_d` (`Estimate`, or `AnalysisError`: then it is left out),
`kept` what `derived.read_ranks` gives
(`Ranks`); `alpha` is the level of the test (float, in (0, 1)), `p_values` what
`decide` takes (sequence of float), `hypothesis` the claim, the thesis's verdict, and
what its variables test. `histograms` are all that are admissible, counted from the
scale's lowest point up (array of int, shape (k, points)), `possible` the pairs of
distributions (`Pairs`), `every` what `robustness.estimates` gives for them
(DataFrame); `fitting` and `wider` are the same of the data sets that fit the whole
printed table, and of those that fit it but for its ends.
"""

from ecrm_helpers.shown.hypotheses.additions import effects_table, rounding_table
from ecrm_helpers.shown.hypotheses.decisions import assessed, decided
from ecrm_helpers.shown.hypotheses.further.compared import grouped, pairwise_table
from ecrm_helpers.shown.hypotheses.further.correlated import (
    associations_table,
    correlated,
    ranks_sentence,
)
from ecrm_helpers.shown.hypotheses.further.crossed import crossed
from ecrm_helpers.shown.hypotheses.further.one import asked_here
from ecrm_helpers.shown.hypotheses.further.paired import paired
from ecrm_helpers.shown.hypotheses.further.regressed import regressed
from ecrm_helpers.shown.hypotheses.holding import (
    above_midpoint,
    identified,
    in_all,
    medians,
    strict,
    unfit,
)
from ecrm_helpers.shown.hypotheses.layouts import (
    anova_table,
    correlation_table,
    descriptives_table,
)
from ecrm_helpers.shown.hypotheses.pictures import (
    groups_chart,
    groups_residuals,
    scatter,
)
from ecrm_helpers.shown.hypotheses.possible import band_chart, p_values_chart
from ecrm_helpers.shown.hypotheses.ranges import (
    band_table,
    extremes_table,
    ranges_table,
    shares_table,
)
from ecrm_helpers.shown.hypotheses.ranks import extreme_tables, rank_words, ranks_table
from ecrm_helpers.shown.hypotheses.remarks import (
    detects_d,
    detects_r,
    effect,
    printed_p,
    strength,
    strength_as_printed,
)
from ecrm_helpers.shown.hypotheses.sentences import anova_sentence, correlation_sentence
from ecrm_helpers.shown.hypotheses.side_tests import tests_sentences, tests_table

__all__ = [
    "above_midpoint", "anova_sentence", "anova_table", "asked_here", "assessed",
    "associations_table", "band_chart", "band_table", "correlated",
    "correlation_sentence", "correlation_table", "crossed", "decided",
    "descriptives_table", "detects_d", "detects_r", "effect", "effects_table",
    "extreme_tables", "extremes_table", "grouped", "groups_chart",
    "groups_residuals", "identified", "in_all", "medians", "p_values_chart", "paired",
    "pairwise_table", "printed_p",
    "ranges_table", "rank_words", "ranks_sentence", "ranks_table", "regressed",
    "rounding_table", "scatter", "shares_table", "strength", "strength_as_printed",
    "strict", "tests_sentences", "tests_table", "unfit",
]  # fmt: skip
