"""Two choices counted together: tests first, counts only where none is small.

Two choices say who someone is, as a scale does not: a count between 1 and a
stated size less one could be traced to persons. The totals stand elsewhere on
the page, so hiding single cells would hide nothing: a table with such a count is
not shown at all, its tests are.
"""

from collections.abc import Mapping
from math import nan

import pandas as pd

from ecrm_helpers.answers.read import Answers
from ecrm_helpers.printed import language, number, p_cell, p_value, say, within_one
from ecrm_helpers.shown import wording
from ecrm_helpers.shown.hypotheses.layouts import tops
from ecrm_helpers.shown.hypotheses.sentences import listed
from ecrm_helpers.shown.piece import Piece, id_of
from ecrm_helpers.shown.tables import Digits, table
from ecrm_helpers.statistics.analysis import AnalysisError, CrossTable
from ecrm_helpers.study import Study

Pair = tuple[str, str]


def crossings_table(
    found: Mapping[Pair, CrossTable | AnalysisError],
    answers: Answers,
    *,
    confidence: float,
) -> Piece:
    """Show the tests of several cross-tables, a row each.

    Parameters
    ----------
    confidence : float, in (0, 1)
        Coverage of the interval of Cramér's V.
    """
    notes = [say("note_crossings", level=f"{100 * confidence:g}")]
    rows: dict[str, list[object]] = {}
    for pair, each in found.items():
        label = title(pair, answers.study)
        if isinstance(each, AnalysisError):
            rows[label] = [None] * 9
            told = say("refused_for", label=label, why=each.said(language()))
            notes.append(told)
            continue
        if each.fisher_error is not None:
            notes.append(say("note_simulated", label=label, p=_p(each)))
        v = each.cramer_v
        rows[label] = [each.n, each.df, each.chi2, each.p]
        rows[label] += [each.smallest_expected, each.fisher_p, v.value, v.low, v.high]
    keys = ("N", "df", "chi2", "p", "smallest_expected", "fisher_p", "cramer_v")
    columns = [say(key) for key in (*keys, "low", "high")]
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=columns, dtype=object)
    written: dict[str, Digits] = dict.fromkeys(("p", "fisher_p"), p_cell)
    written |= dict.fromkeys(("cramer_v", "low", "high"), within_one(2))
    digits = {say(key): write for key, write in written.items()}
    fisher = say("fisher_p")
    if frame[fisher].isna().all():
        frame = frame.drop(columns=fisher)
    caption = say("caption_crossings")
    note, vs = " ".join(notes), frame[say("cramer_v")].dropna().astype(float)
    said = say("crossings_said", names=tops(vs), v=number(vs.max(), 2, lead=False))
    said = said if len(vs) > 1 else ""
    name = "tab-crossings"
    return table(frame, name, caption, decimals=digits, note=note, said=said)


def crossing_counts(
    found: Mapping[Pair, CrossTable | AnalysisError],
    minimum: int,
    answers: Answers,
) -> list[Piece]:
    """Show each cross-table that may be shown, and all tests as sentences."""
    study = answers.study
    tested = {pair: e for pair, e in found.items() if isinstance(e, CrossTable)}
    told = [sentence(p, e, study) for p, e in tested.items()]
    return [
        *(counts_table(p, e, minimum, study) for p, e in tested.items()),
        *([listed(told, "sentence-crossings")] if told else []),
    ]


def counts_table(pair: Pair, found: CrossTable, minimum: int, study: Study) -> Piece:
    """Show the counts of two choices with those expected, or why not.

    Parameters
    ----------
    pair : (str, str)
        The questions in rows and in columns.
    """
    name, label = f"tab-{'-'.join(map(id_of, pair))}", title(pair, study)
    small = int(((found.observed > 0) & (found.observed < minimum)).to_numpy().sum())
    if small:
        return wording.paragraph(
            name, "small_counts", label=label, k=small, minimum=minimum
        )
    expected = found.expected.map(lambda value: number(value, 1))
    shown = found.observed.astype(str) + " (" + expected + ")"
    total = say("total")
    shown[total] = [str(n) for n in found.observed.sum(axis=1)]
    sums = [str(n) for n in found.observed.sum()]
    shown.loc[total] = [*sums, str(found.n)]
    rows, columns = (study.columns[name].labels(language()) for name in pair)
    shown = shown.rename(index=rows, columns=columns)
    shown.index.name = shown.columns.name = None
    caption = say("caption_crossing", label=label)
    return table(shown, name, caption, note=say("note_expected"))


def sentence(pair: Pair, found: CrossTable, study: Study) -> str:
    """Write a cross-table's test as a sentence for a thesis.

    Where Cochran's rule rejects chi-square, it gives Fisher's p instead, and V
    without the interval that rests on chi-square.

    Parameters
    ----------
    pair : (str, str)
        The questions.
    """
    v = found.cramer_v
    ends = {
        "level": f"{100 * v.confidence:g}",
        "low": number(v.low, 2, lead=False),
        "high": number(v.high, 2, lead=False),
    }
    return say(
        "sentence_chi2" if found.fisher_p is None else "sentence_fisher",
        label=title(pair, study),
        df=found.df,
        n=found.n,
        chi2=number(found.chi2, 2),
        p=p_value(found.p) if found.fisher_p is None else _p(found),
        v=number(v.value, 2, lead=False),
        interval=say("interval_short", **ends),
    )


def _p(found: CrossTable) -> str:
    """Write Fisher's p; a simulated one says so, with its standard error."""
    p = p_value(nan if found.fisher_p is None else found.fisher_p)
    if found.fisher_error is None:
        return p
    error = number(found.fisher_error, 4, lead=False)
    return say("p_simulated", p=p, error=error)


def title(pair: Pair, study: Study) -> str:
    """Name two questions counted together."""
    first, second = (study.name(question)[language()] for question in pair)
    return f"{first} × {second}"
