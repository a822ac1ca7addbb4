"""What a column of clean answers holds, by the kind of its question."""

import numpy as np
import pandas as pd

from ecrm_helpers.study import Question, Study


def typed(values: np.ndarray, question: Question, study: Study) -> pd.Series:
    """Give the values of a column their type, by the kind of its question."""
    if question.kind == "date":
        return pd.Series(pd.to_datetime(values)).astype("datetime64[ns]")
    if not question.closed:
        whole = all(value is None or value == int(value) for value in {*values})
        return pd.Series(pd.array(values, dtype="Int64" if whole else "Float64"))
    return pd.Series(pd.Categorical(values, categories(question, study), ordered=True))


def categories(question: Question, study: Study) -> list[str]:
    """Give the answers that a closed question may have, in order."""
    levels = list(question.answers.values())
    other = [study.reading.other.answer] if question.other else []
    return list(dict.fromkeys([*levels, *other]))
