"""The answers, held against the questionnaire: the only door they enter by.

What `read_answers` returns has one row per respondent and answers that exist
in the questionnaire, so every later floor may trust it. Reconstructed answers
are known by their ids. They satisfy the printed values and nothing more, so
`distribution` and `pair` hand out only what the thesis printed of them.
"""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pandas as pd

from ecrm_helpers.rows import RowsError, read_rows
from ecrm_helpers.study import ROOT, Question, Study

#: Ids of reconstructed respondents begin so; the mark travels with each row.
RECONSTRUCTED = "REC-"

Origin = Literal["reconstructed", "own"]


class AnswersError(ValueError):
    """The answers cannot be used so; the message lists every reason."""


@dataclass(frozen=True)
class Answers:
    """Answers held against their study, and where they come from."""

    frame: pd.DataFrame
    origin: Origin
    study: Study


def read_answers(path: Path | str, study: Study) -> Answers:
    """Read a file of answers and hold it against the questionnaire.

    Parameters
    ----------
    path : path
        CSV in UTF-8 with a column ``id`` and columns named as the questions
        of `study`; a relative path starts at the compendium's folder.
    study : Study
        The questionnaire.

    Returns
    -------
    Answers
        Choices as text, scale points as whole numbers, missing as ``<NA>``.

    Raises
    ------
    AnswersError
        The file is missing or not CSV in UTF-8, a column is unknown, an id is
        missing or occurs twice, or an answer does not exist in the
        questionnaire. All offenders are listed.
    """
    path = ROOT / path
    try:
        raw = pd.DataFrame(read_rows(path), dtype="string").replace("", pd.NA)
    except RowsError as error:
        raise AnswersError(str(error)) from None
    faults = _column_faults(raw, study) or _answer_faults(raw, study)
    if faults:
        raise AnswersError(
            f"{path}: {len(faults)} fault(s)\n"
            + "\n".join(f"  {fault}" for fault in faults)
            + "\nCorrect study.yml if the questionnaire is wrong; never edit data/raw/."
        )
    made_up = raw["id"].str.startswith(RECONSTRUCTED)
    frame = raw.set_index("id")
    for name in frame.columns:
        if not study.columns[name].closed:
            frame[name] = frame[name].astype("Int64")
    return Answers(frame, "reconstructed" if made_up.any() else "own", study)


def _column_faults(raw: pd.DataFrame, study: Study) -> list[str]:
    allowed = ["id", *study.columns]
    faults = [
        f"column {name!r} is unknown (allowed: {', '.join(allowed)})"
        for name in raw.columns
        if name not in allowed
    ]
    if raw.empty:
        return ["no answers below the header"]
    if "id" not in raw.columns:
        return [*faults, "column 'id' is missing"]
    times = Counter(raw["id"].dropna())
    faults += [f"id {who} occurs {n} times" for who, n in times.items() if n > 1]
    nameless = raw.index[raw["id"].isna()] + 1
    return faults + [f"respondent {place} has no id" for place in nameless]


def _answer_faults(raw: pd.DataFrame, study: Study) -> list[str]:
    faults = []
    for name in raw.columns.drop("id"):
        allowed = _allowed(study.columns[name])
        for who, answer in zip(raw["id"], raw[name], strict=True):
            if pd.notna(answer) and answer not in allowed:
                faults.append(
                    f"{who}, {name}: {answer!r} (allowed: {', '.join(allowed)})"
                )
    return faults


def _allowed(question: Question) -> list[str]:
    if question.scale is None:
        return [level.answer for level in question.levels.values()]
    low, high = question.scale
    return [str(point) for point in range(low, high + 1)]


def distribution(answers: Answers, question: str) -> pd.Series:
    """Give the answers to one question.

    Raises
    ------
    AnswersError
        The question was not answered; or the answers are reconstructed and
        its distribution was never published.
    """
    _require_columns(answers, question)
    published = answers.study.columns[question].published
    if answers.origin == "reconstructed" and published != "distribution":
        raise AnswersError(
            f"{question}: its distribution was never published, so the "
            f"reconstructed answers say nothing about it; supply the real answers"
        )
    return answers.frame[question]


def pair(answers: Answers, first: str, second: str) -> tuple[pd.Series, pd.Series]:
    """Give the answers to two questions, for their association.

    Raises
    ------
    AnswersError
        A question was not answered; or the answers are reconstructed and the
        association of the two was never published.
    """
    _require_columns(answers, first, second)
    published = [set(known) for known in answers.study.associations]
    if answers.origin == "reconstructed" and {first, second} not in published:
        allowed = ", ".join("×".join(known) for known in answers.study.associations)
        raise AnswersError(
            f"{first}×{second}: this association was never published, so the "
            f"reconstructed answers say nothing about it; allowed: {allowed}"
        )
    return answers.frame[first], answers.frame[second]


def _require_columns(answers: Answers, *questions: str) -> None:
    absent = [name for name in questions if name not in answers.frame]
    if absent:
        raise AnswersError(
            f"no answers to {', '.join(absent)}; "
            f"there are {', '.join(answers.frame.columns)}"
        )
