"""The thesis's own tables, in the layout of SPSS, which its author knows."""

from math import sqrt

import pandas as pd

from ecrm_helpers.answers.read import Answers
from ecrm_helpers.printed import Edition, keyed, number, p_cell, say, spoken
from ecrm_helpers.shown.figures import listed
from ecrm_helpers.shown.piece import Piece
from ecrm_helpers.shown.tables import Digits, Written, plainly, table
from ecrm_helpers.statistics.analysis import Anova, Correlation

#: What counts rest on.
NOTE = keyed("note_counts_", "note_counts_reconstructed note_counts_own")


#: How the respondents came to be asked.
SAMPLING = keyed(
    "sampling_",
    "sampling_volunteers sampling_convenience sampling_quota sampling_random "
    "sampling_everyone",
)


def frequency_table(
    counts: pd.DataFrame, label: str, answers: Answers, name: str, edition: Edition
) -> Piece:
    """Show the answers to one question, as the thesis does and a little more.

    Parameters
    ----------
    counts : DataFrame
        As `analysis.frequencies` gives it, a row for each level as it shall
        be read.
    label : str
        Of the question.
    answers : Answers
        What the counts rest on; the note says what it means for them.

    Returns
    -------
    Piece
        n, %, valid %, cumulative % and the interval of the valid share.
    """
    sums = counts[["n", "percent", "valid_percent"]].sum()
    total = pd.DataFrame([sums], index=[say("total", edition)]).astype({"n": int})
    shown = pd.concat([counts, total]).rename(
        columns={column: say(str(column), edition) for column in counts}
    )
    return table(
        shown,
        name,
        say("caption_frequency", edition, label=label),
        edition,
        decimals=1,
        note=f"{say(NOTE[answers.basis], edition)} {wilson(answers, edition)}",
        said=most(counts["n"], edition) if sums["n"] else "",
    )


def most(counts: "pd.Series[int]", edition: Edition) -> str:
    """Say what was met most often, or what most often alike."""
    share = number(100 * counts.max() / counts.sum(), 1, edition)
    values = {"n": counts.max(), "of": counts.sum(), "share": share}
    alone = (counts == counts.max()).sum() == 1
    key = "most_often" if alone else "most_often_alike"
    return say(key, edition, names=tops(counts, edition), **values)


def tops(values: pd.Series, edition: Edition) -> str:
    """Name what has the largest value, or all that have it.

    Examples
    --------
    >>> tops(pd.Series({"a": 1, "b": 2, "c": 2}), "en")
    'b; c'
    """
    return listed([str(name) for name in values.index[values == values.max()]], edition)


def ends(means: "pd.Series[float]", edition: Edition) -> str:
    """Say which mean is the highest and which the lowest."""
    known = means.dropna().sort_values()
    if len(known) < 2:
        return ""
    low, high = (number(known.iloc[place], 2, edition) for place in (0, -1))
    if low == high:
        return say("means_alike", edition, mean=low)
    names = {"lowest": known.index[0], "highest": known.index[-1]}
    return say("means_apart", edition, low=low, high=high, **names)


def wilson(answers: Answers, edition: Edition) -> str:
    """Say what Wilson's interval assumes, and how these answers came about."""
    assumed, sampling = say("note_wilson", edition), answers.study.sampling
    return f"{assumed} {say(SAMPLING[sampling], edition)}" if sampling else assumed


@spoken
def correlation_table(r: Correlation, answers: Answers, edition: Edition) -> Piece:
    """Show a correlation in the layout of SPSS.

    Parameters
    ----------
    r : Correlation
        As `analysis.correlation` gives it.
    answers : Answers
        Give the labels of its variables.
    """
    names = [answers.study.name(column)[edition] for column in r.of]
    value = Written(r.r, number(r.r, 3, edition, lead=False))
    p = Written(r.p, p_cell(r.p, edition))
    lines = [say(key, edition) for key in ("pearson", "sig", "N")]
    cells = [[1, "", r.n], [value, p, r.n]]
    frame = pd.DataFrame(
        {names[0]: cells[0] + cells[1], names[1]: cells[1] + cells[0]},
        index=pd.MultiIndex.from_product([names, lines]),
    )
    caption = say("caption_correlation", edition)
    return table(frame, "tab-correlation", caption, edition)


def labelled(rows: pd.DataFrame, answers: Answers, edition: Edition) -> pd.DataFrame:
    """Give the rows of `analysis.descriptives` under the labels of their groups."""
    groups = answers.study.columns[str(rows.index.name)]
    return rows.rename(index=groups.labels(edition)).rename_axis(index=None)


@spoken
def descriptives_table(rows: pd.DataFrame, answers: Answers, edition: Edition) -> Piece:
    """Show a scale by group in the layout of SPSS's Descriptives.

    Parameters
    ----------
    answers : Answers
        Give the labels of scale and groups.
    """
    label = answers.study.name(str(rows.columns.name))[edition]
    columns = ["N", "mean", "sd", "se", "low", "high", "min", "max"]
    shown = labelled(rows, answers, edition).rename({"total": say("total", edition)})
    shown.columns = pd.Index([say(column, edition) for column in columns])
    asked = (0, 2, 3, 3, 2, 2, plainly, plainly)
    digits: dict[str, Digits] = dict(zip(shown.columns, asked, strict=True))
    caption = say("caption_descriptives", edition, label=label)
    groups = labelled(rows, answers, edition)["mean"].drop("total")
    said = ends(groups, edition)
    return table(
        shown, "tab-descriptives", caption, edition, decimals=digits, said=said
    )


@spoken
def anova_table(result: Anova, edition: Edition) -> Piece:
    """Show a one-way analysis of variance in the layout of SPSS."""
    rows = [
        (result.ss_between, result.df_between, result.ms_between, result.f, result.p),
        (result.ss_within, result.df_within, result.ms_within, None, None),
        (result.ss_total, result.df_total, None, None, None),
    ]
    columns = [say(key, edition) for key in ("ss", "df", "ms", "F", "sig_short")]
    lines = [say(key, edition) for key in ("between", "within", "total")]
    frame = pd.DataFrame(rows, index=lines, columns=columns)
    caption = say("caption_anova", edition)
    digits: dict[str, Digits] = {**dict.fromkeys(columns, 3), columns[-1]: p_cell}
    note = ""
    if result.df_between == 1:
        t = number(sqrt(result.f), 2, edition)
        note = say("note_t", edition, df=result.df_within, t=t)
    return table(frame, "tab-anova", caption, edition, decimals=digits, note=note)
