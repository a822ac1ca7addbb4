"""What a column of clean answers holds, by the kind of its question."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ecrm_helpers.study import Question, Study

if TYPE_CHECKING:
    import pandera.pandas as pa


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


def schema(study: Study, names: Iterable[str]) -> "pa.DataFrameSchema":
    """Say what the door lets through: levels and points of the questionnaire."""
    import pandera.pandas as pa  # slow to load

    return pa.DataFrameSchema(
        {
            name: pa.Column(
                _dtype(question, study),
                pa.Check.in_range(*ends) if (ends := _ends(question)) else None,
                nullable=True,
            )
            for name, question in study.columns.items()
            if name in names
        },
        index=pa.Index(str, unique=True, name="id"),
        strict=True,
    )


def _dtype(question: Question, study: Study) -> Any:
    """Give what a column holds; a number may be whole or not."""
    if question.closed:
        return pd.CategoricalDtype(categories(question, study), ordered=True)
    return {"date": "datetime64[ns]", "number": None}.get(question.kind, "Int64")


def _ends(question: Question) -> tuple[int, int] | None:
    return (0, 1) if question.kind == "multiple" else question.scale
