"""A printed number and a phrase: the text, what it may stand for, the way back."""

from ecrm_helpers.printed.numbers import (
    HELD,
    Interval,
    Rounding,
    agrees,
    decimal,
    design,
    fine_p,
    interval,
    number,
    p_cell,
    p_value,
    scientific,
    within_one,
)
from ecrm_helpers.printed.told import (
    Failed,
    Sayable,
    Told,
    Wrong,
    refusal,
    told,
)
from ecrm_helpers.printed.words import (
    EDITIONS,
    Edition,
    between,
    date,
    held,
    joined,
    keyed,
    label_of,
    language,
    say,
    shell_language,
    speak,
    speaking,
    spoken,
    typeset,
    words,
)

__all__ = [
    "EDITIONS", "HELD", "Edition", "Failed", "Interval", "Rounding", "Sayable", "Told",
    "Wrong", "agrees", "between", "date", "decimal", "design", "fine_p", "held",
    "interval", "joined", "keyed", "label_of", "language", "number", "p_cell",
    "p_value", "refusal", "say", "scientific", "shell_language", "speak", "speaking",
    "spoken", "told", "typeset", "within_one", "words",
]  # fmt: skip
