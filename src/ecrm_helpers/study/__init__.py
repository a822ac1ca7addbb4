"""What was asked, claimed and printed."""

from ecrm_helpers.study.published import Published, read_published
from ecrm_helpers.study.questionnaire import Association, Hypothesis, Rule, Study
from ecrm_helpers.study.questions import Item, Question, Score
from ecrm_helpers.study.reading import StudyError, read_study
from ecrm_helpers.study.spelling import Spellings
from ecrm_helpers.study.texts import Bilingual, Level, plain, visible

__all__ = [
    "Association", "Bilingual", "Hypothesis", "Item", "Level", "Published", "Question",
    "Rule", "Score", "Spellings", "Study", "StudyError", "plain", "read_published",
    "read_study", "visible",
]  # fmt: skip
