"""What every estimate may refuse, and how to go on without it."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from ecrm_helpers.printed import Wrong

_P = ParamSpec("_P")
_T = TypeVar("_T")


class AnalysisError(Wrong):
    """The data do not allow the estimate; the message says why."""


def attempt(
    estimate: Callable[_P, _T], *args: _P.args, **options: _P.kwargs
) -> _T | AnalysisError:
    """Make an estimate, or give the reason why the data do not allow it.

    Parameters
    ----------
    estimate : callable
        A function of this package.
    *args, **options
        What it takes.

    Returns
    -------
    its result, or AnalysisError

    Examples
    --------
    >>> def mean_of(answers: list[int]) -> float:
    ...     if not answers:
    ...         raise AnalysisError("nobody_answered", question="q1")
    ...     return sum(answers) / len(answers)
    >>> attempt(mean_of, [1, 2]), attempt(mean_of, [])
    (1.5, AnalysisError('cannot count q1: no answer'))
    """
    try:
        return estimate(*args, **options)
    except AnalysisError as refusal:
        return refusal
