"""What was asked, claimed and printed."""

from ecrm_helpers.study.published import Published, read_published
from ecrm_helpers.study.questionnaire import (
    Association,
    Bilingual,
    Hypothesis,
    Item,
    Level,
    Question,
    Rule,
    Study,
    plain,
)
from ecrm_helpers.study.reading import StudyError, read_study
from ecrm_helpers.study.spelling import Spellings

__all__ = [
    "Association",
    "Bilingual",
    "Hypothesis",
    "Item",
    "Level",
    "Published",
    "Question",
    "Rule",
    "Spellings",
    "Study",
    "StudyError",
    "plain",
    "read_published",
    "read_study",
]
