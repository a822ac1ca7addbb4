"""All that notebook 04 shows, under one name."""

from ecrm_helpers.shown.coded.agreements import coders, disagreements
from ecrm_helpers.shown.coded.coding_charts import (
    discovery_figure,
    ledger_figure,
    new_codes_figure,
    stripes,
    theme_bars,
    tree_figure,
)
from ecrm_helpers.shown.coded.codings import (
    changelog_table,
    codebook_table,
    codes_table,
    counts_table,
    keyword_table,
    not_saturation,
    segments_table,
    text_held,
    unused,
)
from ecrm_helpers.shown.coded.corpus import (
    gathered,
    memos_table,
    overlap_table,
    respondents_table,
    verbatims_table,
    without_names,
)
from ecrm_helpers.shown.coded.heat_maps import (
    cooccurrence_figure,
    cooccurrence_table,
    heat_map,
    theme_map,
    turn_map,
)
from ecrm_helpers.shown.coded.judgements import (
    checklist_table,
    decision,
    evidence_table,
    overturned,
    sensitivity_table,
)
from ecrm_helpers.shown.wording import claim

__all__ = [
    "changelog_table", "checklist_table", "claim", "codebook_table", "coders",
    "codes_table", "cooccurrence_figure", "cooccurrence_table", "counts_table",
    "decision", "disagreements", "discovery_figure", "evidence_table", "gathered",
    "heat_map", "keyword_table", "ledger_figure", "memos_table", "new_codes_figure",
    "not_saturation", "overlap_table", "overturned", "respondents_table",
    "segments_table", "sensitivity_table", "stripes", "text_held", "theme_bars",
    "theme_map", "tree_figure", "turn_map", "unused", "verbatims_table",
    "without_names",
]  # fmt: skip
