"""A survey's answers, question by question: choices, scales, matrices.

Only answers that were given (or invented as a whole) have scales, matrices
and cross-tables to show; of answers that only satisfy what was printed there
is nothing to say here, and the tables have no rows.
"""

from collections.abc import Mapping

import pandas as pd

from ecrm_helpers.answers.read import Answers
from ecrm_helpers.printed import language, say
from ecrm_helpers.shown import wording
from ecrm_helpers.shown.figures import bars, in_brackets, listed
from ecrm_helpers.shown.hypotheses.layouts import ends, frequency_table, tops
from ecrm_helpers.shown.piece import Piece, id_of
from ecrm_helpers.shown.survey.likert import likert
from ecrm_helpers.shown.tables import table
from ecrm_helpers.statistics import analysis
from ecrm_helpers.statistics.analysis import AnalysisError
from ecrm_helpers.study import Question

Labels = Mapping[str, str]

#: A scale of more points than this has them in rows.
_MOST_ACROSS = 21


def choices(
    answers: Answers,
    counts: Mapping[str, pd.DataFrame | AnalysisError],
) -> list[Piece]:
    """Show closed questions one by one: what is claimed, a table, bars.

    Parameters
    ----------
    answers : Answers
        As `read_answers` gives them.
    counts : mapping of question to DataFrame or AnalysisError
        As `analysis.frequencies` gives them, or why it does not.
    """
    pieces = []
    for name, found in counts.items():
        label = answers.study.questions[name].label[language()]
        pieces += [
            wording.heading(label),
            *wording.claim(name, answers.printed),
        ]
        if isinstance(found, AnalysisError):
            pieces.append(wording.refused(found))
            continue
        read = {key: level[language()] for key, level in answers.levels(name).items()}
        shown = found.rename(index=read)
        pieces += [
            frequency_table(shown, label, answers, f"tab-{id_of(name)}"),
            bars(shown, label, f"fig-{id_of(name)}"),
        ]
    return pieces


def scales(answers: Answers) -> list[Piece]:
    """Show the scale questions: counts of each point and bars, by their range."""
    found: dict[tuple[str, ...], dict[str, Question]] = {}
    for name, question in answers.known("scale").items():
        low, high = question.scale or (1, 1)
        alike = (str(low), str(high), *points_of(question))
        found.setdefault(alike, {})[name] = question
    pieces = []
    for (low_point, high_point, *points), questions in found.items():
        scale = int(low_point), int(high_point)
        counts = analysis.points(answers.frame[list(questions)], scale)
        # Scales in words are named by the first of them.
        plainly = points == [str(point) for point in counts.columns]
        first = "" if plainly else f"-{next(iter(questions))}"
        name = f"scales-{low_point}-{high_point}{first}"
        named = [question.label[language()] for question in questions.values()]
        label = named[0] if len(named) == 1 else say("scales_together")
        shown = counts.set_axis(named, axis=0).set_axis(points, axis=1)
        pieces += [
            points_table(shown, label, f"tab-{name}"),
            likert(counts, named, points, label, f"fig-{name}"),
        ]
    return pieces


def points_of(question: Question) -> list[str]:
    """Say each point of a scale: in its words, else as its number."""
    low, high = question.scale or (1, 1)
    words = [level[language()] for level in question.points.values()]
    return words or [str(point) for point in range(low, high + 1)]


def matrices(answers: Answers) -> list[Piece]:
    """Show the matrices one by one: diverging bars, then moments of each item."""
    pieces = []
    for name, question in answers.known("matrix").items():
        label, scale = question.label[language()], question.scale or (1, 1)
        key, levels = id_of(name), points_of(question)
        named = {column: item[language()] for column, item in question.items.items()}
        items = answers.frame[list(named)]
        counts, moments = analysis.points(items, scale), analysis.moments(items)
        pieces += [
            wording.heading(label),
            likert(
                counts, list(named.values()), levels, label, f"fig-{key}", folded=True
            ),
            moments_table(
                moments,
                named,
                label,
                f"tab-{key}",
                said=ends(moments["mean"].rename(named)),
            ),
        ]
    return pieces


def scales_table(rows: pd.DataFrame, answers: Answers) -> Piece:
    """Show mean, spread and quartiles of the scales.

    Parameters
    ----------
    answers : Answers
        Give the labels of its columns.
    """
    named = {
        str(column): answers.study.name(column)[language()] for column in rows.index
    }
    label = say("scales_together")
    middle = {c: sum(answers.study.range_of(c) or ()) / 2 for c in named}
    above = [named[c] for c in named if rows["mean"][c] > middle[c]]
    of = {"k": len(above), "n": int(rows["mean"].notna().sum())}
    said = say("above_middle", names=in_brackets(above), **of)
    return moments_table(rows, named, label, "tab-scales", said=said)


def moments_table(
    rows: pd.DataFrame, named: Labels, label: str, name: str, *, said: str = ""
) -> Piece:
    """Show mean, spread and quartiles of scales or of a matrix's items.

    Parameters
    ----------
    named : mapping of column to str
        How each column shall be read.
    label : str
        What the columns have in common.
    said : str
        What the table says.
    """
    shown = rows.drop(columns="missing").rename(index=dict(named))
    for column in ("n", "min", "max"):
        if (shown[column].dropna() % 1 == 0).all():
            shown[column] = shown[column].astype("Int64").astype(object)
    quartiles = {"n": "N", "q1": "first_quartile", "q3": "third_quartile"}
    shown.columns = pd.Index(
        [say(quartiles.get(str(c), str(c))) for c in shown.columns]
    )
    return table(
        shown,
        name,
        say("caption_moments", label=label),
        note=say("note_moments"),
        said=said,
    )


def points_table(counts: pd.DataFrame, label: str, name: str) -> Piece:
    """Show how often each point of a scale was chosen.

    A long scale has its points in rows, or no page would hold it.

    Parameters
    ----------
    counts : DataFrame
        As `analysis.points` gives it, rows as they shall be read.
    label : str
        What the rows have in common.
    """
    shown = counts.rename(columns=str)
    shown[say("total")] = shown.sum(axis=1)
    if counts.shape[1] > _MOST_ACROSS:
        shown = shown.T
    caption = say("caption_points", label=label)
    rows = (each for each in counts.iterrows() if each[1].any())
    met = [f"{scale} – {tops(row)}" for scale, row in rows]
    said = say("modes", parts=listed(met)) if met else ""
    return table(shown, name, caption, said=said)


def throughout_table(same: Mapping[str, pd.Series], answers: Answers) -> Piece:
    """Show how many gave one and the same answer to a whole matrix.

    Parameters
    ----------
    same : mapping of question to Series of bool
        As `analysis.same_throughout` gives it.
    """
    n, percent = say("n"), say("percent")
    k = int(pd.DataFrame(same).any(axis=1).sum())
    frame = pd.DataFrame(
        {
            n: [int(each.sum()) for each in same.values()],
            percent: [100.0 * float(each.mean()) for each in same.values()],
        },
        index=[
            answers.study.questions[question].label[language()] for question in same
        ],
    )
    return table(
        frame,
        "tab-throughout",
        say("caption_throughout"),
        decimals=1,
        note=say("note_throughout"),
        said=say("throughout_said", k=k, n=len(answers.frame)),
    )
