"""What every way to show the ledger shares: its verdicts, how a value is written.

Only `printed` is loaded for it, so that a shell need not wait.
"""

from collections.abc import Iterable

from ecrm_helpers.printed import Edition, between, keyed, number, scientific

#: How each verdict is named.
VERDICT = keyed(
    "verdict_",
    "verdict_exact verdict_rounds_to verdict_other_rounding verdict_rounded_twice "
    "verdict_different_n verdict_depends_on_definition verdict_contradicted "
    "verdict_claim_not_supported verdict_not_derivable verdict_undeclared",
)

#: Sections that go by a name.
CONCLUSIONS = keyed("", "conclusion chapter_conclusion")

#: Verdicts on a number that agrees with its recomputed value.
AGREEMENT = ("exact", "rounds_to")

#: All verdicts, from best to worst; the last marks a missing reason.
VERDICTS = tuple(VERDICT)

#: Statistics that cannot exceed 1: English drops the zero before their mark.
WITHIN_ONE = ("pearson_r", "r_lower_bound", "p_two_sided", "p_upper_bound", "p")


def written(
    ends: Iterable[float | None],
    decimals: int | None,
    edition: Edition,
    statistic: str = "",
    *,
    finer: int = 2,
) -> str:
    """Write a recomputed value, or the two ends of its band.

    Parameters
    ----------
    ends : one or two float
        The value, or where its band begins and ends; None is left out.
    decimals : int or None
        Those of the number printed; None where a word is printed.
    edition : {"fr", "en"}
        Decides the decimal mark.
    statistic : str
        What the value is, as values.csv says it.
    finer : int
        How many decimals more than were printed.

    Returns
    -------
    str
        Empty without a value. A whole number has no decimals where none were
        printed; a number below 0.00001 stands in scientific notation.

    Examples
    --------
    >>> written([42.46575], 0, "en"), written([73.0], 0, "en"), written([None], 0, "en")
    ('42.47', '73', '')
    >>> written([0.7375, 0.7385], 3, "fr"), written([1 / 3], 1, "fr", finer=8)
    ('0,73750 à 0,73850', '0,333333333')
    >>> written([0.0101], 2, "en", "p")
    '.0101'
    """
    known = sorted(end for end in ends if end is not None)
    lead = statistic not in WITHIN_ONE
    texts = [_one(end, decimals or 0, edition, finer, lead=lead) for end in known]
    return between(texts, edition)


def _one(
    found: float, decimals: int, edition: Edition, finer: int, *, lead: bool
) -> str:
    if 0 < abs(found) < 1e-5:
        return scientific(found, edition)
    whole = found % 1 == 0 and not decimals
    return number(found, 0 if whole else decimals + finer, edition, lead=lead)
