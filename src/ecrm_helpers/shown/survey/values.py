"""Plain numbers and days: where they lie, how far apart, and their picture."""

from itertools import pairwise

import numpy as np
import pandas as pd

from ecrm_helpers.answers.read import Answers
from ecrm_helpers.printed import date, language, number, say
from ecrm_helpers.shown import wording
from ecrm_helpers.shown.figures import BLUE, bars, canvas, finished, listed
from ecrm_helpers.shown.piece import Piece, id_of
from ecrm_helpers.shown.survey.questions import moments_table
from ecrm_helpers.shown.tables import plainly, table

#: A histogram has at most so many classes; whole numbers so near have one each.
_CLASSES = 25
#: Days over more than so many months are counted by year; over fewer, by month.
_MONTHS = 24


def numbers_table(rows: pd.DataFrame, answers: Answers) -> Piece:
    """Show mean, spread and quartiles of plain numbers.

    Parameters
    ----------
    rows : DataFrame
        As `analysis.moments` gives it.
    """
    named = {
        str(column): answers.study.name(column)[language()] for column in rows.index
    }
    label = say("numbers_together")
    return moments_table(rows, named, label, "tab-numbers")


def numbers(rows: pd.DataFrame, answers: Answers) -> list[Piece]:
    """Show a histogram of each plain number, and say where it lies."""
    pieces = []
    for name, row in rows.iterrows():
        of = answers.study.label(str(name))[language()]
        if row["n"]:
            picture = f"fig-{id_of(str(name))}"
            pieces.append(histogram(answers.frame[name], of, picture))
        pieces.append(described(row, str(name), answers))
    return pieces


def described(row: pd.Series, name: str, answers: Answers) -> Piece:
    """Say of a number or a score where its values lie.

    Parameters
    ----------
    row : Series
        As `analysis.moments` gives it for one.
    name : str
        The question, or the score.
    """
    label = answers.study.name(name)[language()]
    keys = ("mean", "sd", "median", "q1", "q3")
    written = {key: number(row[key], 2) for key in keys}
    written |= {key: plainly(row[key]) for key in ("min", "max")}
    told = "sentence_number" if row["n"] > 1 else "sentence_one_number"
    return wording.paragraph(
        f"sentence-{id_of(name)}", told, label=label, n=int(row["n"]), **written
    )


def histogram(values: pd.Series, label: str, name: str) -> Piece:
    """Draw the distribution of numbers.

    Parameters
    ----------
    values : Series
        Numbers; missing ones are left out.
    label : str
        What they are.
    """
    held = values.dropna().to_numpy(float)
    edges = classes(held)
    counts, _ = np.histogram(held, edges)
    figure, axes = canvas(2.8)
    axes.bar(
        edges[:-1], counts, np.diff(edges), align="edge", color=BLUE, edgecolor="white"
    )
    axes.set(xlabel=label, ylabel=say("respondents"))
    whole = bool((held % 1 == 0).all())
    met = [_class(low, high, whole) for low, high in pairwise(edges)]
    parts = [
        say("alt_class", at=at, n=int(k))
        for at, k in zip(met, counts, strict=True)
        if k
    ]
    numbers = pd.DataFrame({say("n"): counts}, index=met)
    alt = say("alt_histogram", parts=listed(parts))
    caption = say("caption_histogram", label=label)
    return finished(figure, name, caption, alt, n=len(held), numbers=numbers)


def classes(values: np.ndarray) -> np.ndarray:
    """Give the edges of a histogram's classes: by Freedman and Diaconis, but few.

    Of whole numbers, classes lie around so many each.

    Examples
    --------
    >>> classes(np.array([1.0, 2.0, 2.0, 4.0])).tolist()
    [0.5, 1.5, 2.5, 3.5, 4.5]
    """
    low, high = values.min(), values.max()
    edges = np.histogram_bin_edges(values, "fd")
    most = min(len(edges) - 1, _CLASSES)
    if (values % 1 == 0).all():
        near = high - low < _CLASSES
        width = 1 if near else np.ceil((high - low + 1) / most)
        return np.arange(low - 0.5, high + width, width)
    return edges if len(edges) <= _CLASSES + 1 else np.linspace(low, high, most + 1)


def _class(low: float, high: float, whole: bool) -> str:
    """Name a class: of whole numbers, by the first and the last in it."""
    ends = (low + 0.5, high - 0.5) if whole else (low, high)
    first, last = (plainly(end) for end in ends)
    return first if first == last else f"{first}–{last}"


def dates(answers: Answers) -> list[Piece]:
    """Show the first, the middle and the last of each question's days, and bars."""
    pieces, rows, spans = [], {}, []
    for name in answers.known("date"):
        days = answers.frame[name].dropna().sort_values()
        label = answers.study.label(name)[language()]
        middle = [0, (len(days) - 1) // 2, -1] if len(days) else []
        written = [date(day.date()) for day in days.iloc[middle]]
        n = len(days)
        rows[label] = [n, len(answers.frame) - n, *(written or [""] * 3)]
        if len(days):
            spans.append(f"{label} {(days.iloc[-1] - days.iloc[0]).days + 1}")
            place = f"fig-{id_of(name)}"
            drawn = bars(_by_period(days), label, place, folded=True)
            pieces.append(drawn)
    heads = ("N", "missing", "first_day", "middle_day", "last_day")
    columns = [say(head) for head in heads]
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=columns)
    said = say("dates_said", parts=listed(spans)) if spans else ""
    caption = say("caption_dates")
    return [table(frame, "tab-dates", caption, said=said), *pieces]


def _by_period(days: pd.Series) -> pd.DataFrame:
    """Count days by year, or by month where they lie near one another."""
    first, last = days.iloc[0], days.iloc[-1]
    months = 12 * (last.year - first.year) + last.month - first.month
    periods = days.dt.to_period("Y" if months > _MONTHS else "M")
    counts = periods.value_counts().sort_index()
    shown = counts.set_axis([str(period) for period in counts.index])
    return pd.DataFrame({"n": shown, "valid_percent": 100 * shown / shown.sum()})
