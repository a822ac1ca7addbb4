"""One scale explained by others: a hypothesis on a regression, whole."""

from collections.abc import Mapping

import pandas as pd

from ecrm_helpers.answers.read import Answers
from ecrm_helpers.printed import joined, language, number, p_cell, p_value, say
from ecrm_helpers.printed.numbers import digits_for
from ecrm_helpers.shown.hypotheses.decisions import decided
from ecrm_helpers.shown.hypotheses.further.one import beginning, facts_of
from ecrm_helpers.shown.hypotheses.layouts import tops
from ecrm_helpers.shown.hypotheses.pictures import residual_plots
from ecrm_helpers.shown.hypotheses.sentences import interval, listed
from ecrm_helpers.shown.hypotheses.side_tests import Test
from ecrm_helpers.shown.piece import Piece, of_hypothesis
from ecrm_helpers.shown.tables import Digits, Written, table
from ecrm_helpers.shown.wording import f_of
from ecrm_helpers.statistics.analysis import AnalysisError, Estimate, FTest, Regression


def regressed(
    every: Mapping[str, Regression | AnalysisError],
    alpha: float,
    answers: Answers,
) -> list[Piece]:
    """Show each hypothesis on scales that explain one, from answers to decision.

    Parameters
    ----------
    every : mapping of hypothesis to Regression, or why there is none
        As `analysis.regression` gives it.
    """
    return [
        piece
        for name, found in every.items()
        for piece in _one(name, found, alpha, answers)
    ]


def _one(
    name: str,
    found: Regression | AnalysisError,
    alpha: float,
    answers: Answers,
) -> list[Piece]:
    begun = beginning(name, found, answers)
    if isinstance(found, AnalysisError):
        return begun
    *explaining, explained = (
        answers.study.name(str(each))[language()] for each in answers.asked(name)
    )
    sentence = _sentence(found, explaining, explained)
    shown = [
        _coefficients(found, explaining, explained),
        _checks(found),
        listed([sentence], "sentence-regression"),
        residual_plots(found.fitted, found.residuals, explained),
    ]
    besides = _besides(found, explaining)
    expects = answers.study.hypotheses[name].expects or {}
    directed = found.coefficients.drop(index="constant")["p"]
    if isinstance(expects, dict):
        directed = directed.reindex(list(expects))
    verdict = decided(
        name,
        answers,
        [found.p, *directed],
        alpha,
        facts_of(name, found),
        besides=besides,
        finding=found,
    )
    return [*begun, *of_hypothesis(name, *shown), verdict]


def _besides(
    found: Regression, explaining: list[str]
) -> dict[str, Test | AnalysisError]:
    """Name the tests that may decide otherwise than the whole: robust, and of each."""
    tests: dict[str, Test | AnalysisError] = {
        "robust": found.robust,
        "breusch_pagan": found.breusch_pagan,
    }
    if len(explaining) > 1:
        rows = found.coefficients.drop(index="constant")
        for label, (_, row) in zip(explaining, rows.iterrows(), strict=True):
            tests[label] = FTest(row["t"] ** 2, (1.0, float(found.df[1])), row["p"])
    return tests


def _coefficients(found: Regression, explaining: list[str], explained: str) -> Piece:
    keys = ["b", "se", "low", "high", "beta", "beta_low", "beta_high", "t", "p", "vif"]
    frame = found.coefficients[keys].copy()
    rows = [say("constant"), *explaining]
    columns = [say(key) for key in ("B", *keys[1:])]
    fine: dict[str, Digits] = dict(zip(rows, map(digits_for, frame["se"]), strict=True))
    digits = fine | dict.fromkeys(columns[4:], 2) | {say("p"): p_cell}
    frame.index, frame.columns = pd.Index(rows), pd.Index(columns)
    caption = say("caption_coefficients", label=explained)
    level = f"{100 * found.r_squared.confidence:g}"
    note = say("note_coefficients", level=level)
    most, name = tops(frame[say("beta")].iloc[1:].abs()), "tab-coefficients"
    said = say("beta_said", names=most) if len(explaining) > 1 else ""
    return table(frame, name, caption, decimals=digits, note=note, said=said)


def _checks(found: Regression) -> Piece:
    """Show how well the whole fits, and what checks its assumptions."""

    def tested(test: FTest | AnalysisError) -> list[object]:
        if isinstance(test, AnalysisError):
            return ["–", None]
        value = f"{f_of(test)} = {number(test.f, 2)}"
        return [value, Written(test.p, p_cell(test.p))]

    def within(value: float) -> str:
        return number(value, 3, lead=False)

    of = found.r_squared
    ends = interval(of, lead=False)
    rows: dict[str, list[object]] = {
        say("r_squared"): [f"{within(of.value)}, {ends}", None],
        say("adjusted"): [within(found.adjusted), None],
        say("whole"): tested(found.whole),
        say("robust"): tested(found.robust),
        say("breusch_pagan"): tested(found.breusch_pagan),
    }
    columns = [say("value"), say("p")]
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=columns)
    caption = say("caption_regression")
    note = say("note_regression")
    return table(frame, "tab-regression", caption, note=note)


def _sentence(found: Regression, explaining: list[str], explained: str) -> str:
    rows = found.coefficients.drop(index="constant")
    parts = [
        say(
            "sentence_coefficient",
            label=label,
            b=number(row["b"], fine := digits_for(row["se"])),
            interval=interval(
                Estimate(row["b"], row["low"], row["high"], found.r_squared.confidence),
                decimals=fine,
            ),
            beta=number(row["beta"], 2),
            df=found.df[1],
            t=number(row["t"], 2),
            p=p_value(row["p"]),
        )
        for label, (_, row) in zip(explaining, rows.iterrows(), strict=True)
    ]
    return say(
        "sentence_regression",
        label=explained,
        r2=number(found.r_squared.value, 2, lead=False),
        interval=interval(found.r_squared, lead=False),
        test=f"{f_of(found.whole)} = {number(found.f, 2)}, p {p_value(found.p)}",
        parts=joined(parts),
    )
