"""A printed number and a phrase: the text, what it may stand for, the way back."""

from ecrm_helpers.printed.numbers import (
    HELD,
    MINUS,
    Interval,
    Rounding,
    agrees,
    decimal,
    design,
    digits_for,
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
    Telling,
    Told,
    Wrong,
    refusal,
    told,
)
from ecrm_helpers.printed.words import (
    EDITIONS,
    Edition,
    date,
    gathered,
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
    "EDITIONS", "HELD", "MINUS", "Edition", "Failed", "Interval", "Rounding", "Sayable",
    "Telling", "Told", "Wrong", "agrees", "date", "decimal", "design", "digits_for",
    "fine_p", "gathered", "held", "interval", "joined", "keyed", "label_of", "language",
    "number", "p_cell", "p_value", "refusal", "say", "scientific", "shell_language",
    "speak", "speaking", "spoken", "told", "typeset", "within_one", "words",
]  # fmt: skip
