"""What an estimate is: a record that prints itself on one line, or a refusal."""

from collections.abc import Callable
from math import nan
from string import Formatter
from typing import Any, ClassVar, ParamSpec, TypeVar

from ecrm_helpers.printed import Edition, Wrong, number, p_value, spoken

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


class OneLine:
    """What `print` and a notebook show of a record; its `repr` keeps full precision.

    A class writes its line once, in signs that both languages share. A blank
    names a field and how to write it: ``2`` decimals, ``.3`` without the zero
    that English drops before the mark, ``p`` for a p value, ``df`` for degrees
    of freedom. ``{mark}`` parts two numbers.
    """

    _line: ClassVar[str]

    @spoken
    def said(self, edition: Edition, spec: str = "3") -> str:
        """Give the result on one line, in one edition.

        Parameters
        ----------
        edition : {"fr", "en"}
            The one chosen by `speak`, if none is named.
        spec : str
            How a number is written whose blank does not say it.

        Returns
        -------
        str
        """
        fields = vars(self) | {"mark": {"fr": " ; ", "en": ", "}[edition]}
        return _Blanks(edition, spec).vformat(self._line, (), fields)

    def __str__(self) -> str:
        """Give the result on one line, in the chosen language."""
        return self.said()

    def __init_subclass__(cls) -> None:
        """Let IPython show the line: it looks in each class, before its `repr`."""
        cls._repr_pretty_ = _shown  # type: ignore[attr-defined]


def _shown(record: OneLine, printer: Any, cycle: bool) -> None:
    printer.text(str(record))


class _Blanks(Formatter):
    """Fill a line's blanks as one edition writes numbers."""

    def __init__(self, edition: Edition, spec: str) -> None:
        self.edition, self.spec = edition, spec

    def format_field(self, value: Any, format_spec: str) -> str:
        spec = format_spec or self.spec
        if isinstance(value, OneLine):
            return value.said(self.edition, spec)
        if isinstance(value, str):
            return value
        if spec == "p":
            return p_value(nan if value is None else value, self.edition)
        if spec == "df":
            return number(value, 0 if value % 1 == 0 else 2, self.edition)
        return number(value, int(spec[-1]), self.edition, lead=spec[0] != ".")
