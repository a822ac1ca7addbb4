"""Tables of what holds over every data set that the published numbers allow."""

import pandas as pd

from ecrm_helpers.answers.read import Answers
from ecrm_helpers.printed import design, fine_p, keyed, language, say
from ecrm_helpers.shown.piece import Piece
from ecrm_helpers.shown.tables import table
from ecrm_helpers.statistics.admissible import Histograms
from ecrm_helpers.statistics.robustness import LOCATION, Pairs, extremes, share_below

#: What weighs alike in a share.
SHARE = keyed("share_", "share_histograms share_ordered")


def band_table(histograms: Histograms, scale: str, answers: Answers) -> Piece:
    """Show the smallest and the largest count possible at each scale point.

    Parameters
    ----------
    scale : str
        The question they answer.
    answers : Answers
        Give its points.
    """
    low, high = answers.study.questions[scale].scale or (1, 1)
    ends = {"least": histograms.min(axis=0), "most": histograms.max(axis=0)}
    frame = pd.DataFrame(
        {say(key): counts for key, counts in ends.items()},
        index=[str(point) for point in range(low, high + 1)],
    )
    note = say("note_band", k=len(histograms))
    caption = say("caption_band_table")
    return table(frame, f"tab-{scale}-band", caption, note=note)


def constant(values: pd.Series) -> bool:
    """Tell whether values vary by no more than floating-point arithmetic."""
    return bool(values.max() - values.min() < 1e-9)


def constancy(values: pd.Series) -> str:
    """Say identified of what is constant."""
    return say("identified" if constant(values) else "range_only")


def ranges_table(fitting: pd.DataFrame, wider: pd.DataFrame) -> Piece:
    """Show each statistic's range over all admissible data sets.

    Returns
    -------
    Piece
        A statistic is called identified where it is constant in `fitting`.
    """
    columns: dict[str, object] = {}
    for every in (fitting, wider):
        for end, values in (("least_value", every.min()), ("most_value", every.max())):
            label = say("in_sets", end=say(end), k=len(every))
            columns[label] = values
    known = [constancy(values) for _, values in fitting.items()]
    columns[say("known")] = known
    frame = pd.DataFrame(columns, index=fitting.columns)
    frame = frame.rename(index={key: say(str(key)) for key in fitting})
    written = {
        say(str(key)): fine_p if str(key).endswith("_p") else 2 for key in fitting
    }
    note = say("note_all_sets", k=len(fitting), wide=len(wider))
    caption = say("caption_all_sets")
    return table(frame, "tab-all-sets", caption, decimals=written, note=note)


def shares_table(possible: Pairs, every: pd.DataFrame, level: float) -> Piece:
    """Show in which share of data sets each p lies below a level, by measure.

    Parameters
    ----------
    level : float, in (0, 1)
        The level.
    """
    shares = 100 * share_below(possible, every, LOCATION, level)
    shares.index = pd.Index([say(test) for test in LOCATION])
    shares.columns = pd.Index([say(SHARE[str(m)]) for m in shares.columns])
    caption = say("caption_shares", alpha=design(level))
    note = say("note_shares")
    return table(shares, "tab-shares", caption, decimals=1, note=note)


def extremes_table(
    possible: Pairs, every: pd.DataFrame, by: str, answers: Answers
) -> Piece:
    """Show the pairs of distributions at both ends of the exact rank test's p value.

    Parameters
    ----------
    by : str
        The question whose two levels are the groups.
    answers : Answers
        Give their labels.
    """
    statistic = "mann_whitney_exact_p"
    groups = answers.study.questions[by].labels(language())
    ends = [fine_p(every[statistic].agg(end)) for end in ("min", "max")]
    sides = [
        pair.set_axis(list(groups.values()), axis=1)
        for pair in extremes(possible, every, statistic)
    ]
    heads = [say("p_is", p=p) for p in ends]
    frame = pd.concat(dict(zip(heads, sides, strict=True)), axis=1)
    frame.index = frame.index.astype(str)
    test = say(statistic)
    caption = say("caption_extremes", test=test)
    note = say("note_extremes", k=len(possible))
    return table(frame, "tab-extremes", caption, note=note)
