"""The proportional-odds model of two groups, in many data sets at once.

Libraries fit one data set at a time and take the better part of a second for
fifty; over thousands of admissible data sets that is minutes. With one binary
predictor the model is a concave likelihood of a few numbers, so Newton's steps
are taken in all data sets together. statsmodels and R hold the results.
"""

from typing import NamedTuple

import numpy as np
import scipy
from numpy.typing import NDArray
from scipy.special import expit, logit, xlogy

Histograms = NDArray[np.int64]
Floats = NDArray[np.float64]

#: Newton's steps end when none moves a parameter by more than this.
_CLOSE = 1e-10
_MOST_STEPS = 50


class OrdinalLogit(NamedTuple):
    """The fitted log odds ratio and its two p values, one for each data set."""

    log_odds_ratio: Floats
    se: Floats
    wald_p: Floats
    lr_p: Floats


def ordinal_logit(first: Histograms, second: Histograms) -> OrdinalLogit:
    r"""Fit the proportional-odds model to two groups, in every pair given.

    Parameters
    ----------
    first, second : array of int, shape (pairs, points)
        Counts of the answers of each group at each point, in order.

    Returns
    -------
    OrdinalLogit
        Arrays of shape (pairs,). The odds ratio is that of a higher answer,
        second group against first. NaN where the groups do not overlap, so
        that the likelihood has no maximum, or all answers are alike.

    Notes
    -----
    .. math:: \operatorname{logit} P(Y \le j) = \theta_j - \beta x

    with observed information for the standard error [1]_. Points nobody
    answered are left out: the likelihood does not hold them.

    References
    ----------
    .. [1] McCullagh (1980). J. R. Statist. Soc. B 42, 109-142.
       doi:10.1111/j.2517-6161.1980.tb01109.x

    Examples
    --------
    >>> fit = ordinal_logit(np.array([[3, 2, 1]]), np.array([[1, 2, 3]]))
    >>> round(float(np.exp(fit.log_odds_ratio[0])), 2)
    5.0
    """
    found = np.full((4, len(first)), np.nan)
    answered = first + second > 0
    for points in range(2, first.shape[1] + 1):
        at = np.flatnonzero(answered.sum(axis=1) == points)
        if len(at):
            columns = np.nonzero(answered[at])[1].reshape(len(at), points)
            sides = [np.take_along_axis(g[at], columns, 1) for g in (first, second)]
            found[:, at] = _fit(*sides)
    return OrdinalLogit(*found)


def _fit(first: Histograms, second: Histograms) -> Floats:
    """Take Newton's steps from equal groups; all points are answered."""
    pooled = (first + second).cumsum(axis=1)
    theta = logit(pooled[:, :-1] / pooled[:, -1:])
    beta = np.zeros((len(first), 1))
    likelihood = null = _likelihood(first, second, theta, beta)
    for _ in range(_MOST_STEPS):
        gradient, hessian = _derivatives(first, second, theta, beta)
        step = -np.linalg.solve(hessian, gradient[..., None])[..., 0]
        # Half a step, and again, where a whole one would lose likelihood.
        for _ in range(20):
            trial = theta + step[:, :-1], beta + step[:, -1:]
            reached = _likelihood(first, second, *trial)
            worse = reached < likelihood - 1e-12 * np.abs(likelihood)
            if not worse.any():
                break
            step[worse] /= 2
        theta, beta, likelihood = *trial, reached
        if np.abs(step).max() < _CLOSE:
            break
    settled = (np.abs(step).max(axis=1) < 1e-6) & (np.abs(beta[:, 0]) < 30)
    _, hessian = _derivatives(first, second, theta, beta)
    se = np.sqrt(np.linalg.inv(-hessian)[:, -1, -1])
    ratio = beta[:, 0]
    wald, lr = 2 * scipy.stats.norm.sf(np.abs(ratio / se)), 2 * (likelihood - null)
    rows = [ratio, se, wald, scipy.stats.chi2.sf(np.maximum(lr, 0), 1)]
    return np.where(settled, np.stack(rows), np.nan)


def _shares(eta: Floats) -> Floats:
    """Give the probability of each point from the cumulative logits."""
    # Kept above zero where the groups do not overlap and beta runs away.
    return np.maximum(np.diff(expit(eta), axis=1, prepend=0, append=1), 1e-150)


def _likelihood(
    first: Histograms, second: Histograms, theta: Floats, beta: Floats
) -> Floats:
    logs = [
        xlogy(counts, _shares(theta - x * beta)).sum(axis=1)
        for x, counts in enumerate((first, second))
    ]
    return logs[0] + logs[1]


def _derivatives(
    first: Histograms, second: Histograms, theta: Floats, beta: Floats
) -> tuple[Floats, Floats]:
    """Give gradient and Hessian of the log-likelihood by thresholds and beta."""
    n, k = theta.shape
    i = np.arange(k)
    gradient = np.zeros((n, k + 1))
    # A trace of curvature, so that it can be inverted where beta has run away.
    hessian = np.zeros((n, k + 1, k + 1)) - 1e-14 * np.eye(k + 1)
    for x, counts in enumerate((first, second)):
        eta = theta - x * beta
        slope = expit(eta) * expit(-eta)
        share = _shares(eta)
        ratio, square = counts / share, counts / share**2
        own = slope * (ratio[:, :-1] - ratio[:, 1:])
        block = np.zeros((n, k, k))
        block[:, i, i] = own * (1 - 2 * expit(eta)) - slope**2 * (
            square[:, :-1] + square[:, 1:]
        )
        beside = slope[:, :-1] * slope[:, 1:] * square[:, 1:-1]
        block[:, i[:-1], i[1:]] = block[:, i[1:], i[:-1]] = beside
        gradient[:, :k] += own
        hessian[:, :k, :k] += block
        gradient[:, k] -= x * own.sum(axis=1)
        hessian[:, :k, k] -= x * block.sum(axis=2)
        hessian[:, k, :k] -= x * block.sum(axis=2)
        hessian[:, k, k] += x * block.sum(axis=(1, 2))
    return gradient, hessian
