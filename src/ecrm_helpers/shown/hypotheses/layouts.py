"""The thesis's own tables, in the layout of SPSS, which its author knows."""

from math import sqrt

import pandas as pd

from ecrm_helpers.answers.read import Answers
from ecrm_helpers.printed import keyed, language, number, p_cell, say
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
    counts: pd.DataFrame, label: str, answers: Answers, name: str
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
    total = pd.DataFrame([sums], index=[say("total")]).astype({"n": int})
    shown = pd.concat([counts, total]).rename(
        columns={column: say(str(column)) for column in counts}
    )
    return table(
        shown,
        name,
        say("caption_frequency", label=label),
        decimals=1,
        note=f"{say(NOTE[answers.basis])} {wilson(answers)}",
        said=most(counts["n"]) if sums["n"] else "",
    )


def most(counts: "pd.Series[int]") -> str:
    """Say what was met most often, or what most often alike."""
    share = number(100 * counts.max() / counts.sum(), 1)
    values = {"n": counts.max(), "of": counts.sum(), "share": share}
    alone = (counts == counts.max()).sum() == 1
    key = "most_often" if alone else "most_often_alike"
    return say(key, names=tops(counts), **values)


def tops(values: pd.Series) -> str:
    """Name what has the largest value, or all that have it.

    Examples
    --------
    >>> from ecrm_helpers.printed import speaking
    >>> with speaking("en"):
    ...     tops(pd.Series({"a": 1, "b": 2, "c": 2}))
    'b; c'
    """
    return listed([str(name) for name in values.index[values == values.max()]])


def ends(means: "pd.Series[float]") -> str:
    """Say which mean is the highest and which the lowest."""
    known = means.dropna().sort_values()
    if len(known) < 2:
        return ""
    low, high = (number(known.iloc[place], 2) for place in (0, -1))
    if low == high:
        return say("means_alike", mean=low)
    names = {"lowest": known.index[0], "highest": known.index[-1]}
    return say("means_apart", low=low, high=high, **names)


def wilson(answers: Answers) -> str:
    """Say what Wilson's interval assumes, and how these answers came about."""
    assumed, sampling = say("note_wilson"), answers.study.sampling
    return f"{assumed} {say(SAMPLING[sampling])}" if sampling else assumed


def correlation_table(r: Correlation, answers: Answers) -> Piece:
    """Show a correlation in the layout of SPSS.

    Parameters
    ----------
    r : Correlation
        As `analysis.correlation` gives it.
    answers : Answers
        Give the labels of its variables.
    """
    names = [answers.study.name(column)[language()] for column in r.of]
    value = Written(r.r, number(r.r, 3, lead=False))
    p = Written(r.p, p_cell(r.p))
    lines = [say(key) for key in ("pearson", "sig", "N")]
    cells = [[1, "", r.n], [value, p, r.n]]
    frame = pd.DataFrame(
        {names[0]: cells[0] + cells[1], names[1]: cells[1] + cells[0]},
        index=pd.MultiIndex.from_product([names, lines]),
    )
    caption = say("caption_correlation")
    return table(frame, "tab-correlation", caption)


def labelled(rows: pd.DataFrame, answers: Answers) -> pd.DataFrame:
    """Give the rows of `analysis.descriptives` under the labels of their groups."""
    groups = answers.study.columns[str(rows.index.name)]
    return rows.rename(index=groups.labels(language())).rename_axis(index=None)


def descriptives_table(rows: pd.DataFrame, answers: Answers) -> Piece:
    """Show a scale by group in the layout of SPSS's Descriptives.

    Parameters
    ----------
    answers : Answers
        Give the labels of scale and groups.
    """
    label = answers.study.name(str(rows.columns.name))[language()]
    columns = ["N", "mean", "sd", "se", "low", "high", "min", "max"]
    shown = labelled(rows, answers).rename({"total": say("total")})
    shown.columns = pd.Index([say(column) for column in columns])
    asked = (0, 2, 3, 3, 2, 2, plainly, plainly)
    digits: dict[str, Digits] = dict(zip(shown.columns, asked, strict=True))
    caption = say("caption_descriptives", label=label)
    groups = labelled(rows, answers)["mean"].drop("total")
    said = ends(groups)
    return table(shown, "tab-descriptives", caption, decimals=digits, said=said)


def anova_table(result: Anova) -> Piece:
    """Show a one-way analysis of variance in the layout of SPSS."""
    rows = [
        (result.ss_between, result.df_between, result.ms_between, result.f, result.p),
        (result.ss_within, result.df_within, result.ms_within, None, None),
        (result.ss_total, result.df_total, None, None, None),
    ]
    columns = [say(key) for key in ("ss", "df", "ms", "F", "sig_short")]
    lines = [say(key) for key in ("between", "within", "total")]
    frame = pd.DataFrame(rows, index=lines, columns=columns)
    caption = say("caption_anova")
    digits: dict[str, Digits] = {**dict.fromkeys(columns, 3), columns[-1]: p_cell}
    note = ""
    if result.df_between == 1:
        t = number(sqrt(result.f), 2)
        note = say("note_t", df=result.df_within, t=t)
    return table(frame, "tab-anova", caption, decimals=digits, note=note)
