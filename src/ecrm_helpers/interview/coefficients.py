"""How far two coders agree: counts first, then four coefficients.

For each unit and code a coder says yes or no. No coefficient comes with an
adjective: each depends on how often yes is said at all.
"""

import warnings
from dataclasses import dataclass
from typing import Any

import krippendorff
import numpy as np
from numpy.typing import NDArray
from scipy import stats
from statsmodels.stats.inter_rater import cohens_kappa

Marks = NDArray[np.bool_]


@dataclass(frozen=True)
class Agreement:
    """How far two coders agree about one code, or about all together.

    Coefficients are at most 1; 0 is what chance would give, by each one's own
    idea of chance. Kappa and alpha are None where they are not defined: nobody
    or everybody said yes throughout.
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
    ac1: float


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


def alpha(*said: NDArray[Any]) -> float:
    """Estimate Krippendorff's alpha for yes and no, as nominal categories.

    Parameters
    ----------
    *said : array of bool, or of float with NaN for what a coder never received
        What each of two or more coders says of the same units.

    Returns
    -------
    float
        NaN where all say the same thing about every unit that two received.

    References
    ----------
    .. [1] Hayes & Krippendorff (2007). Communication Methods and Measures 1,
       77-89. doi:10.1080/19312450709336664

    Examples
    --------
    >>> round(alpha(np.array([True, True, False]), np.array([True, False, False])), 3)
    0.444
    """
    table = np.vstack([each.ravel() for each in said]).astype(float)
    table = table[:, (~np.isnan(table)).sum(axis=0) > 1]
    if not table.size or np.nanmin(table) == np.nanmax(table):
        return float("nan")
    return float(krippendorff.alpha(table, level_of_measurement="nominal"))


def measure(
    first: Marks,
    second: Marks,
    *,
    resamples: int = 999,
    seed: int = 1,
    independent: bool = True,
    weights: NDArray[np.int_] | None = None,
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
    independent : bool
        Whether the units are so many independent judgements. Letters are not,
        nor are several codes of one unit: kappa then has no interval.
    weights : array of int, shape (units,), optional
        How many units each row stands for; one where nothing is given.

    Returns
    -------
    Agreement
        With 95 % intervals: kappa's from its asymptotic standard error, cut
        at -1 and 1; alpha's by percentiles over resampled units (all codes of
        a unit stay together), the same whoever is named first.

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
    times = np.ones(len(first), int) if weights is None else weights
    cells = (first & second, first & ~second, ~first & second, ~first & ~second)
    table = np.array([int(times @ cell.sum(axis=1)) for cell in cells]).reshape(2, 2)
    judged = int(table.sum())
    differ = table[0, 1] + table[1, 0]
    yes = 2 * table[0, 0] + differ
    varied = 0 < yes < 2 * judged
    with np.errstate(all="ignore"):  # its z, which is not used, may be 0/0
        kappa = cohens_kappa(table) if varied else None
    low, high = _interval(first, second, resamples, seed) if varied else (None, None)
    ends = (kappa.kappa_low, kappa.kappa_upp) if kappa and independent else (None, None)
    return Agreement(
        units=int(times.sum()),
        both=int(table[0, 0]),
        first_only=int(table[0, 1]),
        second_only=int(table[1, 0]),
        neither=int(table[1, 1]),
        percent=100 * float(np.trace(table)) / judged,
        kappa=float(kappa.kappa) if kappa else None,
        kappa_low=_within(ends[0]),
        kappa_high=_within(ends[1]),
        alpha=float(_alpha(yes, differ, 2 * judged)) if varied else None,
        alpha_low=low,
        alpha_high=high,
        ac1=ac1(table),
    )


def _alpha(yes: Any, differ: Any, n: int) -> Any:
    """Estimate alpha of two coders, as `alpha` does, from two counts of n values."""
    share, apart = yes / n, 2 * differ / n
    return 1 - apart * (n - 1) / (2 * n * share * (1 - share))


def _within(end: float | None) -> float | None:
    """Cut an end of kappa's interval where kappa itself ends."""
    return None if end is None or np.isnan(end) else float(np.clip(end, -1, 1))


def _interval(
    first: Marks, second: Marks, resamples: int, seed: int
) -> tuple[float | None, float | None]:
    if not resamples or len(first) < 2:
        return None, None
    # Alpha of two coders knows only how many said yes; in the order of that the
    # units are drawn alike whoever comes first.
    order = np.lexsort((first.astype(int) + second).T)
    first, second = first[order], second[order]
    differ, yes = (first != second).sum(axis=1), first.sum(axis=1) + second.sum(axis=1)
    n = 2 * first.size  # values; of two coders alpha follows from two counts

    def drawn_alpha(units: NDArray[np.int_], axis: int = -1) -> NDArray[np.float64]:
        each = [of[units].sum(axis=axis) for of in (yes, differ)]
        return np.asarray(_alpha(each[0], each[1], n))

    with np.errstate(all="ignore"), warnings.catch_warnings():
        # A resample in which all say the same has no alpha; it is left out.
        warnings.simplefilter("ignore", stats.DegenerateDataWarning)
        drawn = stats.bootstrap(
            (np.arange(len(first)),),
            drawn_alpha,
            vectorized=True,
            n_resamples=resamples,
            method="percentile",
            rng=np.random.default_rng(seed),
        ).bootstrap_distribution
    low, high = np.nanpercentile(drawn, [2.5, 97.5])
    return float(low), float(high)
