"""Tables of what holds over every data set that the published numbers allow."""

from collections.abc import Mapping, Sequence

import pandas as pd

from ecrm_helpers.printed import Edition, design, fine_p, say
from ecrm_helpers.shown.piece import Piece
from ecrm_helpers.shown.tables import table
from ecrm_helpers.statistics.admissible import Histograms
from ecrm_helpers.statistics.robustness import Pairs, extremes, share_below


def band_table(
    histograms: Histograms, scale: tuple[int, int], name: str, edition: Edition
) -> Piece:
    """Show the smallest and the largest count possible at each scale point.

    Parameters
    ----------
    histograms : array of int, shape (k, points)
        Every admissible histogram, from the scale's lowest point up.
    scale : (int, int)
        Lowest and highest point.
    """
    ends = {"least": histograms.min(axis=0), "most": histograms.max(axis=0)}
    frame = pd.DataFrame(
        {say(key, edition): counts for key, counts in ends.items()},
        index=[str(point) for point in range(scale[0], scale[1] + 1)],
    )
    note = say("note_band", edition, k=len(histograms))
    return table(frame, name, say("caption_band_table", edition), edition, note=note)


def constant(values: pd.Series) -> bool:
    """Tell whether values vary by no more than floating-point arithmetic."""
    return bool(values.max() - values.min() < 1e-9)


def constancy(values: pd.Series, edition: Edition) -> str:
    """Say identified of what is constant."""
    return say("identified" if constant(values) else "range_only", edition)


def ranges_table(
    possible: Mapping[str, pd.DataFrame], name: str, edition: Edition
) -> Piece:
    """Show each statistic's range over all admissible data sets.

    Parameters
    ----------
    possible : mapping of str to DataFrame
        As `robustness.estimates` gives them, under the key of the phrase
        that says which data sets they are: first those that fit the whole
        printed table.

    Returns
    -------
    Piece
        A statistic is called identified where it is constant in the first.
    """
    first = next(iter(possible.values()))
    columns: dict[str, object] = {}
    for every in possible.values():
        for end, values in (("least_value", every.min()), ("most_value", every.max())):
            label = say("in_sets", edition, end=say(end, edition), k=len(every))
            columns[label] = values
    columns[say("known", edition)] = [constancy(first[key], edition) for key in first]
    frame = pd.DataFrame(columns, index=first.columns)
    frame = frame.rename(index={key: say(str(key), edition) for key in first})
    written = {
        say(str(key), edition): fine_p if str(key).endswith("_p") else 2
        for key in first
    }
    counts = [str(len(every)) for every in possible.values()]
    note = say("note_all_sets", edition, k=counts[0], wide=counts[-1])
    caption = say("caption_all_sets", edition)
    return table(frame, name, caption, edition, decimals=written, note=note)


def shares_table(
    possible: Pairs,
    every: pd.DataFrame,
    tests: Sequence[str],
    level: float,
    name: str,
    edition: Edition,
) -> Piece:
    """Show in which share of data sets each p lies below a level, by measure.

    Parameters
    ----------
    possible : Pairs
        The pairs of distributions.
    every : DataFrame
        As `robustness.estimates` gives it for them.
    tests : sequence of str
        Its columns of p values.
    level : float, in (0, 1)
        The level.
    """
    shares = 100 * share_below(possible, every, tests, level)
    shares.index = pd.Index([say(test, edition) for test in tests])
    shares.columns = pd.Index([say(f"share_{m}", edition) for m in shares.columns])
    caption = say("caption_shares", edition, alpha=design(level, edition))
    note = say("note_shares", edition)
    return table(shares, name, caption, edition, decimals=1, note=note)


def extremes_table(
    possible: Pairs,
    every: pd.DataFrame,
    statistic: str,
    groups: Sequence[str],
    name: str,
    edition: Edition,
) -> Piece:
    """Show the pairs of distributions at both ends of a test's p value.

    Parameters
    ----------
    possible : Pairs
        The pairs of distributions.
    every : DataFrame
        As `robustness.estimates` gives it for them.
    statistic : str
        Its column of p values.
    groups : sequence of two str
        How the groups shall be read.
    """
    ends = [fine_p(every[statistic].agg(end), edition) for end in ("min", "max")]
    sides = [
        pair.set_axis(list(groups), axis=1)
        for pair in extremes(possible, every, statistic)
    ]
    heads = [say("p_is", edition, p=p) for p in ends]
    frame = pd.concat(dict(zip(heads, sides, strict=True)), axis=1)
    frame.index = frame.index.astype(str)
    test = say(statistic, edition)
    caption = say("caption_extremes", edition, test=test)
    note = say("note_extremes", edition, k=len(possible))
    return table(frame, name, caption, edition, note=note)
