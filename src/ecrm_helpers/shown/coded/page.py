"""All that notebook 04 shows, under one name."""

from ecrm_helpers.shown.coded.agreements import coders, disagreements
from ecrm_helpers.shown.coded.coding_charts import (
    discovery_figure,
    ledger_figure,
    stripes,
    theme_bars,
    tree_figure,
)
from ecrm_helpers.shown.coded.codings import (
    changelog_table,
    codebook_table,
    codes_table,
    cooccurrence_table,
    counts_table,
    keyword_table,
    not_saturation,
    segments_table,
    text_held,
    unused,
)
from ecrm_helpers.shown.coded.heat_maps import cooccurrence_figure, heat_map, turn_map
from ecrm_helpers.shown.coded.judgements import (
    checklist_table,
    decision,
    evidence_table,
    overturned,
    sensitivity_table,
)
from ecrm_helpers.shown.wording import claim, held_against

__all__ = [
    "changelog_table",
    "checklist_table",
    "claim",
    "codebook_table",
    "coders",
    "codes_table",
    "cooccurrence_figure",
    "cooccurrence_table",
    "counts_table",
    "decision",
    "disagreements",
    "discovery_figure",
    "evidence_table",
    "heat_map",
    "held_against",
    "keyword_table",
    "ledger_figure",
    "not_saturation",
    "overturned",
    "segments_table",
    "sensitivity_table",
    "stripes",
    "text_held",
    "theme_bars",
    "tree_figure",
    "turn_map",
    "unused",
]
