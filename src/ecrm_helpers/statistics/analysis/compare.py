"""All that compares a scale between groups, computed at once."""

from dataclasses import dataclass

import pandas as pd

from ecrm_helpers.statistics.analysis.effects import Estimate
from ecrm_helpers.statistics.analysis.groups import (
    Anova,
    FTest,
    anova,
    descriptives,
    levene,
    welch,
)
from ecrm_helpers.statistics.analysis.pairs import cohen_d, pairwise, unpooled_d
from ecrm_helpers.statistics.analysis.ranks import (
    KruskalWallis,
    MannWhitney,
    kruskal,
    mann_whitney,
)
from ecrm_helpers.statistics.analysis.record import AnalysisError, attempt


@dataclass(frozen=True)
class Comparison:
    """Descriptives, analysis of variance, effects, tests beside it, pairs of groups."""

    rows: pd.DataFrame
    anova: Anova
    d: Estimate | AnalysisError
    tests: dict[str, FTest | MannWhitney | KruskalWallis | AnalysisError]
    unpooled_d: Estimate | AnalysisError
    pairwise: pd.DataFrame | AnalysisError


def comparison(
    data: pd.DataFrame, scale: str, by: str, *, confidence: float = 0.95
) -> Comparison:
    """Compare a scale between groups.

    Parameters
    ----------
    data, scale, by, confidence
        As `anova` takes them.

    Returns
    -------
    Comparison
        `tests` are named ``welch``, ``mann_whitney``, ``kruskal``,
        ``levene_mean`` and ``levene_median``. A part that the data do not allow
        is the reason why.

    Raises
    ------
    AnalysisError
        Fewer than two groups of two, or no variance within any group.

    Examples
    --------
    >>> data = pd.DataFrame({"score": [1, 2, 3, 3, 4, 5], "group": list("aaabbb")})
    >>> str(comparison(data, "score", by="group").pairwise)
    'a pairwise comparison needs three groups or more; got 2'
    """
    asked = data, scale, by
    return Comparison(
        rows=descriptives(*asked, confidence=confidence),
        anova=anova(*asked, confidence=confidence),
        d=attempt(cohen_d, *asked, confidence=confidence),
        tests={
            "welch": attempt(welch, *asked),
            "mann_whitney": attempt(mann_whitney, *asked, confidence=confidence),
            "kruskal": attempt(kruskal, *asked, confidence=confidence),
            "levene_mean": attempt(levene, *asked, center="mean"),
            "levene_median": attempt(levene, *asked, center="median"),
        },
        unpooled_d=attempt(unpooled_d, *asked, confidence=confidence),
        pairwise=attempt(pairwise, *asked, confidence=confidence),
    )
