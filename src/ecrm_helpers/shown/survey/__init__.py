"""A survey's answers on a page: the file, its questions, their crossings.

What notebook 01 shows; each function is described where it stands.

Said once, here: `answers` (`Answers`) and `study` (`Study`) give labels; `rows` is
what `analysis.moments` gives (DataFrame), `found` what `analysis.cross_table` gives
(`CrossTable`, or by pair of questions, with `AnalysisError` where there is none);
`minimum` is the smallest count that may be shown (int; 0 may).
"""

from ecrm_helpers.shown.hypotheses.crossings import crossing_counts, crossings_table
from ecrm_helpers.shown.survey.boxes import boxes
from ecrm_helpers.shown.survey.consistency import (
    items_tables,
    not_scales,
    reliability_table,
)
from ecrm_helpers.shown.survey.file_report import (
    audit_table,
    free_answers,
    known_table,
    missing_table,
    sample,
)
from ecrm_helpers.shown.survey.questions import (
    choices,
    matrices,
    scales,
    scales_table,
    throughout_table,
)
from ecrm_helpers.shown.survey.scores import scores
from ecrm_helpers.shown.survey.structure import structures
from ecrm_helpers.shown.survey.values import dates, numbers, numbers_table

__all__ = [
    "audit_table", "boxes", "choices", "crossing_counts", "crossings_table", "dates",
    "free_answers", "items_tables", "known_table", "matrices", "missing_table",
    "not_scales", "numbers", "numbers_table", "reliability_table", "sample", "scales",
    "scales_table", "scores", "structures", "throughout_table",
]  # fmt: skip
