"""What each part of a study allows, and the whole does not."""

from collections import Counter
from collections.abc import Iterator

from ecrm_helpers.printed import Told, told
from ecrm_helpers.study.questionnaire import Study

#: A place in the file, by keys and by numbers in lists.
Place = tuple[int | str, ...]

#: A place, and what is wrong there.
Found = tuple[Place, Told]


def of_scores(study: Study) -> Iterator[Found]:
    """Find scores that cannot be computed: of what, by how many, turned how."""
    for name, score in study.scores.items():
        at: Place = ("scores", name)
        if name in study.columns or name in study.questions:
            yield at, told("study_score_name", name=name)
        fit = [one for one in score.of if _points(study, one)]
        for place, one in enumerate(score.of):
            if one not in fit:
                yield (*at, "of", place), told("study_score_of", name=one)
        if len(fit) != len(score.of):
            continue
        items = study.score_items(name)
        times = Counter(items)
        for one in (item for item, k in times.items() if k > 1):
            yield (*at, "of"), told("study_score_twice", name=one)
        scales = sorted({str(study.columns[item].scale) for item in items})
        if len(scales) > 1:
            yield (*at, "of"), told("study_score_scales", scales=", ".join(scales))
        if not 2 <= len(items):
            yield (*at, "of"), told("study_score_few")
        if not 1 <= (score.needs or 1) <= len(items):
            yield (*at, "needs"), told("study_score_needs", most=len(items))
        for one in score.reversed:
            if one not in items:
                yield (*at, "reversed"), told("study_score_reversed", name=one)


def _points(study: Study, name: str) -> bool:
    """Whether a name is that of a scale, of an item or of a whole matrix."""
    question = study.questions.get(name) or study.columns.get(name)
    return question is not None and question.scale is not None
