"""Two coders compared, unit by unit: counts first, then four coefficients.

A unit is a turn where every segment names its turn, otherwise a segment of
the first coder; code points can be compared beside it, for coders who cut the
text differently. For each code and unit a coder says yes or no.
"""

import warnings
from dataclasses import asdict, dataclass
from typing import Literal

import krippendorff
import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats
from statsmodels.stats.inter_rater import cohens_kappa

from ecrm_helpers.interview.matrices import coded
from ecrm_helpers.interview.tables import Interview, InterviewError

Unit = Literal["turn", "segment", "character"]
Marks = NDArray[np.bool_]


@dataclass(frozen=True)
class Agreement:
    """How far two coders agree about one code, or about all together.

    Coefficients are at most 1; 0 is what chance would give, by each one's own
    idea of chance. None where one is not defined: nobody or everybody said
    yes throughout.
    """

    units: int
    both: int
    first_only: int
    second_only: int
    neither: int
    percent: float
    kappa: float | None
    kappa_low: float | None
    kappa_high: float | None
    alpha: float | None
    alpha_low: float | None
    alpha_high: float | None
    ac1: float | None


def ac1(table: NDArray[np.int_]) -> float:
    r"""Estimate Gwet's AC1 from a cross-table of two coders.

    Parameters
    ----------
    table : array of int, shape (categories, categories)
        Units by the first coder's category (rows) and the second's (columns);
        at least two categories and one unit.

    Returns
    -------
    float
        At most 1.

    Notes
    -----
    .. math:: \gamma_1 = \frac{p_a - p_e}{1 - p_e}, \quad
              p_e = \frac{1}{q - 1} \sum_k \pi_k (1 - \pi_k)

    with q categories and :math:`\pi_k` the mean of the two coders' shares.

    References
    ----------
    .. [1] Gwet (2008). British Journal of Mathematical and Statistical
       Psychology 61, 29-48. doi:10.1348/000711006X126600

    Examples
    --------
    >>> round(ac1(np.array([[40, 9], [6, 45]])), 6)
    0.700748
    """
    shares = table / table.sum()
    mean = (shares.sum(axis=0) + shares.sum(axis=1)) / 2
    by_chance = float((mean * (1 - mean)).sum() / (len(table) - 1))
    return (float(np.trace(shares)) - by_chance) / (1 - by_chance)


def alpha(first: Marks, second: Marks) -> float:
    """Estimate Krippendorff's alpha for yes and no, as nominal categories.

    Returns
    -------
    float
        NaN where both say the same thing about every unit.

    References
    ----------
    .. [1] Hayes & Krippendorff (2007). Communication Methods and Measures 1,
       77-89. doi:10.1080/19312450709336664

    Examples
    --------
    >>> round(alpha(np.array([True, True, False]), np.array([True, False, False])), 3)
    0.444
    """
    said = np.vstack([first.ravel(), second.ravel()]).astype(float)
    if said.min() == said.max():
        return float("nan")
    return float(krippendorff.alpha(said, level_of_measurement="nominal"))


def measure(
    first: Marks, second: Marks, *, resamples: int = 999, seed: int = 1
) -> Agreement:
    """Measure the agreement of two coders.

    Parameters
    ----------
    first, second : array of bool, shape (units, codes)
        What each says of the same units; at least one unit.
    resamples : int
        Of the bootstrap over units for alpha's interval; 0 for none.
    seed : int
        Of the bootstrap.

    Returns
    -------
    Agreement
        With 95 % intervals: kappa's from its asymptotic standard error,
        alpha's by percentiles over resampled units (all codes of a unit stay
        together).

    References
    ----------
    .. [1] Cohen (1960). Educational and Psychological Measurement 20, 37-46.
       doi:10.1177/001316446002000104

    Examples
    --------
    >>> yes = np.array([[True], [True], [False], [False]])
    >>> found = measure(yes, ~yes, resamples=0)
    >>> found.percent, found.kappa
    (0.0, -1.0)
    """
    a, b = first.ravel(), second.ravel()
    table = np.array([[(a & b).sum(), (a & ~b).sum()], [(~a & b).sum(), (~a & ~b).sum()]])
    varied = 0 < a.sum() + b.sum() < 2 * len(a)
    with np.errstate(all="ignore"):  # its z, which is not used, may be 0/0
        kappa = cohens_kappa(table) if varied else None
    low, high = _interval(first, second, resamples, seed) if varied else (None, None)
    return Agreement(
        len(first),
        *(int(n) for n in table.ravel()),
        percent=100 * float(np.mean(a == b)),
        kappa=float(kappa.kappa) if kappa else None,
        kappa_low=float(kappa.kappa_low) if kappa else None,
        kappa_high=float(kappa.kappa_upp) if kappa else None,
        alpha=alpha(a, b) if varied else None,
        alpha_low=low,
        alpha_high=high,
        ac1=ac1(table) if varied else None,
    )


def _interval(
    first: Marks, second: Marks, resamples: int, seed: int
) -> tuple[float | None, float | None]:
    if not resamples or len(first) < 2:
        return None, None
    with warnings.catch_warnings():
        # A resample in which all say the same has no alpha; it is left out.
        warnings.simplefilter("ignore", stats.DegenerateDataWarning)
        drawn = stats.bootstrap(
            (np.arange(len(first)),),
            lambda units: alpha(first[units], second[units]),
            vectorized=False,
            n_resamples=resamples,
            method="percentile",
            rng=np.random.default_rng(seed),
        ).bootstrap_distribution
    low, high = np.nanpercentile(drawn, [2.5, 97.5])
    return float(low), float(high)


def units(interview: Interview, first: str) -> pd.DataFrame:
    """Cut the texts into the units that are compared.

    Returns
    -------
    DataFrame
        ``unit``, ``doc_id``, ``start``, ``end``, in the order of the text:
        turns where every segment names its turn, otherwise the segments that
        the first coder was given: those with codings of theirs, and those
        nobody coded.
    """
    rows = interview.segments
    if len(rows) and (rows["turn"] != "").all():
        spans = rows.groupby(["doc_id", "turn"], sort=False)
        table = spans.agg(start=("start", "min"), end=("end", "max")).reset_index()
        return table.rename(columns={"turn": "unit"})[["unit", "doc_id", "start", "end"]]
    others = interview.codings.loc[interview.codings["coder_id"] != first, "segment_id"]
    theirs = interview.codings.loc[interview.codings["coder_id"] == first, "segment_id"]
    kept = rows[~rows["segment_id"].isin(set(others) - set(theirs))]
    return kept.rename(columns={"segment_id": "unit"})[["unit", "doc_id", "start", "end"]]


def bears(
    interview: Interview, coder: str, cut: pd.DataFrame, codes: list[str]
) -> pd.DataFrame:
    """Tell which units bear which codes of one coder.

    A unit bears a code when a segment with it overlaps the unit by more than
    half of the shorter of the two, so that a boundary one letter off changes
    nothing.

    Returns
    -------
    DataFrame of bool, units × codes
    """
    table = pd.DataFrame(False, index=cut["unit"], columns=codes)
    for row in coded(interview, coder).itertuples():
        ends = cut["end"].clip(upper=row.end) - cut["start"].clip(lower=row.start)
        shorter = (cut["end"] - cut["start"]).clip(upper=row.end - row.start)
        touched = (cut["doc_id"] == row.doc_id) & (2 * ends > shorter)
        table.loc[touched.to_numpy(), row.code_id] = True
    return table


def characters(interview: Interview, coder: str, codes: list[str]) -> Marks:
    """Mark every code point of the texts with the codes it bears.

    Returns
    -------
    array of bool, shape (code points, codes)
    """
    lengths = {doc: len(text) for doc, text in interview.texts.items()}
    before = dict(zip(lengths, np.cumsum([0, *lengths.values()]), strict=False))
    marks = np.zeros((sum(lengths.values()), len(codes)), bool)
    for row in coded(interview, coder).itertuples():
        offset = before[str(row.doc_id)]
        marks[offset + row.start : offset + row.end, codes.index(str(row.code_id))] = True
    return marks


@dataclass(frozen=True)
class Comparison:
    """Two coders compared: by code and over all, and where they disagree."""

    first: str
    second: str
    unit: Unit
    by_code: pd.DataFrame
    over_all: Agreement
    over_characters: Agreement
    disagreements: pd.DataFrame


def compare(
    interview: Interview, first: str, second: str, *, resamples: int = 999, seed: int = 1
) -> Comparison:
    """Compare two coders of one corpus.

    Parameters
    ----------
    interview : Interview
        With codings of both.
    first, second : str
        The coders.
    resamples, seed : int
        Of the bootstrap for alpha.

    Returns
    -------
    Comparison
        Only codes that one of the two used are compared: the others would
        raise every share of agreement.

    Raises
    ------
    InterviewError
        There is no unit or no coding to compare.
    """
    used = set(coded(interview, first)["code_id"]) | set(coded(interview, second)["code_id"])
    codes = [c for c in interview.codebook["code_id"] if c in used]
    cut = units(interview, first)
    if not codes or cut.empty:
        raise InterviewError("no coding to compare: each coder needs some")
    one, two = (bears(interview, coder, cut, codes) for coder in (first, second))
    both = one.to_numpy(), two.to_numpy()
    rows = [
        asdict(measure(both[0][:, [i]], both[1][:, [i]], resamples=resamples, seed=seed))
        for i in range(len(codes))
    ]
    named = (interview.segments["turn"] != "").all()
    marks = [characters(interview, coder, codes) for coder in (first, second)]
    return Comparison(
        first,
        second,
        "turn" if named else "segment",
        pd.DataFrame(rows, index=codes),
        measure(*both, resamples=resamples, seed=seed),
        measure(marks[0], marks[1], resamples=0),
        _differences(one, two),
    )


def _differences(one: pd.DataFrame, two: pd.DataFrame) -> pd.DataFrame:
    """List each unit and code that one coder gave and the other did not."""
    found = [
        (unit, code, "first" if one.loc[unit, code] else "second")
        for unit in one.index
        for code in one.columns
        if one.loc[unit, code] != two.loc[unit, code]
    ]
    return pd.DataFrame(found, columns=["unit", "code_id", "given_by"])
