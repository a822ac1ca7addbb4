"""What each part of a study allows, and the whole does not."""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import PureWindowsPath

from ecrm_helpers.printed import Told, told
from ecrm_helpers.study.questionnaire import Study
from ecrm_helpers.study.spelling import signed
from ecrm_helpers.study.texts import Level, Place, texts_of

#: A place, and what is wrong there.
Found = tuple[Place, Told]


def of_levels(study: Study) -> Iterator[Found]:
    """Find levels given twice, sets that are none, points that are not the scale's."""
    for key in ("agreement", *study.level_sets):
        levels = study.agreement if key == "agreement" else study.level_sets[key]
        where = ("agreement",) if key == "agreement" else ("level_sets", key)
        yield from _levels_twice(where, levels)
    for name, question in study.questions.items():
        at: Place = ("questions", name)
        if question.level_set and question.level_set not in study.level_sets:
            known = ", ".join(study.level_sets) or "-"
            yield (*at, "level_set"), told("study_no_set", known=known)
        elif not question.level_set and question.levels != study.agreement:
            yield from _levels_twice((*at, "levels"), question.levels)
        if question.kind == "matrix" and question.scale is None:
            yield at, told("study_needs_scale")
        if question.kind in ("number", "date") and question.points:
            yield (*at, "levels"), told("study_levels_apart")
        low, high = question.scale or (0, 0)
        points = len(question.points)
        if question.scale and points and points != high - low + 1:
            wanted = {"points": points, "low": low, "high": low + points - 1}
            yield (*at, "scale"), told("study_matrix_scale", **wanted)


def _levels_twice(where: Place, levels: Mapping[str, Level]) -> Iterator[Found]:
    seen: dict[str, str] = {}
    for key, level in levels.items():
        for spelling in {signed(text) for text in (level.answer, *level.also)}:
            if seen.setdefault(spelling, key) != key:
                yield (*where, key), told("study_level_twice", level=level.answer)


def of_languages(study: Study) -> Iterator[Found]:
    """Find texts of one language alone where others have the other alone."""
    alone = {place: text.only for place, text in texts_of(study) if text.only}
    if len(set(alone.values())) > 1:
        counts = Counter(alone.values())
        rarer = min(counts, key=lambda edition: counts[edition])
        for place, only in alone.items():
            if only == rarer:
                yield place, told("study_two_languages", only=only)


def of_paths(study: Study) -> Iterator[Found]:
    """Find files that a study would have read from outside its project."""
    for name in ("published", "answers", "interview"):
        path = PureWindowsPath(getattr(study, name) or "")
        if path.anchor or ".." in path.parts:
            yield (name,), told("study_leaves", path=getattr(study, name))


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
