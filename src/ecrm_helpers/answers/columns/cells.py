"""What a cell says when it says no answer: markers, codes, labels with a number."""

import re
from collections.abc import Iterator, Mapping

from ecrm_helpers.answers.audit import quoted
from ecrm_helpers.printed import Told, told
from ecrm_helpers.study import plain

#: What SPSS, Excel, R and LimeSurvey write where nothing was answered.
_MARKERS = {"#null!", "#n/a", "n/a", "na", "nan", "nil", "null", "none", "<na>"}
_MARKERS |= {"-", "–", "—", "?", ".", "..", "...", "…", "/", "*", "x", "xx", "xxx"}
#: What no respondent wrote: numbers, codes of a program, failed formulas, dates.
_NO_WORDS = re.compile(
    r"[+-]?\d+(?:[.,]\d+)?"
    r"|[A-Za-z]{1,3}_?\d{1,4}"
    r"|#(?:REF|VALUE|VALEUR|DIV/0|NAME|NOM|NUM|NOMBRE)[!?]"
    r"|\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?)?"
    r"|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}"
)
_NUMBERED = re.compile(r"\s*(\d{1,9})\s*(?:[-–—.:=)/]\s*(.*)|$)", re.DOTALL)


def is_marker(text: str) -> bool:
    """Tell whether a cell only marks that nothing was answered.

    Examples
    --------
    >>> [is_marker(text) for text in ("#NULL!", "N/A", "-", "Non")]
    [True, True, True, False]
    """
    return text.strip().casefold() in _MARKERS


def no_words(text: str) -> bool:
    """Tell whether a text is a program's, so that it is no free answer.

    Examples
    --------
    >>> [no_words(text) for text in ("A1", "#REF!", "2022-05-03", "Par un ami")]
    [True, True, True, False]
    """
    return _NO_WORDS.fullmatch(text.strip()) is not None


def unnumbered(label: str) -> tuple[str, str]:
    """Part a label from the number before it.

    Examples
    --------
    >>> unnumbered("7 - Très content"), unnumbered("Neutre"), unnumbered("5")
    (('7', 'Très content'), ('', 'Neutre'), ('5', ''))
    """
    found = _NUMBERED.fullmatch(label)
    return (found[1], (found[2] or "").strip()) if found else ("", label.strip())


def labels_twice(name: str, labels: Mapping[str, str]) -> Iterator[Told]:
    """Find codes of one column that share a label: nobody can tell them apart."""
    codes: dict[str, list[str]] = {}
    for code, label in labels.items():
        codes.setdefault(plain(label), []).append(code)
    for said, shared in codes.items():
        if said and len(shared) > 1:
            label = quoted(labels[shared[0]])
            yield told(
                "fault_label_twice", question=name, codes=", ".join(shared), label=label
            )
