"""The first road: what the notebooks recompute, each quantity under its name.

One function for each notebook takes the records that the notebook shows. The
last function makes those records without a notebook, by the same functions of
`analysis`, so that there is one way to compute and two to call it.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from fractions import Fraction
from math import nan
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ecrm_helpers.answers.read import Answers, read_answers
from ecrm_helpers.interview.tables import DIRECTIONS, read_interview
from ecrm_helpers.printed import decimal
from ecrm_helpers.printed.blanks import Quantity, band
from ecrm_helpers.statistics import admissible, analysis, robustness
from ecrm_helpers.statistics.analysis import (
    AnalysisError,
    Anova,
    Comparison,
    Correlation,
    RankCorrelation,
)
from ecrm_helpers.study.published import Published, Value

Quantities = dict[str, Quantity]

#: Kinds of clients that the thesis speaks of together.
_KINDS = ("company", "employee", "student")


def cells(prefix: str, frame: pd.DataFrame) -> Quantities:
    """Name each cell of a frame as a quantity: prefix, row, column.

    Examples
    --------
    >>> cells("q10", pd.DataFrame({"n": [12, 61]}, index=["no", "yes"]))
    {'q10.no.n': 12.0, 'q10.yes.n': 61.0}
    """
    return {
        f"{prefix}.{row}.{column}": float(value)
        for column, values in frame.items()
        for row, value in values.items()
    }


def frequencies(
    answers: Answers, counts: Mapping[str, pd.DataFrame | AnalysisError]
) -> Quantities:
    """Name what notebook 01 recomputes: the sample, the period, the shares.

    Parameters
    ----------
    answers : Answers
        As `read_answers` gives them.
    counts : mapping of question to DataFrame, or why there is none
        As `analysis.frequencies` gives them, for q1, q2, q10 and q12.

    Returns
    -------
    dict of quantity to number or (number, number)
    """
    study = answers.study
    sent = answers.audit.collected if answers.basis == "own" else None
    opened, closed = sent or (study.opened, study.closed)
    found: Quantities = {
        "sample.n": len(answers.frame),
        "period.days": (closed - opened).days + 1 if opened and closed else nan,
        "questionnaire.questions": len(study.questions),
        **_favourable(answers),
    }
    counted = {k: each for k, each in counts.items() if isinstance(each, pd.DataFrame)}
    for question, frame in counted.items():
        table = frame[["n", "percent"]]
        total = table.sum().to_frame("total").T
        found |= cells(question, pd.concat([table, total]))
    if not {"q2.email.n", *(f"q12.{kind}.n" for kind in _KINDS)} <= found.keys():
        return found
    email, kinds = counted["q2"]["n"]["email"], counted["q12"]
    found["q2.email_not_company.n"] = float(max(0, email - kinds["n"]["company"]))
    most = kinds["percent"][["employee", "student"]].sum()
    return found | {"q12.employee_or_student.percent": float(most)}


def correlation(
    hypothesis: str,
    answers: Answers,
    result: Correlation | RankCorrelation | AnalysisError,
    ends: Sequence[Correlation],
) -> Quantities:
    """Name what notebook 02 recomputes: r and what follows from it.

    Parameters
    ----------
    hypothesis : str
        Whose it is; the names begin with it.
    answers : Answers
        As `read_answers` gives them: a scale is correlated with itself, too.
    result : Correlation, or why there is none
        Of the answers.
    ends : one or two Correlation
        What is known of it: `result` of answers that were given; without them
        both ends of the printed r's rounding.

    Returns
    -------
    dict of quantity to number or (number, number)
    """
    if not isinstance(result, Correlation):
        return {}
    first = answers.pair(*result.of)[result.of[0]]
    return {
        f"{hypothesis}.r": band(each.r for each in ends),
        f"{hypothesis}.r_self": float(first.corr(first)),
        f"{hypothesis}.p": band(each.p for each in ends),
        f"{hypothesis}.n": result.n,
        f"{hypothesis}.shared_variance.percent": band(
            100 * each.r_squared for each in ends
        ),
    }


def groups(hypothesis: str, rows: pd.DataFrame, result: Anova) -> Quantities:
    """Name what notebook 03 recomputes: descriptives and analysis of variance.

    Parameters
    ----------
    hypothesis : str
        Whose it is; the names begin with it.
    rows : DataFrame
        As `analysis.descriptives` gives them.
    result : Anova
        As `analysis.anova` gives it.

    Returns
    -------
    dict of quantity to number
    """
    parts = asdict(result)
    found = {
        f"{hypothesis}.{k}": v for k, v in parts.items() if not isinstance(v, dict)
    }
    found[f"{hypothesis}.eta_squared"] = result.eta_squared.value
    return cells(hypothesis, rows) | found


def compared(hypothesis: str, found: Comparison | AnalysisError) -> Quantities:
    """Name what is recomputed of a further hypothesis on groups, as `groups` does."""
    if isinstance(found, AnalysisError):
        return {}
    return groups(hypothesis, found.rows, found.anova)


def interviewed(
    values: Mapping[str, Value], respondents: int, directions: Mapping[str, int]
) -> Quantities:
    """Name what notebook 04 counts: questions, respondents, statements.

    Parameters
    ----------
    values : mapping of id to Value
        The printed values; the annexed guide's questions are counted there.
    respondents : int
        Who was interviewed.
    directions : mapping of {"for", "against", "nuance"} to int
        How many statements bear on hypothesis 1.

    Returns
    -------
    dict of quantity to number
    """
    annexed = values.get("interview_questions_annex")
    return {
        **({"interview.guide_questions": int(annexed.printed)} if annexed else {}),
        "interview.respondents": respondents,
        **{f"h1.{key}": int(directions.get(key, 0)) for key in DIRECTIONS},
    }


def recompute(root: Path, published: Published) -> dict[str, Quantities]:
    """Recompute everything from the reconstructed answers, without a notebook.

    Parameters
    ----------
    root : path
        The compendium's folder.
    published : Published
        Its study, and what is printed.

    Returns
    -------
    dict of part to quantities
        As the four notebooks hand them to the ledger.

    Raises
    ------
    ValueError
        A file is missing or is not what it should be.
    """
    answers = read_answers(root / "data/reconstructed/survey.csv", published)
    counts = {
        name: analysis.frequencies(answers.distribution(name))
        for name in answers.known("closed")
    }
    evidence = read_interview(root / "data/interview", "fr").h1_evidence
    directions = Counter(evidence["direction"])
    return {
        "01": frequencies(answers, counts),
        "02": _correlation(answers),
        "03": _groups(answers),
        "04": interviewed(published.values, 1, directions),
    }


def _favourable(answers: Answers) -> Quantities:
    """Name the shares of Q11 on its favourable side, where it is a scale."""
    question = answers.study.questions.get("q11")
    if question is None or question.kind != "scale":
        return {}
    above, counted_in = _above(answers), _above(answers, included=True)
    return {
        # Where no data set fits the printed table there is no largest share.
        "q11.above_midpoint.percent": float(max(above, default=nan)),
        "q11.above_midpoint.least": float(min(above, default=nan)),
        "q11.from_midpoint.percent": float(max(counted_in, default=nan)),
        "q11.from_midpoint.least": float(min(counted_in, default=nan)),
        "q11.from_midpoint.most.n": int((counted_in > 50).sum()),
        "q11.from_midpoint.sets.n": len(counted_in),
    }


def _above(answers: Answers, *, included: bool = False) -> NDArray[np.float64]:
    """Give the share of Q11 above its midpoint, in % of the answers that fit.

    With `included`, the answers at the midpoint count too.
    """
    scale = answers.study.questions["q11"].scale
    assert scale is not None  # a scale question has one
    if answers.basis == "own":
        counts = analysis.points(answers.frame[["q11"]], scale).to_numpy()
        return robustness.share_above(
            counts[counts.sum(axis=1) > 0], scale, included=included
        )
    first, second = admissible.histograms(answers.printed_rows("q11", by="q10"))
    return robustness.share_above(first + second, scale, included=included)


def _correlation(answers: Answers) -> Quantities:
    result = analysis.correlation(answers.pair("q3", "q4"), "q3", "q4")
    known = answers.r_known("h2", result.r)
    ends = [analysis.correlation_from_r(r, result.n) for r in known]
    return correlation("h2", answers, result, ends)


def _groups(answers: Answers) -> Quantities:
    compared = answers.pair("q10", "q11"), "q11", "q10"
    return groups("h3", analysis.descriptives(*compared), analysis.anova(*compared))


def facts(
    values: Mapping[str, Value], recomputed: Mapping[str, Quantities]
) -> Quantities:
    """Give everything that errata may speak of: all that is recomputed, and sums.

    Parameters
    ----------
    recomputed : mapping of part to quantities
        As `recompute` gives them.

    Returns
    -------
    dict of quantity to number or (number, number)
        ``<question>.printed.sum`` is what its printed percentages add to.
    """
    sums: dict[str, Fraction] = {}
    for value in values.values():
        name = f"{value.place.lower()}.printed.sum"
        if value.place.startswith("Q") and value.id.endswith("_pct"):
            part = 0 if "_total_" in value.id else Fraction(decimal(value.printed))
            sums[name] = sums.get(name, Fraction(0)) + part
    found: Quantities = dict(sums)
    for quantities in recomputed.values():
        found |= quantities
    return found
